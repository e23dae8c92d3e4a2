"""Makes the forms for issues on GitHub out of schema/provider.schema.json, and the way to the office out of content/site.yaml.

    python3 scripts/make_issue_forms.py

Writes .github/ISSUE_TEMPLATE/change-a-listing.yml, new-provider.yml and config.yml. Run it after a change to the schema; a test says so where it was forgotten.
"""
import json
import sys

import _setup

_setup.ready()

from support_directory import load  # noqa: E402

FOLDER = ".github/ISSUE_TEMPLATE"
# Fields of the schema that a new provider is asked for, each with whether it has to be filled in. "services" stands for those of its first service.
ASKED = (("name", True), ("about", True), ("website", False), ("also_known_as", False), ("charity_number", False))
ASKED_OF_THE_SERVICE = (("name", True), ("summary", True), ("crime_types", True), ("coverage", True), ("eligibility", False), ("cost", False),
                        ("contacts", True), ("hours", False), ("languages", False), ("on_contact", False), ("confidential_location", False))
SEVERAL_LINES = 160  # characters: a field that may hold more gets a box of several lines
# Descriptions of the schema that speak of files, in words for whoever has never seen one.
HINTS = {
    "charity_number": "Its number in the register of charities.",
    "crime_types": "What it helps with, in your own words. Write \"any crime\" where it is for every crime.",
    "coverage": "Where the people live whom it helps: towns or districts, the whole area, or the whole country.",
    "contacts": "Every way to get in touch, one on each line, the best one first, just as the organisation prints it.",
    "hours": "When somebody answers: days and times. Leave it out where the hours are not known.",
    "on_contact": "What happens when somebody makes contact: who answers, and what they do first. Leave out what is not known.",
    "confidential_location": "Is it a refuge, or another place that must stay secret? Then say only that it is, and never where.",
}
EXAMPLES = {"contacts": "phone 0808 175 3080\nemail help@example.org", "hours": "Monday to Friday, 9:00 to 17:00. Closed on bank holidays.",
            "crime_types": "Burglary, theft", "coverage": "Sefton and Wirral",
            "on_contact": "A trained adviser answers. They ask what happened and what you need."}

HEADER = "# Made by scripts/make_issue_forms.py from schema/provider.schema.json and content/site.yaml. Change those, and not this file.\n"
WARNINGS = """**Everybody can read what you write here, and it cannot be taken back.**

- **Never write about a person**: no names, nobody's own number or e-mail address, and nothing of what happened to somebody.
- **Never write the address of a refuge**, or of any place that must stay secret.
- Leave out what you do not know. Never guess.

This form is for organisations. Do you need help, or did you see something wrong as a reader? Then do not write here.
The page "Is something wrong?" on the site says whom to ring."""
FILLED_IN = "It is filled in for you where you come from the form on the site."
PROMISE = "I wrote nothing about a person, and no address of a refuge or of another place that must stay secret."


def forms(schema, opcc):
    """The schema of a provider, the office -> {file name: text} of the forms."""
    made = {"change-a-listing.yml": change(schema), "new-provider.yml": new(schema), "config.yml": config(opcc)}
    return {name: HEADER + "\n".join(_yaml(form)) + "\n" for name, form in made.items()}


def config(opcc):
    """Nothing but the forms, and for readers the way to the office: GitHub makes a link of it, so it needs a web address."""
    about = f"Do not write here: everybody could read it. Ring the {opcc['name']} on {opcc['phone']}, and say which service it is and what is wrong."
    links = [{"name": "You are a reader, and something is wrong", "url": opcc["website"], "about": about}] if opcc.get("website") else []
    return {"blank_issues_enabled": False, **({"contact_links": links} if links else {})}


