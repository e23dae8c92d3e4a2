"""Builds what the search page loads: what is needed for a first answer, and files that come after it or when they are wanted.

- search/first.<fingerprint>.json, with the first answer: the table of topics for English, crime types, pages and areas, the places, the words
  of danger, the names of providers (unless they are many), the services to ring first.
- search/listings/<part>.<fingerprint>.json: the listings of one area, once somebody has named it, and ("all") the rest (parts.py).
- search/languages.<fingerprint>.json, after it: the table of topics for other languages.
- search/names.<fingerprint>.json, after it: the names of providers, where they are many.
- search/texts/<part>.<fingerprint>.json, after it: what the services of a part do, and a lunr index of it.

Words are folded here and in theme/static/js/words.js in the same way, before lunr sees them; lunr's own pipelines stay empty (indexing.py).
"""
import hashlib
import json

from . import addresses, indexing, parts, phone, topics, understanding
from .folding import words
from .places import places, postcodes

# How much a match in each field counts, and how little the length of a text counts.
BOOSTS = {"name": 3, "text": 1}
LENGTH_COUNTS = 0.4
LISTINGS = "listings/"  # how the names of files with the listings of a part begin

MOST_NAMES_FIRST = 300  # providers: where there are more, a first answer does not wait for their names


def answers(directory):
    """Directory -> the things that can be found, but for providers and areas: (kind, slug, title, note, address), and for a crime type whom to
    ring first. The note of a page of words comes after the first answer. The rows of areas are made by the page (loading.js), which knows their names.
    """
    for crime in directory.crime_types:
        yield "crime-type", crime.slug, crime.title, crime.description, addresses.help_page(crime.slug), crime.ring_first
    for page in directory.written_pages:
        yield "page", page.slug, page.title, "", addresses.written_page(page.slug)


def names(directory):
    """Directory -> a row for each provider, open or not: slug, name, whether it is open, its other names as folded words
    (short ones, former ones, those of its services), the parts that its open services are in.
    """
    homes = {}
    for part in parts.names(directory):
        for listing in parts.of(directory, part):
            homes.setdefault(listing.provider.slug, []).append(part)
    for provider in directory.providers:
        name = words(provider.name)
        said = [words(other) for other in (*provider.also_known_as, *(service.name for service in provider.services))]
        # Whoever says the whole of a name has said it, unless it is a single word.
        others = dict.fromkeys(" ".join(other) for other in said if len(name) < 2 or not set(name) <= set(other))
        yield provider.slug, provider.name, int(provider.is_open), list(others), list(dict.fromkeys(homes.get(provider.slug, ())))


def index(listings):
    """A lunr index over the names and texts of some listings' providers."""
    texts = {}
    for listing in listings:
        slug, name = listing.provider.slug, listing.provider.name
        texts.setdefault((slug, name), [listing.provider.about]).append(listing.service.summary)
    documents = [(slug, {"name": words(name), "text": [word for text in said for word in words(text)]}) for (slug, name), said in texts.items()]
    return indexing.index(documents, BOOSTS, LENGTH_COUNTS)


def build(directory):
    """Directory -> {name: (file name with its content's fingerprint, JSON text)}. The page knows those of "first" and "languages"; they know the others."""
    at_first = parts.keys_at_first(directory)
    found = dict(file for part in parts.names(directory) for file in of_part(directory, part, at_first))
    found |= dict(for_every_part(directory, fingerprints(found)))
    return {name: (path, found[path]) for name, path in names_of(found).items()}


def fingerprints(paths):
    """The paths of a site's files -> {part: fingerprint of its listings}."""
    return {name.removeprefix(LISTINGS): fingerprint(path) for name, path in names_of(paths).items() if name.startswith(LISTINGS)}


def of_part(directory, part, at_first):
    """Directory, part, what parts.keys_at_first gives -> (path, text) of its two files. Nothing is kept, so that any process can make any part."""
    found = parts.of(directory, part)
    path, text = _file(f"texts/{part}", _texts(directory, part, found))
    yield path, text
    rest = parts.rows(directory, [listing for listing in found if listing.key not in at_first])
    yield _file(LISTINGS + part, {"listings": rest, "texts": fingerprint(path)})


def for_every_part(directory, fingerprints):
    """Directory, {part: fingerprint of its listings} -> (path, text) of the files that there are once."""
    known = list(names(directory))
    english, foreign = understanding.tables(directory)
    yield _file("languages", topics.packed(foreign, understanding.together(english, foreign)))
    found = first(directory, topics.packed(english), fingerprints, parts.rows(directory, parts.first_to_ring(directory)))
    if len(known) <= MOST_NAMES_FIRST:
        found["names"] = known
    else:
        path, text = _file("names", known)
        found["namesLater"] = fingerprint(path)
        yield path, text
    yield _file("first", found)


def names_of(paths):
    """The paths of a site's files -> {name: path} of those of the search, the names as `build` gives them."""
    return {path.removeprefix("search/").rsplit(".", 2)[0]: path for path in paths if path.startswith("search/") and path.endswith(".json")}


def _texts(directory, part, rows):
    """What is shown of a part after the first answer, by the key of a listing or the slug of a page of words
    with the part that everybody loads comes what listings can be narrowed by."""
    notes = {page.slug: [page.description] for page in directory.written_pages} if part == parts.WIDE else {}
    found = {"more": parts.more(rows) | notes} | ({"index": index(rows)} if rows else {})
    return found | ({"filters": parts.filters(directory)} if part == parts.WIDE else {})


def first(directory, table, fingerprints, listings):
    """What a first answer needs. `fingerprints`: {part: that of the file with its listings}; `listings`: the rows of those to ring first."""
    by_code, by_sector = postcodes(directory)
    return {
        "answers": [list(answer) for answer in answers(directory)],
        "topics": table, "shortForms": directory.short_forms, "discounts": understanding.DISCOUNTS,
        "places": places(directory), "outward": by_code, "sectors": by_sector,
        "areas": {area.slug: area.name for area in directory.areas}, "areaName": directory.site.area_name,
        "danger": [" ".join(map("/".join, slots)) for slots in understanding.danger(directory)],
        "asked": [[slug, " ".join(map("/".join, slots))] for slug, slots in understanding.asked(directory)], "notSure": directory.site.not_sure,
        "parts": fingerprints, "listings": listings,
        "costs": phone.COSTS, "bankHolidays": {"until": directory.bank_holidays.until, "days": directory.bank_holidays.days},
    }


def _file(name, data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"search/{name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text


def fingerprint(path):
    """The fingerprint in the path of a file."""
    return path.split(".")[-2]
