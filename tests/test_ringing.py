"""The ringing list: what is on it, in which order, on the terminal and in a spreadsheet."""
import csv
import io
import random
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from saltmarsh import GOOD, ROOT
from support_directory import directory, ringing

# Provider, kind and value of each contact of Saltmarsh that is to be confirmed, in the order in which to ring.
IN_ORDER = [
    ("Saltmarsh Police", "phone", "101"),
    ("Saltmarsh Police", "textphone", "18001 101"),
    ("Harbour Advice", "text", "85258"),
    ("Harbour Advice", "phone", "0808 157 0123"),
    ("Harbour Advice", "email", "help@harbour-advice.example.org"),
    ("Harbour Advice", "address", "1 Old Quay, Fishgate"),
    ("Saltmarsh hub", "phone", "0808 157 0100"),
]
SUMMARY = "7 contacts of 3 providers not yet confirmed with them. The first 2 are of 1 crisis line."


def read(text):
    """CSV -> its rows, each {column: cell}."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def run(*arguments):
    """Runs scripts/unconfirmed.py -> its answer."""
    command = [sys.executable, str(ROOT / "scripts/unconfirmed.py"), "--date", "2026-11-22", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def rows_of(*made):
    """Rows of (provider, crisis line, confidence, date), shuffled, as `unconfirmed` orders them -> their providers."""
    providers = []
    for name, crisis_line, confidence, date in made:
        checked = directory.Checked(date, "A list", confidence)
        contacts = (directory.Contact("phone", "0808 157 0123", checked=checked),)
        service = directory.Service("s", name, "S.", "all", "national", contacts=contacts, crisis_line=crisis_line, checked=checked)
        providers.append(directory.Provider(name.lower(), name, "A.", (service,), checked))
    random.Random(1).shuffle(providers)
    nothing = dict.fromkeys(("site", "crime_types", "areas", "written_pages", "index", "hub"))
    return [row.listing.provider.name for row in ringing.unconfirmed(directory.Directory(providers=tuple(providers), **nothing))]


def changed(found, slug, **changes):
    """The directory with every service of one provider changed."""
    providers = (replace(p, services=tuple(replace(s, **changes) for s in p.services)) if p.slug == slug else p for p in found.providers)
    return replace(found, providers=tuple(providers))


# ---- what is on it

def test_the_list_of_saltmarsh(good_directory):
    """Crisis lines come first, then what only lists say, then the oldest evidence; the contacts of a service keep their order."""
    rows = ringing.unconfirmed(good_directory)
    assert [(row.listing.provider.name, row.contact.type, row.contact.value) for row in rows] == IN_ORDER


def test_confirmed_and_closed_services_are_left_out(good_directory):
    """A service that was confirmed with its provider, or that is not open, is not on the list; without that it would be."""
    def on_the_list(found):
        return {row.listing.provider.slug for row in ringing.unconfirmed(found)}

    assert on_the_list(good_directory) == {"saltmarsh-police", "harbour-advice", "saltmarsh-hub"}
    assert "nightline" in on_the_list(changed(good_directory, "nightline", confirmed_with_provider=None))
    assert "old-lamp" in on_the_list(changed(good_directory, "old-lamp", status=directory.Status()))
    rang = directory.ConfirmedWithProvider("2026-01-05", "rang")
    assert "saltmarsh-police" not in on_the_list(changed(good_directory, "saltmarsh-police", confirmed_with_provider=rang))
    assert "saltmarsh-police" not in on_the_list(changed(good_directory, "saltmarsh-police", status=directory.Status("paused")))


def test_one_service_confirmed_leaves_the_others_on_the_list(good_entries):
    """`confirmed_with_provider` on a service speaks of that service only."""
    def with_confirmed(entry):
        first, *others = entry.data["services"]
        services = [first | {"confirmed_with_provider": {"date": "2026-02-01", "how": "rang"}}, *others]
        return replace(entry, data=entry.data | {"services": services}) if entry.slug == "harbour-advice" else entry

    rows = ringing.unconfirmed(directory.build(with_confirmed(e) if e.kind == "provider" else e for e in good_entries))
    assert [row.listing.key for row in rows if row.listing.provider.slug == "harbour-advice"] == ["harbour-advice/drop-in"]


def test_each_rule_of_the_order_comes_before_the_next():
    """Crisis line, confidence, age of the evidence (not known first, a year before its months), name without regard to capitals."""
    expected = [
        ("Zeta", True, "confirmed", "2026-01"),
        ("Yak", False, "likely", "not known"), ("Xen", False, "likely", "2026-02-01"),
        ("Walrus", False, "confirmed", "not known"), ("Vole", False, "confirmed", "2019"), ("Urn", False, "confirmed", "2025"),
        ("Tern", False, "confirmed", "2025-01"), ("Swan", False, "confirmed", "2025-01-02"), ("Rook", False, "confirmed", "2025-02"),
        ("alpha", False, "confirmed", "2026"), ("Beta", False, "confirmed", "2026"), ("gamma", False, "confirmed", "2026"),
    ]
    assert rows_of(*expected) == [name for name, *_ in expected]


def test_services_without_a_contact(good_directory):
    """Open services that nobody can get in touch with are named, closed ones are not."""
    assert ringing.without_contact(good_directory) == ["Hilltop Refuge"]
    assert ringing.without_contact(changed(good_directory, "harbour-advice", contacts=())) == [
        "Harbour Advice, Harbour helpline", "Harbour Advice, Drop-in", "Hilltop Refuge"]
    assert ringing.without_contact(changed(good_directory, "old-lamp", contacts=())) == ["Hilltop Refuge"]


# ---- on the terminal

def test_the_first_line_counts(good_directory):
    """It says how many contacts, of how many providers, and how many of the services are crisis lines."""
    rows = ringing.unconfirmed(good_directory)
    assert ringing.summary(rows) == SUMMARY
    assert ringing.summary(rows[2:3]) == "1 contact of 1 provider not yet confirmed with them. None is of a crisis line."
    assert ringing.summary([]) == "Every contact is confirmed with its provider."


def test_the_table_lines_up_and_cuts_sources_only(good_directory):
    """Columns stand below their headings, every value is whole, and no line is wider than the terminal."""
    rows = ringing.unconfirmed(good_directory)
    heading, *lines = ringing.table(rows, 130)
    assert heading.split() == list(ringing.COLUMNS)
    for row, line in zip(rows, lines, strict=True):
        for column, text in (("provider", row.listing.provider.name), ("value", row.contact.value), ("date", row.contact.checked.date)):
            assert line[heading.index(column):].startswith(text + "  ")
    assert max(map(len, lines)) == 130
    assert [line.endswith("...") for line in lines] == [len(row.contact.checked.source) > 130 - heading.index("source") for row in rows]
    assert any(line.endswith("...") for line in lines)
    assert not any("..." in line for line in ringing.table(rows, 200))


def test_a_long_web_address_is_whole_and_moves_no_other_line(good_directory):
    """A value that is longer than its column pushes aside the rest of its own line only."""
    first, *others = ringing.unconfirmed(good_directory)
    long = "https://harbour-advice.example.org/" + "talk-to-us/" * 9
    heading, pushed, *lines = ringing.table([first._replace(contact=replace(first.contact, type="web_chat", value=long)), *others], 150)
    assert f"  web chat   {long}  not known   confirmed   " in pushed
    assert heading.index("date") - heading.index("value") == ringing.VALUE_WIDTH + 2
    assert [line[heading.index("date"):].split("  ")[0] for line in lines] == [row.contact.checked.date for row in others]


def test_no_contact_known_is_a_block_of_its_own():
    """Names are one sentence, folded to the terminal; without names there is no such line."""
    assert ringing.no_contact_lines(["A, B", "C"], 80) == ["No contact known: A, B; C."]
    assert ringing.no_contact_lines(["Harbour Advice"] * 3, 40) == ["No contact known: Harbour Advice;", "  Harbour Advice; Harbour Advice."]
    assert ringing.no_contact_lines([], 80) == []


# ---- in a spreadsheet

def test_csv_reads_back(good_directory):
    """The csv module finds the same rows in the same order, whole sources, and two empty columns for whoever rings."""
    rows = read(ringing.as_csv(ringing.unconfirmed(good_directory)))
    assert [(row["provider"], row["kind"], row["value"]) for row in rows] == IN_ORDER
    assert rows[2] == {"crisis_line": "no", "provider": "Harbour Advice", "service": "Harbour helpline", "kind": "text", "value": "85258",
                       "date": "not known", "confidence": "likely", "source": "A list", "rang_on": "", "result": ""}
    assert [row["crisis_line"] for row in rows] == ["yes", "yes", "no", "no", "no", "no", "no"]
    assert rows[3]["source"] == "https://harbour-advice.example.org/contact"


def test_csv_is_rfc_4180(good_directory):
    """Lines end with CR and LF, and what holds commas, quotation marks or line breaks is quoted and reads back as it was."""
    row = ringing.unconfirmed(good_directory)[0]
    awkward = 'A "list", of 2025\r\nand more'
    text = ringing.as_csv([row._replace(contact=replace(row.contact, checked=replace(row.contact.checked, source=awkward)))])
    assert text.startswith("crisis_line,provider,service,kind,value,date,confidence,source,rang_on,result\r\n")
    assert text.endswith(',"A ""list"", of 2025\r\nand more",,\r\n')
    assert read(text)[0]["source"] == awkward


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(good_directory, begin):
    """A name, value or source that a spreadsheet would run gets a leading apostrophe; the same sign later in a cell stays as it is."""
    text = f'{begin}HYPERLINK("https://example.org")'
    row = ringing.unconfirmed(good_directory)[0]
    provider = replace(row.listing.provider, name=text)
    listing = directory.Listing(provider, replace(row.listing.service, name=f"a{text}"))
    contact = replace(row.contact, value=text, checked=replace(row.contact.checked, source=text))
    found = read(ringing.as_csv([ringing.Row(listing, contact)]))[0]
    assert {found[name] for name in ("provider", "value", "source")} == {f"'{text}"}
    assert found["service"] == f"a{text}"


# ---- the script

def test_the_script_prints_the_list_and_writes_the_same_rows(tmp_path):
    """scripts/unconfirmed.py on tests/good: first the counts, then the table, then who has no contact; the file has the same rows."""
    file = tmp_path / "ringing.csv"
    answer = run("--site", GOOD, "--csv", file)
    assert (answer.returncode, answer.stderr) == (0, "")
    first, heading, *lines, last = answer.stdout.splitlines()
    assert (first, last) == (SUMMARY, "No contact known: Hilltop Refuge.")
    assert [(line[:heading.index("service")].strip(), line[heading.index("value"):heading.index("date")].strip()) for line in lines] == [
        (provider, value) for provider, _, value in IN_ORDER]
    rows = read(file.read_bytes().decode("utf-8"))
    assert [(row["provider"], row["kind"], row["value"]) for row in rows] == IN_ORDER
    assert not file.read_bytes().startswith(b"\xef\xbb\xbf") and file.read_bytes().count(b"\r\n") == len(IN_ORDER) + 1


def test_the_script_stops_at_a_mistake_in_the_listings(tmp_path):
    """Where something has to be mended the problem is printed, the script ends with 1, and no list is written."""
    site, file = tmp_path / "site", tmp_path / "ringing.csv"
    shutil.copytree(GOOD, site)
    entry = site / "providers/nightline.yaml"
    entry.write_text(entry.read_text(encoding="utf-8").replace("coverage: national", "coverage: nationwide"), encoding="utf-8")
    answer = run("--site", site, "--csv", file)
    assert answer.returncode == 1 and answer.stdout.startswith("providers/nightline.yaml:19:15: "), answer.stdout
    assert "not yet confirmed" not in answer.stdout and not file.exists()


def test_the_script_says_where_it_could_not_write(tmp_path):
    """A folder that is not there is one line, not a traceback."""
    answer = run("--site", GOOD, "--csv", tmp_path / "no-such-folder" / "ringing.csv")
    assert answer.returncode == 2 and "could not write" in answer.stderr and "Traceback" not in answer.stderr
