"""Builds what the search page loads: one JSON file with a lunr index, the answers, the places and the words of danger.

Words are folded and stemmed here and in theme/static/js/words.js in the same way, before lunr sees them, because
lunr.py 0.8.0 and lunr.js 2.3.9 stem and trim differently; lunr's own pipelines stay empty on both sides.
"""
import functools
import hashlib
import json
import re
import unicodedata

from lunr.builder import Builder

from . import addresses

APOSTROPHES = re.compile("['’‘`´]")
MARKS = re.compile("[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")
DOUBLED = re.compile(r"([b-df-hjkmnp-rtvwx])\1$")  # not ll, ss, zz, nor vowels
# How much a match in each field counts, and how little the length of a text counts (measured on real questions).
BOOSTS = {"name": 3, "words": 2, "text": 1}
LENGTH_COUNTS = 0.4


def words(text):
    """Text -> its words as the index holds them: small letters, no accents or apostrophes, each stemmed."""
    folded = MARKS.sub("", unicodedata.normalize("NFKD", APOSTROPHES.sub("", text))).lower()
    return [stem(word) for word in WORD.findall(folded)]


@functools.cache
def stem(word):
    """A word without its commonest English endings. Light on purpose: two languages have to agree on it."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = DOUBLED.sub(r"\1", word[:-3])
    elif len(word) > 4 and word.endswith("ed"):
        word = DOUBLED.sub(r"\1", word[:-2])
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _all_words(*texts):
    return [word for text in texts for word in words(text)]


def documents(directory):
    """Directory -> the things that can be found: (kind, slug, title, note, address, its words by field)."""
    for crime in directory.crime_types:
        yield ("crime-type", crime.slug, crime.title, crime.description, addresses.help_page(crime.slug),
               {"name": _all_words(crime.title), "words": _all_words(*crime.also_known_as), "text": _all_words(crime.description)})
    for page in directory.written_pages:
        yield ("page", page.slug, page.title, page.description, addresses.written_page(page.slug),
               {"name": _all_words(page.title), "words": _all_words(*page.also_known_as), "text": _all_words(page.description)})
    for area in directory.areas:
        yield ("area", area.slug, f"Help in {area.name}", f"Who helps after a crime in {area.name}.", addresses.area(area.slug),
               {"name": _all_words(area.name), "words": _all_words(*area.places), "text": []})
    for provider in directory.providers:
        summary = provider.services[0].summary if provider.is_open else "This service is not open now. The page says what to use instead."
        names = (provider.name, *provider.also_known_as, *(service.name for service in provider.services))
        texts = (provider.about, *(service.summary for service in provider.services)) if provider.is_open else ()
        yield ("provider", provider.slug, provider.name, summary, addresses.provider(provider.slug),
               {"name": _all_words(*names), "words": [], "text": _all_words(*texts)})


def index(found):
    """Documents -> a lunr index as lunr.js reads it. Empty pipelines: the words are ready."""
    builder = Builder()
    builder.ref("id")
    for name, boost in BOOSTS.items():
        builder.field(name, boost=boost)
    builder.b(LENGTH_COUNTS)
    for number, document in enumerate(found):
        builder.add({"id": str(number), **document[-1]})
    return builder.build().serialize()


def places(directory):
    """Area names and places, as the index folds them -> the area's slug."""
    found = {}
    for area in directory.areas:
        for place in (*area.places, area.name):
            found[" ".join(words(re.sub(r"\(.*?\)", "", place)))] = area.slug
    for area in directory.areas:  # an area's own name wins over a place of the same name elsewhere
        found[" ".join(words(area.name))] = area.slug
    return found


def postcodes(directory):
    """(outward code -> area that holds most of it, sector -> area where that differs from its outward code's)."""
    outward, sectors = {}, {}
    for area in directory.areas:
        for sector, count in (area.postcodes or {}).items():
            code = sector.split(" ")[0]
            outward.setdefault(code, {}).setdefault(area.slug, 0)
            outward[code][area.slug] += count
            sectors.setdefault(sector, {})[area.slug] = count
    by_code = {code: _most(counts) for code, counts in sorted(outward.items())}
    by_sector = {sector: _most(counts) for sector, counts in sorted(sectors.items())}
    return by_code, {sector: area for sector, area in by_sector.items() if area != by_code[sector.split(" ")[0]]}


def _most(counts):
    return min(counts, key=lambda slug: (-counts[slug], slug))


def danger(directory):
    """The phrases that bring the emergency panel: those of the page called emergency, as the index folds them."""
    return sorted({" ".join(words(phrase)) for page in directory.written_pages if page.slug == "emergency" for phrase in page.also_known_as})


def build(directory):
    """Directory -> (file name with its content's fingerprint, JSON text)."""
    found = list(documents(directory))
    by_code, by_sector = postcodes(directory)
    data = {
        "documents": [list(document[:-1]) for document in found],
        "places": places(directory), "outward": by_code, "sectors": by_sector,
        "areas": {area.slug: area.name for area in directory.areas},
        "danger": danger(directory), "notSure": directory.site.not_sure,
        "index": index(found),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"search/index.{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text
