"""The exit: at once, without a way back to the page that was left, and never by accident (safety requirements 1 to 5)."""
import contextlib
import http.server
import threading
import time
import urllib.parse

import pytest

from browser_tools import EXIT_TARGET, TEMPLATES, served

# Presses the exit after half a second; the page tells our server ten times a second how it looks, and how long the press took.
LEAVING = """target => {
    const link = document.querySelector('a[data-exit]');
    link.href = target;
    let number = 0;
    const seen = () => `number=${++number}&display=${getComputedStyle(document.body).display}&title=${document.title}`;
    setInterval(() => fetch(`/seen?${seen()}`), 100);
    setTimeout(() => {
        const start = performance.now();
        link.click();
        fetch(`/clicked?ms=${performance.now() - start}&${seen()}`);
    }, 500);
}"""

BLANK = "() => getComputedStyle(document.body).display === 'none'"


@pytest.mark.parametrize("name", TEMPLATES)
def test_exit_is_the_second_tab_stop(good, open_page, name):
    """The skip link comes first, the exit second, on every template."""
    page = open_page(good + TEMPLATES[name])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a[data-exit]')")


@pytest.mark.parametrize("size", [(320, 256), (1280, 720)])
@pytest.mark.parametrize("path", ["/", "/help/burglary/harbour/"])
def test_exit_is_in_sight_at_every_depth(good, open_page, path, size):
    """At five depths of scrolling the exit is on top of whatever else is there, and 44 pixels high."""
    page = open_page(good + path, *size)
    for part in range(5):
        page.evaluate("part => scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * part / 4)", part)
        box = page.locator("a[data-exit]").bounding_box()
        assert box["height"] >= 44
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).matches('a[data-exit]')", [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


def test_page_is_blank_in_the_same_task_while_the_target_hangs(good_output, open_page):
    """The click itself blanks the page and its title; while the target takes four seconds nothing of ours comes back.

    The page itself tells the server how it looks, ten times a second: the tools of the browser wait while it is leaving.
    """
    asked = []
    with served(good_output, asked) as good, hanging_server(seconds=4) as target:
        page = open_page(good + "/help/stalking/")
        page.evaluate(LEAVING, target)
        page.wait_for_url(target)
    clicked = next(told(path) for path in asked if path.startswith("/clicked"))
    assert float(clicked["ms"]) < 50
    after = [told(path) for path in asked if path.startswith("/seen") and int(told(path)["number"]) > int(clicked["number"])]
    assert len(after) >= 20
    assert {(row["display"], row["title"]) for row in [clicked, *after]} == {("none", "Loading")}


def told(path):
    """What a request's path says after the question mark, as a dict."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))


@contextlib.contextmanager
def hanging_server(seconds):
    """A server that takes `seconds` to answer anything -> its address."""
    class Slow(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(seconds)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Sunny")

        def log_message(self, *args):
            """Says nothing."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def test_back_does_not_show_the_page_that_was_left(good, open_page):
    """After the exit, Back leads to the page before the one that was left."""
    page = open_page(good + "/")
    page.goto(good + "/help/stalking/")
    page.click("a[data-exit]")
    page.wait_for_url(EXIT_TARGET + "/**")
    page.go_back()
    assert page.url == good + "/"


def test_exit_sends_no_referrer_and_is_a_plain_link_without_javascript(good, open_page):
    """The target learns nothing of where the reader was, with JavaScript and without."""
    for javascript in (True, False):
        page = open_page(good + "/help/stalking/", javascript=javascript)
        with page.expect_request(EXIT_TARGET + "/**") as request:
            page.click("a[data-exit]")
        assert "referer" not in request.value.all_headers()
        assert page.url.startswith(EXIT_TARGET)


def test_shift_three_times_leaves(good, open_page):
    """Shift alone, three times, left and right mixed, does the same as the link."""
    page = open_page(good + "/help/stalking/")
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    page.wait_for_url(EXIT_TARGET + "/**")


def test_shift_with_long_pauses_does_not_leave(good, open_page):
    """Presses more than five seconds apart do not add up."""
    page = open_page(good + "/help/stalking/")
    page.clock.install()
    page.reload()
    for _ in range(4):
        page.evaluate("""() => {
            window.shift = (window.shift || 0) + 6000;
            for (const type of ['keydown', 'keyup']) {
                const event = new KeyboardEvent(type, {key: 'Shift', code: 'ShiftLeft'});
                Object.defineProperty(event, 'timeStamp', {value: window.shift});
                dispatchEvent(event);
            }
        }""")
    assert not page.evaluate(BLANK)


@pytest.mark.parametrize("text", ["NHS Victim Support", "A B C D", "SHIFT"])
def test_typing_capitals_does_not_leave(good, open_page, text):
    """Shift held to type a capital letter is not a wish to leave."""
    page = open_page(good + "/search/")
    page.focus("input[type=search]")
    for letter in text:
        if letter.isupper():
            page.keyboard.down("Shift")
            page.keyboard.press(f"Key{letter}")
            page.keyboard.up("Shift")
        else:
            page.keyboard.type(letter)
    assert page.input_value("input[type=search]") == text
    assert page.url.startswith(good) and not page.evaluate(BLANK)


def test_shift_of_an_on_screen_keyboard_does_not_count(good, open_page):
    """On-screen keyboards send Shift without a key code whenever they turn to capitals."""
    page = open_page(good + "/search/")
    page.evaluate("""() => {
        for (let i = 0; i < 4; i++) for (const type of ['keydown', 'keyup']) dispatchEvent(new KeyboardEvent(type, {key: 'Shift', code: ''}));
    }""")
    assert not page.evaluate(BLANK)


def test_coming_back_from_the_browsers_memory_shows_the_page_again(good, open_page):
    """A page that the browser kept while it was blank is whole when it is shown again."""
    page = open_page(good + "/help/stalking/")
    title = page.title()
    page.evaluate("""() => {
        const link = document.querySelector('a[data-exit]');
        link.href = '#';  // stays here, as a page does that the browser keeps in its memory
        link.click();
        dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    }""")
    assert page.title() == title and not page.evaluate(BLANK)


def test_exit_blanks_the_page_offline_too(good, open_page):
    """With the network off the target cannot come, but the page is gone."""
    page = open_page(good + "/help/stalking/")
    page.context.unroute_all()
    page.context.set_offline(True)
    blank = page.evaluate("() => { document.querySelector('a[data-exit]').click(); return getComputedStyle(document.body).display }")
    assert blank == "none"
