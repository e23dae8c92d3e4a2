"""A whole site, built by the real script: its files, its links, its words, its goldens."""
import hashlib
import html.parser
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from browser_tools import ROOT, build
from support_directory import directory, security, state
from support_directory.output import static_files

GOLDEN = ROOT / "tests/golden"
# A handful of whole files: one page of each kind that carries listings, and what the search loads.
GOLDENS = ("help/burglary/harbour/index.html", "help/stalking/index.html", "providers/harbour-advice/index.html", "areas/hilltop/index.html", "version.json")
# Words that promise what no website can keep (safety requirement 6), and a number that a notice of 2022 misprinted.
NEVER_SAID = ("clear your tracks", "clears your tracks", "cover your tracks", "leaves no trace", "no trace", "will not show on your bill",
              "won't show on your bill", "untraceable", "completely private", "0808174 3080", "0808 174 3080", "0808 802 9999")
# What tests/good says to editors only.
FOR_EDITORS = ("secret of the editors", "only editors see", "583231")


class Reader(html.parser.HTMLParser):
    """Collects the links, ids and titles of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.title, self._in_title = [], set(), "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self._in_title = tag == "title"
        if "id" in attributes:
            assert attributes["id"] not in self.ids, f"the id {attributes['id']} stands twice"
            self.ids.add(attributes["id"])
        self.links += [(tag, attributes[name]) for name in ("href", "src", "action", "data-index", "data-library") if name in attributes]

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        self._in_title = False


@pytest.fixture(scope="module", params=["good", "real"])
def output(request, tmp_path_factory):
    """The made-up force and the project's own site, built."""
    return build(ROOT / "tests/good" if request.param == "good" else ROOT, tmp_path_factory.mktemp(request.param) / "output")


@pytest.fixture(scope="module")
def pages(output):
    """{path of each page relative to the output: what was read of it}."""
    return {path.relative_to(output).as_posix(): Reader(path.read_text(encoding="utf-8")) for path in output.rglob("*.html")}


def test_no_link_is_broken(output, pages):
    """Every link within the site leads to a file, and to an id that is there; all others are https, tel, sms or mailto."""
    broken = []
    for path, page in pages.items():
        for _, link in page.links:
            address, _, fragment = link.partition("#")
            if re.match("(https://|tel:|sms:|mailto:)", link):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if path == "404.html" and address.startswith("/"):
                target = address.strip("/") or "."
            file = output / target
            if file.is_dir():
                target = posixpath.join(target, "index.html") if target != "." else "index.html"
            if not (output / target).is_file() or (fragment and not target.startswith("update/") and fragment not in pages[target].ids):
                broken.append((path, link))
    assert broken == []


