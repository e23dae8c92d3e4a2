"""A problem is one thing that an editor has to mend: where it stands, what was found, what would be right.

Every word that an editor reads is written here, and nowhere else.
"""
import difflib
import re
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


# What editors write, and the word that we use for it.
SAME_MEANING = {word: ours for ours, words in {
    "women": ("female", "females", "woman"),
    "men": ("male", "males", "man"),
    "everyone": ("anyone", "everybody"),
    "phone": ("telephone", "tel", "mobile", "landline"),
    "text": ("sms",),
    "email": ("mail",),
    "address": ("post",),
    "web_form": ("website",),
    "national": ("nationwide", "uk", "england"),
    "force-wide": ("everywhere", "all-areas", "all areas", "countywide"),
    "open": ("active",),
    "paused": ("suspended",),
    "closed": ("ended", "stopped"),
    "not known": ("unknown", "n/a", "none", "maybe"),
    "yes": ("true",),
    "no": ("false",),
    "all": ("everything", "any"),
    "confirmed": ("sure", "certain"),
    "likely": ("unsure", "probable", "unconfirmed"),
}.items() for word in words}
LONGEST_COMPARED = 60


def nearest(found, allowed):
    """The allowed word that the found one was most likely meant to be, or None."""
    word, allowed = found.strip().lower(), [str(a) for a in allowed]
    if not word or len(word) > LONGEST_COMPARED:
        return None
    begins = [a for a in allowed if len(word) >= 3 and a.startswith(word)]  # mon for monday
    if SAME_MEANING.get(word) in allowed:
        return SAME_MEANING[word]
    close = begins if len(begins) == 1 else difflib.get_close_matches(word, allowed, n=1, cutoff=0.6)
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


def _listed(words, joint="or"):
    words = [str(word) for word in words]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _guess(found, allowed):
    near = nearest(found, allowed) if isinstance(found, str) else None
    return f'Did you mean "{near}"? ' if near else ""


def _meant(guess):
    return f'Did you mean "{guess}"? ' if guess else ""


def _sentence(text):
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _such_as(example):
    return f" Example: {_sentence(_short(example, 100))}" if example else ""


# Each function below gives (says, fix): what was found, and what would be right.

