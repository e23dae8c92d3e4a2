"""The page for professionals: what stands first, and a shortlist that is made in the page, printed, and kept nowhere."""
import re

import pytest

from browser_tools import axe

ADD = "li[data-listing] [data-add]"
KEPT = """async () => [location.href, history.length, JSON.stringify(history.state), document.cookie, {...localStorage}, {...sessionStorage}, document.title,
    name, await caches.keys(), await indexedDB.databases()]"""


@pytest.fixture
def page(good, open_page):
    """The page, with its buttons."""
    page = open_page(good + "/professionals/")
    open_groups(page)
    return page


def open_groups(page):
    """Opens each group of services, once its buttons are there."""
    page.wait_for_selector(ADD, state="attached")
    for summary in page.locator("details.fold:not([open]) > summary").all()[::-1]:
        summary.click()


def press(page, key):
    """Presses the button of a service."""
    page.locator(f'li[data-listing="{key}"] [data-add]').click()


def on_paper(page):
    """The names of the services that a print would show, in order."""
    page.emulate_media(media="print")
    shown = page.locator("main h3").evaluate_all("titles => titles.filter(title => title.getClientRects().length).map(title => title.textContent)")
    page.emulate_media(media="screen")
    return shown


def status(page):
    """What a screen reader is told."""
    return page.locator("[data-shortlist] [role=status]").inner_text()


def test_what_stands_first(page, good):
    """Whoever needs help is led home, and whom to ring where somebody is not safe comes before any service; no number is made up."""
    text = page.locator("main").inner_text()
    assert text.index("Start here") < text.index("First: is somebody not safe?") < text.index("Your shortlist") < text.index("After any crime")
    stop = page.locator("[aria-labelledby=stop]")
    assert stop.locator("a[href='tel:999']").count() == 1
    assert "An adult: We have no number. Ring the council" in " ".join(stop.inner_text().split())
    assert page.locator("main p", has_text="Start here").locator("a").evaluate("link => link.href") == good + "/"


def test_a_list_is_made_printed_and_cleared(page):
    """Only what was chosen is printed, in the order of the choice; Clear takes all of it off, and then the whole list prints again."""
    whole = on_paper(page)
    press(page, "saltmarsh-hub/hub")
    press(page, "nightline/chat")
    assert on_paper(page) == ["Saltmarsh hub", "Nightline"]
    assert "2 chosen" in status(page) and status(page).startswith("Nightline is on the list.")
    sheet = page.locator("[data-sheet]").text_content()
    assert "020 7946 0018" in sheet and "Not known yet" in sheet and "Where" in sheet
    assert page.locator("[data-sheet] button").count() == page.locator("[data-sheet] [id]").count() == 0
    press(page, "saltmarsh-hub/hub")
    assert on_paper(page) == ["Nightline"] and "is off the list. 1 chosen" in status(page)
    page.get_by_role("button", name="Clear").click()
    assert on_paper(page) == whole and len(whole) > 4 and status(page) == "Nothing is chosen."
    assert page.locator("[data-doing]").is_hidden() and page.evaluate("document.activeElement.id") == "chosen"


def test_the_print_button_prints(page):
    """Print asks the browser to print, once there is something on the list."""
    page.evaluate("window.print = () => { window.printed = true; }")
    assert page.get_by_role("button", name="Print").count() == 0
    press(page, "nightline/chat")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") is True


def test_with_the_keyboard_alone(page):
    """A service is put on the list and taken off again without a mouse; the focus never gets lost."""
    page.reload()
    page.wait_for_selector(ADD, state="attached")
    button = page.locator('li[data-listing="nightline/chat"] [data-add]')
    page.locator("details.fold", has=button).locator("summary").press("Enter")
    assert button.evaluate("button => button.textContent") == "Add Nightline"
    button.press("Enter")
    assert button.evaluate("button => button.textContent") == "Take off Nightline" and button.evaluate("button => button === document.activeElement")
    chip = page.get_by_role("button", name="Take off: Nightline")
    chip.focus()
    chip.press("Space")
    assert button.evaluate("button => button === document.activeElement") and button.evaluate("button => button.textContent") == "Add Nightline"


def test_nothing_is_kept(page):
    """The list leaves no trace in the address, the history, the title or any store; it is gone when the page is loaded again or left."""
    before, asked = page.evaluate(KEPT), []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "saltmarsh-hub/hub")
    press(page, "nightline/chat")
    assert page.evaluate(KEPT) == before and asked == []
    page.reload()
    open_groups(page)
    assert page.locator("[data-sheet] li, [data-shortlist] .chips li").count() == 0
    press(page, "nightline/chat")
    page.goto(page.url.replace("professionals/", "privacy/"))
    page.go_back()
    page.wait_for_selector(ADD, state="attached")
    assert page.locator("[data-sheet] li, [data-shortlist] .chips li").count() == 0


def test_without_javascript(good, open_page):
    """There is no button that does nothing; the list itself is there, and prints."""
    page = open_page(good + "/professionals/", javascript=False)
    assert page.locator("[data-shortlist]").is_hidden() and page.locator("main button:visible").count() == 0
    assert page.locator("li[data-listing] h3").count() == len(on_paper(page)) > 4
    assert page.locator("li[data-listing] h3").first.is_hidden()
    page.locator("details.fold > summary").first.click()
    assert page.locator("li[data-listing] h3").first.is_visible()


def test_a_link_to_a_service_opens_its_group(good, open_page):
    """Another group that a service helps leads to it: the group in which it stands in full opens by itself."""
    page = open_page(good + "/professionals/#s-nightline-chat")
    assert page.locator("#s-nightline-chat h3").is_visible() and page.locator("details.fold[open]").count() == 1


def test_eight_services_fit_on_one_sheet(real, open_page):
    """The shortlist of the real site: eight services, of those with the most to say, take one page of paper."""
    page = open_page(real + "/professionals/")
    page.wait_for_selector(ADD, state="attached")
    page.evaluate("""() => [...document.querySelectorAll("li[data-listing]")].sort((a, b) => b.textContent.length - a.textContent.length).slice(0, 8)
        .forEach(row => row.querySelector("[data-add]").click())""")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_no_faults(page):
    """With something on the list, and without, axe finds nothing."""
    assert axe(page) == []
    press(page, "nightline/chat")
    assert axe(page) == []