def test_titles_are_unique_and_carry_the_discreet_name(pages):
    """No two pages share a title, and the browser's history shows the discreet name."""
    titles = [page.title for page in pages.values()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []
    assert all(re.search("Help in (Merseyside|Saltmarsh)$", title) for title in titles)


def test_links_to_numbers_have_the_digits_that_they_show(output):
    """A tel: link dials what its text shows."""
    wrong = []
    for path in output.rglob("*.html"):
        for href, text in re.findall(r'<a [^>]*href="tel:([^"]+)"[^>]*>(.*?)</a>', path.read_text(encoding="utf-8"), re.DOTALL):
            shown = re.search(r"\d[\d ]{2,}", re.sub("<[^>]+>", "", text))
            digits = shown and re.sub(r"\D", "", shown.group())
            if href.replace("+44", "0") != digits and href != digits:
                wrong.append((path.name, href, text))
    assert wrong == []


def test_nothing_is_promised_that_cannot_be_kept(output):
    """Phrases that promise secrecy, and numbers known to be wrong, stand nowhere."""
    said = [(path.relative_to(output).as_posix(), words) for path in output.rglob("*.*") if path.suffix in (".html", ".json") and "vendor" not in path.parts
            for words in NEVER_SAID if words in path.read_text(encoding="utf-8").lower()]
    assert said == []


def test_what_editors_note_stays_with_editors(output):
    """Nothing of an editor's note or of the maintainers is in any file but those that the form for changes loads, and our schemas with their examples.

    They hold the exact text of files in the public repository, so that a change touches one line; the form shows no notes.
    """
    texts = [(path, path.read_text(errors="ignore")) for path in output.rglob("*")
             if path.is_file() and not path.relative_to(output).as_posix().startswith(("update/", "data/schema/"))]
    assert len(texts) > 50 and "update/index.html" in {path.relative_to(output).as_posix() for path in output.rglob("*.html")}
    page = (output / "update/index.html").read_text(encoding="utf-8")
    assert [words for words in FOR_EDITORS if words in page] == []
    assert [(path, words) for path, text in texts for words in FOR_EDITORS if words in text] == []


def test_every_pair_has_a_page_with_the_hub_on_it(output):
    """Every crime type in every area: a page, never empty, with the hub's number."""
    crime_types = [path.name for path in (output / "help").iterdir() if path.is_dir()]
    areas = [path.name for path in (output / "areas").iterdir() if path.is_dir()]
    hub = {True: "0808 157 0100", False: "0808 175 3080"}["stalking" in crime_types]
    for crime_type in crime_types:
        for area in ("", *areas):
            text = (output / "help" / crime_type / area / "index.html").read_text(encoding="utf-8")
            assert hub in text and text.count("data-listing=") >= 2


def test_closed_services_are_off_the_lists_but_keep_their_page(output):
    """A closed service is on no page of help and no area's page."""
    closed = "old-lamp/lamp" if (output / "providers/old-lamp").exists() else "light-for-life/"
    lists = [path for folder in ("help", "areas") for path in (output / folder).rglob("*.html")]
    assert len(lists) > 10 and [path for path in lists if f'data-listing="{closed}' in path.read_text(encoding="utf-8")] == []
    assert (output / "providers" / closed.split("/")[0] / "index.html").is_file()


def test_the_output_holds_only_plain_files(output):
    """No links, nothing executable, nothing hidden but the one folder that RFC 8615 names."""
    assert [path for path in output.rglob("*") if path.is_symlink() or (path.is_file() and path.stat().st_mode & 0o111)] == []
    assert [path.relative_to(output).as_posix() for path in output.rglob(".*")] == [".well-known"]
    assert [path.name for path in (output / ".well-known").iterdir()] == ["security.txt"]


def test_the_manifest_names_every_file_but_itself(output):
    """manifest.json: each file of the site with its size and SHA-256, sorted by path, one a line."""
    text = (output / "manifest.json").read_text(encoding="utf-8")
    files = sorted((path.relative_to(output).as_posix(), path.read_bytes()) for path in output.rglob("*") if path.is_file() and path.name != "manifest.json")
    expected = [{"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for path, content in files]
    assert len(expected) > 30
    assert json.loads(text) == {"files": expected}
    assert [json.loads(line.rstrip(",")) for line in text.splitlines()[1:-1]] == expected


# ---- addresses with a fingerprint

def test_pages_load_files_of_this_build_only(output, pages):
    """Whatever a page loads lies in the one folder with the fingerprint of all assets, or is a file of the search with its own."""
    folder, = (output / "static").iterdir()
    assert re.fullmatch("[0-9a-f]{12}", folder.name)
    loaded = set()
    for path in pages:
        text = (output / path).read_text(encoding="utf-8")
        named = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img|source|object)[^>]*? (?:href|src|data)="([^"]+)"', text)
        named += re.findall(r'data-(?:index|library|languages|texts)="([^"]+)"', text)
        loaded |= {posixpath.normpath(posixpath.join(posixpath.dirname(path), link)).lstrip("/") for link in named}
    assert len(loaded) >= 5
    assert [link for link in loaded if not link.startswith((f"static/{folder.name}/", "search/"))] == []
    inner = [link for sheet in folder.rglob("*.css") for link in re.findall(r"url\(([^)]*)\)|@import", sheet.read_text(encoding="utf-8"))]
    modules = [module.read_text(encoding="utf-8") for module in folder.rglob("*.js")]
    inner += [link for module in modules for link in re.findall(r'(?<!")\bfrom ?"([^"]+)"|import ?\("([^"]+)"\)', module)]
    assert '"./words.js"' in f"{inner}".replace("'", '"')
    assert [link for link in map("".join, inner) if ".." in link or not re.match(r'["\']?(data:|\./|[a-z])', link)] == []


