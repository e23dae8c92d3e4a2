"""Every template, in a real browser: accessible, readable on the smallest phone, and whole without JavaScript."""
import pytest

from browser_tools import TEMPLATES, axe, html_faults

EVERY = pytest.mark.parametrize("name", TEMPLATES)


@EVERY
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_accessibility_faults(good, open_page, name, colours):
    """axe-core finds nothing, in light and in dark colours, on a phone."""
    assert axe(open_page(good + TEMPLATES[name], color_scheme=colours)) == []


@EVERY
def test_no_accessibility_faults_on_a_wide_screen_or_in_forced_colours(good, open_page, name):
    """axe-core finds nothing at 1280 pixels with forced colours."""
    assert axe(open_page(good + TEMPLATES[name], width=1280, forced_colors="active")) == []


@EVERY
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_out_of_the_page(good, open_page, name, width):
    """No sideways scrolling at 320 pixels, which is also 400 % zoom, nor on a wide screen."""
    page = open_page(good + TEMPLATES[name], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@EVERY
def test_frame(good, open_page, name):
    """Exit, 999, skip link, one h1, the safety page in the menu: on every page."""
    page = open_page(good + TEMPLATES[name], javascript=False)
    assert page.locator("h1").count() == 1
    assert page.locator("a.skip[href='#main']").count() == 1 and page.locator("main#main").count() == 1
    assert page.locator("a[data-exit][rel='nofollow noreferrer']").count() == 1
    assert page.locator(".alert a[href='tel:999']").first.is_visible()
    assert page.locator("nav[aria-label=Main] a", has_text="Stay safe here").is_visible()
    assert "Being prepared: numbers not yet confirmed. In danger, ring 999" in page.locator(".draft").inner_text()
    assert page.locator("meta[name=robots][content=noindex]").count() == 1
    assert page.locator("meta[name=referrer][content=no-referrer]").count() == 1
    if name != "home":
        assert page.locator("nav.crumb a").count() >= 1


@EVERY
def test_targets_are_large_enough(good, open_page, name):
    """Buttons and the exit are 44 pixels high; links outside a sentence are 24."""
    page = open_page(good + TEMPLATES[name], width=320)
    small = page.evaluate("""() => {
        const seen = [...document.querySelectorAll('a, button, input')].filter(e => e.checkVisibility() && !e.matches('.skip'));
        const sentence = e => e.closest('p, dd, li') && [...e.closest('p, dd, li').childNodes].some(n => n !== e && n.textContent.trim());
        return seen.filter(e => {
            const least = e.matches('.btn, .exit, button, input') ? 44 : sentence(e) ? 0 : 24;
            return e.getBoundingClientRect().height < least;
        }).map(e => e.outerHTML);
    }""")
    assert small == []


def test_any_listing_is_three_links_from_home_without_javascript(good, open_page):
    """Home, crime type, area: there the listing stands, with its number as text."""
    page = open_page(good + "/", javascript=False)
    page.click("text=Stalking")
    page.click("nav[aria-label=Areas] >> text=Harbour")
    listing = page.locator("[data-listing='harbour-advice/helpline']")
    assert listing.is_visible()
    assert "0808 157 0123" in listing.inner_text()
    assert listing.locator("[data-checked='2025-03']").is_visible()


def test_every_provider_is_two_links_from_home_without_javascript(good, open_page):
    """Home, all providers, provider: also for those that are closed, with what to use instead."""
    page = open_page(good + "/", javascript=False)
    page.click("nav[aria-label=Main] >> text=Providers")
    page.click("text=Old Lamp")
    assert "not open any more" in page.locator("main").inner_text()
    assert page.locator("[data-listing='harbour-advice/helpline']").is_visible()
    assert "020 7946 0999" not in page.locator("main").inner_text()


def test_search_page_without_javascript_is_a_list_of_every_way_to_browse(good, open_page):
    """The box says why it does not work; the lists do, and what was typed goes nowhere."""
    page = open_page(good + "/search/", javascript=False)
    assert "JavaScript" in page.locator("noscript").inner_text()
    for words in ("Burglary", "Stalking", "Harbour", "All providers"):
        assert page.locator("main a", has_text=words).first.is_visible()
    page.fill("input[type=search]", "my secret")
    page.press("input[type=search]", "Enter")
    assert "secret" not in page.url


def test_every_template_is_valid_html(good_output):
    """html-validate finds nothing on any page of the made-up force."""
    assert html_faults(good_output) == []


@EVERY
def test_no_console_errors(good, browser, name):
    """Nothing is refused by the content security policy, nothing is missing, no script fails."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(good + TEMPLATES[name], wait_until="networkidle")
    context.close()
    assert said == []


def test_print_has_numbers_and_date_but_no_exit(good, open_page):
    """On paper: no bar, no buttons to press, the numbers and the date of the copy."""
    page = open_page(good + "/help/burglary/harbour/")
    page.emulate_media(media="print")
    assert not page.locator("a[data-exit]").is_visible()
    assert page.locator("text=0808 157 0123").first.is_visible()
    assert "copy of 1 March 2026" in page.locator(".end .only-print").inner_text()
