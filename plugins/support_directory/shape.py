"""The shape of entries: which fields there are, and what kind of value each holds. The schemas say it, in words for editors.

Problems are values: nothing here raises or prints them.
"""
import functools
import itertools
import json
import re
from pathlib import Path

from . import files, problems, times

MOST_ERRORS = 60  # of one entry: more than anybody reads, and a file full of mistakes stays quick to check


def _inline(schema, root):
    """The schema with every $ref replaced by what it points to: jsonschema then needs no look-ups while it works."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inline(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
        return {key: _inline(value, root) for key, value in schema.items() if key != "$defs"}
    return [_inline(item, root) for item in schema] if isinstance(schema, list) else schema


def _twins(items):
    """The positions of items that stood in the list before."""
    seen = set()
    for place, item in enumerate(items):
        mark = json.dumps(item, sort_keys=True)
        if mark in seen:
            yield place
        seen.add(mark)


class Validator:
    """Holds data to a schema: at a glance (`plainly`), and closely, by jsonschema, which is loaded only where a glance was not enough."""

    def __init__(self, schema):
        self.schema = schema

    @functools.cached_property
    def plainly_right(self):
        """What `plainly` makes of the schema."""
        return plainly(self.schema)

    @functools.cached_property
    def closely(self):
        """The validator of jsonschema."""
        return _close_look()(self.schema)

    def iter_errors(self, value):
        """The errors of jsonschema."""
        return self.closely.iter_errors(value)


@functools.cache
def _close_look():
    """The class of jsonschema's validators, with three keywords as we read them."""
    import jsonschema

    def whole_pattern(validator, pattern, value, schema):
        """`pattern` as everybody reads it: $ does not match before a last line break."""
        if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
            yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")

    def visible_length(validator, least, value, schema):
        """`minLength` as everybody reads it: spaces alone are nothing."""
        if isinstance(value, str) and len(value.strip()) < least:
            yield jsonschema.ValidationError(f"{value!r} is too short")

    def no_twins(validator, wanted, value, schema):
        """`uniqueItems` in one walk: jsonschema compares each item with each other, which takes seconds for a long list."""
        if wanted and isinstance(value, list) and next(_twins(value), None) is not None:
            yield jsonschema.ValidationError("not unique")

    return jsonschema.validators.extend(jsonschema.Draft202012Validator,
                                        {"pattern": whole_pattern, "minLength": visible_length, "uniqueItems": no_twins})


