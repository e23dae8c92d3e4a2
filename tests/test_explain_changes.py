"""scripts/explain_changes.py on real git repositories: what it says, what it says where something is wrong, and that nothing in it is live."""
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from repositories import HARBOUR, NIGHTLINE, Repository
from saltmarsh import ROOT
from support_directory import history, pictures

EXAMPLE = ROOT / "docs" / "example-of-an-explanation.md"
INTRODUCTION = """\
<!-- Made by tests/test_explain_changes.py from Saltmarsh, the made-up force in tests/good. To make it again: REMAKE_GOLDENS=1. -->

This is what an editor sees in the summary of a proposed change, before anything is merged. Saltmarsh and everybody in it are made up.
`python3 scripts/explain_changes.py main NAME-OF-THE-BRANCH` says the same on your own computer.

---

"""
NEW_PROVIDER = """\
name: Quay Listeners
about: A charity by the quay.
website: https://quay-listeners.example.org
checked:
  date: 2026-11
  source: https://quay-listeners.example.org
  confidence: confirmed
services:
  - slug: line
    name: Quay line
    summary: Somebody listens in the evening.
    crime_types:
      - stalking
    coverage:
      - hilltop
    contacts:
      - type: phone
        value: 0808 157 0188
"""


@pytest.fixture
def repository(tmp_path):
    """Saltmarsh in a repository, on a branch of its own that proposes a change."""
    found = Repository(tmp_path / "repository")
    found.replace("content/site.yaml", "safeguarding_children:\n  - harbour-advice/drop-in\n", "")  # so that this service can be closed
    found.commit()
    found.git("checkout", "-q", "-b", "change")
    return found


def run(repository, *arguments, base="main", head="change", environment=None):
    """Runs scripts/explain_changes.py -> its answer."""
    command = [sys.executable, str(ROOT / "scripts/explain_changes.py"), base, head, "--repository", str(repository.folder), "--date", "2026-11-22",
               *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=os.environ | (environment or {}))


def explained(repository, *arguments, **named):
    """The explanation, which the script could give."""
    answer = run(repository, *arguments, **named)
    assert (answer.returncode, answer.stderr) == (0, ""), answer.stderr
    return answer.stdout


def new_number(repository):
    repository.replace(HARBOUR, "0808 157 0123", "0808 157 0124")


def five_kinds(repository):
    """A new number, another area and later hours; a service that closes; one more crime; a text of the site; a new provider."""
    new_number(repository)
    repository.replace(HARBOUR, "    coverage:\n      - harbour\n", "    coverage:\n      - harbour\n      - hilltop\n")
    repository.replace(HARBOUR, 'closes: "17:00"', 'closes: "19:30"')
    repository.replace(HARBOUR, "  - slug: drop-in\n", "  - slug: drop-in\n    status:\n      state: closed\n      since: 2026-10\n"
                       "      note: Nobody can drop in any more.\n      instead_use:\n        - harbour-advice/helpline\n")
    repository.replace(NIGHTLINE, "      - stalking\n", "      - stalking\n      - burglary\n")
    repository.replace("content/crime-types/burglary.yaml", "your home to steal", "your home or shed to steal")
    repository.write("providers/quay-listeners.yaml", NEW_PROVIDER)
    return repository.commit()


# ---- what it says

def test_the_example_in_the_docs(repository):
    """docs/example-of-an-explanation.md is what the script says of five kinds of change, letter by letter."""
    five_kinds(repository)
    said = INTRODUCTION + explained(repository, "--author-id", "583231")
    if os.environ.get("REMAKE_GOLDENS") == "1":
        EXAMPLE.write_text(said, encoding="utf-8")
    assert said == EXAMPLE.read_text(encoding="utf-8")


def test_a_maintainers_new_number(repository):
    """The change, the flag with the old number, the pages and the maintainer are said."""
    new_number(repository)
    repository.commit()
    said = explained(repository, "--author-id", "583231")
    assert "1 change in 1 entry. 9 pages of the site are touched. **1 thing to make sure of before this goes out, in bold below.**" in said
    assert ("\n- Harbour helpline: phone 0808 157 0123 becomes 0808 157 0124. "
            "**Contact changed: ring the old number, 0808 157 0123, to make sure.**\n") in said
    assert "It comes from a maintainer of `harbour-advice` and touches only that provider's file." in said


