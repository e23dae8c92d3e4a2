"""What must not stand in an entry: where a secret place is, and who somebody is.

Notes for editors count too: whoever can see the project can read them, and its history keeps them.
"""
import html
import re
import unicodedata
from urllib.parse import unquote

from . import contacts, files, lists, problems, values

GAP = r"[^A-Za-z0-9\n]{0,5}"
STREETS = ("street|str|st|road|rd|lane|ln|avenue|ave|drive|dr|close|cl|way|quay|square|sq|place|pl|court|ct|terrace|tce|row|grove|crescent|cres|"
           "gardens|gdns|walk|mews|parade|pde|boulevard|blvd|hill|park|view|wharf|brow|vale|rise|gate|house|lodge|promenade|esplanade|"
           "green|croft|fold|bank|yard|heys|mount|passage|villas|cottages?|farm|hall|tower|heights|chambers|arcade|buildings|bldgs|broadway|strand|mill")
SURE_STREETS = "street|road|rd|lane|avenue|ave|crescent|terrace|grove|mews|boulevard|parade|drive|close"  # streets even without a number in front
NAME_WORD = r"[A-Za-z][\w'’.-]{1,30}"
# What tells where a place is, in any text.
PLACES = tuple(re.compile(pattern) for pattern in (
    rf"(?i)(?<![A-Za-z0-9])[A-Z]{{1,2}}-?[0-9][0-9A-Z]?{GAP}[0-9lo](?!st\b|nd\b|rd\b|th\b)-?[A-Z]{{2}}(?![A-Za-z0-9])",  # a postcode
    r"(?<![A-Za-z0-9])[A-Z]{1,2} ?[0-9] ?[0-9A-Z]? ?[0-9] ?[A-Z] ?[A-Z](?![A-Za-z0-9])",  # and spaced out
    r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9](?![A-Za-z0-9:]|\.[0-9])",  # its sector
    r"(?i)post ?code:? (is )?[A-Z]{1,2}[0-9]",
    r"-?[0-9]{1,2}\.[0-9]{3,20}[°NS ]{0,3}[, ;/]{1,5}-?[0-9]{1,3}\.[0-9]{3}",  # coordinates
    r"\b(?:49|5[0-9]|60)\.[0-9]{2,20}\b[^.\n]{0,30}?-?[0-8]\.[0-9]{2}",
    r"[0-9]{1,2}\s?°\s?[0-9]{1,2}",
    r"(?i)(?<![A-Za-z0-9])[HNOST][A-HJ-Z] ?[0-9]{3,5} ?[0-9]{3,5}(?![A-Za-z0-9])",  # the Ordnance Survey's grid
    r"\b(?:UPRN|[Ee]asting|[Nn]orthing|[Ll]atitude|[Ll]ongitude)\b|\b[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b",
    r"///[a-z]{1,30}\.[a-z]{1,30}\.[a-z]|(?i:what3words|\bw3w\b)",
    r"(?i)google\.[a-z.]+/maps|maps\.google|maps\.app\.goo|goo\.gl/maps|openstreetmap\.org|osm\.org|bing\.com/maps|maps\.apple|streetmap\.co|waze\.com|geo:[0-9-]|"
    r"plus\.codes|share\.here\.com|citymapper\.com|g\.page|g\.co/kgs|rightmove\.co|zoopla\.co",
    rf"(?i)\b[0-9]{{1,4}}[a-z]?,? (?:the )?(?:{NAME_WORD} ){{1,3}}(?:{STREETS})\b(?! (?:to|advis|place|staff))",  # 12 Quay Street
    rf"(?i)\b(?:{NAME_WORD} ){{1,2}}(?:{STREETS})\b\.?,? (?:no\.? ?)?[0-9]{{1,4}}\b",  # Quay Street, 12
    rf"\b[A-Z][\w'’.-]{{1,30}} (?i:{SURE_STREETS})\b(?! (?:to|Youth|Project|Centre|Support))",  # Quay Street
    rf"(?i)\b(?:in|on|at|off|of) (?:{NAME_WORD} ){{1,2}}(?:street|road|lane|avenue|crescent|terrace|boulevard)\b",
    r"(?i)\b(?:flat|unit|suite|apartment|apt|floor|po box|p\.o\. box) [0-9]{1,4}\b|\b[0-9]{1,3},? The [A-Z][a-z]",
    r"(?i)\b(?:next to|opposite|behind|across from|across the road from|round the corner from|minutes'?(?: walk)? from|junction of|corner of|above the)\b",
))
ENCODED = re.compile("[%&][#0-9a-zA-Z]")
# A service of this kind, with an address, must say whether its place is a secret.
REFUGE = re.compile(r"(?i)\brefuges?\b(?! council)|\bsafe ?houses?\b|"
                    r"\b(?:secret|confidential|undisclosed) (?:address|location|place)\b|\bwomen'?s accommodation\b")