@functools.cache
def schemas(folder):
    """The folder with the *.schema.json files -> {kind: compiled validator}."""
    found = {}
    for path in sorted(Path(folder).glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        found[path.name.removesuffix(".schema.json")] = Validator(_inline(schema, schema))
    return found


# ---- what is plainly right: most entries are, and jsonschema takes ten times as long to say so

SAYS_NOTHING = {"$schema", "title", "description", "examples"}
OF_TEXT, OF_LISTS = {"type", "minLength", "maxLength", "pattern"}, {"type", "items", "minItems", "maxItems", "uniqueItems"}
OF_FIELDS = {"type", "properties", "required", "additionalProperties", "propertyNames"}
FEW = 12  # items that are compared each with each other


def plainly(schema):
    """A schema -> a function of a value that says whether Validator would find nothing wrong in it. It may say no where all is well, never the other way."""
    kind, said = schema.get("type"), set(schema) - SAYS_NOTHING
    if said == {"const"} or said == {"enum"}:
        words = frozenset(word for word in schema.get("enum", [schema.get("const")]) if isinstance(word, str))
        return lambda value: isinstance(value, str) and value in words
    if said == {"anyOf"}:
        choices = [plainly(choice) for choice in schema["anyOf"]]
        return lambda value: any(right(value) for right in choices)
    if (kind in (None, "string") or (isinstance(kind, list) and "string" in kind)) and said <= OF_TEXT:
        return _plain_text(schema.get("minLength", 0), schema.get("maxLength", float("inf")), schema.get("pattern"))
    if kind == "boolean" and said == {"type"}:
        return lambda value: value is True or value is False
    if kind == "array" and said <= OF_LISTS:
        return _plain_list(plainly(schema.get("items", {})), schema.get("minItems", 0), schema.get("maxItems", float("inf")), schema.get("uniqueItems"))
    if kind == "object" and said <= OF_FIELDS:
        known = {name: plainly(inner) for name, inner in schema.get("properties", {}).items()}
        others, name = schema.get("additionalProperties"), schema.get("propertyNames")
        return _plain_fields(known, frozenset(schema.get("required", ())), plainly(others) if others else None, plainly(name) if name else None)
    return lambda value: False


def _plain_text(least, most, pattern):
    fits = re.compile(pattern.replace("$", r"\Z")).search if pattern else None
    if fits:
        return lambda value: isinstance(value, str) and len(value) <= most and len(value.strip()) >= least and fits(value) is not None
    return lambda value: isinstance(value, str) and len(value) <= most and len(value.strip()) >= least


def _plain_list(right, least, most, unique):
    def right_list(value):
        if not isinstance(value, list) or not least <= len(value) <= most:
            return False
        for item in value:
            if not right(item):
                return False
        return not unique or len(value) < 2 or not (
            any(item in value[:place] for place, item in enumerate(value)) if len(value) <= FEW else next(_twins(value), None) is not None)
    return right_list


def _plain_fields(known, required, others, name):
    """`others`: of values of fields that are not known, or None where there may be none; `name`: of names, or None where any will do."""
    def right_fields(value):
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        for key, inner in value.items():
            right = known.get(key, others)
            if right is None or not right(inner) or not (name is None or name(key)):
                return False
        return True
    return right_fields


def shape(entry, validator):
    """Problems of one entry against its schema."""
    if validator.plainly_right(entry.data):
        return []
    errors = itertools.islice(validator.iter_errors(entry.data), MOST_ERRORS)
    return sorted({problem for error in errors for problem in itertools.islice(_worded(entry, error), MOST_ERRORS)})


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
        days = times.days_meant(value) if isinstance(value, str) and set(times.WEEK) <= set(schema["enum"]) else []
        yield entry.problem(path, problems.range_of_days(value, days) if days else problems.not_allowed(value, schema["enum"]))
    elif kind == "pattern":
        if not schema["pattern"].startswith(("^https:", "^(not published|")):  # judged by contacts.py and measures.py, which say more
            yield entry.problem(path, problems.wrong_pattern(value, description, schema["examples"], _meant(schema["pattern"], value)))
    elif kind == "maxLength":
        yield entry.problem(path, problems.too_long(value, schema["maxLength"]))
    elif kind == "minItems":
        yield entry.problem(path, problems.empty_list(description))
    elif kind == "maxItems":
        yield entry.problem(path, problems.too_many(len(value), schema["maxItems"]))
    elif kind == "uniqueItems":
        for place in _twins(value):
            yield entry.problem((*path, place), problems.repeated_item(value[place]))
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


def _meant(pattern, value):
    """What may have been meant by a value that does not fit a pattern, or None. Whatever is given fits."""
    value, fits = value[:200], re.compile(pattern.replace("$", r"\Z"))
    if re.fullmatch(r"(?i)\s*(not known|unknown|n/?a|none|never|\?+)\s*", value) and fits.search("not known"):
        return "not known"
    age = re.fullmatch(r"(?i)\s*(?:age[ds]?|from|over)?\s*([0-9]{1,2})\s*(?:\+|years?( old)?|and over|plus|or over)?\s*", value)
    if age and fits.search(age[1]):
        return age[1]
    slug = files.slug_of(value)
    guesses = (times.date_meant(value), times.time_meant(value), slug if fits.search("a-b") else None, value.strip(), value.strip().upper(),
               re.sub(r"[\s-]", "", value).upper())
    return next((guess for guess in guesses if guess and fits.search(guess)), None)


def _example(schema):
    return next((e for e in schema.get("examples", []) if isinstance(e, str) and e), None)
