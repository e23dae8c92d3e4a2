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
        field = f"{self.field}: " if self.field else ""
        # Always one line, whatever a field or a file is called.
        return " ".join(f"{self.file}:{self.line}:{self.column}: {field}{self.says} {self.fix}".split())


def field_name(path):
    """The path ("services", 0, "contacts", 1, "type") as an editor would say it: services 1 > contacts 2 > type."""
    words = []
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(_short(part))
    return " > ".join(words)


def nearest(found, allowed):
    """The allowed word that the found one was most likely meant to be, or None."""
    close = difflib.get_close_matches(found.strip().lower(), [str(a) for a in allowed], n=1, cutoff=0.6)
    return close[0] if close else None


def _short(value, most=60):
    text = " ".join(str(value).split())
    return f"{text[:most]}..." if len(text) > most else text


def _shown(value):
    """What stands in the file, as a message shows it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "fields"
    return f'"{_short(value)}"' if value else "nothing"


def _listed(words):
    words = [str(word) for word in words]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _guess(found, allowed):
    near = nearest(found, allowed) if isinstance(found, str) else None
    return f'Did you mean "{near}"? ' if near else ""


def _sentence(text):
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _such_as(example):
    return f" Example: {_sentence(_short(example, 100))}" if example else ""


# Each function below gives (says, fix): what was found, and what would be right.

def not_utf8():
    return "From here on the file is not UTF-8 text.", "Save it again with the encoding UTF-8."


def byte_order_mark():
    return "The file begins with a hidden mark (BOM).", "Save it again with the encoding UTF-8, without BOM."


def too_large(size, most):
    return f"The file is too large ({size:,} bytes).", f"Keep it to {most:,} bytes at most."


def tab():
    return "There is a tab here.", "Use spaces instead."


def hidden_character(name):
    return (f"There is a character here that nobody can see ({name}).",
            "Delete it and type the words around it again by hand; such characters often come with copied text.")


BAD_START = "A value cannot begin with this character.", "Put the whole value in quotation marks."
BAD_BACKSLASH = "A backslash has a special meaning inside double quotation marks.", "Delete it, or use single quotation marks around the value."
BAD_INDENT = "This line does not fit the lines above it.", (
    "Indent it just like the lines that it belongs with, and look for a missing colon or hyphen on the line above.")
BAD_BRACKET = "A bracket is opened here and not closed.", "Close it, or put the whole value in quotation marks."
BAD_PERCENT = "A line cannot begin with %.", "Put it in quotation marks, or delete it."
# What the YAML parser says -> what an editor most likely did.
PARSER_REASONS = {
    "cannot start any token": BAD_START,
    "did not find expected node content": BAD_START,
    "mapping keys are not allowed": BAD_START,
    "comment or line break": ("A value cannot begin with | or >.", "Put the whole value in quotation marks."),
    "unknown escape character": BAD_BACKSLASH,
    "hexdecimal number": BAD_BACKSLASH,
    "escape code": BAD_BACKSLASH,
    "unexpected end of stream": ("A quotation mark is opened here and never closed.", "Close it at the end of the value."),
    "could not find expected ':'": ("There is no colon with a space after it on this line.", (
        "Write the field's name, a colon, a space and the value; or, for a line of a list, a hyphen, a space and the value.")),
    "did not find expected '-' indicator": BAD_INDENT,
    "<document start>": BAD_INDENT,
    "block sequence entries are not allowed": ("A list begins on the same line as its field.", "Put the first hyphen on the next line, indented."),
    "did not find expected ',' or ']'": BAD_BRACKET,
    "did not find expected ',' or '}'": BAD_BRACKET,
    "directive": BAD_PERCENT,
    "version number": BAD_PERCENT,
    "YAML document": BAD_PERCENT,
    "did not find expected '!'": BAD_PERCENT,
    "non-alphabetical character": BAD_PERCENT,
}


def not_yaml(reason, before):
    """`reason`: the parser's; `before`: what stands on the line before the place that it names."""
    if "alphabetic or numeric character" in reason:
        return anchor_or_alias()
    if ("tag" in reason and "directive" not in reason) or "expected '>'" in reason:
        return tag()
    if "mapping values are not allowed" in reason:
        if ": " in before:
            return "A colon and a space stand inside this value.", "Put the whole value in quotation marks."
        return "This line does not fit the line above it.", (
            "Look for a colon missing there, for a space missing after its colon, or for a wrong indent here.")
    if "did not find expected key" in reason:
        if before.strip():
            return "The value ends just before this place, and more stands after it.", (
                "Put the whole value in quotation marks of the other kind, or look for one missing on the line above.")
        return BAD_INDENT
    for said, words in PARSER_REASONS.items():
        if said in reason:
            return words
    return f"The file cannot be read from here on ({reason}).", (
        "Look for a missing colon, a missing quotation mark or a wrong indent on this line or the one above.")


def lost_after_hash():
    return "What follows # would be lost here, as a note to oneself.", (
        "Put the whole value in quotation marks; or, if it is a note, write a space after the #.")


def no_front_matter():
    return "The page's title and description must stand at the top, between two lines of three hyphens.", (
        "Begin with ---, then title: and description:, then --- again, then the text.")


def text_at_the_top():
    return 'The field "body" has no place here.', "Write the page's text below the second ---."


def empty_page():
    return "The page has no text.", "Write it below the second ---."


def empty_file():
    return "The file is empty.", "Fill it in, or delete it. For a provider, copy providers/_example.yaml."


def not_a_mapping(found):
    return f"The file holds {found} where fields should be.", "Write each field on its own line, as name: value."


