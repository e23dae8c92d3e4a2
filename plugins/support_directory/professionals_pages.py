"""Plans the page for professionals: where to turn when somebody is not safe now, and how to refer into each service.

The shortlist on it is made in the reader's tab (theme/static/js/shortlist.js): no page is planned for it, and nothing of it is kept.
"""
from dataclasses import dataclass
from types import SimpleNamespace

from . import addresses, ranges, wording
from .addresses import Link
from .cards import Button
from .directory import ALL, FORCE_WIDE, NATIONAL
from .page import Page

TITLE = "For professionals"
MOST_SERVICES = 300  # where there are more, each area has a page of its own
POLICE = {"no": "The person does not have to tell the police first.", "yes": "The person must have told the police first."}
ROUTES = {"professional": "You can refer somebody.", "self": "The person can get in touch without you.", "police": "The police can refer somebody."}


@dataclass(frozen=True)
class Referral:
    """A service as somebody sees it who refers into it. `button`: the contact to use, or None; `rows`: what else to know, each (label, text)."""

    key: str
    anchor: str
    name: str
    address: str
    button: Button | None
    hours: str
    rows: tuple
    aged: str
    checked: str
    trust: str
    unsure: bool


def pages(planner):
    """The Planner of a site -> the one page, or where services are many one that leads to a page for each area, and one of what helps anywhere."""
    listings = _referred_to(planner, planner.directory.open_listings)
    title, said = f"{TITLE}: how to refer in {planner.area_name}", f"How to refer somebody to help after a crime in {planner.area_name}."
    if len(planner.directory.open_listings) <= MOST_SERVICES:
        content = _content(planner, listings, planner.directory.areas)
        return [Page(addresses.PROFESSIONALS, "professionals.html", title, TITLE, said, (planner.home_link,), content)]
    wide = [listing for listing in listings if isinstance(listing.service.coverage, str)]
    anywhere = _anywhere(planner)
    areas = ranges.letters(planner.area_links(addresses.professionals))
    return [Page(
        addresses.PROFESSIONALS, "professionals_index.html", title, TITLE, said, (planner.home_link,),
        SimpleNamespace(areas=areas, anywhere=anywhere, count=len(listings)),
    ), Page(
        anywhere.address, "professionals.html", f"{TITLE}: help anywhere", f"{TITLE}: help anywhere",
        f"How to refer somebody to help that is anywhere in {planner.area_name} or in the UK.", _crumbs(planner),
        _content(planner, wide, (), addresses.PROFESSIONALS))]


def of_area(planner, area):
    """The page of an area, where services are many."""
    if len(planner.directory.open_listings) <= MOST_SERVICES:
        return []
    near = _referred_to(planner, planner.directory.listings(area=area.slug).local)
    return [Page(
        addresses.professionals(area.slug), "professionals.html", f"{TITLE}: how to refer in {area.name}", f"{TITLE}: {area.name}",
        f"How to refer somebody to help after a crime in {area.name}.", _crumbs(planner),
        _content(planner, near, (area,), addresses.PROFESSIONALS, _anywhere(planner)))]


def _referred_to(planner, listings):
    """Those of some open listings that somebody can be referred to: lines for safeguarding stand apart."""
    safeguarding = {*planner.site.safeguarding_children, *planner.site.safeguarding_adults}
    return [listing for listing in listings if listing.key not in safeguarding]


def _anywhere(planner):
    """The link to what helps anywhere, where each area has a page of its own."""
    return Link(f"Services that help anywhere in {planner.area_name} or the UK", addresses.PROFESSIONALS_ANYWHERE)


def _crumbs(planner):
    return planner.home_link, Link(TITLE, addresses.PROFESSIONALS)


def _content(planner, listings, areas, back="", anywhere=None):
    """What a page shows. `areas`: whose lines for safeguarding it names; `back`, `anywhere`: where a page for one area leads."""
    made = {listing.key: _referral(planner, listing) for listing in listings}
    sections = [row for row in _sections(planner, made, listings) if row.referrals or row.also]
    return SimpleNamespace(stops=[_stop(planner, area) for area in areas], sections=sections, count=len(listings), hub=planner.hub, back=back,
                           anywhere=anywhere)


