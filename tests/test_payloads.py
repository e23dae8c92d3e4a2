"""No text of an entry becomes live markup, whatever it is and whichever field it stands in (safety requirements 28 and 29).

Made-up entries go straight to the plugin, past the editors' check: what readers get has to hold even where the check fails.
tests/browser/test_nothing_live.py asks a browser the same.
"""
import collections
import json
import re
from types import SimpleNamespace

import pytest
from jinja2 import StrictUndefined

from payloads import (
    BAD_ADDRESSES,
    BODIES,
    CODE_OF_A_FIELD,
    FORM,
    PAYLOADS,
    TAG,
    TEXT,
    Page,
    Sites,
    bad_links,
    difference,
    filled,
    folded,
    shapes,
    with_bad_addresses,
    with_payloads,
)
from saltmarsh import ROOT, SCHEMA
from support_directory import addresses, pages

# Of all the sites, an ordinary run builds every eighth: each payload then stands in about sixty fields, and each field holds about two hundred payloads.
SOME = 8
# The pieces of the long run, which go side by side.
PARTS = 4
# What a page of words may hold, each tag with its attributes: a list of its own, so that a longer one in pages.py does not pass unseen.
IN_WORDS = {"a": {"href", "rel"}, "h2": {"id"}, "h3": {"id"}, "p": set(), "ul": set(), "ol": set(), "li": set(), "strong": set(), "em": set(), "br": set(),
            "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": set(), "td": set()}
# Whatever says of a text that it is HTML already, or how Jinja treats texts; and the only places where that stands, each with how often.
TRUST = re.compile(r"\|\s*(?:safe|forceescape|xmlattr|urlize|tojson)\b|\bfilter safe\b|\b(?:autoescape|Markup|__html__|from_string|markup_join)\b")
TRUSTED = {("pelicanconf.py", "autoescape"): 1, ("plugins/support_directory/page.py", "Markup"): 3,
           ("plugins/support_directory/qr.py", "Markup"): 3,  # a picture that segno draws; the address is in its shape only
           ("plugins/support_directory/glossary.py", "Markup"): 5,  # it adds links of its own to texts that it has escaped
           ("plugins/support_directory/one_file.py", "Markup"): 7,  # links of what is HTML already led elsewhere; a drawing; places for what comes in last
           ("plugins/support_directory/promises.py", "|safe"): 3}  # words of its patterns
