"""With the keyboard alone: from home to a number to ring, counted; and what a screen reader hears of each template."""
import itertools
import os

import pytest

from browser_tools import ROOT, TEMPLATES

GOLDEN = ROOT / "tests/golden/heard"
FOCUSED = "() => { const e = document.activeElement; return {text: e.textContent.trim(), href: e.getAttribute('href') || '', id: e.id}; }"


class Keys:
    """Presses keys on a page and counts them; letters that are typed are not counted."""

    def __init__(self, page):
        self.page, self.pressed, self.pages = page, 0, 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.pressed += 1
        return self.page.evaluate(FOCUSED)

    def skip(self):
        """The skip link, which is the first stop of every page."""
        self.press("Tab")
        self.press("Enter")

    def to(self, wanted, most=60):
        """Tab until `wanted`, a function of what has the focus, is true."""
        for _ in range(most):
            found = self.press("Tab")
            if wanted(found):
                return found
        raise AssertionError("the keyboard does not reach it")

    def follow(self):
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.pressed += 1
        self.pages += 1


def is_number(found):
    return found["href"].startswith("tel:") and found["href"] != "tel:999"


def test_browsing_to_a_number_for_stalking_in_st_helens(real, open_page):
    """At most 3 pages and 40 presses: area, what happened, the first service that the page names."""
    keys = Keys(open_page(real + "/", width=1280))
    keys.skip()
    keys.to(lambda found: found["text"] == "St Helens")
    keys.follow()
    keys.skip()
    keys.to(lambda found: found["text"] == "Stalking and harassment")
    keys.follow()
    keys.skip()
    keys.to(lambda found: found["href"].startswith("#"))  # the first part of the list
    section = keys.page.evaluate("document.activeElement.hash")
    keys.press("Enter")
    keys.to(is_number)
    assert keys.page.evaluate("id => document.querySelector(id).contains(document.activeElement)", section)
    print(f"browsing: {keys.pages} pages, {keys.pressed} presses")
    assert keys.pages <= 3 and keys.pressed <= 40


@pytest.mark.parametrize("start", ["/", "/search/"])
def test_searching_for_a_number_for_stalking_in_st_helens(real, open_page, start):
    """At most 12 presses beside the words themselves, on one page."""
    page = open_page(real + start, width=412)
    keys = Keys(page)
    keys.skip()
    keys.to(lambda found: found["id"] == "words")
    page.keyboard.type("stalking in St Helens")
    keys.press("Enter")
    page.wait_for_function("() => document.querySelector('[data-search]').dataset.answers > 0")
    page.locator("[data-results] a[href^='tel:']").first.wait_for()
    keys.to(is_number)
    assert page.evaluate("document.querySelector('[data-results]').contains(document.activeElement)")
    print(f"searching from {start}: {keys.pressed} presses")
    assert keys.pressed <= 12


@pytest.mark.parametrize("name", ["home", "help in an area", "provider", "search", "area", "words"])
def test_what_a_screen_reader_hears(good, open_page, name):
    """Landmarks, headings, lists and links in their order, as the browser tells them: read the golden aloud."""
    page = open_page(good + TEMPLATES[name])
    heard = page.locator("body").aria_snapshot() + "\n"
    golden = GOLDEN / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("REMAKE_GOLDENS"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(heard, encoding="utf-8")
    assert heard == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
def test_headings_and_landmarks(good, open_page, name):
    """One h1, which comes first; no level is left out; landmarks of a kind have names of their own."""
    page = open_page(good + TEMPLATES[name])
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    named = page.evaluate("""() => [...document.querySelectorAll('nav, aside, main, section[aria-labelledby], section[aria-label]')].map(e =>
        e.tagName + ' ' + (e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent || ''))""")
    assert len(named) == len(set(named))
