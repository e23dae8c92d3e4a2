"""The gate before publishing: what it stops, what lets it through, and that it never guesses what is published."""
import copy
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from browser_tools import build, served
from saltmarsh import GOOD, ROOT
from support_directory import gates

PUBLISHED = {"counts": {"services": 100}, "crisis_lines": {"emergency": ["999"], "nightline/chat": ["020 7946 0018"], "police/report": ["101", "18001 101"]}}


def new(services=100, **lines):
    """A version as PUBLISHED, with another count, and crisis lines changed (None: gone); __ stands for a slash."""
    made = copy.deepcopy(PUBLISHED)
    made["counts"]["services"] = services
    for name, numbers in lines.items():
        key = name.replace("__", "/")
        made["crisis_lines"] = {k: v for k, v in made["crisis_lines"].items() if k != key} | ({} if numbers is None else {key: numbers})
    return made


def said(*arguments):
    """What the refusals of gates.refusals say."""
    return [refusal.says for refusal in gates.refusals(*arguments)]


# ---- what is compared

def test_crisis_lines_of_saltmarsh(good_directory):
    """version.json holds the emergency number, every open crisis line, and the line that site.yaml names, each with its numbers and nothing else."""
    assert gates.crisis_lines(good_directory) == {
        "emergency": ["999"], "nightline/chat": ["020 7946 0018"], "saltmarsh-police/report": ["101", "18001 101"]}


@pytest.mark.parametrize(("services", "stops"), [(100, False), (120, False), (90, False), (89, True), (0, True)])
def test_more_than_ten_in_a_hundred(services, stops):
    """Ten in a hundred may go at once, eleven may not; more listings are always welcome."""
    found = said(PUBLISHED, new(services))
    assert found == ([f"100 services are published, and {services} would be: more than 10 in 100 would go at once."] if stops else [])


def test_crisis_lines_that_go_change_or_grow():
    """A line that goes, or has another number, one fewer or one more, stops; so does the emergency number."""
    assert said(PUBLISHED, new(nightline__chat=None)) == ["The crisis line nightline/chat (020 7946 0018) would go from the site."]
    for numbers, shown in ((["020 7946 0019"], "020 7946 0019"), ([], "no number"), (["020 7946 0018", "0808 157 0123"], "020 7946 0018 and 0808 157 0123")):
        assert said(PUBLISHED, new(nightline__chat=numbers)) == [
            f"A crisis line would change: nightline/chat has 020 7946 0018 and would have {shown}. Ring the old number first."]
    assert "the emergency number has 999 and would have 998" in said(PUBLISHED, new(emergency=["998"]))[0]


def test_what_is_no_change():
    """Other spaces or another order of the same numbers, and a crisis line that is new as a whole, stop nothing."""
    assert said(PUBLISHED, new(nightline__chat=["02079460018"], police__report=["18001 101", "101"], samaritans__helpline=["116 123"])) == []


def test_no_published_site_yet():
    """The first build has nothing to be compared with."""
    assert said(None, new()) == []


@pytest.mark.parametrize("data", [{}, [], "text", {"counts": {"services": 3}}, {"counts": {}, "crisis_lines": {"emergency": ["999"]}},
                                  {"counts": {"services": 3}, "crisis_lines": {}}, {"counts": {"services": 3}, "crisis_lines": {"emergency": [999]}}])
def test_something_else_is_published(data):
    """What is no version.json of ours is never taken for "nothing changed"."""
    refusal, = gates.refusals(data, new())
    assert "nothing could be compared" in refusal.says
    assert gates.refusals(data, new(), refusal.confirm) == []


# ---- confirming

def test_the_line_confirms_its_own_change_and_no_other():
    """Each refusal has a line of its own; the line for one number does not let another number through."""
    changed = new(50, nightline__chat=["020 7946 0019"], police__report=None)
    found = gates.refusals(PUBLISHED, changed)
    lines = [refusal.confirm for refusal in found]
    assert lines == ["Confirmed: 50 services instead of 100", "Confirmed: nightline/chat is 020 7946 0019", "Confirmed: no crisis line police/report"]
    assert gates.refusals(PUBLISHED, changed, "\n".join(lines)) == []
    for n, line in enumerate(lines):
        assert gates.refusals(PUBLISHED, changed, f"Merge\n\n  {line.upper()}  \n") == found[:n] + found[n + 1:]
    assert gates.refusals(PUBLISHED, new(49, nightline__chat=["020 7946 0020"]), "\n".join(lines)) != []
    assert len(gates.refusals(PUBLISHED, new(49, nightline__chat=["020 7946 0020"]), "\n".join(lines))) == 2


@pytest.mark.parametrize("message", ["Not Confirmed: 50 services instead of 100", "Confirmed: 50 services instead of 1000", "Confirmed:", ""])
def test_what_is_no_confirmation(message):
    """Only the whole line counts."""
    assert len(gates.refusals(PUBLISHED, new(50), message)) == 1


