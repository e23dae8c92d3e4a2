"""Plans every page of the site: its address, its title, and all that its template shows.

The only place where an address is made. An address is relative to the site's root and has no leading slash:
"help/burglary/" is written to help/burglary/index.html. Templates only loop and choose; whatever they show is worked out here.
"""
import itertools
import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import markdown
import nh3
from markupsafe import Markup

from . import phone, wording
from .directory import ALL, FORCE_WIDE, NATIONAL, Listing

HOME, HELP, AREAS, PROVIDERS, SEARCH, SAFETY, UPDATE = "", "help/", "areas/", "providers/", "search/", "safety/", "update/"
# What Markdown may become. Everything else is taken out.
TAGS = {"h2", "h3", "p", "ul", "ol", "li", "a", "strong", "em", "br", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"https", "tel", "sms", "mailto"}


@dataclass(frozen=True)
class Link:
    """Words and the address that they lead to; `note` stands beside them."""

    text: str
    address: str
    note: str = ""
    current: bool = False


@dataclass(frozen=True)
class Page:
    """One page: `content` is what the template of that name shows."""

    address: str
    template: str
    title: str
    heading: str
    description: str
    crumbs: tuple = ()
    content: SimpleNamespace = field(default_factory=SimpleNamespace)
    file: str = ""
    root: str | None = None

    @property
    def path(self):
        """The file that it is written to, relative to the output folder."""
        return self.file or self.address + "index.html"

    @property
    def to_root(self):
        """What to put before an address to reach it from this page: pages link relatively, so that a sub-path works too."""
        return "../" * self.path.count("/") if self.root is None else self.root


# ---- addresses

def help_address(crime_type, area=""):
    """Slugs -> the address of a page of help."""
    return f"help/{crime_type}/{area}/" if area else f"help/{crime_type}/"


def area_address(slug):
    """The address of an area's page."""
    return f"areas/{slug}/"


def provider_address(slug):
    """The address of a provider's page."""
    return f"providers/{slug}/"


def update_address(slug):
    """Where to say that something about a provider is wrong."""
    return f"{UPDATE}#{slug}"


# ---- a listing as its card shows it

@dataclass(frozen=True)
class Button:
    """One way to get in touch. `kind` is the contact's type; `number` is shown large where there is one; `about` is what to know before.

    `cost` says what the call costs and shows; of neighbours that cost the same only the last one has it.
    """

    kind: str
    verb: str
    number: str
    href: str
    about: str = ""
    detail: str = ""
    cost: str = ""


@dataclass(frozen=True)
class Reach:
    """Contacts that share the same evidence: `trust` is "" where it is that of the whole card."""

    buttons: tuple
    trust: str
    unsure: bool


@dataclass(frozen=True, eq=False)
class Card:
    """A listing with everything worked out. There is one for each listing, so a card equals only itself."""

    key: str
    provider: str
    slug: str
    name: str
    address: str
    summary: str
    facts: tuple
    reach: tuple
    website: Link | None
    checked: str
    trust: str
    unsure: bool
    is_open: bool
    wrong: str
    main: Button | None
    hours: str
    service: Any = None
    access: tuple = ()


VERBS = {"phone": "Call", "text": "Text", "textphone": "Textphone", "bsl_video": "Sign language video", "whatsapp": "WhatsApp",
         "email": "E-mail", "web_chat": "Chat online", "web_form": "Write online", "address": "Visit"}


def button(contact, next_contact=None):
    """Contact (and the one after it) -> Button."""
    kind, value = contact.type, contact.value
    verb, number, detail = VERBS[kind], "", ""
    if kind in ("phone", "textphone"):
        number, href = value, phone.link(value)
    elif kind == "text":
        verb = f"Text {contact.message} to" if contact.message else verb
        number, href = value, phone.text_link(value, contact.message)
    elif kind == "whatsapp":
        number, href = value, f"https://wa.me/44{phone.digits(value)[1:]}"
    elif kind == "email":
        detail, href = value, f"mailto:{value}"
    elif kind == "address":
        detail, href = value, ""
    else:
        detail, href = wording.website(value), value
    about = " ".join(wording.sentence(said) for said in (contact.label, contact.note, wording.hours(contact.hours)) if said)
    cost = _cost(contact)
    return Button(kind, verb, number, href, about, detail, "" if next_contact and _cost(next_contact) == cost else cost)


