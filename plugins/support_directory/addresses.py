"""The only place where an address of the site is made.

An address is relative to the site's root and has no leading slash: "help/burglary/" is written to help/burglary/index.html.
"""
import re
from dataclasses import dataclass

HOME, HELP, AREAS, PROVIDERS, SEARCH, SAFETY, UPDATE = "", "help/", "areas/", "providers/", "search/", "safety/", "update/"
COMMISSIONING = "commissioning/"
OFFLINE, NOT_SAVED = "offline/", "offline/not-saved/"  # saving on a device; what is shown without a connection in place of a page that is not in the copy
REMOVED = "offline/removed/"  # what is fetched after a copy was removed: hosts can tell the browser with it to clear its own
PROFESSIONALS, PROFESSIONALS_ANYWHERE = "professionals/", "professionals/all/"  # no area can be called "all"
PERFORMANCE, MONITORING = "performance/", "performance/monitoring/"
SELF_HELP, NEWS, FEED = "self-help/", "news/", "news/feed.atom"
ONE_FILE = "offline/information.html"  # all of it in one file to carry: its name says nothing
ONE_FILE_BEGINS = "offline/information-"  # how the names of such files for one area begin
DATA, GAPS = "data/", "data/gaps/"  # open data, and where help is missing
HANDOUTS = "handouts/"  # what professionals print and hand on

# A source: words, or words and an address, or an address. Whatever cannot stand in an address as it is makes all of it words.
NAMED_ADDRESS = re.compile(r"(?:(.*?) )?(https://[\w.~/?#=&%+,:@!*()-]+)")

START = "start/"  # step by step to the right help: the first question


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address that they lead to; `note` stands beside them."""

    text: str
    address: str
    note: str = ""
    current: bool = False


def outside(address):
    """An address outside the site, or "" where it does not begin with https:// (javascript: and the like run here, http: shows others what is read).

    The check refuses such addresses. No link is made of one that came past it all the same.
    """
    return address if address.startswith("https://") else ""


def sources(text):
    """Where something comes from, as an entry has it ("a name https://... ; a name") -> a Link for each; one without an address is words alone."""
    for part in text.split(" ; "):
        found = NAMED_ADDRESS.fullmatch(part)
        yield Link(found[1] or found[2].removeprefix("https://"), outside(found[2])) if found else Link(part, "")


def help_page(crime_type, area=""):
    """Slugs -> the address of a page of help."""
    return f"help/{crime_type}/{area}/" if area else f"help/{crime_type}/"


def area(slug):
    """The address of an area's page."""
    return f"areas/{slug}/"


def piece(index, number):
    """The address of a piece of a list that is too long for its own page (its address); no slug can stand there, for it has two parts."""
    return f"{index}list/{number}/"


def one_file(area):
    """The file to carry that holds what helps in one area, where one for all of them would be too large."""
    return f"{ONE_FILE_BEGINS}{area}.html"


def professionals(area):
    """How to refer into the services of one area."""
    return f"{PROFESSIONALS}{area}/"


def poster(crime_type):
    """Where the codes for posters about a crime type are."""
    return f"{HANDOUTS}{crime_type}/"


def card(slug):
    """Where the cards of a provider are."""
    return f"{HANDOUTS}card/{slug}/"


def provider(slug):
    """The address of a provider's page."""
    return f"providers/{slug}/"


def period(slug):
    """The address of the page with the figures of a period."""
    return f"{PERFORMANCE}{slug}/"


def figures(slug=""):
    """The path of the figures of a period as CSV, or of those of all periods."""
    return f"{period(slug) if slug else PERFORMANCE}figures.csv"


def commissioning(year):
    """The address of the services of a year."""
    return f"{COMMISSIONING}{year}/"


def update(slug, page=UPDATE):
    """Where to say that something about a provider is wrong. `page`: the one that its form is on."""
    return f"{page}#{slug}"


def article(slug):
    """The address of an article of the news."""
    return f"{NEWS}{slug}/"


def written_page(slug):
    """The address of a page of words."""
    return f"{slug}/"


def start_question(slug):
    """The address of a question on the way to the right help; the first one stands at START."""
    return f"{START}{slug}/"


def start_where(crime_type):
    """Where somebody who chose a crime type says in which area they need help."""
    return f"{START}where/{crime_type}/"
