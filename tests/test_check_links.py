"""The weekly look at web addresses: which there are, how websites are asked, what becomes a task. No network: every website is a server of this test."""
import contextlib
import datetime
import http.server
import itertools
import json
import re
import shutil
import socket
import sys
import threading
import time
from collections import Counter
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

import check_links
from saltmarsh import GOOD, SCHEMA
from support_directory import check, links

MONDAY = datetime.date(2026, 3, 2)
WEEK = datetime.timedelta(days=7)


class Site(http.server.BaseHTTPRequestHandler):
    """Answers as the routes say: {(host, path): a status, a list of statuses one after the other, an address to go to, or a function}."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        web, host = self.server.web, self.headers["Host"].split(":")[0]
        with web.lock:
            web.asked.append((self.command, host, self.path, self.headers["User-Agent"], time.monotonic()))
            web.now[host] += 1
            self.is_counted = host
            web.most[host] = max(web.most[host], web.now[host])
            does = web.routes.get((host, self.path), 404)
            does = does.pop(0) if isinstance(does, list) else does
        try:
            if callable(does):
                does(self)
                return
            self.send_response(does if isinstance(does, int) else 302)
            if isinstance(does, str):
                self.send_header("Location", does)
            self.send_header("Content-Length", "0")
            self.end_headers()
        finally:
            self.counts_no_more()

    def end_headers(self):
        """From here on whoever asked has the answer, and may ask again before this thread has its turn."""
        self.counts_no_more()
        super().end_headers()

    def counts_no_more(self):
        """This request is answered."""
        with self.server.web.lock:
            if self.is_counted:
                self.server.web.now[self.is_counted] -= 1
            self.is_counted = None

    do_HEAD = do_GET = answer

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def web(monkeypatch):
    """Every name below example.org is one server of this machine; no other name is known, and nothing listens for https."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    made = SimpleNamespace(port=server.server_address[1], routes={}, asked=[], lock=threading.Lock(), now=Counter(), most=Counter())
    server.web = made
    real = socket.getaddrinfo

    def resolve(host, port, *args, **named):
        if isinstance(host, str) and host.endswith("example.org") and port == made.port:
            return real("127.0.0.1", port, *args, **named)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    made.address = lambda path="/", host="one.example.org": f"http://{host}:{made.port}{path}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


def quick(**changes):
    """Manners without waiting."""
    return links.Manners(**{"timeout": 5, "pause": 0, "waits": (), **changes})


def methods(web):
    """The methods that were asked with, in order."""
    return [row[0] for row in web.asked]


# ---- which addresses there are

def test_every_address_has_its_place():
    """Addresses of listings, settings and pages are found with file, line and field; what is a source is told from what readers see."""
    entries, _ = check.check(GOOD, SCHEMA, MONDAY)
    places = links.found(entries)
    assert [(p.file, p.line, p.field, p.for_readers) for p in places["https://nightline.example.org/chat"]] == [
        ("providers/nightline.yaml", 24, "services 1 > contacts 2 > value", True)]
    assert {(p.line, p.for_readers) for p in places["https://nightline.example.org"]} == {(3, True), (6, False)}
    assert places["https://weather.example.org"][0].field == "exit_target"
    for address, rows in places.items():
        for place in rows:
            assert address in (GOOD / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]


def test_addresses_in_running_words(tmp_path):
    """In a page each address has its own line, without the sentence's brackets and full stops; two in one source are two; notes are left out."""
    site = tmp_path / "site"
    shutil.copytree(GOOD, site)
    page = site / "content/pages/about.md"
    words = page.read_text(encoding="utf-8") + ("\n[One](https://one.example.org/a_(b)) and (see https://two.example.org/x).\n\n"
                                                "Also <https://three.example.org/y?q=1>, https://one.example.org/a_(b)#part!\n")
    page.write_text(words, encoding="utf-8")
    entry = site / "providers/nightline.yaml"
    text = entry.read_text(encoding="utf-8").replace("source: https://nightline.example.org", "source: https://s.example.org/1 ; http://s.example.org/2", 1)
    entry.write_text(text.replace("    name: Nightline\n", "    name: Nightline\n    editor_note: See https://note.example.org\n"), encoding="utf-8")
    entries, problems = check.check(site, SCHEMA, MONDAY)
    assert problems == []
    places = links.found(entries)
    last = len(words.splitlines())
    assert [p.line for p in places["https://one.example.org/a_(b)"]] == [last - 2, last]
    assert places["https://two.example.org/x"][0].line == last - 2
    assert places["https://three.example.org/y?q=1"][0].line == last
    assert "https://s.example.org/1" in places and "http://s.example.org/2" in places
    assert not [address for address in places if "note.example.org" in address]


