"""Checks entries in three steps: their shape (the schemas), what they refer to, and whether they make sense together.

Problems are values: every function here returns or yields them, none raises or prints. Today's date is an argument.
"""
import datetime
import functools
import json
import re
from pathlib import Path

import jsonschema
import phonenumbers

from . import load, problems

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Addresses that the site itself needs (pages.py); a page of that name would take their place.
RESERVED_PAGES = {"help", "areas", "providers", "search", "offline", "start", "commissioning", "performance", "news", "data", "static"}
# Numbers that are dialled as they are and that no numbering library knows (Ofcom, National Telephone Numbering Plan).
SHORT_NUMBERS = {"999", "112", "101", "105", "111", "119", "159", "18000", "116123", "116000", "116111", "08001111"}
SHORT_CODE = re.compile("[678][0-9]{4}|7726")  # for text messages only
NUMBER_TYPES = {"phone", "text", "textphone", "whatsapp"}
WEB_TYPES = {"bsl_video", "web_chat", "web_form"}
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
WEB = re.compile(r"https://([a-z0-9-]+\.)+[a-z]{2,}(/[\x21-\x5b\x5d-\x7e]*)?")  # no backslash: browsers read it as a slash
WEBSITES = (("website",), ("council", "website"), ("opcc", "website"), ("exit_target",))
TIME = re.compile("[0-2][0-9]:[0-5][0-9]")
# What gives a secret place away in any text: a postcode, coordinates.
PLACE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b|-?[0-9]{1,2}\.[0-9]{3,}[, ]+-?[0-9]{1,2}\.[0-9]{3,}", re.IGNORECASE)
DATE_KEYS = {"date", "since", "until", "review_due"}
DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")


# ---- shape

def _inline(schema, root):
    """The schema with every $ref replaced by what it points to: jsonschema then needs no look-ups while it works."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inline(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
        return {key: _inline(value, root) for key, value in schema.items() if key != "$defs"}
    return [_inline(item, root) for item in schema] if isinstance(schema, list) else schema


def _whole_pattern(validator, pattern, value, schema):
    """`pattern` as everybody reads it: $ does not match before a last line break."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


def _visible_length(validator, least, value, schema):
    """`minLength` as everybody reads it: spaces alone are nothing."""
    if isinstance(value, str) and len(value.strip()) < least:
        yield jsonschema.ValidationError(f"{value!r} is too short")


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _whole_pattern, "minLength": _visible_length})


