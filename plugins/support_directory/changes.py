"""What changes for the public between two states of the directory, in plain sentences for somebody who has never seen the files.

A change of any phone number, e-mail or web address says by which old contact an editor makes sure of it (safety requirement 41).
"""
import dataclasses
import difflib
import itertools
import re
from dataclasses import dataclass, fields, replace

from . import cards, commissioning, performance, start, wording
from .directory import ALL, EDITORS_ONLY, FORCE_WIDE, NATIONAL, Checked, InLanguage, Provider, WhoFor

NEW, GONE, CHANGED = "new", "taken off", "changed"
KINDS = ("provider", "crime-type", "area", "page", "news", "site", "accessibility", "search", "search-phrases", "bank-holidays", "start",
         "commissioning", "performance", "monitoring")
SHORT, PIECE_AROUND, MOST_PIECES, LONGEST_SHOWN, MOST_LISTED, MOST_COMPARED = 200, 4, 6, 500, 8, 5000
CONTACTS = {"phone": "phone", "text": "text number", "textphone": "textphone", "bsl_video": "sign language video", "whatsapp": "WhatsApp",
            "email": "e-mail", "web_chat": "chat", "web_form": "form on the web", "address": "address"}
# How an editor asks through a contact that readers had before.
ASK = {"phone": "ring the old number, {},", "text": "send a text to the old number, {},", "textphone": "ring the old textphone number, {},",
       "whatsapp": "write to the old WhatsApp number, {},", "email": "write to the old address, {},", "address": "write to the old address, {},"}
ASK_ON_THE_WEB = "ask through the old web address, {},"
# What counts as a contact inside a text: numbers that can be dialled, e-mail and web addresses.
# No part of it is without a bound: anybody can propose a text, of any kind (tests/test_changes.py).
OF_AN_ADDRESS = r"[^\s<>()\[\]\"“”,;@]"
IN_TEXT = re.compile(OF_AN_ADDRESS + r"{1,64}@" + OF_AN_ADDRESS + r"{0,200}\w"
                     r"|(?:(?:https?|tel|sms|mailto):|www\.)[^\s<>()\[\]\"“”]{1,300}[\w/]"
                     r"|\b(?:[\w-]{1,63}\.){1,5}(?:uk|org|com|net|info|help|co|io|me|app|wales|scot)\b(?:/[^\s<>()\[\]\"“”,;]{0,300}\w)?"
                     r"|(?<![\w+])(?:\+\d|0\d)(?:[ -]?\d){5,13}(?!\w)|\b(?:999|101|105|111|112|119|159|116 ?\d{3}|1800\d(?: \d{1,13})?|[5-8]\d{4})\b")
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}")
LABELS = {
    "about": "about them", "also_known_as": "other names, for the search", "charity_number": "charity number", "company_number": "company number",
    "in_other_languages": "phrases in other languages, for the search", "do_now": "what you can do now", "emergency": "in an emergency",
    "ring_first": "whom the search says to ring first", "related": "something else as well", "extra_safety": "extra care for safety",
    "links": "read more elsewhere", "gss": "ONS code", "nearby": "near the edge", "postcodes": "postcodes", "body": "text",
    "review_due": "to be read again", "discreet_name": "name in the browser's tab", "area_name": "name of the whole area", "stage": "draft or live",
    "opcc": "the office", "hub": "the one place to ring", "crisis_line": "crisis line", "first_for_any_crime": "first for any crime",
    "safeguarding_children": "whom to tell when a child is not safe", "safeguarding_adults": "whom to tell when an adult is not safe",
    "exit_target": "where “Leave this site” leads", "line": "line beside it", "ways": "ways", "crime_type_groups": "groups of crime types",
    "crime_type_order": "order of crime types", "not_sure": "page for “not sure”", "footer": "foot of every page", "attributions": "whom to thank",
    "security_txt_expires": "security contact valid until", "short_forms": "short forms", "phrases": "phrases", "danger": "words of danger",
    "not_accessible": "not accessible", "mend_by": "to be mended by", "own_tests": "what our programs test", "tested": "tested by people",
    "BankHolidays.until": "complete until", "days": "days", "group": "group", "slug": "short name", "Figure.counts": "what it counts",
    "not_published": "what we do not have", "Fact.means": "what it means",
}
# Lists whose rows are told apart by one field: what changes in a row is said of that row, by the name that readers see.
ROWS = {performance.Figure: ("slug", "label"), performance.Unpublished: ("what", "what"), performance.Section: ("title", "title"),
        performance.Fact: ("figure", "figure"), commissioning.PaidService: ("name", "name"), commissioning.Figure: ("means", "figure"),
        start.Question: ("slug", "question"), start.Answer: ("text", "text")}