# ---- how websites are asked

def test_head_then_get(web):
    """HEAD is enough where it brings a page; where a website refuses HEAD, GET is tried; each request says what asks."""
    web.routes |= {("one.example.org", "/a"): 200, ("one.example.org", "/b"): [405, 200], ("one.example.org", "/c"): [404, 404]}
    answers = links.ask_all([web.address(path) for path in ("/a", "/b", "/c")], quick())
    assert [answer.state for answer in answers.values()] == ["works", "works", "fails"]
    assert methods(web) == ["HEAD", "HEAD", "GET", "HEAD", "GET"]
    assert {row[3] for row in web.asked} == {links.AGENT} and "directory of help" in links.AGENT
    assert answers[web.address("/c")].why == "The page is not there (404)."


@pytest.mark.parametrize(("status", "state", "why"), [
    (410, "fails", "The page is not there (410)."), (400, "fails", "The website answers with an error (400)."),
    (500, "fails", "The website has a fault (500)."), (403, "refuses", "The website is there, and does not answer programs (403)."),
    (429, "refuses", "The website is there, and does not answer programs (429).")])
def test_what_a_status_means(web, status, state, why):
    """A page that is gone and a fault are failures; a website that does not like programs is there."""
    web.routes["one.example.org", "/"] = status
    answer = links.ask(web.address(), quick())
    assert (answer.state, answer.why) == (state, why)


def test_tries_again_after_longer_and_longer_waits(web):
    """What may pass is asked again, after each wait; what is gone is not."""
    slept = []
    web.routes |= {("one.example.org", "/"): [503, 503, 503, 503, 200], ("one.example.org", "/gone"): 404}
    assert links.ask(web.address(), quick(waits=(10, 60), sleep=slept.append)).state == "works"
    assert slept == [10, 60]
    slept.clear()
    assert links.ask(web.address("/gone"), quick(waits=(10, 60), sleep=slept.append)).state == "fails"
    assert slept == []


def test_redirects(web):
    """On the same website (with or without www.) they are followed without a word; to another website, they are reported; circles and nonsense fail."""
    web.routes |= {
        ("one.example.org", "/old"): "/new", ("one.example.org", "/new"): 200, ("www.one.example.org", "/new"): 200, ("two.example.org", "/x"): 200,
        ("one.example.org", "/www"): web.address("/new", "www.one.example.org"), ("one.example.org", "/away"): web.address("/x#top", "two.example.org"),
        ("one.example.org", "/round"): "/round-again", ("one.example.org", "/round-again"): "/round",
        ("one.example.org", "/script"): "javascript:alert(1)", ("one.example.org", "/broken"): "http://[::1", ("one.example.org", "/lost"): "/nothing",
    }
    def said(path):
        return links.ask(web.address(path), quick())

    assert (said("/old").state, said("/www").state) == ("works", "works")
    assert said("/away") == links.Answer("moved", target=web.address("/x", "two.example.org"))
    web.routes |= {("one.example.org", "/space"): web.address("/a page", "two.example.org"), ("two.example.org", "/a%20page"): 200}
    assert said("/space") == links.Answer("moved", target=web.address("/a%20page", "two.example.org"))
    assert said("/round").why == links.CIRCLE
    assert {said("/script").why, said("/broken").why} == {links.NOWHERE}
    assert said("/lost").why == "The page is not there (404)."


def test_from_https_to_http_is_moved():
    """An address that leads to one that others can read along is reported, on the same website too."""
    assert links._elsewhere("https://one.example.org/", "http://one.example.org/")
    assert not links._elsewhere("http://one.example.org/", "https://www.one.example.org/")


