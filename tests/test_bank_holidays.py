"""The list of bank holidays: it is England's, it reaches the directory, and nobody forgets that it ends."""
import datetime
import shutil
import subprocess
import sys
from types import SimpleNamespace

import holidays
import pytest

from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import check, directory

FILE = "content/bank-holidays.yaml"


@pytest.fixture
def site(tmp_path):
    """A copy of Saltmarsh that a test may change."""
    return shutil.copytree(GOOD, tmp_path / "site")


def bank_holidays_of(folder):
    """What a site's directory holds of bank holidays, and the entry that it is made of."""
    entries, problems = check.check(folder, SCHEMA, TODAY)
    assert problems == []
    return directory.build(entries).bank_holidays, next(entry for entry in entries if entry.path == FILE)


@pytest.mark.parametrize("folder", [ROOT, GOOD])
def test_the_days_are_those_of_england(folder):
    """From the year in which the list begins until its end, it has each bank holiday of England, also those at a weekend, and no other day."""
    found, _ = bank_holidays_of(folder)
    years = range(int(found.days[0][:4]), int(found.until[:4]) + 1)
    expected = sorted(day.isoformat() for day in holidays.country_holidays("GB", subdiv="ENG", years=years))
    assert len(expected) >= 8 * len(years)
    assert list(found.days) == [day for day in expected if day <= found.until]


@pytest.mark.parametrize("folder", [ROOT, GOOD])
def test_each_day_has_the_name_of_its_kind(folder):
    """A substitute day is called one, with the name of the day that it stands in for; every other day is named once a year."""
    _, entry = bank_holidays_of(folder)
    names = [(row["day"][:4], row["name"]) for row in entry.data["days"]]
    assert len(names) == len(set(names))
    for year, name in names:
        assert "(" not in name or (name.endswith(" (substitute day)") and (year, name.removesuffix(" (substitute day)")) in names)


def test_the_whole_of_this_year_and_the_next_is_known():
    """The list that comes with the project holds 2026 and 2027; whoever shortens it has to say so here."""
    found, _ = bank_holidays_of(ROOT)
    assert found.days[0] == "2026-01-01" and found.until >= "2027-12-31"


def test_a_site_without_the_list_is_well(site):
    """The file may be missing: no problem, no reminder, and the directory says that nothing is known."""
    (site / FILE).unlink()
    entries, problems = check.check(site, SCHEMA, TODAY)
    assert problems == [] and [reminder for reminder in check.reminders(entries, datetime.date(2040, 1, 1)) if reminder.file == FILE] == []
    assert directory.build(entries).bank_holidays == directory.BankHolidays("", ())


def test_the_days_are_sorted(good_entries):
    """In whatever order an editor adds days, the directory has them in that of the calendar."""
    made = SimpleNamespace(kind="bank-holidays", slug="bank-holidays", data={
        "until": "2026-12-31", "days": [{"day": "2026-12-25", "name": "B"}, {"day": "2026-01-01", "name": "A"}]})
    others = [entry for entry in good_entries if entry.kind != "bank-holidays"]
    assert directory.build([*others, made]).bank_holidays == directory.BankHolidays("2026-12-31", ("2026-01-01", "2026-12-25"))


# ---- what is wrong, beside tests/broken

@pytest.mark.parametrize(("until", "first", "said"), [
    ("2027-12-24", "2026-01-01", None), ("2027-12-25", "2026-01-01", "2027-12-25"), ("2027-12-31", "2027-12-27", None),
    ("2028-01-01", "2027-12-27", "2028-01-01"),
])
def test_days_that_come_every_year_are_missed(site, until, first, said):
    """Christmas Day, Boxing Day and New Year's Day are asked for between the first day of the list and its end, and nowhere else."""
    text = (GOOD / FILE).read_text(encoding="utf-8").replace("2027-12-31", until)
    kept = [line for line in text.splitlines() if "- {day" not in line or (first <= line[11:21] <= until and line[11:21] not in ("2027-12-25", "2027-12-26"))]
    (site / FILE).write_text("\n".join(kept) + "\n", encoding="utf-8")
    problems = check.check(site, SCHEMA, TODAY)[1]
    assert [(problem.field, f'"{said}"' in problem.says) for problem in problems] == ([("until", True)] if said else [])


def test_the_same_line_twice_is_said_once(site):
    """A line that was copied and not changed is one mistake, and gets one message."""
    text = (GOOD / FILE).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines(keepends=True) if "2026-12-25" in line)
    (site / FILE).write_text(text.replace(line, line * 2), encoding="utf-8")
    assert len(check.check(site, SCHEMA, TODAY)[1]) == 1


# ---- the reminder

@pytest.mark.parametrize(("today", "reminded"), [
    ("2027-10-31", False), ("2027-11-01", True), ("2027-12-31", True), ("2028-01-01", True), ("2031-06-01", True),  # 61 days before, 60, the last, after
])
def test_reminder_before_the_list_ends_and_after(good_entries, today, reminded):
    """From 60 days before the end of the list a reminder leads to its line, and stays until somebody adds a year."""
    found = [reminder for reminder in check.reminders(good_entries, datetime.date.fromisoformat(today)) if reminder.file == FILE]
    assert [reminder.field for reminder in found] == (["until"] if reminded else [])
    assert all("2027-12-31" in reminder.says and "https://www.gov.uk/bank-holidays" in reminder.fix for reminder in found)


def built(site, output, today):
    """What scripts/build.py prints of a site on a day, and whether it succeeded."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(output), "--date", today]
    answer = subprocess.run(command, capture_output=True, text=True)
    return answer.returncode, answer.stdout, (output / "index.html").is_file()


def test_a_build_says_that_the_list_ends_and_succeeds(site, tmp_path):
    """A build after the end of the list prints the reminder, and makes the site all the same; a build in good time prints none."""
    text = (GOOD / FILE).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if '"2027' not in line]
    (site / FILE).write_text("\n".join(['until: "2026-12-31"', *kept]) + "\n", encoding="utf-8")
    for today, reminded in (("2026-10-31", False), ("2026-11-01", True), ("2027-01-20", True)):
        code, said, made = built(site, tmp_path / "output", today)
        assert (code, made) == (0, True), said
        assert [line.split(": ")[:3] for line in said.splitlines() if "Reminder" in line] == [[f"{FILE}:1:8", "until", "Reminder"]] * reminded