TITLES = (r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Rev|Revd|Reverend|Fr|Imam|Rabbi|Canon|Sir|Dame|Lord|Lady|Cllr|Councillor|MR|MRS|MS|"
          r"PCSO|DCI|DC|DS|DI|PC|Sgt|Sergeant|Supt|Insp|Inspector|Superintendent|Constable|Detective|D\.C\.|D\.S\.)")
LETTER, CAPITAL = r"[^\W\d_]", r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃ]"
HONORIFIC = re.compile(rf"\b{TITLES}\b\.? (?:{CAPITAL}\.? ?){{0,2}}({CAPITAL}{LETTER}+(?:['’-]{LETTER}+)*)")
NO_SURNAMES = {"support", "world", "team", "services", "service", "mess", "office", "hub", "line", "and", "house", "of", "in", "for", "mayor", "lives", "us"}
NAMED = re.compile(rf"\b({CAPITAL}{LETTER}+) (?:{CAPITAL}\.? )?{CAPITAL}{LETTER}+(?:['’-]{LETTER}+)*\b")
# A given name alone is somebody's where it is the one that was spoken to, or that is to be asked for.
SPOKEN_TO = re.compile(rf"(?i:\b(?:spoke|spoken|speak|talked|talk)(?: to| with)|"
                       rf"\bask for|\bcontact|\brun by|\bfounded by|\btold by|\brang|\bring|\bper|\bfrom|\bby|"
                       rf"\bmanager|\bcoordinator|\bco-ordinator|\bworker|\bdirector) ({CAPITAL}{LETTER}+)\b(?! {CAPITAL})")
# What follows a person's name in the name of an organisation, a building or a street.
NAMED_AFTER = re.compile(r"[\w'’ -]{0,20}\b(?:Foundation|Trust|Centre|Center|House|Project|Institute|Hospital|Building|Partnership|Fund|"
                         r"Society|Charity|Law|Lewis|"
                         r"Street|Road|Lane|Avenue|Way|Park|School|College|University|Clinic|Library|Place|Court|Hall|Square|Act|Church|Ryder)\b")
INSIDE = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}(?:@| ?[([]at[)\]] ?| at )"
                    r"[A-Za-z0-9-]{1,63}(?:(?:\.| ?[([]dot[)\]] ?| dot )[A-Za-z0-9-]{1,63}){1,8}")
# What may stand between the digits of a number: hyphens and dashes of every width too.
BETWEEN = " ()./\u2010-\u2015\u2212-"
NUMBER_INSIDE = re.compile(rf"(?<![\w/=?&-])(?:\+44|0044|[0O])[0-9Ol{BETWEEN}]{{8,18}}[0-9](?![\w/])")
PRIVATE = re.compile(r"(?i)\b(?:dob|d\.o\.b\.|date of birth|born(?: on)?)\b:? ?[0-9]{1,2}[ /.-]|\bNI number\b|\bnational insurance\b.{0,12}[A-Z]{2} ?[0-9]{2}|"
                     r"\bNHS (?:number|no)\b.{0,5}[0-9]{3}|\bsort code\b|\bpassword\b:|\bpasscode\b:|\bpassport (?:number|no)\b|"
                     r"\bcrime (?:ref(?:erence)?|number)\b.{0,12}[0-9]{4}")
LINK_INSIDE = re.compile(r"(?i)https?://\S{3,60}|\bwww\.[a-z0-9-]+\.[a-z]{2,}\S{0,40}")
# What a text cannot do without that holds a name, a private fact, an e-mail address or a number: most texts have nothing of it, and need no longer look.
CAPITALISED = re.compile(f"{CAPITAL}{LETTER}*")
WORDS_OF_TITLES = set(re.findall("[A-Za-z]+", TITLES))
PRIVATE_WORDS = ("dob", "d.o.b", "date of birth", "born", "ni number", "national insurance", "nhs n", "sort code", "pass", "crime ref", "crime num")
AT_A_HOST = re.compile(r" at [A-Za-z0-9-]{1,63}(?:\.| ?[([]dot[)\]] ?| dot )")
AT_SIGNS = ("@", "at)", "at]")
LIKE_A_NUMBER = re.compile(f"[0O4][0-9Ol{BETWEEN}]{{8}}")
NO_EMERGENCY_NUMBER = re.compile(r"(?i)\b(?:ring|call|dial|phone|text) (911|9999)\b")
OUTWARD_WORD = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,2}[0-9]{1,2})(?![A-Za-z0-9])")
FEWEST_WORDS, MOBILE_DIGITS = 3, 11
SHORTEST_SECRET = 5  # letters: shorter names stand in too many words


