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
SHORT_NUMBERS = {"999", "112", "101", "105", "111", "119", "159", "18000", "18001101", "116123", "116000", "116111", "08001111"}
SHORT_CODE = re.compile("[678][0-9]{4}|7726")  # for text messages only
NUMBER_TYPES = {"phone", "text", "textphone", "whatsapp"}
WEB_TYPES = {"bsl_video", "web_chat", "web_form"}
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
WEB = re.compile(r"https://([a-z0-9-]+\.)+[a-z]{2,}(/[\x21-\x7e]*)?")
DATE_KEYS = {"date", "since", "until", "review_due"}


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


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _whole_pattern})


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
    elif kind == "propertyNames" or "propertyNames" in error.absolute_schema_path:
        yield entry.problem(path, problems.wrong_pattern(value, "This is not a postcode sector.", ["L20 1"]))
    elif kind == "anyOf":
        yield from _worded_choice(entry, error, path, schema, value)
    elif kind == "type" and value == "":
        yield entry.problem(path, problems.empty_value(description, _example(schema)))
    elif kind == "type":
        yield entry.problem(path, problems.wrong_kind(value, schema["type"], description))
    elif kind in ("enum", "const"):
        allowed = schema.get("enum", [schema.get("const")])
        yield entry.problem(path, problems.not_allowed(value, allowed) if value != "" else problems.empty_value(description, _example(schema)))
    elif kind == "pattern":
        if value != "":  # an empty value is said once, by minLength
            yield entry.problem(path, problems.wrong_pattern(value, description, schema["examples"]))
        elif "minLength" not in schema:
            yield entry.problem(path, problems.empty_value(description, _example(schema)))
    elif kind == "minLength":
        yield entry.problem(path, problems.empty_value(description, _example(schema)))
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
        raise NotImplementedError(f"problems.py has no words for the schema keyword {kind!r}")


def _worded_choice(entry, error, path, schema, value):
    """anyOf is used for "a word or a list": where the value is a list, say what is wrong inside the list."""
    if isinstance(value, list):
        for inner in (e for e in error.context if e.validator not in ("enum", "const") or len(e.absolute_path) > len(path)):
            yield from _worded(entry, inner)
    elif value == "":
        yield entry.problem(path, problems.empty_value(schema["description"], None))
    else:
        yield entry.problem(path, problems.neither_nor(value, schema["description"]))


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
                if target == entry.slug:
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
    if not isinstance(value, str) or value in names[kind]:
        return
    if kind == "service":
        yield entry.problem(path, problems.unknown_service(value, names[kind]))
    else:
        yield entry.problem(path, problems.unknown_reference(value, SPOKEN[kind], FOLDERS[kind], names[kind]))


def _known(entry, path, values, kind, names):
    for place, value in enumerate(_texts(values)):
        yield from _one_known(entry, (*path, place), value, kind, names)


def groups(entry, site):
    """A crime type's group must be one of content/site.yaml."""
    known = {group.get("slug") for group in _dicts(site.data.get("crime_type_groups"))} if site else set()
    if entry.kind == "crime-type" and known and entry.data.get("group") not in known:
        yield entry.problem(("group",), problems.not_allowed(entry.data.get("group"), sorted(known)))


# ---- sense

def sense(entry, today):
    """Problems inside one entry that no schema can see."""
    yield from _dates(entry, (), entry.data, today)
    yield from _websites(entry)
    if entry.kind == "site":
        if entry.data.get("stage") == "live" and not _dict(entry.data.get("opcc")).get("email"):
            yield entry.problem(("opcc", "email"), problems.live_without_email())
    if entry.kind != "provider":
        return
    first = {}
    for n, service in enumerate(_dicts(entry.data.get("services"))):
        at = ("services", n)
        slug = service.get("slug")
        if slug in first:
            yield entry.problem((*at, "slug"), problems.duplicate_slug(slug, first[slug]))
        elif slug:
            first[slug] = entry.places[(*at, "slug")][0]
        yield from _hours(entry, (*at, "hours"), service.get("hours"))
        status = _dict(service.get("status"))
        if status.get("state") in ("paused", "closed") and not status.get("instead_use"):
            yield entry.problem((*at, "status"), problems.closed_without_instead())
        for m, contact in enumerate(_dicts(service.get("contacts"))):
            yield from _contact(entry, (*at, "contacts", m), contact, service.get("confidential_location") is True)
            yield from _hours(entry, (*at, "contacts", m, "hours"), contact.get("hours"))


