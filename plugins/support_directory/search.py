"""Builds what the search page loads: what is needed for a first answer, and two files that come after it.

- search/first.<fingerprint>.json: the table of topics for English, the answers, the places, the names of providers, the words of danger.
- search/languages.<fingerprint>.json: the same kind of table for other languages.
- search/texts.<fingerprint>.json: what providers say they do: a note each, and a lunr index.

Words are folded here and in theme/static/js/words.js in the same way, before lunr sees them, because lunr.py 0.8.0 and
lunr.js 2.3.9 stem and trim differently; lunr's own pipelines stay empty on both sides.
"""
import hashlib
import json

from lunr.builder import Builder

from . import addresses, topics, understanding
from .folding import words
from .places import places, postcodes

# How much a match in each field counts, and how little the length of a text counts.
BOOSTS = {"name": 3, "text": 1}
LENGTH_COUNTS = 0.4


def answers(directory):
    """Directory -> the things that can be found: (kind, slug, title, note, address). The notes of open providers come later (`notes`)."""
    for crime in directory.crime_types:
        yield "crime-type", crime.slug, crime.title, crime.description, addresses.help_page(crime.slug)
    for page in directory.written_pages:
        yield "page", page.slug, page.title, page.description, addresses.written_page(page.slug)
    for area in directory.areas:
        yield "area", area.slug, f"Help in {area.name}", f"Who helps after a crime in {area.name}.", addresses.area(area.slug)
    for provider in directory.providers:
        note = "" if provider.is_open else "This service is not open now. The page says what to use instead."
        yield "provider", provider.slug, provider.name, note, addresses.provider(provider.slug)


def names(directory):
    """Directory -> [(slug, [its other names as folded words])] of every provider, open or not: short ones, former ones, those of its services."""
    for provider in directory.providers:
        said = dict.fromkeys(" ".join(words(name)) for name in (*provider.also_known_as, *(service.name for service in provider.services)))
        yield provider.slug, [name for name in said if name != " ".join(words(provider.name))]


def index(directory):
    """A lunr index over the names and texts of open providers, as lunr.js reads it. Empty pipelines: the words are ready."""
    builder = Builder()
    builder.ref("id")
    for name, boost in BOOSTS.items():
        builder.field(name, boost=boost)
    builder.b(LENGTH_COUNTS)
    for provider in directory.providers:
        texts = (provider.about, *(service.summary for service in provider.services)) if provider.is_open else ()
        builder.add({"id": provider.slug, "name": words(provider.name), "text": [word for text in texts for word in words(text)]})
    return builder.build().serialize()


def notes(directory):
    """Directory -> {slug: what an open provider does}; those who are not open say so with the first answer."""
    return {provider.slug: provider.services[0].summary for provider in directory.providers if provider.is_open}


def build(directory):
    """Directory -> {"first", "languages" and "texts": (file name with its content's fingerprint, JSON text)}."""
    by_code, by_sector = postcodes(directory)
    known, foreign = understanding.tables(directory)
    first = {
        "answers": [list(answer) for answer in answers(directory)],
        "topics": topics.packed(known), "shortForms": directory.short_forms, "discounts": understanding.DISCOUNTS,
        "places": places(directory), "outward": by_code, "sectors": by_sector,
        "areas": {area.slug: area.name for area in directory.areas}, "areaName": directory.site.area_name,
        "names": [list(row) for row in names(directory)],
        "danger": understanding.danger(directory), "notSure": directory.site.not_sure,
    }
    files = {"first": first, "languages": topics.packed(foreign), "texts": {"index": index(directory), "notes": notes(directory)}}
    return {name: _file(name, data) for name, data in files.items()}


def _file(name, data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"search/{name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text