def slow_reader():
    return "This Python reads YAML without its fast part (libyaml), so checking takes several times as long. The answers are the same."


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
BAD_BLOCK = ("A value cannot begin with | or >.", "Put the whole value in quotation marks.")
UNCLOSED = ("A quotation mark is opened here and never closed.", "Close it at the end of the value.")
BAD_PERCENT = "A line cannot begin with %.", "Put it in quotation marks, or delete it."
# What the YAML parser says -> what an editor most likely did.
PARSER_REASONS = {
    "cannot start any token": BAD_START,
    "did not find expected node content": BAD_START,
    "mapping keys are not allowed": BAD_START,
    "indentation indicator equal to 0": BAD_BLOCK,
    "comment or line break": BAD_BLOCK,
    "unknown escape character": BAD_BACKSLASH,
    "hexdecimal number": BAD_BACKSLASH,
    "escape code": BAD_BACKSLASH,
    "unexpected document indicator": UNCLOSED,
    "unexpected end of stream": UNCLOSED,
    "could not find expected ':'": ("There is no colon with a space after it on this line.", (
        "Write the field's name, a colon, a space and the value; or, for a line of a list, a hyphen, a space and the value.")),
    "did not find expected '-' indicator": BAD_INDENT,
    "found unexpected ':'": BAD_BRACKET,
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


# What other programs leave on a line of their own, and what it is.
FOREIGN_LINES = (
    (re.compile("(<{7}|={7}|>{7})( |$)"), "Marks of two versions stand here, which git could not put together.",
     "Keep one version, and delete the lines with <<<, === and >>>."),
    (re.compile("```|~~~"), "A mark of another program stands here.", "Delete this line."),
    (re.compile("<!DOCTYPE|<html|<\\?xml", re.IGNORECASE), "This is a web page, and not an entry.",
     "Copy providers/_example.yaml, and type the facts into it."),
    (re.compile(r"\{\\rtf|%PDF|PK\x03"), "This is a document of another program, and not an entry.",
     "Copy providers/_example.yaml, and type the facts into it."),
)


def foreign_line(line):
    """What a line that no YAML begins with tells of where it came from, as (says, fix), or None."""
    return next(((says, fix) for pattern, says, fix in FOREIGN_LINES if pattern.match(line)), None)


def not_yaml(reason, before):
    """`reason`: the parser's; `before`: what stands on the line before the place that it names."""
    if "alphabetic or numeric character" in reason:
        return anchor_or_alias()
    if ("tag" in reason and "directive" not in reason) or "expected '>'" in reason or "whitespace or line break" in reason:
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
    return special_sign("& or *, which have")


def tag():
    return special_sign("!, which has")


def special_sign(which):
    return f"A value cannot begin with {which} a special meaning there.", "Put the whole value in quotation marks."


def second_document():
    return "Found a second --- in the file.", "Keep one entry in each file."


def too_deep(most):
    return f"The fields are nested more than {most} levels deep.", "Look at the indents: one of them is too far to the right."


def too_many_values(most):
    return f"The file holds more than {most:,} values.", "Keep one entry in each file, and look for lines that were pasted again and again."


def key_not_text():
    return "A field's name must be plain words.", "Write the name, a colon, a space and the value."


def repeated_key(key, first_line):
    return second_time(f"The field {_shown(key)}", first_line)


def second_time(what, first_line):
    return f"{what} stands here a second time (first on line {first_line}).", "Keep one of the two."


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
    truth = {"true": "true", "yes": "true", "y": "true", "on": "true", "1": "true", "false": "false", "no": "false", "n": "false", "off": "false", "0": "false"}
    meant = truth.get(value.strip().lower()) if isinstance(value, str) and "boolean" in wanted else None
    guess = _meant(meant) if meant != value else ""
    # An "integer" of a schema is text here, as all numbers are.
    return f"Found {_shown(value)}.", f"{guess}It must be {_listed(KINDS[name] for name in wanted if name in KINDS)}{quoted}. {_sentence(description)}"


def not_allowed(value, allowed):
    return f"Found {_shown(value)}.", f"{_guess(value, allowed)}Use {_listed(allowed)}."


def range_of_days(value, days):
    return f"Found {_shown(value)}.", f"Name each day, as in [{', '.join(days)}]."


def empty_value(description, example):
    return "There is nothing after the colon or hyphen.", f"Fill it in, or delete the line. {_sentence(description)}{_such_as(example)}"


def wrong_pattern(value, description, examples, guess=None):
    return f"Found {_shown(value)}.", f"{_meant(guess)}{_sentence(description)} Example: {_sentence(_listed(examples[:2]))}"


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
    shown = f" As a list: [{value.strip()}]." if isinstance(value, str) and re.fullmatch("[a-z0-9-]+", value.strip()) and not nearest(value, words) else ""
    return f"Found {_shown(value)}.", f"{_guess(value, words)}{_sentence(description)} A list has a line for each, beginning with a hyphen.{shown}"


def bad_file_name(name, wanted, guess=None):
    return f"The name of this file is {_shown(name)}.", (
        f"{_meant(guess)}Use small letters, digits and hyphens only, at most 60, and the ending {wanted}. Example: my-example{wanted}.")


def reserved_name(name, why="is needed for something else on the site"):
    return f'The name "{name}" {why}.', "Choose another file name."


def copy_of_a_file(name):
    return f"{_shown(name)} looks like a copy.", "Delete it, or give it the name of the organisation that it is about."


def folder_inside(above):
    return "This is a folder, and nothing in it is read.", f"Move the files in it to {above}."


def never_read(name, folders, single):
    return f"{_shown(name)} stands in the folder content, where it would never be read.", (
        f"{_guess(name, folders)}Move it into the folder where it belongs, or delete it. In content there are {_listed([*folders, *single], 'and')}.")


def marked_as_a_program():
    return "This file is marked as a program that can be run.", "Take that mark away (in git: git update-index --chmod=-x and the file's name)."


def cannot_be_opened(reason):
    return f"The file cannot be opened{f' ({reason})' if reason else ''}.", "Look whether it is locked or whether you may read it."


def there_are_more(most):
    return f"There are more than {most} things to mend in this file.", "Mend those above first, then check again."


def not_a_regular_file():
    return "This is not an ordinary file.", "Put the file itself here, not a link, a shortcut or a folder."


def missing_file():
    return "This file is missing.", "Put it back from the project's history."


def unknown_reference(value, kind, folder, known):
    return f"There is no {kind} called {_shown(value)}.", f"{_guess(value, known)}The names are the file names in {folder}, without their ending."


def unknown_service(value, known):
    return f"There is no service called {_shown(value)}.", (
        f"{_guess(value, known)}Write the provider's file name without its ending, a slash and the slug of the service.")


def unknown_answer(value, known):
    return f"There is no crime type, page or provider called {_shown(value)}.", (
        f"{_guess(value, known)}The names are the file names in content/crime-types, content/pages and providers, without their ending.")


def unknown_question(value, known):
    return f"There is no question with the slug {_shown(value)}.", f"{_guess(value, known)}The questions here are {_listed(known, 'and')}."


def question_twice(slug, first_line):
    return f"Two questions have the slug {_shown(slug)} (the first on line {first_line}).", "Give one of them another slug."


def question_that_nobody_reaches(slug):
    return "No answer leads to this question, so no reader ever sees it.", f"Write ask: {slug} below an answer of another question, or delete the question."


def questions_in_a_loop(slugs):
    return f"Readers who follow this answer come back to where they were: {' > '.join(slugs)}.", (
        "Let one of these answers lead to a crime type (help), to a page, or to a question that does not lead back.")


def help_too_far(steps, most, slugs):
    return f"Here readers need {steps} steps or more, and at most {most} are wanted. They come by {' > '.join(slugs)}.", (
        "Lead to a crime type or a page sooner, or leave out a question on the way. The choice of the area counts as one step.")


def answer_leads_nowhere():
    return "This answer leads nowhere.", (
        "Add one line below its text: ask, with the slug of the next question; help, with a file name in content/crime-types; "
        "or page, with a file name in content/pages.")


def answer_in_two_ways(ways):
    return f"This answer leads to {len(ways)} places: {_listed(ways, 'and')}.", "Keep one of these lines, and delete the others."


def answer_twice(text, first_line):
    return f"The answer {_shown(text)} is the same as the one on line {first_line}.", (
        "Word one of them otherwise, or delete it: readers could not tell them apart.")


def address_not_discreet(word):
    return f'"{word}" stands in the address of this question, and whoever looks at the browser\'s history would read it.', (
        "Use a word that says nothing of a crime, such as happened.")


def refers_to_itself(value):
    return f"{_shown(value)} is this very entry.", "Name another one, or delete the line."


def duplicate_slug(slug, first_line):
    return f"Two services have the slug {_shown(slug)} (the first on line {first_line}).", "Give one of them another slug."


def bad_phone(value, why, guess=None):
    return f"{_shown(value)} {why}.", (
        f"{_meant(guess)}Type the number with digits and single spaces only, beginning with 0 and not with +44. Example: 0808 175 3080.")


def premium_number(value):
    return f"{_shown(value)} is a number that costs extra to ring.", "Find a freephone or normal number for this service."


def mobile_number(value):
    return f"{_shown(value)} is a mobile number, which may be somebody's own.", (
        "Use the service's landline or freephone number; or say below this contact, under editor_note, who told you that the number belongs to the service.")


def bad_email(value, why, guess=None):
    return f"{_shown(value)} {why}.", f"{_meant(guess)}Type one e-mail address and nothing else. Example: help@example.org."


def somebodys_email(value, where):
    return f"{_shown(value)} looks like somebody's own e-mail address.", (
        f"Use the team's address, or say in {where} who told you that it is for everybody who needs help.")


def email_of_another_house(value, website, where):
    return f"{_shown(value)} does not belong to the website, which is {website}.", (
        f"Look whether both are right. If they are, say in {where} how you know.")


def bad_web(value, why, guess=None):
    return f"{_shown(value)} {why}.", (
        f"{_meant(guess)}Open the page and copy its address from the top of the browser. It must begin with https://. Example: https://www.example.org/chat.")


NAMES_OF_VALUES = {"number": "a telephone number", "email": "an e-mail address", "web": "a web address", "address": "a street address"}
TYPES_OF_VALUES = {"number": "phone", "email": "email", "web": "web_form or web_chat"}


def value_of_another_type(value, kind, looks):
    return f"{_shown(value)} is {NAMES_OF_VALUES[looks]}, and the type of this contact is {kind}.", (
        f"Change the type to {TYPES_OF_VALUES[looks]}, or put the right value here.")


def bad_postcode(value, guess=None):
    return f"{_shown(value)} is not a postcode as the post writes it.", (
        f"{_meant(guess)}Write it in capital letters with one space, and look whether an O should be a 0. Example: L18 9TG.")


def bad_date(value):
    return f"{_shown(value)} is not a day of the calendar.", "Look at the month and the day. Write the year first: 2026-11-22."


def future_date(value, today):
    return f"{_shown(value)} is in the future (today is {today}).", "Write the date of the evidence."


def future_news(value, today):
    return f"{_shown(value)} is in the future (today is {today}).", "Write the day on which it happened, and publish it when it has."


def same_title(title, path):
    return f"{_shown(title)} is already the title of {path}.", "Choose another title: readers could not tell the two apart."


def future_status(value, today):
    return f"{_shown(value)} is in the future (today is {today}).", "Add the status on the day when it begins; until then the service is open."


def unlikely_year(value, why):
    return f"{_shown(value)} is too {why}.", "Look at the year."


def bank_holiday_after_the_end(day, until):
    return f"{_shown(day)} is later than the day under until, which is {_shown(until)}.", (
        "Look at both days. If the list holds every bank holiday of that year, write the year's last day under until.")


def bank_holiday_missing(day, name, until):
    return f"The list says that it is complete up to {_shown(until)}, and {_shown(day)} ({name}) is not in it.", (
        "Add it, even where GOV.UK lists only the substitute day. If that whole year is missing, add its days from https://www.gov.uk/bank-holidays.")


def always_but_closed():
    return "It is open 24 hours every day, and closed on bank holidays.", "Both cannot be true. Write the times under weekly, or delete bank_holidays."


def ends_before_it_begins(since, until):
    return f'It begins "{since}" and ends "{until}".', "The end must come after the beginning. Look at both dates."


def review_before_evidence(due, read):
    return f'It is due to be read again on "{due}", which is before the date of its evidence, "{read}".', "Write a day that is still to come."


def security_ends(value, days):
    return f"{_shown(value)} is less than {days} days ahead.", "Look whether the contacts under opcc are right, then write a day about a year ahead."


def bad_hours(opens, closes, guess=None):
    past_midnight = f" If it is open past midnight, write two lines: {opens} to 24:00, and for the next day 00:00 to {closes}."
    whole_day = " If it is open all day, write 00:00 to 24:00."
    return f"It opens at {opens} and closes at {closes}.", (
        f"{_meant(guess)}The closing time must come after the opening time.{past_midnight if '00:00' < closes < opens < '24:00' else whole_day}")


def overlapping_hours(day, opens, closes, first_opens, first_closes, line):
    return f"On {day.capitalize()} these times ({opens} to {closes}) overlap with those of line {line} ({first_opens} to {first_closes}).", (
        "Keep one of them, or make one end before the other begins.")


def always_and_weekly():
    return "It is open 24 hours, and there are times of the week too.", "Keep one of the two."


def no_times():
    return "There are no times here.", "Write open_24_hours: true, or the times under weekly. Delete hours where they are not known."


def age_of_no_such_group(group, age):
    return f"It is for {group}, and an age here is {age}.", "Look at the age and at the groups: one of them is not right."


def ended_in_words():
    return "The summary says that the service has ended, and its status does not.", "Give it a status, with state: closed and instead_use."


def emergency_without_999():
    return "It does not say to ring 999.", "Say when to ring 999: this text stands in red at the top of the page."


def not_discreet(word):
    return f'"{word}" stands here, and whoever looks at the browser\'s history would read it.', (
        "Use plain words that say nothing of a crime, such as Help and the name of the area.")


def ring_first_helps_others(target, crime_type):
    """A crime type names as the first to ring a service that does not help with it."""
    return (f'{_shown(target)} is to be rung first, but its listing does not say that it helps with {crime_type}, so readers would not see it.',
            f"Add {crime_type} to the crime_types of that service if it does help, or take the line out here.")


def hub_not_for_all(service):
    return f"{_shown(service)} is not for every crime, or nobody can ring it.", "Name a service with crime_types: all and a phone number among its contacts."


def instead_without_contact(target):
    return f"{_shown(target)} has no contact, so nobody can reach it.", "Name a service that can be reached."


def ages_crossed(least, most):
    return f"The youngest is {least} and the oldest is {most}.", "Look at both ages. Perhaps they stand the wrong way round."


def secret_address():
    return "A service here has a confidential location, and this may tell where it is.", (
        "Delete the place: no address, postcode, street or map may stand anywhere in the entry.")


def closed_without_instead():
    return "The service is not open, and the entry does not say what to use instead.", (
        "Under status, write instead_use: and below it a line with a hyphen and the file name of another provider, without its ending.")


def open_with_instead():
    return "The service is open, and something to use instead is named.", "Delete instead_use, or write paused or closed as the state."


def leads_to_what_ended(target):
    return f"{_shown(target)} is paused or closed, so nobody can use it.", "Name a service that is open."


def word_that_stands_alone(word, field):
    return f'The word "{word}" cannot stand in a list.', f"Write it after the colon, with no list: {field}: {word}."


def stands_in_two_files(what, other):
    return f"The same {what} stands in {other}.", "If both are about the same thing, keep one file; if not, one of the two is wrong: look at both."


def amount_without_its_meaning(amount):
    return f"{_shown(amount)} does not say what money it was.", (
        "Write it as it was published, with its £ and what it was for, such as: £75,000 in total for three trial projects. "
        "Leave the line out where the amount is not known.")


def organisation_with_an_entry(name, slug):
    return f"{_shown(name)} has an entry of its own, providers/{slug}.yaml.", f"Write provider: {slug} in place of the name, so that readers can go there."


def deliverer_without_a_name():
    return "This organisation has neither provider nor name.", "Write provider and its file name in providers/, or name and what it is called."


def service_outside_its_year(what, day, what_of_the_year, day_of_the_year):
    return f'The service {what} "{day}", but the year of this file {what_of_the_year} "{day_of_the_year}".', (
        "Look at both dates, or write the service in the file of its own year.")


def strand_spelt_otherwise(strand, other, where):
    return f"The strand {_shown(strand)} is written {_shown(other)} in {where}.", (
        "Write it in the same way in every year, so that both stand in one row of the picture.")


def years_overlap(other):
    return f"The year of this file and that of {other} overlap.", "Look at since and until of both files: each year stands in one file."


def contradicts_the_provider(field, here, there, where):
    return f'This service has {field} "{here}", but the entry of the provider has {field} "{there}" ({where}).', (
        "Both cannot be true. Look at the sources, and mend the one that is wrong.")


def contradicts_the_year(field, here, there, where):
    return f'Here {field} is "{here}", but the file of a year has {field} "{there}" for money to this provider ({where}).', (
        "Both cannot be true. Look at the sources, and mend the one that is wrong.")


def name_to_be_told_apart(name, beside, other):
    return f'Readers could take "{name}" for {other}.', (
        f'Write "{name}" only together with {_listed(beside)}, in the same text, and never "{name.lower()}" beside those words. '
        f"If you mean {other}, write that in full.")


def reserved_slug(slug):
    return f"The slug {_shown(slug)} is needed for something else on the page.", "Choose another one."


def refuge_with_an_address():
    return "This service calls itself a refuge or a safe place, and its address stands here.", (
        "If the place is a secret, delete the address and write confidential_location: true. If not, say so below this contact, under editor_note.")


def secret_told_elsewhere(name):
    return f"This text names {_shown(name)}, whose location is confidential, and a place.", "Delete the place, or the name."


def private_fact(found):
    return f"{_shown(found)} begins something private about a person.", "Delete it. Whoever can see this project can read it."


def number_in_a_note():
    return "A mobile number stands here, which may be somebody's own.", "Delete it. Whoever can see this project can read its notes."


def no_emergency_number(found):
    return f'"{found}" is not the emergency number here.', "In the United Kingdom it is 999."


def site_of_another_house(value, website):
    return f"{_shown(value)} does not belong to the website, which is {website}.", (
        "Look whether it is really theirs: people will write down there what happened to them. "
        "If it is, say below this contact, under editor_note, how you know.")


def name_of_a_person(name):
    return f"{_shown(name)} looks like the name of a person.", "Write the team or the role instead. People's names do not belong here, not even in a note."


def email_in_a_note():
    return "Somebody's own e-mail address stands in this note.", "Delete it. Whoever can see this project can read its notes."


def contact_in_a_text(value, kind):
    return f"{_shown(value)} stands inside a text.", f"Put it into a contact of the type {kind}, where it can be checked, and where the reader can press it."


def says_nothing(value):
    return f"Found {_shown(value)}, which tells a reader nothing.", "Write what is true, or delete the line. The site says by itself what is not known."


def marks_in_a_text(mark):
    return f"{_shown(mark)} would be shown just like that.", "Write plain words, without marks of HTML or Markdown."


def field_inside(name):
    return f'"{name}" stands inside this text, as if it were a part of it.', (
        "If it is a field of its own, move its line to the left until it stands under the field above, and look for a colon after its name.")


def unfinished(found):
    return f"{_shown(found)} shows that this is not finished.", "Finish the text, or delete the line."


def untrue_promise(found, why):
    return f"{_shown(found)} promises a reader what nobody can. {why}.", "Say what stays, and where, or leave the promise out."


def mixed_letters(text, pair):
    return f'In {_shown(text)} one letter only looks right ("{pair}" mixes two alphabets).', "Type the word again by hand."


def broken_letters(found):
    return f'"{found}" stands for a letter that was broken when the text was copied.', (
        "Type the letter or sign that belongs here, and save with the encoding UTF-8.")


def merge_key():
    return "The sign << has a special meaning as the name of a field.", "Write out the fields that belong here."


def tag_in_a_page(tag):
    return f"{_shown(tag)} would be left out, and may take words with it.", (
        "Use Markdown: ** around bold words, ## before a heading, a hyphen before a line of a list.")


def picture_in_a_page():
    return "Pages of words show no pictures.", "Say it in words, and delete the ! and the address."


def nearly_markdown(found):
    return f"{_shown(found)} would be shown just like that.", (
        "In Markdown a heading has a space after its signs, a link has none between its brackets, and a line of a list begins with a hyphen.")


def link_elsewhere(said, address):
    return f"The link says {_shown(said)} and leads to {_shown(address)}.", "Let it say where it leads."


def mail_with_more(found):
    return f"{_shown(found)} would be filled in without the reader's knowledge.", "Keep the address alone."


def top_heading():
    return "This heading is as large as the page's own title.", "Begin headings with two or three signs: ## or ###."


def link_leads_nowhere(target, known):
    return f"{_shown(target)} is not a page of this site.", (
        f"{_guess(target, known)}Begin with a slash for our own pages, as in /safety/, or with https:// for others.")


def funding_ended(until):
    return f'Reminder: the last funding that we know of ended "{until}".', (
        "Ask whether the service still runs. If it does, write confirmed_with_provider; if not, give it a status.")


def funding_ends_soon(until):
    return f'Reminder: the last funding that we know of ends "{until}".', (
        "Ask whether the service goes on, and who pays for it then. When you have asked, write confirmed_with_provider.")


def review_is_due(due):
    return f"Reminder: this page was due to be read again by {due}.", "Read it, mend what has changed, and write a new day."


def security_ends_soon(ends, days):
    return f"Reminder: security.txt ends on {ends}.", (
        f"Look whether the contacts under opcc are right, then write a day about a year ahead. {days} days before the end, the site cannot be built.")


def bank_holidays_end(until):
    return f"Reminder: the list of bank holidays goes up to {_shown(until)} and no further.", (
        "After that day the search is no longer sure whether services are open. Add the next year's days from "
        "https://www.gov.uk/bank-holidays, then write the last day of that year under until.")


def message_without_text():
    return "A message belongs to a contact of the type text only.", "Delete the line, or change the type to text."


def live_without_email():
    return "The site is live, and the OPCC's e-mail address is empty.", "Fill it in, or set stage to draft."


def enforcement_elsewhere(found, host):
    return f"{_shown(found)} is not the website of the Equality Advisory and Support Service.", (
        f"The law asks for a link to https://www.{host}/ and to no other.")


def reviewed_before_prepared(reviewed, prepared):
    return f"The statement was reviewed on {reviewed}, before it was prepared on {prepared}.", "Write the day of the last review, or delete the line."


def statement_is_old(last):
    return f"Nobody has reviewed the accessibility statement since {last}, which is more than 12 months ago.", (
        "Go through all of it, mend what has changed, and write today's date under reviewed and the day of the next review under next_review.")


def review_not_within_a_year(due, last):
    return f"The next review, on {due}, is not within 12 months of the last one on {last}.", "Write a day after the last review and at most 12 months after it."


def criterion_missing():
    return "It does not say which rule this fails.", "Add criterion, with its number and name in WCAG 2.2. Example: 1.4.3 Contrast (Minimum)."


def tested_by_nobody():
    return "There is a day of a test, and nobody who tested.", "Add by, with who carried out the test: an organisation, never a person."


def live_without_assessment():
    return "The site is live, and nobody has assessed how accessible it is.", (
        "The law asks for one of: fully compliant, partially compliant, not compliant. Have it tested, or set stage to draft in content/site.yaml.")


def assessed_without_a_test(state):
    return f'"{state}" is said, and no person has tested the site yet.', "Write who tested it and when under tested, or write: not assessed."


def compliant_with_faults():
    return "The site cannot be fully compliant while something below is a non-compliance.", "Write partially compliant, or take out what was mended."


def faults_not_listed(state):
    return f'"{state}" needs a list of what is not accessible, with the reasons.', (
        "List it under not_accessible, each with the reason non-compliance, disproportionate burden or not within scope.")


def statement_review_is_due(due):
    return f"Reminder: the accessibility statement is due to be reviewed by {due}.", (
        "Go through all of it, then write the day under reviewed and a new one under next_review. "
        "A year after the last review the site cannot be built any more.")


def day_has_not_come(day):
    return f"Reminder: {day} has not come yet.", "If it is a slip, write the day on which it was really done."


def mending_is_due(day):
    return f"Reminder: this was to be mended by {_shown(day)}.", "If it is mended, delete it from the list; if not, write a new day."


def heading_without_anchor(found):
    return f"The word {_shown(found)} has no letter or digit that can stand in a web address, so nothing can link to it.", (
        "Begin it with its English name.")


def heading_with_a_taken_anchor(found, anchor, other):
    where = f"the heading {_shown(other)} has already" if other else "the page needs for something else"
    return f"{_shown(found)} would get the address #{anchor}, which {where}.", "Choose other words for it: links to it would lead elsewhere."


def long_sentence(words, sentence, most):
    return f"Reminder: {_shown(sentence)} is one sentence of {words} words.", f"Make two of it if you can: up to {most} words are easy to read."


def period_not_over(until, today):
    return f"This period ends on {until}, and today is {today}.", "Figures of a period are written when it is over. Look at the year."


def period_in_two_files(other, name):
    return f"The file {_short(other)} has the same period.", f"Keep one of the two, with all the figures, and call it {name}."


def period_of_another_name(found, since, until, name):
    return f"The file is called {_shown(found)}, and its period is {_shown(since)} to {_shown(until)}.", f"Call it {name}, or mend since and until."


def period_without_figures():
    return "There is no figure here.", "Add figures, or not_published with the report that is missing."


def figure_twice(slug, first_line):
    return f"The figure {_shown(slug)} stands here a second time (first on line {first_line}).", "Keep one of the two, or give one another short name."


def unit_differs(slug, unit, other):
    return f"In {_short(other)} the unit of {_shown(slug)} is {_shown(unit)}.", (
        "What counts the same thing has the same unit everywhere: only so can it be compared. Use that unit, or another short name.")


def share_as_a_value(value):
    return f"Found {_shown(value)}, which is a percentage.", ("Write the numbers that it was worked out from, each as a figure. "
                                                                 "A percentage of “more than” numbers is wrong.")


def share_in_a_text(found):
    return f"The text has a percentage ({_shown(found)}).", ("Say it in numbers of people. "
                                                                     "A percentage of “more than” numbers is wrong, and few readers know what to do with one.")


def value_in_words(value, digits, qualifier):
    meant = f"Write value: {digits}" + (f", and qualifier: {qualifier}" if qualifier else "") + ". " if digits else ""
    return f"Found {_shown(value)}.", f"{meant}A value is digits alone, without commas or words, or: not published. The site puts the commas in."


def qualifier_of_nothing():
    return "There is a qualifier, and the number is not published.", "Leave out qualifier, or write the number."
