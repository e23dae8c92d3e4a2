"""The nouns of the directory, and the questions that pages and search ask of it.

Built once from entries (anything with kind, slug and data). A YAML key is a field here under the same name.
What is written for editors only (EDITORS_ONLY) never gets in, so no page can show it.
"""
import datetime
import functools
from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

from . import commissioning, freshness, news, performance, start
from .nouns import Checked, checked, each, make, named

EDITORS_ONLY = {"editor_note", "maintainers", "note of checked"}
OF_PROVIDERS = {"providers", "index", "hub", "crisis"}  # the fields of a Directory that the entries of providers decide
FORCE_WIDE, NATIONAL, ALL = "force-wide", "national", "all"
# Where there are more, no page but their own list names them all. theme/static/js/loading.js counts areas in the same way.
MOST_AREAS, MOST_PROVIDERS = 20, 500


@dataclass(frozen=True, slots=True)
class ConfirmedWithProvider:
    """When and how the provider itself said that the entry is right."""

    date: str
    how: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Days that share the same times, as "09:00" on the 24-hour clock."""

    days: tuple
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers. An empty `weekly` without `open_24_hours` means that only the note is known."""

    open_24_hours: bool = False
    weekly: tuple = ()
    bank_holidays: str = "not known"
    note: str = ""
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to get in touch; `checked` is its own or that of its service or provider."""

    type: str
    value: str
    label: str = ""
    note: str = ""
    message: str = ""
    hours: Hours | None = None
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class WhoFor:
    """Whom the provider says that a service is for; empty means that it does not say."""

    minimum_age: str = ""
    maximum_age: str = ""
    gender: str = ""
    groups: tuple = ()
    by_and_for: tuple = ()


@dataclass(frozen=True, slots=True)
class OnContact:
    """What happens when somebody gets in touch."""

    who_answers: str = ""
    what_happens: str = ""
    voicemail: str = ""
    call_back: str = ""
    police_told: str = ""


@dataclass(frozen=True, slots=True)
class Commissioned:
    """One contract or grant that pays or paid for a service."""

    by: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a service is open, and what to use instead where it is not."""

    state: str = "open"
    since: str = ""
    note: str = ""
    instead_use: tuple = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a provider offers. `crime_types` and `coverage` are tuples of slugs, or one of the words ALL, FORCE_WIDE, NATIONAL."""

    slug: str
    name: str
    summary: str
    crime_types: tuple | str
    coverage: tuple | str
    kinds_of_help: tuple = ()
    who_for: WhoFor = WhoFor()
    eligibility: str = ""
    cost: str = "not known"
    needs_police_report: str = "not known"
    referral_routes: tuple = ()
    referral_note: str = ""
    contacts: tuple = ()
    hours: Hours | None = None
    languages: tuple = ()
    interpreters: str = "not known"
    bsl: str = "not known"
    text_relay: str = "not known"
    easy_read: str = "not known"
    step_free: str = "not known"
    access_note: str = ""
    on_contact: OnContact = OnContact()
    confidential_location: bool = False
    crisis_line: bool = False
    commissioned: tuple = ()
    status: Status = Status()
    checked: Checked | None = None
    confirmed_with_provider: ConfirmedWithProvider | None = None

    @property
    def is_open(self):
        """Neither paused nor closed."""
        return self.status.state == "open"

    @property
    def main_contact(self):
        """The one contact that a row shows: the first that can be pressed, or None."""
        return next((contact for contact in self.contacts if contact.type != "address"), None)


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that helps."""

    slug: str
    name: str
    about: str
    services: tuple
    checked: Checked
    also_known_as: tuple = ()
    website: str = ""
    website_checked: Checked | None = None
    charity_number: str = ""
    company_number: str = ""
    confirmed_with_provider: ConfirmedWithProvider | None = None

    @property
    def is_open(self):
        """Whether at least one of its services is open."""
        return any(service.is_open for service in self.services)

    @property
    def listings(self):
        """Each of its services as a listing."""
        return tuple(Listing(self, service) for service in self.services)


@dataclass(frozen=True, slots=True)
class Listing:
    """A service as the reader sees it, with the provider that it belongs to."""

    provider: Provider
    service: Service

    @property
    def key(self):
        """provider/service, as in savera-uk/helpline."""
        return f"{self.provider.slug}/{self.service.slug}"


@dataclass(frozen=True)
class Step:
    """One thing to do now."""

    step: str
    more: str = ""