NOT_IN_A_ROW = {"slug", "checked"}
ROW_NAMES = ("name", "slug", "value", "what", "figure")  # what tells the rows of a list in an entry apart, whatever its kind
NAMED = {"ring_first", "related", "hub", "crisis_line", "first_for_any_crime", "safeguarding_children", "safeguarding_adults", "crime_type_order", "not_sure",
         "footer", "instead_use"}


@dataclass(frozen=True)
class Change:
    """One sentence on what changes. `careful`: what an editor does before it goes out, or ""."""

    text: str
    careful: str = ""


@dataclass(frozen=True)
class Group:
    """All that changes for one provider, crime type, area or page, or for the site. `state` is NEW, GONE or CHANGED."""

    kind: str
    slug: str
    name: str
    state: str
    changes: tuple


def between(base, head, base_entries=(), head_entries=()):
    """Two Directories -> their differences as a tuple of Groups, providers first, sorted by name.

    The entries that they were built from (kind, slug, data) tell of what never reaches a Directory: notes for editors and maintainers.
    """
    names = _names(base) | _names(head)
    found = [*_each("provider", base.providers, head.providers, lambda noun: noun.name, _provider_changes, names),
             *_each("crime-type", base.crime_types, head.crime_types, lambda noun: noun.title, _noun_changes, names),
             *_each("area", base.areas, head.areas, lambda noun: noun.name, _noun_changes, names),
             *_each("page", base.written_pages, head.written_pages, lambda noun: noun.title, _noun_changes, names),
             *_each("news", base.news, head.news, lambda noun: noun.title, _noun_changes, names),
             *_each("commissioning", base.commissioning, head.commissioning, lambda noun: f"Services of {noun.title}", _noun_changes, names),
             *_each("performance", base.performance, head.performance, lambda noun: f"Figures: {noun.title}", _noun_changes, names),
             Group("monitoring", "monitoring", "How we are doing", CHANGED, tuple(_monitoring(base.monitoring, head.monitoring, names))),
             Group("site", "site", "The site as a whole", CHANGED, tuple(_noun_changes(base.site, head.site, names))),
             Group("accessibility", "accessibility", "The accessibility statement", CHANGED, tuple(_statement(base.accessibility, head.accessibility, names))),
             Group("search", "search", "The search", CHANGED, (*_in_list("short forms", _short_forms(base), _short_forms(head)),
                                                              *_in_list("words of danger", base.danger, head.danger))),
             Group("search-phrases", "search-phrases", "Phrases for the search", CHANGED,
                   tuple(_in_list("phrases", _phrases(base, names), _phrases(head, names)))),
             Group("bank-holidays", "bank-holidays", "Bank holidays", CHANGED, tuple(_noun_changes(base.bank_holidays, head.bank_holidays, names))),
             Group("start", "start", "Step by step to the right help", CHANGED, tuple(_steps(base.start, head.start, names)))]
    notes = _notes(base_entries, head_entries)
    groups = [replace(group, changes=(*group.changes, *notes.get((group.kind, group.slug), ()))) for group in found]
    unseen = {entry: (Change("Something changes here that readers do not see."),) for entry in _differing(base_entries, head_entries)}
    groups = [replace(group, changes=tuple(map(_as_sentence, group.changes))) for group in groups]
    groups = [group if group.changes else replace(group, changes=unseen.get((group.kind, group.slug), ())) for group in groups]
    return tuple(sorted((group for group in groups if group.changes), key=lambda group: (KINDS.index(group.kind), group.name.casefold(), group.slug)))


def _statement(old, new, names):
    """What the accessibility statement says otherwise; a site without one has nothing to compare."""
    return _noun_changes(old, new, names) if old or new else ()


def _steps(old, new, names):
    """What changes in the questions that lead to help. They come and go as a whole, too."""
    if old and new:
        yield from _noun_changes(old, new, names)
    elif old or new:
        yield Change("New: questions that lead to the right page of help, one a page." if new else "Taken off: there are no such questions any more.")


def _monitoring(old, new, names):
    """What changes beside the figures of periods. It comes and goes as a whole, too."""
    if old and new:
        yield from _noun_changes(old, new, names)
    elif old or new:
        yield Change("New: how services are monitored, beside the figures." if new else "Taken off: the page no longer says how services are monitored.")


def _as_sentence(change):
    """The change with a capital letter first, and one full stop where a quotation ends with its own."""
    text = change.text[:1].upper() + change.text[1:]
    return replace(change, text=text.replace(".”.", ".”").replace("?”.", "?”").replace("!”.", "!”"))


def careful(groups):
    """How many changes an editor has to make sure of."""
    return sum(bool(change.careful) for group in groups for change in group.changes)


