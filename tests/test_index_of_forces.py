"""The first page of several sites leads to each, says which are drafts, and names a folder that is none."""
import json
import re
import shutil
import subprocess
import sys

import pytest

from saltmarsh import GOOD, ROOT
from support_directory import headers


def made(folder):
    """Runs the script -> (exit code, what it said)."""
    answer = subprocess.run([sys.executable, ROOT / "scripts/make_index_of_forces.py", folder], capture_output=True, text=True)
    return answer.returncode, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with Saltmarsh built twice, the second time under another name."""
    folder = tmp_path_factory.mktemp("forces")
    other = folder / "sources" / "other"
    shutil.copytree(GOOD, other)
    text = (other / "content/site.yaml").read_text(encoding="utf-8")
    (other / "content/site.yaml").write_text(re.sub(r"^name: .*", "name: Help in East Fen", text, flags=re.MULTILINE), encoding="utf-8")
    for name, site in (("saltmarsh", GOOD), ("east fen", other)):
        command = [sys.executable, ROOT / "scripts/build.py", "--site", site, "--output", folder / "sites" / name, "--date", "2026-03-01"]
        subprocess.run(command, check=True, capture_output=True)
    return folder / "sites"


@pytest.fixture
def sites(built, tmp_path):
    """A copy of that folder."""
    return shutil.copytree(built, tmp_path / "sites")


def changed(site, **values):
    path = site / "version.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


def test_it_leads_to_each_site_by_name(sites):
    """Two sites: one link each, in the order of their names; the page is safe in the ways that our pages are, and runs nothing."""
    assert made(sites) == (0, f"2 sites on {sites / 'index.html'}\n")
    text = (sites / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<li><a href="([^"]*)"><b>(.*?)</b>', text)
    name = json.loads((sites / "saltmarsh/version.json").read_text(encoding="utf-8"))["name"]
    assert links == [("east%20fen/", "Help in East Fen"), ("saltmarsh/", name)]
    assert "<script" not in text and "style=" not in text and '<html lang="en-GB">' in text and '<meta name="referrer" content="no-referrer">' in text
    assert headers.POLICY in text.replace("&#x27;", "'") and 'href="tel:999"' in text
    own = (sites / "saltmarsh/index.html").read_text(encoding="utf-8")
    assert re.search(r'class="exit"[^>]*href="([^"]+)"', text)[1] == re.search(r'class="exit"[^>]*href="([^"]+)"', own)[1]
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', text)[1]
    assert (sites / sheet.replace("%20", " ")).is_file()


def test_names_are_text(sites):
    """What a name or a folder holds stays text, whatever it means in HTML."""
    changed(sites / "saltmarsh", name='Aid & <b onclick="x">Help</b>', exit='https://x.example.org/"><script>')
    (sites / "saltmarsh").rename(sites / 'a"<b>#?')
    assert made(sites)[0] == 0
    text = (sites / "index.html").read_text(encoding="utf-8")
    assert '<a href="a%22%3Cb%3E%23%3F/"><b>Aid &amp; &lt;b onclick=&quot;x&quot;&gt;Help&lt;/b&gt;</b>' in text
    assert "<script" not in text and 'href="https://x.example.org/&quot;&gt;&lt;script&gt;"' in text


def test_search_engines_stay_away_while_any_is_a_draft(sites):
    """With one draft the page asks them to, and says which it is; with none it does neither."""
    changed(sites / "saltmarsh", stage="live")
    made(sites)
    text = (sites / "index.html").read_text(encoding="utf-8")
    assert 'content="noindex"' in text and text.count("Being prepared") == 1 and text.index("Being prepared") < text.index("saltmarsh/")
    changed(sites / "east fen", stage="live")
    made(sites)
    text = (sites / "index.html").read_text(encoding="utf-8")
    assert "noindex" not in text and "Being prepared" not in text


def test_a_folder_that_is_no_site_is_named(sites):
    """Nothing is written, and the message says what would be right."""
    (sites / "notes").mkdir()
    code, said = made(sites)
    assert code == 1 and not (sites / "index.html").exists()
    assert said == (f"{sites / 'notes'} is not a built site: it needs the version.json and the static/ of a new build. Take it away, or build it: "
                    f"python3 scripts/build.py --site FORCE --output {sites / 'notes'}\nNo page was written.\n")


@pytest.mark.parametrize("values", [{"name": None}, {"exit": "javascript:alert(1)"}, {"stage": 1}, {"crisis_lines": {"emergency": ["call"]}}, {"counts": 3}])
def test_a_version_that_lacks_something_is_refused(sites, values):
    """What an older build did not say, and what no build says, makes no page."""
    changed(sites / "saltmarsh", **values)
    code, said = made(sites)
    assert code == 1 and said.startswith(f"{sites / 'saltmarsh'} is not a built site") and not (sites / "index.html").exists()


def test_folders_without_sites(sites, tmp_path):
    """An empty folder, a site itself, no folder at all: each is said."""
    (tmp_path / "empty").mkdir()
    assert made(tmp_path / "empty")[0] == 1 and "There is no built site in" in made(tmp_path / "empty")[1]
    before = (sites / "saltmarsh/index.html").read_bytes()
    assert made(sites / "saltmarsh")[0] == 2 and "is a built site itself" in made(sites / "saltmarsh")[1]
    assert (sites / "saltmarsh/index.html").read_bytes() == before
    assert made(tmp_path / "none")[0] == 2