@dataclass(frozen=True)
class Reading:
    """Information elsewhere."""

    title: str
    website: str
    note: str


@dataclass(frozen=True)
class InLanguage:
    """Words for the search in one language. `reviewed`: "yes" once somebody who speaks it has read them."""

    language: str
    code: str
    reviewed: str
    phrases: tuple


@dataclass(frozen=True)
class CrimeType:
    """One kind of crime, in the reader's words. `ring_first`: services (provider/service) that the search names first, the best first."""

    slug: str
    title: str
    group: str
    description: str
    also_known_as: tuple
    extra_safety: str
    in_other_languages: tuple = ()
    reassurance: str = ""
    do_now: tuple = ()
    emergency: str = ""
    ring_first: tuple = ()
    related: tuple = ()
    links: tuple = ()


@dataclass(frozen=True)
class Council:
    """The council of an area."""

    name: str
    website: str = ""


@dataclass(frozen=True)
class AreaMap:
    """A rough drawing of where an area lies: `shape` holds its corners and `middle` the place of its name, as "across,down"."""

    shape: str
    middle: str


@dataclass(frozen=True)
class Area:
    """One area. `postcodes`: how many postcodes of each sector ("L20 1") lie in it, as {sector: int}."""

    slug: str
    name: str
    places: tuple
    checked: Checked
    gss: str = ""
    council: Council | None = None
    nearby: tuple = ()
    map: AreaMap | None = None
    postcodes: dict | None = None


@dataclass(frozen=True)
class WrittenPage:
    """A page of words, from content/pages; `body` is Markdown. `part_of`: the list of pages that it stands on, if any.
    `asked_as`: words that lead to it (understanding.py).
    """

    slug: str
    title: str
    description: str
    body: str
    also_known_as: tuple = ()
    in_other_languages: tuple = ()
    checked: Checked | None = None
    review_due: str = ""
    part_of: str = ""
    asked_as: tuple = ()


@dataclass(frozen=True)
class Opcc:
    """The office that runs the directory."""

    name: str
    phone: str
    checked: Checked
    email: str = ""
    address: str = ""
    website: str = ""


@dataclass(frozen=True)
class EmergencyWay:
    """One way to reach the emergency services."""

    name: str
    text: str
    checked: Checked


@dataclass(frozen=True)
class Emergency:
    """The number, the line beside it on every page, and all the ways to reach it."""

    number: str
    line: str
    ways: tuple


@dataclass(frozen=True)
class Group:
    """A group of crime types, as the home page shows them."""

    slug: str
    title: str


@dataclass(frozen=True)
class Site:
    """What is particular to one force."""

    name: str
    discreet_name: str
    area_name: str
    stage: str
    opcc: Opcc
    hub: str
    exit_target: str
    emergency: Emergency
    crime_type_groups: tuple
    not_sure: str
    footer: tuple
    security_txt_expires: str
    crisis_line: str = ""
    first_for_any_crime: tuple = ()
    safeguarding_children: tuple = ()
    safeguarding_adults: tuple = ()
    crime_type_order: tuple = ()
    attributions: tuple = ()
    repository: str = ""
    saving: str = "allowed"


@dataclass(frozen=True)
class BankHolidays:
    """The bank holidays as "YYYY-MM-DD", sorted. The list is complete up to and including `until`; without one, `until` is empty and nothing is known."""

    until: str = ""
    days: tuple = ()


@dataclass(frozen=True)
class Enforcement:
    """Whom to turn to where the office's answer about accessibility is not good enough."""

    website: str


@dataclass(frozen=True)
class NotAccessible:
    """Something that people cannot use, or only with difficulty. `mend_by`: a day, "not known", or empty where nothing is to be mended."""

    what: str
    reason: str
    why: str = ""
    criterion: str = ""
    instead: str = ""
    known_since: str = ""
    mend_by: str = ""


@dataclass(frozen=True)
class Tested:
    """When people tested the site: a day, or "not yet"."""

    date: str
    by: str = ""
    how: str = ""


@dataclass(frozen=True)
class Accessibility:
    """What the accessibility statement says that is not set by law."""

    scope: str
    compliance: str
    answer_within: str
    enforcement: Enforcement
    prepared: str
    next_review: str
    tested: Tested
    reviewed: str = ""
    not_accessible: tuple = ()
    own_tests: tuple = ()
    improving: str = ""


