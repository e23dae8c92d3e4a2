"""The accessibility statement: the model form, from data, for any force, and nothing that is not so (safety requirement 19)."""
import datetime
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest

from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import accessibility, check, directory, load, statement

FILE = "content/accessibility.yaml"
# What the page of the project says that we test -> the test that does it. A line without one, and one that is not said any more, fail below.
MEASURED = {
    "every page with axe-core, a program that looks for faults of accessibility, in light and dark colours":
        ["browser/test_audit.py::test_no_fault_on_any_page"],
    "every page with html-validate, a program that looks for faults in the code": ["browser/test_audit.py::test_no_fault_on_any_page"],
    "every page with two more programs, IBM's checker and the Nu checker, and with checks of our own": ["browser/test_audit.py::test_no_fault_on_any_page"],
    "one page of each kind in forced colours, on a wide screen":
        ["browser/test_pages.py::test_no_accessibility_faults_on_a_wide_screen_or_in_forced_colours"],
    "one page of each kind on a screen that is 320 pixels wide, which is the same as 400 % zoom":
        ["browser/test_pages.py::test_nothing_runs_out_of_the_page"],
    "one page of each kind with text that is twice as large": ["browser/test_promises.py::test_text_that_is_twice_as_large_stays_on_the_page"],
    "one page of each kind for buttons and links that are large enough to press": ["browser/test_pages.py::test_targets_are_large_enough"],
    "one page of each kind with the keyboard alone, and with JavaScript turned off":
        ["browser/test_promises.py::test_the_keyboard_reaches_everything", "browser/test_pages.py::test_frame"],
    "the length of our sentences, and how hard our words are to read": ["test_words.py::test_our_own_words_are_easy_to_read"],
    "make the text twice as large": ["browser/test_promises.py::test_text_that_is_twice_as_large_stays_on_the_page"],
    "zoom in to 400 %, with nothing lost at the side": ["browser/test_pages.py::test_nothing_runs_out_of_the_page"],
    "use every page with a keyboard alone": ["browser/test_promises.py::test_the_keyboard_reaches_everything"],
    "use light or dark colours, as your device is set, or strong colours of your own":
        ["browser/test_pages.py::test_no_accessibility_faults", "browser/test_pages.py::test_no_accessibility_faults_on_a_wide_screen_or_in_forced_colours"],
    "find help and read every number with JavaScript turned off":
        ["browser/test_pages.py::test_any_listing_is_three_links_from_home_without_javascript",
         "browser/test_pages.py::test_every_provider_is_two_links_from_home_without_javascript"],
    "understand the words. The sentences are short, and there is a [list of words explained](/glossary/).":
        ["test_words.py::test_our_own_words_are_easy_to_read"],
}


def built(site, output):
    """Builds a site with scripts/build.py -> what it printed and its exit code."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(output), "--date", "2026-03-01"]
    answer = subprocess.run(command, capture_output=True, text=True)
    return answer.stdout + answer.stderr, answer.returncode


def words_of(path):
    """A page as one line of words."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", path.read_text(encoding="utf-8"))).split())


def good(**changes):
    """The entry of Saltmarsh, with some values changed; None takes a field out."""
    entry, refused = load.read_entry(GOOD / FILE, FILE, "accessibility")
    assert refused == []
    for name, value in changes.items():
        entry.data[name] = value
        if value is None:
            del entry.data[name]
    return entry


def made(**changes):
    """The directory of Saltmarsh with those changes."""
    entries, _ = check.check(GOOD, SCHEMA, TODAY)
    return directory.build([*(entry for entry in entries if entry.kind != "accessibility"), good(**changes)])


def said(today, **changes):
    """What the check says of Saltmarsh's entry with changes, on a day, in short."""
    found = [*accessibility.duties(good(**changes), today, None)]
    return [problem.field for problem in found]


