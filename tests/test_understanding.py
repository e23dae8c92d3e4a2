"""What the search makes of words: the editors' phrases find their answers, danger is seen, and nothing is left to chance."""
import datetime
import subprocess
import sys

import pytest

from saltmarsh import ROOT
from support_directory import check, directory, folding, topics, understanding


@pytest.fixture(scope="module")
def real():
    """The project's own directory."""
    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 22))
    assert problems == []
    return directory.build(entries)


@pytest.fixture(scope="module")
def understood(real):
    """What the search page of the project makes of words."""
    return understanding.Understanding(real)


def test_every_phrase_that_editors_listed_finds_its_answer(real, understood):
    """Each phrase of content/search-phrases.yaml has its answer among the first three; a message says which finds what instead."""
    assert len(real.phrases) > 50
    assert list(understanding.lost_phrases(real, understood)) == []


def test_a_phrase_that_loses_its_answer_is_named(good_directory):
    """The message names the phrase, the answer that it should find, and what it finds."""
    import dataclasses

    found = dataclasses.replace(good_directory, phrases=(("somebody keeps following me", "burglary"), ("broken into", "burglary")))
    understood = understanding.Understanding(found)
    first = [row[0] for row in topics.near(understood.about("somebody keeps following me"))[:3]]
    assert "burglary" in first or list(understanding.lost_phrases(found, understood)) == [
        f'"somebody keeps following me" no longer finds burglary. It finds {", ".join(first)} instead.']


def test_most_phrases_of_an_answer_find_it(real, understood):
    """Of the phrases that the table was learned from, at least 85 in 100 find their own answer among the first three."""
    said = [(answer, phrase) for answer, phrases in understanding.english(real).items() for phrase in phrases][::7]
    lost = [phrase for answer, phrase in said if answer not in [row[0] for row in understood.about(phrase)[:3]]]
    assert len(said) > 900
    assert len(lost) / len(said) < 0.15


def test_every_language_finds_its_answers(real, understood):
    """Of the phrases of each language at least 85 in 100 find their own answer among the first three."""
    said = {}
    for answer in understanding.topic_answers(real):
        for language in answer.in_other_languages:
            said.setdefault(language.language, []).extend((answer.slug, phrase) for phrase in language.phrases)
    asked = "Polish Arabic Romanian Ukrainian Urdu Farsi Kurdish\xa0(Sorani) Bengali Spanish Portuguese Simplified\xa0Chinese"
    assert {language.replace("\xa0", " ") for language in asked.split(" ")} <= said.keys()
    shares = {language: sum(slug in [row[0] for row in understood.about(phrase)[:3]] for slug, phrase in rows) / len(rows)
              for language, rows in said.items() if len(rows) > 100}
    assert {language: share for language, share in shares.items() if share < 0.85} == {}


@pytest.mark.parametrize("words", [
    "there is someone in my house", "he is outside with a knife", "i want to kill myself", "they are taking me abroad tomorrow to marry",
    "ive just been stabbed", "the bank is on the phone now telling me to move my money", "he has locked me in the house", "hes going to kill me",
    "she will post my pics tonight unless i pay", "someone is in me house",
    "I can't breathe he strangled me", "somebody help me now", "he is hitting my mum right now",
])
def test_words_of_danger(understood, words):
    """Words of present danger or of a crisis bring the emergency numbers."""
    assert understood.danger(words)


@pytest.mark.parametrize("words", [
    "my bike was stolen", "burgled last night", "noisy neighbours", "how do I claim compensation", "witness in court next week", "somebody scratched my car",
    "I was abused as a child", "my ex keeps texting me", "scam text from the post office", "victim support", "who can I talk to", "bootle",
])
def test_other_words_are_no_alarm(understood, words):
    """Everything else does not."""
    assert not understood.danger(words)


def test_danger_is_seldom_seen_where_there_is_none(real, understood):
    """Of the phrases of all other answers at most 3 in 100 bring the emergency numbers, and many of those rightly."""
    said = [phrase for answer, phrases in understanding.english(real).items() if answer != "emergency" for phrase in phrases][::3]
    assert len(said) > 2000
    assert sum(bool(understood.danger(phrase)) for phrase in said) / len(said) <= 0.03


def test_the_same_words_give_the_same_order(real):
    """Learned twice, the table and the ranking are the same to the last digit."""
    one, other = understanding.Understanding(real), understanding.Understanding(real)
    assert topics.packed(one.weighing.table) == topics.packed(other.weighing.table)
    assert one.about("my ex keeps turning up") == other.about("my ex keeps turning up")


@pytest.mark.parametrize(("text", "found"), [
    ("My ex's BF robbed me", ["my", "exs", "bf", "rob", "me"]), ("ukradł mi łódź", ["ukradl", "mi", "lodz"]), ("被打了", ["被打", "打了"]),
    ("burglaries stopped", ["burglary", "stop"]), ("", []),
])
def test_folding(text, found):
    """Small letters, no accents, no endings; Chinese by pairs of signs."""
    assert folding.words(text) == found


def test_try_search_says_why(real):
    """The editors' command prints the answers in order with their reasons, and whether the emergency numbers come."""
    answer = subprocess.run([sys.executable, str(ROOT / "scripts/try_search.py"), "my ex keeps turning up"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("1. stalking-and-harassment  (because of ")
    assert lines[-1] == "The emergency numbers do not come."
    checked = subprocess.run([sys.executable, str(ROOT / "scripts/try_search.py"), "--check"], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, f"{len(real.phrases)} of {len(real.phrases)} phrases find their answer.\n")