def test_websites_that_do_not_answer(web):
    """No such name, nobody listening, silence, a letter now and then, and rubbish: each has its own words, and none holds the others up."""
    def silent(handler):
        time.sleep(2)

    def drip(handler):
        with contextlib.suppress(OSError):
            for _ in range(200):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.1)

    def rubbish(handler):
        handler.wfile.write(b"hello\r\n\r\n")
        handler.close_connection = True

    def hang_up(handler):
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    does = {"silent": silent, "drip": drip, "rubbish": rubbish, "gone": hang_up, "fine": 200}
    web.routes |= {(f"{name}.example.org", "/"): what for name, what in does.items()}
    began = time.monotonic()
    addresses = [*(web.address(host=f"{name}.example.org") for name in does), "http://no-such-name.invalid/", f"https://fine.example.org:{web.port}/"]
    answers = links.ask_all(addresses, quick(timeout=0.5, longest=1))
    assert time.monotonic() - began < 15
    assert [(urlsplit(address).hostname, answer.state, answer.why, answer.network) for address, answer in answers.items()] == [
        ("silent.example.org", "fails", links.TOO_SLOW, True), ("drip.example.org", "fails", links.TOO_SLOW, True),
        ("rubbish.example.org", "fails", links.NO_WEBSITE, False), ("gone.example.org", "fails", links.NO_ANSWER, True),
        ("fine.example.org", "works", "", False), ("no-such-name.invalid", "fails", links.NO_NAME, True), ("fine.example.org", "fails", links.NO_ANSWER, True)]


def test_one_request_at_a_time_and_a_pause(web):
    """A website never gets two requests at once, and has a pause between two; different websites are asked at the same time."""
    def slow(handler):
        time.sleep(0.1)
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True

    hosts = [f"{name}.example.org" for name in "abcd"]
    web.routes |= {(host, f"/{n}"): slow for host in hosts for n in range(3)}
    web.routes |= {("a.example.org", f"/to-b{n}"): web.address(f"/{n}", "b.example.org") for n in range(3)}
    addresses = [web.address(f"/{n}", host) for host in hosts for n in range(3)] + [web.address(f"/to-b{n}", "a.example.org") for n in range(3)]
    answers = links.ask_all(addresses, quick(pause=0.2))
    assert list(answers) == addresses and {answer.state for answer in answers.values()} == {"works", "moved"}
    assert set(web.most.values()) == {1}
    for host in hosts:
        times = [row[4] for row in web.asked if row[1] == host]
        assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.19
    first = {host: min(row[4] for row in web.asked if row[1] == host) for host in hosts}
    assert max(first.values()) - min(first.values()) < 0.3


def test_one_request_at_a_time_where_many_lead_to_one_website(web):
    """A website that others lead to gets one request at a time as well."""
    def slow(handler):
        time.sleep(0.05)
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True

    web.routes["target.example.org", "/"] = slow
    web.routes |= {(f"{n}.example.org", "/"): web.address("/", "target.example.org") for n in range(8)}
    answers = links.ask_all([web.address("/", f"{n}.example.org") for n in range(8)], quick())
    assert {answer.state for answer in answers.values()} == {"moved"} and web.most["target.example.org"] == 1


def test_fetch_gives_the_page_or_says_why(web):
    """What check_live.py and check_gates.py read with: the bytes, or the reason and the status."""
    def page(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "5")
        handler.end_headers()
        handler.wfile.write(b"hello")

    web.routes |= {("one.example.org", "/a"): [500, page], ("one.example.org", "/b"): 404}
    assert links.fetch(web.address("/a"), quick(waits=(0,))) == b"hello"
    for address, status in ((web.address("/b"), 404), ("http://no-such-name.invalid/", None)):
        with pytest.raises(links.Unanswered) as said:
            links.fetch(address, quick())
        assert said.value.status == status


# ---- what is remembered

