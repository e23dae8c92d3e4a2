"""Checking: shape, references and sense, and that one mistake never hides another."""
import datetime
import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import check, contacts, dates, files, load, pages, problems, references, sense, shape, wording


def entry_of(kind, data, slug="made-up"):
    """An entry with this data, as if it had been read from a file: JSON is YAML too."""
    return load.Entry(kind, slug, f"providers/{slug}.yaml", *load.read_yaml(json.dumps(data, ensure_ascii=False)))


WORLD = check.World([])


def said(found):
    """The problems as an editor reads them."""
    return [str(problem) for problem in found]


@pytest.fixture
def site(tmp_path):
    """A copy of Saltmarsh that a test may change."""
    return shutil.copytree(GOOD, tmp_path / "site")


# ---- all of it

def test_saltmarsh_and_the_project_itself_have_no_problems(good_entries):
    """The made-up force and the project's own directory are without problems, and every file is read."""
    entries, found = check.check(ROOT, SCHEMA, datetime.date.today())
    assert said(found) == []
    assert len(entries) == len(files.files(ROOT))
    assert len(good_entries) == len(files.files(GOOD))


def test_a_file_that_cannot_be_read_hides_nothing(site):
    """One broken file does not hide the problems of others, and what refers to it is not called wrong."""
    (site / "providers/harbour-advice.yaml").write_text("name: [\n")
    (site / "content/crime-types/stalking.yaml").write_text("title: *\n")
    (site / "providers/nightline.yaml").write_text((GOOD / "providers/nightline.yaml").read_text().replace("020 7946 0018", "09011 123456"))
    found = check.check(site, SCHEMA, TODAY)[1]
    assert [(problem.file, problem.field) for problem in found] == [
        ("content/crime-types/stalking.yaml", ""), ("providers/harbour-advice.yaml", ""), ("providers/nightline.yaml", "services 1 > contacts 1 > value")]


def test_wanted_narrows_the_problems_and_not_the_references(site, monkeypatch):
    """With a list of files or folders only their problems are given, while references still know every file."""
    (site / "providers/broken.yaml").write_text("name: Broken\n")
    (site / "content/areas/broken.yaml").write_text("name: Broken\n")
    (site / "providers/link.yaml").symlink_to(site / "providers/nightline.yaml")
    monkeypatch.chdir(site)

    def files_of(wanted):
        return sorted({problem.file for problem in check.check(site, SCHEMA, TODAY, wanted)[1]})

    assert files_of(None) == ["content/areas/broken.yaml", "providers/broken.yaml", "providers/link.yaml"]
    assert files_of([]) == []
    assert files_of(["providers"]) == files_of([site / "providers"]) == ["providers/broken.yaml", "providers/link.yaml"]
    assert files_of(["providers/link.yaml"]) == ["providers/link.yaml"]
    assert files_of(["providers/../content", "providers/nightline.yaml"]) == ["content/areas/broken.yaml"]
    assert files_of(["."]) == files_of(None)


def test_problems_are_sorted_and_said_once(site):
    """Problems come in the order of files and lines, each once."""
    (site / "providers/broken.yaml").write_text("name:\nwebsite: http://example.org\nabout:\nservices:\n  - slug: A\n")
    found = check.check(site, SCHEMA, TODAY)[1]
    assert found == sorted(set(found))
    assert [(problem.line, problem.field) for problem in found] == [
        (1, ""), (1, "name"), (2, "website"), (3, "about"), *[(5, "services 1")] * 4, (5, "services 1 > slug")]


def test_a_name_that_is_not_there_is_said_once(site):
    """A reference that is also badly spelt gives one problem, with the guess."""
    text = (GOOD / "providers/nightline.yaml").read_text().replace("- stalking", "- Stalking")
    (site / "providers/nightline.yaml").write_text(text)
    assert said(check.check(site, SCHEMA, TODAY)[1]) == [
        'providers/nightline.yaml:18:9: services 1 > crime_types 1: There is no crime type called "Stalking". Did you mean "stalking"? '
        "The names are the file names in content/crime-types, without their ending."]


def test_every_address_that_the_site_needs_is_reserved(good_directory):
    """No page of words can take the place of a page that the site makes itself."""
    first = {page.address.split("/")[0] for page in pages.plan(good_directory) if page.address and not page.file}
    written = {page.slug for page in good_directory.written_pages}
    assert first - written <= files.RESERVED_PAGES
    assert {"help", "areas", "providers", "search"} <= first - written