def _each(kind, old, new, name, differences, names):
    """A Group for each noun of a kind that is in either state."""
    before, after = ({noun.slug: noun for noun in nouns} for nouns in (old, new))
    for slug in sorted(before.keys() | after.keys()):
        if slug not in before:
            yield Group(kind, slug, name(after[slug]), NEW, tuple(_of_new(after[slug], names, old)))
        elif slug not in after:
            yield Group(kind, slug, name(before[slug]), GONE, tuple(_of_gone(before[slug], new)))
        else:
            yield Group(kind, slug, name(after[slug]), CHANGED, tuple(differences(before[slug], after[slug], names)))


def _names(directory):
    """{slug or key: name} of whatever another entry can name."""
    rows = [(noun.slug, noun.title) for noun in (*directory.crime_types, *directory.written_pages)]
    rows += [(area.slug, area.name) for area in directory.areas] + [("", directory.site.area_name)]
    rows += [(provider.slug, provider.name) for provider in directory.providers]
    return dict(rows) | {listing.key: cards.card_name(listing.provider, listing.service) for listing in directory.every_listing}


def _short_forms(directory):
    return tuple(f"{typed} = {means}" for typed, means in directory.short_forms.items())


def _phrases(directory, names):
    return tuple(f"{typed} → {names.get(finds, finds)}" for typed, finds in directory.phrases)


# ---- what is new, and what is gone

def _of_new(noun, names, others):
    """What a new provider, crime type, area or page brings."""
    same = next((other for other in others if _title(other) == _title(noun)), None)
    if same:
        yield Change(f"It has the same name as an entry that was there before (“{same.slug}”). If that one goes, readers' bookmarks of its page go with it.")
    if not isinstance(noun, Provider):
        yield Change(f"New: {_in_short(noun)}")
        yield from (change for change in _noun_changes(_empty(noun), noun, names) if change.careful)
        return
    yield Change(f"New provider: {noun.about}")
    if noun.website:
        yield Change(f"Website: {noun.website}.", "New contact: find it in another place than this proposal to make sure that it is theirs.")
    yield from itertools.chain.from_iterable(_of_new_service(service, names, "") for service in noun.services)


def _in_short(noun):
    """What a crime type, area, page, year or period says of itself in a sentence or two."""
    said = next((getattr(noun, name) for name in ("description", "introduction", "summary") if getattr(noun, name, "")), "")
    return said or wording.listed(noun.places)


def _of_new_service(service, names, ask):
    """What a new service brings. `ask`: how to ask its provider, where readers had a contact before."""
    state = "" if service.is_open else f" It is {service.status.state}."
    helps = f"It helps with {_helps_with(service.crime_types, names)}, {_where(service.coverage, names)}."
    yield Change(f"New service: {service.name}: {wording.sentence(service.summary)} {helps}{state}")
    who, times = wording.who_for(service), wording.hours(service.hours)
    yield from (Change(f"{service.name}: {said}") for said in (who and f"for: {who}", times and f"open: {times}") if said)
    for contact in service.contacts:
        how = ask or "find it in another place than this proposal"
        yield Change(f"{service.name}: {_kind(contact)} {contact.value}{_more(contact)}.", f"New contact: {how} to make sure that it is theirs.")


def _of_gone(noun, others):
    """What goes with an entry that is taken off."""
    moved = next((other for other in others if _title(other) == _title(noun)), None)
    where = f" The same name now stands in “{moved.slug}”: its page has a new address, and the old one leads nowhere." if moved else ""
    if isinstance(noun, Provider):
        ask = _ask_them(noun)
        yield Change(f"Taken off: it is in no list and has no page any more.{where}", f"Taken off: {ask} to make sure that it is right." if ask else "")
    else:
        yield Change(f"Taken off: it has no page any more.{where}")


def _title(noun):
    return (getattr(noun, "name", "") or noun.title).casefold()


def _empty(noun):
    """A noun of the same kind that says nothing."""
    nothing = {str: str, tuple: tuple}
    return replace(noun, **{field.name: nothing.get(type(getattr(noun, field.name)), lambda: None)() for field in fields(noun)})


# ---- providers

