"""Each page says by itself when the site has not been built for more than 45 days. The site of these tests is of 1 March 2026."""
import pytest

from browser_tools import TEMPLATES, axe

SAID = "This site has not been updated since 1 March 2026. Numbers and times may have changed."


def opened_at(open_page, address, at, **options):
    """A page as it is at a moment."""
    page = open_page("about:blank", **options)
    page.clock.install(time=at)
    page.goto(address, wait_until="load")
    return page


def said(page):
    """What a page says of its age, or "" (modules have run before the page counts as loaded)."""
    return "".join(page.locator("main > .wrap > .aged").all_inner_texts())


@pytest.mark.parametrize(("at", "expected"), [
    ("2026-02-27T12:00:00Z", ""),  # a clock that is behind
    ("2026-03-01T08:00:00Z", ""),
    ("2026-04-14T12:00:00Z", ""),  # 44 days
    ("2026-04-15T00:00:00Z", ""),  # 45 days
    ("2026-04-15T23:59:59Z", ""),
    ("2026-04-16T00:00:00Z", SAID),  # 46 days
    ("2026-04-17T12:00:00Z", SAID),
    ("2027-04-17T12:00:00Z", SAID),
])
def test_a_page_says_that_it_is_old_after_45_days(good, open_page, at, expected):
    """At 44 and 45 days nothing, from 46 days on one sentence with the date."""
    assert said(opened_at(open_page, good + "/", at)) == expected


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_kind_of_page_says_it(good, open_page, name):
    """On each template, first in the main part, where whoever skips to it hears it too."""
    page = opened_at(open_page, good + TEMPLATES[name], "2026-04-16T12:00:00Z")
    assert said(page) == SAID
    assert page.locator("main").inner_text().strip().startswith(SAID)


def test_without_javascript_the_foot_has_the_date(good, open_page):
    """Nothing is claimed that only a script could know; the day of the copy stands in the foot of the page."""
    page = open_page(good + "/", javascript=False)
    assert said(page) == ""
    assert "This copy was made on 1 March 2026." in page.locator("footer").inner_text()


def test_nothing_is_stored_and_nothing_is_asked_for(good, open_page):
    """The page compares two dates that it has."""
    asked = []
    page = open_page("about:blank")
    page.clock.install(time="2026-04-16T12:00:00Z")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(good + "/help/burglary/", wait_until="networkidle")
    assert said(page) == SAID
    assert [url.rsplit("/", 1)[-1] for url in asked if url.endswith(".js")] == ["exit.js", "age.js"]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_all(good, open_page, width, scheme):
    """axe finds nothing in either colour scheme, narrow or wide, and the exit stays in sight."""
    page = opened_at(open_page, good + "/help/burglary/harbour/", "2026-04-16T12:00:00Z", width=width, color_scheme=scheme)
    assert said(page) == SAID
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("a[data-exit]").is_visible()