def test_three_weeks_make_a_task():
    """Each week counts once however often it is asked; the third makes a task; one good answer, and all is forgotten; so is what stands nowhere any more."""
    fails, works = {"https://a.example.org": links.Answer("fails", "x")}, {"https://a.example.org": links.Answer("works")}
    one = links.after({}, fails, MONDAY)
    assert links.after(one, fails, MONDAY + datetime.timedelta(days=6))["https://a.example.org"].weeks == 1
    two = links.after(one, fails, MONDAY + WEEK)
    assert links.tasks(two) == []
    three = links.after(two, fails, MONDAY + 2 * WEEK)
    assert links.tasks(three) == ["https://a.example.org"]
    assert three["https://a.example.org"] == links.Failing(MONDAY, 3, MONDAY + 2 * WEEK)
    assert links.after(two, works, MONDAY + 2 * WEEK) == {} == links.after(two, {}, MONDAY + 2 * WEEK)


@pytest.mark.parametrize("state", ["moved", "refuses"])
def test_moved_and_refusing_are_no_failures(state):
    """Neither is remembered as failed."""
    assert links.after({}, {"https://a.example.org": links.Answer(state)}, MONDAY) == {}


def test_the_state_reads_back_and_fits_into_a_comment():
    """What is written is read again as it was, and nothing in it ends a comment of HTML or calls a name."""
    failing = {"https://a.example.org/-->@somebody&<b>": links.Failing(MONDAY, 2, MONDAY + WEEK)}
    text = links.as_text(failing)
    assert links.remembered(text) == failing
    assert not re.search("[<>@&]", text)
    for wrong in ("", "[]", "{}", '{"failing": {"a": {"since": "soon"}}}', '{"failing": []}', '{"failing": {"a": 1}}'):
        with pytest.raises(ValueError):
            links.remembered(wrong)


# ---- the script

HTTPS = "https://www.equalityadvisoryservice.com/"  # the law wants just this one in the statement

@pytest.fixture
def site(web, tmp_path):
    """A copy of Saltmarsh whose addresses are all on the test's server, but one: where the exit and the accessibility statement lead."""
    folder = tmp_path / "site"
    shutil.copytree(GOOD, folder)
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"source: https://([a-z.-]+)\S*", lambda found: f"source: {web.address('/', found[1])}", text)
        text = re.sub("https://(locks|weather)[.]example[.]org", HTTPS, text)
        text = re.sub(rf"^(  )?website: (?!{HTTPS}).*\n", "", text, flags=re.M)
        text = re.sub(r"^      - type: web_(chat|form)\n        value: .*\n", "", text, flags=re.M)
        path.write_text(text, encoding="utf-8")
    return folder


def run(capsys, site, day, *arguments):
    """Runs scripts/check_links.py on a day -> (exit code, what it printed, what it said of its progress)."""
    sys.argv = ["check_links.py", "--site", str(site), "--date", day.isoformat(), "--pause", "0", "--timeout", "5", "--waits", *map(str, arguments)]
    code = check_links.main()
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(autouse=True)
def arguments(monkeypatch):
    """Gives the arguments of the process back after each test."""
    monkeypatch.setattr(sys, "argv", sys.argv)


def every(web, site, status):
    """Lets every address of the site but https ones answer with a status."""
    entries, problems = check.check(site, SCHEMA, MONDAY)
    assert problems == []
    for address in links.found(entries):
        parts = urlsplit(address)
        web.routes[parts.hostname, parts.path] = status


