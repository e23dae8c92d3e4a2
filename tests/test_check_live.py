"""The look at the published site: a good one is well, and each fault has its own sentence."""
import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from unittest import mock

import pytest

import check_live
from browser_tools import build, served
from saltmarsh import GOOD, ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Saltmarsh, gone live."""
    folder = tmp_path_factory.mktemp("live") / "site"
    shutil.copytree(GOOD, folder)
    settings = folder / "content/site.yaml"
    text = settings.read_text(encoding="utf-8").replace("stage: draft", "stage: live").replace('email: ""', "email: office@saltmarsh.example.org")
    settings.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(site, tmp_path_factory):
    """What was built of it on 1 March 2026."""
    return build(site, tmp_path_factory.mktemp("built") / "output")


@pytest.fixture
def output(built, tmp_path):
    """A copy of the build, to be spoilt."""
    return shutil.copytree(built, tmp_path / "output")


def look(address, site, date="2026-03-02", *arguments):
    """Runs scripts/check_live.py in this process, for a new one takes long to load -> (exit code, the lines that it printed)."""
    command = ["check_live.py", address, "--site", str(site), "--date", date, "--waits", *map(str, arguments)]
    with mock.patch.object(sys, "argv", command), contextlib.redirect_stdout(io.StringIO()) as printed:
        code = check_live.main()
    return code, printed.getvalue().splitlines()


def faults(output, site, *arguments):
    """Serves a site below a path -> what is wrong with it, without the last line."""
    with served(output) as address:
        code, lines = look(address, site, *arguments)
    assert code == (1 if len(lines) > 1 else 0)
    return [line.replace(address, "ROOT") for line in lines[:-1]]


def version(output, **changes):
    """Changes version.json of a build; None takes a field out."""
    path = output / "version.json"
    data = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8")


def test_a_good_site_is_well(output, site):
    """The build of yesterday, at the root of a host and below a path."""
    with served(output) as address:
        assert look(address, site) == (0, [f"{address}: all is well."])
    with served(output.parent) as address:
        assert look(f"{address}/output/", site)[0] == 0


def test_age(output, site):
    """Three days are the most, unless somebody says otherwise; a build from tomorrow is one day ahead of the clock at most."""
    assert faults(output, site, "2026-03-04") == []
    assert faults(output, site, "2026-03-05") == [
        'The published site is 4 days old (built on 2026-03-01), and should be 3 at most. Did "Publish" fail, or stop?']
    assert faults(output, site, "2026-03-05", "--days", 4) == []
    assert faults(output, site, "2026-02-28") == []
    assert "has not come yet" in faults(output, site, "2026-02-20")[0]
    version(output, built=None)
    assert faults(output, site) == ["version.json of the published site does not say on which day it was built."]


def test_counts(output, site):
    """Counts more than ten in a hundred apart are named, and no others."""
    version(output, counts={"providers": 6, "services": 5, "crime_types": 3})
    assert faults(output, site) == ["The published site has 5 services, and there are 6 here: more than 10 in 100 apart.",
                                    "version.json of the published site does not count its areas."]


def test_a_draft_that_is_published(output, site):
    """A build that calls itself a draft must not be what readers see."""
    version(output, stage="draft")
    assert faults(output, site) == ["The published site says that it is a draft, and content/site.yaml says live."]


@pytest.mark.parametrize(("page", "number", "name"), [
    ("", "999", "the emergency number"), ("emergency/", "999", "the emergency number"), ("", "0808 157 0100", "the number of the hub"),
    ("providers/saltmarsh-hub/", "0808 157 0100", "the number of the hub"), ("search/", "020 7946 0018", "the number of the crisis line"),
    ("providers/nightline/", "020 7946 0018", "the number of the crisis line")])
def test_a_number_that_is_not_there(output, site, page, number, name):
    """Each of the three numbers must stand on its pages, to be read and to be rung: a slip in either is named with the page."""
    path = output / page / "index.html"
    text = path.read_text(encoding="utf-8")
    digits = number.replace(" ", "")
    wrong = re.sub(f'href="tel:({digits}|[+]44{digits[1:]})"', 'href="tel:998"', text)
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    assert faults(output, site) == [f"ROOT/{page} has no link that rings {name}, {number}."]
    path.write_text(text.replace(f">{number}<", ">0000<"), encoding="utf-8")
    assert faults(output, site) == [f"ROOT/{page} does not show {name}, {number}."]


def test_a_page_that_is_not_there(output, site):
    """Where the page itself is missing, that is said."""
    shutil.rmtree(output / "providers/nightline")
    assert faults(output, site) == [
        "ROOT/providers/nightline/ could not be read, so nobody can see the number of the crisis line there: The page is not there (404)."]


def test_the_script_by_itself(output, site):
    """As the workflow runs it: a process of its own, which ends with the code."""
    with served(output) as address:
        command = [sys.executable, str(ROOT / "scripts/check_live.py"), address, "--site", str(site), "--date", "2026-03-05", "--waits"]
        answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.splitlines()[-1] == "1 to look at. What to do: docs/runbook.md."


def test_the_manifest(output, site):
    """It must be there, be one, and name the pages that every site has."""
    path = output / "manifest.json"
    path.write_text('{"files": [{"path": "index.html"}, {"path": "404.html"}, {"path": "search/index.html"}]}', encoding="utf-8")
    assert faults(output, site) == ["manifest.json of the published site does not name emergency/index.html."]
    path.write_text("[]", encoding="utf-8")
    assert faults(output, site) == ["ROOT/manifest.json is not that of this site."]
    path.unlink()
    assert faults(output, site) == ["ROOT/manifest.json could not be read: The page is not there (404)."]


def test_no_site_at_all(output, site, tmp_path):
    """Nothing there, another site there, nobody there: one sentence, and what to do."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert faults(empty, site)[0] == "ROOT/version.json could not be read: The page is not there (404)."
    (empty / "version.json").write_text('{"version": 1}', encoding="utf-8")
    assert faults(empty, site)[0] == "ROOT/version.json is not that of this site."
    code, lines = look("http://127.0.0.1:9", site)
    assert code == 1 and "The website does not answer." in lines[0] and "private window" in lines[1]
    code, lines = look("none", site)
    assert code == 1 and lines[0].startswith('"none" is not the address of a site.')