def anchor_or_alias():
    return "A value cannot begin with & or *, which have a special meaning there.", "Put the whole value in quotation marks."


def tag():
    return "A value cannot begin with !, which has a special meaning there.", "Put the whole value in quotation marks."


def second_document():
    return "Found a second --- in the file.", "Keep one entry in each file."


def too_deep(most):
    return f"The fields are nested more than {most} levels deep.", "Look at the indents: one of them is too far to the right."


def key_not_text():
    return "A field's name must be plain words.", "Write the name, a colon, a space and the value."


def repeated_key(key, first_line):
    return f"The field {_shown(key)} stands here a second time (first on line {first_line}).", "Keep one of the two."


def missing_field(name, title, description, example):
    called = f" ({title})" if title.lower().replace(" ", "_") != name else ""
    shown = _such_as(f"{name}: {example}") if isinstance(example, str) and example else ""
    return f'The field "{name}"{called} is missing.', f"Add it. {_sentence(description)}{shown}"


def unknown_field(name, allowed):
    return f"There is no field called {_shown(name)} here.", f"{_guess(name, allowed)}The fields here are {_listed(sorted(allowed))}."


KINDS = {"array": "a list, each line beginning with a hyphen", "object": "fields of its own, indented under it",
         "boolean": "true or false, in small letters and without quotation marks", "string": "text"}


def wrong_kind(value, wanted, description):
    wanted = [wanted] if isinstance(wanted, str) else wanted
    quoted = ", in quotation marks" if isinstance(value, bool) and "string" in wanted else ""
    # An "integer" of a schema is text here, as all numbers are.
    return f"Found {_shown(value)}.", f"It must be {_listed(KINDS[name] for name in wanted if name in KINDS)}{quoted}. {_sentence(description)}"


def not_allowed(value, allowed):
    return f"Found {_shown(value)}.", f"{_guess(value, allowed)}Use {_listed(allowed)}."


def empty_value(description, example):
    return "There is nothing after the colon or hyphen.", f"Fill it in, or delete the line. {_sentence(description)}{_such_as(example)}"


def wrong_pattern(value, description, examples):
    return f"Found {_shown(value)}.", f"{_sentence(description)} Example: {_sentence(_listed(examples[:2]))}"


def too_long(value, most):
    return f"The text has {len(value)} characters.", f"Shorten it to {most} characters at most."


def too_many(count, most):
    return f"The list has {count} items.", f"Keep {most} at most."


def empty_list(description):
    return "The list is empty.", f"Add a line to it, or delete the field. {_sentence(description)}"


def repeated_item(value):
    shown = "The same item" if isinstance(value, (dict, list)) else _shown(value)
    return f"{shown} stands in this list twice.", "Keep one of the two."


def not_a_list(value, words, description):
    return f"Found {_shown(value)}.", f"{_guess(value, words)}{_sentence(description)} A list has a line for each, beginning with a hyphen."


def bad_file_name(name, wanted):
    return f"The name of this file is {_shown(name)}.", (
        f"Use small letters, digits and hyphens only, at most 60, and the ending {wanted}. Example: my-example{wanted}.")


def reserved_name(name):
    return f'The name "{name}" is needed for something else on the site.', "Choose another file name."


def not_a_regular_file():
    return "This is not an ordinary file.", "Put the file itself here, not a link, a shortcut or a folder."


def missing_file():
    return "This file is missing.", "Put it back from the project's history."


def unknown_reference(value, kind, folder, known):
    return f"There is no {kind} called {_shown(value)}.", f"{_guess(value, known)}The names are the file names in {folder}, without their ending."


def unknown_service(value, known):
    return f"There is no service called {_shown(value)}.", (
        f"{_guess(value, known)}Write the provider's file name without its ending, a slash and the slug of the service.")


def refers_to_itself(value):
    return f"{_shown(value)} is this very entry.", "Name another one, or delete the line."


def duplicate_slug(slug, first_line):
    return f"Two services have the slug {_shown(slug)} (the first on line {first_line}).", "Give one of them another slug."


def bad_phone(value, why):
    return f"{_shown(value)} {why}.", "Type the number with digits and spaces only, beginning with 0 and not with +44. Example: 0808 175 3080."


def premium_number(value):
    return f"{_shown(value)} is a number that costs extra to ring.", "Find a freephone or normal number for this service."


def bad_email(value):
    return f"{_shown(value)} is not an e-mail address.", "Example: help@example.org."


def bad_web(value):
    return f"{_shown(value)} is not a web address that we can use.", (
        "Copy it from the top of the browser. It must start with https:// and have no spaces. Example: https://www.example.org/chat.")


def bad_date(value):
    return f"{_shown(value)} is not a day of the calendar.", "Look at the month and the day. Write the year first: 2026-11-22."


def future_date(value, today):
    return f"{_shown(value)} is in the future (today is {today}).", "Write the date of the evidence."


def bad_hours(opens, closes):
    return f"It opens at {opens} and closes at {closes}.", (
        "The closing time must come after the opening time. Where it is open past midnight, close at 24:00 and open again at 00:00 on the next day.")


def secret_address():
    return "This service has a confidential location, and its place stands here.", (
        "Delete it: no address, postcode or map may stand anywhere in the entry.")


def closed_without_instead():
    return "The service is not open, and the entry does not say what to use instead.", (
        "Under status, write instead_use: and below it a line with a hyphen and the file name of another provider, without its ending.")


def message_without_text():
    return "A message belongs to a contact of the type text only.", "Delete the line, or change the type to text."


def live_without_email():
    return "The site is live, and the OPCC's e-mail address is empty.", "Fill it in, or set stage to draft."