def test_it_can_be_written_to_a_file(repository, tmp_path):
    """--output writes what would be printed, and prints nothing."""
    new_number(repository)
    repository.commit()
    said = explained(repository)
    assert explained(repository, "--output", tmp_path / "said.md") == ""
    assert (tmp_path / "said.md").read_text(encoding="utf-8") == said


def test_the_same_twice(repository):
    """The same two commits give the same words, whatever Python's hashes are."""
    five_kinds(repository)
    assert explained(repository, environment={"PYTHONHASHSEED": "1"}) == explained(repository, environment={"PYTHONHASHSEED": "2"})


def test_what_main_did_meanwhile_is_not_part_of_it(repository):
    """Only what the branch did is explained, though main went on; but the maintainers are those that main names now."""
    new_number(repository)
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.replace(NIGHTLINE, "at night", "at dawn")
    repository.replace(HARBOUR, "583231", "99")
    repository.commit()
    said = explained(repository, "--author-id", "583231")
    assert "Nightline" not in said and "becomes 0808 157 0124" in said
    assert "It comes from somebody who is not a maintainer of any provider." in said


def test_a_merge_as_github_makes_it(repository):
    """HEAD^1 and HEAD of a merge, as in GitHub's run, give the same words as the two branches."""
    new_number(repository)
    repository.commit()
    said = explained(repository)
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    assert explained(repository, base="HEAD^1", head="HEAD") == said


def test_a_change_from_a_fork(repository, tmp_path):
    """A clone that proposes a change is explained as well."""
    fork = Repository.__new__(Repository)
    fork.folder = tmp_path / "fork"
    subprocess.run(["git", "clone", "-q", str(repository.folder), str(fork.folder)], check=True)
    fork.git("checkout", "-q", "-b", "theirs")
    new_number(fork)
    fork.commit()
    repository.git("fetch", "-q", str(fork.folder), "theirs:theirs")
    assert "becomes 0808 157 0124" in explained(repository, head="theirs")


def test_a_renamed_file(repository):
    """A renamed file is an entry that goes and one that comes; both say so."""
    repository.path(NIGHTLINE).rename(repository.path("providers/night-line.yaml"))
    for name in ("content/site.yaml", "content/crime-types/stalking.yaml"):
        repository.write(name, repository.read(name).replace("nightline/chat", "night-line/chat"))
    repository.commit()
    said = explained(repository)
    assert "### Nightline (new provider)" in said and "### Nightline (provider, taken off)" in said
    assert said.count("same name") == 2


def test_only_the_writing_changes(repository):
    """A remark behind a # and the order of lines change nothing for the public, and that is said."""
    repository.write(NIGHTLINE, repository.read(NIGHTLINE).replace("name: Nightline\nabout", "# A remark.\nname: Nightline\nabout"))
    repository.commit()
    said = explained(repository)
    assert "Nothing that an entry says changes. No page changes." in said
    assert "Nothing that an entry says changes in providers/nightline.yaml: only how it is written" in said


def test_programs_are_named_and_not_explained(repository):
    """Files that are no entries are named; where the rules of the check change too, it is said that these are the old ones."""
    repository.write("plugins/support_directory/check.py", "")
    repository.replace(NIGHTLINE, "coverage: national", "coverage: anywhere")
    repository.commit()
    said = explained(repository)
    assert "1 file that is not an entry: `plugins/support_directory/check.py`." in said and "changes the rules of the check too" in said


# ---- where something is wrong

def test_problems_of_what_is_proposed(repository):
    """What has to be mended is said in the check's words; the rest of the change is still explained."""
    new_number(repository)
    repository.replace(NIGHTLINE, "coverage: national", "coverage: nationwide")
    repository.commit()
    said = explained(repository)
    assert re.search(r"\n    providers/nightline\.yaml:19:15: services 1 > coverage: .*nationwide", said)
    assert "What is proposed has something to mend in providers/nightline.yaml." in said
    assert "becomes 0808 157 0124" in said and "### Nightline" not in said


