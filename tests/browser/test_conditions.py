"""Templates as people set them up: wider spacing, a tiny window, colours of their own, no movement, words from right to left, paper."""
import re
import shutil
from pathlib import Path

import pytest
import yaml

from browser_tools import ROOT, TEMPLATES, build, served

EVERY = pytest.mark.parametrize("name", TEMPLATES)
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.vh, .skip, svg')
    && e.textContent.trim() && getComputedStyle(e).overflow !== 'visible'
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.outerHTML.slice(0, 200))"""


@EVERY
@pytest.mark.parametrize("width", [320, 1280])
def test_text_with_more_space(good, open_page, name, width):
    """With the spacing of WCAG 1.4.12 nothing is cut off and nothing runs out of the page."""
    page = open_page(good + TEMPLATES[name], width=width, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@EVERY
def test_a_window_of_320_by_256(good, open_page, name):
    """400 % zoom of 1280 by 1024: the exit is on top at every depth, the bar takes less than a third, and the focus is never below it."""
    page = open_page(good + TEMPLATES[name], width=320, height=256)
    height = page.evaluate("document.documentElement.scrollHeight")
    for depth in range(5):
        page.evaluate("top => window.scrollTo(0, top)", height * depth / 4)
        assert page.evaluate("""() => { const box = document.querySelector('[data-exit]').getBoundingClientRect();
            return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest('[data-exit]') !== null }""")
    assert page.evaluate("document.querySelector('.bar').offsetHeight") < 256 / 3
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("footer a").last.focus()
    for _ in range(25):  # backwards, where a sticky bar covers what comes into sight
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate("""() => { const e = document.activeElement, bar = document.querySelector('.bar');
            return !bar.contains(e) && e !== document.body && !e.matches('main, .skip')
                && e.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom }""")
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


@EVERY
def test_colours_of_the_readers_own(good, open_page, name):
    """Forced colours: buttons keep an edge, the current page or area is told by more than colour, and icons stay in sight."""
    page = open_page(good + TEMPLATES[name], forced_colors="active")
    assert page.evaluate("""() => [...document.querySelectorAll('.btn, .exit')].filter(e => e.checkVisibility()
        && (parseFloat(getComputedStyle(e).borderTopWidth) < 1 || getComputedStyle(e).borderTopStyle === 'none')).length""") == 0
    icons = page.evaluate("""() => [...document.querySelectorAll('.icon')].filter(e => e.checkVisibility())
        .map(e => [getComputedStyle(e, '::before').backgroundColor, getComputedStyle(document.body).backgroundColor])""")
    assert all(ink != paper and ink != "rgba(0, 0, 0, 0)" for ink, paper in icons)


@EVERY
def test_nothing_moves(good, open_page, name):
    """No animation and no transition, so there is nothing to reduce."""
    page = open_page(good + TEMPLATES[name])
    assert page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
        return s.animationName !== 'none' || s.transitionDuration !== '0s' || s.scrollBehavior === 'smooth' }).length""") == 0


def test_words_from_right_to_left(open_page, tmp_path):
    """A listing in Arabic stays within its card, and its number keeps its order."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    entry = site / "providers/harbour-advice.yaml"
    text = entry.read_text(encoding="utf-8")
    summary = yaml.safe_load(text)["services"][0]["summary"]
    words = "نحن نساعدك بعد الجريمة ونتحدث معك بلغتك"
    entry.write_text(re.sub(r"(summary:)[^\n]*\n(?:\s{6,}[^\n]*\n)*?(?=\s{4}\w)", rf"\1 {words}\n", text, count=1), encoding="utf-8")
    assert words in entry.read_text(encoding="utf-8") and summary
    with served(build(site, tmp_path / "output")) as address:
        page = open_page(address + "/help/burglary/harbour/", width=320)
        card = page.locator("[data-listing='harbour-advice/helpline']")
        assert words in card.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert "0808 157 0123" in card.locator(".num").first.inner_text()


def sheets(page):
    """How many sheets of A4 a page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_help_in_an_area_prints_on_one_sheet(good, open_page):
    """Saltmarsh's help: one sheet, with addresses written out, and what calls cost said once."""
    page = open_page(good + "/help/burglary/harbour/")
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    assert seen.count("itemised bills") == 1 and "0808 157 0123" in seen
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.item .num')).fontSize)") >= 16  # 12 pt
    assert sheets(page) == 1


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_every_page_of_help_prints_on_two_sheets_at_most(real, real_output, open_page, part):
    """Also the longest one, with the widest of fonts."""
    found = sorted(Path(real_output).glob("help/*/**/index.html"))[part::4]
    assert len(found) > 30
    page = open_page(real + "/")
    longer = {}
    for path in found:
        page.goto(f"{real}/{path.parent.relative_to(real_output).as_posix()}/")
        count = sheets(page)
        if count > 2:
            longer[path.parent.name] = count
    assert longer == {}
