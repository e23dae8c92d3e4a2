"""What a host sends with each file: the site's own file says it, and a server that reads that file does it (safety requirement 48)."""
import contextlib
import html
import re
import select
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from saltmarsh import GOOD, ROOT
from support_directory import headers

POLICY_OF_A_PAGE = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
MOST_RULES, LONGEST_LINE = 100, 2000  # of Cloudflare Pages


@pytest.fixture(scope="module")
def real_output(tmp_path_factory):
    """The project's own site, built."""
    output = tmp_path_factory.mktemp("real") / "output"
    subprocess.run([sys.executable, ROOT / "scripts/build.py", "--output", output, "--date", "2026-11-25"], check=True, capture_output=True)
    return output


@contextlib.contextmanager
def serving(output, *arguments):
    """Runs scripts/serve.py on Saltmarsh -> the address that it names, with a slash at its end."""
    command = [sys.executable, str(ROOT / "scripts/serve.py"), "--port", "0", "--site", str(GOOD), "--output", str(output), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        found = None
        while not found:
            assert select.select([process.stderr], [], [], 60)[0], "the server says nothing"
            line = process.stderr.readline()
            assert line, "the server has ended"
            found = re.search(r"http://localhost:\d+\S*", line)
        yield found[0].rstrip("/") + "/"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Saltmarsh on `serve.py --headers` -> (its address, its folder)."""
    output = tmp_path_factory.mktemp("good") / "output"
    with serving(output, "--headers") as address:
        yield address, output


def answer(address):
    """What a GET of an address gets -> (status, {name in small letters: every value of it})."""
    try:
        with urllib.request.urlopen(address) as response:
            got, status = response.headers, response.status
    except urllib.error.HTTPError as error:
        got, status = error.headers, error.code
    return status, {name.lower(): got.get_all(name) for name in got}


def asked(path):
    """The path of a file of the site -> how a reader asks for it."""
    return path.removesuffix("index.html")


def files(output):
    """The path of every file that a host serves; _headers itself it only reads."""
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file() and path.name != headers.PATH)


def test_every_file_is_sent_with_its_headers(served):
    """Each file is protected, nothing that names a service is kept, and assets, which have a fingerprint in their address, are kept for good."""
    address, output = served
    assert any(path.startswith("static/") for path in files(output)) and "search/index.html" in files(output)
    for path in files(output):
        status, sent = answer(address + asked(path))
        assert status == 200
        assert sent["x-content-type-options"] == ["nosniff"] and sent["referrer-policy"] == ["no-referrer"], path
        assert sent["strict-transport-security"] == ["max-age=31536000"], path
        assert sent["content-security-policy"][0].endswith("; frame-ancestors 'none'") and len(sent["content-security-policy"]) == 1, path
        assert sent["cache-control"] == (["public, max-age=31536000, immutable"] if path.startswith("static/") else ["no-store"]), path
        assert ("clear-site-data" in sent) == path.startswith("offline/removed/"), path
        assert "content-disposition" not in sent or path == "offline/information.html", path


def test_only_the_end_of_a_removal_clears(served):
    """What clears the browser's copies is sent below offline/removed/ and nowhere else, whether there is a file or not."""
    address, _ = served
    assert answer(address + "offline/removed/")[1]["clear-site-data"] == ['"cache", "storage"']
    assert answer(address + "offline/removed/now")[1]["clear-site-data"] == ['"cache", "storage"']
    for path in ("offline/", "offline/list.json", "removed/", "worker.js", ""):
        assert "clear-site-data" not in answer(address + path)[1], path
    assert answer(address + "offline/list.json")[1]["cache-control"] == ["no-store"]


def test_what_is_not_there_is_protected_too(served):
    """The page for what is not there comes with 404 and with the same protection."""
    status, sent = answer(served[0] + "help/nothing/")
    assert status == 404 and sent["cache-control"] == ["no-store"] and "frame-ancestors" in sent["content-security-policy"][0]


def test_the_page_and_the_host_say_the_same_rules(served):
    """The policy in a page's head is that of the header, but for what only a header can say."""
    address, output = served
    for path in (path for path in files(output) if path.endswith("index.html")):
        in_the_page = html.unescape(POLICY_OF_A_PAGE.search((output / path).read_text(encoding="utf-8"))[1])
        assert answer(address + asked(path))[1]["content-security-policy"] == [f"{in_the_page}; frame-ancestors 'none'"], path


def test_without_the_option_nothing_is_kept_and_nothing_else_is_sent(tmp_path):
    """serve.py alone sends no-store with everything: whoever edits sees each change."""
    with serving(tmp_path / "output") as address:
        sent = answer(address)[1]
        assert sent["cache-control"] == ["no-store"] and "content-security-policy" not in sent


def test_below_a_path(tmp_path):
    """Served below a path, as GitHub Pages does, the site is there and not at the root, with the same headers."""
    with serving(tmp_path / "output", "--headers", "--under", "/directory/") as address:
        assert address.endswith("/directory/")
        assert answer(address + "help/")[1]["cache-control"] == ["no-store"]
        assert answer(address + "offline/removed/")[1]["clear-site-data"]
        root = address.removesuffix("directory/")
        assert answer(root + "help/")[0] == 404


def test_a_public_address_with_a_path_stands_in_every_rule(tmp_path):
    """Built for an address below a path, each rule begins with that path."""
    output = tmp_path / "output"
    subprocess.run([sys.executable, ROOT / "scripts/build.py", "--site", GOOD, "--output", output, "--url", "https://example.org/directory"],
                   check=True, capture_output=True)
    rules = headers.parsed((output / headers.PATH).read_text(encoding="utf-8"))
    assert all(path.startswith("/directory/") for path, _ in rules)
    assert ("Clear-Site-Data", '"cache", "storage"') in headers.of("/directory/offline/removed/", rules)


def test_no_name_comes_twice_and_hosts_read_it(real_output):
    """For no file do two rules give the same name (some hosts join them, some take one); the file stays below what a host reads."""
    words = (real_output / headers.PATH).read_text(encoding="utf-8")
    rules = headers.parsed(words)
    for path in [*files(real_output), "offline/removed/", "offline/removed/x", "offline/list.json", "worker.js"]:
        names = [name for name, _ in headers.of("/" + asked(path), rules)]
        assert sorted(set(names)) == sorted(names), path
    assert len(rules) <= MOST_RULES and max(map(len, words.splitlines())) <= LONGEST_LINE


@pytest.mark.parametrize("words", ["/\nhelp/*", "/\n/*.html", "/\n/help/*/now", "/\n  no colon", "# Words.\n  Cache-Control: no-store"])
def test_a_line_that_hosts_do_not_read_is_refused(words):
    """What a host would pass over in silence is an error here: a star in the middle, a header of no path, a path without its slash."""
    with pytest.raises(ValueError, match="line 2"):
        headers.parsed(words)


def test_the_papers_name_the_file():
    """Whoever opens the file finds what it is for."""
    assert Path(ROOT, "docs/hosting.md").is_file()
    assert "docs/hosting.md" in headers.text(["index.html"])
