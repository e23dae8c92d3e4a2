"""scripts/review_due.py: who is due to be asked again, in which order, and how an answer is noted."""
import csv
import datetime
import io
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from saltmarsh import GOOD, ROOT, TODAY
from support_directory import directory, ringing

HARBOUR = "providers/harbour-advice.yaml"


def run(*arguments, today="2026-11-22"):
    """Runs scripts/review_due.py -> its answer."""
    command = [sys.executable, str(ROOT / "scripts/review_due.py"), *(["--date", today] if today else []), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def why(date, today, crisis_line=False, contracts=(), april=False, confirmed=""):
    """Why a service with evidence of that date is on the list on a day, or "" where it is not."""
    checked = directory.Checked(date, "A list", "confirmed")
    rang = directory.ConfirmedWithProvider(confirmed, "rang") if confirmed else None
    contacts = (directory.Contact("phone", "0808 157 0123", checked=checked),)
    service = directory.Service("s", "S", "S.", "all", "national", contacts=contacts, crisis_line=crisis_line, checked=checked,
                                commissioned=tuple(directory.Commissioned("C", *contract) for contract in contracts), confirmed_with_provider=rang)
    nothing = dict.fromkeys(("site", "crime_types", "areas", "written_pages", "index", "hub"))
    found = directory.Directory(providers=(directory.Provider("p", "P", "A.", (service,), checked),), **nothing)
    return next((row.why for row in ringing.due(found, datetime.date.fromisoformat(today), april)), "")


# ---- who is due

@pytest.mark.parametrize(("date", "today", "crisis_line", "expected"), [
    ("2026-01-10", "2026-07-09", False, ""), ("2026-01-10", "2026-07-10", False, "due"),
    ("2026-01-10", "2027-01-09", False, "due"), ("2026-01-10", "2027-01-10", False, "overdue"),
    ("2026-01-10", "2026-04-09", True, ""), ("2026-01-10", "2026-04-10", True, "due"),
    ("2026-01-10", "2026-07-09", True, "due"), ("2026-01-10", "2026-07-10", True, "overdue"),
    ("2026", "2026-06-30", False, ""), ("2026", "2026-07-01", False, "due"), ("not known", "2026-07-01", False, "due"),
])
def test_due_after_six_months_and_overdue_after_twelve(date, today, crisis_line, expected):
    """Six and twelve months, three and six for a crisis line, to the day. A year counts from its first day; what nobody knows is due."""
    assert why(date, today, crisis_line) == expected


def test_an_answer_of_the_provider_counts_as_evidence():
    """Whoever was asked lately is not due, however old the page is."""
    assert why("2019", "2026-11-22", confirmed="2026-09-01") == ""
    assert why("2019", "2026-11-22", confirmed="2026-01-01") == "due"


@pytest.mark.parametrize(("today", "contracts", "expected"), [
    ("2026-12-31", [("2024", "2028")], ""), ("2027-01-01", [("2024", "2028")], "1 April"), ("2027-03-31", [("2024",)], "1 April"),
    ("2027-04-01", [("2024", "2028")], ""), ("2027-02-01", [("2024", "2026")], ""), ("2027-02-01", [], ""), ("2027-02-01", [("2027-04-01",)], "1 April"),
])
def test_contracts_turn_on_1_april(today, contracts, expected):
    """From 1 January to 1 April a service is asked whose contract runs or is to begin, even if its evidence is fresh."""
    assert why("2026-12-15", today, contracts=contracts) == expected


def test_the_list_for_1_april_can_be_had_on_any_day():
    """`april` brings those with a contract only; whoever has been asked since 1 January is left out."""
    assert why("2026-11-01", "2026-11-22", contracts=[("2024",)], april=True) == "1 April"
    assert why("2019", "2026-11-22", april=True) == ""
    assert why("2027-01-05", "2027-02-22", contracts=[("2024",)], april=True) == ""


def test_crisis_lines_first_then_overdue_then_the_oldest(good_directory):
    """The list of Saltmarsh: the crisis line comes first, closed services not at all."""
    rows = ringing.due(good_directory, TODAY)
    assert [(row.listing.key, row.why, row.date) for row in rows] == [
        ("saltmarsh-police/report", "due", "not known"),
        ("hilltop-refuge/refuge", "overdue", "2019"),
        ("harbour-advice/helpline", "overdue", "2025-03"), ("harbour-advice/drop-in", "overdue", "2025-03"),
        ("saltmarsh-hub/hub", "overdue", "2025-03-14"),
        ("nightline/chat", "due", "2026-01-05"),
    ]
    assert ringing.due_summary(rows) == "6 services of 5 providers to ask again: 4 overdue. 1 crisis line first."
    assert ringing.due_summary([]) == "Nobody is due to be asked."


# ---- table, spreadsheet, issue

def test_the_script_prints_the_list_and_writes_the_same_rows(tmp_path):
    """The table and the spreadsheet have the same rows; the spreadsheet has two empty columns for whoever rings."""
    file = tmp_path / "due.csv"
    answer = run("--site", GOOD, "--csv", file)
    assert (answer.returncode, answer.stderr) == (0, "")
    _, heading, *lines = answer.stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8"), newline=""), strict=True))
    assert heading.split() == list(ringing.DUE_COLUMNS) and list(rows[0]) == list(ringing.CSV_DUE_COLUMNS)
    assert [line.split()[0] for line in lines] == [row["due"] for row in rows]
    assert (rows[0]["crisis_line"], rows[0]["provider"], rows[0]["value"], rows[0]["rang_on"]) == ("yes", "Saltmarsh Police", "101", "")
    assert next(row for row in rows if row["provider"] == "Hilltop Refuge")["value"] == "no contact known"
    answer = run("--site", GOOD, "--csv", tmp_path / "no-such-folder" / "due.csv")
    assert answer.returncode == 1 and "could not be written" in answer.stdout


def test_the_text_of_an_issue(good_directory):
    """A box for each service, crisis lines first, with a link that opens the entry in GitHub's editor."""
    lines = ringing.due_markdown(ringing.due(good_directory, TODAY), "office/listings").splitlines()
    assert lines[2] == ("- [ ] **Saltmarsh Police** (due, crisis line): phone `101`; date of what we know: not known. "
                        "[Edit the entry](https://github.com/office/listings/edit/main/providers/saltmarsh-police.yaml)")
    assert "what we know is from March 2025." in "\n".join(lines) and len(lines) == 2 + 6


def test_no_name_speaks_to_anybody_and_no_issue_is_too_long(good_directory):
    """Signs of Markdown, @ and # in a name stay text; where there are too many rows, the rest is counted."""
    row = ringing.due(good_directory, TODAY)[0]
    provider = replace(row.listing.provider, name="@mary [x](y) #1 <b>")
    text = ringing.due_markdown([row._replace(listing=directory.Listing(provider, row.listing.service))], "a/b")
    assert "**@<!-- -->mary \\[x\\](y) #<!-- -->1 \\<b\\>" in text
    text = ringing.due_markdown([row] * 1000, "a/b")
    assert len(text) < 65_536 and text.count("- [ ]") + int(text.split("\nAnd ")[1].split()[0]) == 1000


def test_the_repository_is_an_argument():
    """--repository is used for the links, and has to look like one."""
    answer = run("--site", GOOD, "--markdown", "--repository", "office/listings")
    assert answer.returncode == 0 and "https://github.com/office/listings/edit/main/providers/nightline.yaml" in answer.stdout
    assert run("--site", GOOD, "--markdown", "--repository", "office/a b").returncode == 2


# ---- an answer is noted

@pytest.fixture
def site(tmp_path):
    """A copy of Saltmarsh."""
    shutil.copytree(GOOD, tmp_path / "site")
    return tmp_path / "site"


def test_an_answer_is_noted_in_the_entry(site):
    """Three lines more in the service's entry, or in the provider's; an older stamp is changed in its own lines. No other byte changes."""
    before = (site / HARBOUR).read_text(encoding="utf-8")
    stamp = "confirmed_with_provider:\n  date: 2026-11-20\n  how: rang\n"
    answer = run("--site", site, "--confirm", "harbour-advice", "--how", "rang", today="2026-11-20")
    assert answer.returncode == 0 and "confirmed_with_provider: nothing becomes 2026-11-20, rang" in answer.stdout, answer.stdout
    after = (site / HARBOUR).read_text(encoding="utf-8")
    assert after.replace(stamp, "") == before and after.count(stamp) == 1
    assert run("--site", site, "--confirm", "harbour-advice/drop-in", "--how", "e-mail", today="2026-11-21").returncode == 0
    assert (site / HARBOUR).read_text(encoding="utf-8") == after + "    confirmed_with_provider:\n      date: 2026-11-21\n      how: e-mail\n"
    nightline = (site / "providers/nightline.yaml").read_text(encoding="utf-8")
    assert run("--site", site, "--confirm", "nightline", "--how", "rang", today="2026-11-20").returncode == 0
    assert (site / "providers/nightline.yaml").read_text(encoding="utf-8") == nightline.replace("2026-01-05", "2026-11-20")
    left = run("--site", site, "--csv", site / "due.csv")
    assert "Nightline" not in left.stdout and "Harbour" not in left.stdout and "Saltmarsh hub" in left.stdout


def test_a_provider_that_confirms_everything_renews_its_services_too(site):
    """A service with an older stamp of its own would still count as not asked: it gets the new one."""
    for name, day in (("harbour-advice/drop-in", "2026-01-05"), ("harbour-advice", "2026-11-20")):
        assert run("--site", site, "--confirm", name, "--how", "rang", today=day).returncode == 0
    text = (site / HARBOUR).read_text(encoding="utf-8")
    assert text.count("2026-11-20") == 2 and "2026-01-05" not in text


@pytest.mark.parametrize(("name", "day", "words"), [
    ("harbour-advise", "2026-11-20", "Did you mean harbour-advice?"), ("harbour-advice/dropin", "2026-11-20", "Did you mean drop-in?"),
    ("nightline", "2026-01-04", "was confirmed on 2026-01-05 already"), ("nightline", "2199-01-01", "is in the future"),
])
def test_what_cannot_be_noted_changes_nothing(site, name, day, words):
    """A name that is not there, a day that is older than the stamp or has not come."""
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    answer = run("--site", site, "--confirm", name, "--how", "rang", today=day)
    assert answer.returncode == 1 and words in answer.stdout and "Nothing was changed." in answer.stdout, answer.stdout
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_how_is_never_who(site):
    """How it was confirmed is one of four words: no name can get into the entry."""
    answer = run("--site", site, "--confirm", "nightline", "--how", "spoke to Mary Jones")
    assert answer.returncode == 2 and "Jones" not in (site / "providers/nightline.yaml").read_text(encoding="utf-8")
    assert run("--site", site, "--confirm", "nightline").returncode == 2
