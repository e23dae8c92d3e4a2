"""The file to carry, opened from a disk with the network off: everything is in it and nothing is asked for (safety requirements 1 to 4, 8, 13 and 14)."""
import contextlib
import os
import re

import pytest
from profiles import firefox_path

from browser_tools import EXIT_TARGET, FLAGS, axe
from support_directory import addresses

PARTS = ("#start", "#c1", "#c1-1", "#a1", "#o1", "#providers", "#read", "#w1")
SEEN = "selector => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length).map((one) => one.dataset.listing)"
# Every crime type, everywhere and in each area, by the links that a reader presses: {"burglary/": [listings], "burglary/harbour/": ...}.
WALK = """() => {
    const found = {};
    const take = (crime, area) => {
        const listings = [...crime.querySelectorAll('[data-listing]')].filter((one) => one.getClientRects().length);
        found[crime.dataset.at + area] = listings.map((one) => one.dataset.listing);
    };
    for (const { id } of document.querySelectorAll('#help [data-at]')) {
        document.querySelector('.nav a[href="#start"]').click();
        document.querySelector(`#start a[href="#${id}"]`).click();
        const crime = document.getElementById(id);
        take(crime, '');
        for (const place of document.querySelectorAll('#areas [data-at]')) {
            crime.querySelector(`nav a[href="#${id}-${place.id.slice(1)}"]`).click();
            take(crime, place.dataset.at.split('/')[1] + '/');
        }
    }
    return found;
}"""


@contextlib.contextmanager
def carried(browser, output, offline=True, **options):
    """The file of a built site, opened from the disk -> (page, what was asked for, what went wrong)."""
    context = browser.new_context(viewport={"width": 412, "height": 915}, **options)
    context.set_offline(offline)
    context.route(f"{EXIT_TARGET}/**", lambda route: route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html"))
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((output / addresses.ONE_FILE).as_uri())
    yield page, asked, wrong
    context.close()


@pytest.fixture
def opened(browser, good_output):
    """The file of the made-up force -> its page; at the end nothing else was asked for and nothing went wrong."""
    with carried(browser, good_output) as (page, asked, wrong):
        yield page
        assert (asked, wrong) == ([page.url], [])


def walk_and_compare(page, output):
    """Browses to every pair and every area, and compares each with its page of the site that was built with it -> how many there were."""
    found = page.evaluate(WALK)
    for place in page.evaluate("[...document.querySelectorAll('#areas [data-at]')].map((one) => [one.id, one.dataset.at])"):
        go(page, f"#{place[0]}")
        found[place[1]] = page.evaluate(SEEN, f"#{place[0]} [data-listing]")
    for address, listings in found.items():
        html = (output / address / "index.html").read_text(encoding="utf-8")
        assert listings == re.findall(r'data-listing="([^"]*)"', html), address
    return len(found)


def go(page, number):
    """Shows the part that this number stands for, by a link that leads there."""
    page.evaluate("number => { const link = document.createElement('a'); link.href = number; document.body.append(link); link.click(); link.remove(); }",
                  number)


def search(page, words):
    """Searches for these words -> the answers' kinds and slugs."""
    page.click(".nav a[href='#start']")
    answered = int(page.get_attribute("[data-search]", "data-answers"))
    page.fill("input[type=search]", words)
    page.press("input[type=search]", "Enter")
    page.wait_for_function("answered => Number(document.querySelector('[data-search]').dataset.answers) > answered", arg=answered)
    page.wait_for_timeout(500)  # what comes after the first answer
    return [tuple(row) for row in page.evaluate("[...document.querySelectorAll('[data-result]')].map(({ dataset }) => [dataset.result, dataset.slug])")]


def test_every_pair_shows_the_listings_of_its_page(opened, good_output):
    """What happened, then the area: the same listings in the same order as on the site's page of that pair."""
    pages = [path for folder in ("help", "areas") for path in (good_output / folder).rglob("index.html") if path.parent.name != folder]
    assert walk_and_compare(opened, good_output) == len(pages) > 5


def test_every_pair_of_the_real_directory_too(browser, real_output):
    """The same of the project's own site, without a request and without an error."""
    with carried(browser, real_output) as (page, asked, wrong):
        assert walk_and_compare(page, real_output) > 150
        assert (asked, wrong) == ([page.url], [])


def test_the_address_and_the_history_stay_as_they_are(opened):
    """Whatever is shown, the address has no fragment and the history no further entry; the page's own button leads back to the link."""
    address, entries = opened.url, opened.evaluate("history.length")
    opened.click("#start a[href='#c1']")
    opened.click("#c1 nav a[href='#c1-2']")
    assert opened.is_visible("#c1 [data-who]") and not opened.is_visible("#start")
    assert opened.evaluate("document.activeElement.tagName") == "H2"
    search(opened, "burglary in harbour")
    assert (opened.url, opened.evaluate("history.length"), opened.evaluate("history.state"), opened.title()) == (
        address, entries, None, "Information – Help in Saltmarsh")
    for _ in range(3):
        opened.click("[data-back] button")
    assert opened.is_visible("#start") and not opened.is_visible("[data-back]")
    assert opened.evaluate("document.activeElement.getAttribute('href')") == "#c1"


@pytest.mark.parametrize("words", ["my ex keeps following me", "somebody broke into my house in Harbour", "Harbour Advice", "what happens in court",
                                   "lock repairs", "my daughter", "xyzzy"])
def test_the_search_answers_as_on_the_site(opened, good, open_page, words):
    """The same answers, in the same order, as the search page of the site gives once it has loaded everything."""
    page = open_page(good + "/search/")
    page.wait_for_selector("[data-search][data-state=ready]", state="attached")
    page.fill("input[type=search]", words)
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-result]")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    expected = page.evaluate("[...document.querySelectorAll('[data-result]')].map(({ dataset }) => [dataset.result, dataset.slug])")
    assert search(opened, words) == [tuple(row) for row in expected] != []


