"""Plans every page of the site: its address, its title, and all that its template shows.

Templates only loop and choose; whatever they show is worked out here and in cards.py.
"""
import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import SimpleNamespace

from . import (
    addresses,
    around,
    cards,
    commissioning_pages,
    freshness,
    glossary,
    maps,
    one_file,
    places,
    ranges,
    saving,
    self_help_pages,
    statement,
    timeline,
    wording,
)
from .addresses import Link
from .dates import latest_day
from .directory import ALL, FORCE_WIDE, MOST_AREAS, NATIONAL
from .page import Page, html

# Pages of words with a template of their own.
OWN_TEMPLATES = {"emergency": "emergency.html", "update": "update.html", statement.SLUG: "statement.html", timeline.SLUG: "timeline.html"}
TOGETHER = 50  # providers whose pages are made one after the other
MOST_CARDS = 1000  # cards that are kept: those of several areas
SHEET = 30  # more listings than this are printed smaller, so that two sheets of paper hold them


def plan(directory, root_of_404="/", url=""):
    """Directory -> every page of the site, sorted by address.

    `root_of_404`: where the site begins, for the one page that has no place. `url`: the public address of the site, "" where it has none.
    """
    planner = Planner(directory, url)
    found = [page for batch in batches(planner) for page in batch.pages()] + list(rest(planner, root_of_404))
    return sorted((*found, planner.offline(1 + sum(saving.is_saved(page.path) for page in found))), key=lambda page: page.address)


@dataclass(frozen=True)
class Batch:
    """Pages that are made one after the other. While `inputs` are equal and the rest of the directory is as it was, so are the pages.

    `pages` plans them. A site of many thousand pages plans a batch when it writes it, so that they are never all held.
    """

    name: str
    inputs: tuple
    pages: Callable


def batches(planner):
    """The Planner of a site -> a Batch for each area and for each group of providers. With `rest` they are all pages of the site."""
    crime_types, providers = planner.directory.crime_types, planner.directory.providers
    for area in (None, *planner.directory.areas):
        yield Batch(f"area {area.slug if area else ''}", planner.shown_in(area), functools.partial(_of_area, planner, crime_types, area))
    for start in range(0, len(providers), TOGETHER):
        chunk = providers[start:start + TOGETHER]
        instead = tuple(planner.instead(service) for provider in chunk for service in provider.services)
        yield Batch(f"providers from {start}", (chunk, instead), functools.partial(_of_providers, planner, chunk))


def rest(planner, root_of_404="/"):
    """The Planner of a site, and where it begins -> every page that is not in `batches`, but for the one about saving, which counts all others.

    They come one after the other: some are long lists.
    """
    yield from (planner.home(), planner.help_index(), planner.area_index(), planner.search(), planner.missing(root_of_404), planner.not_saved(),
                planner.removed(), *map(planner.written, planner.directory.written_pages))
    yield from planner.provider_index()
    yield from planner.forms()
    yield from around.pages(planner)


def _of_area(planner, crime_types, area):
    own = (planner.area(area), *around.of_area(planner, area)) if area else ()
    return [*(planner.help(crime_type, area) for crime_type in crime_types), *own]


def _of_providers(planner, providers):
    return [page for provider in providers for page in (planner.provider(provider), *around.of_provider(planner, provider))]


class Cards(dict):
    """{key of a listing: its card}, each made when somebody first asks for it; of very many the oldest go. `before`: those of an earlier state of the
    site, used where they still fit.
    """

    def __init__(self, planner, before=None):
        super().__init__()
        self._planner, self._before = planner, before or {}

    def __missing__(self, key):
        slug, _, of_service = key.partition("/")
        listing = next(listing for listing in self._planner.providers[slug].listings if listing.service.slug == of_service)
        before, wrong = self._before.get(key), self._planner.wrong(slug)
        if before and before.service is listing.service and before.wrong == wrong:
            self[key] = before
        else:
            made = cards.card(listing, self._planner.directory.today)
            self[key] = made if made.wrong == wrong else replace(made, wrong=wrong)
        if len(self) > MOST_CARDS:
            del self[next(iter(self))]
        return self[key]