def _provider_changes(old, new, names):
    """What changes for one provider."""
    checked = (old.checked, new.checked)
    confirmed = (old.confirmed_with_provider, new.confirmed_with_provider)
    yield from _text("name", old.name, new.name)
    yield from _text("about them", old.about, new.about)
    if old.website != new.website:
        yield from _flagged(_text("website", old.website, new.website), _contact_changed("web", old.website) if old.website else _added(_ask_them(old)))
    for label in ("also_known_as", "charity_number", "company_number"):
        yield from _differences(LABELS[label], getattr(old, label), getattr(new, label), names)
    yield from _evidence("evidence", *checked)
    if (old.website_checked, new.website_checked) != checked:
        yield from _evidence("evidence of the website", old.website_checked, new.website_checked)
    yield from _confirmed(*confirmed)
    before, after = ({service.slug: service for service in provider.services} for provider in (old, new))
    many = len(before.keys() | after.keys()) > 1
    for slug in [*before, *(slug for slug in after if slug not in before)]:
        if slug not in after:
            ask = _ask_first(before[slug].contacts, _ask_them(old))
            said = f"No longer offers: {before[slug].name}. It is in no list any more."
            yield Change(said, f"Taken off: {ask} to make sure that it is right." if ask else "")
        elif slug not in before:
            yield from _of_new_service(after[slug], names, _ask_them(old))
        else:
            prefix = f"{after[slug].name}: " if many else ""
            for change in _service_changes(before[slug], after[slug], names, _ask_them(old), checked, confirmed):
                yield replace(change, text=prefix + change.text)
    if list(before) != list(after) and before.keys() == after.keys():
        yield Change(f"Its services stand in another order: {wording.listed(service.name for service in new.services)}.")


def _service_changes(old, new, names, ask, above, confirmed_above):
    """What changes for one service. `ask`: how to ask its provider; `above`: the provider's evidence before and after, said already."""
    for names_of_fields, speak in SERVICE:
        if all(getattr(old, field) == getattr(new, field) for field in names_of_fields):
            continue
        said = list(speak(old, new, names, ask))
        yield from said or [Change(f"{names_of_fields[0].replace('_', ' ')}: something changes that no page shows.")]
    for change in _contacts(old, new, ask):
        yield replace(change, careful=f"{change.careful} This is a crisis line.") if change.careful and (old.crisis_line or new.crisis_line) else change
    if (old.checked, new.checked) != above:
        yield from _evidence("evidence", old.checked, new.checked)
    if (old.confirmed_with_provider, new.confirmed_with_provider) != confirmed_above:
        yield from _confirmed(old.confirmed_with_provider, new.confirmed_with_provider)


def _of_field(label, field):
    """A speaker for one field of a service: a text or a list."""
    return (field,), lambda old, new, names, ask: _differences(label, getattr(old, field), getattr(new, field), names)


def _who_for(old, new, names, ask):
    """For whom it is: in the words of the page, and where the provider's own words hide the rest, the rest too."""
    yield from _text("for", _people(old), _people(new))
    if old.who_for != new.who_for and (old.eligibility or new.eligibility):
        yield from _text("for whom, as the lists can be narrowed", _people(replace(old, eligibility="")), _people(replace(new, eligibility="")))


def _people(service):
    return " ".join(filter(None, (wording.who_for(service), wording.by_and_for(service)))) if service.who_for != WhoFor() or service.eligibility else ""


def _kinds(old, new, names, ask):
    yield from _in_list("kinds of help", *(tuple(wording.KINDS_OF_HELP.get(kind, (kind,))[0] for kind in service.kinds_of_help) for service in (old, new)))


def _crime_types(old, new, names, ask):
    return _come_and_go(old.crime_types, new.crime_types, names, _helps_with, ("now helps with", "now also helps with", "no longer helps with"))


def _coverage(old, new, names, ask):
    return _come_and_go(old.coverage, new.coverage, names, _where, ("now", "now also in", "no longer in"))


def _come_and_go(old, new, names, whole, words):
    """Two lists of slugs, or a word that stands for all of them: then both are said whole. `words` go before the whole, what came and what went."""
    now, added, lost = words
    if isinstance(old, str) or isinstance(new, str):
        yield Change(f"{now} {whole(new, names)} (before: {whole(old, names)}).")
        return
    for said, slugs in zip((added, lost), _apart(old, new), strict=True):
        if slugs:
            yield Change(f"{said} {_listed_names(slugs, names)}.")


def _hours(old, new, names, ask):
    yield from _text("open", wording.hours(old.hours), wording.hours(new.hours))
    yield from _evidence("evidence of the hours", old.hours and old.hours.checked, new.hours and new.hours.checked)


def _referral(old, new, names, ask):
    yield from _text("how to start", wording.referral(old), wording.referral(new))
    if old.referral_routes != new.referral_routes and (old.referral_note or new.referral_note):
        yield from _in_list("who can make the first contact", old.referral_routes, new.referral_routes)


def _status(old, new, names, ask):
    status = new.status
    if old.status.state != status.state:
        since = f" since {wording.date(status.since)}" if status.since else ""
        instead = f" Its page sends people to: {_listed_names(status.instead_use, names)}." if status.instead_use else ""
        words = {"open": "open again: it is back in the lists.", "paused": f"paused{since}: {status.note or 'it is in no list for now.'}",
                 "closed": f"closed{since}: {status.note or 'it is in no list any more.'}"}[status.state]
        asked, what = _ask_first(old.contacts, ask), "Open again" if status.state == "open" else "Out of the lists"
        yield Change(words.rstrip(".") + "." + instead, f"{what}: {asked} to make sure." if asked else "")
        return
    yield from _text("why it is not open", old.status.note, status.note)
    yield from _text("not open since", old.status.since, status.since)
    yield from _in_list("to use instead", _as_names(old.status.instead_use, names), _as_names(status.instead_use, names))


