"""Every number on the real site is one that an entry has, and no number of an entry is lost on its way to the page.

The entries are read here with PyYAML alone, so that a mistake in reading, building or dialling does not hide itself.
"""
import re

import pytest
import yaml

from browser_tools import ROOT, build

# Numbers that were once printed wrongly, as digits without the first 0.
WRONG = ("8081743080", "8088029999")
NUMBERS = {"phone", "text", "textphone", "whatsapp"}
LINK = re.compile(r'href="((?:tel:|sms:|https://wa\.me/)[^"]*)"')


def read(path):
    """A YAML file, every value as the text that was typed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


ENTRIES = {path.stem: read(path) for path in sorted((ROOT / "providers").glob("[!_]*.yaml"))}
SITE = read(ROOT / "content/site.yaml")
HUB = SITE["hub"].split("/")[0]


def services(slug):
    """The open services of a provider."""
    return [s for s in ENTRIES[slug]["services"] if s.get("status", {}).get("state", "open") == "open"]


def values(service):
    """The numbers of a service, as typed."""
    return [contact["value"] for contact in service.get("contacts", ()) if contact["type"] in NUMBERS]


def digits(value):
    """The digits of a number as typed."""
    return value.replace(" ", "")


def numbers(*slugs):
    """The digits of every number of the open services of some providers."""
    return {digits(value) for slug in slugs for service in services(slug) for value in values(service)}


OFFICIAL = {digits(SITE["emergency"]["number"]), digits(SITE["opcc"]["phone"])}
OPEN = [slug for slug in ENTRIES if services(slug)]


def dialled(link):
    """tel:+448001111222, sms:85258?&body=WORD, https://wa.me/447700900123 -> the digits that somebody in the United Kingdom dials."""
    number = re.sub(r"^(tel:|sms:|https://wa\.me/(?=44))", "", link.partition("?")[0])
    return re.sub(r"^\+44" if not link.startswith("https") else "^44", "0", number)


def instead_of(slug):
    """The providers that a provider's page names for its services that are not open."""
    gone = [s["status"] for s in ENTRIES[slug]["services"] if s.get("status", {}).get("state", "open") != "open"]
    return {target.split("/")[0] for status in gone for target in status.get("instead_use", ())}


def strangers(pages):
    """{address: text} -> (page, number) for every link to a number that has no business on that page."""
    anybody, found = numbers(*ENTRIES) | OFFICIAL, []
    for address, text in pages.items():
        owner = re.fullmatch("providers/([^/]+)/index.html", address)
        allowed = numbers(owner[1], HUB, *instead_of(owner[1])) | OFFICIAL if owner else anybody
        found += [(address, link) for link in LINK.findall(text) if dialled(link) not in allowed]
    return found


def shown(text, value):
    """Whether a page's words, without its tags, hold just this number, as it was typed."""
    words = re.sub("<[^>]+>", " ", text)
    return bool(re.search(rf"(?<![0-9]){re.escape(value)}(?! ?[0-9])", words))


def lost(pages):
    """{address: text} -> (listing, number) for every number of an open service that its provider's page does not show and dial within its listing."""
    found = []
    for slug in OPEN:
        page = pages[f"providers/{slug}/index.html"]
        for service in services(slug):
            listing = re.search(rf'<article [^>]*data-listing="{slug}/{service["slug"]}".*?</article>', page, re.DOTALL)[0]
            links = {dialled(link) for link in LINK.findall(listing)}
            found += [(f"{slug}/{service['slug']}", v) for v in values(service) if not shown(listing, v) or digits(v) not in links]
    return found


def wrong_numbers(text):
    """Which of the wrong numbers a file holds, however they are spaced, marked up or escaped."""
    # With tags, whose attributes hold numbers too, and without, so that no tag stands between digits.
    plain = [re.sub(r"&[#\w]+;|%20|\\u00a0|[\W_]", "", form) for form in (text, re.sub("<[^>]*>", "", text))]
    return [number for number in WRONG if any(number in form for form in plain)]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The project's own site, built."""
    return build(ROOT, tmp_path_factory.mktemp("numbers") / "output")


