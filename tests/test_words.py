"""The site's own words: short sentences, a low reading age, and no spelling mistakes."""
import subprocess

import pytest

import reading
from browser_tools import ROOT


@pytest.fixture(scope="module")
def found():
    """The project's own directory."""
    return reading.project()


def test_our_own_words_are_easy_to_read(found):
    """No sentence of ours has more than 25 words, and every text of more than 100 words can be read at the age of twelve."""
    wheres = [where for where, _ in reading.texts(found)]
    assert {"content/accessibility.yaml", "content/pages/privacy.md", "content/crime-types/burglary.yaml"} < set(wheres) and len(wheres) > 40
    assert sum(reading.age(text) is not None for _, text in reading.texts(found)) > 30
    faults = list(reading.faults(found))
    assert not faults, "\n".join(faults)


def test_a_text_that_is_too_hard_is_shown_with_its_sentences(found):
    """What fails names the page, the long sentence with its number of words, and the three hardest sentences; names and terms of the glossary count as easy."""
    hard = "Notwithstanding administrative considerations, organisational representatives systematically facilitate multidisciplinary interventions."
    long = "We " + "go and " * 13 + "stop."
    body = " ".join([long, *[hard] * 9, "The Sexual assault referral centre is here."])
    page = found.written_pages[0].__class__("hard", "Hard", "Hard.", body)
    easy = found.written_pages[0].__class__("easy", "Easy", "Easy.", "See the Witness Service. " * 40)
    made = found.__class__(**vars(found) | {"written_pages": (page, easy, *(p for p in found.written_pages if p.slug == "glossary")), "crime_types": ()})
    said = [line for line in reading.faults(made) if "/hard.md" in line]
    assert said[0] == f"content/pages/hard.md: 28 words in one sentence, and at most 25 are wanted: {long}"
    assert said[1].startswith("content/pages/hard.md: the reading age is ") and said[1].count(hard) == reading.HARDEST and len(said) == 2
    assert [line for line in reading.faults(made) if "/easy.md" in line] == []


def test_spelling(found, tmp_path):
    """cspell knows every word of what readers see, in British English; our own words stand in tests/tools/words.txt."""
    said = dict(reading.texts(found))
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