def _secret(old, new, names, ask):
    if new.confidential_location:
        yield Change("its place is now marked as secret: nothing may say where it is.")
    else:
        yield Change("its place is no longer marked as secret.", "Never publish where a refuge is: ask them before this goes out.")


def _crisis(old, new, names, ask):
    yield Change("now counts as a crisis line, to be confirmed first." if new.crisis_line else "no longer counts as a crisis line.")


def _paid_for(old, new, names, ask):
    yield from _in_list("paid for by", *(tuple(map(wording.commissioned, service.commissioned)) for service in (old, new)))


def _on_contact(old, new, names, ask):
    yield from _text("when you get in touch", wording.on_contact(old.on_contact), wording.on_contact(new.on_contact))


# What is said of a service, in this order: the fields, and who speaks of them. Contacts and evidence follow below them.
SERVICE = (
    (("status",), _status), _of_field("name", "name"), _of_field("what they do", "summary"), (("crime_types",), _crime_types), (("coverage",), _coverage),
    (("who_for", "eligibility"), _who_for), _of_field("cost of the help", "cost"), _of_field("whether the police must know first", "needs_police_report"),
    (("referral_routes", "referral_note"), _referral), (("hours",), _hours), _of_field("languages", "languages"),
    *(_of_field(said, field) for field, said in wording.ACCESS), _of_field("access", "access_note"), (("on_contact",), _on_contact),
    (("confidential_location",), _secret), (("crisis_line",), _crisis), (("commissioned",), _paid_for), (("kinds_of_help",), _kinds),
)
SPOKEN_OF = {field for names, _ in SERVICE for field in names} | {"slug", "contacts", "checked", "confirmed_with_provider"}


def _helps_with(crime_types, names):
    return "any crime" if crime_types == ALL else _listed_names(crime_types, names)


def _where(coverage, names):
    words = {FORCE_WIDE: f"anywhere in {names['']}", NATIONAL: "anywhere in the UK"}
    return words[coverage] if isinstance(coverage, str) else f"in {_listed_names(coverage, names)}"


def _as_names(slugs, names):
    return tuple(names.get(slug, slug) for slug in slugs)


def _listed_names(slugs, names):
    return wording.listed(_as_names(slugs, names))


# ---- contacts

def _contacts(old, new, ask):
    """What changes in the ways to get in touch: each is held against the one that it replaces, of the same kind."""
    before, after = list(old.contacts), list(new.contacts)
    pairs = [(a, b) for a, b in _paired(before, after) if a != b]
    for a, b in pairs:
        if not a:
            yield Change(f"new {_kind(b)} {b.value}{_more(b)}.", _added(_ask_first(old.contacts, ask)))
        elif not b:
            yield Change(f"{_kind(a)} {a.value} is taken off.", f"Contact taken off: {_ask_by((a,))} to make sure that it has ended.")
        elif (a.type, a.value, a.message) != (b.type, b.value, b.message):
            message = f" (with the word {b.message})" if a.message != b.message and b.message else ""
            yield Change(f"{_kind(a)} {a.value} becomes {'' if a.type == b.type else _kind(b) + ' '}{b.value}{message}.", _contact_changed(a.type, a.value))
        if a and b:
            yield from _beside(a, b, old, new)
    if not pairs and before != after:
        yield Change(f"the first way to get in touch is now {_kind(after[0])} {after[0].value} (before: {_kind(before[0])} {before[0].value})."
                     if before[0] != after[0] else "the ways to get in touch stand in another order.")


def _beside(a, b, old, new):
    """What changes beside one contact: its label, its note, its hours, its evidence."""
    what = f"{_kind(b)} {b.value}"
    yield from _text(f"{what}: what it is for", a.label, b.label)
    yield from _text(f"{what}: note", a.note, b.note)
    yield from _text(f"{what}: open", wording.hours(a.hours), wording.hours(b.hours))
    if (a.checked, b.checked) != (old.checked, new.checked):
        yield from _evidence(f"{what}: evidence", a.checked, b.checked)
    if a.hours and b.hours and a.hours.checked != b.hours.checked:
        yield from _evidence(f"{what}: evidence of the hours", a.hours.checked, b.hours.checked)


