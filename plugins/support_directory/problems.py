"""A problem is one thing that an editor has to mend: where it stands, what was found, what would be right.

Every word that an editor reads is written here, and nowhere else.
"""
import difflib
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1, as text editors do."""

    file: str
    line: int
    column: int
    field: str
    says: str
    fix: str

    def __str__(self):
        where = f"{self.file}:{self.line}:{self.column}: "
        field = f"{self.field}: " if self.field else ""
        return f"{where}{field}{self.says} {self.fix}".rstrip()


def field_name(path):
    """The path ("services", 0, "contacts", 1, "type") as an editor would say it: services 1 > contacts 2 > type."""
    words = []
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return " > ".join(words)


def nearest(found, allowed):
    """The allowed word that the found one was most likely meant to be, or None."""
    close = difflib.get_close_matches(str(found).strip().lower(), [str(a) for a in allowed], n=1, cutoff=0.6)
    return close[0] if close else None


def _shown(value, most=60):
    text = " ".join(str(value).split())
    return f'"{text[:most]}..."' if len(text) > most else f'"{text}"'


def _listed(words):
    words = [str(word) for word in words]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _guess(found, allowed):
    near = nearest(found, allowed)
    return f'Did you mean "{near}"? ' if near else ""


# Each function below gives (says, fix): what was found, and what would be right.

def not_utf8():
    return "This file is not saved as UTF-8 text.", "Save it again with the encoding UTF-8."


def too_large(size, most):
    return f"This file has {size} bytes.", f"Keep it under {most} bytes: one organisation a file."


def hidden_character(name):
    return f"There is a hidden character here ({name}).", "Delete it and type the text again by hand; such characters often come with copied text."


# What the YAML parser says -> what an editor most likely did.
PARSER_REASONS = {
    "mapping values are not allowed": ("A colon and a space stand inside this value.", "Put the whole value in quotation marks."),
    "cannot start any token": ("A value cannot begin with this character.", "Put the whole value in quotation marks. If it is a tab, use spaces instead."),
    "did not find expected key": ("This line does not fit the lines above it.", "Indent it like its neighbours, and look for a missing quotation mark on the line above."),
    "did not find expected '-' indicator": ("This line does not fit the list above it.", "Begin each line of a list with a hyphen, all with the same indent."),
    "could not find expected ':'": ("A colon is missing on this line or the one above.", "Write the field's name, a colon, a space and the value."),
    "unexpected end of stream": ("A quotation mark is opened here and never closed.", "Close it at the end of the value."),
    "unknown escape character": ("A backslash stands inside double quotation marks.", "Delete the backslash, or use single quotation marks."),
    "did not find expected ',' or ']'": ("A list in square brackets is not closed.", "Close it with ], or write each item on its own line with a hyphen."),
    "block sequence entries are not allowed": ("A list begins on the same line as its field.", "Put the first hyphen on the next line, indented."),
}


def not_yaml(reason):
    for said, words in PARSER_REASONS.items():
        if said in reason:
            return words
    return f"The file cannot be read from here on ({reason}).", (
        "Look for a missing colon, a missing quotation mark, a tab or a wrong indent on this line or the one above.")


def no_front_matter():
    return "The page does not begin with a line of three hyphens.", (
        "Begin with ---, then title and description, then --- again, then the text.")


def empty_file():
    return "This file is empty.", "Copy providers/_example.yaml and fill it in, or delete the file."


def not_a_mapping(found):
    return f"Expected a list of fields (name: ...) but found {found}.", "Write each field on its own line, as name: value."


def anchor_or_alias():
    return "Found & or * at the start of a value, which is a shortcut of YAML that is not used here.", (
        "Write the value out in full, or put it in quotation marks.")


def tag():
    return "Found a ! at the start of a value, which is a shortcut of YAML that is not used here.", "Put the value in quotation marks."


def second_document():
    return "Found a second --- in the file.", "Keep one entry in each file."


def too_deep(most):
    return f"The fields are nested more than {most} levels deep.", "Look at the indents: one of them is too far to the right."


def key_not_text():
    return "A field's name must be plain words.", "Write the name, a colon, a space and the value."


def repeated_key(key, first_line):
    return f'The field "{key}" stands here a second time (first on line {first_line}).', "Keep one of the two."


def missing_field(name, title, description, example):
    shown = f" Example: {name}: {example}." if isinstance(example, str) else ""
    return f'The field "{name}" ({title.lower()}) is missing.', f"Add it. {description}{shown}"


def unknown_field(name, allowed):
    return f'There is no field called "{name}" here.', f"{_guess(name, allowed)}The fields are: {_listed(sorted(allowed))}."


def wrong_kind(value, wanted, description):
    kinds = {"array": "a list, each line beginning with a hyphen", "object": "fields of its own, indented under it", "boolean": "true or false, without quotation marks",
             "string": "text on one line", "integer": "a whole number"}
    found = {dict: "fields", list: "a list", bool: "true or false"}.get(type(value)) or (_shown(value) if value else "nothing")
    names = [wanted] if isinstance(wanted, str) else wanted
    return f"Found {found}.", f"It must be {_listed([kinds[name] for name in names if name != 'integer' or len(names) == 1])}. {description}"


def not_allowed(value, allowed):
    return f"Found {_shown(value)}.", f"{_guess(value, allowed)}Use {_listed(allowed)}."


def empty_value(description, example):
    return "There is nothing after the colon.", f"Fill it in, or delete the line. {description}" + (f" Example: {example}." if example else "")


def wrong_pattern(value, description, examples):
    return f"Found {_shown(value)}.", f"{description} Example: {_listed(examples[:2])}."


def too_long(value, most):
    return f"The text has {len(value)} characters.", f"Shorten it to at most {most}."


def too_many(count, most):
    return f"The list has {count} lines.", f"Keep at most {most}."


def empty_list(description):
    return "The list is empty.", f"Add a line to it, or delete the field. {description}"


def repeated_item(value):
    return f"{_shown(value)} stands in this list twice.", "Keep one of the two."


def neither_nor(value, description):
    return f"Found {_shown(value)}.", description


def bad_file_name(name, wanted):
    return f'The file is called "{name}".', f"Use small letters, digits and hyphens only, at most 60, and the ending {wanted}. Example: savera-uk{wanted}."


def reserved_name(name):
    return f'The name "{name}" is needed for something else on the site.', "Choose another file name."


def not_a_regular_file():
    return "This is not an ordinary file.", "Put the file itself here, not a link or a shortcut."


def missing_file(what):
    return f"The file {what} is missing.", "Put it back from the project's history."


def unknown_reference(value, kind, folder, known):
    return f"There is no {kind} called {_shown(value)}.", f"{_guess(value, known)}The names are the file names in {folder}."


def unknown_service(value, known):
    return f"There is no service called {_shown(value)}.", f"{_guess(value, known)}Write provider/service, as in victim-care-merseyside-hub/hub."


def refers_to_itself(value):
    return f"{_shown(value)} is this very entry.", "Name another one, or delete the line."


def duplicate_slug(slug, first_line):
    return f'Two services have the slug "{slug}" (the first on line {first_line}).', "Give one of them another slug."


def bad_phone(value, why):
    return f"{_shown(value)} {why}.", "Type it just as the provider prints it, with digits and spaces only. Example: 0808 175 3080."


def premium_number(value):
    return f"{_shown(value)} is a number that costs extra to ring.", "Find a freephone or normal number for this service."


def bad_email(value):
    return f"{_shown(value)} is not an e-mail address.", "Example: help@example.org."


def bad_web(value):
    return f"{_shown(value)} is not a web address that we can use.", "It must start with https:// and have no spaces. Example: https://www.example.org/chat."


def bad_date(value):
    return f"{_shown(value)} is not a day of the calendar.", "Write year, month, day: 2026-11-22. A year, or a year and month, will do where the day is not known."


def future_date(value, today):
    return f"{_shown(value)} is in the future (today is {today}).", "Write the date of the evidence."


def bad_hours(opens, closes):
    return f"It opens at {opens} and closes at {closes}.", "The closing time must come after the opening time. For a service open past midnight, close at 24:00 and open again at 00:00 on the next day."


def secret_address():
    return "This service has a confidential location, and an address stands here.", "Delete the address: it must not stand anywhere in the entry."


def closed_without_instead():
    return "The service is not open, and nothing is said to use instead.", "Add instead_use under status, for example victim-care-merseyside-hub."


def message_without_text():
    return "A message belongs to a contact of the type text.", "Delete the line, or change the type to text."


def live_without_email():
    return "The site is live, and the OPCC's e-mail address is empty.", "Fill it in, or set stage to draft."
