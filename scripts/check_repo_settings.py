"""Compares the settings of the repository on GitHub with what the project asks for (.github/ruleset.json, .github/CODEOWNERS), in plain sentences.

    python3 scripts/check_repo_settings.py                 asks GitHub, by its program gh, as whoever is signed in there; best as an administrator
    python3 scripts/check_repo_settings.py --save FILE     the same, and keeps GitHub's answer in FILE
    python3 scripts/check_repo_settings.py FILE            compares an answer that was kept, or what `gh api repos/{owner}/{repo}/rulesets/NUMBER` gave

It changes nothing. Ends with 0 where all is as asked for; with 1 where something differs; with 2 where there is no answer to compare.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import _setup

ROOT = _setup.ROOT
REPOSITORY = "repos/{owner}/{repo}"  # gh fills this in, from the folder that it is called in
# What is asked of GitHub: the name of each part of the answer, and where it is.
PARTS = {
    "codeowners": f"{REPOSITORY}/codeowners/errors",
    "administrators": f"{REPOSITORY}/collaborators?permission=admin&per_page=100",
    "workflows": f"{REPOSITORY}/actions/permissions/workflow",
    "pages": f"{REPOSITORY}/pages",
    "environment": f"{REPOSITORY}/environments/github-pages",
    "branches": f"{REPOSITORY}/environments/github-pages/deployment-branch-policies",
}
ADMINISTRATORS = 2
PLACEHOLDER = "@ORGANISATION/"
RULES = {
    "deletion": "nobody may delete the branch",
    "non_fast_forward": "nobody may rewrite the history (force push)",
    "pull_request": "every change comes by a pull request",
    "required_status_checks": "the checks must have passed",
}
PARAMETERS = {
    "required_approving_review_count": "how many people must approve",
    "dismiss_stale_reviews_on_push": "an approval ends when the change is changed again",
    "require_code_owner_review": "a code owner must approve",
    "require_last_push_approval": "somebody else than the last who changed it must approve",
    "required_review_thread_resolution": "every conversation must be resolved",
    "allowed_merge_methods": "how a change may be merged",
    "strict_required_status_checks_policy": "a branch must be up to date before it is merged",
    "do_not_enforce_on_create": "the checks are not asked for on a new branch",
}
MODES = {"always": "always, even without a pull request", "pull_request": "on a pull request", "exempt": "always, without being asked"}


class NoAnswer(Exception):
    """There is no answer of GitHub to compare. Its words say why, and what to do."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answer", nargs="?", type=Path, metavar="FILE", help="an answer of GitHub that was kept")
    parser.add_argument("--save", type=Path, metavar="FILE", help="where to keep GitHub's answer")
    args = parser.parse_args()
    try:
        answer = kept(args.answer) if args.answer else asked()
        if args.save:
            args.save.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    except NoAnswer as nothing:
        print(nothing)
        return 2
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    wanted = json.loads((ROOT / ".github/ruleset.json").read_text(encoding="utf-8"))
    found = [*placeholders((ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")), *differences(answer, wanted)]
    for sentence in found:
        print(f"- {sentence}")
    unseen = [part for part in ("rulesets", *PARTS) if part not in answer]
    if unseen:
        print(f"Not looked at, because the answer does not hold it: {', '.join(unseen)}.")
    print(f"{len(found)} to put right. Where each is set: docs/runbook.md, \"Going live\"." if found else "The settings are as the project asks for.")
    return 1 if found else 0


# ---- the answer

def kept(path):
    """A file with an answer -> {part: what GitHub says}. A list is taken for the rulesets, and so is one ruleset."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise NoAnswer(f"{path} holds no JSON. Make it with: python3 scripts/check_repo_settings.py --save {path}") from None
    if isinstance(data, dict) and "enforcement" in data:
        data = [data]
    data = {"rulesets": data} if isinstance(data, list) else data
    if not isinstance(data, dict) or not {"rulesets", *PARTS} & data.keys():
        raise NoAnswer(f"{path} is not an answer of GitHub. Make it with: python3 scripts/check_repo_settings.py --save {path}")
    return data


def asked():
    """Asks GitHub -> {part: what it says}; None for what is not set up. What gh may not see is left out."""
    if not shutil.which("gh"):
        raise NoAnswer("GitHub's program gh is not here. Get it from https://cli.github.com and sign in with: gh auth login")
    rows = gh(f"{REPOSITORY}/rulesets?per_page=100")
    if rows is None:
        raise NoAnswer("GitHub knows no such repository, or you may not see it. Sign in with: gh auth login")
    answer = {"rulesets": [gh(f"{REPOSITORY}/rulesets/{row['id']}") or row for row in rows]}
    for part, path in PARTS.items():
        try:
            answer[part] = gh(path)
        except PermissionError:
            continue
    if isinstance(answer.get("administrators"), list):
        answer["administrators"] = len(answer["administrators"])  # their names are nobody's business here
    return answer


def gh(path):
    """One question to GitHub -> its answer, or None where there is nothing (404). PermissionError: we may not ask. NoAnswer: anything else."""
    done = subprocess.run(["gh", "api", path], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if done.returncode == 0:
        return json.loads(done.stdout)
    if "HTTP 404" in done.stderr:
        return None
    if "HTTP 403" in done.stderr:
        raise PermissionError(path)
    raise NoAnswer(f"gh did not get an answer: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'it said nothing'}")


# ---- what differs

def placeholders(codeowners):
    """What is wrong with our own file of code owners: teams that are not there yet."""
    lines = [number for number, line in enumerate(codeowners.splitlines(), 1) if PLACEHOLDER in line.split("#")[0]]
    if lines:
        yield (f".github/CODEOWNERS:{lines[0]}: The code owners are not named yet: ORGANISATION stands in the place of the organisation's name "
               f"({len(lines)} lines). Until it is changed GitHub leaves these lines out, and no code owner has to approve.")


def differences(answer, wanted):
    """GitHub's answer and the ruleset of the project -> a sentence for each difference. Parts that the answer does not hold are passed over."""
    if "rulesets" in answer:
        yield from ruleset(answer["rulesets"], wanted)
    if "administrators" in answer and answer["administrators"] != ADMINISTRATORS:
        yield (f"{answer['administrators']} people are administrators of the repository, and {ADMINISTRATORS} should be: as many as may take an entry"
               " off the site alone. (Settings, Collaborators and teams.)")
    if "codeowners" in answer:
        yield from owners(answer["codeowners"])
    if "workflows" in answer:
        yield from workflows(answer["workflows"] or {})
    if "pages" in answer:
        yield from pages(answer["pages"])
    if "environment" in answer:
        yield from environment(answer["environment"], answer.get("branches"))


def ruleset(rulesets, wanted):
    """What differs between the ruleset of that name and the wanted one."""
    name = wanted["name"]
    found = next((one for one in rulesets if one.get("name") == name), None)
    if not found:
        yield f'There is no ruleset "{name}". (Settings, Rules, Rulesets, New ruleset, Import a ruleset: choose .github/ruleset.json.)'
        return
    if "rules" not in found:
        yield (f'The answer names the ruleset "{name}", but not its rules. Ask for it by its number: gh api {REPOSITORY}/rulesets/{found.get("id", "NUMBER")}')
        return
    if found.get("enforcement") != wanted["enforcement"]:
        yield f'The ruleset "{name}" is not switched on: it says "{found.get("enforcement")}", and should say "{wanted["enforcement"]}".'
    if found.get("target") != wanted["target"]:
        yield f'The ruleset "{name}" is for "{found.get("target")}", and should be for "{wanted["target"]}".'
    if _refs(found) != _refs(wanted):
        yield f'The ruleset "{name}" does not hold for the main branch, and for it alone: it should include "~DEFAULT_BRANCH" and exclude nothing.'
    there = {rule.get("type"): rule.get("parameters") or {} for rule in found["rules"]}
    for rule in wanted["rules"]:
        if rule["type"] not in there:
            yield f'A rule is missing: {RULES[rule["type"]]} ("{rule["type"]}").'
            continue
        for key, value in rule.get("parameters", {}).items():
            yield from parameter(key, there[rule["type"]].get(key), value)
    for extra in sorted(there.keys() - {rule["type"] for rule in wanted["rules"]} - {None}):
        yield f'There is one rule more than the project asks for: "{extra}". If it is wanted, write it into .github/ruleset.json.'
    yield from bypass(found.get("bypass_actors"), wanted["bypass_actors"])


def _refs(one):
    names = (one.get("conditions") or {}).get("ref_name") or {}
    return names.get("include"), names.get("exclude") or []


def parameter(key, there, wanted):
    """What differs in one parameter of a rule."""
    if key == "required_status_checks":
        yield from checks(there or [], wanted)
    elif (sorted(there) if isinstance(there, list) else there) != (sorted(wanted) if isinstance(wanted, list) else wanted):
        yield f"{PARAMETERS[key].capitalize()}: it is {_shown(there)}, and should be {_shown(wanted)}."


def checks(there, wanted):
    """What differs in the checks that must have passed."""
    found = {row.get("context"): row.get("integration_id") for row in there}
    for row in wanted:
        name = row["context"]
        if name not in found:
            yield f'A change can be merged though the check "{name}" failed: it is not among those that must have passed.'
        elif found[name] != row["integration_id"]:
            yield f'The check "{name}" may be answered by any program. Choose GitHub Actions beside it.'
    for name in sorted(found.keys() - {row["context"] for row in wanted} - {None}):
        yield f'A check must have passed that no workflow of the project runs: "{name}". No change can be merged until it is taken out.'


def bypass(there, wanted):
    """What differs in who may bypass the rules."""
    if there is None:
        yield "GitHub does not say who may bypass the rules: only an administrator is told. Run this as one."
        return
    found = {(row.get("actor_type"), row.get("actor_id")): row.get("bypass_mode") for row in there}
    asked_for = {(row["actor_type"], row["actor_id"]): row["bypass_mode"] for row in wanted}
    for actor, mode in asked_for.items():
        if actor not in found:
            yield f"{_actor(actor)} may not bypass the rules, so nobody can take an entry off the site alone (docs/taking-down.md)."
        elif found[actor] != mode:
            yield f"{_actor(actor)} may bypass the rules {MODES.get(found[actor], found[actor])}, and should only do so {MODES[mode]}."
    for actor in sorted(found.keys() - asked_for.keys(), key=str):
        yield f"{_actor(actor)} may bypass the rules, and should not."


def _actor(actor):
    kind, number = actor
    names = {"OrganizationAdmin": "An owner of the organisation", "DeployKey": "A deploy key"}
    return "An administrator of the repository" if actor == ("RepositoryRole", 5) else names.get(kind, f"{kind} {number}")


def owners(answer):
    """What GitHub finds wrong with the file of code owners."""
    if answer is None:
        yield "GitHub finds no .github/CODEOWNERS on the main branch, so no code owner has to approve."
        return
    for row in answer.get("errors", []):
        yield (f"{row.get('path', '.github/CODEOWNERS')}:{row.get('line', 1)}: GitHub leaves this line out ({_line(row.get('kind', ''))}): "
               f"{_line(row.get('source', '')) or 'it does not say which'}. The team must exist, and must have the right to write.")


def workflows(answer):
    """What differs in the rights that a workflow has where it does not say."""
    if answer.get("default_workflow_permissions") != "read":
        yield "A workflow that does not say its rights may write. Choose to read only. (Settings, Actions, General, Workflow permissions.)"
    if answer.get("can_approve_pull_request_reviews"):
        yield "A workflow may approve a pull request, and should not. (Settings, Actions, General, Workflow permissions.)"


def pages(answer):
    """What differs in how the site is published."""
    if answer is None:
        yield "Pages is not set up, so nothing can be published. (Settings, Pages, Source: GitHub Actions.)"
        return
    if answer.get("build_type") != "workflow":
        yield "Pages publishes a branch, and should publish what the workflow built. (Settings, Pages, Source: GitHub Actions.)"
    if answer.get("https_enforced") is False:
        yield "The site can be read without encryption, so others can see what is read. (Settings, Pages, Enforce HTTPS.)"


def environment(answer, branches):
    """What differs in the environment that the site is published from. `branches`: those that may publish, or None."""
    if answer is None:
        yield 'There is no environment "github-pages". (Settings, Environments: it comes with Pages.)'
    elif not answer.get("deployment_branch_policy"):
        yield "Any branch may be published, and only main should be. (Settings, Environments, github-pages, Deployment branches.)"
    elif branches and (names := {row.get("name") for row in branches.get("branch_policies", [])}) and names != {"main"}:
        yield f"Other branches than main may be published: {_line(', '.join(sorted(map(str, names))))}. (Settings, Environments, github-pages.)"


def _shown(value):
    if isinstance(value, list):
        return " or ".join(map(str, value)) or "nothing"
    return {True: "on", False: "off", None: "not set"}.get(value, str(value)) if isinstance(value, bool) or value is None else str(value)


def _line(text):
    """A text of GitHub's in one line of what can be printed."""
    return re.sub(r"\s+", " ", "".join(sign if sign.isprintable() else " " for sign in str(text))).strip()[:200]


if __name__ == "__main__":
    sys.exit(main())