class Listings(NamedTuple):
    """The answer to "who helps": specialists from near to far, then help for any crime. Each is a tuple of Listing."""

    local: tuple
    force_wide: tuple
    national: tuple
    any_crime: tuple

    @property
    def specialists(self):
        """All specialists, from near to far."""
        return self.local + self.force_wide + self.national


@dataclass(frozen=True)
class Directory:
    """Everything that readers can find. Made by `build`. `today`: the day by which facts are old, or None where that does not matter."""

    site: Site
    crime_types: tuple
    areas: tuple
    providers: tuple
    written_pages: tuple
    index: dict
    hub: Listing
    short_forms: dict = field(default_factory=dict)
    phrases: tuple = ()
    danger: tuple = ()
    crisis: Listing | None = None
    bank_holidays: BankHolidays = BankHolidays()
    accessibility: Accessibility | None = None
    start: object | None = None
    commissioning: tuple = ()
    performance: tuple = ()
    monitoring: object | None = None
    news: tuple = ()
    today: datetime.date | None = None

    @property
    def has_many_areas(self):
        """Whether there are too many areas to name them all wherever one is chosen."""
        return len(self.areas) > MOST_AREAS

    @property
    def has_many_providers(self):
        """Whether there are too many providers for one list."""
        return len(self.providers) > MOST_PROVIDERS

    def is_last(self, listing):
        """Whether a listing is too old to stand among its neighbours."""
        return _is_last(listing, self.today)

    @property
    def all_but_providers(self):
        """Whatever does not come from the entries of providers."""
        return tuple(getattr(self, part.name) for part in fields(self) if part.name not in OF_PROVIDERS)

    @functools.cached_property
    def every_listing(self):
        """Each service of each provider, open or not."""
        return every_listing(self.providers)

    @functools.cached_property
    def open_listings(self):
        """Each open service of each provider."""
        return [listing for listing in self.every_listing if listing.service.is_open]

    def listings(self, crime_type=None, area=None):
        """Who helps with a crime type (its slug, or None for any) in an area (its slug, or None for anywhere).

        Open services only. Without a crime type all services count as specialists; without an area `local` holds
        the services of every area.
        """
        near = self.index.get((crime_type, area), ())
        return Listings(near, self.index.get((crime_type, FORCE_WIDE), ()), self.index.get((crime_type, NATIONAL), ()),
                        self.index.get((ALL, area), ()) if crime_type else ())


def build(entries, today=None, providers=()):
    """Entries without problems, and the day by which facts are old -> Directory. Without a day nothing is old, and no contract has begun or ended.

    `providers`: those that are nouns already.
    """
    by_kind = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    site = _site(by_kind["site"][0].data)
    providers = tuple(sorted((*providers, *map(provider, by_kind.get("provider", ()))), key=lambda p: p.name.casefold()))
    parts = {"do_now": each(Step), "links": each(Reading), "in_other_languages": each(InLanguage)}
    crime_types = tuple(named(CrimeType, e, **parts) for e in by_kind.get("crime-type", ()))
    areas = tuple(sorted((_area(e) for e in by_kind.get("area", ())), key=lambda a: a.name))
    pages = tuple(named(WrittenPage, e, checked=checked, in_other_languages=each(InLanguage)) for e in by_kind.get("page", ()))
    listings = every_listing(providers)
    return Directory(
        site=site,
        crime_types=tuple(sorted(crime_types, key=lambda c: _place(site.crime_type_order, c.slug))),
        areas=areas,
        providers=providers,
        written_pages=tuple(sorted(pages, key=lambda p: _place(site.footer, p.slug))),
        index=_index(sorted(listings, key=lambda listing: _order(listing, site, today)), [area.slug for area in areas]),
        short_forms=_short_forms(by_kind.get("search", ())),
        phrases=_phrases(by_kind.get("search-phrases", ())),
        danger=tuple(words for entry in by_kind.get("search", ()) for words in entry.data["danger"]),
        hub=next(listing for listing in listings if listing.key == site.hub),
        crisis=next((listing for listing in listings if listing.key == site.crisis_line), None),
        bank_holidays=_bank_holidays(by_kind.get("bank-holidays", ())),
        accessibility=_accessibility(by_kind.get("accessibility", ())),
        start=start.of(by_kind.get("start", ())),
        commissioning=commissioning.of(by_kind.get("commissioning", ())),
        performance=performance.of(by_kind.get("performance", ())),
        monitoring=performance.monitoring(by_kind.get("monitoring", ())),
        news=news.of(by_kind.get("news", ())),
        today=today,
    )