def test_the_script_from_week_to_week(web, site, tmp_path, capsys):
    """Three Mondays: watched, watched, a task with file, line and since when; on the fourth the page is back. Nothing of the site is changed."""
    state = tmp_path / "state.json"
    every(web, site, 200)
    web.routes["harbour-advice.example.org", "/"] = 404
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    address = web.address("/", "harbour-advice.example.org")
    for week in range(2):
        code, printed, _ = run(capsys, site, MONDAY + week * WEEK, "--state", state)
        assert code == 0 and "## To do" not in printed and "## Being watched: 2" in printed
        assert f"- <{address}> in providers/harbour-advice.yaml:" in printed
    code, printed, _ = run(capsys, site, MONDAY + 2 * WEEK, "--state", state, "--blob", "https://github.com/o/r/blob/main/")
    assert code == 1 and "## To do: 2" in printed
    line = next(line for line in printed.splitlines() if address in line)
    number = 1 + next(n for n, text in enumerate((site / "providers/harbour-advice.yaml").read_text().splitlines()) if "harbour-advice.example.org" in text)
    assert line == (f"- [ ] <{address}> in [providers/harbour-advice.yaml:{number}](https://github.com/o/r/blob/main/providers/harbour-advice.yaml#L{number}). "
                    "Fails since 2 March 2026. The page is not there (404). Readers do not see it: it is the source of what they see.")
    assert printed.splitlines()[0].startswith("16 March 2026: ") and "Nothing was taken off the site" in printed
    # What readers can click comes before what is only a source.
    assert printed.index(HTTPS) < printed.index(address)
    web.routes["harbour-advice.example.org", "/"] = 200
    code, printed, _ = run(capsys, site, MONDAY + 3 * WEEK, "--state", state)
    assert code == 1 and address not in printed and list(json.loads(state.read_text())["failing"]) == [HTTPS]
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_hostile_website_can_only_be_an_address(web, site, tmp_path, capsys):
    """Where a website sends us stands between < and >, or is not shown: it can call nobody, and forge no line."""
    every(web, site, 200)
    web.routes["harbour-advice.example.org", "/"] = web.address("/a", "two.example.org") + ">@somebody [x](y) `::error::z`"
    _, printed, _ = run(capsys, site, MONDAY, "--state", tmp_path / "state.json")
    text = re.sub("<http[^<>]*>", "", printed)
    assert "@" not in text and "`" not in text and not re.search("^::", text, re.M)
    places, answers = {"https://a.example.org": [links.Place("a.yaml", 1, "website", True)]}, {}
    for target in ("https://b.example.org/>@somebody", "https://b.example.org/ x", "javascript:alert(1)", "https://b.example.org/" + 600 * "b"):
        answers["https://a.example.org"] = links.Answer("moved", target=target)
        assert "Leads to an address that cannot be shown here." in links.report(places, answers, {}, MONDAY)


def test_moved_and_refusing_are_listed(web, site, capsys):
    """Other parts of the report: what leads to another website, and what only a person can open."""
    every(web, site, 200)
    web.routes |= {("two.example.org", "/"): 200, ("police.saltmarsh.example.org", "/"): 403,
                   ("harbour-advice.example.org", "/"): web.address("/", "two.example.org")}
    code, printed, _ = run(capsys, site, MONDAY)
    assert code == 0
    assert f"Leads to <{web.address('/', 'two.example.org')}>." in printed.split("## Lead to another website: 1")[1]
    assert "police.saltmarsh.example.org" in printed.split("## Do not answer programs: 1")[1]


def test_our_own_network_at_fault_changes_nothing(web, site, tmp_path, capsys, monkeypatch):
    """Where most websites are silent the script ends with 3, says so, and remembers what it did before and no more."""
    state = tmp_path / "state.json"
    kept = links.as_text({HTTPS: links.Failing(MONDAY, 2, MONDAY)})
    state.write_text(kept, encoding="utf-8")

    def no_network(*args, **named):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    code, printed, _ = run(capsys, site, MONDAY + WEEK, "--state", state)
    assert code == 3 and printed.startswith("Most websites did not answer at all.") and "##" not in printed
    assert state.read_text(encoding="utf-8") == kept


def test_a_spoilt_state_is_said_and_begun_anew(web, site, tmp_path, capsys):
    """A state that cannot be read costs three weeks and no more."""
    state = tmp_path / "state.json"
    state.write_text("{spoilt", encoding="utf-8")
    every(web, site, 200)
    code, _, said = run(capsys, site, MONDAY, "--state", state)
    assert code == 0 and "could not be read" in said and "Counting starts again." in said
    assert links.remembered(state.read_text(encoding="utf-8"))[HTTPS].weeks == 1


def test_a_mistake_in_the_listings_comes_first(web, site, capsys):
    """The script ends with 2, names the line, and asks nobody."""
    entry = site / "providers/nightline.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("coverage: national", "coverage: nationwide"), encoding="utf-8")
    code, printed, said = run(capsys, site, MONDAY)
    assert (code, printed, web.asked) == (2, "", []) and said.startswith("providers/nightline.yaml:")