def secret_places(entry, world):
    """Where an entry has a service with a confidential location, nothing in it may tell where that is.

    Only the address of another service stays, in a contact of the type address. `world`: what check.World knows of all entries.
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
    for path, text in entry.short_texts:
        if path not in allowed and (tells_a_place(text) or world.districts & set(OUTWARD_WORD.findall(text))):
            yield entry.problem(path, problems.secret_address())
    for line, column, text in entry.comments:
        if tells_a_place(text):
            yield problems.Problem(entry.path, line, column, "", *problems.secret_address())


def tells_a_place(text):
    """Whether a text holds a postcode, coordinates, a map or a street, however they are written."""
    plain = unicodedata.normalize("NFKC", text)
    ways = {plain, html.unescape(unquote(plain))} if ENCODED.search(plain) else {plain}
    return any(pattern.search(way) for way in ways for pattern in PLACES)


def refuges(entry):
    """A refuge with an address: it must be marked as confidential, or a note must say why its place is no secret."""
    for path, contact, service in values.contacts(entry):
        if contact.get("type") != "address" or service.get("confidential_location") is True or _note(contact):
            continue
        if REFUGE.search(" ".join(values.text(service.get(name)) for name in ("name", "summary"))):
            yield entry.problem((*path, "value"), problems.refuge_with_an_address())


def told_elsewhere(entry, world):
    """No other entry may say where a secret place is: a text that names such a provider or service holds no place."""
    if not world.secret_names or entry.path in world.secret_files:
        return
    everything = entry.in_small_letters
    named = [name for name in world.secret_names if name in everything]
    if not named:
        return
    for path, text in entry.texts if entry.kind in files.IN_MARKDOWN else entry.short_texts:
        for paragraph in text.split("\n\n") if path == ("body",) else (text,):
            name = next((name for name in sorted(named) if name in paragraph.lower()), None)
            if name and tells_a_place(paragraph):
                yield entry.problem(path, problems.secret_told_elsewhere(name))


def persons(entry, world):
    """Names of people, their own numbers and e-mail addresses, and other private facts, in every text and comment of an entry."""
    looked_at = [(path, text) for path, text in entry.short_texts
                 if path[-1] not in ("website", "slug", "date") and (path[-1] != "value" or _is_address(entry, path))]  # contacts have their own check
    notes = "\n".join(text for path, text in looked_at if not values.readers_see(path))
    shown = "\n".join(text for path, text in looked_at if values.readers_see(path))
    if tells_nothing(notes) and tells_nothing(shown) and not holds_a_link(shown):
        looked_at = []
    for path, text in looked_at:
        if tells_nothing(text) and not holds_a_link(text):
            continue
        pages = path == ("body",)
        name = _name_in(text, world, sources="source" in path) if not pages else None
        if name:
            yield entry.problem(path, problems.name_of_a_person(name))
        if PRIVATE.search(text):
            yield entry.problem(path, problems.private_fact(PRIVATE.search(text).group()))
        if path[-1] in ("phone", "email", "number") or "also_known_as" in path or pages:
            continue
        if not values.readers_see(path):
            yield from (entry.problem(path, words) for words in _in_a_note(text))
        else:
            yield from _contact_inside(entry, path, text)
    for line, column, text in entry.comments:
        name = _name_in(text, world)
        for words in [problems.name_of_a_person(name)] if name else _in_a_note(text):
            yield problems.Problem(entry.path, line, column, "", *words)


def tells_nothing(text):
    """Whether a text surely holds no name of a person, private fact, e-mail address or number: what one of those needs is not in it.

    So it is asked of all texts of an entry together first. Links count for some texts only: `holds_a_link`.
    """
    capitalised = set(CAPITALISED.findall(text))
    if not WORDS_OF_TITLES.isdisjoint(capitalised) or not lists.GIVEN_NAMES.isdisjoint(word.lower() for word in capitalised):
        return False
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if values.holds_any(plain, AT_SIGNS) or LIKE_A_NUMBER.search(plain) or AT_A_HOST.search(plain):
        return False
    return not values.holds_any(values.small(text), PRIVATE_WORDS) and "911" not in text and "9999" not in text


def holds_a_link(text):
    """Whether a text may hold a web address."""
    return "://" in text or "www." in text.lower()


def _is_address(entry, path):
    return values.fields(values.at(entry.data, path[:-1])).get("type") == "address"


def _name_in(text, world, sources=False):
    """The name of a person in a text, or None. What is part of the name of any organisation or place here is none.

    `sources`: a source bears the title that it has, so only somebody who was spoken to counts.
    """
    for found in HONORIFIC.finditer(text):
        if found[1].lower() not in NO_SURNAMES and not world.is_a_name(found.group()) and not NAMED_AFTER.match(text, found.end()) and not sources:
            return found.group()
    for found in SPOKEN_TO.finditer(text):
        if found[1].lower() in lists.GIVEN_NAMES and not world.is_a_name(found[1]):
            return found[1]
    for found in NAMED.finditer(text):
        given = found[1].lower()
        if given in lists.GIVEN_NAMES and not world.is_a_name(found.group()) and not NAMED_AFTER.match(text, found.end()) and (
                not NAMED_AFTER.fullmatch(found.group()) and not sources):
            return found.group()
    return None


def _numbers_in(text):
    plain = unicodedata.normalize("NFKC", text)
    for found in NUMBER_INSIDE.finditer(plain):
        digits = re.sub("[^0-9]", "", found.group().translate(contacts.DIGITS_MEANT))
        yield found.group(), re.sub("^(00)?440?(?=[1-9])", "0", digits)


def _emails_in(text):
    for found in INSIDE.finditer(unicodedata.normalize("NFKC", text)):
        plain = re.sub(r" ?[([]at[)\]] ?| at ", "@", found.group())
        plain = re.sub(r" ?[([]dot[)\]] ?| dot ", ".", plain)
        if contacts.email(plain) is None and ("@" in found.group() or plain != found.group().replace(" at ", "@") or re.search(r"\.(uk|com|org|net)$", plain)):
            yield found.group(), plain


def _in_a_note(text):
    """What is wrong with a note or a source: somebody's own number or e-mail address."""
    if any(contacts.is_somebodys(plain) for _, plain in _emails_in(text)):
        yield problems.email_in_a_note()
    if any(contacts.is_mobile(digits) and len(digits) == MOBILE_DIGITS for _, digits in _numbers_in(text)):
        yield problems.number_in_a_note()