def test_conflict_markers(repository):
    """A file with the marks of a conflict is refused in the check's words, and the others are explained."""
    new_number(repository)
    repository.write(NIGHTLINE, "<<<<<<< main\n" + repository.read(NIGHTLINE) + "=======\nname: B\n>>>>>>> change\n")
    repository.commit()
    said = explained(repository)
    assert "\n    providers/nightline.yaml:1:1: " in said and "becomes 0808 157 0124" in said


def test_problems_of_the_state_before(repository):
    """Where the state before has something to mend itself, that is said, and the rest is compared."""
    repository.git("checkout", "-q", "main")
    repository.replace("providers/old-lamp.yaml", "state: closed", "state: shut")
    repository.commit()
    repository.git("checkout", "-q", "-B", "change")
    new_number(repository)
    repository.replace("providers/old-lamp.yaml", "state: shut", "state: closed")
    repository.commit()
    said = explained(repository)
    assert "The state before has something to mend itself, in content/commissioning/2024-25.yaml, providers/old-lamp.yaml." in said
    assert "becomes 0808 157 0124" in said and "What has to be mended" not in said


def test_nothing_that_can_be_compared(repository):
    """Where the site's own file is broken, only the check's words and the verdict are left."""
    repository.write("content/site.yaml", "name: [\n")
    repository.git("checkout", "-q", "-B", "main")
    repository.commit()
    repository.git("checkout", "-q", "-B", "change")
    new_number(repository)
    repository.commit()
    said = explained(repository, "--author-id", "583231")
    assert "The state before cannot be put together" in said and "    content/site.yaml:" in said
    assert "It comes from a maintainer of `harbour-advice`" in said


def test_the_first_state_of_all(repository):
    """Without a state before, that is said plainly, and what there is is counted."""
    said = explained(repository, base="no-such-branch", head="main")
    assert "There is no commit called “no-such-branch” in this project. So there is nothing to compare with" in said
    assert "It holds 6 providers, 3 crime types, 2 areas and 8 pages of words." in said


@pytest.mark.parametrize("name", ["no-such-branch", "--output=/tmp/x", "-h", "a\nb", "", "HEAD^{tree}", "main..change"])
def test_a_head_that_does_not_exist(repository, name):
    """A wrong name is one plain line, never an option of git and never a traceback."""
    command = [sys.executable, str(ROOT / "scripts/explain_changes.py"), "--repository", str(repository.folder), "--", "main", name]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 2 and "There is no commit called" in answer.stderr and "Traceback" not in answer.stderr


def test_unrelated_histories(repository):
    """Two states that never had anything in common are compared all the same."""
    repository.git("checkout", "-q", "--orphan", "other")
    new_number(repository)
    repository.commit()
    assert "becomes 0808 157 0124" in explained(repository, head="other")


# ---- hostile names and texts

def taken_for_commands(printed):
    """The lines that GitHub would obey: :: at the start, or ##[ anywhere."""
    return [line for line in re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", printed) if line.lstrip().startswith("::") or "##[" in line]


NAMES = [b"::error::forged.yaml", b"a\n::error::forged.yaml", b"##[error]forged.yaml", b"a\r::warning::b.yaml", b"a%0A::error::b.yaml", b"<img src=x>.yaml",
         b"[a](https://example.org).yaml", b"@somebody.yaml", "\u202eh\u0430rbour.yaml".encode(), b"\xff.yaml", b"..", b"x/../../../../y", b"-rf",
         b"$(touch x)", b"`touch x`.yaml", b"con.yaml", b"harbour-advice.yaml\\", b"a" * 255, b".git", b"NIGHTLINE.yaml"]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_forge_nothing(repository, tmp_path, name):
    """Whatever a file in a proposed change is called, the explanation comes, no line of it is a command, and nothing is written elsewhere."""
    before = sorted(tmp_path.rglob("*"))
    head = repository.with_row("100644", name, repository.git("rev-parse", f"HEAD:{HARBOUR}"))
    said = explained(repository, head=head)
    assert taken_for_commands(said) == []
    assert all(line.isprintable() for line in said.split("\n"))
    loose = "\n".join(line for line in said.splitlines() if not line.startswith("    "))  # the check's lines are a block of code
    assert not re.search(r"@\w|<\w|(?<!\\)\]\(", re.sub(r"`[^`]*`", "", loose))
    assert "providers/" in said.split("## Who is responsible")[1]
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and ".git/objects" not in path.as_posix()] == []