def test_the_example_shows_every_field_and_is_right():
    """providers/_example.yaml, which editors copy, has each field of the schema at least once and no problem of shape or sense."""
    entry, refused = load.read_entry(ROOT / "providers/_example.yaml", "providers/_example.yaml", "provider")
    assert refused == []
    validator = shape.schemas(SCHEMA)["provider"]
    assert said([*shape.shape(entry, validator), *sense.sense(entry, TODAY, WORLD)]) == []

    def fields_of(schema, values):
        """(the kind of thing, its field, whether one of the values has it), for every field that the schema knows."""
        for name, inner in schema.get("properties", {}).items():
            present = [value[name] for value in values if name in value]
            yield schema["title"], name, bool(present)
            yield from fields_of(inner, present)
        if "items" in schema:
            yield from fields_of(schema["items"], [item for value in values for item in value])

    found = set(fields_of(validator.schema, [entry.data]))
    shown = {(thing, name) for thing, name, present in found if present}
    # The example says in words that these can stand in more places than the one that it shows.
    elsewhere = {("Service", "checked"), ("Hours", "checked"), ("Service", "confirmed_with_provider"), ("Provider", "editor_note")}
    assert {(thing, name) for thing, name, _ in found} - shown <= elsewhere


@pytest.mark.parametrize(("name", "good"), [
    ("providers/age-uk.yaml", True), ("providers/159.yaml", True), (f"providers/{'a' * 60}.yaml", True), (f"providers/{'a' * 61}.yaml", False),
    ("providers/help.yaml", True), ("content/pages/help.md", False), ("content/pages/safety.md", True), ("content/areas/index.yaml", False),
    ("providers/Age-UK.yaml", False), ("providers/age_uk.yaml", False), ("providers/age--uk.yaml", False), ("providers/-age.yaml", False),
    ("providers/age uk.yaml", False), ("providers/café.yaml", False), ("providers/ages\n.yaml", False), ("providers/٣.yaml", False),
])
def test_file_names(name, good, tmp_path):
    """A file's name is an address: small letters, digits and single hyphens, at most 60, and not one that the site needs itself."""
    path = tmp_path / name
    kind = files.KINDS[path.parent.relative_to(tmp_path).as_posix()]
    assert (list(files.name_problems(path, name, kind)) == []) is good


# ---- shape

def test_every_keyword_of_the_schemas_has_words():
    """The schemas use no keyword that check cannot put into words."""
    with_words = {"required", "additionalProperties", "propertyNames", "anyOf", "type", "enum", "const", "pattern", "minLength", "maxLength", "minItems",
                  "maxItems", "uniqueItems"}
    silent = {"$schema", "title", "description", "examples", "properties", "items"}

    def keywords(schema):
        for key, value in schema.items():
            yield key
            inner = value.values() if key == "properties" else value if isinstance(value, list) else [value]
            for each in inner:
                if isinstance(each, dict) and key != "examples":
                    yield from keywords(each)

    for validator in shape.schemas(SCHEMA).values():
        assert set(keywords(validator.schema)) <= with_words | silent


def test_a_keyword_without_words_is_never_passed_over():
    """A keyword that a schema uses and that check has no words for stops the check, for the developer to see."""
    with pytest.raises(LookupError, match="maxProperties"):
        shape.shape(entry_of("area", {"name": "A"}), shape.Validator({"maxProperties": 0}))


ODD = st.sampled_from(["", " ", "x", "a/b", "2026-02-30", "9:00", "not known", "http://x", "0800", True, False, [], {}, [""], ["x"], [["x"]], [{}], [True],
                       {"slug": ["a"]}, [{"slug": {"a": "b"}}, {"slug": ["a"]}], {"date": {"a": "b"}}])