def _contact_inside(entry, path, text):
    """A number or an address inside a text for readers: it belongs into a contact, where it is checked and can be pressed."""
    for found, _ in _emails_in(text):
        yield entry.problem(path, problems.contact_in_a_text(found, "email"))
    if entry.kind == "provider" and LINK_INSIDE.search(text):
        yield entry.problem(path, problems.contact_in_a_text(LINK_INSIDE.search(text).group(), "web_form"))
    for found, digits in _numbers_in(text):
        if contacts.PREMIUM.match(digits):
            yield entry.problem(path, problems.premium_number(found))
        elif contacts.is_mobile(digits):
            yield entry.problem(path, problems.contact_in_a_text(found, "phone"))
        elif contacts.number("phone", digits):
            yield entry.problem(path, contacts.number("phone", digits))
    wrong = NO_EMERGENCY_NUMBER.search(text)
    if wrong:
        yield entry.problem(path, problems.no_emergency_number(wrong[1]))


def _note(contact):
    """Whether an editor's note says anything: a word or two explain nothing."""
    return len(values.text(contact.get("editor_note")).split()) >= FEWEST_WORDS


def notes_owed(entry):
    """Contacts that look like a person's, or that belong to another house than the website: a note must say why they are right."""
    website = values.text(entry.data.get("website"))
    own = " ".join([values.text(entry.data.get("name")), *values.texts(entry.data.get("also_known_as"))])
    for path, contact, _ in values.contacts(entry):
        kind, value = contact.get("type"), values.text(contact.get("value"))
        if _note(contact) or not isinstance(kind, str):
            continue
        words = None
        if kind == "email":
            words = whose_email(value, website, "editor_note", own)
        elif kind in contacts.WEB_TYPES and not contacts.web(value) and website and not contacts.web(website) and not contacts.same_site(value, website):
            words = problems.site_of_another_house(value, contacts.host_of(website))
        elif kind in contacts.NUMBER_TYPES and contacts.is_mobile(value) and not contacts.number(kind, value):
            words = problems.mobile_number(value)
        if words:
            yield entry.problem((*path, "value"), words)


def whose_email(address, website, where, own=""):
    """What a note in `where` has to explain about an e-mail address that is right in itself, as (says, fix), or None."""
    if contacts.email(address):
        return None
    if contacts.is_somebodys(address, own):
        return problems.somebodys_email(address, where)
    if website and not contacts.web(website) and not contacts.same_house(address, website):
        return problems.email_of_another_house(address, contacts.host_of(website), where)
    return None