def links(directory):
    """Directory -> the links at the foot of every page."""
    return [Link(TITLE, addresses.PROFESSIONALS)]


def how_to_refer(service):
    """Who can make the first contact, as far as it is known, to somebody who would refer."""
    return " ".join(said for route, said in ROUTES.items() if route in service.referral_routes)


def not_known(service):
    """What nobody has told us of a service, in one sentence, or ""."""
    routes = service.referral_routes
    missing = ("" if "professional" in routes else "if you can refer" if routes else "who can refer",
               "" if wording.who_for(service) else "whom it is for", "" if service.needs_police_report in POLICE else "if the police must know first",
               "" if service.hours else "when it is open")
    named = list(filter(None, missing))
    return f"{wording.sentence(wording.listed(named))} Ask them." if named else ""


def _sections(planner, made, listings):
    """The services for any crime, then those of each group of crime types. Each stands once in full; from other groups that it helps, a link leads there."""
    group_of = {crime_type.slug: crime_type.group for crime_type in planner.directory.crime_types}
    unsure = group_of[planner.site.not_sure]
    groups = {listing.key: list(dict.fromkeys(group_of[slug] for slug in listing.service.crime_types)) if listing.service.crime_types != ALL else [ALL]
              for listing in listings}
    named = [(ALL, "After any crime"), *((group.slug, "Anything else" if group.slug == unsure else group.title) for group in planner.site.crime_type_groups)]
    for slug, title in named:
        inside = sorted((made[key] for key, found in groups.items() if slug in found), key=lambda referral: referral.name.casefold())
        in_full = tuple(r for r in inside if groups[r.key][0] == slug)
        also = tuple(Link(r.name, f"#{r.anchor}") for r in inside if groups[r.key][0] != slug)
        yield SimpleNamespace(anchor=f"g-{slug}", title=title, referrals=in_full, also=also,
                              summary=f"Show {len(inside)} {'service' if len(inside) == 1 else 'services'}")


def _referral(planner, listing):
    card, service = planner.cards[listing.key], listing.service
    rows = (
        ("Where", _where(planner, service.coverage)),
        ("Help", wording.kinds_of_help(service)),
        ("For", card.who),
        ("How to refer", how_to_refer(service)),
        ("What we tell people", wording.sentence(service.referral_note) if service.referral_note else ""),
        ("Police", POLICE.get(service.needs_police_report, "")),
        ("Not known yet", not_known(service)),
    )
    first = card.reach[0].buttons[0] if card.reach else None
    return Referral(listing.key, f"s-{listing.key.replace('/', '-')}", card.name, card.address, card.main or first, card.hours,
                    tuple(row for row in rows if row[1]), card.aged, card.main_checked, card.main_trust, card.main_unsure)


def _where(planner, coverage):
    whole = {FORCE_WIDE: f"Anywhere in {planner.area_name}.", NATIONAL: "Anywhere in the UK."}
    return whole[coverage] if isinstance(coverage, str) else f"{wording.listed(planner.area_names[area] for area in coverage)}."


def _stop(planner, area):
    """Whom to ring in an area when a child or an adult is not safe: for each the lines that an entry holds, none where there is no entry."""
    def lines(keys):
        found = [planner.cards[key] for key in keys if planner.cards[key].is_open and _serves(planner.cards[key].service, area.slug)]
        return tuple(SimpleNamespace(buttons=tuple(button for reach in card.reach for button in reach.buttons), hours=card.hours, address=card.address,
                                     name=card.name, trust=card.main_trust, unsure=card.main_unsure) for card in found)

    site = planner.site
    return SimpleNamespace(area=area.name, people=(("A child", lines(site.safeguarding_children)), ("An adult", lines(site.safeguarding_adults))))


def _serves(service, area):
    return isinstance(service.coverage, str) or area in service.coverage