@pytest.fixture(scope="module")
def pages(output):
    """{address of each page: its text}."""
    return {path.relative_to(output).as_posix(): path.read_text(encoding="utf-8") for path in output.rglob("*.html")}


def test_every_link_to_a_number_is_a_contact_of_an_entry(pages):
    """A tel:, sms: or WhatsApp link dials a number of an open service, the emergency number or the office's.

    On a provider's page it is that provider's own, the hub's, or one of those that the page names instead of a service that ended.
    """
    assert sum(len(LINK.findall(text)) for text in pages.values()) > 1000
    assert strangers(pages) == []


def test_every_number_of_an_open_service_is_on_its_page(pages):
    """Within its listing on its provider's page stands each number as the entry has it, with a link that dials it."""
    assert len(OPEN) > 80
    assert lost(pages) == []


def test_the_office_and_the_hub_are_where_the_site_says(pages):
    """The numbers that every page leans on are there: the emergency number and the hub's on each page, the office's on the page about us."""
    assert [address for address, text in pages.items() if f'href="tel:{SITE["emergency"]["number"]}"' not in text] == []
    hub = next(value for service in services(HUB) for value in values(service))
    assert [address for address, text in pages.items() if not shown(text, hub)] == []
    assert shown(pages["about/index.html"], SITE["opcc"]["phone"])


def test_no_file_holds_a_number_that_is_known_to_be_wrong(output):
    """Two numbers that were once misprinted are in no file of the site, whatever stands between their digits."""
    files = [path for path in output.rglob("*") if path.is_file()]
    assert len(files) > 200
    assert [(path.name, wrong) for path in files if (wrong := wrong_numbers(path.read_bytes().decode("utf-8", "replace")))] == []


# ---- that these tests can fail

@pytest.mark.parametrize("link, number", [
    ("tel:999", "999"), ("tel:08001111", "08001111"), ("tel:+448081753080", "08081753080"), ("sms:85258?&amp;body=SHOUT", "85258"),
    ("sms:+447700900123", "07700900123"), ("https://wa.me/447700900123", "07700900123"), ("tel:18001101", "18001101")])
def test_what_a_link_dials(link, number):
    """The digits behind a link, as somebody would key them in."""
    assert dialled(link) == number


def test_a_number_on_the_wrong_page_is_found(pages):
    """Another provider's number, and one that nobody has, are found on a provider's page; on a page of words only the latter is."""
    another, nobody = '<a href="tel:116123">', '<a href="tel:+448001234567">'
    made = {"providers/age-uk/index.html": pages["providers/age-uk/index.html"] + another + nobody, "emergency/index.html": another + nobody}
    assert strangers(made) == [("providers/age-uk/index.html", "tel:116123"), ("providers/age-uk/index.html", "tel:+448001234567"),
                               ("emergency/index.html", "tel:+448001234567")]


@pytest.mark.parametrize("old, new", [("116 123", "116 124"), ("116 123", "116 1234"), ("tel:116123", "tel:116124")])
def test_a_number_that_is_not_shown_is_found(pages, old, new):
    """A digit changed in the words, a digit too many, or another link: each is found."""
    address = "providers/samaritans/index.html"
    assert lost({**pages, address: pages[address].replace(old, new)}) == [("samaritans/helpline", "116 123")]


@pytest.mark.parametrize("text", [
    "0808 174 3080", "08081743080", "+44 808 174 3080", "(0808) 174-3080", "0808&nbsp;174&nbsp;3080", "<b>0808</b> <i>174</i> 3080",
    "0808\u00a0174\u00a03080", r"0808\u00a0174\u00a03080", "0808%20174%203080", "0808_174_3080", '<a href="tel:+448081743080">us</a>'])
def test_a_wrong_number_is_found_however_it_is_written(text):
    """Spaces, hyphens, tags, entities and escapes between the digits hide nothing, and the right number is not taken for it."""
    assert wrong_numbers(f"Ring {text} now") == ["8081743080"]
    assert wrong_numbers(f"Ring {text} now".replace("174", "175")) == []