def _paired(before, after):
    """Contacts before and after -> pairs (old, new): equal ones, then those with the same value, then those of the same kind; None stands for none."""
    before, after, pairs = list(before), list(after), []
    for same in (lambda a, b: a == b, lambda a, b: (a.type, a.value) == (b.type, b.value), lambda a, b: (a.type, a.label) == (b.type, b.label),
                 lambda a, b: a.type == b.type):
        for a in tuple(before):
            b = next((b for b in after if same(a, b)), None)
            if b:
                pairs.append((a, b))
                before.remove(a)
                after.remove(b)
    return [*pairs, *((a, None) for a in before), *((None, b) for b in after)]


def _kind(contact):
    return CONTACTS[contact.type]


def _more(contact):
    message = contact.message and f"text the word {contact.message}"
    said = [wording.sentence(part) for part in (contact.label, message, contact.note, wording.hours(contact.hours)) if part]
    return f" ({' '.join(said)})" if said else ""


def _contact_changed(kind, value):
    return f"Contact changed: {ASK.get(kind, ASK_ON_THE_WEB).format(value)} to make sure."


def _added(ask):
    return f"Contact added: {ask} to make sure that it is theirs." if ask else (
        "Contact added: find it in another place than this proposal to make sure that it is theirs.")


def _ask_by(contacts):
    """How to ask through the best of some contacts that readers have now, or "" where there is none."""
    best = sorted(contacts, key=lambda contact: list(CONTACTS).index(contact.type) if contact.type in ("phone", "email") else len(CONTACTS))
    return ASK.get(best[0].type, ASK_ON_THE_WEB).format(best[0].value) if best else ""


def _ask_first(contacts, ask):
    """How to ask through a service's own number or e-mail; where it has none, as its provider can be asked; else through whatever it has."""
    return _ask_by([contact for contact in contacts if contact.type in ("phone", "email")]) or ask or _ask_by(contacts)


def _ask_them(provider):
    """How to ask a provider through what readers have now, or ""."""
    contacts = [contact for service in provider.services for contact in service.contacts]
    return _ask_by(contacts) or (ASK_ON_THE_WEB.format(provider.website) if provider.website else "")


# ---- evidence

def _evidence(label, old, new):
    """What changes in where a fact comes from. A web address there is no contact."""
    if old != new:
        said = " becomes ".join(_source(checked) for checked in (old, new))
        yield Change(f"{label}: {said}.")


def _source(checked):
    if not isinstance(checked, Checked):
        return "none of its own"
    when = "date not known" if checked.date == wording.UNKNOWN else wording.date(checked.date)
    return f"“{checked.source}” ({when}{', found in lists only' if checked.confidence == 'likely' else ''})"


def _confirmed(old, new):
    if old != new and new:
        yield Change(f"confirmed with them on {wording.date(new.date)} ({new.how}).")
    elif old != new:
        yield Change(f"no longer counts as confirmed with them (it was, on {wording.date(old.date)}).")


# ---- any noun

def _noun_changes(old, new, names, within=""):
    """What changes in a crime type, an area, a page, the site: field by field."""
    for field in fields(new or old):
        a, b = (getattr(noun, field.name, None) for noun in (old, new))
        if a == b:
            continue
        label = within + _label(type(new or old).__name__, field.name)
        if field.name in NAMED:
            yield from _in_names(label, *((value,) if isinstance(value, str) else value or () for value in (a, b)), names)
            continue
        yield from list(_differences(label, a, b, names)) or [Change(f"{label}: changed, but not in words.")]


def _label(noun, field):
    """What a field is called to somebody who has never seen the files."""
    return LABELS.get(f"{noun}.{field}") or LABELS.get(field, field.replace("_", " "))


def _differences(label, old, new, names):
    """Two values of one field -> Changes, whatever the field holds."""
    if old == new:
        return
    some = new if new not in (None, "") else old
    if isinstance(some, Checked):
        yield from _evidence(label if "evidence" in label else label.replace("checked", "evidence"), old, new)
    elif isinstance(some, dict):
        yield from _in_table(label, old or {}, new or {})
    elif isinstance(some, tuple) and some and isinstance(some[0], InLanguage):
        yield from _in_languages(label, old or (), new or ())
    elif isinstance(some, tuple) and some and type(some[0]) in ROWS:
        yield from _in_rows(label, old or (), new or (), names)
    elif isinstance(some, tuple):
        yield from _in_list(label, tuple(map(_words, old or ())), tuple(map(_words, new or ())))
    elif dataclasses.is_dataclass(some):
        yield from _noun_changes(old or None, new or None, names, f"{label}, ")
    elif isinstance(some, bool):
        yield Change(f"{label}: {'yes' if new else 'no'} (before: {'yes' if old else 'no'}).")
    else:
        yield from _text(label, old or "", new or "")


