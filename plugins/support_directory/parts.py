"""The listings as the search loads them: those to ring first, a part for each area, and one for whatever else helps beyond a single area.

A listing of some areas stands in the part of each of them. So a reader in one area loads three small parts, however many areas there are.
"""
from . import cards, opening, phone, wording
from .directory import every_listing

MOST_AT_FIRST = 60  # listings that come with the first answer
WIDE = "all"  # the part of what is force-wide or national; no area can be called that (files.RESERVED)

# How listings can be narrowed: the filters' headings, each with what can be chosen there and its words.
PEOPLE = {"women": "Women", "men": "Men"} | {group: wording.GROUPS[group][:1].upper() + wording.GROUPS[group][1:] for group in wording.GROUPS}
PEOPLE_BY_GENDER = {"women": ("women",), "men": ("men",), "women-and-children": ("women", "children")}
KINDS = {kind: f"{words[:1].upper()}{words[1:]} ({more})" for kind, (words, more) in wording.KINDS_OF_HELP.items()}
LANGUAGES = {"bsl": "British Sign Language (BSL)", "interpreters": "Has interpreters"}
WAYS = {"phone": "Phone", "text": "Text message", "whatsapp": "WhatsApp", "web_chat": "Online chat", "email": "E-mail", "web_form": "Online form",
        "bsl_video": "Sign language video", "textphone": "Textphone", "address": "Go there"}
MONEY_AND_POLICE = {"free": "Free", "no-police-report": "No police report needed"}


def names(directory):
    """Directory -> the names of all parts."""
    return [WIDE, *(area.slug for area in directory.areas)]


def of(directory, part):
    """Directory, name of a part -> its open listings, in the directory's order."""
    found = directory.listings(area=None if part == WIDE else part)
    return found.force_wide + found.national if part == WIDE else found.local


def first_to_ring(directory):
    """Directory -> the listings that an answer can name as the first to ring, each once, in the order of the parts."""
    keys = keys_at_first(directory)
    return tuple({listing.key: listing for part in names(directory) for listing in of(directory, part) if listing.key in keys}.values())


def keys_at_first(directory):
    """Directory -> the keys of those listings. Where they are many, those of single areas come with their parts instead."""
    chosen = {*directory.site.first_for_any_crime, *(key for crime_type in directory.crime_types for key in crime_type.ring_first)}
    slugs = {key.split("/")[0] for key in chosen}
    listings = every_listing(provider for provider in directory.providers if provider.slug in slugs)
    found = {listing.key: listing.service for listing in listings if listing.key in chosen and listing.service.is_open and listing.service.main_contact}
    return {key for key, service in found.items() if len(found) <= MOST_AT_FIRST or isinstance(service.coverage, str)}


def rows(directory, listings):
    """Listings -> the rows that the search loads, each: key, name, its main way to get in touch, opening times in words and packed (opening.py),
    for whom, evidence, whether that is a warning, crime types ("all" or slugs), reach ("force-wide", "national" or areas),
    its place among the first for any crime (-1: none), its place among its provider's; and of an old one what must be known first, and whether it
    stands behind its neighbours.
    """
    first = directory.site.first_for_any_crime
    return [_row(directory, listing, first.index(listing.key) if listing.key in first else -1) for listing in listings]


def _row(directory, listing, first):
    card, service = cards.short(listing, directory.today), listing.service
    main, times, nth = card.main, _times_of_main(service), [one.slug for one in listing.provider.services].index(service.slug)
    contact = [main.kind, main.verb, main.number, main.detail, main.href, main.about, *([phone.COSTS.index(main.cost)] if main.cost else [])] if main else None
    return [listing.key, card.name, contact, wording.hours(times), opening.packed(times), wording.who_for(service), card.trust, card.unsure,
            service.crime_types, service.coverage, first, nth,
            *([card.aged, directory.is_last(listing)] if card.aged else [])]


def _times_of_main(service):
    """When the way to get in touch that a row shows is answered: its own hours where it has some."""
    main = service.main_contact
    return main.hours if main and main.hours else service.hours


def tags(service):
    """Service -> what the filters ask for and it offers, as far as that is known."""
    people = (*PEOPLE_BY_GENDER.get(service.who_for.gender, ()), *service.who_for.groups, *service.who_for.by_and_for)
    languages = [f"speaks {language}" for language in service.languages]
    ways = [contact.type for contact in service.contacts]
    languages += [name for name, there in (("bsl", service.bsl == "yes" or "bsl_video" in ways), ("interpreters", service.interpreters == "yes")) if there]
    more = [name for name, there in (("free", service.cost == "free"), ("no-police-report", service.needs_police_report == "no")) if there]
    return list(dict.fromkeys((*service.kinds_of_help, *people, *languages, *ways, *more)))


def filters(directory):
    """Directory -> [(heading, [(tag, its words)])] of what at least one open listing offers."""
    offered = {tag for listing in directory.every_listing if listing.service.is_open for tag in tags(listing.service)}
    spoken = {tag: tag.removeprefix("speaks ") for tag in sorted(offered) if tag.startswith("speaks ")}
    every = (("Kind of help", KINDS), ("Made for", PEOPLE), ("Language", LANGUAGES | spoken), ("How to get in touch", WAYS),
             ("Money and police", MONEY_AND_POLICE))
    found = [(heading, [[tag, words] for tag, words in choices.items() if tag in offered]) for heading, choices in every]
    return [[heading, choices] for heading, choices in found if choices]


def more(listings):
    """Listings -> {key: (what it does, its tags)}, which come after the first answer."""
    return {listing.key: (listing.service.summary, tags(listing.service)) for listing in listings}