def test_places_and_words_of_danger_are_known(opened):
    """A place is recognised and its pair stands behind the answer; in danger the panel with 999 shows."""
    found = search(opened, "burglary in harbour")
    assert found[0] == ("crime-type", "burglary") and opened.get_attribute("[data-area-recognised]", "data-area-recognised") == "harbour"
    opened.click("[data-result=crime-type] h3 a")
    assert opened.inner_text("#help h2.title:visible").split("\n")[-1].strip().endswith("Help in Harbour")
    assert not opened.is_visible("[data-emergency]")
    search(opened, "somebody is at my door")
    assert opened.is_visible("[data-emergency] a[href='tel:999']")


def test_every_link_to_another_part_leads_somewhere(opened):
    """Each link of the file shows a part with a heading."""
    links = sorted(set(opened.eval_on_selector_all("a[href^='#']", "links => links.map((link) => link.getAttribute('href'))")) - {"#main", "#any-crime"})
    assert len(links) > 15
    for link in links:
        go(opened, link)
        assert opened.evaluate("[...document.querySelectorAll('main h2')].some((one) => one.getClientRects().length)"), link
        assert opened.evaluate("number => Boolean(document.getElementById(number).getClientRects().length)", link[1:]), link


def test_exit_is_the_second_tab_stop_and_stays_in_sight(opened):
    """The skip link comes first, the exit second; wherever it is scrolled to, the exit is on top."""
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.matches('a[data-exit]')")
    opened.set_viewport_size({"width": 320, "height": 256})
    for part in range(5):
        opened.evaluate("part => scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * part / 4)", part)
        box = opened.locator("a[data-exit]").bounding_box()
        assert box["height"] >= 44
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert opened.evaluate("([x, y]) => document.elementFromPoint(x, y).matches('a[data-exit]')", middle)


@pytest.mark.parametrize("way", ["link", "shift"])
def test_exit_leaves_and_back_does_not_return(browser, good_output, way):
    """After a walk through the file and the exit, Back leads to what was there before the file."""
    with carried(browser, good_output, offline=False) as (page, _, _):
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        page.click("#start a[href='#c1']")
        page.click("#c1 nav a[href='#c1-1']")
        if way == "link":
            page.click("a[data-exit]")
        else:
            for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
                page.keyboard.press(key)
        page.wait_for_url(EXIT_TARGET + "/**")
        page.go_back()
        assert page.url == "about:blank"