def _in_rows(label, old, new, names):
    """Two lists of nouns of ROWS -> what changes in each row; which rows came and went, without where they come from: that is no contact."""
    key, name = ROWS[type((old or new)[0])]
    before, after = ({getattr(row, key): row for row in rows} for rows in (old, new))
    if len(before) < len(old) or len(after) < len(new):  # two rows of one name, as two facts that are both called 5
        yield from _in_list(label, tuple(map(_row, old)), tuple(map(_row, new)))
        return
    added, lost = _apart(list(before), list(after))
    renamed = list(zip(lost, added, strict=True)) if len(added) == len(lost) == 1 else []
    for a, b in (*((slug, slug) for slug in before if slug in after), *renamed):
        yield from _noun_changes(before[a], after[b], names, f"{getattr(before[a], name)}, ")
    if not renamed and (added or lost):
        yield from _in_list(label, tuple(_row(before[slug]) for slug in lost), tuple(_row(after[slug]) for slug in added))
    if list(before) != list(after) and before.keys() == after.keys():
        yield Change(f"{label}: the same, in another order: {_listed(_quoted(getattr(row, name)) for row in after.values())}.")


def _row(noun):
    """A row of such a list as a text, with the rows within it."""
    if isinstance(noun, str):
        return noun
    values = (getattr(noun, field.name) for field in fields(noun) if field.name not in NOT_IN_A_ROW)
    return " – ".join(value if isinstance(value, str) else " – ".join(map(_row, value)) for value in values if value)


def _words(item):
    """One item of a list as text: a text as it is, a noun as the texts that it holds."""
    if not dataclasses.is_dataclass(item):
        return str(item)
    values = (getattr(item, field.name) for field in fields(item))
    return " – ".join(value if isinstance(value, str) else _source(value) if isinstance(value, Checked) else str(value) for value in values if value)


def _in_languages(label, old, new):
    before, after = ({row.code: row for row in rows} for rows in (old, new))
    for code in sorted(before.keys() | after.keys()):
        a, b = before.get(code), after.get(code)
        yield from _in_list(f"{label}: {(b or a).language}", a.phrases if a else (), b.phrases if b else ())
        if a and b and (a.reviewed, a.language) != (b.reviewed, b.language):
            yield from _text(f"{label}: {b.language}: read by somebody who speaks it", f"{a.language}, {a.reviewed}", f"{b.language}, {b.reviewed}")
    if list(before) != list(after) and before.keys() == after.keys():
        yield Change(f"{label}: the same, in another order.")


def _in_table(label, old, new):
    """Two tables of counts, such as an area's postcodes."""
    added, lost = _apart(old, new)
    other = [key for key in old if key in new and old[key] != new[key]]
    rows = (("new", added), ("taken off", lost), ("with another count", other))
    said = [f"{len(keys)} {words} ({_listed(keys)})" for words, keys in rows if keys]
    yield Change(f"{label}: {'; '.join(said) or 'the same, in another order'}.")


def _in_list(label, old, new):
    """Two lists of texts -> what is added, what is taken off; where one takes the place of one, both."""
    added, lost = _apart(old, new)
    if len(added) == len(lost) == 1:
        yield from _text(label, lost[0], added[0])
        return
    if added:
        yield _with_contacts(f"{label}: now also {_listed(map(_quoted, added))}.", "", " ; ".join(added))
    if lost:
        yield _with_contacts(f"{label}: no longer {_listed(map(_quoted, lost))}.", " ; ".join(lost), "")
    if old != new and not added and not lost:
        yield Change(f"{label}: the same, in another order: {_listed(map(_quoted, new))}.")


def _in_names(label, old, new, names):
    """Two lists of names of other entries, in their order -> what is added, what is taken off, whether the order changed."""
    added, lost = (_as_names(filter(None, slugs), names) for slugs in _apart(old, new))
    kept = [[slug for slug in one if slug in other] for one, other in ((old, new), (new, old))]
    said = [f"now also {_listed(added)}" if lost or old != ("",) else f"now {_listed(added)}"] if added else []
    said += [f"no longer {_listed(lost)}"] if lost else []
    said += [f"now in this order: {_listed(_as_names(new, names))}"] if kept[0] != kept[1] else []
    yield Change(f"{label}: {'; '.join(said)}.")


def _listed(words):
    """Some words in a sentence, cut after the first few."""
    words = list(words)
    return wording.listed(words if len(words) <= MOST_LISTED else [*words[:MOST_LISTED], f"{len(words) - MOST_LISTED} more"])


def _apart(old, new):
    """What is only in the new one, and what is only in the old one, in their order."""
    return [item for item in new if item not in old], [item for item in old if item not in new]


# ---- texts

