"""How hard the site's own words are to read (safety requirement 20): the length of sentences, and the reading age of a text.

    python3 tests/reading.py    prints the reading age of each page, the hardest first, with its three hardest sentences

Names and terms of the glossary are left out: nobody can make them shorter, and what a term means is one link away.
"""
import datetime
import re
import sys
import warnings
from pathlib import Path

import markdown

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import textstat

from support_directory import check, directory, glossary, pages, statement  # noqa: E402

MOST_WORDS = 25
# Years: the Flesch-Kincaid grade (a school year of the United States) plus five. Nine to ten is what we aim at.
AIM, OLDEST_READER = 10, 12
SHORTEST_PAGE = 100  # words: the formula says little about less
HARDEST = 3
WORD = re.compile(r"[\w'’-]+")


def project():
    """The project's own directory."""
    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 25))
    assert problems == [], problems
    return directory.build(entries)


def texts(found):
    """Our own texts, as (where, text): pages of words, articles, the accessibility statement, the questions, the words of each crime type."""
    for folder, page in (*(("pages", page) for page in found.written_pages), *(("news", article) for article in found.news)):
        html = markdown.markdown(page.body, extensions=["tables"])
        blocks = re.sub(r"</(p|li|h\d|td|th)>", ".\n", re.sub(r"([.!?:])</(p|li|h\d|td|th)>", r"\1\n", html))
        yield f"content/{folder}/{page.slug}.md", re.sub(r"&\w+;", " ", re.sub("<[^>]+>", "", blocks))
    own = found.accessibility
    if own:
        told = statement.sections(own.not_accessible)
        said = [sentence for _, items in told for sentences in items for sentence in sentences]
        yield "content/accessibility.yaml", " ".join([*said, *(f"{test}." for test in own.own_tests), own.improving])
    if found.start:
        asked = [text for one in found.start.questions for text in (one.question, one.hint, *(said for a in one.answers for said in (a.text, a.hint)))]
        whole = [text if text.endswith(("?", ".")) else f"{text}." for text in asked if text]
        yield "content/start.yaml", " ".join([found.start.description, found.start.helping, *whole])
    for year in found.commissioning:
        said = [year.introduction, *year.not_known, *(figure.means for figure in year.figures), *(
            f"{text}." if text[-1:].isalnum() else text for service in year.services for text in (f"{service.name}.", service.for_whom, service.note) if text)]
        yield f"content/commissioning/{year.slug}.yaml", "\n".join(said)
    for crime in found.crime_types:
        steps = " ".join(f"{step.step} {step.more}" for step in crime.do_now)
        yield f"content/crime-types/{crime.slug}.yaml", " ".join((crime.description, crime.reassurance, steps, crime.emergency))


def without_names(text, found):
    """The text with the names of providers, places and offices, and the terms of the glossary, replaced by a word of one syllable."""
    names = {name for p in found.providers for name in (p.name, *p.also_known_as)} | {found.site.opcc.name, found.site.name, found.site.area_name}
    names |= {place for area in found.areas for place in (area.name, *area.places)}
    text = re.sub(r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", "they", text)
    words = next((page.body for page in found.written_pages if page.slug == glossary.SLUG), "")
    terms = glossary.pattern(glossary.terms(pages.html(words, "")))
    return terms.sub("term", text) if terms else text


def sentences(text):
    """The sentences of a text; a line of a list is one."""
    return [sentence.strip() for sentence in re.split(r"(?<=[.!?:])\s+|\n+", text) if WORD.search(sentence)]


def too_long(text):
    """The sentences of more than MOST_WORDS words, each as (number of words, sentence)."""
    return [(len(WORD.findall(sentence)), sentence) for sentence in sentences(text) if len(WORD.findall(sentence)) > MOST_WORDS]


def age(text):
    """The reading age of a text in years, or None where it is too short to tell."""
    joined = " ".join(sentences(text))
    return round(textstat.flesch_kincaid_grade(joined) + 5, 1) if len(WORD.findall(joined)) > SHORTEST_PAGE else None


def hardest(text):
    """The sentences that are hardest to read, each as (its own reading age, sentence). Those of a few words are left out: one long word would count."""
    rows = [(round(textstat.flesch_kincaid_grade(sentence) + 5, 1), sentence) for sentence in sentences(text) if len(WORD.findall(sentence)) >= 6]
    return sorted(rows, reverse=True)[:HARDEST]


def faults(found):
    """What is too hard to read in our own words, a line each, with the sentences."""
    for where, text in texts(found):
        plain = without_names(text, found)
        for words, sentence in too_long(plain):
            yield f"{where}: {words} words in one sentence, and at most {MOST_WORDS} are wanted: {sentence}"
        years = age(plain)
        if years and years > OLDEST_READER:
            worst = "; ".join(f'"{sentence}" ({alone})' for alone, sentence in hardest(plain))
            yield f"{where}: the reading age is {years}, and at most {OLDEST_READER} is wanted. The hardest sentences: {worst}"


def main():
    found = project()
    rows = [(age(plain) or 0, where, plain) for where, text in texts(found) for plain in [without_names(text, found)]]
    for years, where, plain in sorted(rows, reverse=True):
        print(f"{years or 'short':>5}  {where}")
        for alone, sentence in hardest(plain) if years > AIM - 1 else ():
            print(f"         {alone:>5}  {sentence}")


if __name__ == "__main__":
    main()
