"""The reader's safety: which test shows that each line of the requirements (1 to 14b) holds, and what no other file shows, in two browsers.

Chromium runs always, Firefox with --all. No. | shown by
 1  exit in reach and in sight     | test_exit.py (every template); here in both
 2  blank at once, no way back     | test_exit.py; here in both, without JavaScript too
 3  Shift three times              | test_exit.py; here in both
 4  shown again, and offline       | test_exit.py; here in both, with a target that cannot be reached
 5  the same target, no referrer   | test_exit.py; here in both, with what a server of that target gets to know
 6  the safety page                | here; no false promise: tests/test_phrases.py and the check itself (tests/broken/*promise-that-nobody-can-keep)
 7  nothing stored, nobody asked   | test_traces.py (every template); here in both, and in the files of a real profile
 8  words of a search nowhere      | test_traces.py; here in both, in the files of a real profile, with filters
 9  neutral titles                 | here, over the whole built site
10  cost, bill, list of calls      | here, over the whole built site, and in answers of the search; tests/test_phone.py
11  saving, removal                | test_saving.py
12  no "removed" without a look    | test_saving.py
13  one file to carry              | tests/test_one_file.py, tests/browser/test_carried.py
14  999 first, paper               | here; paper: test_pages.py (test_print_has_numbers_and_date_but_no_exit)
14b draft until confirmed          | test_pages.py (test_frame), tests/test_workflows.py (publishing refuses)

What Firefox does not allow from outside, and what stands in for it: java_script_enabled (its setting javascript.enabled), set_offline (a target that
refuses), forced_colors and reduced_motion (Chromium alone: test_pages.py, test_conditions.py). A real return from the memory of the browser is
played by its event in both: neither keeps a page there while tools are connected.
"""
import contextlib
import http.server
import re
import shutil
import threading
import urllib.request
from types import SimpleNamespace

import pytest
from profiles import BROWSERS, firefox_path, found, numbers, profile
from test_exit import BLANK, LEAVING, hanging_server, told
from test_traces import KEPT

import _answering
from browser_tools import EXIT_TARGET, ROOT, TEMPLATES, served
from support_directory import phone

LONG = pytest.mark.long
BOTH = [pytest.param(name, marks=[LONG] if name == "firefox" else []) for name in BROWSERS]
WORD = "zyxwombat"
ADDRESS = "127.0.0.1"
# Where browsers keep what a site stores: cookies, storage, databases, caches and workers of a page.
STORED = re.compile(r"cookies|local storage|indexeddb|service worker|cachestorage|webappsstore|storage[/\\](default|permanent|temporary)",
                    re.IGNORECASE)
# Chromium itself notes in "Session Storage" which sites are open in its tabs, also of a page without any script; what a site stores there has such keys.
OF_A_TAB = re.compile(rb"map-[0-9]+-")
NOTHING = {"cookies": "", "local": 0, "session": 0, "caches": 0, "databases": 0, "workers": 0, "manifest": 0}