def _short_forms(entries):
    return {row["typed"]: row["means"] for entry in entries for row in entry.data["short_forms"]}


def _phrases(entries):
    return tuple((row["typed"], row["finds"]) for entry in entries for row in entry.data["phrases"])


def _bank_holidays(entries):
    return next((BankHolidays(entry.data["until"], tuple(sorted(row["day"] for row in entry.data["days"]))) for entry in entries), BankHolidays())


def _accessibility(entries):
    made = {"enforcement": lambda d: make(Enforcement, d), "tested": lambda d: make(Tested, d), "not_accessible": each(NotAccessible)}
    return next((make(Accessibility, entry.data, **made) for entry in entries), None)


def every_listing(providers):
    """Providers -> each of their services as a listing, open or not."""
    return [listing for provider in providers for listing in provider.listings]


def _place(order, slug):
    return (order.index(slug), slug) if slug in order else (len(order), slug)


def _is_last(listing, today):
    return bool(today) and freshness.state(listing.service, today) == freshness.LAST


def _order(listing, site, today):
    """The first for any crime as the editors ordered them, however old they are; then whatever is not too old; then whoever can be reached;
    then the more specialised; then by key.

    theme/static/js/listings.js orders in the same way.
    """
    service = listing.service
    breadth = 1000 if service.crime_types == ALL else len(service.crime_types)
    unreachable = all(contact.type == "address" for contact in service.contacts)
    return (_place(site.first_for_any_crime, listing.key)[0], _is_last(listing, today), unreachable, breadth, listing.key)


def _index(listings, areas):
    """One pass over the sorted listings -> {(crime type, ALL or None; area, FORCE_WIDE, NATIONAL or None): tuple of listings}.

    (None, x): every service there. (ALL, area): services for any crime that reach the area, nearest first.
    """
    found = {}
    for listing in listings:
        service = listing.service
        if not service.is_open:
            continue
        types = () if service.crime_types == ALL else service.crime_types
        places = (service.coverage,) if service.coverage in (FORCE_WIDE, NATIONAL) else (*service.coverage, None)
        for place in places:
            for crime_type in (*types, None):
                found.setdefault((crime_type, place), []).append(listing)
        if service.crime_types == ALL:
            reached = service.coverage if isinstance(service.coverage, tuple) else areas
            for area in (*reached, None):
                found.setdefault((ALL, area), []).append(listing)
    return {key: tuple(rows) for key, rows in found.items()}


# ---- from data to nouns

def _hours(data):
    return make(Hours, data, weekly=each(Opening, days=tuple), checked=checked)


def provider(entry):
    """The entry of a provider -> Provider."""
    found = named(Provider, entry, checked=checked, website_checked=checked,
                  confirmed_with_provider=lambda d: make(ConfirmedWithProvider, d), services=lambda rows: tuple(map(_service, rows)))
    services = tuple(_inheriting(service, found) for service in found.services)
    return replace(found, services=services, website_checked=found.website_checked or found.checked)


def _service(data):
    return make(Service, data, who_for=lambda d: make(WhoFor, d), hours=_hours, on_contact=lambda d: make(OnContact, d),
                 contacts=each(Contact, hours=_hours, checked=checked), commissioned=each(Commissioned),
                 status=lambda d: make(Status, d), checked=checked, confirmed_with_provider=lambda d: make(ConfirmedWithProvider, d))


def _inheriting(service, provider):
    """What a service or contact does not say of its evidence, it takes from the entry above it."""
    checked = service.checked or provider.checked
    contacts = tuple(replace(contact, checked=contact.checked or checked) for contact in service.contacts)
    return replace(service, checked=checked, contacts=contacts,
                   confirmed_with_provider=service.confirmed_with_provider or provider.confirmed_with_provider)


def _area(entry):
    return named(Area, entry, checked=checked, council=lambda d: make(Council, d), map=lambda d: make(AreaMap, d),
                  postcodes=lambda d: {sector: int(count) for sector, count in d.items()})


def _site(data):
    way = each(EmergencyWay, checked=checked)
    return make(Site, data, opcc=lambda d: make(Opcc, d, checked=checked), emergency=lambda d: make(Emergency, d, ways=way),
                 crime_type_groups=each(Group))
