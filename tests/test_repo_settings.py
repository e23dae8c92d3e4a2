"""The repository's settings: what .github/ruleset.json and CODEOWNERS ask for, and that a saved answer of GitHub which differs is told in plain sentences."""
import copy
import itertools
import json
import os
import re
import subprocess
import sys

import pytest
import yaml

import check_repo_settings
from saltmarsh import ROOT

WANTED = json.loads((ROOT / ".github/ruleset.json").read_text(encoding="utf-8"))
CODEOWNERS = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
# What GitHub answers where all is set as the project asks for: the ruleset with what GitHub adds to it, and the other parts.
GOOD = {
    "rulesets": [
        {"id": 1, "name": "tags", "target": "tag", "enforcement": "active", "rules": [{"type": "deletion"}]},
        WANTED | {"id": 42, "source_type": "Repository", "source": "office/directory", "created_at": "2026-03-01T00:00:00Z",
                  "current_user_can_bypass": "never",
                  "rules": [rule | ({"parameters": rule["parameters"] | {"required_reviewers": []}} if "parameters" in rule else {})
                            for rule in WANTED["rules"]]},
    ],
    "codeowners": {"errors": []},
    "administrators": 2,
    "workflows": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False},
    "pages": {"build_type": "workflow", "https_enforced": True, "html_url": "https://example.org/"},
    "environment": {"name": "github-pages", "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True}},
    "branches": {"total_count": 1, "branch_policies": [{"id": 1, "name": "main"}]},
}


def differences(change):
    """What is told of the good answer after `change` was done to it; `change` gets the answer, the ruleset, and its rules by type."""
    answer = copy.deepcopy(GOOD)
    ruleset = answer["rulesets"][1]
    change(answer, ruleset, {rule["type"]: rule.get("parameters") for rule in ruleset["rules"]})
    return list(check_repo_settings.differences(answer, WANTED))


def test_a_good_answer():
    """Where all is as it should be nothing is told, whatever else GitHub adds to its answer."""
    assert differences(lambda answer, ruleset, rules: None) == []


def without(kind):
    """A change: the rule of a kind is taken out."""
    return lambda answer, ruleset, rules: ruleset.update(rules=[rule for rule in ruleset["rules"] if rule["type"] != kind])


def to(part, value):
    """A change: a part of the answer is another."""
    return lambda answer, ruleset, rules: answer.update({part: value})