@functools.cache
def schemas(folder):
    """The folder with the *.schema.json files -> {kind: compiled validator}."""
    found = {}
    for path in sorted(Path(folder).glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        found[path.name.removesuffix(".schema.json")] = Validator(_inline(schema, schema))
    return found


def shape(entry, validator):
    """Problems of one entry against its schema."""
    found = [problem for error in validator.iter_errors(entry.data) for problem in _worded(entry, error)]
    return sorted(set(found))


def _worded(entry, error):
    """One error of jsonschema -> problems at the right place in an editor's words."""
    path, schema, value = tuple(error.absolute_path), error.schema, error.instance
    description = schema.get("description", "") if isinstance(schema, dict) else ""
    kind = error.validator
    if kind == "required":
        for name in (name for name in schema["required"] if name not in value):
            field = schema["properties"][name]
            example = next(iter(field.get("examples", [])), None)
            yield entry.problem(path, problems.missing_field(name, field["title"], field["description"], example))
    elif kind == "additionalProperties" and schema["additionalProperties"] is False:
        for name in (name for name in value if name not in schema["properties"]):
            yield entry.problem_at_key((*path, name), problems.unknown_field(name, schema["properties"]))
    elif "propertyNames" in error.absolute_schema_path:
        yield entry.problem_at_key((*path, value), problems.wrong_pattern(value, "This must be a postcode sector.", ["L20 1"]))
    elif isinstance(value, str) and not value.strip():  # said once, whatever else an empty value is not
        yield entry.problem(path, problems.empty_page() if path == ("body",) else problems.empty_value(description, _example(schema)))
    elif kind == "anyOf":
        yield from _worded_choice(entry, error, path, schema, value)
    elif kind == "type":
        yield entry.problem(path, problems.wrong_kind(value, schema["type"], description))
    elif kind == "enum":
        yield entry.problem(path, problems.not_allowed(value, schema["enum"]))
    elif kind == "pattern":
        # A web address is judged again below, in the same words, so that it is said once.
        words = problems.wrong_pattern(value, description, schema["examples"])
        yield entry.problem(path, problems.bad_web(value) if schema["pattern"].startswith("^https:") else words)
    elif kind == "maxLength":
        yield entry.problem(path, problems.too_long(value, schema["maxLength"]))
    elif kind == "minItems":
        yield entry.problem(path, problems.empty_list(description))
    elif kind == "maxItems":
        yield entry.problem(path, problems.too_many(len(value), schema["maxItems"]))
    elif kind == "uniqueItems":
        for place, item in enumerate(value):
            if item in value[:place]:
                yield entry.problem((*path, place), problems.repeated_item(item))
    else:
        raise LookupError(f"problems.py has no words for the schema keyword {kind!r}")


def _worded_choice(entry, error, path, schema, value):
    """anyOf is used for "a word or a list": where the value is a list, say what is wrong inside the list."""
    if isinstance(value, list):
        for inner in (e for e in error.context if e.validator not in ("enum", "const") or len(e.absolute_path) > len(path)):
            yield from _worded(entry, inner)
    else:
        words = [word for choice in schema["anyOf"] for word in choice.get("enum", [choice.get("const")]) if word]
        yield entry.problem(path, problems.not_a_list(value, words, schema["description"]))


def _example(schema):
    return next((e for e in schema.get("examples", []) if isinstance(e, str) and e), None)


# ---- what an entry refers to

def references(entry, names):
    """Problems where an entry names another one that does not exist. `names`: {kind: set of slugs}, services as "service"."""
    data = entry.data
    if entry.kind == "provider":
        for n, service in enumerate(_dicts(data.get("services"))):
            at = ("services", n)
            yield from _known(entry, (*at, "crime_types"), service.get("crime_types"), "crime-type", names)
            yield from _known(entry, (*at, "coverage"), service.get("coverage"), "area", names)
            status = service.get("status")
            instead = status.get("instead_use") if isinstance(status, dict) else None
            for place, target in enumerate(_texts(instead)):
                kind = "service" if "/" in target else "provider"
                yield from _one_known(entry, (*at, "status", "instead_use", place), target, kind, names)
                if target in (entry.slug, f"{entry.slug}/{service.get('slug')}"):
                    yield entry.problem((*at, "status", "instead_use", place), problems.refers_to_itself(target))
    elif entry.kind == "crime-type":
        yield from _known(entry, ("related",), data.get("related"), "crime-type", names)
        for place, target in enumerate(_texts(data.get("related"))):
            if target == entry.slug:
                yield entry.problem(("related", place), problems.refers_to_itself(target))
    elif entry.kind == "site":
        yield from _one_known(entry, ("hub",), data.get("hub"), "service", names)
        yield from _one_known(entry, ("not_sure",), data.get("not_sure"), "crime-type", names)
        yield from _known(entry, ("crime_type_order",), data.get("crime_type_order"), "crime-type", names)
        yield from _known(entry, ("first_for_any_crime",), data.get("first_for_any_crime"), "service", names)
        yield from _known(entry, ("footer",), data.get("footer"), "page", names)


FOLDERS = {"crime-type": "content/crime-types", "area": "content/areas", "provider": "providers", "page": "content/pages"}
SPOKEN = {"crime-type": "crime type", "area": "area", "provider": "provider", "page": "page"}


def _one_known(entry, path, value, kind, names):
    if not isinstance(value, str) or not value.strip() or value in names[kind]:
        return
    if kind == "service":
        if value.split("/")[0] in names["unread"]:
            return
        yield entry.problem(path, problems.unknown_service(value, names[kind]))
    else:
        yield entry.problem(path, problems.unknown_reference(value, SPOKEN[kind], FOLDERS[kind], names[kind]))


def _known(entry, path, values, kind, names):
    for place, value in enumerate(_texts(values)):
        yield from _one_known(entry, (*path, place), value, kind, names)


def groups(entry, site):
    """A crime type's group must be one of content/site.yaml."""
    known = _texts([group.get("slug") for group in _dicts(site.data.get("crime_type_groups"))]) if site else []
    group = entry.data.get("group")
    if entry.kind == "crime-type" and known and isinstance(group, str) and group.strip() and group not in known:
        yield entry.problem(("group",), problems.not_allowed(group, known))


# ---- sense

def sense(entry, today):
    """Problems inside one entry that no schema can see."""
    yield from _dates(entry, today)
    yield from _websites(entry)
    if entry.kind == "site":
        yield from _office(entry)
    if entry.kind != "provider":
        return
    first = {}
    for n, service in enumerate(_dicts(entry.data.get("services"))):
        at = ("services", n)
        slug = service.get("slug")
        if isinstance(slug, str) and slug in first:
            yield entry.problem((*at, "slug"), problems.duplicate_slug(slug, first[slug]))
        elif isinstance(slug, str):
            first[slug] = entry.places[(*at, "slug")][0]
        yield from _hours(entry, (*at, "hours"), service.get("hours"))
        status = _dict(service.get("status"))
        if status.get("state") in ("paused", "closed") and "instead_use" not in status:
            yield entry.problem((*at, "status"), problems.closed_without_instead())
        for m, contact in enumerate(_dicts(service.get("contacts"))):
            yield from _contact(entry, (*at, "contacts", m), contact)
            yield from _hours(entry, (*at, "contacts", m, "hours"), contact.get("hours"))
        if service.get("confidential_location") is True:
            yield from _secret(entry, at, service)


def _office(entry):
    """The numbers and the e-mail address of content/site.yaml."""
    office, emergency = _dict(entry.data.get("opcc")), _dict(entry.data.get("emergency"))
    email = office.get("email")
    if entry.data.get("stage") == "live" and not email:
        yield entry.problem(("opcc", "email"), problems.live_without_email())
    if email:
        yield from _value(entry, ("opcc", "email"), "email", email)
    yield from _value(entry, ("opcc", "phone"), "phone", office.get("phone"))
    yield from _value(entry, ("emergency", "number"), "phone", emergency.get("number"))


def _contact(entry, path, contact):
    kind = contact.get("type")
    yield from _value(entry, (*path, "value"), kind, contact.get("value"))
    if "message" in contact and kind != "text":
        yield entry.problem((*path, "message"), problems.message_without_text())


def _value(entry, path, kind, value):
    """A number, an e-mail or a web address, by the type of contact."""
    if not isinstance(kind, str) or not isinstance(value, str) or not value.strip():
        return
    if kind in NUMBER_TYPES:
        words = number_problem(kind, value)
        if words:
            yield entry.problem(path, words)
    elif kind == "email" and not EMAIL.fullmatch(value):
        yield entry.problem(path, problems.bad_email(value))
    elif kind in WEB_TYPES and not WEB.fullmatch(value):
        yield entry.problem(path, problems.bad_web(value))


def _secret(entry, at, service):
    """Nothing in a confidential service, nor in what its provider says of itself, may tell where it is."""
    for n, contact in enumerate(_dicts(service.get("contacts"))):
        if contact.get("type") == "address":
            yield entry.problem((*at, "contacts", n, "value"), problems.secret_address())
    above = {key: value for key, value in entry.data.items() if key != "services"}
    for path, text in (*_all_texts(service, at), *_all_texts(above)):
        if PLACE.search(text):
            yield entry.problem(path, problems.secret_address())


def _all_texts(value, path=()):
    """Every text inside a value, with its path."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _all_texts(inner, (*path, key))
    elif isinstance(value, str):
        yield path, value


def number_problem(kind, value):
    """What is wrong with a telephone number as typed, as (says, fix), or None.

    Digits and spaces; a short number that is dialled as it is, or valid in the United Kingdom; never one that costs extra.
    """
    odd = re.search("[^0-9 ]", value)
    if odd:
        return problems.bad_phone(value, f'holds "{odd.group()}", which is neither a digit nor a space')
    if value != value.strip():
        return problems.bad_phone(value, "begins or ends with a space")
    digits = value.replace(" ", "")
    if kind == "textphone":
        digits = digits.removeprefix("18001")  # Relay UK: the prefix, then the number itself
    if digits in SHORT_NUMBERS or (kind == "text" and SHORT_CODE.fullmatch(digits)):
        return None
    if digits.startswith(("09", "084", "087", "070")):
        return problems.premium_number(value)
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        number = None
    # It has to be typed with its 0, for the link is made from what was typed.
    valid = number and phonenumbers.is_valid_number(number) and digits == f"0{number.national_number}"
    return None if valid else problems.bad_phone(value, "is not a full telephone number of the United Kingdom")


def _websites(entry):
    for path in WEBSITES:
        value = entry.data
        for part in path:
            value = _dict(value).get(part)
        if isinstance(value, str) and value.strip() and not WEB.fullmatch(value):
            yield entry.problem(path, problems.bad_web(value))


def _hours(entry, path, hours):
    for n, row in enumerate(_dicts(_dict(hours).get("weekly"))):
        opens, closes = row.get("opens"), row.get("closes")
        if all(isinstance(time, str) and TIME.fullmatch(time) for time in (opens, closes)) and closes <= opens:
            yield entry.problem((*path, "weekly", n, "closes"), problems.bad_hours(opens, closes))


def _dates(entry, today):
    """Every date must be a day of the calendar, and a date of evidence must not be in the future."""
    for path, value in _all_texts(entry.data):
        if path[-1] in DATE_KEYS and DATE.fullmatch(value):
            day = earliest_day(value)
            if day is None:
                yield entry.problem(path, problems.bad_date(value))
            elif path[-1] == "date" and day > today:
                yield entry.problem(path, problems.future_date(value, today.isoformat()))


def earliest_day(text):
    """"2024", "2024-04" or "2024-04-02" -> the first day it can mean, or None where the calendar has no such day."""
    try:
        return datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None


def _dict(value):
    return value if isinstance(value, dict) else {}


def _dicts(value):
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []


def _texts(value):
    return [item if isinstance(item, str) else "" for item in value] if isinstance(value, list) else []


# ---- all of it

def file_name(path, name, kind):
    """Problems of a file's name."""
    ending = ".md" if name.startswith("content/pages/") else ".yaml"
    if path.is_dir():
        yield problems.Problem(name, 1, 1, "", *problems.not_a_regular_file())
    elif kind is None or not SLUG.fullmatch(path.stem) or len(path.stem) > 60:
        yield problems.Problem(name, 1, 1, "", *problems.bad_file_name(path.name, ending))
    elif (kind == "page" and path.stem in RESERVED_PAGES) or path.stem == "index":
        yield problems.Problem(name, 1, 1, "", *problems.reserved_name(path.stem))


def check(site, schema_folder, today, wanted=None):
    """Reads and checks the folder `site` -> (entries, problems), both sorted.

    `wanted` narrows the problems to these files or folders; references are always checked against everything.
    """
    entries, found, unread = [], [], []
    for path, name, kind in load.files(site):
        named = list(file_name(path, name, kind))
        found += named
        if named:
            continue
        if kind == "site" and not path.exists():
            found.append(problems.Problem(name, 1, 1, "", *problems.missing_file()))
            continue
        entry, refused = load.read_entry(path, name, kind)
        found += refused
        if entry:
            entries.append(entry)
        else:
            unread.append((kind, path.stem))
    names = known_names(entries, unread)
    the_site = next((entry for entry in entries if entry.kind == "site"), None)
    validators = schemas(schema_folder)
    for entry in entries:
        referred = [*references(entry, names), *groups(entry, the_site)]
        # A name that is not there is said once, not as badly spelt too.
        places = {(problem.line, problem.column) for problem in referred}
        found += referred + [problem for problem in shape(entry, validators[entry.kind]) if (problem.line, problem.column) not in places]
        found += sense(entry, today)
    if wanted is not None:
        kept = {name for _, name, _ in load.files(site, wanted)}
        found = [problem for problem in found if problem.file in kept]
    return entries, sorted(set(found))


def known_names(entries, unread=()):
    """{kind: its slugs}, "service": every provider/service, and "unread": providers whose services nobody knows.

    `unread`: (kind, slug) of the files that could not be read. Each has its own problem: whatever refers to it is not wrong.
    """
    both = [(entry.kind, entry.slug) for entry in entries] + list(unread)
    names = {kind: {slug for found, slug in both if found == kind} for kind in FOLDERS}
    names["unread"] = {slug for kind, slug in unread if kind == "provider"}
    names["service"] = {f"{entry.slug}/{service.get('slug')}" for entry in entries if entry.kind == "provider"
                        for service in _dicts(entry.data.get("services"))}
    return names