# ---- the script

@pytest.fixture
def site(tmp_path):
    """A copy of Saltmarsh in a git repository of its own."""
    folder = tmp_path / "site"
    shutil.copytree(GOOD, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Saltmarsh")
    return folder


def git(folder, *arguments):
    """Runs git in a folder."""
    who = ["-c", "user.name=Office", "-c", "user.email=office@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


def commit(folder, message):
    """Commits all that is in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def run(published, output, site, confirmed=None):
    """Runs scripts/check_gates.py -> (exit code, what it printed)."""
    command = [sys.executable, str(ROOT / "scripts/check_gates.py"), str(published), str(output), "--site", str(site), "--waits", "0"]
    env = {name: value for name, value in os.environ.items() if name != "CONFIRMED"} | ({} if confirmed is None else {"CONFIRMED": confirmed})
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env)
    assert "Traceback" not in answer.stderr
    return answer.returncode, answer.stdout + answer.stderr


def test_from_one_build_to_the_next(site, tmp_path):
    """Two real builds: a changed crisis line stops with the words to confirm it, and is let through by the box or by the commit, and by nothing else."""
    old, fresh = build(site, tmp_path / "published"), tmp_path / "new"
    entry = site / "providers/nightline.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("020 7946 0018", "020 7946 0019"), encoding="utf-8")
    commit(site, "Nightline: new number")
    build(site, fresh)
    with served(old) as address:
        code, printed = run(address, fresh, site)
        assert code == 1 and printed.startswith("Not published. The site that readers see stays as it is.\n")
        line = next(line.strip() for line in printed.splitlines() if line.startswith("    "))
        assert line == "Confirmed: nightline/chat is 020 7946 0019"
        assert run(f"{address}/", fresh, site, confirmed="Confirmed: nightline/chat is 020 7946 0020")[0] == 1
        # Several lines become one in a box of a web page.
        assert run(address, fresh, site, confirmed=f"  Confirmed: something else{line} ")[0] == 0
        commit(site, f"Nightline: new number\n\n{line}")
        assert run(address, fresh, site)[0] == 0
        commit(site, "Another change")
        assert run(address, fresh, site)[0] == 1
        assert run(address, old, site)[0] == 0


def test_many_listings_gone(site, tmp_path):
    """A folder of listings that lost one of six services stops too."""
    old = build(site, tmp_path / "published")
    (site / "providers/hilltop-refuge.yaml").unlink()
    code, printed = run(old / "version.json", build(site, tmp_path / "new"), site)
    assert code == 1 and "6 services are published, and 5 would be" in printed


def test_what_is_published_is_never_guessed(site, tmp_path):
    """No site yet (404) passes and says so; silence, an error and another page stop, each in a plain sentence; a confirmed silence passes."""
    output, other = build(site, tmp_path / "new"), tmp_path / "other"
    other.mkdir()
    with served(other) as address:
        assert run(address, output, site) == (0, "There is no published site yet, so there is nothing to compare with.\n")
        (other / "version.json").write_text("<html>Welcome</html>", encoding="utf-8")
        code, printed = run(address, output, site)
        assert code == 1 and "is not a version.json of this site" in printed
        (other / "version.json").write_text("null", encoding="utf-8")
        assert run(address, output, site)[0] == 1
    assert run(tmp_path / "none.json", output, site)[0] == 0
    silent = "http://127.0.0.1:9"  # nothing listens there
    code, printed = run(silent, output, site)
    assert code == 1 and "could not be asked what it holds. The website does not answer. Run Publish again in an hour." in printed
    assert run(silent, output, site, confirmed="Confirmed: nothing to compare with")[0] == 0


def test_an_output_that_is_no_build(site, tmp_path):
    """Without a build there is nothing to compare: one line, and the exit code 2."""
    code, printed = run(tmp_path / "none.json", tmp_path, site)
    assert code == 2 and "Build the site first." in printed


def test_the_words_stand_in_the_runbook():
    """docs/runbook.md shows what the gate asks for as the gate asks for it."""
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    before = {"counts": {"services": 102}, "crisis_lines": {"emergency": ["999"], "samaritans/helpline": ["116 122"], "old-line/helpline": []}}
    after = {"counts": {"services": 90}, "crisis_lines": {"emergency": ["999"], "samaritans/helpline": ["116 123"]}}
    asked_for = [refusal.confirm for refusal in gates.refusals(before, after)]
    assert re.findall(r"^ +(Confirmed: .*)$", runbook, re.M) == [*asked_for, gates.UNREADABLE]


def test_the_version_of_a_build_is_one_that_the_gate_can_read(site, tmp_path):
    """What the plugin writes is what the gate compares."""
    assert gates.is_version(json.loads((build(site, tmp_path / "new") / "version.json").read_text(encoding="utf-8")))