BAD = {
    "no ruleset": (lambda a, s, r: a.update(rulesets=a["rulesets"][:1]),
                   'There is no ruleset "main". (Settings, Rules, Rulesets, New ruleset, Import a ruleset: choose .github/ruleset.json.)'),
    "only its name": (lambda a, s, r: s.pop("rules"), "but not its rules. Ask for it by its number: gh api repos/{owner}/{repo}/rulesets/42"),
    "not switched on": (lambda a, s, r: s.update(enforcement="disabled"), 'is not switched on: it says "disabled", and should say "active".'),
    "for tags": (lambda a, s, r: s.update(target="tag"), 'is for "tag", and should be for "branch".'),
    "for another branch": (lambda a, s, r: s["conditions"]["ref_name"].update(include=["refs/heads/old"]), "does not hold for the main branch"),
    "for none": (lambda a, s, r: s["conditions"]["ref_name"].update(exclude=["refs/heads/main"]), "does not hold for the main branch"),
    "deletion": (without("deletion"), 'A rule is missing: nobody may delete the branch ("deletion").'),
    "force push": (without("non_fast_forward"), "A rule is missing: nobody may rewrite the history (force push)"),
    "no pull request": (without("pull_request"), "A rule is missing: every change comes by a pull request"),
    "no checks": (without("required_status_checks"), "A rule is missing: the checks must have passed"),
    "no approval": (lambda a, s, r: r["pull_request"].update(required_approving_review_count=0), "How many people must approve: it is 0, and should be 1."),
    "no code owner": (lambda a, s, r: r["pull_request"].update(require_code_owner_review=False), "A code owner must approve: it is off, and should be on."),
    "stale": (lambda a, s, r: r["pull_request"].pop("dismiss_stale_reviews_on_push"), "An approval ends when the change is changed again: it is not set"),
    "squash": (lambda a, s, r: r["pull_request"].update(allowed_merge_methods=["merge", "squash"]), "it is merge or squash, and should be merge."),
    "a check less": (lambda a, s, r: r["required_status_checks"]["required_status_checks"].pop(), 'the check "Listings and tests (Python 3.14)" failed'),
    "a check more": (lambda a, s, r: r["required_status_checks"]["required_status_checks"].append({"context": "old"}), 'workflow of the project runs: "old"'),
    "any program": (lambda a, s, r: r["required_status_checks"]["required_status_checks"][0].pop("integration_id"), "may be answered by any program."),
    "a rule more": (lambda a, s, r: s["rules"].append({"type": "required_signatures"}), 'one rule more than the project asks for: "required_signatures".'),
    "nobody bypasses": (lambda a, s, r: s.update(bypass_actors=[]), "An administrator of the repository may not bypass the rules, so nobody"),
    "always": (lambda a, s, r: s["bypass_actors"][0].update(bypass_mode="always"), "always, even without a pull request, and should only"),
    "a key": (lambda a, s, r: s["bypass_actors"].append({"actor_type": "DeployKey", "actor_id": None, "bypass_mode": "always"}), "A deploy key may bypass"),
    "hidden": (lambda a, s, r: s.pop("bypass_actors"), "only an administrator is told."),
    "administrators": (to("administrators", 5), "5 people are administrators of the repository, and 2 should be"),
    "no owners": (to("codeowners", None), "GitHub finds no .github/CODEOWNERS"),
    "unknown owners": (to("codeowners", {"errors": [{"line": 11, "kind": "Unknown owner", "source": "* @x/y\n::error::z"}]}),
                       ".github/CODEOWNERS:11: GitHub leaves this line out (Unknown owner): * @x/y ::error::z."),
    "workflows write": (to("workflows", {"default_workflow_permissions": "write"}), "A workflow that does not say its rights may write."),
    "workflows approve": (to("workflows", {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": True}), "A workflow may approve"),
    "no pages": (to("pages", None), "Pages is not set up"),
    "a branch as pages": (to("pages", {"build_type": "legacy", "https_enforced": True}), "Pages publishes a branch"),
    "http": (to("pages", GOOD["pages"] | {"https_enforced": False}), "can be read without encryption"),
    "no environment": (to("environment", None), 'There is no environment "github-pages".'),
    "any branch": (to("environment", {"deployment_branch_policy": None}), "Any branch may be published"),
    "another branch": (to("branches", {"branch_policies": [{"name": "main"}, {"name": "gh-pages"}]}), "branches than main may be published: gh-pages, main."),
}


@pytest.mark.parametrize("name", BAD)
def test_each_difference_is_one_plain_sentence(name):
    """Each setting that differs is told in one sentence, and nothing else is."""
    change, words = BAD[name]
    sentence, = differences(change)
    assert words in sentence
    assert "\n" not in sentence and sentence[0] in '.ABCDEFGHIJKLMNOPQRSTUVWXYZ"0123456789'


def test_several_differences_are_all_told():
    """One does not hide the next."""
    def change(answer, ruleset, rules):
        ruleset.update(enforcement="evaluate", bypass_actors=[])
        rules["pull_request"].update(require_code_owner_review=False)

    assert len(differences(change)) == 3


# ---- what the project asks for

def test_the_ruleset_asks_for_the_checks_that_run():
    """The checks in .github/ruleset.json are the jobs of check.yml, by their full names, and only GitHub Actions may answer them."""
    workflow = yaml.load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert "pull_request" in workflow["on"]
    names = set()
    for name, job in workflow["jobs"].items():
        matrix = job.get("strategy", {}).get("matrix", {})
        for values in itertools.product(*matrix.values()):
            title = job.get("name", name)
            for key, value in zip(matrix, values, strict=True):
                title = re.sub(r"\$\{\{ *matrix\." + key + r" *\}\}", value, title)
            names.add(title)
    asked_for = next(rule for rule in WANTED["rules"] if rule["type"] == "required_status_checks")["parameters"]["required_status_checks"]
    assert {row["context"] for row in asked_for} <= names
    assert {title for title in names if title.startswith("Listings and tests")} == {row["context"] for row in asked_for}
    assert {row["integration_id"] for row in asked_for} == {15368}


def test_the_ruleset_is_what_the_papers_promise():
    """A pull request, an approval, a code owner, no force push; only administrators may bypass, and only on a pull request."""
    rules = {rule["type"]: rule.get("parameters") for rule in WANTED["rules"]}
    assert {"deletion", "non_fast_forward", "pull_request", "required_status_checks"} == set(rules) == set(check_repo_settings.RULES)
    assert rules["pull_request"]["required_approving_review_count"] == 1 and rules["pull_request"]["require_code_owner_review"] is True
    assert WANTED["bypass_actors"] == [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"}]
    known = {key for parameters in rules.values() if parameters for key in parameters}
    assert known - {"required_status_checks"} <= check_repo_settings.PARAMETERS.keys()


def test_code_owners_are_roles_and_cover_everything():
    """Teams only, never a person; every file has an owner; each path that is named is there."""
    rows = [line.split() for line in CODEOWNERS.splitlines() if line and not line.startswith("#")]
    assert rows[0][0] == "*"
    assert {owner for _, *owners in rows for owner in owners} == {"@ORGANISATION/administrators", "@ORGANISATION/editors"}
    assert all((ROOT / path.strip("/")).exists() for path, *_ in rows[1:])


def test_a_placeholder_is_told():
    """As long as the organisation is not named the script says so, with the line; afterwards it does not."""
    line = 1 + next(n for n, text in enumerate(CODEOWNERS.splitlines()) if text.startswith("*"))
    sentence, = check_repo_settings.placeholders(CODEOWNERS)
    assert sentence.startswith(f".github/CODEOWNERS:{line}: The code owners are not named yet") and "(4 lines)" in sentence
    assert list(check_repo_settings.placeholders(CODEOWNERS.replace("@ORGANISATION/", "@an-office/"))) == []


# ---- the script

def run(*arguments, path=None):
    """Runs scripts/check_repo_settings.py -> (exit code, what it printed)."""
    command = [sys.executable, str(ROOT / "scripts/check_repo_settings.py"), *map(str, arguments)]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=os.environ | ({"PATH": str(path)} if path else {}))
    assert "Traceback" not in answer.stderr
    return answer.returncode, answer.stdout


def saved(folder, answer):
    """A file with an answer."""
    path = folder / "answer.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def test_a_saved_answer(tmp_path):
    """A whole answer is compared; of rulesets alone the rest is named as not looked at."""
    owners = check_repo_settings.placeholders(CODEOWNERS)
    code, printed = run(saved(tmp_path, GOOD))
    assert code == 1 and [line for line in printed.splitlines() if line.startswith("- ")] == [f"- {sentence}" for sentence in owners]
    assert "Not looked at" not in printed and "1 to put right." in printed
    for answer in (GOOD["rulesets"], GOOD["rulesets"][1], WANTED):
        code, printed = run(saved(tmp_path, answer))
        assert printed.count("\n- ") == 0 and "Not looked at, because the answer does not hold it: codeowners, administrators" in printed


@pytest.mark.parametrize("text", ["", "<html>", "{}", '{"message": "Not Found", "status": "404"}', "3"])
def test_what_is_no_answer(tmp_path, text):
    """Something else in the file is said in one line, with the way to a right one, and the exit code 2."""
    path = tmp_path / "answer.json"
    path.write_text(text, encoding="utf-8")
    code, printed = run(path)
    assert code == 2 and printed.startswith(str(path)) and "--save" in printed and printed.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path):
    """So is a missing file."""
    assert run(tmp_path / "none.json")[0] == 2


GH = """#!{python}
import json, pathlib, sys
answers = json.loads(pathlib.Path({answers!r}).read_text())
assert sys.argv[1] == "api" and len(sys.argv) == 3, sys.argv
found = answers.get(sys.argv[2].removeprefix("repos/{{owner}}/{{repo}}/"), 404)
if isinstance(found, int):
    sys.exit(f"gh: no (HTTP {{found}})")
print(json.dumps(found))
"""


def fake_gh(folder, **changes):
    """A folder with a program gh that gives the good answer, with changes by path."""
    rulesets = GOOD["rulesets"]
    answers = {
        "rulesets?per_page=100": [{"id": one["id"], "name": one["name"]} for one in rulesets], "rulesets/1": rulesets[0], "rulesets/42": rulesets[1],
        "codeowners/errors": GOOD["codeowners"], "collaborators?permission=admin&per_page=100": [{"login": "zqx1"}, {"login": "zqx2"}],
        "actions/permissions/workflow": GOOD["workflows"], "pages": GOOD["pages"], "environments/github-pages": GOOD["environment"],
        "environments/github-pages/deployment-branch-policies": GOOD["branches"]} | changes
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    program = folder / "gh"
    program.write_text(GH.format(python=sys.executable, answers=str(folder / "answers.json")), encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_asking_github(tmp_path):
    """With gh it asks for each ruleset by its number and for the other parts, keeps the answer, and nobody's name with it."""
    kept = tmp_path / "kept.json"
    code, printed = run("--save", kept, path=fake_gh(tmp_path))
    assert code == 1 and printed.count("\n- ") == 0 and "1 to put right." in printed
    assert json.loads(kept.read_text(encoding="utf-8")) == GOOD
    assert "zqx" not in kept.read_text(encoding="utf-8")


def test_asking_github_for_what_is_not_there_or_not_ours_to_see(tmp_path):
    """What is not set up (404) is a difference; what we may not see (403) is named as not looked at; anything else stops."""
    _, printed = run(path=fake_gh(tmp_path, **{"pages": 404, "collaborators?permission=admin&per_page=100": 403}))
    assert "- Pages is not set up" in printed and "Not looked at, because the answer does not hold it: administrators." in printed
    assert run(path=fake_gh(tmp_path, pages=500))[0] == 2
    code, printed = run(path=fake_gh(tmp_path, **{"rulesets?per_page=100": 404}))
    assert code == 2 and "gh auth login" in printed


def test_without_gh(tmp_path):
    """Without the program the script says where to get it."""
    code, printed = run(path=tmp_path)
    assert code == 2 and printed.startswith("GitHub's program gh is not here.")


# ---- the papers of the office

def anchors(text):
    """The addresses that GitHub gives to the headings of a paper."""
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.M)}


@pytest.mark.parametrize("name", ["docs/runbook.md", "docs/taking-down.md", "providers/README.md"])
def test_the_papers_lead_somewhere(name):
    """Every link leads to a file, and to a heading in it; every script that is named is there."""
    paper = ROOT / name
    text = paper.read_text(encoding="utf-8")
    found = re.findall(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]+))?\)", text)
    assert len(found) >= 2
    for path, anchor in found:
        target = paper.parent / path if path else paper
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), anchor
    assert [script for script in re.findall(r"scripts/\w+\.py", text) if not (ROOT / script).exists()] == []


def test_the_runbook_uses_the_words_that_are_on_the_screen():
    """The runs and the issues that it speaks of are called so, and the sentences that it explains are those of the scripts."""
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    table = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    workflows = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github/workflows").iterdir()}
    for name in ("Publish", "Live", "Links", "Review"):
        assert f"\nname: {name}\n" in workflows[f"{name.lower()}.yml"] and f"| {name} |" in table
    titles = {"Listings to check again": "review.yml", "Contracts that turn on 1 April: ask again": "review.yml", "Web addresses to look at": "links.yml"}
    for title, name in titles.items():
        assert title in workflows[name] and f'"{title}"' in runbook
    live = (ROOT / "scripts/check_live.py").read_text(encoding="utf-8")
    for words in ("days old", "apart.", "could not be read", "has no link that rings", "does not show", "is not that of this site"):
        assert words in live and words.rstrip(".") in runbook
    assert "The settings are as the project asks for." in runbook and "The settings are as the project asks for." in (
        ROOT / "scripts/check_repo_settings.py").read_text(encoding="utf-8")