def _contact(entry, path, contact, secret):
    kind, value = contact.get("type"), contact.get("value")
    at = (*path, "value")
    if not isinstance(value, str) or not value:
        return
    if kind in NUMBER_TYPES:
        words = number_problem(kind, value)
        if words:
            yield entry.problem(at, words)
    elif kind == "email" and not EMAIL.fullmatch(value):
        yield entry.problem(at, problems.bad_email(value))
    elif kind in WEB_TYPES and not WEB.fullmatch(value):
        yield entry.problem(at, problems.bad_web(value))
    elif kind == "address" and secret:
        yield entry.problem(at, problems.secret_address())
    if "message" in contact and kind != "text":
        yield entry.problem((*path, "message"), problems.message_without_text())


def number_problem(kind, value):
    """What is wrong with a telephone number as typed, as (says, fix), or None.

    Digits and spaces; a short number that is dialled as it is, or valid in the United Kingdom; never one that costs extra.
    """
    digits = value.replace(" ", "")
    if not re.fullmatch(r"[0-9 ]+", value) or value != value.strip():
        return problems.bad_phone(value, "is not a number made of digits and spaces")
    if digits in SHORT_NUMBERS or kind == "text" and SHORT_CODE.fullmatch(digits):
        return None
    if kind == "textphone":
        digits = digits.removeprefix("18001")  # Relay UK: the prefix, then the number itself
    if digits.startswith(("09", "084", "087", "070")):
        return problems.premium_number(value)
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(digits, "GB"))
    except phonenumbers.NumberParseException:
        valid = False
    return None if valid else problems.bad_phone(value, "is not a number in use in the United Kingdom")


def _websites(entry):
    for path in ((("website",), ("council", "website"), ("opcc", "website"), ("exit_target",))):
        value = entry.data
        for part in path:
            value = _dict(value).get(part)
        if isinstance(value, str) and value and path in entry.places and not WEB.fullmatch(value):
            yield entry.problem(path, problems.bad_web(value))


def _hours(entry, path, hours):
    for n, row in enumerate(_dicts(_dict(hours).get("weekly"))):
        opens, closes = row.get("opens"), row.get("closes")
        if isinstance(opens, str) and isinstance(closes, str) and closes <= opens:
            yield entry.problem((*path, "weekly", n, "closes"), problems.bad_hours(opens, closes))


def _dates(entry, path, value, today):
    """Every date must be a day of the calendar, and a date of evidence must not be in the future."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _dates(entry, (*path, key), inner, today)
    elif path and path[-1] in DATE_KEYS and isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
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
    if kind is None or not SLUG.fullmatch(path.stem) or len(path.stem) > 60:
        yield problems.Problem(name, 1, 1, "", *problems.bad_file_name(path.name, ending))
    elif kind == "page" and path.stem in RESERVED_PAGES or path.stem == "index":
        yield problems.Problem(name, 1, 1, "", *problems.reserved_name(path.stem))


def check(site, schema_folder, today, wanted=None):
    """Reads and checks the folder `site` -> (entries, problems), both sorted.

    `wanted` narrows the problems to these files or folders; references are always checked against everything.
    """
    entries, found = [], []
    for path, name, kind in load.files(site):
        named = list(file_name(path, name, kind))
        found += named
        if named:
            continue
        if kind == "site" and not path.exists():
            found.append(problems.Problem(name, 1, 1, "", *problems.missing_file(name)))
            continue
        entry, refused = load.read_entry(path, name, kind)
        found += refused
        if entry:
            entries.append(entry)
    names = known_names(entries)
    the_site = next((entry for entry in entries if entry.kind == "site"), None)
    validators = schemas(schema_folder)
    for entry in entries:
        found += shape(entry, validators[entry.kind])
        found += references(entry, names)
        found += groups(entry, the_site)
        found += sense(entry, today)
    if wanted is not None:
        kept = {name for _, name, _ in load.files(site, wanted)}
        found = [problem for problem in found if problem.file in kept]
    return entries, sorted(set(found))


def known_names(entries):
    """{kind: the slugs of its entries}, and "service": every provider/service."""
    names = {kind: {entry.slug for entry in entries if entry.kind == kind} for kind in (*FOLDERS, "site")}
    names["service"] = {f"{entry.slug}/{service.get('slug')}" for entry in entries if entry.kind == "provider"
                        for service in _dicts(entry.data.get("services"))}
    return names
