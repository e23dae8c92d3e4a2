"""What must not stand in an entry: where a secret place is, and who somebody is.

Notes for editors count too: whoever can see the project can read them, and its history keeps them.
"""
import html
import re
import unicodedata
from urllib.parse import unquote

from . import contacts, problems, values

GAP = r"[\s.\-_+,]{0,3}"
STREETS = ("Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Way|Quay|Square|Place|Court|Terrace|Row|Grove|Crescent|Gardens|Walk|Mews|Parade|Boulevard|Hill|"
           "Park|View|Wharf|Brow|Vale|Rise|Gate|House|Lodge")
SURE_STREETS = "Street|Road|Lane|Avenue|Crescent|Terrace|Grove|Mews|Boulevard"  # streets even without a number in front
# What tells where a place is, in any text.
PLACES = tuple(re.compile(pattern) for pattern in (
    rf"(?i)(?<![A-Za-z0-9])[A-Z]{{1,2}}[0-9][0-9A-Z]?{GAP}[0-9](?!st\b|nd\b|rd\b|th\b)[A-Z]{{2}}(?![A-Za-z0-9])",  # a postcode
    r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9](?![A-Za-z0-9:]|\.[0-9])",  # a postcode's sector
    r"-?[0-9]{1,2}\.[0-9]{3,20}[°NS ]{0,3}[, ;/]{1,5}-?[0-9]{1,3}\.[0-9]{3}",  # coordinates
    r"[0-9]{1,2}\s?°\s?[0-9]{1,2}",
    r"(?<![A-Za-z0-9])[HNOST][A-HJ-Z] ?[0-9]{3,5} ?[0-9]{3,5}(?![A-Za-z0-9])",  # the Ordnance Survey's grid
    r"///[a-z]{1,30}\.[a-z]{1,30}\.[a-z]|(?i:what3words|w3w\.co)",
    r"(?i)google\.[a-z.]+/maps|maps\.google|maps\.app\.goo|goo\.gl/maps|openstreetmap\.org|osm\.org|bing\.com/maps|maps\.apple|streetmap\.co|waze\.com|geo:[0-9-]",
    rf"\b[0-9]{{1,4}}[a-zA-Z]? (?:[A-Z][\w'’-]{{1,30}} ){{1,3}}(?:{STREETS})\b",  # 12 Quay Street
    rf"\b[A-Z][\w'’-]{{1,30}} (?:{SURE_STREETS})\b",
))
ENCODED = re.compile("[%&][#0-9a-zA-Z]")

HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Rev|Revd|Reverend|Sir|Dame|Cllr|Councillor|"
                       r"PC|PCSO|DC|DS|DI|DCI|Sgt|Sergeant|Insp|Inspector)\b\.? "
                       r"(?!and\b)[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?")
NAMED = re.compile(r"\b([A-Z][a-z]+) (?:[A-Z]\.? )?[A-Z][a-z'’-]+\b")
SPOKEN_TO = re.compile(r"\b(?:[Ss]poke|[Ss]poken|[Tt]alked|[Tt]alk|[Ss]peak)(?: to| with) ([A-Z][a-z]+)\b(?! (?:Police|Council|Centre|Support))")
NO_NAMES = {"The", "Their", "They", "A", "An", "Our", "Her", "His", "Them", "Us"}
INSIDE = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
NUMBER_INSIDE = re.compile(r"(?<![\w/=?&.-])(?:\+44|0)[0-9 ()-]{8,16}[0-9](?![\w/])")
# The fields below these are for editors. Whatever stands outside them, readers see.
FOR_EDITORS = {"editor_note", "checked", "website_checked", "maintainers", "confirmed_with_provider"}


def secret_places(entry):
    """Where an entry has a service with a confidential location, nothing in it may tell where that is.

    Only the address of another service stays, in a contact of the type address.
    """
    services = values.rows(entry.data.get("services"))
    if not any(service.get("confidential_location") is True for service in services):
        return
    allowed = set()
    for path, contact, service in values.contacts(entry):
        if contact.get("type") == "address":
            allowed.add((*path, "value"))
            if service.get("confidential_location") is True:
                yield entry.problem((*path, "value"), problems.secret_address())
    for path, text in values.short_texts(entry.data):
        if path not in allowed and tells_a_place(text):
            yield entry.problem(path, problems.secret_address())


def tells_a_place(text):
    """Whether a text holds a postcode, coordinates, a map or a street, however they are written."""
    plain = unicodedata.normalize("NFKC", text)
    ways = {plain, html.unescape(unquote(plain))} if ENCODED.search(plain) else {plain}
    return any(pattern.search(way) for way in ways for pattern in PLACES)


def persons(entry):
    """Names of people, and their own numbers and e-mail addresses inside a text. A provider's entry only."""
    own = [values.text(entry.data.get("name")), *values.texts(entry.data.get("also_known_as"))]
    own += [values.text(service.get("name")) for service in values.rows(entry.data.get("services"))]
    for path, text in values.short_texts(entry.data):
        if path[-1] in ("value", "website", "slug", "date", "source"):  # contacts have their own check; sources bear the titles that they have
            continue
        name = _name_in(text, own)
        if name:
            yield entry.problem(path, problems.name_of_a_person(name))
        if not FOR_EDITORS & set(path):
            yield from _contact_inside(entry, path, text)
        elif any(contacts.is_somebodys(found) for found in INSIDE.findall(text)):
            yield entry.problem(path, problems.email_in_a_note())


def _name_in(text, own):
    """The name of a person in a text, or None. What is part of the organisation's own names is none."""
    for found in HONORIFIC.finditer(text):
        if not any(found.group() in name for name in own):
            return found.group()
    for found in SPOKEN_TO.finditer(text):
        if found[1] not in NO_NAMES and not any(found[1] in name for name in own):
            return found[1]
    for found in NAMED.finditer(text):
        if found[1].lower() in contacts.GIVEN_NAMES and not any(found.group() in name for name in own):
            return found.group()
    return None


def _contact_inside(entry, path, text):
    """A number or an e-mail address inside a text for readers: it belongs into a contact, where it is checked and can be pressed."""
    found = INSIDE.search(text)
    if found:
        yield entry.problem(path, problems.contact_in_a_text(found.group(), "email"))
    for found in NUMBER_INSIDE.finditer(text):
        digits = re.sub("^0?440?", "0", re.sub("[^0-9]", "", found.group()))
        if contacts.PREMIUM.match(digits):
            yield entry.problem(path, problems.premium_number(found.group()))
        elif contacts.is_mobile(digits):
            yield entry.problem(path, problems.contact_in_a_text(found.group(), "phone"))


def notes_owed(entry):
    """Contacts that look like a person's, or that belong to another house than the website: a note must say why they are right."""
    website = values.text(entry.data.get("website"))
    for path, contact, _ in values.contacts(entry):
        kind, value = contact.get("type"), values.text(contact.get("value"))
        if values.text(contact.get("editor_note")).strip() or not isinstance(kind, str):
            continue
        if kind == "email" and contacts.email(value) is None:
            if contacts.is_somebodys(value):
                yield entry.problem((*path, "value"), problems.somebodys_email(value, "editor_note"))
            elif website and contacts.web(website) is None and not contacts.same_house(value, website):
                yield entry.problem((*path, "value"), problems.email_of_another_house(value, contacts.host_of(website), "editor_note"))
        elif kind in contacts.NUMBER_TYPES and contacts.is_mobile(value) and contacts.number(kind, value) is None:
            yield entry.problem((*path, "value"), problems.mobile_number(value))
