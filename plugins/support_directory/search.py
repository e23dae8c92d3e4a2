"""Builds what the search page loads: what is needed for a first answer, and two files that come after it.

- search/first.<fingerprint>.json: the table of topics for English, the answers, the places, the names of providers, the words of danger.
- search/languages.<fingerprint>.json: the same kind of table for other languages.
- search/texts.<fingerprint>.json: what providers say they do: a note each, and a lunr index.

Words are folded here and in theme/static/js/words.js in the same way, before lunr sees them, because lunr.py 0.8.0 and
lunr.js 2.3.9 stem and trim differently; lunr's own pipelines stay empty on both sides.
"""
import hashlib
import json
import re

from lunr.builder import Builder

from . import addresses, topics
from .folding import words

# The pages of words that answer "what happened" as crime types do.
TOPIC_PAGES = ("emergency", "reporting-a-crime", "going-to-court", "compensation", "restorative-justice")
# Answers that would catch whatever is said in many words; a little is taken from each (measured on left-out phrases).
DISCOUNTS = {"not-sure": 0.4, "emergency": 0.4, "reporting-a-crime": 0.24}
# How much a match in each field counts, and how little the length of a text counts.
BOOSTS = {"name": 3, "text": 1}
LENGTH_COUNTS = 0.4
GAP = 2  # words that may stand between two words of danger
MOST_FIRST = 3  # what a phrase must find has to be among so many


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


def topic_answers(directory):
    """What the words of somebody can be about: crime types, and pages with phrases of their own."""
    return (*directory.crime_types, *(page for page in directory.written_pages if page.also_known_as))


def english(directory):
    """Directory -> {answer: its English phrases}; its title is one of them."""
    return {answer.slug: (answer.title, *answer.also_known_as) for answer in topic_answers(directory)}


def other_languages(directory):
    """Directory -> {answer: its phrases in other languages}."""
    return {answer.slug: tuple(phrase for language in answer.in_other_languages for phrase in language.phrases) for answer in topic_answers(directory)}


def tables(directory):
    """Directory -> (the table for English, the table for other languages). A word that English phrases use says nothing of a foreign one."""
    known = topics.learn(english(directory), directory.short_forms)
    foreign = topics.learn(other_languages(directory), {}, most_pairs=0)
    return topics.lightened(known), topics.Table(foreign.answers, {word: row for word, row in foreign.words.items() if word not in known.words}, {})


class Understanding:
    """What the search page will make of somebody's words, once it has loaded everything (theme/static/js/search.js does the same)."""

    def __init__(self, directory):
        known, foreign = tables(directory)
        whole = topics.Table(known.answers, known.words | foreign.words, known.pairs)
        self.short_forms, self.patterns = directory.short_forms, list(zip(danger_patterns(directory), danger(directory), strict=True))
        self.weighing = topics.Weighing(whole, directory.short_forms, DISCOUNTS)

    def about(self, text):
        """Text -> [(answer, score, {feature: its share})], the best first."""
        return self.weighing.rank(text)

    def danger(self, text):
        """The editors' pattern that the text holds, "emergency" where the text is about that more than about anything else, or ""."""
        said = words(text, self.short_forms)
        pattern = next((pattern for pattern, slots in self.patterns if _stands(slots, said)), "")
        rows = [] if pattern else self.about(text)
        return pattern or (rows[0][0] if rows and rows[0][0] == "emergency" else "")


def _stands(slots, said, slot=0, start=0):
    """Whether words of danger stand in a text, in order, with at most GAP others between two of them."""
    if slot == len(slots):
        return True
    end = len(said) if slot == 0 else min(len(said), start + GAP + 1)
    return any(said[at] in slots[slot] and _stands(slots, said, slot + 1, at + 1) for at in range(start, end))


def lost_phrases(directory, understanding):
    """Sentences about the phrases of content/search-phrases.yaml whose answer is not among the first three."""
    for typed, finds in directory.phrases:
        first = [row[0] for row in understanding.about(typed)[:MOST_FIRST]]
        if finds not in first and not (finds == "emergency" and understanding.danger(typed)):
            yield f'"{typed}" no longer finds {finds}. It finds {", ".join(first) or "nothing"} instead.'


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
    """(outward code -> shares, sector -> shares where they differ from those of a code that lies in two areas).

    Shares: [(area, per cent of the code's postcodes)], the largest first, two at most; less than one in a hundred is left out.
    """
    outward, sectors = {}, {}
    for area in directory.areas:
        for sector, count in (area.postcodes or {}).items():
            counts = outward.setdefault(_outward(sector), {})
            counts[area.slug] = counts.get(area.slug, 0) + count
            sectors.setdefault(sector, {})[area.slug] = count
    by_code = {code: _shares(counts) for code, counts in sorted(outward.items())}
    by_sector = {sector: _shares(counts) for sector, counts in sorted(sectors.items())}
    return by_code, {sector: shares for sector, shares in by_sector.items() if shares != by_code[_outward(sector)] and len(by_code[_outward(sector)]) > 1}


def _outward(sector):
    return sector.split(" ")[0]


def _shares(counts):
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:2]
    return [[slug, 100 * count // sum(counts.values())] for slug, count in rows if 100 * count >= sum(counts.values())]


def danger_patterns(directory):
    """The editors' patterns of danger. Where they gave none, the phrases of the page called emergency stand for them."""
    phrases = (phrase for page in directory.written_pages if page.slug == "emergency" for phrase in page.also_known_as)
    return directory.danger or [" ".join(re.findall(r"\w+", phrase.lower())) for phrase in phrases]


def danger(directory):
    """The patterns of danger, each as a list of slots, each slot the words of which one must be there."""
    return [[_slot(slot, directory.short_forms) for slot in pattern.split(" ")] for pattern in danger_patterns(directory)]


def _slot(choices, short_forms):
    return sorted({word for choice in choices.split("/") for word in words(choice, short_forms)})


def build(directory):
    """Directory -> {"first", "languages" and "texts": (file name with its content's fingerprint, JSON text)}."""
    by_code, by_sector = postcodes(directory)
    known, foreign = tables(directory)
    first = {
        "answers": [list(answer) for answer in answers(directory)],
        "topics": topics.packed(known), "shortForms": directory.short_forms, "discounts": DISCOUNTS,
        "places": places(directory), "outward": by_code, "sectors": by_sector,
        "areas": {area.slug: area.name for area in directory.areas}, "areaName": directory.site.area_name,
        "names": [list(row) for row in names(directory)],
        "danger": danger(directory), "notSure": directory.site.not_sure,
    }
    files = {"first": first, "languages": topics.packed(foreign), "texts": {"index": index(directory), "notes": notes(directory)}}
    return {name: _file(name, data) for name, data in files.items()}


def _file(name, data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"search/{name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text
