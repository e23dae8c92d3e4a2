"""The directory as open data in the names of Open Referral: HSDS 3.0 (https://docs.openreferral.org), which the UK profile 3.0 is a part of.

What HSDS has no name for stands under EXTENSION: contact safety, confidence, who pays, secrecy. What is not known is left out, never guessed.
A place that must stay secret has no location and no address.
"""
import functools
import hashlib
import uuid

from . import freshness, phone, wording
from .dates import earliest_day
from .directory import ALL, FORCE_WIDE, NATIONAL

# Ids are made of our own slugs, so that they stay the same from one build to the next. The name is that of the project's data, not of an address.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:help-after-a-crime:open-referral")
IN_NAMESPACE = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
EXTENSION = "x-help-after-a-crime"
STATUS = {"open": "active", "paused": "temporarily closed", "closed": "defunct"}
PHONE_TYPES = {"phone": "voice", "text": "sms", "textphone": "textphone", "whatsapp": "sms"}
ON_THE_WEB = ("web_chat", "web_form", "bsl_video")
BYDAY = dict(zip(wording.DAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
UNITED_KINGDOM = "K02000001"  # the ONS code of the United Kingdom
CRIME_TYPES, PEOPLE, ROUTES, KINDS = "Crime types", "Who it is for", "How to start", "Kinds of help"
TAXONOMIES = {CRIME_TYPES: "What happened, in the words of this directory.", PEOPLE: "Groups of people that a service says it is for.",
              ROUTES: "Who can make the first contact.", KINDS: "What sort of help a service gives."}
# What stands under EXTENSION, and what it means (said on the page about the data).
OWN_FIELDS = {
    "slug": "Its short name here: organisation/service.",
    "coverage": "force-wide, national, or the short names of areas.",
    "helps_with_any_crime": "Whether it helps with any crime. Its attributes then name every crime type.",
    "crisis_line": "Whether it is a line for people in danger or in crisis.",
    "confidential_location": "Whether the place is secret. Nothing says then where it is. Never try to add it.",
    "needs_police_report": "Whether somebody must have told the police first: yes, no or not known.",
    "open_24_hours": "Whether somebody answers day and night. The schedule then says 00:00 to 23:59.",
    "bank_holidays": "open, closed or not known.",
    "gender": "women, men, women-and-children or everyone, where the service says so.",
    "by_and_for": "Whose own community runs it.",
    "contacts": "Every way to get in touch, with its own date and confidence, what a call costs, and whether bills and call lists show it.",
    "on_contact": "What happens when somebody gets in touch.",
    "access": "Interpreters, sign language, text relay, Easy Read, a step-free way in: yes, no or not known.",
    "access_note": "More about access.",
    "checked": "The date of the evidence as it was published, its source, and confidence: confirmed or likely.",
    "confirmed_with_provider": "When and how the organisation itself said that this is right.",
    "instead_use": "What to use where it is paused or closed.",
    "commissioned": "Who pays or paid for it, from when until when, and whether that is ahead, running or ended.",
}
PAGE_SIZE = 250  # services on one page of the list


def identifier(kind, *names):
    """What a thing is and the slugs that name it -> its id, always the same.

    It is uuid.uuid5 (RFC 9562, 5.5), written out: there are hundreds of thousands of ids at national size, and uuid.UUID takes three times as long.
    """
    digest = IN_NAMESPACE.copy()
    digest.update("/".join((kind, *map(str, names))).encode())
    digest = digest.hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def service(listing, directory):
    """Listing, Directory -> the service as a dict of HSDS 3.0, fully nested."""
    provider, found = listing.provider, listing.service
    here = identifier("service", listing.key)
    made = {
        "id": here, "organization_id": identifier("organization", provider.slug), "name": found.name, "description": found.summary,
        "url": provider.website, "email": next((contact.value for contact in found.contacts if contact.type == "email"), ""),
        "status": STATUS[found.status.state], "alert": found.status.note,
        "interpretation_services": {"yes": "Interpreters can be had.", "no": "There are no interpreters."}.get(found.interpreters, ""),
        "application_process": wording.referral(found),
        "fees_description": {"free": "Free.", "costs money": "It costs money."}.get(found.cost, ""),
        "eligibility_description": wording.who_for(found), **_ages(found.who_for), **_assured(found, directory.site.opcc),
        "phones": [_phone(contact, n, here, listing) for n, contact in enumerate(found.contacts) if contact.type in PHONE_TYPES],
        "contacts": [_contact(contact, n, here, listing) for n, contact in enumerate(found.contacts) if contact.type == "email"],
        "schedules": _schedules(found.hours, here, listing), "service_areas": _areas(found, here, listing, directory),
        "service_at_locations": _locations(found, here, listing, directory), "languages": _languages(found, here, listing),
        "cost_options": [{"id": identifier("cost", listing.key), "service_id": here, "option": "Free", "amount": 0, "currency": "GBP"}]
        if found.cost == "free" else [],
        "funding": [_funding(contract, n, here, listing) for n, contract in enumerate(found.commissioned)],
        "organization": organization(provider), "attributes": _attributes(found, here, listing, directory), EXTENSION: _extension(listing, directory),
    }
    return without_nothing(made)


def in_list(made):
    """A service of `service` -> what the list of services says of it."""
    nested = {"phones", "contacts", "schedules", "service_areas", "service_at_locations", "languages", "cost_options", "funding", "attributes", EXTENSION}
    return {name: value for name, value in made.items() if name not in nested}


def organization(provider):
    """Provider -> the organization as a dict of HSDS 3.0."""
    here = identifier("organization", provider.slug)
    numbers = (("GB-CHC", "charity number", provider.charity_number), ("GB-COH", "company number", provider.company_number))
    return without_nothing({
        "id": here, "name": provider.name, "alternate_name": "; ".join(provider.also_known_as), "description": provider.about, "website": provider.website,
        "organization_identifiers": [{"id": identifier("number", provider.slug, scheme), "organization_id": here, "identifier_scheme": scheme,
                                      "identifier_type": said, "identifier": number} for scheme, said, number in numbers if number]})


def taxonomies():
    """The lists that attributes are taken from, each as a dict of HSDS 3.0."""
    return [{"id": identifier("taxonomy", name), "name": name, "description": said} for name, said in TAXONOMIES.items()]


def terms(directory):
    """Directory -> every term of every taxonomy, each as a dict of HSDS 3.0."""
    rows = [(CRIME_TYPES, crime.slug, crime.title, crime.description) for crime in directory.crime_types]
    rows += [(PEOPLE, group, words, f"For {words}.") for group, words in wording.GROUPS.items()]
    rows += [(ROUTES, route, route, wording.sentence(words)) for route, words in wording.ROUTES.items()]
    rows += map(_kind, wording.KINDS_OF_HELP)
    return [_term(*row) for row in rows]


def envelope(rows, number, total):
    """One page of a list as the API of HSDS 3.0 gives it. `rows`: those of this page; `number`: counted from 1; `total`: how many there are on all pages."""
    pages = max(1, -(-total // PAGE_SIZE))
    return {"total_items": total, "total_pages": pages, "page_number": number, "size": len(rows), "first_page": number == 1, "last_page": number == pages,
            "empty": not rows, "contents": rows}


def without_nothing(made):
    """A dict without what is not known: empty texts, lists, dicts and None."""
    return {name: value for name, value in made.items() if value or isinstance(value, int)}  # 0 and False are known


# ---- the parts of a service

def _ages(people):
    return {f"{end}_age": int(age) for end, age in (("minimum", people.minimum_age), ("maximum", people.maximum_age)) if age.isdigit()}


def _assured(found, office):
    """When the facts were last confirmed, as a whole day: the first one that their date can mean, so that nothing seems fresher than it is."""
    day = earliest_day(freshness.evidence(found.checked, found.confirmed_with_provider))
    return {"assured_date": day.isoformat() if day else "", "assurer_email": office.email if day else ""}


def _phone(contact, n, here, listing):
    times = wording.hours(contact.hours)
    return without_nothing({"id": identifier("phone", listing.key, n), "service_id": here, "number": contact.value, "type": PHONE_TYPES[contact.type],
                            "description": " ".join(wording.sentence(said) for said in (contact.label, contact.note, times) if said)})


def _contact(contact, n, here, listing):
    return without_nothing({"id": identifier("contact", listing.key, n), "service_id": here, "name": contact.label or "E-mail", "email": contact.value})


def _schedules(hours, here, listing):
    if hours is None:
        return []
    common = {"service_id": here, "description": wording.hours(hours), "freq": "WEEKLY"}
    rows = [(",".join(BYDAY.values()), "00:00", "23:59")] if hours.open_24_hours else []
    rows += [(",".join(BYDAY[day] for day in row.days), row.opens, "23:59" if row.closes == "24:00" else row.closes) for row in hours.weekly]
    if not rows:
        return [{"id": identifier("schedule", listing.key, 0), "service_id": here, "description": wording.hours(hours)}]
    return [{"id": identifier("schedule", listing.key, n), **common, "byday": days, "opens_at": opens, "closes_at": closes}
            for n, (days, opens, closes) in enumerate(rows)]


def _areas(found, here, listing, directory):
    if found.coverage == NATIONAL:
        rows = [("United Kingdom", UNITED_KINGDOM)]
    else:
        rows = [(area.name, area.gss) for area in directory.areas if found.coverage == FORCE_WIDE or area.slug in found.coverage]
    return [without_nothing({"id": identifier("area", listing.key, name), "service_id": here, "name": name, "extent": code,
                             "extent_type": "other" if code else "", "uri": STATISTICS + code if code else ""}) for name, code in rows]


def _locations(found, here, listing, directory):
    """Where a service can be visited. Of a secret place: nothing at all."""
    if found.confidential_location:
        return []
    rows = []
    for n, contact in enumerate(found.contacts):
        if contact.type == "address":
            place = identifier("location", listing.key, n)
            location = without_nothing({"id": place, "location_type": "physical", "name": contact.value, "description": contact.note,
                                        "addresses": _addresses(contact.value, place, directory)})
            rows.append({"id": identifier("service at location", listing.key, n), "service_id": here, "location_id": place, "location": location})
    return rows


def _addresses(text, place, directory):
    """An address as HSDS cuts it, where ours ends with a town and a postcode; else none: its parts would be guessed."""
    *street, town, code = [""] * 3 + [part.strip() for part in text.split(",")]
    first_half = code.split(" ")[0]
    known = {sector.split(" ")[0] for area in directory.areas for sector in area.postcodes or ()}
    lines = [line for line in street if line]
    if first_half not in known or not lines:
        return []
    return [{"id": identifier("address", place), "location_id": place, "address_1": ", ".join(lines), "city": town, "state_province": directory.site.area_name,
             "postal_code": code, "country": "GB", "address_type": "physical"}]


def _languages(found, here, listing):
    return [{"id": identifier("language", listing.key, language), "service_id": here, "name": language} for language in found.languages]


def _funding(contract, n, here, listing):
    return {"id": identifier("funding", listing.key, n), "service_id": here, "source": wording.commissioned(contract)}


def _attributes(found, here, listing, directory):
    """Crime types, people, ways to start and kinds of help, each with its term."""
    slugs = {crime.slug: (crime.title, crime.description) for crime in directory.crime_types}
    kinds = slugs if found.crime_types == ALL else found.crime_types
    rows = [(CRIME_TYPES, slug, *slugs[slug]) for slug in kinds if slug in slugs]
    groups = dict.fromkeys((*found.who_for.groups, *found.who_for.by_and_for))
    rows += [(PEOPLE, group, wording.GROUPS[group], f"For {wording.GROUPS[group]}.") for group in groups]
    rows += [(ROUTES, route, route, wording.sentence(wording.ROUTES[route])) for route in found.referral_routes]
    rows += [_kind(kind) for kind in found.kinds_of_help]
    return [{"id": identifier("attribute", listing.key, term["taxonomy"], term["code"]), "link_id": here, "link_entity": "service",
             "link_type": term["taxonomy"], "taxonomy_term_id": term["id"], "taxonomy_term": term} for term in (_term(*row) for row in rows)]


def _kind(kind):
    """A kind of help -> its row of terms."""
    name, said = wording.KINDS_OF_HELP[kind]
    return KINDS, kind, name, wording.sentence(said)


@functools.cache
def _term(taxonomy, slug, name, said):
    return {"id": identifier("term", taxonomy, slug), "code": slug, "name": name, "description": said, "taxonomy": taxonomy,
            "taxonomy_id": identifier("taxonomy", taxonomy)}


def _extension(listing, directory):
    """What Open Referral has no name for, under our own names (schema/provider.schema.json)."""
    found = listing.service
    ways = [without_nothing({"type": contact.type, "value": contact.value, "message": contact.message, "confidence": contact.checked.confidence,
                             "checked": contact.checked.date,
                             "cost_bill_and_call_list": phone.what_a_call_shows(contact.value) if contact.type in ("phone", "textphone") else
                             phone.TEXT if contact.type == "text" else ""})
            for contact in found.contacts if not (found.confidential_location and contact.type == "address")]
    return without_nothing({
        "slug": listing.key, "coverage": found.coverage if isinstance(found.coverage, str) else list(found.coverage),
        "helps_with_any_crime": found.crime_types == ALL, "crisis_line": found.crisis_line, "confidential_location": found.confidential_location,
        "needs_police_report": found.needs_police_report, "open_24_hours": bool(found.hours and found.hours.open_24_hours),
        "bank_holidays": found.hours.bank_holidays if found.hours else "", "gender": found.who_for.gender, "by_and_for": list(found.who_for.by_and_for),
        "contacts": ways, "on_contact": wording.on_contact(found.on_contact),
        "access": {name: getattr(found, name) for name, _ in wording.ACCESS}, "access_note": found.access_note,
        "checked": {"date": found.checked.date, "source": found.checked.source, "confidence": found.checked.confidence},
        "confirmed_with_provider": {"date": found.confirmed_with_provider.date, "how": found.confirmed_with_provider.how} if found.confirmed_with_provider
        else {},
        "instead_use": list(found.status.instead_use),
        "commissioned": [without_nothing({"by": contract.by, "since": contract.since, "until": contract.until,
                                          "state": freshness.contract(contract, directory.today) if directory.today else ""})
                         for contract in found.commissioned]})
