"""What an entry says must agree with itself: fields that no schema can compare."""
import re

from . import contacts, plain, privacy, problems, times, values

# Addresses that a provider's page has already (theme/templates/provider.html); a service of that name would stand twice.
RESERVED_SERVICES = {"main", "talk", "sources", "history"}
CRIME_WORDS = re.compile("(?i)abuse|violen|victim|crime|police|rape|sexual|assault|stalk|refuge|harass|traffick|slavery")
ENDED = re.compile(r"(?i)\b(?:service|project|charity|line|helpline|centre|it) (?:has|have) (?:now )?(?:closed|ended|shut)\b|"
                   r"\bno longer (?:runs|exists|operates|available)|\bceased\b")
GROWN_UP, OLDER, YOUNG = 18, 45, 30


def sense(entry, today, world):
    """Problems inside one entry that no schema can see. `world`: what is known of all the others."""
    yield from times.dates(entry, today)
    yield from _web_addresses(entry)
    yield from plain.texts(entry)
    if entry.kind == "site":
        yield from _office(entry)
        yield from _discretion(entry)
    if entry.kind == "crime-type" and values.text(entry.data.get("emergency")).strip() and "999" not in entry.data["emergency"]:
        yield entry.problem(("emergency",), problems.emergency_without_999())
    if entry.kind == "provider":
        for n, service in enumerate(values.rows(entry.data.get("services"))):
            yield from _service(entry, ("services", n), service)
        yield from _services_slugs(entry)
        yield from privacy.notes_owed(entry)
        yield from privacy.refuges(entry)
        yield from privacy.secret_places(entry, world)
    yield from privacy.told_elsewhere(entry, world)
    yield from privacy.persons(entry, world)


def _web_addresses(entry):
    for path, text in entry.texts:
        if path[-1] in ("website", "exit_target") and text.strip():
            words = contacts.web(text)
            if words:
                yield entry.problem(path, words)


def _office(entry):
    """The numbers, the e-mail address and the address of content/site.yaml."""
    office, emergency = values.fields(entry.data.get("opcc")), values.fields(entry.data.get("emergency"))
    email, website = office.get("email"), values.text(office.get("website"))
    if entry.data.get("stage") == "live" and not email:
        yield entry.problem(("opcc", "email"), problems.live_without_email())
    yield from _value(entry, ("opcc", "email"), "email", email)
    yield from _value(entry, ("opcc", "phone"), "phone", office.get("phone"))
    yield from _value(entry, ("opcc", "address"), "address", office.get("address"))
    yield from _value(entry, ("emergency", "number"), "phone", emergency.get("number"))
    noted = values.text(values.fields(office.get("checked")).get("note")).strip()
    words = privacy.whose_email(values.text(email), website, "the note below checked") if not noted else None
    if words:
        yield entry.problem(("opcc", "email"), words)


def _discretion(entry):
    """What stays in a browser's history must not tell what somebody came for."""
    for field in ("discreet_name", "exit_target"):
        told = CRIME_WORDS.search(values.text(entry.data.get(field)))
        if told:
            yield entry.problem((field,), problems.not_discreet(told.group()))
    number = values.fields(entry.data.get("emergency")).get("number")
    if isinstance(number, str) and number.strip() and number != "999" and contacts.number("phone", number) is None:
        yield entry.problem(("emergency", "number"), problems.no_emergency_number(number))
    slugs = set()
    for n, group in enumerate(values.rows(entry.data.get("crime_type_groups"))):
        slug = values.text(group.get("slug"))
        if slug and slug in slugs:
            yield entry.problem(("crime_type_groups", n, "slug"), problems.repeated_item(slug))
        slugs.add(slug)


def _services_slugs(entry):
    first = {}
    for n, service in enumerate(values.rows(entry.data.get("services"))):
        slug, path = service.get("slug"), ("services", n, "slug")
        if not isinstance(slug, str):
            continue
        if slug in first:
            yield entry.problem(path, problems.duplicate_slug(slug, entry.places[first[slug]][0]))
        elif slug in RESERVED_SERVICES:
            yield entry.problem(path, problems.reserved_slug(slug))
        first.setdefault(slug, path)


def _service(entry, at, service):
    yield from times.hours(entry, (*at, "hours"), service.get("hours"))
    yield from _ages(entry, (*at, "who_for"), values.fields(service.get("who_for")))
    yield from _status(entry, (*at, "status"), values.fields(service.get("status")), values.text(service.get("summary")))
    first = {}
    for m, contact in enumerate(values.rows(service.get("contacts"))):
        path, kind = (*at, "contacts", m), contact.get("type")
        yield from _value(entry, (*path, "value"), kind, contact.get("value"))
        yield from times.hours(entry, (*path, "hours"), contact.get("hours"))
        if "message" in contact and kind != "text":
            yield entry.problem((*path, "message"), problems.message_without_text())
        if isinstance(kind, str) and values.text(contact.get("value")).strip():
            same = kind, contact["value"].replace(" ", "").lower(), str(contact.get("message"))
            above = first.setdefault(same, (m, contact))
            if above[1] is not contact and above[1] != contact:  # the very same lines are a repeated item of the list
                yield entry.problem((*path, "value"), problems.second_time("This contact", entry.places[(*at, "contacts", above[0])][0]))


def _value(entry, path, kind, value):
    """A number, an e-mail, a web or a street address, by the type of contact."""
    words = contacts.value(kind, value) if isinstance(kind, str) and isinstance(value, str) else None
    if words:
        yield entry.problem(path, words)


def _ages(entry, path, who_for):
    ages = {name: int(age) if isinstance(age := who_for.get(name), str) and age.isascii() and age.isdigit() and len(age) < 3 else None
            for name in ("minimum_age", "maximum_age")}
    least, most = ages["minimum_age"], ages["maximum_age"]
    if least is not None and most is not None and least > most:
        yield entry.problem((*path, "maximum_age"), problems.ages_crossed(least, most))
    groups = set(values.texts(who_for.get("groups")))
    if groups and groups <= {"older-people"} and most is not None and most < OLDER:
        yield entry.problem((*path, "maximum_age"), problems.age_of_no_such_group("older people", most))
    if groups and groups <= {"young-people", "children"} and least is not None and least > YOUNG:
        yield entry.problem((*path, "minimum_age"), problems.age_of_no_such_group("young people", least))
    elif groups == {"children"} and least is not None and least >= GROWN_UP:
        yield entry.problem((*path, "minimum_age"), problems.age_of_no_such_group("children", least))


def _status(entry, path, status, summary):
    ended = status.get("state") in ("paused", "closed")
    if ended and "instead_use" not in status:
        yield entry.problem(path, problems.closed_without_instead())
    elif not ended and ENDED.search(summary):
        yield entry.problem(path if status else path[:-1], problems.ended_in_words())
    elif status.get("state") == "open" and "instead_use" in status:
        yield entry.problem((*path, "instead_use"), problems.open_with_instead())