def places_in(value, path=()):
    """The path of every value inside data."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places_in(inner, (*path, key))


@given(st.data())
def test_no_shape_of_data_is_too_odd_for_the_check(good_entries, data):
    """Whatever stands in place of a good value, check gives problems with a place, and never an error of Python."""
    yaml_entries = [entry for entry in good_entries if entry.kind != "page"]
    good = yaml_entries[data.draw(st.integers(0, len(yaml_entries) - 1))]
    value = json.loads(json.dumps(good.data))
    path = data.draw(st.sampled_from(list(places_in(value))))
    inside = value
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = data.draw(ODD)
    entry = entry_of(good.kind, value, good.slug)
    site = entry if good.kind == "site" else None
    names = check.World.of(good_entries).names
    found = [*shape.shape(entry, shape.schemas(SCHEMA)[entry.kind]), *references.references(entry, names), *sense.sense(entry, TODAY, WORLD)]
    found += [problem for other in good_entries for problem in references.groups(other, site)]
    check.World.of([entry])
    assert all(str(problem).endswith(".") and problem.line >= 1 and problem.column >= 1 for problem in found)


# ---- sense

NOT_FULL, COSTS = "is not a full telephone number", "costs extra"
GOOD_NUMBERS = {
    "phone": ("0808 157 0123", "0151 777 5155", "01517775155", "01624 640 023", "0300 303 0151", "0800 1111", "07537 410 022",
              "999", "101", "105", "111", "116 123", "159", "18000"),
    "text": ("85258", "7726", "07537 410 022"),
    "whatsapp": ("07537 410 022",),
    "textphone": ("18001 0808 157 0123", "18001 101", "18000", "0151 777 5155"),
}
BAD_NUMBERS = {
    "phone": {
        "0844 499 4719": COSTS, "0871 200 3000": COSTS, "0901 123 4567": COSTS, "070 1234 5678": COSTS,
        "0151 777 8OOO": 'holds "O"', "+44 151 777 5155": 'holds "+"', "0151-777-5155": 'holds "-"', "(0151) 777 5155": 'holds "("',
        "٠١٥١ ٧٧٧ ٥١٥٥": 'holds "٠"', "0151 777 5155 or 5156": 'holds "o"', "0151\u00a0777 5155": 'holds "\u00a0"', "0151\n777 5155": "holds a line break",
        " 0151 777 5155": "begins or ends with a space", "0151 777 5155 ": "begins or ends with a space", " ": "begins or ends with a space",
        "151 777 5155": NOT_FULL, "44 151 777 5155": NOT_FULL, "0044 151 777 5155": NOT_FULL, "00 33 1 42 68 53 00": NOT_FULL, "0151 777 515": NOT_FULL,
        "07700 900": NOT_FULL, "0": NOT_FULL, "1": NOT_FULL, "102": NOT_FULL, "85258": NOT_FULL, "18001 101": NOT_FULL,
    },
    "text": {"12345": NOT_FULL, "852580": NOT_FULL},
    "whatsapp": {"85258": NOT_FULL},
    "textphone": {"18001 0844 499 4719": COSTS, "18001 1": NOT_FULL, "18001": NOT_FULL},
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in GOOD_NUMBERS.items() for value in values])
def test_good_numbers(kind, value):
    """A number is digits and spaces, as it is dialled in the United Kingdom, or one of the short list."""
    assert contacts.number(kind, value) is None


@pytest.mark.parametrize(("kind", "value", "words"), [(kind, value, words) for kind, values in BAD_NUMBERS.items() for value, words in values.items()])
def test_bad_numbers(kind, value, words):
    """A number that nobody can dial as it stands, or that costs extra, is refused, and the reason is said."""
    assert words in contacts.number(kind, value)[0]


@pytest.mark.parametrize(("address", "good"), [
    ("help@example.org", True), ("first.last+x@mail.example.org.uk", True), ("help@example", False), ("@", False), ("help@", False), ("a b@example.org", False),
    ("help@example.org\n", False), ("mailto:help@example.org", False), ("help@example.org, b@example.org", False), ("hélp@example.org", False),
])
def test_email_addresses(address, good):
    """An e-mail address is one plain address."""
    assert bool(contacts.email(address) is None) is good


@pytest.mark.parametrize(("address", "good"), [
    ("https://example.org", True), ("https://www.example.org/", True), ("https://example.org/chat?a=1#b", True), ("http://example.org", False),
    ("https://me@example.org", False), ("https://me:pass@example.org", False), ("https://example.org:8080/", False), ("https://127.0.0.1/", False),
    ("https://[::1]/", False), ("https://localhost/", False), ("https://exаmple.org/", False), ("https://example.org\\@evil.org", False),
    ("https://example.org/a\\b", False), ("https://example.org/a b", False), ("https://example.org/\n", False), ("javascript:alert(1)", False),
    ("HTTPS://example.org", False), ("https://example.org/é", False), ("//example.org", False), ("https:/example.org", False),
])
def test_web_addresses(address, good):
    """A web address is https with a plain name: no user, port, number, backslash, space or letters of another script."""
    assert bool(contacts.web(address) is None) is good


@pytest.mark.parametrize(("text", "day"), [
    ("2026-11-22", datetime.date(2026, 11, 22)), ("2024-04", datetime.date(2024, 4, 1)), ("2020", datetime.date(2020, 1, 1)),
    ("2024-02-29", datetime.date(2024, 2, 29)), ("2025-02-29", None), ("2026-13", None), ("2026-00-01", None), ("0000", None),
])
def test_earliest_day(text, day):
    """A date, a month or a year is taken as its first day; what the calendar does not have is nothing."""
    assert dates.earliest_day(text) == day


@pytest.mark.parametrize(("date", "words"), [("2026-11-22", []), ("2026-11", []), ("2026", []), ("not known", []),
                                             ("2026-11-23", ["is in the future"]), ("2026-12", ["is in the future"]), ("2027", ["is in the future"])])
def test_evidence_is_never_from_the_future(date, words):
    """The date of evidence is today at the latest; the day is an argument of the check."""
    entry = entry_of("area", {"name": "A", "checked": {"date": date, "source": "s", "confidence": "likely"}})
    found = said(sense.sense(entry, TODAY, WORLD))
    assert len(found) == len(words)
    assert all(word in message for word, message in zip(words, found, strict=True))


def test_what_only_looks_like_a_date_is_none():
    """A name or a number that is written like a date is not judged as one."""
    entry = entry_of("provider", {"name": "2026-13", "charity_number": "0000", "services": [{"who_for": {"minimum_age": "9999"}}]})
    assert said(sense.sense(entry, TODAY, WORLD)) == []


def test_dates_to_come_are_right_where_they_are_plans():
    """A contract may end, and a page be read again, in the future."""
    entry = entry_of("provider", {"services": [{"commissioned": [{"until": "2031-03-31"}]}], "review_due": "2027-01-01"})
    assert said(sense.sense(entry, TODAY, WORLD)) == []


@pytest.mark.parametrize("where", ["summary", "eligibility", "editor_note", "access_note"])
@pytest.mark.parametrize(("text", "secret"), [("Near L20 1AB.", True), ("near l201ab", True), ("At 53.4084, -2.9916.", True),
                                              ("Ring 0808 157 0123.", False), ("Aged 16 to 25.", False)])
def test_a_secret_place_stays_secret_in_every_text(where, text, secret):
    """No text of a confidential service holds a postcode or coordinates; the same text is right where nothing is secret."""
    service = {where: text, "confidential_location": True}
    found = said(sense.sense(entry_of("provider", {"services": [service]}), TODAY, WORLD))
    assert bool(found) is secret
    assert said(sense.sense(entry_of("provider", {"services": [service | {"confidential_location": False}]}), TODAY, WORLD)) == []


def test_a_public_service_beside_a_secret_one_may_have_an_address():
    """What belongs to another service of the same provider is not secret."""
    office = {"slug": "office", "contacts": [{"type": "address", "value": "1 Old Quay, L20 1AB"}]}
    assert said(sense.sense(entry_of("provider", {"services": [{"slug": "refuge", "confidential_location": True}, office]}), TODAY, WORLD)) == []


# ---- words

def test_every_choice_of_the_schema_has_words_for_readers():
    """Whatever an editor may choose for groups, gender, days, routes and access, the site can say in its own words."""
    service = shape.schemas(SCHEMA)["provider"].schema["properties"]["services"]["items"]["properties"]
    who_for = service["who_for"]["properties"]
    assert set(who_for["groups"]["items"]["enum"]) | set(who_for["by_and_for"]["items"]["enum"]) == set(wording.GROUPS)
    assert set(who_for["gender"]["enum"]) == set(wording.GENDERS)
    assert set(service["referral_routes"]["items"]["enum"]) == set(wording.ROUTES)
    assert service["kinds_of_help"]["items"]["enum"] == list(wording.KINDS_OF_HELP)
    assert service["hours"]["properties"]["weekly"]["items"]["properties"]["days"]["items"]["enum"] == list(wording.DAYS)
    assert {name for name, _ in wording.ACCESS} <= set(service)


@pytest.mark.parametrize(("path", "words"), [(("name",), "name"), (("services", 0, "contacts", 1, "type"), "services 1 > contacts 2 > type"),
                                             (("a", 0, "b" * 80), "a 1 > " + "b" * 60 + "...")])
def test_field_names(path, words):
    """A field is named as an editor would count and say it."""
    assert problems.field_name(path) == words


@pytest.mark.parametrize(("found", "near"), [("burglery", "burglary"), (" Burglary ", "burglary"), ("stalker", "stalking"), ("zzz", None), ("", None)])
def test_nearest(found, near):
    """The nearest allowed word is found, and none where nothing is near."""
    assert problems.nearest(found, ["burglary", "stalking"]) == near
