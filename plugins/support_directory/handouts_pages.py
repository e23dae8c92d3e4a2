"""Plans pages for what professionals print and hand on: codes for posters, discreet cards, the words of a text message.

A card can be found by the person somebody fears. So it names neither the crime nor the organisation: a heading that says nothing, the number, the times.
"""
from types import SimpleNamespace

from . import addresses, phone, qr, ranges, wording
from .addresses import Link
from .page import Page

CODES_OF_A_PAGE = 30  # codes for areas that stand on one page, where areas are many: each is a picture of 2 KB
ON_A_SHEET = 8  # cards of 85 by 54 mm on a sheet of A4
TO_RING = ("phone", "text")


def pages(planner):
    """The Planner of a site -> pages."""
    providers = [provider for provider in planner.directory.providers if lines(provider)]
    return [*index(planner, providers), *(page for crime_type in planner.directory.crime_types for page in posters(planner, crime_type))]


def of_provider(planner, provider):
    """The cards of a provider that somebody can ring or text."""
    return [card(planner, provider)] if lines(provider) else []


def index(planner, providers):
    """The page that leads to all of them; the hub's card comes first. Where providers are many, it leads to pages with the cards of some of them each."""
    hub = planner.site.hub.split("/")[0]
    cards = [Link(provider.name, addresses.card(provider.slug)) for provider in sorted(providers, key=lambda one: one.slug != hub)]
    pieces = ranges.pieces([Link(provider.name, addresses.card(provider.slug)) for provider in providers]) if planner.directory.has_many_providers else []
    rows = [(ranges.title([link.text for link in piece]), addresses.piece(addresses.HANDOUTS, number)) for number, piece in enumerate(pieces, 1)]
    posters = [(title, [Link(link.text, addresses.poster(link.address.split("/")[1])) for link in links]) for title, links in planner.groups()]
    first = Page(
        addresses.HANDOUTS, "handouts.html", "Cards and posters", "Cards and posters to hand on", "For people who help others, to print.",
        (planner.home_link,), SimpleNamespace(posters=posters, cards=cards[:1] if pieces else cards, pieces=tuple(Link(*row) for row in rows)))
    crumbs = (planner.home_link, Link("Cards and posters", addresses.HANDOUTS))
    return [first, *(Page(address, "handouts_list.html", f"Cards: {names}", f"Cards: {names}", "Small cards to hand on, to print.", crumbs,
                          SimpleNamespace(cards=cards, beside=ranges.beside(rows, place)))
                     for place, ((names, address), cards) in enumerate(zip(rows, pieces, strict=True)))]


def posters(planner, crime_type):
    """The codes that lead to a crime type's pages of help: for all areas, and for each. Where areas are many, theirs are on pages of their own."""
    address, areas = addresses.poster(crime_type.slug), [(area.slug, area.name) for area in planner.directory.areas]
    pieces = ranges.pieces(areas, CODES_OF_A_PAGE) if planner.directory.has_many_areas else []
    leads_to = [(ranges.title([name for _, name in piece]), addresses.piece(address, number)) for number, piece in enumerate(pieces, 1)]
    crumbs = (planner.home_link, Link("Cards and posters", addresses.HANDOUTS))
    title = f"Poster: {crime_type.title}"
    first = _poster(planner, crime_type, address, title, crumbs, [("", planner.area_name), *(() if pieces else areas)], leads_to)
    return [first, *(_poster(planner, crime_type, there, f"{title}, {names}", (*crumbs, Link(title, address)), piece)
                     for (names, there), piece in zip(leads_to, pieces, strict=True))]


def _poster(planner, crime_type, address, title, crumbs, places, leads_to=()):
    found = [(name, addresses.help_page(crime_type.slug, slug)) for slug, name in places]
    codes = [SimpleNamespace(name=name, address=address, whole=planner.url + address, code=qr.code(planner.url + address) if planner.url else "")
             for name, address in found]
    return Page(
        address, "poster.html", title, f"For a poster: {title.removeprefix('Poster: ')}", "Codes that lead a phone to the pages of help.", crumbs,
        SimpleNamespace(codes=codes, site=planner.url, pieces=tuple(Link(*row) for row in leads_to)))


def card(planner, provider):
    """The discreet cards of a provider, and a message to copy."""
    found = lines(provider)
    return Page(
        addresses.card(provider.slug), "card.html", f"Cards: {provider.name}", f"Cards: {provider.name}", "A number to hand on, without saying what it is for.",
        (planner.home_link, Link("Cards and posters", addresses.HANDOUTS)),
        SimpleNamespace(provider=Link(provider.name, addresses.provider(provider.slug)), lines=found, copies=range(ON_A_SHEET), message=message(found[0]),
                        more=[message(line) for line in found[1:]]))


def lines(provider):
    """The numbers of a provider's open services that somebody can ring or text, each once: (verb, number, times, cost)."""
    found = {}
    for service in provider.services:
        for contact in service.contacts if service.is_open else ():
            if contact.type in TO_RING:
                cost = phone.TEXT if contact.type == "text" else phone.what_a_call_shows(contact.value)
                verb = "Ring" if contact.type == "phone" else f"Text {contact.message} to" if contact.message else "Text"
                hours = wording.hours(contact.hours or service.hours)
                found.setdefault((verb, contact.value), SimpleNamespace(verb=verb, number=contact.value, hours=hours, cost=cost))
    return list(found.values())


def message(line):
    """What to write in a text message: it says nothing of what the number is for."""
    return f"Here is the number you asked for: {line.number}." + (f" {line.hours}" if line.hours else "")