def test_the_page_has_the_model_form(tmp_path):
    """All that the model statement asks for stands on the page, in its order, with what Saltmarsh's file and its office say."""
    text, code = built(GOOD, tmp_path / "output")
    assert code == 0, text
    page = words_of(tmp_path / "output/accessibility/index.html")
    wanted = [
        "Accessibility statement for Saltmarsh Cares",
        "This accessibility statement applies to the website Saltmarsh Cares.",
        "This website is run by the Office of the Police and Crime Commissioner for Saltmarsh.",
        "Feedback and contact information", "020 7946 0005", "We answer within 5 working days.",
        "Enforcement procedure", "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies (Websites and Mobile "
        "Applications) (No. 2) Accessibility Regulations 2018 (the ‘accessibility regulations’). If you’re not happy with how we respond to your complaint, "
        "contact the Equality Advisory and Support Service (EASS)",
        "Technical information about this website’s accessibility",
        "The Office of the Police and Crime Commissioner for Saltmarsh is committed to making its website accessible, in accordance with the Public Sector "
        "Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.",
        "Compliance status",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the non-compliances and exemptions "
        "listed below.",
        "Non-accessible content", "The content listed below is non-accessible for the following reasons.",
        "Non-compliance with the accessibility regulations", "The map of the marsh has no words. It is an old picture. This fails WCAG 2.2 success criterion "
        "1.1.1 Non-text Content. You can use this instead: The list of areas. We have known this since 1 December 2025. "
        "We plan to mend this by 31 December 2026.",
        "Content that’s not within the scope of the accessibility regulations", "Films from before 2020 have no captions.",
        "What we’re doing to improve accessibility", "New pages are tried by people who use a screen reader.",
        "Preparation of this accessibility statement",
        "This statement was prepared on 1 June 2025. It was last reviewed on 15 April 2026. The next review is due by 20 February 2027.",
        "This website was last tested on 20 November 2025 against the WCAG 2.2 AA standard. The test was carried out by the Saltmarsh Access Group. "
        "Two people with screen readers tried ten pages.",
        "use with a keyboard alone"]
    places = [page.find(words) for words in wanted]
    assert [words for words, place in zip(wanted, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    source = (tmp_path / "output/accessibility/index.html").read_text(encoding="utf-8")
    assert '<a href="https://www.equalityadvisoryservice.com/"' in source and '<a href="tel:+442079460005"' in source


def test_what_nobody_knows_is_said():
    """A site that nobody has assessed, tested or reviewed says so, and gives no figure of its own for an answer."""
    found = made(compliance="not assessed", tested={"date": "not yet"}, reviewed=None, answer_within="not known", not_accessible=None)
    told = statement.statement(found.accessibility, found.site)
    assert told.compliance.startswith("Nobody has assessed yet") and "So we do not say that it does." in told.compliance
    assert told.tested == "No person has tested this website against the WCAG 2.2 AA standard yet."
    assert "It has not been reviewed since." in told.prepared and told.answer == "We do not know yet how soon we can answer."
    assert told.sections == []


@pytest.mark.parametrize(("state", "reasons", "words"), [
    ("fully compliant", [], "This website is fully compliant with the Web Content Accessibility Guidelines version 2.2 AA standard."),
    ("partially compliant", ["non-compliance"], "due to the non-compliances listed below."),
    ("partially compliant", ["disproportionate burden"], "due to the exemptions listed below."),
    ("not compliant", ["non-compliance", "not within scope"], "2.2 AA standard. The non-compliances and exemptions are listed below."),
])
def test_each_status_has_the_words_of_the_model(state, reasons, words):
    """The three statuses that the law knows, each with what is listed."""
    items = [{"what": "It.", "reason": reason, "criterion": "1.1.1 Non-text Content"} for reason in reasons]
    told = statement.compliance(made(compliance=state, not_accessible=items).accessibility)
    assert told.endswith(words) and told.startswith(f"This website is {state} with the Web Content")


# ---- what stops a build

def test_without_its_file_no_force_can_build(tmp_path):
    """content/accessibility.yaml is needed, as content/site.yaml is."""
    shutil.copytree(GOOD, tmp_path / "site")
    (tmp_path / "site" / FILE).unlink()
    text, code = built(tmp_path / "site", tmp_path / "output")
    assert code == 1 and f"{FILE}:1:1: " in text and not (tmp_path / "output").exists()


def test_a_theme_that_drops_the_words_of_the_law_stops_the_build(tmp_path):
    """The page is held against the wording, the contact and the link before it is written, whatever a template makes of it."""
    _, code = built(GOOD, tmp_path / "output")
    page = (tmp_path / "output/accessibility/index.html").read_text(encoding="utf-8")
    found = made()
    required = statement.statement(found.accessibility, found.site).required
    assert code == 0 and statement.missing(required, page) == []
    for lost in ("is responsible for enforcing", 'href="https://www.equalityadvisoryservice.com/"', 'href="tel:+442079460005"', "applies to", "is committed to",
                 "partially compliant", "Non-accessible content", "The next review is due by"):
        assert page.count(lost) >= 1
        assert statement.missing(required, page.replace(lost, "")), lost


def test_a_build_whose_template_lacks_the_wording_fails(tmp_path):
    """The build itself refuses: nothing is published, and what is missing is said."""
    project = tmp_path / "project"
    for name in ("plugins", "requirements", "schema", "scripts", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pelicanconf.py", project)
    (project / ".venv").symlink_to(ROOT / ".venv")
    template = project / "theme/templates/statement.html"
    template.write_text(template.read_text(encoding="utf-8").replace("{{ s.enforcement }}", "Write to somebody."), encoding="utf-8")
    command = [sys.executable, str(project / "scripts/build.py"), "--site", str(GOOD), "--output", str(tmp_path / "output"), "--date", "2026-03-01"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "accessibility/index.html lacks what the law asks of an accessibility statement: The Equality and Human Rights Commission" in answer.stdout
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(("today", "changes", "fields"), [
    ("2026-03-01", {}, []),
    ("2027-04-15", {}, []),  # the last day of the year after the review
    ("2027-04-16", {}, ["reviewed"]),
    ("2026-06-02", {"reviewed": None, "next_review": "2026-06-01"}, ["prepared"]),  # never reviewed: a year from the day it was prepared
    ("2026-06-01", {"reviewed": None, "next_review": "2026-06-01"}, []),
    ("2026-11-22", {"next_review": "2027-04-16"}, ["next_review"]),
    ("2026-11-22", {"next_review": "2026-02-20"}, ["next_review"]),
    ("2026-11-22", {"reviewed": "2030-01-01", "next_review": "2030-06-01"}, ["next_review"]),  # a day far ahead cannot put the next review off
    ("2024-03-01", {"prepared": "2024-02-29", "reviewed": "2024-02-29", "next_review": "2025-03-01"}, []),
])
def test_a_review_within_twelve_months(today, changes, fields):
    """The statement was reviewed in the last 12 months, and is reviewed again at most 12 months after that."""
    assert said(datetime.date.fromisoformat(today), **changes) == fields


@pytest.mark.parametrize("name", ["scope", "compliance", "answer_within", "enforcement", "prepared", "next_review", "tested"])
def test_each_field_that_the_law_asks_for_must_be_there(name, tmp_path):
    """A file without one of them is refused."""
    shutil.copytree(GOOD, tmp_path / "site")
    path = tmp_path / "site" / FILE
    text = re.sub(rf"^{name}:.*\n(?: .*\n)*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    assert [problem.file for problem in check.check(tmp_path / "site", SCHEMA, TODAY)[1] if f'"{name}"' in problem.says] == [FILE]


# ---- nothing that is not so

def test_every_test_that_the_statement_speaks_of_is_there():
    """Each line of the project's statement, and each thing that its page says you can do, has a test that is in the tests; no other test is named."""
    entries, _ = check.check(ROOT, SCHEMA, datetime.date(2026, 11, 25))
    own = next(entry for entry in entries if entry.kind == "accessibility").data["own_tests"]
    body = next(entry for entry in entries if entry.kind == "page" and entry.slug == "accessibility").data["body"]
    promised = [line.removeprefix("- ") for line in body.splitlines() if line.startswith("- ")]
    assert set(MEASURED) == {*own, *promised}
    for where in (place for places in MEASURED.values() for place in places):
        file, _, name = where.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), where