def _text(label, old, new):
    """What changes in one text: old and new where they are short, the changed pieces where they are long."""
    if old == new:
        return
    if not old or not new:
        said = f"{label}: now says {_quoted(new)}." if new else f"{label}: no longer says {_quoted(old)}."
    elif max(len(old), len(new)) <= SHORT:
        said = f"{label}: {_quoted(old)} becomes {_quoted(new)}."
    else:
        said = f"{label}: {_pieces(old, new)}."
    yield _with_contacts(said, old, new)


def _quoted(text):
    """A text between quotation marks, on one line, cut where it is very long."""
    if DAY.fullmatch(text):
        return wording.date(text)
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= LONGEST_SHOWN else f"“{text[:LONGEST_SHOWN].rsplit(' ', 1)[0]} ...” ({len(text.split())} words)"


def _pieces(old, new):
    """Two long texts -> the pieces that differ, with a few words around each so that they can be found."""
    a, b = old.split(), new.split()
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    end = next((n for n, (x, y) in enumerate(zip(reversed(a[start:]), reversed(b[start:]), strict=False)) if x != y), min(len(a), len(b)) - start)
    first, last = max(0, start - PIECE_AROUND), max(0, end - PIECE_AROUND)
    a, b = a[first:len(a) - last], b[first:len(b) - last]
    if len(a) + len(b) > MOST_COMPARED:  # comparing takes long, and nobody reads that here
        return f"{_quoted(' '.join(a))} becomes {_quoted(' '.join(b))}"
    runs = difflib.SequenceMatcher(None, a, b).get_grouped_opcodes(PIECE_AROUND)
    pairs = [(" ".join(a[run[0][1]:run[-1][2]]), " ".join(b[run[0][3]:run[-1][4]])) for run in runs]
    said = [f"{_quoted(before)} becomes {_quoted(after)}" for before, after in pairs]
    if not said:
        return "only its spaces and line breaks change"
    more = [f"and {len(said) - MOST_PIECES} more places"] if len(said) > MOST_PIECES else []
    return "; ".join((*said[:MOST_PIECES], *more))


def contacts_in(text):
    """Every number that can be dialled, e-mail and web address inside a text, in their order."""
    return tuple(dict.fromkeys(IN_TEXT.findall(text)))


def _with_contacts(said, old, new):
    """A Change that is flagged where the numbers or addresses in a text are others now."""
    added, lost = _apart(contacts_in(old), contacts_in(new))
    if not added and not lost:
        return Change(said)
    if not lost:
        return Change(said, f"Contact added: make sure of {wording.listed(added)} in another place than this proposal.")
    how = f"ask by the old one{'' if len(lost) == 1 else 's'}, {wording.listed(lost)},"
    replaced = added or (new and lost == [old])
    return Change(said, f"Contact {'changed' if replaced else 'taken off'}: {how} to make sure.")


def _flagged(changes, words):
    return (replace(change, careful=words) for change in changes)


# ---- what only editors see

def _notes(base_entries, head_entries):
    """{(kind, slug): Changes} of what only editors see: that it changed, not what it says."""
    before, after = ({(entry.kind, entry.slug): dict(_for_editors(entry.data)) for entry in entries} for entries in (base_entries, head_entries))
    found = {}
    for key in before.keys() & after.keys():
        a, b = before[key], after[key]
        places = [place for place in dict.fromkeys((*a, *b)) if a.get(place) != b.get(place)]
        found[key] = tuple(map(Change, dict.fromkeys(_note(place, a.get(place), b.get(place)) for place in places)))
    for key in after.keys() - before.keys():
        found[key] = tuple(Change(_note(place, None, value)) for place, value in after[key].items() if place[-1] == "maintainers")
    return found


def _note(place, old, new):
    where = f"{place[0]}: " if len(place) > 1 and place[0] else ""
    verb = "is new" if old is None else "is taken off" if new is None else "changes"
    if place[-1] == "maintainers":
        return f"who may look after this entry changes: {_ids(old)} becomes {_ids(new)}. Readers do not see it."
    return f"{where}a note for editors {verb}. Readers do not see it."


def _ids(value):
    return wording.listed(map(str, value)) if isinstance(value, (list, tuple)) and value else "nobody"


def _for_editors(value, place=()):
    """What only editors see in an entry, as (place, value); a place in a list is named after what stands there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in EDITORS_ONLY or (key == "note" and place[-1:] == ("checked",)):
                yield (*place, key), inner
            else:
                yield from _for_editors(inner, place if key in ("services", "contacts") else (*place, key))
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _for_editors(item, (*place, next((str(item[name]) for name in ROW_NAMES if item.get(name)), "")))


def _differing(base_entries, head_entries):
    """(kind, slug) of the entries in both states that hold something else now."""
    before = {(entry.kind, entry.slug): entry.data for entry in base_entries}
    return [(entry.kind, entry.slug) for entry in head_entries if before.get((entry.kind, entry.slug), entry.data) != entry.data]
