"""What professionals print and hand on: codes that a camera reads, cards that say nothing, a message to copy."""
import re

import cv2
import numpy
import pytest

from browser_tools import PUBLIC_URL

CRIME_WORDS = re.compile(r"abuse|crime|victim|rape|hate|stalk|refuge|police|domestic|sexual|violen|harass|murder|burgl|help in", re.IGNORECASE)


@pytest.mark.parametrize("crime_type", ["domestic-abuse", "burglary"])
def test_a_camera_reads_each_code(public, open_page, crime_type):
    """OpenCV reads from the picture of each code, also in dark colours, the address that stands below it; that page is there."""
    output, address = public
    for colours in ("light", "dark"):
        page = open_page(f"{address}/handouts/{crime_type}/")
        page.emulate_media(color_scheme=colours)
        codes = page.locator(".codes li")
        assert codes.count() == 6
        for one in codes.all():
            picture = cv2.imdecode(numpy.frombuffer(one.locator("svg").screenshot(), numpy.uint8), cv2.IMREAD_COLOR)
            read, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
            assert read == one.locator("a").inner_text()
            assert read.startswith(PUBLIC_URL) and (output / read.removeprefix(PUBLIC_URL) / "index.html").exists()


def test_without_a_public_address_there_are_no_codes(real, open_page):
    """A code would lead nowhere: the page says that they come later."""
    page = open_page(f"{real}/handouts/burglary/")
    assert page.locator(".codes svg").count() == 0 and "not here yet" in page.locator("main").inner_text()


def test_no_card_says_what_it_is_for(public):
    """On no card, and in no message, stands a word of crime or the name of an organisation."""
    output, _ = public
    pages = sorted(output.glob("handouts/card/*/index.html"))
    assert len(pages) > 50
    for path in pages:
        text = path.read_text(encoding="utf-8")
        name = re.search(r"<h1>Cards: (.*?)</h1>", text)[1]
        cards, = re.findall(r'<ul class="cards">(.*?)</ul>', text, re.DOTALL)
        for said in (re.sub("<[^>]+>", " ", cards), *re.findall(r'<p class="now" id="message-\d+">(.*?)</p>', text, re.DOTALL)):
            assert not CRIME_WORDS.search(said), (path, said)
            assert name not in said


def test_eight_cards_fit_on_one_sheet(public, open_page):
    """On paper there are eight cards of 85 by 54 mm, on one sheet of A4, and nothing of the page around them; on the screen there is one."""
    page = open_page(f"{public[1]}/handouts/card/victim-care-merseyside-hub/")
    cards = page.locator(".cards li")
    assert [card.is_visible() for card in cards.all()] == [True] + [False] * 7
    page.emulate_media(media="print")
    sizes = {(round(box["width"] * 25.4 / 96), round(box["height"] * 25.4 / 96)) for box in (card.bounding_box() for card in cards.all())}
    assert sizes == {(85, 54)}
    assert not page.locator("h1").is_visible() and not page.locator(".now").is_visible()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("slug", ["samaritans", "merseyside-police", "stop-hate-uk"])
def test_what_a_card_says_fits_on_it(public, open_page, slug):
    """Nothing is cut off at the edge of a printed card."""
    page = open_page(f"{public[1]}/handouts/card/{slug}/")
    page.emulate_media(media="print")
    card = page.locator(".cards li").first
    assert card.evaluate("card => [card.scrollHeight <= card.clientHeight, card.scrollWidth <= card.clientWidth]") == [True, True]


def test_a_message_is_copied(public, open_page):
    """The button copies the words and says so; nothing is sent or stored."""
    page = open_page(f"{public[1]}/handouts/card/victim-care-merseyside-hub/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    page.wait_for_function("() => document.querySelector('main [role=status]').textContent === 'Copied.'")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.locator(".now").first.inner_text()
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
