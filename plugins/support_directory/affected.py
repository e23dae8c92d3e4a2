"""Which pages of the site a change reaches: the plans of two states of the directory, compared by address."""
import dataclasses
from dataclasses import dataclass
from types import SimpleNamespace

from . import around, cards, directory, pages, wording
from .cards import Card
from .professionals_pages import Referral

# What pages show of a noun that is handed to a template whole (theme/templates). Of every other noun they show all.
SHOWN = {
    directory.Service: ("slug", "name", "status"), directory.Provider: ("name", "about"), directory.Area: ("name", "places", "nearby"),
    directory.CrimeType: ("title", "description", "reassurance", "emergency", "do_now", "extra_safety"),
}
OF_THE_HUB = ("name", "summary", "hours", "main")  # what every page shows of the hub's card
# What a listing shows where it is a short row and no whole card (listing.html).
OF_A_ROW = ("key", "name", "address", "summary", "hours", "aged", "main", "main_checked", "main_unsure", "main_trust")


@dataclass(frozen=True)
class Page:
    """One page as readers see it. `shows` is equal for two pages that look the same; `listings`: the keys of the listings that stand on it."""

    address: str
    path: str
    title: str
    shows: tuple
    listings: frozenset


@dataclass(frozen=True)
class Affected:
    """The pages that a change reaches, each as a tuple of Page, sorted by address; `every`: whether it is each page that was there."""

    gained: tuple
    lost: tuple
    changed: tuple
    every: bool

    @property
    def count(self):
        """How many pages."""
        return len(self.gained) + len(self.lost) + len(self.changed)


def between(base, head):
    """Two Directories -> (Affected, the pages of the first, the pages of the second by address)."""
    old, new = planned(base), planned(head)
    changed = tuple(new[address] for address in sorted(old.keys() & new.keys()) if old[address].shows != new[address].shows)
    found = Affected(tuple(new[address] for address in sorted(new.keys() - old.keys())), tuple(old[address] for address in sorted(old.keys() - new.keys())),
                     changed, len(changed) == len(old.keys() & new.keys()) > 0)
    return found, old, new


def of_provider(slug, old, new, changed):
    """A provider's slug and the pages before and after -> (pages that gain it, pages that lose it, pages that show it otherwise)."""
    def shows(page):
        return any(key.startswith(f"{slug}/") for key in page.listings)

    before, after = ({address for address, page in state.items() if shows(page)} for state in (old, new))
    gained, lost = ([new[a] for a in sorted(after - before)], [old[a] for a in sorted(before - after)])
    return gained, lost, [page for page in changed if page.address in before & after]


def planned(found):
    """Directory -> {address: Page}."""
    frame, extra, seen = _frame(found), _extra(found), {}
    rows = {}
    for page in pages.plan(found):
        content = _shown(_as_shown(page), seen)
        shows = (page.title, page.heading, page.description, _shown(page.crumbs, seen), content, frame, extra.get(page.template, ()),
                 found.site.attributions if getattr(page.content, "is_about", False) else ())
        rows[page.address] = Page(page.address, page.path, page.title, shows, frozenset(_keys(page.content)))
    return rows


def _frame(found):
    """What stands on every page (base.html)."""
    site, hub = found.site, cards.card(found.hub)
    footer = tuple((page.title, page.slug) for page in found.written_pages if page.slug in site.footer)
    return (site.name, site.discreet_name, site.exit_target, site.stage, site.emergency.number, site.emergency.line, site.opcc.name,
            hub.main and hub.main.number, footer, tuple((link.text, link.address) for link in around.links(found)))


def _extra(found):
    """What the search and the page of emergencies show of the site, by template."""
    ways = tuple((way.name, way.text) for way in found.site.emergency.ways)
    crisis = found.crisis and cards.card(found.crisis)
    search = (ways[1:], wording.interpreters(found.hub.service), crisis and (crisis.name, _shown(crisis.main, {})))
    form = (tuple((provider.slug, provider.name) for provider in found.providers), found.site.opcc.phone, found.site.opcc.email, found.site.repository)
    return {"home.html": search, "search.html": search, "emergency.html": ways, "update.html": form}


def _as_shown(page):
    """What a page's template gets, with rows in the place of the cards that it shows as rows only."""
    content = SimpleNamespace(**vars(page.content))
    if page.template == "help.html":
        in_short = "" if content.area else "local"
        content.any_crime = tuple(map(_row, content.any_crime))
        content.sections = [(anchor, title, tuple(map(_row, rows)) if anchor == in_short else rows) for anchor, title, rows in content.sections]
    elif page.template == "area.html":
        content.sections = [(anchor, title, tuple(map(_row, rows))) for anchor, title, rows in content.sections]
    return content


def _row(card):
    first = None if card.main or not card.reach else card.reach[0].buttons[0]
    return (*(getattr(card, name) for name in OF_A_ROW), first)


def _shown(value, seen):
    """A value that a template gets -> tuples and texts that are equal where a page looks the same. `seen` keeps the cards that were turned already."""
    if isinstance(value, Card):
        if value.key not in seen:
            seen[value.key] = tuple(_shown(getattr(value, field.name), seen) for field in dataclasses.fields(value))
        return seen[value.key]
    if isinstance(value, SimpleNamespace):
        return tuple((name, _hub(inner, seen) if name == "hub" else _shown(inner, seen)) for name, inner in sorted(vars(value).items()))
    if dataclasses.is_dataclass(value):
        names = SHOWN.get(type(value)) or [field.name for field in dataclasses.fields(value)]
        return tuple(_shown(getattr(value, name), seen) for name in names)
    if isinstance(value, dict):
        return tuple((key, _shown(inner, seen)) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(_shown(inner, seen) for inner in value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _hub(card, seen):
    return tuple(_shown(getattr(card, name), seen) for name in OF_THE_HUB)


def _keys(value):
    """The keys of the listings that stand on a page; the hub's, which is on every page, only where it is listed."""
    if isinstance(value, (Card, Referral)):
        yield value.key
    elif isinstance(value, SimpleNamespace):
        for name, inner in vars(value).items():
            if name != "hub":
                yield from _keys(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _keys(inner)
