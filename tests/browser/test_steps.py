"""Step by step to the right help in a real browser: without JavaScript, and with the keyboard alone."""
import pytest

ANSWERS = ("Yes, I am safe for now", "Something was taken or damaged", "Somebody got into my home, shed or garage", "Sefton")


@pytest.mark.parametrize("javascript", [True, False])
def test_from_home_to_help_and_back(real, open_page, javascript):
    """Links lead from home to help in an area; Back shows each question again; nothing is added to an address."""
    page = open_page(real + "/", javascript=javascript)
    page.get_by_role("link", name="step by step").click()
    seen = [page.url]
    for answer in ANSWERS:
        page.get_by_role("navigation", name="Answers").get_by_role("link", name=answer).click()
        seen.append(page.url)
    assert [address.removeprefix(real) for address in seen] == [
        "/start/", "/start/happened/", "/start/things/", "/start/where/burglary/", "/help/burglary/sefton/"]
    for address in seen[-2::-1]:
        page.go_back()
        assert page.url == address and page.get_by_role("navigation", name="Answers").is_visible()


def test_with_the_keyboard_alone(real, open_page):
    """From the home page, Tab and Enter are enough to begin, and to answer each question."""
    page = open_page(real + "/")
    for answer in ("step by step", *ANSWERS):
        page.locator("#main").focus()
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").startswith(answer):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.url == real + "/help/burglary/sefton/"
