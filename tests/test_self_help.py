"""What somebody can do for themselves, and what happens next: pages, the drawing, and how both are found."""
import datetime
import re

import pytest

from saltmarsh import ROOT
from support_directory import addresses, check, directory, pages, self_help_pages, timeline, understanding
from support_directory.addresses import Link
from support_directory.page import html

TITLES = {"after-a-burglary", "sleep", "children", "telling-somebody", "keeping-evidence", "money", "at-work"}
# What people may type, and the page that has to be among the first three.
ASKED = {
    "can't sleep": "sleep", "i can't sleep since it happened": "sleep", "nightmares": "sleep", "how do I tell my kids": "children",
    "what do i tell my children": "children", "money": "money", "no money for food": "money", "evidence": "keeping-evidence",
    "should i keep the messages as proof": "keeping-evidence", "time off work": "at-work", "do i have to tell my boss": "at-work",
    "how do I tell my family": "telling-somebody", "i have not told anyone": "telling-somebody", "what happens next": "what-happens-next",
    "what happens after I report it": "what-happens-next", "who will contact me": "what-happens-next", "what does the hub do": "what-happens-next",
    "what to do after a burglary": "after-a-burglary",
}
# Words that tell of a crime and hold the words of such a page too: the crime comes first.
CRIMES = {
    "just been burgled what do I do": "burglary", "my money was stolen": "theft", "scammed out of money": "fraud-and-scams",
    "nightmares since i was raped": "rape-and-sexual-assault", "lost my money online": "fraud-and-scams", "what to do after a burglary": "burglary",
}


@pytest.fixture(scope="module")
def real():
    """The project's own directory."""
    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 29))
    assert problems == []
    return directory.build(entries)


@pytest.fixture(scope="module")
def understood(real):
    """What the search makes of words."""
    return understanding.Understanding(real)


def test_every_page_of_self_help_is_listed_sourced_and_dated(real):
    """Each page stands on the list, names its sources, says when it is read again, and leads on to help."""
    found = [page for page in real.written_pages if page.part_of == self_help_pages.PART]
    assert {page.slug for page in found} == TITLES
    assert [page.slug for page in found if not (page.checked and page.review_due and "/help/" in page.body)] == []
    index = next(page for page in pages.plan(real) if page.address == "self-help/")
    assert {link.address for link in index.content.pages} == {f"{slug}/" for slug in TITLES}


def test_a_page_of_self_help_shows_where_it_comes_from_and_leads_back(good_directory):
    """Its sources stand on it, and the way back is the list."""
    page = next(page for page in pages.plan(good_directory) if page.address == "sleep/")
    assert page.content.sources == [Link("sleep.saltmarsh.example.org", "https://sleep.saltmarsh.example.org"), Link("The nurse of Saltmarsh", "")]
    assert [link.address for link in page.crumbs] == ["", "self-help/"]


@pytest.mark.parametrize(("source", "links"), [
    ("A nurse, sleep https://nurse.example.org/sleep ; A book", [("A nurse, sleep", "https://nurse.example.org/sleep"), ("A book", "")]),
    ("http://nurse.example.org ; javascript:run()", [("http://nurse.example.org", ""), ("javascript:run()", "")]),
])
def test_a_source_is_a_name_that_leads_to_its_page(source, links):
    """A name stands for the address behind it; only a safe address becomes a link."""
    assert [(link.text, link.address) for link in addresses.sources(source)] == links


def test_health_advice_says_whose_it_is(real):
    """What a page says of health has a name beside it: an NHS surgery, a charity, a government."""
    bodies = {page.slug: page.body for page in real.written_pages}
    assert "NHS surgery" in bodies["sleep"] and "charity Mind" in bodies["sleep"]
    assert all("Health advice of the government" in bodies[slug] for slug in ("sleep", "children") if "four weeks" in bodies[slug])


@pytest.mark.parametrize(("words", "slug"), ASKED.items())
def test_everyday_words_find_the_page(understood, words, slug):
    """Whoever asks in everyday words has the page among the first three answers."""
    assert slug in understood.answers(words)[:understanding.MOST_FIRST]


@pytest.mark.parametrize(("words", "slug"), CRIMES.items())
def test_a_crime_stays_first(understood, words, slug):
    """A page that was asked for never stands before a crime that comes first."""
    assert understood.answers(words)[0] == slug


def test_whoever_tells_a_long_story_is_asked_for_nothing_else(understood):
    """In many words a pattern may stand by chance: then only what happened counts."""
    assert understood.asked("too embarrassed to tell my family") == "telling-somebody"
    assert understood.asked("he picks my clothes and checks my phone and lately when he drinks he lashes out and i can not tell my family") == ""


def test_the_drawing_says_what_the_lists_say(real):
    """The words in the boxes are the bold words of the steps and the headings of their lists, in their order."""
    body = html(next(page.body for page in real.written_pages if page.slug == timeline.SLUG), "../")
    drawing = timeline.drawing(body)
    drawn = "".join(line.words for line in drawing.lines).replace(" ", "")
    lists = [(title, re.findall(r"<li>\s*<strong>(.*?)</strong>", words)) for title, words in
             re.findall(r"<h2[^>]*>(.*?)</h2>\s*<ol>(.*?)</ol>", body, re.DOTALL)]
    assert [len(steps) for _, steps in lists] == [4, 2, 3]
    expected = "".join(words.rstrip(".") for title, steps in lists for words in (title, *steps)).replace(" ", "")
    assert drawn == expected and len(drawing.boxes) == 12


def test_words_in_the_drawing_fit_into_their_boxes(good_directory):
    """Long words are broken into lines, and each line stands within a box."""
    body = html(next(page.body for page in good_directory.written_pages if page.slug == timeline.SLUG), "../")
    drawing = timeline.drawing(body)
    for line in drawing.lines:
        box = next(box for box in drawing.boxes if float(box.x) < float(line.x) < float(box.x) + float(box.wide)
                   and float(box.y) < float(line.y) <= float(box.y) + float(box.high))
        assert len(line.words) * 1.9 <= float(box.wide) - 1


@pytest.mark.parametrize("body", ["Words.", "## A way\n\n1. **One.** Two.", "## A\n\n- **One.**\n\n## B\n\n- **Two.**", "## A\n\n1. One.\n\n## B\n\n1. Two."])
def test_without_two_lists_of_steps_there_is_no_drawing(body):
    """A picture of half of it would mislead."""
    assert timeline.drawing(html(body, "../")) is None
