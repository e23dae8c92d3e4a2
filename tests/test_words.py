"""The site's own words: short sentences, a low reading age, and no spelling mistakes."""
import datetime
import re
import subprocess

import markdown
import pytest
import textstat

from browser_tools import ROOT
from support_directory import check, directory

MOST_WORDS = 25
# Years: the Flesch-Kincaid grade (a school year of the United States) plus five. Nine to ten is what we aim at.
OLDEST_READER = 12
SHORTEST_PAGE = 100  # words: the formula says little about less
# Set wording that the law asks for, which we may not put more simply.
SET_WORDING = re.compile("[^.]*Public Sector Bodies[^.]*[.]|[^.]*Equality Advisory and Support Service[^.]*[.]")


@pytest.fixture(scope="module")
def found():
    """The project's own directory."""
    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 22))
    assert problems == []
    return directory.build(entries)


def texts(found):
    """Our own texts, as {where: text}: pages of words, and the words of each crime type."""
    for page in found.written_pages:
        html = markdown.markdown(page.body, extensions=["tables"])
        blocks = re.sub(r"</(p|li|h\d|td|th)>", ".\n", re.sub(r"([.!?:])</(p|li|h\d|td|th)>", r"\1\n", html))
        yield f"content/pages/{page.slug}.md", re.sub(r"&\w+;", " ", re.sub("<[^>]+>", "", blocks))
    for crime in found.crime_types:
        steps = " ".join(f"{step.step} {step.more}" for step in crime.do_now)
        yield f"content/crime-types/{crime.slug}.yaml", " ".join((crime.description, crime.reassurance, steps, crime.emergency))


def without_names(text, found):
    """The text with the names of providers, places and offices left out: nobody can make them shorter."""
    names = {name for p in found.providers for name in (p.name, *p.also_known_as)} | {found.site.opcc.name, found.site.name, found.site.area_name}
    names |= {place for area in found.areas for place in (area.name, *area.places)}
    return re.sub(r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", "they", SET_WORDING.sub("", text))


def sentences(text):
    """The sentences of a text."""
    return [sentence.strip() for sentence in re.split(r"(?<=[.!?:])\s+|\n+", text) if sentence.strip()]


def test_sentences_are_short(found):
    """No sentence of ours has more than 25 words, names left out."""
    long = [(where, sentence) for where, text in texts(found) for sentence in sentences(without_names(text, found))
            if len(re.findall(r"[\w'’-]+", sentence)) > MOST_WORDS]
    assert long == []


def test_reading_age_is_at_most_twelve(found):
    """Every page of more than 100 words can be read at the age of twelve."""
    ages = {}
    for where, text in texts(found):
        text = " ".join(sentences(without_names(text, found)))
        if len(text.split()) > SHORTEST_PAGE:
            ages[where] = round(textstat.flesch_kincaid_grade(text) + 5, 1)
    assert len(ages) > 12
    assert {where: age for where, age in ages.items() if age > OLDEST_READER} == {}


def test_spelling(found, tmp_path):
    """cspell knows every word of what readers see, in British English; our own words stand in tests/tools/words.txt."""
    said = dict(texts(found))
    for provider in found.providers:
        said[f"providers/{provider.slug}.yaml"] = "\n".join(
            [provider.about] + [part for s in provider.services for part in (
                s.summary, s.eligibility, s.referral_note, s.access_note, s.status.note, s.on_contact.who_answers, s.on_contact.what_happens,
                s.hours.note if s.hours else "", *(part for c in s.contacts for part in (c.label, c.note)))])
    for where, text in said.items():
        file = tmp_path / (where.replace("/", "--") + ".txt")
        file.write_text(text, encoding="utf-8")
    command = ["node", str(ROOT / "node_modules/.bin/cspell"), "--config", str(ROOT / "tests/tools/cspell.json"), "--no-progress", "--no-summary", "*.txt"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert len(said) > 120 and answer.stdout == "", answer.stdout + answer.stderr
