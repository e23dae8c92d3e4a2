"""The forms for issues on GitHub: up to date with the schema, in the form that GitHub reads, with the warnings in them."""
import importlib.util
import json
import os
import re
import sys

import pytest
import yaml

from saltmarsh import ROOT

FOLDER = ROOT / ".github/ISSUE_TEMPLATE"
FORMS = ("change-a-listing.yml", "new-provider.yml")
# What GitHub takes (docs.github.com, Syntax for GitHub's form schema).
ATTRIBUTES = {"markdown": {"value"}, "input": {"label", "description", "placeholder", "value"},
              "textarea": {"label", "description", "placeholder", "value", "render"}, "dropdown": {"label", "description", "multiple", "options", "default"},
              "checkboxes": {"label", "description", "options"}}


@pytest.fixture(scope="module")
def script():
    """scripts/make_issue_forms.py as a module."""
    sys.path.insert(0, str(ROOT / "scripts"))
    spec = importlib.util.spec_from_file_location("make_issue_forms", ROOT / "scripts/make_issue_forms.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(ROOT / "scripts"))
    return module


@pytest.fixture(scope="module")
def schema():
    """The schema of a provider."""
    return json.loads((ROOT / "schema/provider.schema.json").read_text(encoding="utf-8"))


def read(name):
    """A form, as GitHub reads it."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def test_the_forms_are_up_to_date(script, schema):
    """The files in .github are what the script makes now of the schema and of the office."""
    office = yaml.safe_load((ROOT / "content/site.yaml").read_text(encoding="utf-8"))["opcc"]
    made = script.forms(schema, office)
    if os.environ.get("REMAKE_GOLDENS") == "1":
        FOLDER.mkdir(exist_ok=True)
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == made


@pytest.mark.parametrize("name", FORMS)
def test_github_can_read_the_form(name):
    """The fields, types and lengths that GitHub asks for; no id or label twice."""
    form = read(name)
    assert set(form) == {"name", "description", "title", "body"} and len(form["name"]) > 3 and len(form["description"]) > 3
    labels = [field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(set(labels)) == len(labels) and len(set(ids)) == len(ids)
    assert all(re.fullmatch("[A-Za-z0-9_-]+", identity) for identity in ids)
    for field in form["body"]:
        assert set(field["attributes"]) <= ATTRIBUTES[field["type"]]
        assert all(isinstance(text, str) for key, text in field["attributes"].items() if key != "options")
        if field["type"] == "dropdown":
            options = field["attributes"]["options"]
            assert options and len(set(options)) == len(options) and all(isinstance(word, str) and word.lower() != "none" for word in options)


@pytest.mark.parametrize("name", FORMS)
def test_the_form_warns(name):
    """It says at the top, before any field, what must never be written, and asks for a tick below."""
    form = read(name)
    first = form["body"][0]["attributes"]["value"]
    assert "Never write about a person" in first and "Never write the address of a refuge" in first and "Everybody can read" in first
    promise, = (field for field in form["body"] if field["type"] == "checkboxes")
    assert promise["attributes"]["options"][0]["required"] is True


def test_no_form_asks_for_an_address_or_for_notes(script, schema):
    """Neither a street address, nor notes for editors, nor anybody's id is asked for; a field that the schema gains can be asked for under its own words."""
    ids = {field["id"] for name in FORMS for field in read(name)["body"] if "id" in field}
    assert [identity for identity in ids if re.search("address|note|maintainer|postcode", identity)] == []
    changed = json.loads(json.dumps(schema))
    changed["properties"]["about"]["description"] = "Words that are new."
    assert "Words that are new." in script.forms(changed, {"name": "Office", "phone": "1"})["new-provider.yml"]


def test_readers_are_led_to_the_office():
    """There are no blank issues, and whoever is a reader finds the office's number in place of a form."""
    config = read("config.yml")
    assert config["blank_issues_enabled"] is False
    link, = config["contact_links"]
    assert link["url"].startswith("https://") and "0151 777 5155" in link["about"] and set(link) == {"name", "url", "about"}