def test_exit_blanks_the_page_with_the_network_off(browser, good_output):
    """The press itself leaves nothing to be seen, and a neutral title."""
    with carried(browser, good_output) as (page, _, _):
        seen = "document.querySelector('a[data-exit]').click(), [getComputedStyle(document.body).display, document.title]"
        assert page.evaluate(seen) == ["none", "Loading"]


def test_without_javascript_everything_can_be_read(browser, good_output, good_directory):
    """Every open listing with its number is in sight, so is every page of words; what needs a script is not."""
    with carried(browser, good_output, java_script_enabled=False) as (page, asked, _):
        expected = sorted(listing.key for listing in good_directory.every_listing if listing.service.is_open)
        listings = page.locator("#providers [data-listing]:visible")
        assert sorted(listings.evaluate_all("all => all.map((one) => one.dataset.listing)")) == expected
        assert all(listings.nth(at).locator(".reach a, .reach .visit").first.is_visible() for at in range(len(expected)))
        assert page.locator("#read article:visible").count() == len(good_directory.written_pages)
        assert page.locator("#help article:visible").count() == len(good_directory.crime_types)
        assert not page.is_visible("form") and not page.is_visible("[data-back]")
        assert page.locator("a[data-exit]").get_attribute("href") == EXIT_TARGET
        assert asked == [page.url]


def test_paper_shows_numbers_and_the_day_and_no_exit(opened):
    """In print the bar with the exit is gone; numbers, evidence and the day of the copy are there."""
    go(opened, "#providers")
    opened.emulate_media(media="print")
    assert not opened.is_visible("a[data-exit]") and not opened.is_visible(".nav") and not opened.is_visible("[data-back]")
    assert opened.is_visible("#providers .num") and opened.locator("#providers [data-checked]:visible").count() > 1
    assert "This copy was made on 1 March 2026. Check numbers after 31 March 2026." in opened.inner_text("footer")
    assert not opened.is_visible("#providers .foot a[href^='#']")


@pytest.mark.parametrize(("day", "is_old"), [("2026-03-31T12:00:00Z", False), ("2026-04-02T12:00:00Z", True)])
def test_an_old_copy_says_so(browser, good_output, day, is_old):
    """From the day after the one that it names on, the file says that it is old."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(day)
    page.goto((good_output / addresses.ONE_FILE).as_uri())
    assert ("This copy is old." in page.inner_text("[data-check-after]")) is is_old
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (412, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_too_wide(opened, width, scheme):
    """Every kind of part: 0 faults, and no scrolling sideways."""
    opened.set_viewport_size({"width": width, "height": 800})
    opened.emulate_media(color_scheme=scheme)
    for number in PARTS:
        go(opened, number)
        assert axe(opened) == [], number
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth"), number
    search(opened, "somebody is at my door")
    assert axe(opened) == []


@pytest.mark.long
def test_firefox_shows_every_pair_searches_and_leaves(playwright, good_output):
    """The same from the disk in Firefox."""
    firefox = playwright.firefox.launch(channel="moz-firefox", executable_path=firefox_path())
    with carried(firefox, good_output, offline=False) as (page, asked, wrong):
        assert walk_and_compare(page, good_output) > 5
        assert search(page, "burglary in harbour")[0] == ("crime-type", "burglary")
        search(page, "somebody is at my door")
        assert page.is_visible("[data-emergency] a[href='tel:999']")
        assert (set(asked) - {page.url}, wrong) == (set(), [])  # Firefox does not say that it opened the file
        page.click("a[data-exit]")
        page.wait_for_url(EXIT_TARGET + "/**")
    firefox.close()


def test_it_was_a_file_that_asks_for_nothing(playwright, good_output):
    """A browser that may reach no network at all, started for this, shows it whole."""
    browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=[*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND"])
    with carried(browser, good_output) as (page, asked, wrong):
        assert page.is_visible("input[type=search]")
        assert (asked, wrong) == ([page.url], [])
    browser.close()
