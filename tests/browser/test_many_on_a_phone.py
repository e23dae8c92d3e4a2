"""A site with many areas, in a browser: a phone's width, the file to carry of one area, the shortlist of one area, the form of one provider."""
import re

import pytest

import many
from browser_tools import axe, build, served
from saltmarsh import TODAY
from support_directory import addresses

PAGES = ("/", "/areas/", "/help/not-sure/", "/help/theft/alderbeck/", "/start/where/burglary/", "/providers/", "/providers/list/1/", "/professionals/",
         "/professionals/alderbeck/", "/professionals/all/", "/offline/", "/update/", "/update/list/1/", "/handouts/", "/handouts/list/1/", "/handouts/theft/")


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The folder of the site."""
    folder = many.write(tmp_path_factory.mktemp("many") / "site")
    return build(folder, tmp_path_factory.mktemp("many") / "output", TODAY.isoformat())


@pytest.fixture(scope="module")
def address(output):
    """Its address."""
    with served(output) as it:
        yield it


def test_pages_for_many_fit_a_phone_and_have_no_fault(address, open_page):
    """None is wider than the screen, and axe-core finds nothing."""
    page = open_page(address + "/")
    page.set_viewport_size({"width": 320, "height": 800})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert axe(page) == [], path


def test_the_file_of_an_area_shows_what_the_page_of_help_shows(output, browser):
    """Opened from a disk: a crime type leads to the same listings as that area's page; a search answers; nothing is asked for, and nothing goes wrong."""
    context = browser.new_context(viewport={"width": 412, "height": 915})
    context.set_offline(True)
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((output / addresses.one_file("alderbeck")).as_uri())
    page.click("#start .types a:text-is('Theft')")
    assert page.locator("#help h2.title:visible").inner_text().split() == ["Theft", "Help", "in", "Alderbeck"]
    shown = page.evaluate("[...document.querySelectorAll('#help [data-listing]')].filter((it) => it.getClientRects().length).map((it) => it.dataset.listing)")
    expected = re.findall(r'data-listing="([^"]*)"', (output / "help/theft/alderbeck/index.html").read_text(encoding="utf-8"))
    assert shown == expected and len(shown) > 10
    page.click('.nav a[href="#start"]')
    page.fill("#words", "theft Alderbeck")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-results] a:has-text('Theft')")
    page.click("[data-results] a:has-text('Theft') >> nth=0")
    assert "Alderbeck" in page.locator("#help h2.title:visible").inner_text()
    assert (asked, wrong) == ([page.url], [])
    context.close()


def test_the_shortlist_works_on_the_page_of_an_area(address, open_page):
    """A service is chosen, stands on the list, and goes off it again."""
    page = open_page(address + "/professionals/alderbeck/")
    page.wait_for_selector("li[data-listing] [data-add]", state="attached")
    page.locator("details.fold > summary").first.click()
    row = page.locator("details.fold[open] li[data-listing]").first
    row.locator("[data-add]").click()
    assert page.locator("[data-chosen] li").count() == 1 and "1 chosen" in page.locator("[data-shortlist] [role=status]").inner_text()
    row.locator("[data-add]").click()
    assert page.locator("[data-chosen] li").count() == 0


def test_the_form_opens_for_the_provider_of_a_listing(address, open_page):
    """From a listing by the link at its foot: the provider is chosen on the page that opens, and its form is there after one press."""
    page = open_page(address + "/help/theft/alderbeck/")
    name = page.locator("article.item h3").first.inner_text()
    page.locator("article.item a:has-text('Is something wrong?')").first.click()
    page.wait_for_function("() => document.querySelector('#provider')?.value")
    assert page.locator("#provider option:checked").inner_text() in name
    page.click("text=Open the form")
    page.wait_for_selector("form.entry")