def test_comments_are_not_sent_to_readers(output):
    """Our scripts and our stylesheet go out without comments, of which their sources have many; the library goes out byte by byte as it is."""
    folder, = (output / "static").iterdir()
    source = ROOT / "theme/static"
    for name in ("site.css", *(f"js/{path.name}" for path in (source / "js").glob("*.js"))):
        sent = (folder / name).read_text(encoding="utf-8")
        assert re.search(r"^\s*(//|/\*)", (source / name).read_text(encoding="utf-8"), re.MULTILINE), name
        assert not re.search(r"^\s*(//|/?\*)|/\*\*", sent, re.MULTILINE), name
        assert len(sent) < (source / name).stat().st_size
    vendored = sorted(path.relative_to(source) for path in (source / "vendor").rglob("*") if path.is_file())
    assert vendored
    assert all((folder / name).read_bytes() == (source / name).read_bytes() for name in vendored)


def test_the_names_of_the_searchs_files_are_made_of_what_they_hold(output):
    """A browser never takes an old file of the search for the new one: each name carries the file's own fingerprint."""
    files = sorted((output / "search").rglob("*.json"))
    areas = [folder.name for folder in sorted((output / "areas").iterdir()) if folder.is_dir()]
    names = [file.relative_to(output / "search").as_posix().split(".")[0] for file in files]
    assert sorted(names) == sorted(["first", "languages", *(f"{kind}/{part}" for kind in ("listings", "texts") for part in ("all", *areas))])
    assert [file for file in files if file.name.split(".")[1] != hashlib.sha256(file.read_bytes()).hexdigest()[:12]] == []


def test_one_byte_of_an_asset_changes_the_address_of_all(tmp_path):
    """Each byte and each name of each file of theme/static counts for the name of the folder that they are served from."""
    static = tmp_path / "static"
    shutil.copytree(ROOT / "theme/static", static)
    seen = {state.fingerprint(static)}
    assert seen == {state.fingerprint(ROOT / "theme/static")}
    files = static_files(static)
    assert len(files) > 8
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        seen.add(state.fingerprint(static))
        path.write_bytes(content)
    files[0].rename(files[0].with_suffix(".svgz"))  # still the first of all
    seen.add(state.fingerprint(static))
    assert len(seen) == len(files) + 2


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(tmp_path_factory, name):
    """The made-up force looks as it did: remade by scripts/test.py --remake-goldens."""
    output = _golden_output(tmp_path_factory)
    text = (output / name).read_text(encoding="utf-8")
    text = re.sub(r"static/[0-9a-f]{12}", "static/FINGERPRINT", text)
    text = re.sub(r'"commit": "[0-9a-f]*"', '"commit": "COMMIT"', text)
    golden = GOLDEN / name
    if os.environ.get("REMAKE_GOLDENS"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def _golden_output(factory, made=[]):  # noqa: B006 - one build for all goldens of a worker
    if not made:
        made.append(build(ROOT / "tests/good", factory.mktemp("golden") / "output"))
    return made[0]


def run(script, *arguments, **options):
    """Runs one of scripts/ -> its answer."""
    return subprocess.run([sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)], capture_output=True, text=True, **options)


def test_a_build_with_problems_leaves_the_old_site_as_it_was(tmp_path):
    """Bad input stops the build with messages and exit code 1; the last good site stays, and nothing is left beside it."""
    site, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(ROOT / "tests/good", site)
    build(site, output)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    entry = site / "providers/nightline.yaml"
    entry.write_text(entry.read_text().replace("type: phone", "type: fone"))
    answer = run("build.py", "--site", site, "--output", output, "--date", "2026-03-01")
    assert answer.returncode == 1
    assert re.search(r'providers/nightline\.yaml:\d+:\d+: .*Found "fone"\. Did you mean "phone"\?', answer.stdout)
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "site"]


