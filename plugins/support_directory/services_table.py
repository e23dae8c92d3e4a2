"""All services as one table: a row for each, whether it is open or not."""
from . import addresses, table, wording
from .directory import ALL, FORCE_WIDE, NATIONAL

PATH = "data/services.csv"
# The columns, in their order, and what stands in each (said on the page about the data).
COLUMNS = {
    "service": "Its short name here: organisation/service. It stays the same.",
    "organisation": "Who runs it.",
    "name": "What the service is called.",
    "status": "open, paused or closed. Do not send anybody to one that is not open.",
    "what_it_does": "In one or two sentences.",
    "helps_with": "Kinds of crime, or “any crime”.",
    "where": "Areas, or “anywhere in” the whole area or the UK.",
    "who_for": "Whom it says it is for. Empty: it does not say.",
    "cost": "free, costs money or not known.",
    "needs_police_report": "Whether somebody must have told the police first: yes, no or not known.",
    "how_to_start": "Who can make the first contact.",
    "phone": "Telephone numbers.",
    "text": "Numbers for text messages.",
    "textphone": "Numbers for textphones.",
    "email": "E-mail addresses.",
    "web": "Chats, forms and video calls on the web.",
    "address": "Where it can be visited. Never there for a secret place.",
    "hours": "When somebody answers. Empty: not known.",
    "languages_and_access": "What is known to be there. Empty: nothing is known.",
    "crisis_line": "Whether it is a line for people in danger or in crisis: yes or no.",
    "paid_for_by": "Who pays or paid for it, and when.",
    "checked": "The date of the evidence. It can be a year or a month only, or “not known”.",
    "confidence": "confirmed: printed by the organisation, a public body or the news. likely: in public lists only.",
    "confirmed_with_provider": "When the organisation itself said that this is right. Empty: it has not been asked yet.",
    "website": "The organisation's website.",
    "page": "Its page here, from the root of this site.",
    "kinds_of_help": "What sort of help it gives. Empty: nobody has told us.",
}
ON_THE_WEB = ("web_chat", "web_form", "bsl_video", "whatsapp")


def csv(directory):
    """Directory -> the table as CSV. Several values in one cell are separated by "; "."""
    titles = {crime.slug: crime.title for crime in directory.crime_types}
    areas = {area.slug: area.name for area in directory.areas}
    return table.text(COLUMNS, (row(listing, titles, areas, directory.site.area_name) for listing in directory.every_listing))


def row(listing, titles, areas, area_name):
    """A listing -> its cells. A service at a secret place has no address."""
    provider, service = listing.provider, listing.service
    there, _, _ = wording.access(service)
    return (
        listing.key, provider.name, service.name, service.status.state, service.summary,
        "any crime" if service.crime_types == ALL else _several(titles[slug] for slug in service.crime_types),
        {FORCE_WIDE: f"anywhere in {area_name}", NATIONAL: "anywhere in the UK"}.get(service.coverage) if isinstance(service.coverage, str)
        else _several(areas[slug] for slug in service.coverage),
        wording.who_for(service), service.cost, service.needs_police_report, wording.referral(service),
        *(_ways(service, kind) for kind in ("phone", "text", "textphone", "email")), _several(way for kind in ON_THE_WEB for way in _each(service, kind)),
        "" if service.confidential_location else _ways(service, "address"), wording.hours(service.hours), _several(there),
        "yes" if service.crisis_line else "no", _several(wording.commissioned(contract) for contract in service.commissioned),
        service.checked.date, service.checked.confidence, service.confirmed_with_provider.date if service.confirmed_with_provider else "",
        provider.website, addresses.provider(provider.slug), _several(wording.KINDS_OF_HELP[kind][0] for kind in service.kinds_of_help))


def _each(service, kind):
    return (contact.value for contact in service.contacts if contact.type == kind)


def _ways(service, kind):
    return _several(_each(service, kind))


def _several(values):
    return "; ".join(values)