class Planner:
    """Holds what many pages need while they are planned; each method plans one page. Rooms of their own (around.py) get it too."""

    def __init__(self, directory, url="", before=None):
        site, self.url = directory.site, url
        self.directory, self.site, self.area_name = directory, site, site.area_name
        self.providers = {provider.slug: provider for provider in directory.providers}
        self.cards = Cards(self, before and before.directory.today == directory.today and before.cards)
        self.hub = self.cards[site.hub]
        self.explained_before = {}
        self.home_link = Link("Home", addresses.HOME)
        self.start = addresses.START if directory.start else ""
        self.titles = {crime_type.slug: crime_type.title for crime_type in directory.crime_types}
        self.area_names = {area.slug: area.name for area in directory.areas}
        words = next((page.body for page in directory.written_pages if page.slug == glossary.SLUG), "")
        self.glossary = glossary.Glossary(html(words, ""), addresses.provider(site.hub.split("/")[0]))
        if not addresses.outside(site.exit_target):  # other links can be left out, the exit cannot
            raise ValueError(f"exit_target is not a web address: {site.exit_target}")

    def shown_in(self, area):
        """Every listing that the pages of an area show (None: those of no area), and the providers that they name."""
        slug = area.slug if area else None
        return tuple(self.directory.listings(crime_type, slug) for crime_type in (*self.titles, *([None] if area else ())))

    # ---- what pages share

    def cards_of(self, listings):
        """The cards of some listings, in their order."""
        return tuple(self.cards[listing.key] for listing in listings)

    def area_links(self, address, current=None):
        """A link to each area; `address` makes it from the area's slug."""
        return tuple(Link(area.name, address(area.slug), current=area.slug == current) for area in self.directory.areas)

    @functools.cached_property
    def area_tiles(self):
        """A link to each area, for pages that are about something else; none where they are too many."""
        return () if self.directory.has_many_areas else self.area_links(addresses.area)

    def area_list(self, address):
        """The areas as the page shows them that is there to choose one: by first letter, where they are many, with what is in each."""
        named = 2 if self.directory.has_many_areas else 4
        links = [Link(area.name, address(area.slug), note=wording.listed(area.places[:named])) for area in self.directory.areas]
        return (links, ()) if not self.directory.has_many_areas else ((), ranges.letters(links))

    def where_to_choose(self, crime_type):
        """Where somebody chooses their area for a crime type (its slug), on a site with many: the last question, or the page of help where none leads to it."""
        return addresses.start_where(crime_type) if crime_type in self.asked_where else addresses.help_page(crime_type)

    @functools.cached_property
    def asked_where(self):
        """The crime types (their slugs) for which the questions end with one about the area."""
        return frozenset(self.directory.start.asked_before()[1]) if self.directory.start else frozenset()

    @functools.cached_property
    def areas_by_code(self):
        """The first halves of postcodes -> the areas that have them, and each area's own by its slug."""
        own = {area.slug: {sector.split(" ")[0] for sector in area.postcodes or ()} for area in self.directory.areas}
        areas = {}
        for slug, codes in own.items():
            for code in codes:
                areas.setdefault(code, []).append(slug)
        return areas, own

    @functools.cached_property
    def form_pages(self):
        """The providers in pieces, each for a page of its own with the form for changes, and the number of each provider's piece by its slug."""
        pieces = ranges.pieces(self.directory.providers) if self.directory.has_many_providers else []
        return pieces, {provider.slug: number for number, piece in enumerate(pieces, 1) for provider in piece}

    @functools.cached_property
    def form_links(self):
        """A link to each page with the form for changes; none where all providers are on one."""
        return tuple(Link(ranges.title([provider.name for provider in piece]), addresses.piece(addresses.UPDATE, number))
                     for number, piece in enumerate(self.form_pages[0], 1))

    def wrong(self, slug):
        """Where to say that something about a provider is wrong."""
        number = self.form_pages[1].get(slug)
        return addresses.update(slug, addresses.piece(addresses.UPDATE, number) if number else addresses.UPDATE)

    def groups(self, area=""):
        """The crime types by group, as [(title, links)]; the one for "not sure" stands apart on every page."""
        rows = []
        for group in self.site.crime_type_groups:
            found = [c for c in self.directory.crime_types if c.group == group.slug and c.slug != self.site.not_sure]
            if found:
                rows.append((group.title, [Link(c.title, addresses.help_page(c.slug, area)) for c in found]))
        return rows

    def where(self, provider):
        """Where a provider helps, in a few words."""
        places = set()
        for service in provider.services:
            places |= {service.coverage} if isinstance(service.coverage, str) else set(service.coverage)
        if NATIONAL in places:
            return "Anywhere in the UK"
        if FORCE_WIDE in places:
            return f"Anywhere in {self.area_name}"
        return wording.listed(sorted(self.area_names[place] for place in places)) if len(places) <= MOST_AREAS else f"{len(places)} areas"

    # ---- pages

    def home(self):
        return Page(
            addresses.HOME, "home.html", self.site.discreet_name, self.site.discreet_name,
            f"Find help after a crime in {self.area_name}, whether or not you told the police.",
            content=SimpleNamespace(groups=self.groups(), areas=self.area_tiles, hub=self.hub, start=self.start,
                                    not_sure=addresses.help_page(self.site.not_sure)))

    def help_index(self):
        return Page(
            addresses.HELP, "help_index.html", f"What happened? All kinds of crime, help in {self.area_name}", "What happened?",
            "Choose what is closest. You do not need the right word for it.", (self.home_link,),
            SimpleNamespace(groups=self.groups(), not_sure=addresses.help_page(self.site.not_sure), hub=self.hub, start=self.start))

    def area_index(self):
        links, letters = self.area_list(addresses.area)
        return Page(
            addresses.AREAS, "area_index.html", f"Where are you? Help in each part of {self.area_name}", "Where are you?",
            "Choose your area to see who helps there.", (self.home_link,), SimpleNamespace(areas=links, letters=letters, map=self.map(), hub=self.hub))

    def provider_link(self, provider):
        """The link to a provider as lists have it, with where it helps, if it still does."""
        return Link(provider.name, addresses.provider(provider.slug), note=self.where(provider) if provider.is_open else "")

    def provider_index(self):
        """The page of all providers; where they are many, it leads to pages of some of them each."""
        is_open = [self.provider_link(provider) for provider in self.directory.providers if provider.is_open]
        not_open = [self.provider_link(provider) for provider in self.directory.providers if not provider.is_open]
        title, heading = f"All providers of help in {self.area_name}", "All providers of help"

        def page(address, title, heading, crumbs, is_open=(), not_open=(), leads_to=(), beside=()):
            lead = "Some of the organisations in this directory, by name." if beside else "Every organisation in this directory, by name."
            return Page(address, "provider_index.html", title, heading, lead, crumbs,
                        SimpleNamespace(letters=ranges.letters(is_open), not_open=not_open, leads_to=leads_to, beside=beside))

        if not self.directory.has_many_providers:
            return [page(addresses.PROVIDERS, title, heading, (self.home_link,), is_open, not_open)]
        pieces = [*((piece, ()) for piece in ranges.pieces(is_open)), *(((), piece) for piece in ranges.pieces(not_open))]
        names = [ranges.title([link.text for link in shown or closed]) for shown, closed in pieces]
        rows = [(name if shown else f"Not open any more: {name}", addresses.piece(addresses.PROVIDERS, number))
                for number, (name, (shown, _)) in enumerate(zip(names, pieces, strict=True), 1)]
        first = page(addresses.PROVIDERS, title, heading, (self.home_link,), leads_to=tuple(Link(*row) for row in rows))
        return [first, *(page(address, f"Providers: {name}", name, (self.home_link, Link("All providers", addresses.PROVIDERS)), *piece,
                              beside=ranges.beside(rows, place)) for place, ((name, address), piece) in enumerate(zip(rows, pieces, strict=True)))]

    def search(self):
        return Page(
            addresses.SEARCH, "search.html", f"Search for help in {self.area_name}", "Search", "Say what happened, in your own words.", (self.home_link,),
            SimpleNamespace(groups=self.groups(), areas=self.area_tiles, hub=self.hub, start=self.start,
                            not_sure=addresses.help_page(self.site.not_sure)))

    def missing(self, root):
        return Page(
            "404/", "missing.html", "Page not found", "We could not find that page", "The page may have moved. Help is still here.",
            (self.home_link,), SimpleNamespace(groups=self.groups(), hub=self.hub, start=self.start), file="404.html", root=root)

    def offline(self, count):
        """The page about saving. `count`: how many pages a saved copy would have."""
        return Page(
            addresses.OFFLINE, "offline.html", "Save these pages", "Save these pages on your device", "Read them later without a connection to the internet.",
            (self.home_link,), SimpleNamespace(
                is_allowed=self.site.saving == "allowed" and not saving.is_too_large(count), is_too_large=saving.is_too_large(count),
                one_file=addresses.ONE_FILE, by_area=self.files_by_area, hub=self.hub))

    def not_saved(self):
        """What the worker shows without a connection in place of a page that is not in the saved copy."""
        return Page(
            addresses.NOT_SAVED, "missing.html", "Page not saved", "This page is not in the saved copy",
            "You have no connection just now, or it is very slow. Help is still here.", (self.home_link,),
            SimpleNamespace(groups=self.groups(), hub=self.hub, start=self.start), file=addresses.NOT_SAVED + "index.html")

    def removed(self):
        """What is fetched after a copy was removed. Nobody is sent here; it says nothing about what was found."""
        return Page(
            addresses.REMOVED, "missing.html", "Nothing to see here", "There is nothing to read here", "Help is on the other pages.", (self.home_link,),
            SimpleNamespace(groups=self.groups(), hub=self.hub, start=self.start), file=addresses.REMOVED + "index.html")

    def help(self, crime_type, area):
        """Who helps with a crime type: in one area, or (area None) anywhere, where local services are named in short."""
        slug, place, area_slug = crime_type.slug, area.name if area else self.area_name, area.slug if area else ""
        address, found = addresses.help_page(slug, area_slug), self.directory.listings(slug, area_slug or None)
        is_choice = self.directory.has_many_areas and not area  # then local help is named where its area has been chosen
        local = ("local", f"In {area.name}" if area else f"In one part of {self.area_name}", () if is_choice else self.cards_of(found.local))
        force_wide = ("force-wide", f"Anywhere in {self.area_name}", self.cards_of(found.force_wide))
        national = ("national", "Anywhere in the UK", self.cards_of(found.national))
        sections = [row for row in ((local, force_wide, national) if area else (force_wide, local, national)) if row[2]]
        crumbs = [self.home_link, Link("What happened?", addresses.HELP)]
        if area:
            crumbs.append(Link(crime_type.title, addresses.help_page(slug)))
        any_crime = [listing for listing in found.any_crime if isinstance(listing.service.coverage, str)] if is_choice else found.any_crime
        shown = len(any_crime) + sum(len(rows) for _, _, rows in sections)
        return Page(
            address, "help.html", f"{crime_type.title}: help in {place}", crime_type.title, crime_type.description,
            tuple(crumbs), SimpleNamespace(
                crime_type=self.explained(crime_type, address.count("/")), place=place, area=area, sections=sections, hub=self.hub,
                any_crime=self.cards_of(any_crime),
                counts=[Link(f"{len(rows)} {title[0].lower()}{title[1:]}", anchor) for anchor, title, rows in sections],
                no_specialist=not found.specialists, is_long=shown > SHEET,
                areas=self.areas_of_help(slug, area), choosing=self.choosing(slug, len(found.local)) if is_choice else None,
                wide=Link(f"All of {self.area_name}", addresses.help_page(slug)) if area else None,
                where={} if area or is_choice else {listing.key: self.where(listing.provider) for listing in found.local},
                links=[link for link in crime_type.links if addresses.outside(link.website)],
                self_help=next(iter(self_help_pages.links(self.directory)), None),
                related=[Link(self.titles[other], addresses.help_page(other, area_slug)) for other in crime_type.related]))

    def areas_of_help(self, crime_type, area):
        """The areas that a page of help leads to: all of them, or where they are many the one that it is about and the way to another."""
        if not self.directory.has_many_areas:
            return self.area_links(lambda other: addresses.help_page(crime_type, other), area and area.slug)
        here = Link(area.name, addresses.help_page(crime_type, area.slug), current=True) if area else None
        return (here, Link("Another area", self.where_to_choose(crime_type))) if area else ()

    def choosing(self, crime_type, count):
        """How a page of help for many areas leads to one of them: where to, the areas by letter where that is here, how many services are local."""
        address, here = self.where_to_choose(crime_type), addresses.help_page(crime_type)
        letters = ranges.letters(self.area_links(lambda other: addresses.help_page(crime_type, other))) if address == here else ()
        return SimpleNamespace(address=address, letters=letters, count=count)

    def explained(self, crime_type, depth):
        """The crime type with the words of the glossary linked in what a page so many folders deep says of it; never beside 999."""
        if (crime_type.slug, depth) in self.explained_before:
            return self.explained_before[crime_type.slug, depth]
        linked = self.glossary.of_page(addresses.help_page(crime_type.slug), "../" * depth)
        steps = tuple(replace(step, more=linked(step.more)) for step in crime_type.do_now)
        told = replace(crime_type, description=linked(crime_type.description), reassurance=linked(crime_type.reassurance), do_now=steps)
        return self.explained_before.setdefault((crime_type.slug, depth), told)

    def area(self, area):
        found = self.directory.listings(area=area.slug)
        sections = (("local", f"Only in {area.name} or nearby", self.cards_of(found.local)),
                    ("force-wide", f"Anywhere in {self.area_name}", self.cards_of(found.force_wide)))
        return Page(
            addresses.area(area.slug), "area.html", f"Help in {area.name}", f"Help in {area.name}", f"Who helps after a crime in {area.name}.",
            (self.home_link, Link("Where are you?", addresses.AREAS)), SimpleNamespace(
                area=area, groups=self.groups(area.slug), not_sure=addresses.help_page(self.site.not_sure, area.slug), hub=self.hub,
                sections=[row for row in sections if row[2]], shared=self.shared(area), map=self.map(area.slug),
                areas=() if self.directory.has_many_areas else self.area_links(addresses.area, area.slug),
                council=Link(area.council.name, area.council.website) if area.council and addresses.outside(area.council.website) else None))

    def shared(self, area):
        """The areas with which an area shares first halves of postcodes, each as a link with the codes as its note."""
        areas, own = self.areas_by_code
        near = {slug for code in own[area.slug] for slug in areas[code]} - {area.slug}
        return [Link(self.area_names[slug], addresses.area(slug), note=wording.listed(sorted(own[area.slug] & own[slug], key=places.in_order)))
                for slug in self.area_names if slug in near]

    def map(self, current=""):
        """The drawing of the areas, or None: the names of many would not fit."""
        return None if self.directory.has_many_areas else maps.drawing(self.directory.areas, current)

    @functools.cached_property
    def files_by_area(self):
        """The files to carry, by letter of their area, where one for all areas would be too large."""
        return ranges.letters(self.area_links(addresses.one_file)) if one_file.is_too_large(self.directory) else ()

    def provider(self, provider):
        services = [self.cards[f"{provider.slug}/{service.slug}"] for service in provider.services]
        address = addresses.provider(provider.slug)
        told = replace(provider, about=self.glossary.of_page(address, "../" * address.count("/"))(provider.about))
        return Page(
            address, "provider.html", f"{provider.name}: how to get in touch", provider.name, provider.about,
            (self.home_link, Link("All providers", addresses.PROVIDERS)), SimpleNamespace(
                provider=told, services=[(card, self.details(card.service), self.instead(card.service)) for card in services],
                hub=self.hub, is_hub=provider.slug == self.site.hub.split("/")[0], wrong=self.wrong(provider.slug),
                sources=self.sources(provider), history=commissioning_pages.history(self, provider)))

    def details(self, service):
        """The rows of a provider's page that its card leaves out, each (label, text, links). Hours that are known stand beside the number."""
        there, absent, unknown = wording.access(service)
        answers = (("Yes", there), ("No", absent), ("Not known yet", unknown))
        said = [wording.sentence(f"{answer}: {wording.listed(names)}") for answer, names in answers if names]
        helps = [] if service.crime_types == ALL else [Link(self.titles[c], addresses.help_page(c)) for c in service.crime_types]
        areas = [] if isinstance(service.coverage, str) else [Link(self.area_names[a], addresses.area(a)) for a in service.coverage]
        rows = (
            ("Helps with", "" if helps else "Any crime.", helps),
            ("Where", {FORCE_WIDE: f"Anywhere in {self.area_name}.", NATIONAL: "Anywhere in the UK."}.get(service.coverage, ""), areas),
            ("Open", "" if service.hours else "Not known yet.", []),
            ("Languages and access", " ".join(said), []),
            ("How to start", wording.referral(service), []),
            *self.paid_for(service),
        )
        return [row for row in rows if row[1] or row[2]]

    def paid_for(self, service):
        """The rows of a provider's page that say who pays, will pay and paid: contracts change on their day."""
        today, rows = self.directory.today, {freshness.RUNNING: [], freshness.AHEAD: [], freshness.ENDED: []}
        for contract in service.commissioned:
            state = freshness.contract(contract, today) if today else freshness.RUNNING
            said = wording.commissioned(contract, state == freshness.AHEAD)
            rows[state].append(said if latest_day(contract.until) or state != freshness.RUNNING else f"{said} {wording.NO_END}")
        labels = {freshness.RUNNING: "Paid for by", freshness.AHEAD: "Will be paid for by", freshness.ENDED: "Was paid for by"}
        return [(labels[state], " ".join(said), []) for state, said in rows.items()]

    def instead(self, service):
        """Where a service is not open: the cards of what to use instead."""
        keys = []
        for target in () if service.is_open else service.status.instead_use:
            keys += [target] if "/" in target else [f"{target}/{service.slug}" for service in self.providers[target].services]
        return tuple(self.cards[key] for key in keys)

    def sources(self, provider):
        """Every source behind an entry once, with its date: [(source, date in words)]."""
        services = [checked for s in provider.services for checked in (s.checked, *(contact.checked for contact in s.contacts))]
        return [(source, "" if date == wording.UNKNOWN else wording.date(date)) for source, date in
                {checked.source: checked.date for checked in (provider.checked, provider.website_checked, *services)}.items()]

    def forms(self):
        """The pages with the form for changes where providers are many: each is the page of words with some of them to choose from."""
        if not self.form_links:
            return []
        words = next(page for page in self.directory.written_pages if page.slug == "update")
        rows = zip(self.form_links, self.form_pages[0], strict=True)
        found = [(link.text, self.written(words, link.address, tuple(SimpleNamespace(slug=one.slug, name=one.name) for one in piece))) for link, piece in rows]
        return [replace(page, title=f"{words.title} {names}", crumbs=(self.home_link, Link(words.title, addresses.UPDATE))) for names, page in found]

    def written(self, page, address="", choices=()):
        """A page of words. `address`, `choices`: of a page with the form for changes, where it is not its own, and the providers to choose from."""
        dated = page.checked and page.checked.date != wording.UNKNOWN
        address, back = address or addresses.written_page(page.slug), self_help_pages.crumb(page)
        root = "../" * address.count("/")
        body = html(page.body, root)
        template = OWN_TEMPLATES.get(page.slug, "written.html")
        shows_sources = page.checked and (back or page.slug == timeline.SLUG)
        told = statement.statement(self.directory.accessibility, self.site) if page.slug == statement.SLUG else None
        return Page(
            address, template, page.title, told.heading if told else page.title, page.description,
            (self.home_link, *back), SimpleNamespace(
                statement=told, body=self.glossary.of_page(address, root)(body), hub=self.hub, choices=choices,
                pieces=self.form_links if page.slug == "update" and not choices else (),
                sources=list(addresses.sources(page.checked.source)) if shows_sources else [],
                drawing=timeline.drawing(body) if page.slug == timeline.SLUG else None, is_about=page.slug == "about",
                review_due=wording.date(page.review_due) if page.review_due else "", checked=wording.date(page.checked.date) if dated else ""))
