"""The audit of every page (scripts/audit_site.py): each kind of fault is found and named, and nothing else; no page of ours has any."""
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict

import pytest

from browser_tools import ROOT
from site_audit import audit, kinds, languages, pages

FAULTS = ROOT / "tests" / "faults"
# A page that has one fault of each, and what the audit must call it.
SEEDED = sorted(path.parent.name for path in FAULTS.glob("*/page.html") if path.parent.name != "clean")
DEFECTS = sorted(path.parent.name for path in (FAULTS / "defects").glob("*/page.html"))


def audited(folder, names):
    """Audits the pages of some folders in tests/faults -> name -> its faults, and what was left out."""
    report = audit.audit(folder, [f"/{name}/page.html" for name in names], every=True, chromium=os.environ["CHROMIUM"])
    on = defaultdict(list)
    for fault in report.faults:
        on[fault.page.strip("/").split("/")[0]].append(fault)
    return on, report.notes


def test_every_seeded_kind_is_found_and_named_and_nothing_else():
    """Seventeen pages with one fault each, thirteen for our own checks and four for the engines; and their twin that has none."""
    assert len(SEEDED) == 17 and set(SEEDED) <= set(kinds.KINDS)
    found, _ = audited(FAULTS, [*SEEDED, "clean"])
    assert found.pop("clean", []) == []
    assert {name: sorted({fault.kind for fault in faults}) for name, faults in found.items()} == {name: [name] for name in SEEDED}
    # Line and column lead to the element in the file, and the selector names it.
    fault = found["missing-alt"][0]
    line = (FAULTS / "missing-alt/page.html").read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert "<img" in line and fault.selector.endswith("img") and "axe-core" in fault.engines


def test_at_least_21_of_22_defects_are_caught():
    """Defects that engines are known to find between them, each on a page of its own; who finds which is printed."""
    found, notes = audited(FAULTS / "defects", DEFECTS)
    names = ("axe-core", "html-validate", "IBM", "Nu", "own checks")
    seen = {name: {engine for fault in found[name] for engine in fault.engines} for name in DEFECTS}
    print(f"\n{'defect':30}" + "".join(f"{name:>15}" for name in names))
    for name, engines in seen.items():
        print(f"{name:30}" + "".join(f"{'yes' if engine in engines else '-':>15}" for engine in names))
    print(f"{'caught':30}" + "".join(f"{sum(engine in engines for engines in seen.values()):>15}" for engine in names))
    assert len(DEFECTS) == 22
    assert sum(bool(engines) for engines in seen.values()) >= 21
    assert notes == [] or not shutil.which("java")


@pytest.mark.parametrize("text", [
    "Możesz z nami porozmawiać po polsku", "Gallwch siarad â ni yn Gymraeg", "Puteți vorbi cu noi în limba română", "Polski",
    "تحدث معنا", "Поговоріть з нами", "ਸਾਡੇ ਨਾਲ ਗੱਲ ਕਰੋ", "和我们谈谈",
    "Vous pouvez nous parler en français", "Mund të flisni me ne në shqip", "Puede hablar con nosotros en español"])
def test_other_languages_are_seen(text):
    """Languages that people in Britain are written to in."""
    assert list(languages.faults([{"text": text, "lang": "en-GB"}]))
    assert not list(languages.faults([{"text": text, "lang": "pl"}]))


@pytest.mark.parametrize("text", [
    "Call 0808 157 0123", "Savera UK", "Amparo: a service for people bereaved by suicide", "Monday to Friday, 9am to 5pm", "Victim Care Merseyside",
    "Interpreters: Polish, Romanian, Urdu", "Café Laziz and the Naïve Players", "Help in St Helens", "On the line to a person in no time", "A to Z"])
def test_english_is_not_taken_for_another_language(text):
    """Names, lists of languages and short lines stay what they are."""
    assert not list(languages.faults([{"text": text, "lang": "en-GB"}]))


def test_a_few_pages_show_every_kind_of_element(good_output):
    """The pages that are walked through have every name, class and script that any page has."""
    every = pages.addresses(good_output)
    few = pages.telling(good_output, every)

    def shown(some):
        sources = [pages.read(pages.file_of(good_output, address)) for address in some]
        elements = {element.shape.split(" > ")[-1] for source in sources for element in source.elements}
        return elements | {script for source in sources for script in source.scripts}
    assert shown(few) == shown(every) and len(few) < len(every) * .75


def run(folder, *options):
    """Runs the command as a person would -> exit status, what it prints."""
    answer = subprocess.run([sys.executable, str(ROOT / "scripts/audit_site.py"), str(folder), *options], capture_output=True, text=True)
    return answer.returncode, answer.stdout + answer.stderr


def test_the_command_finds_a_fault_that_was_planted_into_a_built_site(good_output, tmp_path):
    """It says the kind, the page, the line and the column, and on how many pages; and ends with 1."""
    shutil.copytree(good_output, tmp_path / "site")
    for name in ("providers/nightline", "providers/harbour-advice"):
        page = tmp_path / "site" / name / "index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("</main>", '<p class="planted"><a href="../../about/">Click here</a></p></main>'), encoding="utf-8")
    line = text[:text.index("</main>")].count("\n") + 1
    status, said = run(tmp_path / "site", "--pages", "/providers/nightline/", "/providers/harbour-advice/")
    assert status == 1
    assert re.search(r"vague-link +\(on 2 pages: /providers/\*/\)", said), said
    assert f"providers/harbour-advice/index.html:{line}:" in said or "providers/nightline/index.html:" in said
    assert "“Click here”" in said and "2 pages looked at" in said


@pytest.mark.parametrize(("options", "words"), [(("--pages", "/nowhere/"), "there is no such page"), ((), "there is no page in this folder")])
def test_the_command_says_what_it_was_given_wrongly(tmp_path, options, words):
    """A folder without pages, and an address that is not there."""
    (tmp_path / "index.html").write_text("<!doctype html>") if options else None
    status, said = run(tmp_path, *options)
    assert status == 1 and words in said


@pytest.mark.long
def test_no_fault_on_any_page_of_the_made_up_force(good_output):
    """Every page, in all ways."""
    assert len(pages.addresses(good_output)) > 20
    status, said = run(good_output)
    assert status == 0, said


PARTS, CARDS, FEW = 3, "/handouts/card/", 6  # pages of cards differ in a name and a number only


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_fault_on_any_page(part, real_output):
    """Every page of the project's own site but most of those with cards, in parts, so that none takes as long as a hung test."""
    every = pages.addresses(real_output)
    cards = [address for address in every if address.startswith(CARDS)]
    chosen = [address for address in every if address not in cards[FEW:]]
    assert len(chosen) > 300 and len(cards) > FEW
    status, said = run(real_output, "--pages", *chosen[part::PARTS])
    assert status == 0, said