def card(listing):
    """Listing -> Card."""
    provider, service = listing.provider, listing.service
    confirmed = service.confirmed_with_provider
    trust = wording.trust(service.checked, confirmed)
    groups = []
    for (said, unsure), contacts in itertools.groupby(service.contacts, key=lambda c: _evidence(c, confirmed)):
        contacts = list(contacts)
        groups.append(Reach(tuple(map(button, contacts, [*contacts[1:], None])), "" if said == trust else said, unsure))
    website = Link(wording.website(provider.website), provider.website, note=_website_note(provider, trust)) if provider.website else None
    return Card(
        key=listing.key, provider=provider.name, slug=provider.slug, name=card_name(provider, service), address=provider_address(provider.slug),
        summary=service.summary, facts=tuple(_facts(service)), reach=tuple(groups), website=website,
        checked=service.checked.date, trust=trust, unsure=service.checked.confidence == "likely" and not confirmed,
        is_open=service.status.state == "open", wrong=update_address(provider.slug),
        main=next((button(c) for c in service.contacts if c.type != "address"), None), hours=wording.hours(service.hours), service=service, access=wording.access(service))


def card_name(provider, service):
    """The provider's name, with the service's where that says more: "Catch22: County Lines Support"."""
    if len(provider.services) == 1 or provider.name.casefold() in service.name.casefold():
        return service.name if provider.name.casefold() in service.name.casefold() else provider.name
    return f"{provider.name}: {service.name}"


def _evidence(contact, confirmed):
    return wording.trust(contact.checked, confirmed), contact.checked.confidence == "likely" and not confirmed


def _cost(contact):
    return phone.what_a_call_shows(contact.value) if contact.type == "phone" else ""


def _website_note(provider, trust):
    """Said beside a web address that only lists name, where the rest of the card is better known."""
    likely = provider.website_checked.confidence == "likely" and not provider.confirmed_with_provider
    return "(Address found in public lists.)" if likely and wording.trust(provider.website_checked) != trust else ""


def _facts(service):
    """The lines of a card: what it is about, in words. What is not known is left out here and said once a page."""
    there, _, _ = wording.access(service)
    rows = (
        ("For", " ".join(filter(None, (wording.who_for(service), wording.by_and_for(service))))),
        ("Open", wording.hours(service.hours)),
        ("When you get in touch", wording.on_contact(service.on_contact)),
        ("How to start", wording.referral(service) if service.referral_note or not service.contacts else ""),
        ("Cost", {"free": "Free.", "costs money": "It costs money."}.get(service.cost, "")),
        ("Police", {"no": "You do not have to tell the police first.", "yes": "You must have told the police first."}.get(service.needs_police_report, "")),
        ("Access", " ".join(filter(None, (wording.sentence(wording.listed(there)) if there else "", service.access_note)))),
    )
    return ((label, text) for label, text in rows if text)


# ---- Markdown

MARKDOWN = markdown.Markdown(extensions=["tables", "toc"], extension_configs={"toc": {"toc_depth": "2-3"}}, output_format="html")


def html(body, to_root):
    """Markdown -> Markup of the allowed tags only; root-relative links (/safety/) become relative to the page."""
    raw = MARKDOWN.reset().convert(body)
    clean = nh3.clean(raw, tags=TAGS, attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}}, url_schemes=SCHEMES, link_rel="noreferrer")
    return Markup(re.sub(r'href="/([^"]*)" rel="noreferrer"', lambda m: f'href="{to_root}{m.group(1) or "./"}"', clean))


# ---- the pages

def plan(directory, root_of_404="/"):
    """Directory -> every page of the site, in the order of their addresses."""
    cards = {listing.key: card(listing) for listing in (Listing(p, s) for p in directory.providers for s in p.services)}
    planner = _Planner(directory, cards)
    pages = [planner.home(), planner.help_index(), planner.area_index(), planner.provider_index(), planner.search(), planner.missing(root_of_404)]
    for crime_type in directory.crime_types:
        pages.append(planner.help(crime_type, None))
        pages += [planner.help(crime_type, area) for area in directory.areas]
    pages += [planner.area(area) for area in directory.areas]
    pages += [planner.provider(provider) for provider in directory.providers]
    pages += [planner.written(page) for page in directory.written_pages]
    return sorted(pages, key=lambda page: page.address)


