"""A listing with everything worked out that its card shows: buttons, costs, facts in words, how far it is to be trusted."""
import datetime
import functools
import itertools
from dataclasses import dataclass
from typing import NamedTuple

from . import addresses, freshness, phone, wording
from .addresses import Link
from .dates import earliest_day, latest_day
from .directory import Service


@dataclass(frozen=True, slots=True)
class Button:
    """One way to get in touch. `kind` is the contact's type; `number` is shown large where there is one; `about` is what to know before.
    `href` is "" where there is nothing to press: for a place to visit, and for an address that must not become a link.

    `cost` says what the call costs and shows; of neighbours that cost the same only the last one has it.
    """

    kind: str
    verb: str
    number: str
    href: str
    about: str = ""
    detail: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Contacts that share the same evidence: `trust` is "" where it is that of the whole card."""

    buttons: tuple
    trust: str
    unsure: bool


@dataclass(frozen=True, eq=False, slots=True)
class Card:
    """A listing with everything worked out. There is one for each listing, so a card equals only itself.

    `who` says whom it is for; `hours` stand beside the number, so `facts` leaves both out.
    `main` is the one contact that a row shows; `main_checked`, `main_trust` and `main_unsure` are its evidence, or the
    service's where it has none. `paid`: who pays, where it is known until when. `aged` is what a reader must know first of a listing that is old, or "".
    """

    key: str
    name: str
    address: str
    summary: str
    who: str
    facts: tuple
    reach: tuple
    main: Button | None
    main_checked: str
    main_trust: str
    main_unsure: bool
    hours: str
    website: Link | None
    checked: str
    trust: str
    unsure: bool
    aged: str
    is_open: bool
    wrong: str
    service: Service
    paid: str = ""


class Short(NamedTuple):
    """What one line shows of a listing: its name, its main contact (or None) with its evidence, and what a reader must know first of an old one, or ""."""

    name: str
    main: Button | None
    trust: str
    unsure: bool
    aged: str


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
        detail, href = wording.website(value), addresses.outside(value)
    about = " ".join(wording.sentence(said) for said in (contact.label, contact.note, wording.hours(contact.hours)) if said)
    cost = _cost(contact)
    return Button(kind, verb, number, href, about, detail, "" if next_contact and _cost(next_contact) == cost else cost)


def card(listing, today=None):
    """Listing, and the day by which facts are old (None: none is) -> Card."""
    provider, service = listing.provider, listing.service
    line = short(listing, today)
    evidence = _evidence_of(service, today, line.aged)
    trust, unsure = evidence(service)
    groups = []
    for (said, is_warning), contacts in itertools.groupby(service.contacts, key=evidence):
        contacts = list(contacts)
        groups.append(Reach(tuple(map(button, contacts, [*contacts[1:], None])), "" if said == trust else said, is_warning))
    website = Link(wording.website(provider.website), provider.website, note=_website_note(provider, trust)) if addresses.outside(provider.website) else None
    return Card(
        key=listing.key,
        name=line.name,
        address=addresses.provider(provider.slug),
        summary=service.summary,
        who=" ".join(filter(None, (wording.who_for(service), wording.by_and_for(service)))),
        facts=tuple(_facts(service)),
        reach=tuple(groups),
        main=line.main,
        main_checked=(service.main_contact or service).checked.date,
        main_trust=line.trust,
        main_unsure=line.unsure,
        hours=wording.hours(service.hours),
        website=website,
        checked=service.checked.date,
        trust=trust,
        unsure=unsure,
        aged=line.aged,
        is_open=service.is_open,
        wrong=addresses.update(provider.slug),
        service=service,
        paid=paid(service, today) if today else "",
    )


def short(listing, today=None):
    """Listing, and the day by which facts are old (None: none is) -> Short."""
    service = listing.service
    main, said_first = service.main_contact, aged(service, today) if today else ""
    trust, unsure = _evidence_of(service, today, said_first)(main or service)
    return Short(card_name(listing.provider, service), button(main) if main else None, trust, unsure, said_first)


def aged(service, today):
    """What a reader must know first of a service that nobody could check for a year or more, or ""."""
    state = freshness.state(service, today)
    return wording.aged(freshness.shown(service), state == freshness.LAST, service.crisis_line) if state in (freshness.BANNER, freshness.LAST) else ""


def paid(service, today):
    """Who pays for a service and until when, or "" where no contract runs today. Of several, the one that is known to run longest.

    A contract without a known end may have ended unseen, so its sentence says that the end is not known.
    """
    running = [contract for contract in service.commissioned if freshness.contract(contract, today) == freshness.RUNNING]
    last = max(running, key=lambda contract: latest_day(contract.until) or datetime.date.min, default=None)
    if not last:
        return ""
    if latest_day(last.until):
        return f"Paid for by the {last.by} until {wording.date(last.until)}."
    since = f" since {wording.date(last.since)}" if earliest_day(last.since) else ""
    return f"Paid for by the {last.by}{since}. {wording.NO_END}"


def card_name(provider, service):
    """The provider's name, with the service's where that says more: "Catch22: County Lines Support"."""
    whole, part = provider.name.casefold(), service.name.casefold()
    if whole in part:
        return service.name
    if part in whole or len(provider.services) == 1:
        return provider.name
    return f"{provider.name}: {service.name}"


def _evidence_of(service, today, said_first):
    """How `_evidence` is asked about a service and its contacts. Where its age is said first, that is enough."""
    return functools.partial(_evidence, confirmed=service.confirmed_with_provider, today=None if said_first else today)


def _evidence(fact, confirmed, today):
    """How far a contact or a service is to be trusted: (in words, whether that is a warning: only lists say so, or it is old)."""
    is_amber = bool(today) and freshness.is_amber(freshness.evidence(fact.checked, confirmed), today)
    return wording.trust(fact.checked, confirmed, is_amber), is_amber or (fact.checked.confidence == "likely" and not confirmed)


def _cost(contact):
    if contact.type == "text":
        return phone.TEXT
    return phone.what_a_call_shows(contact.value) if contact.type in ("phone", "textphone") else ""


def _website_note(provider, trust):
    """Said beside a web address that only lists name, where the rest of the card is better known."""
    likely = provider.website_checked.confidence == "likely" and not provider.confirmed_with_provider
    return "(Address found in public lists.)" if likely and wording.trust(provider.website_checked) != trust else ""


def _facts(service):
    """What else a card says, in words. What is not known is left out here and said once a page."""
    there, _, _ = wording.access(service)
    rows = (
        ("Help", wording.kinds_of_help(service)),
        ("When you get in touch", wording.on_contact(service.on_contact)),
        ("How to start", wording.referral(service) if service.referral_note or not service.contacts else ""),
        ("Cost", {"free": "Free.", "costs money": "It costs money."}.get(service.cost, "")),
        ("Police", {"no": "You do not have to tell the police first.", "yes": "You must have told the police first."}.get(service.needs_police_report, "")),
        ("Access", " ".join(filter(None, (wording.sentence(wording.listed(there)) if there else "", service.access_note)))),
    )
    return ((label, text) for label, text in rows if text)
