"""scripts/propose.py: what an organisation asks for becomes one commit on a branch of its own, or nothing at all."""
import json
import os
import shutil
import subprocess
import sys

import pytest

from saltmarsh import GOOD, ROOT

HARBOUR = "providers/harbour-advice.yaml"
BRANCH = "listing/harbour-advice-2026-11-25"
OLD, NEW = "0808 157 0123", "0808 157 0124"
LINE = f'services helpline > contacts 1 > value: "{OLD}" becomes "{NEW}"'
PROVIDER = "Provider: harbour-advice"


def git(site, *words):
    """Runs git in a repository -> what it prints."""
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *words]
    return subprocess.run(command, cwd=site, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.fixture
def site(tmp_path):
    """Saltmarsh in a git repository of its own, with one commit."""
    folder = tmp_path / "site"
    shutil.copytree(GOOD, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All entries")
    return folder


def run(site, *arguments, given="", **environment):
    """Runs scripts/propose.py -> its answer."""
    command = [sys.executable, str(ROOT / "scripts/propose.py"), "--site", str(site), "--date", "2026-11-25", *map(str, arguments)]
    return subprocess.run(command, input=given.encode(), capture_output=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment)


def said(answer):
    """What an answer printed."""
    return answer.stdout.decode() + answer.stderr.decode()


def mail(site, text, *arguments, **environment):
    """Runs the script with the text of an e-mail."""
    return run(site, "--text", "-", "--channel", "e-mail", *arguments, given=text, **environment)


def state(site):
    """Everything that must stay as it was where something is refused: files, branches, the index, what is checked out."""
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file() and ".git" not in path.parts}
    return files, git(site, "for-each-ref"), git(site, "status", "--porcelain"), git(site, "branch", "--show-current")


def difference(site, branch=BRANCH):
    """The lines that a branch changes, with - and +."""
    lines = git(site, "diff", "--unified=0", "main", branch).splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


ONE_LINE = [f"-        value: {OLD}", f"+        value: {NEW}"]


# ---- an e-mail

@pytest.mark.parametrize("text", [
    f"{PROVIDER}\n{LINE}\n",
    f"Hello,\r\n\r\n> {PROVIDER}\r\n> {LINE}\r\n\r\nThank you\r\n",
    f">> {PROVIDER}\n>> Please: {LINE}. Thanks!\n",
    f"{PROVIDER}\n{LINE}\n".replace(" ", "\xa0"),
    f"{PROVIDER}\n{LINE}\n".replace('"', "“", 1).replace('"', "”", 1),
    f"{PROVIDER}\n> services helpline > contacts 1 > value: \"{OLD}\" becomes\n> \"{NEW}\"\n",
    f"{PROVIDER}\nservices helpline > contacts 1\n> value: \"{OLD}\" becomes \"{NEW}\"\n",
    f"{PROVIDER}\n{LINE}\n\n> {LINE}\n",
    f"{HARBOUR}\r\n\r\n{LINE}\r\n",
    f"### Which file\n\n{HARBOUR}\n\n### What changes\n\n{LINE}\n",
    f"\ufeff{PROVIDER}\n{LINE}\n",
    f"From: Somebody <a@example.org>\nSubject: {LINE[:20]}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    f"Content-Transfer-Encoding: quoted-printable\n\n{PROVIDER}\nservices helpline > contacts 1 > value: =22{OLD}=22 beco=\nmes =22{NEW}=22\n",
], ids=["plain", "CRLF, quoted", "quoted twice, in a sentence", "spaces that do not break", "curly", "broken line, quoted", "broken before >", "said twice",
        "the form's e-mail", "the issue form", "byte order mark", "a saved e-mail"])
def test_an_e_mail_becomes_a_change_of_one_line(site, text):
    """However a mail program has changed it, the line is found, and the branch differs from main in that one line."""
    answer = mail(site, text)
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ONE_LINE
    assert f"Confirm it with them through the OLD contact first: phone {OLD}." in said(answer)
    assert git(site, "branch", "--show-current") == f"{BRANCH}\n" and not git(site, "status", "--porcelain")


def test_the_commit_credits_organisation_channel_and_date_and_nobody(site):
    """Whoever wrote the e-mail, and whoever runs the script, stands nowhere in the history. No value does, either: it could speak to GitHub."""
    text = f"From: Somebody Else <somebody@example.org>\nContent-Type: text/plain\n\nI am Mary Jones.\n{PROVIDER}\n{LINE}\n"
    answer = mail(site, text, "--stay", GIT_AUTHOR_NAME="Mary Jones", GIT_AUTHOR_EMAIL="mary@example.org")
    assert answer.returncode == 0, said(answer)
    commit = git(site, "log", "-1", "--format=%an|%ae|%cn|%ce|%B", BRANCH)
    assert commit.strip() == ("Harbour Advice|noreply@noreply.invalid|Editors|noreply@noreply.invalid|Change Harbour Advice\n\n"
                              "Asked for by: Harbour Advice\nChannel: e-mail\nDate: 2026-11-25\n\nservices helpline > contacts 1 > value")
    assert git(site, "branch", "--show-current") == "main\n"
    assert git(site, "rev-list", "--count", f"main..{BRANCH}") == "1\n"


def test_several_changes_and_a_second_branch(site):
    """Adding, changing and taking away in one text; numbers are those of the listing as it is now. A branch of that name gets a number."""
    git(site, "branch", BRANCH)
    text = "\n".join([PROVIDER, 'services helpline > contacts 1: {"type": "phone", "value": "0808 157 0123"} becomes nothing',
                      'services helpline > contacts 4: nothing becomes {"value": "0808 157 0125", "type": "phone"}',
                      'services helpline > cost: "free" becomes nothing', 'services drop-in > eligibility: "Anyone" becomes "Anybody, at any time"',
                      'services helpline > bsl: "yes" becomes "no"', "services helpline > crisis_line: nothing becomes false"])
    answer = mail(site, text)
    assert answer.returncode == 0, said(answer)
    assert difference(site, f"{BRANCH}-2") == [
        "-    cost: free", "-      - type: phone", f"-        value: {OLD}", "+      - type: phone", "+        value: 0808 157 0125",
        '-    bsl: "yes"', '+    bsl: "no"', "+    crisis_line: false", "-    eligibility: Anyone", "+    eligibility: Anybody, at any time"]


def test_other_work_of_the_editor_stays(site):
    """What the editor has changed elsewhere, staged or not, is neither committed nor lost."""
    (site / "providers/nightline.yaml").write_bytes((site / "providers/nightline.yaml").read_bytes() + b"# mine\n")
    (site / "content/pages/about.md").write_bytes((site / "content/pages/about.md").read_bytes() + b"More.\n")
    git(site, "add", "content/pages/about.md")
    before = git(site, "status", "--porcelain")
    assert mail(site, f"{PROVIDER}\n{LINE}").returncode == 0
    assert difference(site) == ONE_LINE and git(site, "status", "--porcelain") == before


def test_line_ends_and_a_site_inside_a_repository(tmp_path):
    """A listing with the line ends of Windows keeps them, and a site may be a folder of its repository."""
    folder = tmp_path / "all" / "inner site"
    shutil.copytree(GOOD, folder)
    listing = folder / HARBOUR
    listing.write_bytes(listing.read_bytes().replace(b"\n", b"\r\n"))
    for words in (("init", "--quiet", "--initial-branch=main"), ("add", "--all"), ("commit", "--quiet", "--message=All")):
        git(tmp_path / "all", "-c", "core.autocrlf=false", *words)
    assert mail(folder, f"{PROVIDER}\n{LINE}").returncode == 0
    assert difference(folder) == [f"{line}\r" for line in ONE_LINE] or difference(folder) == ONE_LINE
    assert listing.read_bytes().count(b"\r\n") == listing.read_bytes().count(b"\n")


# ---- what is refused leaves everything as it was

@pytest.mark.parametrize(("text", "words"), [
    (LINE, "Whose listing is it?"),
    (f"Provider: harbour-advise\n{LINE}", 'no listing called "harbour-advise". Did you mean harbour-advice?'),
    (f"{PROVIDER}\nProvider: nightline\n{LINE}", "more than one provider: harbour-advice, nightline"),
    (f"{PROVIDER}\nPlease change our number.", "No line asks for a change"),
    (f"{PROVIDER}\n{LINE.replace(OLD, '0808 157 0999')}", f'the text says "0808 157 0999", but the listing has "{OLD}" now'),
    (f"{PROVIDER}\n{LINE}\n{LINE.replace(NEW, '0808 157 0125')}", "asks for two different things"),
    (f"{PROVIDER}\n{LINE.replace('helpline', 'helplime')}", 'no service called "helplime" in this listing. Did you mean helpline?'),
    (f"{PROVIDER}\n{LINE}\nservice helpline > hours: \"x\" becomes \"y\"", "This could not be read: service helpline"),
    (f"{PROVIDER}\n{LINE}\nservices drop-in > contacts 1 > value: 1 Old Quay becomes 2 Old Quay", "This could not be read"),
    (f"{PROVIDER}\n{LINE}\nservices drop-in > eligibility: \"Anyone becomes \"All\"", "This could not be read"),
    (f"{PROVIDER}\n{LINE.replace(NEW, '0808 157 O124')}", 'providers/harbour-advice.yaml:40:16: services 1 > contacts 1 > value: "0808 157 O124" holds "O"'),
    (f"{PROVIDER}\nservices helpline > contacts 0 > value: \"{OLD}\" becomes \"{NEW}\"", "have a number from 1, and this is 0"),
    (f"{PROVIDER}\nservices helpline > contacts 9: nothing becomes {{\"type\": \"phone\", \"value\": \"{NEW}\"}}", "there is no such place in the entry"),
    (f"{PROVIDER}\nservices helpline > fax: nothing becomes \"{NEW}\"", "services 1 > fax: There is no field called"),
    (f"{PROVIDER}\nmaintainers 2: nothing becomes \"666\"", "cannot change maintainers, because it says who may propose changes"),
    (f"{PROVIDER}\nconfirmed_with_provider: nothing becomes {{\"date\": \"2026-01-01\", \"how\": \"rang\"}}", "--allow confirmed_with_provider"),
    ('Provider: hilltop-refuge\nservices refuge > confidential_location: true becomes false', "a secret place could become known"),
    ("Provider: hilltop-refuge\nservices refuge > eligibility: nothing becomes \"Come to 12 Quay Street, SM1 2AB\"", "providers/hilltop-refuge.yaml:"),
    (f"{PROVIDER}\nservices 2: nothing becomes {{\"slug\": \"2\", \"confidential_location\": true}}", "cannot change confidential_location"),
    (f"{PROVIDER}\nservices drop-in > eligibility: \"Anyone\" becomes {'[' * 5000}", "This could not be read"),
    (f"{PROVIDER}\nservices drop-in > eligibility: \"Anyone\" becomes \"\\u001b[2J\\u202e\"", "Nothing was changed."),
    (f"{PROVIDER}\nservices drop-in > eligibility: \"Anyone\" becomes null", "This could not be read"),
    (f"{PROVIDER}\nservices drop-in > eligibility: \"Anyone\" becomes {{\"a\": \"1\", \"a\": \"2\"}}", "This could not be read"),
    (f"{PROVIDER}\nservices drop-in: {{\"slug\": \"x\"}} becomes nothing", "but the listing has"),
    ("Provider: ../../etc/passwd\n" + LINE, "Whose listing is it?"),
    ("x" * (1024 * 1024 + 1), "larger than 1 MiB"),
])
def test_what_is_wrong_is_refused_and_nothing_is_changed(site, text, words):
    """Bad input is refused with a reason, and files, branches and index are as they were."""
    before = state(site)
    answer = mail(site, text)
    assert answer.returncode == 1 and words in said(answer), said(answer)
    assert "Traceback" not in said(answer) and "Nothing was changed." in said(answer)
    assert not set("\x1b\u202e") & set(said(answer))
    assert state(site) == before


def test_values_that_speak_to_programs_stay_values(site):
    """Text that looks like YAML, a command for a workflow, a trailer of git or an option becomes one quoted line, and stays out of the commit's words."""
    hostile = '%0A::error::x ${{ secrets.X }} $(id) #1 closes #2 - [x]: &a *b'
    answer = mail(site, f'{PROVIDER}\nservices drop-in > eligibility: "Anyone" becomes "{hostile}"')
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ["-    eligibility: Anyone", f'+    eligibility: "{hostile}"'] and "secrets" not in git(site, "log", "-1", "--format=%B", BRANCH)
    assert not any(line.startswith("::") for line in said(answer).splitlines())


def test_an_editor_can_allow_a_guarded_field(site):
    """With --allow the same request goes through."""
    text = f"{PROVIDER}\nmaintainers 2: nothing becomes \"666\""
    assert mail(site, text, "--allow", "maintainers").returncode == 0
    assert difference(site) == ['+  - "666"']


@pytest.mark.parametrize("name", ["Mary Jones", "mary@example.org", "@mary", "Dr Jones", "", "x" * 121])
def test_a_person_is_never_credited(site, name):
    """--organisation is no person and no address."""
    before = state(site)
    answer = mail(site, f"{PROVIDER}\n{LINE}", "--organisation", name)
    assert answer.returncode == 1 and "never of a person" in said(answer) and state(site) == before


def test_another_organisation_is_credited(site):
    """Who asked may be somebody else than the provider: a council, say."""
    assert mail(site, f"{PROVIDER}\n{LINE}", "--organisation", "Harbour Council").returncode == 0
    assert "Asked for by: Harbour Council\n" in git(site, "log", "-1", "--format=%B", BRANCH)


def test_a_listing_with_changes_that_are_not_committed(site):
    """The same file must be clean, staged changes and new files included; a mistake in any committed entry is mended first."""
    listing = site / HARBOUR
    listing.write_bytes(listing.read_bytes() + b"# mine\n")
    before = state(site)
    answer = mail(site, f"{PROVIDER}\n{LINE}")
    assert answer.returncode == 1 and "not committed" in said(answer) and state(site) == before
    git(site, "add", HARBOUR)
    before = state(site)
    assert mail(site, f"{PROVIDER}\n{LINE}").returncode == 1 and state(site) == before
    listing.write_bytes(listing.read_bytes().replace(b"coverage:", b"cover:"))
    git(site, "commit", "--quiet", "--all", "--message=wrong")
    before = state(site)
    answer = mail(site, f"{PROVIDER}\n{LINE}")
    assert answer.returncode == 1 and "Mend this first." in said(answer) and state(site) == before


def test_a_folder_that_is_no_repository(tmp_path):
    """Without git nothing can be proposed, and that is said."""
    shutil.copytree(GOOD, tmp_path / "site")
    answer = mail(tmp_path / "site", f"{PROVIDER}\n{LINE}", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert answer.returncode == 1 and "is not in a git repository" in said(answer) and "Traceback" not in said(answer)


# ---- the form's file

def test_a_whole_file_changes_what_differs_and_keeps_what_the_form_does_not_know(site, tmp_path):
    """Notes of editors, maintainers and what stands behind a # stay, although the file has none of them."""
    listing = site / HARBOUR
    listing.write_text(listing.read_text(encoding="utf-8").replace("    cost: free\n", "    cost: free   # they told us\n"), encoding="utf-8")
    git(site, "commit", "--quiet", "--all", "--message=a note")
    text = listing.read_text(encoding="utf-8").replace("   # they told us", "").replace(OLD, NEW).replace('maintainers:\n  - "583231"\n', "")
    for line in ("  note: A note that only editors see.\n", "    editor_note: A secret of the editors.\n"):
        assert line in text
        text = text.replace(line, "")
    file = tmp_path / "harbour-advice.yaml"
    file.write_text(text, encoding="utf-8")
    answer = run(site, "--file", file)
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ONE_LINE
    assert "Channel: form\n" in git(site, "log", "-1", "--format=%B", BRANCH)


def test_a_whole_file_that_cannot_be_used(site, tmp_path):
    """A file that says nothing new, that cannot be read, or that takes a guarded field away from a listing or sets it."""
    file = tmp_path / "harbour-advice.yaml"
    text = (site / HARBOUR).read_text(encoding="utf-8")
    before = state(site)
    for wrong, words in ((text, "says what the listing says already"), ("a: [", "harbour-advice.yaml:2:"),
                         (text.replace("583231", "666"), "maintainers"),
                         (text + "    confidential_location: true\n", "--allow confidential_location")):
        file.write_text(wrong, encoding="utf-8")
        answer = run(site, "--file", file)
        assert answer.returncode == 1 and words in said(answer), said(answer)
    assert run(site, "--file", tmp_path / "not-there.yaml", "--provider", "harbour-advice").returncode == 1
    assert state(site) == before


def test_a_new_listing_from_outside_needs_the_editors_word(site, tmp_path):
    """A file or lines for a listing that is not there are refused, and with --add they become one."""
    text = (site / HARBOUR).read_text(encoding="utf-8").replace("Harbour Advice", "Bell Trust").replace('maintainers:\n  - "583231"\n', "")
    text = text.replace("HA\n", "BT\n").replace("Quayside Listening", "Bell").replace("harbour-advice.example", "bell.example")
    text = text.replace('"1000000"', '"1000001"')
    file = tmp_path / "bell-trust.yaml"
    file.write_text(text, encoding="utf-8")
    before = state(site)
    answer = run(site, "--file", file)
    assert answer.returncode == 1 and "--add" in said(answer) and state(site) == before
    answer = run(site, "--file", file, "--add")
    assert answer.returncode == 0, said(answer)
    assert git(site, "diff", "--name-status", "main", "listing/bell-trust-2026-11-25") == "A\tproviders/bell-trust.yaml\n"


# ---- an issue

def gh(folder, body):
    """A folder with a program called gh that answers with that text."""
    folder.mkdir()
    program = folder / "gh"
    program.write_text(f"#!/bin/sh\n[ \"$*\" = 'issue view 12 --json body' ] || exit 3\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_an_issue_is_read_through_gh(site, tmp_path):
    """Its text is used like an e-mail's; who wrote it is not even asked for."""
    body = f"### Which file\n\n{HARBOUR}\n\n### What changes\n\n{LINE}"
    (tmp_path / "body").write_text(json.dumps({"body": body}), encoding="utf-8")
    answer = run(site, "--issue", 12, **gh(tmp_path / "bin", f"cat '{tmp_path / 'body'}'"))
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ONE_LINE and "Channel: issue\n" in git(site, "log", "-1", "--format=%B", BRANCH)


def test_without_gh_or_when_it_fails_another_way_is_said(site, tmp_path):
    """Where gh is not there, fails or says nothing that can be read, the editor hears how to do it by hand."""
    before, only_git = state(site), tmp_path / "only-git"
    only_git.mkdir()
    (only_git / "git").symlink_to(shutil.which("git"))
    for environment in ({"PATH": str(only_git)}, gh(tmp_path / "a", "echo no >&2; exit 1"), gh(tmp_path / "b", "echo '[]'")):
        answer = run(site, "--issue", 12, **environment)
        assert answer.returncode == 1 and "--text FILE --channel issue" in said(answer) and "Traceback" not in said(answer), said(answer)
    assert state(site) == before


# ---- a new listing, question by question

ANSWERS = ["", "", "A charity that listens.", "", "", "", "2026-03", "An annual report", "sure", "confirmed", "", "", "",
           "line", "Bell line", "Somebody listens.", "", "burglery", "burglary, stalking", "national", "", "", "free", "", "", "", "yes",
           "phone", "0808 157 O177", "0808 157 0177", "", "", "", "", "", "no"]


def test_a_new_listing_is_asked_for(site):
    """Each answer is checked at once and asked for again; what is left empty is left out; nothing is invented."""
    answer = run(site, "--new", "Bell Trust", "--channel", "phone", given="\n".join([*ANSWERS, *[""] * 30]))
    assert answer.returncode == 0, said(answer)
    assert 'Did you mean "burglary"?' in said(answer) and 'holds "O"' in said(answer)
    assert git(site, "show", "listing/bell-trust-2026-11-25:providers/bell-trust.yaml") == """\
name: Bell Trust
about: A charity that listens.
checked:
  date: 2026-03
  source: An annual report
  confidence: confirmed
services:
  - slug: line
    name: Bell line
    summary: Somebody listens.
    crime_types:
      - burglary
      - stalking
    coverage: national
    cost: free
    contacts:
      - type: phone
        value: 0808 157 0177
"""


@pytest.mark.parametrize(("name", "answers", "words"), [
    ("Bell Trust", ANSWERS[:20], "The answers ended before the listing was complete."),
    ("Bell Trust", ["Bell Trust", "nightline"], "The answers ended"),
    ("", [], "Nothing was changed."),
])
def test_a_new_listing_that_is_not_finished(site, name, answers, words):
    """Answers that end too early leave nothing behind."""
    before = state(site)
    answer = run(site, "--new", name, "--channel", "phone", given="\n".join(answers))
    assert answer.returncode == 1 and words in said(answer) and "Traceback" not in said(answer), said(answer)
    assert state(site) == before
