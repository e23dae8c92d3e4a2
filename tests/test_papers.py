"""The papers stay true: their links lead somewhere, the messages that they show are real, the licences are whole."""
import datetime
import hashlib
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from support_directory import check

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "providers/README.md", "docs/runbook.md", "docs/editors.md", "docs/taking-down.md", "docs/growing.md")
ON_GITHUB = "https://github.com/owner/project/"  # where the project's own pages begin, whatever it is called
# What the editors' page says of a time at which something runs: the day of the month, the month and the day of the week of its cron line.
WORDS_OF_TIMES = {"* * *": ("Every night", "Every morning"), "* * 2": ("Every Tuesday",), "1 * *": ("On the 1st of each month",), "15 3 *": ("on 15 March",)}


def text(name):
    """The text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_links_lead_somewhere(name):
    """Every link in a paper to a file of the project leads to one that is there."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text(name))
    assert [target for target in targets if not is_there(name, target)] == []


def is_there(name, target):
    """Whether a link in a paper leads to a file of the project, or to a page of GitHub about one of its workflows, when the paper is read on GitHub."""
    address = urljoin(f"{ON_GITHUB}blob/main/{name}", target)
    file, workflow = address.removeprefix(f"{ON_GITHUB}blob/main/"), address.removeprefix(f"{ON_GITHUB}actions/workflows/").removesuffix("/badge.svg")
    return (file != address and (ROOT / file).exists()) or (workflow != address and (ROOT / ".github/workflows" / workflow).is_file())


def test_parts_of_papers_that_links_lead_to_are_there():
    """What follows a # in a link is a heading of that paper, as GitHub makes its address."""
    for name in PAPERS:
        for target, part in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", text(name)):
            headings = re.findall(r"^#+ (.+)$", text((ROOT / name).parent.joinpath(target).relative_to(ROOT) if target else name), re.MULTILINE)
            assert part in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, (name, target, part)


@pytest.mark.parametrize("name", PAPERS)
def test_files_that_are_named_are_there(name):
    """Every script, workflow, test and module that a paper names is there."""
    named = set(re.findall(r"(?:scripts|tests|schema|\.github|plugins|requirements|theme|content)/[\w./-]*\w", text(name)))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_table_of_modules_is_complete():
    """CONTRIBUTING.md says of every module what it does."""
    modules = {path.name for path in (ROOT / "plugins/support_directory").glob("*.py")} - {"__init__.py"}
    table = re.search(r"## Two wings.*?\n\n## ", text("CONTRIBUTING.md"), re.S)[0]
    assert modules == set(re.findall(r"`(\w+\.py)`", "\n".join(row for row in table.splitlines() if row.startswith("|"))))


def test_every_library_has_its_reason():
    """CONTRIBUTING.md says of every library that we chose why it is there."""
    chosen = {line.split("==")[0] for name in ("site", "edit", "test") for line in text(f"requirements/{name}.in").splitlines() if "==" in line}
    chosen |= set(yaml.safe_load(text("package.json"))["devDependencies"])
    table = "".join(row for row in text("CONTRIBUTING.md").splitlines(keepends=True) if row.startswith("|"))
    assert {library for library in chosen if not re.search(rf"\| .*(?<![\w/-]){re.escape(library)}\b.* \|", table)} == set()


def test_the_editors_page_shows_everything_that_runs_by_itself():
    """Each workflow with times of its own, and no other, has a row: its name, its badge, a link to its runs, and how often it runs."""
    # BaseLoader: the key "on" does not become true.
    workflows = {path.name: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in (ROOT / ".github/workflows").iterdir()}
    timed = {name: workflow for name, workflow in workflows.items() if "schedule" in workflow["on"]}
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in text("docs/editors.md").splitlines() if row.startswith("| ")][2:]
    shown = {}
    for name, badge, _, often, *_ in rows:
        image, runs = re.fullmatch(rf"\[!\[{name}\]\((\S+)\)\]\((\S+)\)", badge).groups()
        assert image == f"{runs}/badge.svg" and runs.startswith("../../../actions/workflows/")
        shown[runs.rpartition("/")[2]] = name, often
    assert len(rows) == len(timed) and {file: name for file, (name, _) in shown.items()} == {file: workflow["name"] for file, workflow in timed.items()}
    for file, workflow in timed.items():
        for time in workflow["on"]["schedule"]:
            assert any(words in shown[file][1] for words in WORDS_OF_TIMES[" ".join(time["cron"].split()[2:])]), (file, time)


def test_messages_in_the_editors_paper_are_real(tmp_path):
    """The messages that providers/README.md shows are what the check says of those two mistakes."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    listing = site / "providers/harbour-advice.yaml"
    right = listing.read_text(encoding="utf-8")
    wrong = right.replace("- burglary", "- burglery", 1).replace("0808 157 0123", "0808 157 O123")
    listing.write_text(wrong, encoding="utf-8")
    _, problems = check.check(site, ROOT / "schema", datetime.date(2026, 11, 22))
    shown = [line.strip() for line in text("providers/README.md").splitlines() if line.startswith("    providers/")]
    assert shown == [str(problem) for problem in problems]
    assert [problem.line for problem in problems] == [23, 40]


def test_the_licence_of_the_software_is_whole():
    """LICENSE is the GNU Affero General Public License, version 3, as the Free Software Foundation publishes it."""
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    assert digest == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def test_the_licence_of_the_words_has_every_statement():
    """LICENSE-CONTENT names the licence, its address, and each statement that our sources ask for."""
    said = text("LICENSE-CONTENT")
    assert said.startswith("Open Government Licence v3.0\nhttps://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/\n")
    for statement in yaml.safe_load(text("content/site.yaml"))["attributions"]:
        assert statement in said


def test_each_decision_has_a_date_and_three_lines():
    """Each decision says when it was taken, what it is, why, and what it costs."""
    decisions = text("CONTRIBUTING.md").split("## Decisions\n")[1].split("\n### ")[1:]
    assert len(decisions) >= 7
    for decision in decisions:
        assert re.fullmatch(r"20\d\d-\d\d-\d\d: .+\n\n- What: .+\n- Why: .+\n- Costs: .+\n*", decision), decision
