"""Saving on a device: nothing before it, everything after it, always the newest number, and the truth after it is removed (safety.md 7, 11, 12, 47)."""
import contextlib
import functools
import http.server
import json
import re
import shutil
import threading
import time

import pytest
from profiles import found, numbers, profile

from browser_tools import ROOT, build

FIREFOX = pytest.param("firefox", marks=pytest.mark.long)  # the same again in a browser that takes longer to start
BOTH = pytest.mark.parametrize("name", ["chromium", FIREFOX])
CLEARING = {"/offline/removed/": {"Clear-Site-Data": '"cache", "storage"'}}
KEPT = """async () => ({
    caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
    other: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length,
})"""
NOTHING = {"caches": [], "workers": 0, "other": 0}
OLD, NEW = "0808 157 0100", "0808 157 0199"


class Host:
    """A web server whose folder, headers and faults can change while it runs, and that can be killed and come back at the same address."""

    def __init__(self, folder, place="", store=False):
        self.folder, self.place, self.store = folder, place, store  # place: the sub-path; store: whether browsers may keep pages by themselves
        self.faults, self.asked, self.slow, self.extra, self.server, self.port = {}, [], {}, {}, None, 0
        self.start()

    def start(self):
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path):
                self.directory = str(host.folder)
                return super().translate_path(path.removeprefix(host.place))

            def do_GET(self):
                path = self.path.removeprefix(host.place)
                host.asked.append(path)
                time.sleep(next((pause for start, pause in host.slow.items() if path.startswith(start)), 0))
                if self.server is not host.server:  # a connection that the browser had opened ahead outlives the server
                    return self.connection.close()
                fault = next((fault for start, fault in host.faults.items() if path.startswith(start)), None)
                if fault == "cut":
                    self.connection.close()
                elif fault:
                    self.send_error(fault)
                else:
                    super().do_GET()
                return None

            def end_headers(self):
                self.send_header("Cache-Control", "max-age=600" if host.store else "no-store")
                for name, value in host.extra.get(self.path.removeprefix(host.place), {}).items():
                    self.send_header(name, value)
                super().end_headers()

            def log_message(self, *args):
                """Says nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), functools.partial(Handler, directory=str(self.folder)))
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def kill(self):
        server, self.server = self.server, None
        server.shutdown()
        server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}{self.place}"


@contextlib.contextmanager
def hosted(folder, **options):
    """Runs a host -> itself."""
    host = Host(folder, **options)
    yield host
    if host.server:
        host.kill()


@pytest.fixture
def visit(playwright, tmp_path):
    """Opens a browser with a profile folder of its own: visit(name) -> a page."""
    with contextlib.ExitStack() as stack:
        def open_it(name="chromium", folder="profile"):
            return stack.enter_context(profile(playwright, name, tmp_path / folder)).new_page()
        yield open_it


@pytest.fixture
def site(tmp_path):
    """A copy of the made-up force whose entries can be changed: site(old, new) changes a text and builds again -> the output."""
    source, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(ROOT / "tests/good", source)

    def built(old="", new="", where="providers/saltmarsh-hub.yaml"):
        path = source / where
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
        return build(source, output)

    return built


def save(page, address):
    """Presses Save and waits until it is done."""
    page.goto(address + "/offline/")
    page.click("[data-save]")
    assert told(page) == "Saved. You can now read this site without a connection."
    assert page.locator("[data-saved]").is_visible()


def told(page):
    """What the page says at the end of a saving that failed."""
    page.wait_for_function("() => document.querySelector('[data-told]').textContent", timeout=60_000)
    return page.text_content("[data-told]")


def listed(output):
    """The list of what is saved."""
    return json.loads((output / "offline/list.json").read_text(encoding="utf-8"))


def until(page, script, argument=None):
    """Waits until a function of the page, which may take its time, gives true (Playwright's own wait takes a promise for true)."""
    deadline = time.monotonic() + 30
    while not page.evaluate(script, argument):
        assert time.monotonic() < deadline, script
        page.wait_for_timeout(100)


def is_left(page):
    """What a browser holds, as soon as workers that were removed have gone."""
    return page.evaluate(KEPT)


# ---- before

@BOTH
def test_nothing_is_stored_before_save_is_pressed(good_output, visit, name):
    """Pages, the search and the page about saving leave no worker, no cache, no storage, and the script of the saved copy is not even loaded."""
    with hosted(good_output) as host:
        page = visit(name)
        for path in ("/", "/help/burglary/", "/search/", "/offline/"):
            page.goto(host.address + path, wait_until="networkidle")
        assert is_left(page) == NOTHING
        page.goto(host.address + "/offline/")
        page.locator("[data-save]").wait_for()
        assert page.locator("[data-saved]").is_hidden()
        host.asked.clear()
        page.goto(host.address + "/help/stalking/", wait_until="networkidle")
        assert [path for path in host.asked if re.search("saved|copy|removal|worker|offline", path)] == []
        assert page.locator("[data-saved], [data-remove]").count() == 0


def test_the_explanation_comes_first_and_holds_without_scripts(good, open_page):
    """Who can see it and how to remove it stand before the button. Without scripts: a sentence, no button, and the file."""
    page = open_page(good + "/offline/")
    page.locator("[data-save]").wait_for()  # it comes after the words
    text = page.inner_text("main")
    assert text.index("Who may see it") < text.index("How to remove it") < text.index("Save on this device")
    page = open_page(good + "/offline/", javascript=False)
    assert "Saving needs JavaScript" in page.inner_text("main")
    assert page.locator("[data-save], [data-remove]").locator("visible=true").count() == 0
    assert page.get_attribute("a[data-one-file]", "href") == "../offline/information.html"


def test_the_list_names_every_page_and_what_pages_load(good_output):
    """Every page is in it but what is for partners and the one that is fetched after removing, all static files but the form's, every file of the search."""
    rows = {address: size for address, size, _ in listed(good_output)["files"]}
    files = {path.relative_to(good_output).as_posix(): path.stat().st_size for path in good_output.rglob("*") if path.is_file()}
    pages = {re.sub(r"(^|/)index\.html$", r"\1", path): size for path, size in files.items() if path.endswith(".html")}
    left_out = {address for address in pages if address not in rows and not address.startswith(("data/", "handouts/"))}
    assert left_out <= {"offline/removed/", "offline/information.html"}
    assets = {path for path in files if path.startswith(("static/", "search/")) and not path.endswith(".html")}
    loaded = {path for path in assets if not re.search("/js/update|/vendor/(yaml|json-schema)/", path)}
    assert loaded <= set(rows)
    assert {address: size for address, size in rows.items() if (pages | files)[address] != size} == {}
    assert not any(re.search("providers/.*yaml|json-schema|manifest|version", address) for address in rows)


# ---- saved

# Not Firefox with the network off: the switch that Playwright has for it does not reach what a worker asks for, so the pages came from the server.
@pytest.mark.parametrize(("name", "off"), [
    ("chromium", "killed"), pytest.param("firefox", "killed", marks=pytest.mark.long), pytest.param("chromium", "offline", marks=pytest.mark.long)])
def test_every_page_and_a_search_without_a_connection(good_output, visit, name, off):
    """Saved, then the server is killed, or the network is off: each page opens with its own words, says that it is saved, and a search answers."""
    with hosted(good_output) as host:
        page = visit(name)
        save(page, host.address)
        if off == "killed":
            host.kill()
        else:
            page.context.set_offline(True)
        addresses = [address for address, _, _ in listed(good_output)["files"] if not address or address.endswith("/")]
        assert len(addresses) > 25
        for address in addresses:
            page.goto(f"{host.address}/{address}", wait_until="domcontentloaded")
            heading = re.search("<h1[^>]*>(.*?)</h1>", (good_output / address / "index.html").read_text(), re.DOTALL).group(1)
            assert page.inner_html("h1") == heading, address
        page.goto(host.address + "/help/burglary/")
        line = page.locator("footer [data-saved]")
        line.wait_for()
        assert re.match(r"Saved on this device, checked \d+ \w+ 20\d\d\. You are reading the saved copy\.", line.inner_text())
        page.goto(host.address + "/search/")
        page.fill("#words", "somebody broke into my house")
        page.press("#words", "Enter")
        page.wait_for_selector("[data-result=crime-type][data-slug=burglary]")
        page.goto(host.address + "/nowhere/")
        assert page.inner_text("h1") == "This page is not in the saved copy" and page.locator("[data-exit]").is_visible()
        page.goto(host.address + "/help/burglary?from=there#main")  # as a server would lead it to the folder
        assert page.url.startswith(host.address + "/help/burglary/")


@BOTH
def test_a_changed_number_is_shown_at_the_next_visit_and_kept(site, visit, name):
    """Published 4 times while a copy is saved: 4 of 4 visits show the new number, and so does the copy afterwards, without a connection."""
    with hosted(site()) as host:
        page = visit(name)
        save(page, host.address)
        shown, last = [], OLD
        for digit in "2345":
            newest = OLD[:-2] + digit + "0"
            site(last, newest)
            page.goto(host.address + "/help/burglary/")
            shown.append(newest in page.inner_text("main") and last not in page.inner_text("main"))
            last = newest
        assert shown == [True] * 4
        _wait_for_copy(page, last)
        names = is_left(page)["caches"]
        host.kill()
        for path in ("/help/burglary/", "/help/stalking/harbour/", "/"):  # one that was visited since, two that were not
            page.goto(host.address + path)
            assert last in page.inner_text("main") and OLD not in page.inner_text("main")
        assert len(names) == 1


def _wait_for_copy(page, text):
    """Waits until the saved copy holds a text."""
    until(page, """async text => {
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            const page = await cache.match(new URL('/', location));
            if (page && (await cache.match(new URL('/offline/marker', location))) && (await page.text()).includes(text)) return true;
        }
        return false;
    }""", text)


@pytest.mark.long
def test_an_update_fetches_what_has_changed_and_nothing_else(site, visit):
    """After a change on one page, the other pages come from the old copy, also where only the day of the build is another one."""
    with hosted(site()) as host:
        page = visit()
        save(page, host.address)
        was = listed(host.folder)
        build(host.folder.parent / "site", host.folder)  # nothing has changed
        assert listed(host.folder)["version"] == was["version"]
        site("We store nothing.", "Nothing is stored.", "content/pages/privacy.md")
        now = listed(host.folder)
        changed = {address for address, _, hash_ in now["files"] if hash_ not in {row[2] for row in was["files"]}}
        assert "privacy/" in changed and len(changed) < 8
        page.goto("about:blank")
        host.asked.clear()
        page.goto(host.address + "/privacy/")
        until(page, "async version => (await caches.keys()).every(name => name.endsWith(version))", now["version"])
        assert {path.lstrip("/") for path in host.asked} <= changed | {"offline/list.json", "worker.js", "privacy/"}


@pytest.mark.long
def test_a_page_that_was_taken_down_is_gone_from_the_copy(site, visit):
    """A page that the site has no more is not shown from the copy while there is a connection, and then it leaves the copy."""
    with hosted(site()) as host:
        page = visit()
        save(page, host.address)
        shutil.rmtree(host.folder / "providers/old-lamp")
        list_ = listed(host.folder)
        list_["files"] = [row for row in list_["files"] if row[0] != "providers/old-lamp/"]
        (host.folder / "offline/list.json").write_text(json.dumps(list_ | {"version": "taken-down"}))
        assert page.goto(host.address + "/providers/old-lamp/").status == 404
        page.goto(host.address + "/offline/")
        until(page, "async () => (await caches.keys()).every(name => name.endsWith('taken-down'))")
        host.kill()
        page.goto(host.address + "/providers/old-lamp/")
        assert page.inner_text("h1") == "This page is not in the saved copy"


@pytest.mark.long
def test_a_slow_network_gives_the_copy_after_three_seconds(good_output, visit):
    """The copy is shown where the page does not come within 3 s, and where the server answers that it is broken."""
    with hosted(good_output) as host:
        page = visit()
        save(page, host.address)
        host.slow["/help/stalking/"] = 8
        start = time.monotonic()
        page.goto(host.address + "/help/stalking/", wait_until="commit")
        assert 2.9 < time.monotonic() - start < 5
        page.locator("footer [data-saved]:has-text('You are reading the saved copy')").wait_for()
        host.faults["/help/burglary/"] = 503
        assert page.goto(host.address + "/help/burglary/").ok


@pytest.mark.long
def test_an_update_that_meets_a_deploy_or_no_room_leaves_the_old_copy(site, visit):
    """A file that is not the one of the list, and a disk that is full: the saved copy stays whole as it was, and nothing half is left beside it."""
    with hosted(site()) as host:
        page = visit()
        save(page, host.address)
        before = is_left(page)["caches"]
        site(OLD, NEW)
        (host.folder / "about/index.html").write_text("<!doctype html><title>of another build</title>")
        host.asked.clear()
        page.goto(host.address + "/help/burglary/")
        until(page, "async was => JSON.stringify(await caches.keys()) === JSON.stringify(was)", before)
        deadline = time.monotonic() + 10
        while "/about/" not in host.asked and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        assert "/about/" in host.asked
        until(page, "async was => JSON.stringify(await caches.keys()) === JSON.stringify(was)", before)
        host.kill()
        page.goto(host.address + "/help/stalking/")
        assert OLD in page.inner_text("main")


def test_a_copy_that_was_not_checked_for_long_warns(good_output, visit):
    """More than 30 days after the last check, every page of the copy says at its top how old it is; up to then it does not."""
    with hosted(good_output) as host:
        page = visit()
        save(page, host.address)
        host.kill()
        for days, warned in ((29.5, 0), (31.5, 1), (400.5, 1)):
            _check_was(page, days)
            page.goto(host.address + "/help/burglary/")
            page.locator("footer [data-saved]").wait_for()
            assert page.locator("main .aged", has_text=f"Saved {int(days)} days ago. Numbers may have changed.").count() == warned
        page.goto(host.address + "/offline/")
        page.locator("main [data-saved]").wait_for()
        assert "Saved 400 days ago. Numbers may have changed." in page.inner_text("[data-saved]")
        host.start()
        page.goto(host.address + "/")  # the check is overdue: it is made at once
        page.wait_for_function("() => /checked (?!.*days ago)/.test(document.querySelector('footer [data-saved]')?.textContent)", timeout=20_000)


def _check_was(page, days):
    """Sets the date of the last check back."""
    page.evaluate("""async days => {
        const cache = await caches.open((await caches.keys())[0]);
        const marker = await (await cache.match(new URL('/offline/marker', location))).json();
        marker.checked = new Date(Date.now() - days * 86400000).toISOString();
        await cache.put(new URL('/offline/marker', location), new Response(JSON.stringify(marker)));
    }""", days)


def test_it_works_under_a_sub_path_beside_another_site(good_output, visit):
    """On a host that is shared, the copy of one site knows nothing of the other's, and removing takes away its own only."""
    with hosted(good_output, place="/directory") as host:
        page = visit()
        save(page, host.address)
        page.evaluate("caches.open('saved /another/ 1')")
        page.evaluate("localStorage.setItem('of', 'another site')")
        page.context.set_offline(True)
        page.goto(host.address + "/help/burglary/harbour/")
        assert "Burglary" in page.inner_text("h1")
        page.click("footer [data-remove]")
        page.locator("[data-removed]:has-text('Removed.')").wait_for()
        assert is_left(page) == {"caches": ["saved /another/ 1"], "workers": 0, "other": 1}


# ---- what goes wrong

def failing(page, host, because):
    """After a saving that failed: the sentence, nothing left after a look, and Save can be pressed again."""
    assert told(page) == f"{because} Nothing was saved."
    assert is_left(page) == NOTHING
    assert page.locator("[data-save]").is_visible() and page.locator("[data-saved]").is_hidden()


def test_stopping_half_way_leaves_nothing(good_output, visit):
    """The bar names pages and bytes; Stop ends it, and nothing is left."""
    with hosted(good_output) as host:
        host.slow["/providers/"] = 1
        page = visit()
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        page.wait_for_function(r"() => /^[1-9]\d* of \d\d pages, 0\.\d of \d\.\d MB$/.test(document.querySelector('[data-count]').textContent)")
        assert 0 < page.evaluate("document.querySelector('progress').position") < 1
        page.click("[data-going] button")
        failing(page, host, "You stopped it.")


@pytest.mark.parametrize("fault, because", [
    ("cut", "The connection was lost."),
    (500, "The site did not answer as it should. Try again later."),
])
def test_a_connection_that_ends_half_way_leaves_nothing(good_output, visit, fault, because):
    """The network is lost, or the server breaks, when a part is saved already."""
    with hosted(good_output) as host:
        host.faults["/providers/old-lamp/"] = fault
        page = visit()
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        failing(page, host, because)
        host.faults.clear()
        save(page, host.address)  # and afterwards it works


def test_a_deploy_in_the_middle_leaves_nothing(site, visit):
    """A new version of the site is published while the old one is being saved: never half of each."""
    before = shutil.copytree(site(), site().parent / "before")
    after = site(OLD, NEW)
    with hosted(before) as host:
        host.slow["/help/"] = 1
        page = visit()
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        page.wait_for_function("() => document.querySelector('[data-count]').textContent.match(/^[1-9]/)")
        host.folder = after
        failing(page, host, "The site was changed while it was being saved. Press Save again.")


def test_no_room_leaves_nothing(good_output, visit):
    """The browser gives less room than is needed."""
    with hosted(good_output) as host:
        page = visit()
        page.goto(host.address + "/offline/")
        session = page.context.new_cdp_session(page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": host.address, "quotaSize": 200_000})
        page.click("[data-save]")
        failing(page, host, "There is not enough room on this device.")


@pytest.mark.parametrize("blocked", [
    "delete Navigator.prototype.serviceWorker",
    "Object.defineProperty(window, 'caches', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
    "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('blocked', 'SecurityError'))",
    "delete window.BroadcastChannel",
])
def test_a_browser_that_cannot_save_says_so(good_output, visit, blocked):
    """No workers, blocked storage, a refusal, an old browser: a plain sentence, and no error."""
    with hosted(good_output) as host:
        page = visit()
        errors = []
        page.on("pageerror", lambda error: errors.append(error))
        page.add_init_script(blocked)
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        assert re.match("This browser cannot save the pages.*Nothing was saved", told(page))
        assert errors == []


@pytest.mark.long
def test_a_saving_that_was_broken_off_goes_at_the_next_visit(good_output, visit):
    """The page is closed in the middle of it: what is left is never shown, and the next page that is opened removes it."""
    with hosted(good_output) as host:
        host.slow["/help/"] = 1
        page = visit()
        other = page.context.new_page()
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        page.wait_for_function("() => document.querySelector('[data-count]').textContent.match(/^[1-9]/)")
        page.close()
        host.slow.clear()
        other.goto(host.address + "/help/burglary/")
        assert other.locator("footer [data-saved]:visible").count() == 0
        until(other, "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length")


@pytest.mark.long
def test_two_pages_do_not_save_at_once(good_output, visit):
    """A second page says that the first is at it; removing there stops the first, and it ends with nothing saved."""
    with hosted(good_output) as host:
        host.slow["/help/"] = 1
        page = visit()
        page.goto(host.address + "/offline/")
        page.click("[data-save]")
        page.wait_for_function("() => document.querySelector('[data-count]').textContent.match(/^[1-9]/)")
        other = page.context.new_page()
        other.goto(host.address + "/offline/")
        other.click("[data-save]")
        assert told(other).startswith("Another page of this site is saving or removing just now.")
        other.click("[data-remove]")
        other.locator("[data-removed]:has-text('Removed.')").wait_for()
        failing(page, host, "You stopped it.")


# ---- removed

@BOTH
@pytest.mark.parametrize("clearing", [True, pytest.param(False, marks=pytest.mark.long)])
def test_the_bytes_of_the_profile(good_output, playwright, tmp_path, name, clearing):
    """0 numbers of pages that were not visited before saving, all after it, and after removing 0: with the headers 0 of the visited ones too.

    Without headers the browser's own copies of visited pages remain, and the page says so.
    """
    visited = numbers(good_output / "help/burglary/index.html") if not clearing else {}
    every = numbers(good_output)
    others = {number: shown for number, shown in every.items() if number not in numbers(good_output / "index.html") and number not in visited}
    assert others
    folder = tmp_path / "profile"

    def bytes_of():
        return set(found(folder, others)), set(found(folder, every))

    with hosted(good_output, store=not clearing) as host:
        host.extra = CLEARING if clearing else {}
        with profile(playwright, name, folder) as context:
            page = context.new_page()
            page.goto(host.address + "/offline/")
            if not clearing:
                page.goto(host.address + "/help/burglary/")
            page.wait_for_load_state("networkidle")
        assert bytes_of()[0] == set()
        with profile(playwright, name, folder) as context:
            save(context.new_page(), host.address)
        assert bytes_of()[1] == set(every)
        with profile(playwright, name, folder) as context:
            page = context.new_page()
            page.goto(host.address + "/offline/")
            page.click("[data-remove]")
            page.locator("[data-removed]:has-text('Removed.')").wait_for()
            said = page.inner_text("[data-removed]")
            assert ("found none of our pages" if clearing else "still holds its own copies of pages that you opened: 2.") in said and "history" in said
            assert is_left(page) == NOTHING
            page.goto("about:blank")
            page.wait_for_timeout(1000)
        left = bytes_of()
        assert left[0] == set()
        if clearing:
            assert left[1] == set()


@BOTH
def test_removing_works_without_a_connection_and_tells_other_pages(good_output, visit, name):
    """Removed at the foot of a page while the server is down: gone, looked at, said; a second page loses its line too."""
    with hosted(good_output) as host:
        page = visit(name)
        save(page, host.address)
        other = page.context.new_page()
        other.goto(host.address + "/areas/")
        other.locator("footer [data-saved]").wait_for()
        host.kill()
        page.goto(host.address + "/help/burglary/")
        page.click("footer [data-remove]")
        page.locator("footer [data-removed]:has-text('Removed.')").wait_for()
        assert "Its history still shows their addresses." in page.inner_text("footer [data-removed]")
        assert page.locator("footer [data-saved]").is_hidden()
        other.locator("footer [data-saved]").wait_for(state="hidden")
        assert is_left(other) == NOTHING
        host.start()
        page.goto(host.address + "/offline/")
        assert page.locator("[data-saved]").is_hidden()
        save(page, host.address)  # and it can be saved again


@pytest.mark.parametrize("broken, said", [
    ("CacheStorage.prototype.delete = async () => false", "not everything is gone. Still here: saved pages."),
    ("ServiceWorkerRegistration.prototype.unregister = async () => false", "not everything is gone. Still here: the part of this site that shows them."),
    ("CacheStorage.prototype.keys = async () => { throw new Error('no'); }", "does not let us look"),
])
def test_it_never_says_removed_without_having_looked(good_output, visit, broken, said):
    """Where the browser keeps something, or does not let us look, the page says that and not that it is removed."""
    with hosted(good_output) as host:
        page = visit()
        save(page, host.address)
        page.evaluate(f"() => {{ {broken}; }}")
        page.click("[data-remove]")
        page.wait_for_function("() => document.querySelector('[data-removed]').textContent")
        text = page.inner_text("[data-removed]")
        assert said in text and not text.startswith("Removed")


# ---- the switch

@BOTH
def test_the_kill_switch_empties_browsers_that_had_saved(site, visit, name):
    """`saving: stopped` is published: at the next visit the copy and the worker go, the page comes from the network, and nothing is offered."""
    with hosted(site()) as host:
        page = visit(name)
        save(page, host.address)
        site("repository:", "saving: stopped\nrepository:", "content/site.yaml")
        assert not (host.folder / "offline/list.json").exists()
        page.goto(host.address + "/help/burglary/")
        until(page, "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length")
        page.goto(host.address + "/offline/")
        assert "Saving is stopped at the moment" in page.inner_text("main") and page.locator("[data-save]").count() == 0
        assert OLD in page.goto(host.address + "/help/burglary/").text()
        assert is_left(page) == NOTHING