# Tags of which there may be as many as the templates have, whatever is typed.
MIGHTY = ("script", "link", "meta", "img", "form", "input", "button", "noscript")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Builds sites, one after another, into one folder."""
    return Sites(tmp_path_factory.mktemp("payloads"))


@pytest.fixture(scope="module")
def harmless(sites):
    """The site with a harmless word in every field: {path of each page and each JSON file: its text}."""
    return sites.build(FORM.entries_with())


@pytest.fixture(scope="module")
def read(harmless):
    """{path of each page of the harmless site: what was read of it}."""
    return read_pages(harmless)


def read_pages(files):
    """{path: text} of the files of a site -> {path of each page: what was read of it}."""
    return {path: Page(text) for path, text in files.items() if path.endswith(".html")}


def found_by_search(files):
    """What the search page shows of its files: titles, notes, names of areas and providers, and all of the listings."""
    first = json.loads(files["search/first.json"])
    rows = [first["listings"], *(json.loads(text)["listings"] for path, text in sorted(files.items()) if path.startswith("search/listings/"))]
    more = [json.loads(text)["more"] for path, text in sorted(files.items()) if path.startswith("search/texts/")]
    return [first["answers"], first["areas"], [row[:3] for row in first["names"]], rows, more]


def text_fields(schema, others, path):
    """The path of every field of a schema that is a text, without a pattern or a list to choose from."""
    schema = others[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if schema.get("type") == "string" and not schema.keys() & {"pattern", "enum"}:
        yield path
    for name, inner in schema.get("properties", {}).items():
        yield from text_fields(inner, others, f"{path}.{name}")
    for inner in (*([schema["items"]] if "items" in schema else []), *schema.get("anyOf", ())):
        yield from text_fields(inner, others, path)


def test_every_text_field_of_every_schema_takes_more_than_a_thousand_payloads():
    """The form has each field, and no payload ends a sentence, for the site itself ends it.

    A contact's value stands under the name of its type; what search-phrases.yaml holds is for tests alone.
    """
    schemas = {file.name.split(".")[0]: json.loads(file.read_text(encoding="utf-8")) for file in SCHEMA.glob("*.json")}
    every = {path for kind, schema in schemas.items() for path in text_fields(schema, schema.get("$defs"), kind)}
    assert len(every) > 70
    assert every - {path for path, _ in FORM.fields.values()} == {"provider.services.contacts.value", "search-phrases.phrases.typed"}
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 1000 and len(set(BAD_ADDRESSES)) == len(BAD_ADDRESSES) > 300
    assert [text for text in PAYLOADS if text.endswith((".", "!", "?")) or re.search("[\x00\x1d-\x1f]", text)] == []


def test_the_harmless_site_is_clean_and_shows_its_fields(harmless, read):
    """What all others are compared with: no handler, no bad link, no tag that does something by itself, and nothing that is for editors only."""
    tags = [tag for page in read.values() for tag in page.tags]
    assert len(read) == 40 and bad_links(tags) == []
    assert {name for _, names in shapes(tags) for name in names if name.startswith("on") or name == "style"} == set()
    tags = [tag for path, page in read.items() if path != addresses.ONE_FILE for tag in page.tags]  # its scripts and its style stand in it
    assert {tag for tag, _ in tags} & {"style", "iframe", "object", "embed", "base", "math", "template", "textarea"} == set()
    assert all(re.search(r"static/[0-9a-f]{12}/js/\w+\.js$", dict(attributes)["src"]) for tag, attributes in tags if tag == "script")
    # What the form for changes loads is the text of the files in the public repository, notes included; a test of its own says that it does not show them.
    text = "".join(text for path, text in harmless.items() if not (path.startswith("update/") and path.endswith(".json")))
    shown = {path for code, (path, _) in FORM.fields.items() if code[0] == "Q" and re.search(code, text, re.IGNORECASE)}
    assert len(shown) > 50
    assert [path for path in shown if path.endswith(("editor_note", "checked.note"))] == []


def check_texts(sites, harmless, read, numbers):
    """Builds the sites of these numbers -> wherever one differs from the harmless one in more than the words that were typed."""
    for number in numbers:
        text = with_payloads(number)
        files = sites.build(FORM.entries_with(text))
        pages_of_it = read_pages(files)
        assert pages_of_it.keys() == read.keys()
        for path, page in read.items():
            if found := difference(filled(page.flat, text), pages_of_it[path].flat):
                yield number, path, *found
        typed = CODE_OF_A_FIELD.sub(lambda found: json.dumps(text(found.group()))[1:-1], json.dumps(found_by_search(harmless)))  # noqa: B023
        if json.loads(typed) != found_by_search(files):
            yield number, "search/first.json", typed, found_by_search(files)
        json.loads(files["version.json"])


def test_texts_stay_texts(sites, harmless, read):
    """With a payload in every text field, each page has the tags, attributes and values that it has with harmless words, and its text is what was typed."""
    assert list(check_texts(sites, harmless, read, range(0, len(PAYLOADS), SOME))) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_payload_in_every_field_stays_text(sites, harmless, read, part):
    """The same, until each payload has stood in each field."""
    assert list(check_texts(sites, harmless, read, range(part, len(PAYLOADS), PARTS))) == []


def check_addresses(sites, read, numbers):
    """Builds the sites of these numbers, with bad web addresses, numbers, dates and short names -> whatever came of them that may not."""
    known = {shape for page in read.values() for shape in shapes(page.tags)} | {("span", ("class", "data-checked"))}  # a date that is none is not known
    for number in numbers:
        entries = FORM.entries_with(address=with_bad_addresses(number))
        pages_of_it = read_pages(sites.build(entries))
        for path, page in pages_of_it.items():
            yield from ((number, path, found) for found in (*bad_links(page.tags), *(set(shapes(page.tags)) - known)))
            mighty, expected = ([tag for tag, _ in tags if tag in MIGHTY] for tags in (page.tags, read[path].tags))
            if mighty != expected:
                yield number, path, mighty
        helper = next(entry for entry in entries if entry.slug == "helper").data
        typed = [contact["value"] for contact in helper["services"][0]["contacts"] if contact["type"] in ("phone", "text", "textphone", "whatsapp", "email")]
        yield from ((number, "not as typed", value) for value in typed if folded(value) not in pages_of_it["providers/helper/index.html"].text)


def test_no_address_has_a_bad_scheme(sites, read):
    """What is typed for a web address, a number or an e-mail becomes a link to https, tel, sms, mailto or nothing, and its tags are those of the site."""
    assert list(check_addresses(sites, read, range(0, len(BAD_ADDRESSES), SOME))) == []


@pytest.mark.long
def test_no_address_has_a_bad_scheme_in_any_field(sites, read):
    """The same, until each has stood in each field."""
    assert list(check_addresses(sites, read, range(len(BAD_ADDRESSES)))) == []


@pytest.mark.parametrize("target", ["javascript:alert(1)", "//evil.example", "http://weather.example.org", ""])
def test_an_exit_that_leads_nowhere_stops_the_build(sites, target):
    """Without the exit a page must not be published: a bad target is not left out as other links are."""
    entries = FORM.entries_with()
    next(entry for entry in entries if entry.kind == "site").data["exit_target"] = target
    with pytest.raises(ValueError, match="exit_target"):
        sites.build(entries)


def faults_of_words(tags):
    """What the body of a page of words has and may not have."""
    yield from bad_links(tags)
    for tag, attributes in tags:
        if tag not in IN_WORDS or {name for name, _ in attributes} - IN_WORDS[tag] - {"lang"}:
            yield tag, attributes


def check_bodies(numbers):
    """Puts payloads and bad addresses into every kind of body, those of these numbers -> whatever came of them that may not."""
    every = [(body, text) for body in BODIES for text in (*PAYLOADS, *BAD_ADDRESSES)]
    for number in numbers:
        body = every[number][0].replace("{}", every[number][1])
        for fault in faults_of_words(Page(pages.html(body, "../")).tags):
            yield body, fault


def bodies():
    """How many bodies there are."""
    return len(BODIES) * (len(PAYLOADS) + len(BAD_ADDRESSES))


def test_bodies_become_allowed_markup_only():
    """Markdown and HTML in the body of a page become the tags, attributes and schemes of a short list."""
    assert list(check_bodies(range(0, bodies(), 7))) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_body_becomes_allowed_markup_only(part):
    """The same, for each payload and each bad address in each kind of body."""
    assert list(check_bodies(range(part, bodies(), PARTS))) == []


def around(flat, body):
    """What was read of a page before and after the text that is its body, without the white space at the seams."""
    before, after = flat.split(body)
    return before.rstrip(f" {TEXT}"), after.lstrip(f" {TEXT}")


def test_a_body_stays_in_its_place(sites):
    """Whatever the body of a page of words is, the page around it is the same."""
    *others, page = FORM.entries_with()
    bodies_of_pages = ["MIDDLE", *PAYLOADS]
    words = [SimpleNamespace(kind="page", slug=f"words-{number}", data=page.data | {"body": body}) for number, body in enumerate(bodies_of_pages)]
    found = read_pages(sites.build([*others, *words]))
    before, after = around(found["words-0/index.html"].flat, f"{TAG}p{TEXT}MIDDLE{TAG}/p")
    flats = {body: found[f"words-{number}/index.html"].flat for number, body in enumerate(bodies_of_pages)}
    assert [body for body, flat in flats.items() if not (flat.startswith(before) and flat.endswith(after))] == []


def test_words_about_links_stay_as_typed():
    """What looks like the code of a link, but is text, is not taken for one."""
    assert pages.html('Type href="/x" rel="noreferrer" here', "../") == '<p>Type href="/x" rel="noreferrer" here</p>'


def test_a_heading_never_takes_the_name_of_a_part_of_the_page(sites):
    """A heading in a page of words has no id that the page around it has: the link to the main part and the names of sections stay right."""
    *others, page = FORM.entries_with()
    taken = {value for _, attributes in Page(sites.build([*others, page])["words/index.html"]).tags for name, value in attributes if name == "id"}
    body = "".join(f"\n\n## {name}\n\n<h3 id='{name}'>words</h3>" for name in sorted(taken))
    page.data["body"] = body
    ids = [value for _, attributes in Page(sites.build([*others, page])["words/index.html"]).tags for name, value in attributes if name == "id"]
    assert taken and len(ids) == len(set(ids))


def test_jinja_escapes_texts_and_stops_where_one_is_missing(sites):
    """In the environment that renders the pages, as Pelican makes it of the project's settings."""
    env = sites.generator.env
    assert env.autoescape is True and env.undefined is StrictUndefined
    assert env.from_string("{{ typed }}").render(typed="<b>\"'&") == "&lt;b&gt;&#34;&#39;&amp;"


def test_only_named_places_trust_a_text_to_be_html():
    """No template and no other code says that a text is safe, nor switches escaping off."""
    files = [*(ROOT / "theme/templates").iterdir(), *(ROOT / "plugins").rglob("*.py"), *(ROOT / "scripts").glob("*.py"), ROOT / "pelicanconf.py"]
    assert len(files) > 30
    found = collections.Counter((file.relative_to(ROOT).as_posix(), words) for file in files for words in TRUST.findall(file.read_text(encoding="utf-8")))
    assert found == TRUSTED
