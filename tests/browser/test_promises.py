"""What the site promises its readers, each promise tied to something that is measured in a browser on every template.

The privacy page is the contract: a sentence of it that nothing here measures fails, and so does a measurement that no sentence speaks of any more.
"""
import re
import urllib.parse
from types import SimpleNamespace

import markdown
import pytest

from browser_tools import ROOT, TEMPLATES

SECTION = "What we keep about you"
WORD = "zyxwombat"
STORED = """async () => ({
    cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
    caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookies": "", "local": 0, "session": 0, "caches": 0, "databases": 0, "workers": 0}
# What a page could use to tell somebody of a visit, replaced before any script runs by something that keeps count.
TELLING = """
window.told = [];
navigator.sendBeacon = address => { window.told.push(String(address)); return true; };
for (const name of ['WebSocket', 'EventSource', 'RTCPeerConnection', 'SharedWorker'])
    window[name] = class { constructor(address) { window.told.push(name + address); } };
"""


@pytest.fixture(scope="session")
def visits(good, browser):
    """One visit of every template with scripts, something typed into every field and the mouse over it -> {name: what was seen}."""
    found = {}
    for name, path in TEMPLATES.items():
        context = browser.new_context()
        context.add_init_script(TELLING)
        page = context.new_page()
        asked, answers = [], []
        page.on("request", lambda request, asked=asked: asked.append(SimpleNamespace(
            url=request.url, method=request.method, sent=request.post_data, headers=request.headers)))
        page.on("response", lambda response, answers=answers: answers.append(response.headers))
        page.goto(good + path, wait_until="networkidle")
        fields = page.locator("main input:visible, main textarea:visible").all()
        assert fields or name not in ("home", "search")
        for field in fields:
            field.fill(WORD)
            field.press("Enter")
        page.wait_for_load_state("networkidle")
        page.mouse.move(200, 400)
        page.evaluate("window.dispatchEvent(new Event('pagehide')); document.dispatchEvent(new Event('visibilitychange'))")
        found[name] = SimpleNamespace(asked=asked, answers=answers, stored=page.evaluate(STORED), jar=context.cookies(), told=page.evaluate("window.told"),
                                      url=page.url, title=page.title(), state=page.evaluate("JSON.stringify(history.state)"), good=good)
        context.close()
    return found


# ---- what is measured, each on one visit: nothing is found where the promise is kept

def cookies(visit):
    """Cookies in the browser, or a page or file that sets one."""
    return [*visit.jar, visit.stored["cookies"], *(answer["set-cookie"] for answer in visit.answers if "set-cookie" in answer)]


def storage(visit):
    """Anything that the page has put on the device by itself."""
    return [name for name, found in visit.stored.items() if found != NOTHING[name]]


def sent(visit):
    """Whatever goes out but the plain wish for a file of the site: a body, a question in the address, the page that somebody comes from, a message.

    Pictures that the stylesheet asks for name the stylesheet, which is the same for every page.
    """
    return visit.told + [row.url for row in visit.asked if row.method != "GET" or row.sent or urllib.parse.urlsplit(row.url).query
                         or not (row.headers.get("referer") or ".css").endswith(".css")]


def counters(visit):
    """Requests for what is no page, script, style, picture or list of the site, such as a file that only counts."""
    kinds = re.compile(r"(/|\.html|\.css|\.js|\.svg|\.json)$")
    return [row.url for row in visit.asked if not kinds.search(urllib.parse.urlsplit(row.url).path)] + visit.told


def others(visit):
    """Requests that go to somebody else."""
    return [row.url for row in visit.asked if not row.url.startswith(visit.good + "/")]


def typed(visit):
    """Places outside the field where what was typed has got to."""
    return [text for text in (visit.url, visit.title, visit.state, *(f"{row.url} {row.sent} {row.headers}" for row in visit.asked)) if WORD in text]


def identity(visit):
    """Requests that say who somebody is, or a page that does not come without it."""
    return [name for row in visit.asked for name in row.headers if name in ("authorization", "cookie", "from")] + ([] if visit.title else ["no page"])


# Each sentence of the privacy page about what we keep -> what measures it. Whoever changes a sentence there changes it here, and looks whether it is true.
PROMISES = {
    "You do not have to tell us who you are.": identity,
    "This site works without knowing anything about you.": identity,
    "Nothing.": storage,
    "We set no cookies.": cookies,
    "We store nothing on your device unless you ask us to.": storage,
    "We collect nothing about you.": sent,
    "We do not count visits, and we use no analytics.": counters,
    "Nothing on our pages comes from other companies.": others,
    "What you type in the search stays on your device.": typed,
    "It is not sent to us or to anybody.": typed,
}
# The same promises where other pages make them in other words.
SAID_ELSEWHERE = {
    "content/pages/safety.md": {"This site stores nothing on your device unless you ask it to.": storage, "It sends nothing about you to anybody.": sent,
                                "What you type in the search stays on your device.": typed},
    "theme/templates/parts.html": {"What you type stays on this page.": typed, "It is not sent or kept.": typed},
}


def promised():
    """The sentences of the privacy page before its first heading and under the heading about what we keep."""
    body = (ROOT / "content/pages/privacy.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    before, *rest = re.split(r"^## (.*)$", body, flags=re.MULTILINE)
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    text = re.sub("<[^>]+>", " ", markdown.markdown(before + sections[SECTION]))
    return [" ".join(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence.strip()]


def test_every_promise_is_measured_and_every_measurement_promised():
    """The privacy page neither loses nor gains a promise without somebody looking at what is measured."""
    assert sorted(promised()) == sorted(PROMISES)


def test_other_pages_promise_what_is_measured():
    """Where another page says the same, it says what is measured here."""
    for path, said in SAID_ELSEWHERE.items():
        text = " ".join((ROOT / path).read_text(encoding="utf-8").split())
        assert [sentence for sentence in said if sentence not in text] == [], path


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("sentence", PROMISES)
def test_the_privacy_page_is_true(visits, name, sentence):
    """Each promise holds on each template."""
    assert [found for found in PROMISES[sentence](visits[name]) if found] == []


@pytest.mark.parametrize(("code", "measure"), [
    ("document.cookie = 'seen=1'", cookies), ("localStorage.setItem('seen', '1')", storage), ("sessionStorage.setItem('seen', '1')", storage),
    ("indexedDB.open('seen')", storage), ("caches.open('seen')", storage), ("navigator.sendBeacon('/count')", sent), ("fetch('/count?page=1')", sent),
    ("fetch('/', {method: 'POST', body: 'x'})", sent), ("new Image().src = '/count.gif'", counters), ("fetch('https://counting.example.org/')", others),
    ("history.replaceState('zyxwombat', '')", typed), ("history.replaceState(null, '', '?q=zyxwombat')", typed), ("document.title = 'zyxwombat'", typed),
])
def test_a_broken_promise_is_seen(good, browser, code, measure):
    """A page that breaks a promise is found out, by the very measurement that stands beside the promise."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(TELLING)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(SimpleNamespace(url=request.url, method=request.method, sent=request.post_data, headers=request.headers)))
    page.goto(good + "/privacy/", wait_until="networkidle")
    page.evaluate(f"() => {{ try {{ const it = {code}; if (it && it.catch) it.catch(() => 0); }} catch {{}} }}")
    page.wait_for_timeout(300)
    visit = SimpleNamespace(asked=asked, answers=[], stored=page.evaluate(STORED), jar=context.cookies(), told=page.evaluate("window.told"), url=page.url,
                            title=page.title(), state=page.evaluate("JSON.stringify(history.state)"), good=good)
    context.close()
    assert [found for found in measure(visit) if found]