class _Planner:
    """Holds the directory and its cards while the pages are planned."""

    def __init__(self, directory, cards):
        self.directory, self.cards = directory, cards
        self.area_name = directory.site.area_name
        self.by_group = [(group.title, [Link(c.title, help_address(c.slug)) for c in directory.crime_types if c.group == group.slug])
                         for group in directory.site.crime_type_groups]
        self.titles = {c.slug: c.title for c in directory.crime_types}
        self.area_names = {a.slug: a.name for a in directory.areas}

    def cards_of(self, listings):
        return tuple(self.cards[listing.key] for listing in listings)

    def area_links(self, address, current=None):
        return tuple(Link(a.name, address(a.slug), current=a.slug == current) for a in self.directory.areas)

    def hub(self):
        return self.cards[self.directory.site.hub]

    def home(self):
        site = self.directory.site
        return Page(HOME, "home.html", site.discreet_name, site.discreet_name, f"Find help after a crime in {self.area_name}, whether or not you told the police.",
                    content=SimpleNamespace(groups=self.browsable(), areas=self.area_links(area_address), hub=self.hub(), not_sure=help_address(site.not_sure)))

    def browsable(self):
        """The groups of crime types that lists show: the one for "not sure" stands apart."""
        return [(title, links) for title, links in self.by_group if links and links[0].address != help_address(self.directory.site.not_sure)]

    def help_index(self):
        return Page(HELP, "help_index.html", f"What happened? All kinds of crime, help in {self.area_name}", "What happened?",
                    "Choose what is closest. You do not need the right word for it.", crumbs=(Link("Home", HOME),),
                    content=SimpleNamespace(groups=self.browsable(), not_sure=help_address(self.directory.site.not_sure), hub=self.hub()))

    def area_index(self):
        links = [Link(a.name, area_address(a.slug), note=wording.listed(a.places[:4])) for a in self.directory.areas]
        return Page(AREAS, "area_index.html", f"Where are you? Help in each part of {self.area_name}", "Where are you?",
                    "Choose your area to see who helps there.", crumbs=(Link("Home", HOME),), content=SimpleNamespace(areas=links, hub=self.hub()))

    def provider_index(self):
        rows = [(p, Link(p.name, provider_address(p.slug), note=self.provider_note(p))) for p in self.directory.providers]
        letters = [(letter, [link for _, link in group]) for letter, group in
                   itertools.groupby((row for row in rows if row[0].is_open), key=lambda row: row[0].name[0].upper())]
        return Page(PROVIDERS, "provider_index.html", f"All providers of help in {self.area_name}", "All providers of help",
                    "Every organisation in this directory, by name.", crumbs=(Link("Home", HOME),),
                    content=SimpleNamespace(letters=letters, not_open=[link for p, link in rows if not p.is_open]))

    def provider_note(self, provider):
        places = {place for service in provider.services for place in
                  ((service.coverage,) if isinstance(service.coverage, str) else service.coverage)}
        if NATIONAL in places:
            return "Anywhere in the UK"
        if FORCE_WIDE in places:
            return f"Anywhere in {self.area_name}"
        return wording.listed(sorted(self.area_names[place] for place in places))

    def search(self):
        return Page(SEARCH, "search.html", f"Search for help in {self.area_name}", "Search", "Say what happened, in your own words.",
                    crumbs=(Link("Home", HOME),), content=SimpleNamespace(groups=self.browsable(), areas=self.area_links(area_address), hub=self.hub(),
                                                                       not_sure=help_address(self.directory.site.not_sure)))

    def missing(self, root):
        return Page("404/", "missing.html", "Page not found", "We could not find that page", "The page may have moved. Help is still here.", file="404.html", root=root,
                    content=SimpleNamespace(groups=self.browsable(), hub=self.hub()))

    def help(self, crime_type, area):
        slug, place = crime_type.slug, area.name if area else self.area_name
        found = self.directory.listings(slug, area.slug if area else None)
        sections = []
        if area:
            sections.append(("local", f"In {area.name}", self.cards_of(found.local)))
        sections.append(("force-wide", f"Anywhere in {self.area_name}", self.cards_of(found.force_wide)))
        if not area:
            sections.append(("local", f"In one part of {self.area_name}", self.cards_of(found.local)))
        sections.append(("national", "Anywhere in the UK", self.cards_of(found.national)))
        sections = [row for row in sections if row[2]]
        crumbs = [Link("Home", HOME), Link("What happened?", HELP)]
        if area:
            crumbs.append(Link(crime_type.title, help_address(slug)))
        return Page(
            help_address(slug, area.slug if area else ""), "help.html", f"{crime_type.title}: help in {place}", crime_type.title, crime_type.description, tuple(crumbs),
            content=SimpleNamespace(
                crime_type=crime_type, place=place, area=area, sections=sections, any_crime=self.cards_of(found.any_crime),
                areas=self.area_links(lambda a: help_address(slug, a), area.slug if area else None), hub=self.hub(),
                counts=self.counts(sections), no_specialist=not found.specialists,
                related=[Link(self.titles[r], help_address(r, area.slug if area else "")) for r in crime_type.related],
                where={} if area else {c.key: self.provider_note(self.provider_of(c.key)) for c in self.cards_of(found.local)},
                wide=Link(f"All of {self.area_name}", help_address(slug)) if area else None))

    def provider_of(self, key):
        slug = key.split("/")[0]
        return next(p for p in self.directory.providers if p.slug == slug)

    def counts(self, sections):
        """"2 in Sefton", each with the section that it leads to."""
        return [Link(f"{len(cards)} {title[0].lower()}{title[1:]}", anchor) for anchor, title, cards in sections]

    def area(self, area):
        found = self.directory.listings(area=area.slug)
        return Page(area_address(area.slug), "area.html", f"Help in {area.name}", f"Help in {area.name}", f"Who helps after a crime in {area.name}.",
                    (Link("Home", HOME), Link("Where are you?", AREAS)),
                    SimpleNamespace(
                        area=area, groups=[(title, [Link(link.text, f"{link.address}{area.slug}/") for link in links]) for title, links in self.browsable()],
                        not_sure=help_address(self.directory.site.not_sure, area.slug), hub=self.hub(),
                        sections=[row for row in (("local", f"Only in {area.name} or nearby", self.cards_of(found.local)),
                                                  ("force-wide", f"Anywhere in {self.area_name}", self.cards_of(found.force_wide))) if row[2]],
                        areas=self.area_links(area_address, area.slug)))

    def provider(self, provider):
        services = [self.cards[f"{provider.slug}/{service.slug}"] for service in provider.services]
        return Page(provider_address(provider.slug), "provider.html", f"{provider.name}: how to get in touch", provider.name, provider.about,
                    (Link("Home", HOME), Link("All providers", PROVIDERS)),
                    SimpleNamespace(
                        provider=provider, services=[(c, self.details(c.service), self.instead(c.service.status)) for c in services], hub=self.hub(),
                        wrong=update_address(provider.slug), is_hub=provider.slug == self.directory.site.hub.split("/")[0], sources=self.sources(provider)))

    def details(self, service):
        """The rows of a provider's page that its card leaves out, each (label, text, links)."""
        there, absent, unknown = wording.access(service)
        helps = [] if service.crime_types == ALL else [Link(self.titles[c], help_address(c)) for c in service.crime_types]
        areas = [Link(self.area_names[a], area_address(a)) for a in service.coverage] if isinstance(service.coverage, tuple) else []
        where = {FORCE_WIDE: f"Anywhere in {self.area_name}.", NATIONAL: "Anywhere in the UK."}.get(service.coverage, "")
        unknown_said = [wording.sentence(f"Not known yet: {wording.listed(unknown)}")] if unknown else []
        said_no = [wording.sentence(f"No: {wording.listed(absent)}")] if absent else []
        said_yes = [wording.sentence(f"Yes: {wording.listed(there)}")] if there else []
        rows = (("Helps with", "Any crime." if service.crime_types == ALL else "", helps), ("Where", where, areas),
                ("Open", wording.hours(service.hours) or "Not known yet.", []),
                ("Languages and access", " ".join(said_yes + said_no + unknown_said), []),
                ("How to start", wording.referral(service), []),
                ("Paid for by", " ".join(wording.commissioned(c) for c in service.commissioned), []))
        return [row for row in rows if row[1] or row[2]]

    def instead(self, status):
        """Where a service is not open: the cards of what to use instead."""
        if status.state == "open":
            return ()
        keys = []
        for target in status.instead_use:
            keys += [target] if "/" in target else [f"{target}/{s.slug}" for s in self.provider_of(target).services]
        return tuple(self.cards[key] for key in keys)

    def sources(self, provider):
        """Every source behind an entry once, with its date: [(source, date in words)]."""
        found = {}
        for checked in (provider.checked, provider.website_checked, *(c for s in provider.services for c in (s.checked, *(k.checked for k in s.contacts)))):
            found[checked.source] = "" if checked.date == wording.UNKNOWN else wording.date(checked.date)
        return list(found.items())

    def written(self, page):
        address = f"{page.slug}/"
        return Page(address, "emergency.html" if page.slug == "emergency" else "written.html", page.title, page.title, page.description, (Link("Home", HOME),),
                    SimpleNamespace(
                        body=html(page.body, "../"), hub=self.hub(), is_about=page.slug == "about",
                        review_due=wording.date(page.review_due) if page.review_due else "",
                        checked="" if not page.checked or page.checked.date == wording.UNKNOWN else wording.date(page.checked.date)))