def test_a_draft_has_nothing_to_look_at(output):
    """While content/site.yaml says draft nothing is published, and nothing is asked."""
    assert look("http://127.0.0.1:9", GOOD) == (0, ["The site is still a draft and is not published, so there is nothing to look at."])


def test_a_mistake_in_the_listings(site, tmp_path):
    """Without listings there is nothing to compare with: the problem, and the exit code 2."""
    broken = shutil.copytree(site, tmp_path / "broken")
    entry = broken / "providers/nightline.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("coverage: national", "coverage: nationwide"), encoding="utf-8")
    code, lines = look("http://127.0.0.1:9", broken)
    assert code == 2 and lines[0].startswith("providers/nightline.yaml:19:15: ")


def test_the_numbers_follow_the_listings(site, output, tmp_path):
    """The script knows no number itself: with another one in the listings it looks for that."""
    changed = shutil.copytree(site, tmp_path / "changed")
    for entry in (changed / "providers").glob("*.yaml"):
        entry.write_text(entry.read_text(encoding="utf-8").replace("0808 157 0100", "0808 157 0199"), encoding="utf-8")
    pages = "", "providers/saltmarsh-hub/"
    assert faults(output, changed) == [f"ROOT/{page} has no link that rings the number of the hub, 0808 157 0199." for page in pages]
    script = (ROOT / "scripts/check_live.py").read_text(encoding="utf-8")
    assert not re.search(r"\b(999|116\s?123|0808|0800|0300|0151)\b", script)