def _yaml(value):
    """Data of dicts, lists, text and truth -> lines of YAML. Text stands in quotation marks as in JSON, or below | where it has several lines."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and "\n" in inner:
                yield from (f"{key}: |-", *(f"  {line}".rstrip() for line in inner.split("\n")))
            elif isinstance(inner, (dict, list)):
                yield from (f"{key}:", *(f"  {line}".rstrip() for line in _yaml(inner)))
            else:
                yield f"{key}: {json.dumps(inner, ensure_ascii=False)}"
    else:
        for inner in value:
            first, *rest = _yaml(inner) if isinstance(inner, dict) else [json.dumps(inner, ensure_ascii=False)]
            yield from (f"- {first}", *(f"  {line}".rstrip() for line in rest))


def change(schema):
    """The form for a change to a listing."""
    return _form("Change a listing", "An organisation's number, hours or anything else here has changed.", "Change: ", [
        _input("provider", "Which file", f"The organisation's file. {FILLED_IN}", "providers/savera-uk.yaml", True),
        _area("changes", "What changes", f"One change on each line: what stands here now, and what is right. {FILLED_IN}",
              'services helpline > contacts 1 > value: "0800 1" becomes "0800 2"', True),
        *_evidence(schema)])


def new(schema):
    """The form for an organisation that is not listed."""
    service = schema["properties"]["services"]["items"]
    rows = [_field(name, schema["properties"][name], name, is_needed) for name, is_needed in ASKED]
    rows += [_field(f"service_{name}", _resolved(schema, service["properties"][name]), name, is_needed, "Service: ")
             for name, is_needed in ASKED_OF_THE_SERVICE]
    entry = _area("entry", "The entry", "Leave this empty, unless it is filled in for you.", "", False)
    return _form("New provider", "An organisation that helps victims of crime, and is not listed yet.", "New provider: ", [*rows, *_evidence(schema), entry])


def _evidence(schema):
    checked = schema["$defs"]["checked"]["properties"]
    return [_field("source", checked["source"], "source", True), _field("date", checked["date"], "date", True)]


def _form(name, description, title, body):
    promise = {"type": "checkboxes", "id": "promise", "attributes": {"label": "Before you send", "options": [{"label": PROMISE, "required": True}]}}
    return {"name": name, "description": description, "title": title, "body": [{"type": "markdown", "attributes": {"value": WARNINGS}}, *body, promise]}


def _field(identity, field, name, is_needed, before=""):
    """A field of the schema -> a field of the form: a box to choose from, of one line, or of several."""
    label, hint = before + field["title"], HINTS.get(name, field["description"])
    example = EXAMPLES.get(name, next((text for text in field.get("examples", ()) if isinstance(text, str)), ""))
    if "enum" in field or field.get("type") == "boolean":
        options = field.get("enum", ["yes", "no"])
        return _element("dropdown", identity, label, hint, is_needed, options=[word if word not in ("yes", "no") else word.capitalize() for word in options])
    several = "pattern" not in field and field.get("maxLength", SEVERAL_LINES + 1) > SEVERAL_LINES
    return (_area if several else _input)(identity, label, hint, example, is_needed)


def _input(identity, label, hint, example, is_needed):
    return _element("input", identity, label, hint, is_needed, placeholder=example)


def _area(identity, label, hint, example, is_needed):
    return _element("textarea", identity, label, hint, is_needed, placeholder=example)


def _element(kind, identity, label, hint, is_needed, **more):
    return {"type": kind, "id": identity, "attributes": {"label": label, "description": hint, **{name: value for name, value in more.items() if value}},
            "validations": {"required": is_needed}}


def _resolved(schema, field):
    return schema["$defs"][field["$ref"].rsplit("/", 1)[1]] if "$ref" in field else field


def main():
    """Writes the forms -> exit code: 1 where content/site.yaml cannot be read."""
    schema = json.loads((_setup.ROOT / "schema/provider.schema.json").read_text(encoding="utf-8"))
    site, problems = load.read_entry(_setup.ROOT / "content/site.yaml", "content/site.yaml", "site")
    for problem in problems:
        print(problem)
    if problems:
        return 1
    (_setup.ROOT / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in forms(schema, site.data["opcc"]).items():
        (_setup.ROOT / FOLDER / name).write_text(text, encoding="utf-8")
        print(f"{FOLDER}/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