def test_the_same_input_and_date_give_the_same_bytes(tmp_path):
    """Two builds of the same listings in other time zones, locales, hash seeds, umasks, folders and depths: no byte and no right differs."""
    places = {
        "a/site": ({"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o077, "out"),
        "b/another/deeper/folder": ({"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, 0o000, "elsewhere/public/html"),
    }
    built = []
    for site, (environment, umask, output) in places.items():
        shutil.copytree(ROOT / "tests/good", tmp_path / site)
        answer = run("build.py", "--site", tmp_path / site, "--output", tmp_path / output, "--date", "2026-03-01", env=os.environ | environment, umask=umask)
        assert answer.returncode == 0, answer.stderr
        found = (tmp_path / output).rglob("*")
        built.append({path.relative_to(tmp_path / output): (path.stat().st_mode, path.is_file() and path.read_bytes()) for path in found})
    assert len(built[0]) > 50
    assert built[0] == built[1]


def test_security_txt_says_where_to_report(output):
    """security.txt (RFC 9116) has each field once as it must, the contacts of the office, and no Canonical where the address is not known."""
    lines = (output / ".well-known/security.txt").read_text(encoding="ascii").splitlines()
    good = (output / "help/stalking").exists()
    contacts = ["Contact: tel:+442079460005"] if good else ["Contact: tel:+441517775155", "Contact: https://www.merseysidepcc.info"]
    assert lines[:len(contacts)] == contacts
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", lines[len(contacts)])
    assert lines[len(contacts) + 1:] == ["Preferred-Languages: en"]


@pytest.mark.parametrize(("office", "contacts"), [
    ({"phone": "020 7946 0005", "email": "data+site@opcc.example.org", "website": "https://opcc.example.org/a"},
     ["mailto:data+site@opcc.example.org", "tel:+442079460005", "https://opcc.example.org/a"]),
    ({"phone": "101"}, ["tel:101;phone-context=+44"]),
    ({"phone": "020 7946 0005", "email": "a@b.example\nExpires: x", "website": "https://opcc.example.org\nCanonical: https://evil.example"},
     ["mailto:a@b.example%0AExpires%3A%20x", "tel:+442079460005"]),
    ({"phone": "020 7946 0005", "website": "http://opcc.example.org"}, ["tel:+442079460005"]),
])
def test_contacts_of_security_txt_are_addresses(office, contacts):
    """E-mail first, then telephone, then website, each as an address (RFC 3986); what is none is left out and can begin no line."""
    opcc = directory.Opcc(name="Office", checked=None, **office)
    assert security.contacts(opcc) == contacts
    site = SimpleNamespace(opcc=opcc, security_txt_expires="2027-10-31")
    assert security.text(site, "https://help.example.org/a/").splitlines() == [
        *(f"Contact: {address}" for address in contacts), "Expires: 2027-10-31T00:00:00Z", "Preferred-Languages: en",
        "Canonical: https://help.example.org/a/.well-known/security.txt"]


def test_a_site_without_content_is_said_in_our_words(tmp_path):
    """Where the folder content is missing, the build says which files are, and ends with 1."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    shutil.rmtree(site / "content")
    answer = run("build.py", "--site", site, "--output", tmp_path / "o", "--date", "2026-03-01")
    assert (answer.returncode, "Traceback" in answer.stderr) == (1, False)
    assert "content/site.yaml:1:1: This file is missing." in answer.stdout
    assert not (tmp_path / "o").exists()


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path):
    """A folder given as the output that holds something else stays as it is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("Keep me.")
    answer = run("build.py", "--site", ROOT / "tests/good", "--output", tmp_path / "mine", "--date", "2026-03-01")
    assert answer.returncode == 2 and "something else in this folder" in answer.stderr
    assert (tmp_path / "mine/letter.txt").read_text() == "Keep me."


def test_public_address_brings_canonical_links_and_a_root_for_404(tmp_path):
    """With --url pages name their public address and 404.html links from its path; a draft has no sitemap."""
    answer = run("build.py", "--site", ROOT / "tests/good", "--output", tmp_path / "o", "--date", "2026-03-01", "--url", "https://saltmarsh.example.org/help-site")
    assert answer.returncode == 0, answer.stderr
    assert '<link rel="canonical" href="https://saltmarsh.example.org/help-site/areas/">' in (tmp_path / "o/areas/index.html").read_text()
    assert "Canonical: https://saltmarsh.example.org/help-site/.well-known/security.txt\n" in (tmp_path / "o/.well-known/security.txt").read_text()
    assert 'href="/help-site/static/' in (tmp_path / "o/404.html").read_text()
    assert not (tmp_path / "o/sitemap.xml").exists()


def test_live_site_has_a_sitemap_and_no_draft_line(tmp_path):
    """stage: live takes the draft line and noindex away and writes the sitemap."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text().replace("stage: draft", "stage: live").replace('email: ""', "email: office@saltmarsh.example.org"))
    answer = run("build.py", "--site", site, "--output", tmp_path / "o", "--date", "2026-03-01", "--url", "https://saltmarsh.example.org")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "<loc>https://saltmarsh.example.org/help/burglary/harbour/</loc>" in (tmp_path / "o/sitemap.xml").read_text()
    home = (tmp_path / "o/index.html").read_text()
    assert "noindex" not in home and "Being prepared" not in home


def test_version_says_what_was_built(output):
    """version.json: the day, the stage, the counts, the oldest evidence."""
    version = json.loads((output / "version.json").read_text())
    assert version["built"] == "2026-03-01" and version["stage"] == "draft"
    assert version["counts"]["areas"] == len([path for path in (output / "areas").iterdir() if path.is_dir()])
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", version["oldest_check"])


def test_check_listings_ends_with_1_and_says_where(tmp_path):
    """The editors' check on its own, narrowed to one file."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    entry = site / "providers/nightline.yaml"
    entry.write_text(entry.read_text().replace("coverage: national", "coverage: nationwide"))
    answer = run("check_listings.py", "--site", site, "--date", "2026-03-01", entry)
    assert answer.returncode == 1 and "providers/nightline.yaml:19:15" in answer.stdout, answer.stdout
    other = run("check_listings.py", "--site", site, "--date", "2026-03-01", site / "providers/old-lamp.yaml")
    assert other.returncode == 0, other.stdout


def test_check_listings_refuses_a_path_that_is_not_there():
    """A misspelt path is not taken for a clean one."""
    answer = run("check_listings.py", "providers/no-such-file.yaml")
    assert answer.returncode == 2 and "no file or folder called providers/no-such-file.yaml" in answer.stderr


def test_the_projects_own_listings_are_in_order():
    """check_listings finds nothing to mend in this repository."""
    answer = run("check_listings.py")
    assert answer.returncode == 0, answer.stdout


def test_serve_builds_again_when_a_listing_changes_and_survives_a_mistake(tmp_path):
    """serve.py: an edit is served; a mistake is shown in the terminal and the last good page stays; its repair is served."""
    import http.client
    import socket
    import time

    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path / "log").open("w+")
    server = subprocess.Popen([sys.executable, str(ROOT / "scripts/serve.py"), "--site", str(site), "--port", str(port)], stdout=log, stderr=log)

    def ask(path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""

    def until(true, seconds=60):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, Path(log.name).read_text()
            assert server.poll() is None, Path(log.name).read_text()
            time.sleep(0.1)

    try:
        until(lambda: ask("/providers/nightline/")[0] == 200)
        assert ask("/nowhere/")[0] == 404 and "We could not find that page" in ask("/nowhere/")[1]
        entry = site / "providers/nightline.yaml"
        right = entry.read_text()
        until(lambda: "http://localhost" in Path(log.name).read_text())
        time.sleep(1)  # the watcher starts after that line
        entry.write_text(right.replace("at night.", "until dawn."))
        until(lambda: "until dawn." in ask("/providers/nightline/")[1])
        entry.write_text(right.replace("services:", "servises:"))
        until(lambda: 'Did you mean "services"?' in Path(log.name).read_text())
        assert "until dawn." in ask("/providers/nightline/")[1]
        entry.write_text(right)
        until(lambda: "at night." in ask("/providers/nightline/")[1])
    finally:
        server.kill()
        server.wait()
        log.close()
