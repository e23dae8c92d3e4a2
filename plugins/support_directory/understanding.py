"""What the search makes of somebody's words: what they are about, and whether they are words of danger.

The search page does the same in theme/static/js/search.js; here it is for the tables that the page loads, for editors and for tests.
"""
import re

from . import places, topics
from .folding import words

# Answers that would catch whatever is said in many words; a little is taken from each (measured on left-out phrases).
DISCOUNTS = {"not-sure": 0.4, "emergency": 0.4, "reporting-a-crime": 0.24}
GAP = 2  # words that may stand between two words of danger
ASKED_AT = 2  # answers that may stand before a page that was asked for in its own words (asked_as)
LONGEST_ASKED = 10  # words: whoever says more tells what happened, and that comes first
MOST_FIRST = 3  # what a phrase must find has to be among so many


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
    known = topics.learn(english(directory), directory.short_forms, places={place for place in places.places(directory) if " " not in place})
    foreign = topics.learn(other_languages(directory), {}, most_pairs=0)
    return topics.lightened(known), topics.Table(foreign.answers, {word: row for word, row in foreign.words.items() if word not in known.words}, {})


def together(known, foreign):
    """The two tables -> the one that the search page ranks by once it has both."""
    return topics.Table(known.answers, known.words | foreign.words, known.pairs)


def danger_patterns(directory):
    """The editors' patterns of danger. Where they gave none, the phrases of the page called emergency stand for them."""
    phrases = (phrase for page in directory.written_pages if page.slug == "emergency" for phrase in page.also_known_as)
    return directory.danger or [" ".join(re.findall(r"\w+", phrase.lower())) for phrase in phrases]


def danger(directory):
    """The patterns of danger, each as a list of slots, each slot the words of which one must be there."""
    return [_slots(pattern, directory.short_forms) for pattern in danger_patterns(directory)]


def asked(directory):
    """Directory -> [(slug of a page, one of its patterns)], a pattern as those of danger, in the order of the pages."""
    return [(page.slug, _slots(pattern, directory.short_forms)) for page in directory.written_pages for pattern in page.asked_as]


def _slots(pattern, short_forms):
    return [_slot(slot, short_forms) for slot in pattern.split(" ")]


def _slot(choices, short_forms):
    return sorted({word for choice in choices.split("/") for word in words(choice, short_forms)})


class Understanding:
    """What the search page will make of somebody's words, once it has loaded everything (theme/static/js/search.js does the same)."""

    def __init__(self, directory):
        whole = together(*tables(directory))
        self.short_forms, self.patterns = directory.short_forms, list(zip(danger_patterns(directory), danger(directory), strict=True))
        self.weighing = topics.Weighing(whole, directory.short_forms, DISCOUNTS)
        self.pages, self.not_sure = asked(directory), directory.site.not_sure

    def about(self, text):
        """Text -> [(answer, score, {feature: its share})], the best first."""
        return self.weighing.rank(text)

    def asked(self, text):
        """The page of which one asked_as stands in a short text, or ""."""
        said = words(text, self.short_forms)
        return next((slug for slug, slots in self.pages if len(said) <= LONGEST_ASKED and _stands(slots, said)), "")

    def answers(self, text):
        """Text -> the answers, the best first. A page that was asked for comes third at the latest, and never before a crime that comes first."""
        likely, page = [row[0] for row in topics.near(self.about(text))], self.asked(text)
        if not page:
            return likely
        place = 0 if likely[:1] in ([], [self.not_sure]) else ASKED_AT
        return [*likely[:place], page, *likely[place:]]

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


def lost_phrases(directory, understood):
    """Sentences about the phrases of content/search-phrases.yaml whose answer is not among the first three."""
    for typed, finds in directory.phrases:
        first = understood.answers(typed)[:MOST_FIRST]
        if finds not in first and not (finds == "emergency" and understood.danger(typed)):
            yield f'"{typed}" no longer finds {finds}. It finds {", ".join(first) or "nothing"} instead.'
