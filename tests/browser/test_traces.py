"""What a visit leaves behind: nothing but what the browser itself keeps (safety requirements 7 and 8)."""
import os
import re

import pytest

from browser_tools import FLAGS, TEMPLATES

WORD = "zyxwombat"
KEPT = """async () => ({
    cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
    caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    manifest: document.querySelectorAll('link[rel=manifest]').length,
})"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_visit_stores_nothing_and_asks_nobody_else(good, browser, name):
    """0 requests to another origin, 0 cookies, 0 storage, 0 workers, 0 manifests on every template."""
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(good + TEMPLATES[name], wait_until="networkidle")
    assert [url for url in asked if not url.startswith(good + "/")] == []
    assert page.evaluate(KEPT) == {"cookies": "", "local": 0, "session": 0, "caches": 0, "databases": 0, "workers": 0, "manifest": 0}
    assert context.cookies() == []
    context.close()


def test_searching_leaves_the_words_nowhere(good, open_page):
    """After a search the words are in no address, title, history state or storage, and nothing of them was sent."""
    page = open_page(good + "/search/")
    page.wait_for_selector("[data-search][data-state=ready]", state="attached")
    asked = []
    page.on("request", lambda request: asked.append(request.url + str(request.post_data)))
    page.fill("input[type=search]", f"my {WORD} follows me")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-result]")
    assert WORD not in page.url + page.title() + str(page.evaluate("JSON.stringify(history.state)"))
    assert page.evaluate(KEPT)["local"] == page.evaluate(KEPT)["session"] == 0
    page.wait_for_load_state("networkidle")
    # What a first answer does not need comes after it: the same files for whatever was typed, and nothing is sent with them.
    names = sorted(re.sub(r"\.[0-9a-f]{12}\.json|\.js", "", re.sub(r"^.*/(search|static/[0-9a-f]+)/", "", address.removesuffix("None"))) for address in asked)
    parts = [f"{kind}/{part}" for kind in ("listings", "texts") for part in ("all", "harbour", "hilltop")]
    assert names == ["js/filters", "js/rest", "languages", *parts, "vendor/lunr/lunr.min"]
    assert all(address.endswith("None") for address in asked)
    assert page.evaluate("document.querySelector('input[type=search]').autocomplete") == "off"
    assert not page.evaluate("document.querySelector('input[type=search]').name")


def test_no_file_of_the_browsers_profile_holds_what_was_typed(good, playwright, tmp_path):
    """20 searches, a link followed, Back, a normal close: no file of the profile holds the words."""
    context = playwright.chromium.launch_persistent_context(str(tmp_path / "profile"), executable_path=os.environ["CHROMIUM"], args=FLAGS)
    page = context.new_page()
    page.goto(good + "/search/")
    page.wait_for_selector("[data-search][data-state=ready]", state="attached")
    for number in range(20):
        page.fill("input[type=search]", f"burglary {WORD} {number}")
        page.press("input[type=search]", "Enter")
        page.wait_for_timeout(50)
    page.click("[data-result] a")
    page.wait_for_url("**/help/**")
    page.go_back()
    context.close()
    files = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert len(files) > 20
    held = [str(path) for path in files if WORD.encode() in (data := path.read_bytes()) or WORD.encode("utf-16-le") in data]
    assert held == []