# ---- what the accessibility statement says (tests/test_statement.py)

@pytest.mark.parametrize("name", TEMPLATES)
def test_text_that_is_twice_as_large_stays_on_the_page(good, open_page, name):
    """With text of 200 % on a window of 640 pixels nothing runs out of the page, and no text is cut off."""
    page = open_page(good + TEMPLATES[name], width=640)
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main a')).fontSize)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main a')).fontSize)") == pytest.approx(2 * before, rel=0.1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut = page.evaluate("""() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.vh, .skip')
        && getComputedStyle(e).overflow !== 'visible' && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 0
        && getComputedStyle(e).overflowY === 'hidden').map(e => e.outerHTML.slice(0, 100))""")
    assert cut == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_keyboard_reaches_everything(good, open_page, name):
    """Tab alone comes to every link, button and field, once each, in the order of the page, and on from the last: nothing holds the focus."""
    page = open_page(good + TEMPLATES[name], width=1280)
    page.wait_for_load_state("networkidle")
    there = page.evaluate("""() => {
        window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(e => !e.disabled && (e.checkVisibility({checkVisibilityCSS: true}) || e.matches('.skip')));
        return window.stops.length;
    }""")
    reached = []
    for _ in range(there):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("window.stops.indexOf(document.activeElement)"))
    assert reached == list(range(there))