@contextlib.contextmanager
def everyday():
    """The everyday site that the exit leads to -> its address, and the headers of each request that it gets."""
    heard = []

    class Weather(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(dict(self.headers))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Weather</title>Sunny")

        def log_message(self, *args):
            """Says nothing."""
    server = http.server.ThreadingHTTPServer((ADDRESS, 0), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(address=f"http://{ADDRESS}:{server.server_address[1]}", heard=heard)
    server.shutdown()


@pytest.fixture(scope="session")
def leading_out(good_output, tmp_path_factory):
    """Saltmarsh with an exit that leads to a server of ours: no browser need be told to play it -> its address, the everyday site, every path asked for."""
    folder, asked = tmp_path_factory.mktemp("leading-out") / "output", []
    shutil.copytree(good_output, folder)
    with everyday() as target:
        for page in folder.rglob("*.html"):
            page.write_text(page.read_text(encoding="utf-8").replace(EXIT_TARGET, target.address), encoding="utf-8")
        with served(folder, asked) as address:
            yield SimpleNamespace(address=address, target=target, asked=asked)


@pytest.fixture(scope="session")
def firefox(playwright):
    """A Firefox, shared by the tests of one worker."""
    it = playwright.firefox.launch(channel="moz-firefox", executable_path=firefox_path())
    yield it
    it.close()


@pytest.fixture(params=BOTH)
def page(request):
    """A page of each browser in a context of its own."""
    context = request.getfixturevalue("browser" if request.param == "chromium" else "firefox").new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(params=BOTH)
def name(request):
    """The name of each browser."""
    return request.param


@contextlib.contextmanager
def hosted(output):
    """Serves a built site as a host does that reads _headers -> its address."""
    server = _answering.server(output, 0, as_a_host=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{ADDRESS}:{server.server_address[1]}"
    server.shutdown()


# ---- 1 to 5: the exit

def learned(leading_out):
    """The requests that the everyday site got and that name a page of ours in any header."""
    return [row for row in leading_out.target.heard if leading_out.address.removeprefix("http://") in str(row)]


def back(page):
    """Goes back as the reader's button does. Firefox takes the page out of its memory, and the tools would wait for it to load."""
    page.evaluate("setTimeout(() => history.back(), 0)")


def test_1_the_exit_is_the_second_stop_of_every_template(page, leading_out):
    """Tab twice from the top of a page: the exit."""
    for path in TEMPLATES.values():
        page.goto(leading_out.address + path)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('a[data-exit]')"), path


@pytest.mark.parametrize("size", [(320, 256), (1280, 720)])
def test_1_the_exit_is_in_sight_at_every_depth(page, leading_out, size):
    """At five depths of a long page it is on top, whole and 44 pixels high."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(leading_out.address + "/help/burglary/harbour/")
    for part in range(5):
        page.evaluate("part => scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * part / 4)", part)
        box = page.evaluate("(({x, y, width, height}) => ({x, y, width, height}))(document.querySelector('a[data-exit]').getBoundingClientRect())")
        assert box["height"] >= 44 and box["y"] >= 0 and box["y"] + box["height"] <= size[1]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).matches('a[data-exit]')", [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


def test_2_blank_at_once_while_the_target_takes_four_seconds(page, good_output):
    """The press itself blanks page and title; nothing of ours comes back while the target hangs. The page tells our server how it looks."""
    took = []
    while min(took, default=50) >= 50 and len(took) < 3:  # a busy machine can hold up one press, not three
        asked = []
        with served(good_output, asked) as good, hanging_server(seconds=4) as target:
            page.goto(good + "/help/stalking/")
            page.evaluate(LEAVING, target)
            page.wait_for_url(target)
        clicked = next(told(path) for path in asked if path.startswith("/clicked"))
        took.append(float(clicked["ms"]))
        assert (clicked["display"], clicked["title"]) == ("none", "Loading")
        after = [told(path) for path in asked if path.startswith("/seen") and int(told(path)["number"]) > int(clicked["number"])]
        assert {(row["display"], row["title"]) for row in after} <= {("none", "Loading")}
    assert min(took) < 50, took


def test_2_back_never_shows_the_page_that_was_left(page, leading_out):
    """Back leads to the page before it."""
    page.goto(leading_out.address + "/")
    page.goto(leading_out.address + "/help/stalking/")
    page.click("a[data-exit]")
    page.wait_for_url(leading_out.target.address + "/**")
    back(page)
    page.wait_for_timeout(1500)
    assert page.evaluate("location.href") == leading_out.address + "/"


def test_2_a_plain_link_without_javascript(playwright, name, leading_out, tmp_path):
    """Without JavaScript the exit leads there as any link does, and the target learns nothing."""
    off = {"java_script_enabled": False} if name == "chromium" else {"firefox_user_prefs": {"javascript.enabled": False}}
    leading_out.target.heard.clear()
    with profile(playwright, name, tmp_path / "profile", **off) as context:
        page = context.new_page()
        page.goto(leading_out.address + "/help/stalking/")
        for key in ("Tab", "Tab", "Enter"):  # to press with the mouse, the tools need JavaScript
            page.keyboard.press(key)
        page.wait_for_url(leading_out.target.address + "/**", wait_until="commit")
        page.wait_for_timeout(500)
    assert leading_out.target.heard and learned(leading_out) == []


def test_3_shift_three_times(page, leading_out):
    """Left and right mixed, with pauses: leaves."""
    page.goto(leading_out.address + "/help/stalking/")
    page.wait_for_load_state("load")
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    page.wait_for_url(leading_out.target.address + "/**")


def test_3_typing_and_on_screen_keyboards_do_not_leave(page, leading_out):
    """Capitals are typed with Shift, and keyboards on a screen press it without a code: the page stays."""
    page.goto(leading_out.address + "/search/")
    page.focus("input[type=search]")
    for letter in "NHS Victim Support":
        if letter.isupper():
            page.keyboard.down("Shift")
            page.keyboard.press(f"Key{letter}")
            page.keyboard.up("Shift")
        else:
            page.keyboard.type(letter)
    page.evaluate("""() => {
        for (let i = 0; i < 4; i++) for (const type of ['keydown', 'keyup']) dispatchEvent(new KeyboardEvent(type, {key: 'Shift', code: ''}));
    }""")
    page.wait_for_timeout(300)
    assert page.url == leading_out.address + "/search/" and not page.evaluate(BLANK)
    assert page.input_value("input[type=search]").lower() == "nhs victim support"


def test_4_a_page_that_is_shown_again_is_whole(page, leading_out):
    """What the browser kept in its memory while it was blank has its words and its title again."""
    page.goto(leading_out.address + "/help/stalking/")
    title = page.title()
    page.evaluate("""() => {
        const link = document.querySelector('a[data-exit]');
        link.href = '#';
        link.click();
        dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    }""")
    assert page.title() == title and not page.evaluate(BLANK)


def test_4_blank_where_the_target_cannot_be_reached(page, leading_out):
    """Without a network the page is gone all the same."""
    page.goto(leading_out.address + "/help/stalking/")
    shown = page.evaluate("""() => {
        const link = document.querySelector('a[data-exit]');
        link.href = 'http://127.0.0.1:9/';
        link.click();
        return [getComputedStyle(document.body).display, document.title];
    }""")
    assert shown == ["none", "Loading"]


def test_5_the_target_learns_nothing_and_no_event_is_sent(page, leading_out):
    """What a server at the target gets to see names no page of ours, and ours is asked for nothing when somebody leaves."""
    page.goto(leading_out.address + "/help/stalking/", wait_until="networkidle")
    leading_out.target.heard.clear()
    leading_out.asked.clear()
    page.click("a[data-exit]")
    page.wait_for_url(leading_out.target.address + "/**")
    page.wait_for_timeout(300)
    assert leading_out.asked == []
    assert leading_out.target.heard and learned(leading_out) == []


def test_5_one_target_for_everybody(real_output):
    """Every page of the site leads to the same one, and asks for no trace to be kept."""
    links = {match for path in real_output.rglob("*.html") for match in re.findall(r"<a class=\"exit\" data-exit [^>]*>", path.read_text(encoding="utf-8"))}
    assert len(links) == 1 and 'rel="nofollow noreferrer"' in links.pop()


# ---- 6 and 9: what the pages say, and what their names say

def test_6_the_safety_page_says_what_is_not_cleared():
    """Everything that stays is named, with what to do and not to do."""
    text = (ROOT / "content/pages/safety.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    for said in ("Browser history", "name the crime", "Copies of pages", "A saved copy", "list of calls", "Texts", "Phone bills", "0800, 0808 or 116",
                 "Bank statements", "Spyware",
                 "Do not clear everything at once", "safer device", "share your history or your account", "router", "owns the Wi-Fi",
                 "Parental controls", "Not every host can", "(/offline/)"):
        assert said in text, said


def test_6_every_page_leads_to_it_before_its_own_words(real_output):
    """The link stands at the top of every page."""
    pages = [path for path in real_output.rglob("*.html") if path.name != "information.html"]
    assert len(pages) > 100
    for path in pages:
        before = path.read_text(encoding="utf-8").partition("<main")[0]
        assert re.search(r'<a href="[^"]*safety/"', before), path


def test_9_titles_icons_and_share_texts_are_neutral(real_output):
    """Each title names its page and the discreet name, which says nothing of crime; the icon has no words; there are no texts made for sharing."""
    crime = re.compile(r"abuse|violen|victim|crime|police|rape|sexual|assault|stalk|refuge", re.IGNORECASE)
    discreet = re.search(r"^discreet_name: (.*)$", (ROOT / "content/site.yaml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert not crime.search(discreet)
    for path in real_output.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        title = re.search("<title>(.*?)</title>", text)[1]
        assert title == discreet or title.endswith(f" – {discreet}"), path
        assert not re.search(r'property="og:|name="twitter:|rel="manifest"', text), path
    icon = next(real_output.glob("static/*/icons/mark.svg")).read_text(encoding="utf-8")
    assert "<text" not in icon and "<title" not in icon and not crime.search(icon)


# ---- 7 and 8: what a visit leaves

def test_7_a_visit_stores_nothing_and_asks_nobody_else(page, leading_out):
    """0 cookies, 0 storage, 0 workers, 0 manifests and 0 requests to others, on every template."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in TEMPLATES.values():
        page.goto(leading_out.address + path, wait_until="networkidle")
        assert page.evaluate(KEPT) == NOTHING, path
    assert asked and [url for url in asked if not url.startswith(leading_out.address + "/")] == []
    assert page.context.cookies() == []


def test_7_the_profile_holds_no_storage_of_ours(playwright, name, good, tmp_path):
    """After a visit to every template no file for cookies, storage, databases, caches or workers knows of us; after a page that stores, they do."""
    folder = tmp_path / "profile"
    for stores in (False, True):
        with profile(playwright, name, folder) as context:
            page = context.new_page()
            for path in TEMPLATES.values():
                page.goto(good + path, wait_until="networkidle")
            if stores:
                page.evaluate("""async () => {
                    localStorage.setItem('a', 'b');
                    sessionStorage.setItem('a', 'b');
                    document.cookie = 'a=b; max-age=86400';
                    await (await caches.open('a')).put('/a', new Response('b'));
                }""")
                page.wait_for_timeout(7000)  # Chromium writes what a tab stores after five seconds
        assert bool([file for file in found(folder, [ADDRESS]).get(ADDRESS, ()) if STORED.search(file)]) == stores
        of_tabs = [file for file in (folder / "Default/Session Storage").glob("*.log") if OF_A_TAB.search(file.read_bytes())]
        assert bool(of_tabs) == (stores and name == "chromium")


def test_7_on_a_host_with_headers_no_number_stays_in_the_profile(playwright, name, good_output, tmp_path):
    """Every template visited and a search made, on a host that reads _headers: no file of the profile holds the number of a listing."""
    wanted = numbers(good_output)
    with hosted(good_output) as address, profile(playwright, name, tmp_path / "profile") as context:
        visit_and_search(context.new_page(), address)
    assert len(wanted) >= 3 and found(tmp_path / "profile", [*wanted, *wanted.values()]) == {}


def test_7_without_headers_the_browsers_own_copies_stay(playwright, name, good, good_output, tmp_path):
    """The same visit on a host that sends none: the numbers are there. So the test above can fail, and the safety page has reason to warn."""
    wanted = numbers(good_output)
    with profile(playwright, name, tmp_path / "profile") as context:
        visit_and_search(context.new_page(), good)
    assert set(found(tmp_path / "profile", wanted.values())) == set(wanted.values())


def visit_and_search(page, address):
    """Opens every template, then makes a search."""
    for path in TEMPLATES.values():
        page.goto(address + path, wait_until="networkidle")
    page.goto(address + "/search/")
    page.wait_for_selector("[data-search][data-state=ready]", state="attached")
    page.fill("input[type=search]", "burglary")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-result]")
    page.wait_for_load_state("networkidle")


def test_8_words_and_filters_of_twenty_searches_are_nowhere_in_the_profile(playwright, name, good, tmp_path):
    """20 searches on two pages, filters pressed, a link followed, Back, a normal close: no file holds a word."""
    with profile(playwright, name, tmp_path / "profile") as context:
        page = context.new_page()
        for path, first in (("/", 0), ("/search/", 10)):
            page.goto(good + path)
            for number in range(first, first + 10):
                page.fill("input[type=search]", f"burglary {WORD} {number}")
                page.press("input[type=search]", "Enter")
                page.wait_for_function("number => document.querySelector('[data-search]').dataset.answers >= number", arg=number - first + 1)
        page.wait_for_load_state("networkidle")
        for box in page.locator("main input[type=checkbox]:visible").all()[:2]:
            box.check()
        assert WORD not in page.url + page.title() + str(page.evaluate("JSON.stringify(history.state)"))
        page.locator("[data-result] a").first.click()
        page.wait_for_url("**/help/**")
        back(page)
        page.wait_for_timeout(1000)
    assert found(tmp_path / "profile", [WORD]) == {}


def test_the_pages_work_with_the_headers_and_nobody_can_frame_them(page, good_output, leading_out):
    """With the headers of a host no template has a fault in the console, the search answers, and a page of somebody else cannot show ours inside it."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    with hosted(good_output) as address:
        visit_and_search(page, address)
        assert said == []
        page.goto(leading_out.target.address)
        page.evaluate("""address => new Promise(done => {
            const frame = Object.assign(document.createElement('iframe'), {src: address, onload: done});
            document.body.append(frame);
            setTimeout(done, 2000);
        })""", address + "/help/")
        assert "data-exit" not in "".join(frame.content() for frame in page.frames[1:] if frame.url.startswith(address))


# ---- 10 and 14: what stands beside the numbers

LINE = re.compile(r'<a [^>]*href="(tel:|sms:)([^"?]+)[^"]*"|<span class="cost">([^<]*)</span>')
# What is said of each kind of number, written down here a second time: by what is dialled.
EXPECTED = [(r"tel:(999|18000|116\d{3}|08001111|\+44(800|808)\d+|18001(0800|0808|116)\d+)", phone.FREE), (r"tel:(18001)?(101|105|111)", phone.FREE_SHORT),
            (r"tel:(\+44|180010)[123]\d+", phone.NORMAL), (r"tel:(\+44|180010)7\d+", phone.MOBILE), (r"tel:\d{3,6}", phone.SHORT), (r"sms:.*", phone.TEXT)]


def line_for(link):
    """A tel: or sms: link -> the line that belongs beside it."""
    return next(line for pattern, line in EXPECTED if re.fullmatch(pattern, link))


def unlined(text):
    """A page -> how many numbers its listings have, and those whose own line does not follow within their listing, as (listing, link)."""
    bad, count = [], 0
    for part in re.split(r'(?=data-listing=")', text)[1:]:
        inside = re.split(r"</article>|</li>", part)[0]
        found_here = LINE.findall(inside)
        for at, (scheme, number, _) in enumerate(found_here):
            if scheme:
                count += 1
                following = next((cost for _, _, cost in found_here[at:] if cost), None)
                if following != line_for(scheme + number):
                    bad.append((part[14:60].partition('"')[0], scheme + number))
    return count, bad


def test_10_every_number_of_a_listing_has_its_line(real_output):
    """On every page of the built site, in each listing, what a call costs and shows follows each number, by its type; equal neighbours share it."""
    counted = 0
    for path in sorted(real_output.rglob("index.html")):
        count, bad = unlined(path.read_text(encoding="utf-8"))
        counted += count
        assert bad == [], path
    assert counted > 1000
    page = (real_output / "providers/merseyside-police/index.html").read_text(encoding="utf-8")
    assert unlined(re.sub('<span class="cost">Free to call[^<]*</span>', "", page))[1]


def test_10_one_place_of_each_template_has_its_line(real_output):
    """Home, help, area, provider, the search's panel for danger and the page for emergencies each say it beside the number that they show first."""
    for path, words in {"index.html": "", "areas/liverpool/index.html": "", "providers/samaritans/index.html": "", "help/burglary/index.html": "",
                        "emergency/index.html": "", "search/index.html": "data-emergency"}.items():
        text = (real_output / path).read_text(encoding="utf-8").partition("<main")[2].partition(words or "<main")[2 if words else 0]
        assert phone.FREE in text, path


def test_10_answers_of_the_search_have_it_too(page, good):
    """Beside each number of an answer stands what the call costs and shows; the panel for danger says it as well."""
    page.goto(good + "/search/")
    page.fill("input[type=search]", "burglary in harbour")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-service] a[href^='tel:']")
    page.wait_for_load_state("networkidle")
    rows = page.evaluate("""() => [...document.querySelectorAll('[data-service]')].map(row => [
        row.dataset.service, row.querySelector('a[href^="tel:"], a[href^="sms:"]')?.getAttribute('href').split('?')[0], row.textContent])""")
    first = {}
    for key, link, text in rows:
        first.setdefault(key, (link, text))  # what is repeated below stands in full above
    assert [key for key, (link, text) in first.items() if link and line_for(link) not in text] == []
    assert any(link for link, _ in first.values())


def test_10_the_panel_for_danger_has_it_too(page, real):
    """Words of danger bring 999, and below it what the call shows."""
    page.goto(real + "/search/")
    page.fill("input[type=search]", "he is going to kill me now")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-emergency]:not([hidden])")
    assert phone.FREE in page.inner_text("[data-emergency]")


def test_14_999_comes_first(real_output):
    """On the home page 999 and pressing 55 on a mobile stand before everything else, with a link to all other ways; there they stand in their order."""
    home = (real_output / "index.html").read_text(encoding="utf-8")
    before = home.partition("<main")[0]
    assert 'href="tel:999"' in before and "press 55" in before and "mobile" in before and 'href="emergency/"' in before
    ways = ("Call 999", "press 55", "works on mobiles only", "999 BSL", "18000", "text 999")
    for path, text in (("emergency/index.html", None), ("offline/information.html", None)):
        text = (real_output / path).read_text(encoding="utf-8")
        text = re.sub(r"<script.*?</script>|<style.*?</style>|<head.*?</head>", "", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", "", text.partition("<main")[2] if path.startswith("emergency") else text)
        places = [text.find(way) for way in ways]
        assert -1 not in places and places == sorted(places), (path, places)


def test_the_server_of_these_tests_reads_the_sites_own_file(good_output):
    """What is hosted here is what the built file says."""
    with hosted(good_output) as address, urllib.request.urlopen(address + "/help/") as answer:
        assert answer.headers["Cache-Control"] == "no-store" and "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
