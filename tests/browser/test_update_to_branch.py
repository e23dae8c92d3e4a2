"""From the form on the site to a branch for an editor: what the browser gives, scripts/propose.py takes."""
import concurrent.futures
import re
import shutil

import pytest
from test_update import GOOD, PHONE, REAL, finished_with, form, opened  # noqa: F401 (form is a fixture)
from test_update import difference as lines_that_differ

from browser_tools import ROOT
from support_directory import editing
from test_propose import BRANCH, difference, git, run, said, site, state  # noqa: F401 (site is a fixture)

NEW = "0808 157 0199"
ONE_LINE = ["-        value: 0808 157 0123", f"+        value: {NEW}"]
FIRST_PHONE = "fieldset.contacts:has([data-key=type] > option[value=phone]:checked) [data-key=value] >> nth=0"
ABOUT = "[data-key=about] >> nth=0"
PARTS = 4  # of the project's entries: each is tried within a minute or two
AT_ONCE = 2  # runs of scripts/propose.py


@pytest.mark.parametrize("way", ["file", "lines"])
def test_a_phone_changed_in_the_browser_is_one_line_of_a_branch(form, site, tmp_path, way):  # noqa: F811
    """The whole file, and the lines that go by e-mail, each become a commit that differs from main in the line of that number."""
    lines, made = finished_with(opened(form, "harbour-advice"), {PHONE: NEW})
    given = tmp_path / "harbour-advice.yaml"
    given.write_bytes(made.encode() if way == "file" else f"Provider: harbour-advice\n\n{lines}\n".encode())
    arguments = ("--file", given) if way == "file" else ("--text", given, "--channel", "e-mail")
    answer = run(site, *arguments)
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ONE_LINE
    assert "0808 157 0123" in said(answer)  # the old number, to ask by


@pytest.mark.parametrize("slug", sorted(path.stem for path in GOOD.glob("*.yaml")))
def test_a_file_without_a_change_changes_nothing(site, slug):  # noqa: F811
    """The form gives back the very bytes of an entry that nobody changed (test_update.py); with them everything stays as it was."""
    before = state(site)
    answer = run(site, "--file", site / f"providers/{slug}.yaml")
    assert answer.returncode == 1 and "nothing" in said(answer).lower(), said(answer)
    assert state(site) == before and BRANCH not in said(answer)


def own_entries(folder):
    """The project's own entries in a git repository with one commit -> its folder."""
    for name in ("content", "providers"):
        shutil.copytree(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "-c", "core.autocrlf=false", "add", "--all")
    git(folder, "commit", "--quiet", "--message=All entries")
    return folder


def apart(text):
    """The text of an entry -> (the lines of its field "about", everything else)."""
    about = re.search(r"^about:.*\n(?: .*\n)*", text, re.MULTILINE)
    return about[0], text[:about.start()] + text[about.end():]


def assert_only_these(old, new, about, phone):
    """The new text says what was typed; it differs in one line of the words about the provider, in the line of the phone number, and nowhere else."""
    assert editing.data_of(new)["about"] == about
    (words, rest), (new_words, new_rest) = apart(old), apart(new)
    removed, added = lines_that_differ(words, new_words)
    assert len(removed) <= 1 and len(added) == 1  # a line that would be too long goes on in one of its own
    assert lines_that_differ(rest, new_rest) == phone_lines(rest, new_rest, phone)
    assert new_rest.count("\n") == rest.count("\n") and new_rest.endswith("\n") == rest.endswith("\n")


def phone_lines(old, new, phone):
    """The line of the first phone number as it was, and the same with the new number; none where there is no phone."""
    if not phone:
        return [], []
    removed, _ = lines_that_differ(old, new)
    assert len(removed) == 1 and phone in removed[0]
    return removed, [removed[0].replace(phone, NEW)]


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_entry_goes_from_the_form_to_a_branch_and_no_other_byte_changes(real, open_page, tmp_path, part):
    """Of every provider of the project, the first phone number and the end of the words about it are changed in the browser.

    The file that the form gives, and the commit that scripts/propose.py makes of it, differ from the listing in these lines and in no other byte.
    """
    page = open_page(real + "/update/", width=1280)
    repository, given, typed = own_entries(tmp_path / "site"), tmp_path / "given", {}
    given.mkdir()
    for slug in sorted(path.stem for path in REAL.glob("[!_]*.yaml"))[part::PARTS]:
        opened(page, slug)
        about, phone = page.input_value(ABOUT), page.input_value(FIRST_PHONE) if page.locator(FIRST_PHONE).count() else ""
        typed[slug] = f"{about} Ask.", phone
        _, made = finished_with(page, {ABOUT: f"{about} Ask."} | ({FIRST_PHONE: NEW} if phone else {}))
        assert made, (slug, page.inner_text(".changing"))
        assert_only_these((REAL / f"{slug}.yaml").read_bytes().decode(), made, *typed[slug])
        (given / f"{slug}.yaml").write_bytes(made.encode())
    assert len(typed) > 20 and sum(bool(phone) for _, phone in typed.values()) > 10
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda slug: run(repository, "--stay", "--file", given / f"{slug}.yaml"), typed))
    for slug, answer in zip(typed, answers, strict=True):
        assert answer.returncode == 0, (slug, said(answer))
        branch, name = f"listing/{slug}-2026-11-25", f"providers/{slug}.yaml"
        assert git(repository, "diff", "--name-only", "main", branch) == f"{name}\n"
        assert_only_these(git(repository, "show", f"main:{name}"), git(repository, "show", f"{branch}:{name}"), *typed[slug])