TEXTS = ["::error::forged", "##[error]forged", "@somebody", "#1", "https://evil.example.org", "![a](https://evil.example.org/a.png)", "`` ` ``", "**a** _b_",
         "&lt;b&gt;", "0123456789abcdef0123456789abcdef01234567"]


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_forge_nothing(repository, text):
    """A text of an entry that would be a command, a mention or a link stays text."""
    quoted = text.replace("'", "''")
    repository.replace(NIGHTLINE, "about: A national line for the night.", f"about: '{quoted}'")
    repository.replace(NIGHTLINE, "name: Nightline\nabout", f"name: '{quoted}'\nabout")
    repository.replace("content/pages/privacy.md", "\n---\n", f"\n---\n{text}\n")
    repository.commit()
    said = explained(repository)
    assert taken_for_commands(said) == []
    loose = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", said)
    assert not re.search(r"@somebody|(?<!\\)#1|evil\.example|(?<!\\)\*\*a|[0-9a-f]{40}|&lt;b&gt;", "\n".join(
        line for line in loose.splitlines() if not line.startswith("    ")))


def test_nothing_in_a_repository_runs(repository, tmp_path):
    """Filters, hooks, text conversions, links and attributes of a proposed change do nothing when it is read."""
    mark = tmp_path / "ran"
    repository.write(".gitattributes", "* filter=evil diff=evil export-ignore ident\n")
    for setting in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.evil.command", "core.fsmonitor"):
        repository.git("config", setting, f"touch {mark} #")
    new_number(repository)
    repository.path("providers/evil.yaml").symlink_to("/etc/passwd")
    repository.git("-c", "filter.evil.clean=cat", "-c", "core.fsmonitor=false", "add", "-A")
    repository.git("-c", "core.fsmonitor=false", "commit", "-q", "-m", "Evil")
    mark.unlink(missing_ok=True)
    said = explained(repository)
    assert not mark.exists()
    assert "becomes 0808 157 0124" in said and "Left out: providers/evil.yaml: it is a link." in said and "root:" not in said


def test_only_plain_files_are_unpacked(repository, tmp_path):
    """What is unpacked are the plain files below content/ and providers/, byte for byte, and programs stay marked."""
    repository.path(NIGHTLINE).chmod(0o755)
    repository.write("elsewhere.txt", "x")
    head = repository.commit()
    (tmp_path / "out").mkdir()
    assert history.unpack(repository.folder, head, tmp_path / "out") == []
    found = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    here = [path for folder in history.FOLDERS for path in repository.path(folder).rglob("*") if path.is_file()]
    wanted = {path.relative_to(repository.folder).as_posix(): path for path in here}
    assert {name: path.read_bytes() for name, path in found.items()} == {name: path.read_bytes() for name, path in wanted.items()}
    assert [name for name, path in found.items() if path.stat().st_mode & 0o111] == [NIGHTLINE]


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_nothing_is_unpacked_elsewhere(repository, tmp_path, levels):
    """A path that leads out of its folder is left out and named; nothing is written beside the folder."""
    inner = repository.tree(("100644", b"escaped.yaml", repository.git("rev-parse", f"HEAD:{HARBOUR}")))
    for _ in range(levels - 1):
        inner = repository.tree(("40000", b"..", inner))
    head = repository.with_row("40000", b"..", inner)
    out = tmp_path / "a" / "b" / "out"
    out.mkdir(parents=True)
    assert history.unpack(repository.folder, head, out) == [(f"providers/{'../' * levels}escaped.yaml", "its path leads out of its folder")]
    assert list(tmp_path.rglob("escaped.yaml")) == []


