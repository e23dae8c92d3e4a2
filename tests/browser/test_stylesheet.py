"""The stylesheets: every rule is used, every colour is a token, and nothing that older phones do not know."""
import re

import pytest
from test_update import PHONE

from browser_tools import ROOT, TEMPLATES

STATIC = ROOT / "theme/static"
SHEETS = sorted(STATIC.glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What no page shows at rest: states, parts of the browser's own, and what a script adds.
STATES = re.compile(r":(?:visited|hover|focus-visible|focus|not\(:empty\))|::[a-z-]+")
# What Saltmarsh has none of.
LARGER = ("/glossary/", "/reporting-a-crime/", "/emergency/", "/help/domestic-abuse/", "/help/fraud-and-scams/", "/providers/families-fighting-for-justice/",
          "/providers/merseyside-police/", "/data/", "/data/gaps/", "/handouts/", "/handouts/card/childline/")
SEARCHES = ("my ex keeps following me harbour", "he is going to kill me", "burglary", "po polsku", "zzzz qqqq", "ZZ1 2AA")


def css(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def selectors(text):
    """Every single selector of a sheet, without its states."""
    found = re.findall(r"(?<![@\w])([^{}@;]+)\{[^{}]*\}", text)
    one = {STATES.sub("", part).strip() for group in found for part in re.split(r",(?![^(]*\))", group)}
    return sorted(part for part in one if part)


@pytest.fixture(scope="module")
def shown(good, real, public, browser):
    """Every selector that something answers to on a page, at rest or after use."""
    wanted = {sheet.name: selectors(css(sheet)) for sheet in SHEETS}
    seen = {name: set() for name in wanted}
    context = browser.new_context(viewport={"width": 412, "height": 915}, service_workers="block")
    page = context.new_page()

    def look():
        for name, rows in wanted.items():
            if page.locator(f"link[rel=stylesheet][href$='{name}']").count():
                seen[name] |= set(page.evaluate("rows => rows.filter(row => document.querySelector(row))", rows))

    for address in (*(good + path for path in TEMPLATES.values()), *(real + path for path in LARGER), public[1] + "/handouts/burglary/"):
        page.goto(address)
        look()
    page.goto(good + "/search/")
    for count, words in enumerate(SEARCHES, 1):
        page.fill("#words", words)
        page.press("#words", "Enter")
        page.wait_for_function("least => document.querySelector('[data-search]').dataset.answers >= least", arg=count)
        page.wait_for_timeout(300)  # the list of services comes after the first answer
        look()
        page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
        for tick in page.locator("main .tick input").all()[:1]:
            tick.check()
            look()
            tick.uncheck()
    context.add_init_script("Date.now = () => new Date('2027-03-01').getTime()")
    page.goto(good + "/professionals/")  # with a service on the shortlist
    page.click("details.fold > summary >> nth=0")
    page.click("[data-add] >> nth=0")
    look()
    page.goto(good + "/help/")  # not built for a year
    look()
    page.evaluate("document.documentElement.classList.add('gone')")  # what exit.js does
    look()
    _form(page, good, look)
    context.close()
    return wanted, seen


def _form(page, good, look):
    """The form for changes: opened, with a mistake, and with what it gives."""
    page.goto(good + "/update/#harbour-advice")
    page.click("text=Open the form")
    page.wait_for_selector("form.entry")
    page.evaluate("document.querySelectorAll('details.part').forEach(box => { box.open = true; })")
    look()
    for number in ("0808 157 012", "0808 157 0199"):
        page.fill(PHONE, number)
        page.click("text=Show what to send")
        page.wait_for_timeout(300)
        look()


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS])
def test_no_rule_is_dead(shown, sheet):
    """Each selector finds something on some template, or after a search, in the form, or on an old copy."""
    wanted, seen = shown
    assert "\n".join(row for row in wanted[sheet] if row not in seen[sheet]) == ""


def test_colours_are_tokens():
    """A colour is named once, among the tokens; each token is used, and each that is used exists."""
    text = css(STATIC / "site.css")
    rules = re.sub(r":root \{[^}]*\}", "", text)
    assert re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", rules.split("@media print")[0]) == []
    made, used = set(re.findall(r"(--[a-z-]+):", text)), {name for sheet in SHEETS for name in re.findall(r"var\((--[a-z-]+)\)", css(sheet))}
    assert (made - used, used - made) == (set(), set())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_older_phones_know_every_rule(sheet):
    """Flat: no nesting, no layers, no :has(), which would cost an older phone the whole sheet or the rule."""
    text = css(sheet)
    assert not re.findall(r"@layer|@container|:has\(|:is\(|:where\(|&", text)
    depth, most = 0, 0
    for mark in re.findall(r"[{}]", re.sub(r"@media[^{]*\{", "", text)):
        depth = max(0, depth + (1 if mark == "{" else -1))
        most = max(most, depth)
    assert most <= 2  # @page stands within @media print
