"""The only place where an address of the site is made.

An address is relative to the site's root and has no leading slash: "help/burglary/" is written to help/burglary/index.html.
"""
from dataclasses import dataclass

HOME, HELP, AREAS, PROVIDERS, SEARCH, SAFETY, UPDATE = "", "help/", "areas/", "providers/", "search/", "safety/", "update/"
OFFLINE, NOT_SAVED = "offline/", "offline/not-saved/"  # saving on a device; what is shown without a connection in place of a page that is not in the copy
REMOVED = "offline/removed/"  # what is fetched after a copy was removed: hosts can tell the browser with it to clear its own
ONE_FILE = "offline/information.html"  # all of it in one file to carry: its name says nothing


@dataclass(frozen=True)
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


def help_page(crime_type, area=""):
    """Slugs -> the address of a page of help."""
    return f"help/{crime_type}/{area}/" if area else f"help/{crime_type}/"


def area(slug):
    """The address of an area's page."""
    return f"areas/{slug}/"


def provider(slug):
    """The address of a provider's page."""
    return f"providers/{slug}/"


def update(slug):
    """Where to say that something about a provider is wrong."""
    return f"{UPDATE}#{slug}"


def written_page(slug):
    """The address of a page of words."""
    return f"{slug}/"