def test_a_huge_file_is_left_out(repository):
    """A file that nobody could read is named and not read."""
    repository.write("providers/huge.yaml", "a" * (2 * history.MOST_BYTES))
    repository.commit()
    assert "Left out: providers/huge.yaml: it is very large." in explained(repository)


# ---- pictures

class Live(HTMLParser):
    """Finds what could do something or ask for something in a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "base", "link"):
            self.found.append(tag)
        for name, value in attributes:
            if name.startswith("on") or (name in ("href", "action", "srcset", "src") and not (value or "").startswith(("#", "data:"))):
                self.found.append((tag, name, value))


def test_pages_before_and_after(repository, tmp_path):
    """Each page touched is one file that holds all it needs, and a picture as wide as a phone; the new provider has none before."""
    five_kinds(repository)
    folder = tmp_path / "pages"
    said = explained(repository, "--pictures", folder)
    assert "The pages before and after are those of the first 12 of" in said
    names = {path.stem for path in folder.glob("*.html")} - {"index"}
    assert len({name.rsplit("-", 1)[0] for name in names}) == pictures.MOST
    assert "providers-quay-listeners-after" in names and "providers-quay-listeners-before" not in names
    assert {path.stem for path in folder.glob("*.png")} == names
    for name in names:
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        live = Live()
        live.feed(text)
        assert live.found == [] and "url(data:image/svg" in text and "<h1>" in text, name
        png = (folder / f"{name}.png").read_bytes()
        assert png[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(png[16:20], "big") == pictures.PHONE["width"]
        assert int.from_bytes(png[20:24], "big") > pictures.PHONE["height"]
    before, after = ((folder / f"providers-harbour-advice-{when}.html").read_text(encoding="utf-8") for when in ("before", "after"))
    assert "0808 157 0123" in before and "0808 157 0124" in after


def test_no_browser_is_one_plain_line(repository, tmp_path):
    """Without a browser the pages are there all the same, and one line says why there are no pictures."""
    new_number(repository)
    repository.commit()
    said = explained(repository, "--pictures", tmp_path / "pages", environment={"CHROMIUM": str(tmp_path / "none")})
    assert said.count("There are no pictures, because no browser could be started here") == 1
    assert list((tmp_path / "pages").glob("*.html")) and not list((tmp_path / "pages").glob("*.png"))


@pytest.mark.parametrize("tag", ["<script>alert(1)</script>", "<img src='https://evil.example.org/a.png'>",
                                 "<a href='https://evil.example.org'>a</a>",
                                 "<a href='javascript:alert(1)'>a</a>", "<p onclick='a()'>a</p>", "<iframe src='/x'></iframe>",
                                 "<base href='https://evil.example.org'>",
                                 "<meta http-equiv='refresh' content='0;url=https://evil.example.org'>", "<form action='https://evil.example.org'></form>",
                                 "<link rel=stylesheet href='https://evil.example.org/a.css'>", "<img src='../beside.svg'>", "<img src='a.txt'>",
                                 "<svg><script>alert(1)</script></svg>", "<p style='background:url(https://evil.example.org)'>a</p>",
                                 "<object data='https://evil.example.org'></object>", "<video poster='https://evil.example.org'></video>"])
def test_nothing_live_is_left_in_a_page(tmp_path, tag):
    """Whatever a page held, as one file it runs nothing, asks for nothing and leads nowhere."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "beside.svg").write_text("secret", encoding="utf-8")
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{tag}<p>kept &amp; &lt;b&gt;</p></body></html>"
    (site / "index.html").write_text(page, encoding="utf-8")
    text = pictures.self_contained(site, "index.html")
    live = Live()
    live.feed(text)
    assert live.found == [] and "evil" not in text and "alert" not in text and "refresh" not in text and "c2VjcmV0" not in text
    assert "<p>kept &amp; &lt;b&gt;</p>" in text and "default-src 'none'" in text
