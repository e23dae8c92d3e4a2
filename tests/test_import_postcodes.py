"""The command that counts postcodes in OS Code-Point Open: what it writes, what it keeps, what it refuses."""
import csv
import datetime
import io
import shutil
import subprocess
import sys
import zipfile

import pytest

import import_postcodes
from saltmarsh import GOOD, ROOT

HARBOUR, HILLTOP, ELSEWHERE = "E08000001", "E08000002", "E08000099"
AREAS = "content/areas"
PAPER = "PRODUCT:OS Code-Point Open\nDATASET VERSION NUMBER: 2025.4.0\nCOPYRIGHT DATE: 20251017\n"
# Postcodes as the files write them, padded in all ways, and their districts.
POSTCODES = [
    ("ZZ1 1AA", HARBOUR), ("ZZ1 1AB", HARBOUR), ("ZZ11AC", HARBOUR), ("ZZ1  1AD", HARBOUR),
    ("ZZ1 2AA", HARBOUR), ("ZZ1 2AB", HILLTOP), ("ZZ1 2AC", HILLTOP),
    ("ZZ101AA", HARBOUR), ("ZZ9 3AA", HARBOUR), ("ZZ91 AA", HARBOUR),
    ("ZZ2 1AA", HILLTOP), ("ZZ2 1AB", ELSEWHERE), ("ZZ7 1AA", ELSEWHERE),
    ("ZZ1 1AX", ""), ("ZZ1 1A", HARBOUR), ("", HARBOUR),
]
NOTE = "# How many postcodes of each sector lie in this area: OS Code-Point Open 2025.4.0. Do not change by hand.\n"
HARBOUR_BLOCK = NOTE + 'postcodes:\n  ZZ1 1: "4"\n  ZZ1 2: "1"\n  ZZ9 1: "1"\n  ZZ9 3: "1"\n  ZZ10 1: "1"\n'
HILLTOP_BLOCK = NOTE + 'postcodes:\n  ZZ1 2: "2"\n  ZZ2 1: "1"\n'
OLD_BLOCK = 'postcodes:\n  ZZ1 1: "40"\n  ZZ1 2: "3"\n  ZZ2 1: "9"\n'


def as_csv(postcodes):
    """(postcode, district) of each row -> the bytes of a CSV file of Code-Point Open, which has no header."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_MINIMAL).writerows(
        (postcode, 10, 334000, 395000, "E92000001", "E19000001", "E18000002", "", district, "E05000935") for postcode, district in postcodes)
    return text.getvalue().encode()


def members(postcodes=POSTCODES, paper=PAPER):
    """The files of a made-up Code-Point Open, as {path: bytes}: two of postcodes, and papers, one of which is a CSV file too."""
    middle = len(postcodes) // 2
    return {"Data/CSV/zy.csv": as_csv(postcodes[:middle]), "Data/CSV/zz.csv": as_csv(postcodes[middle:]), "Doc/metadata.txt": paper.encode(),
            "Doc/Code-Point_Open_Column_Headers.csv": b"PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n", "Doc/more.csv": as_csv([("ZZ1 1ZZ", HARBOUR)])}


def as_folder(folder, files):
    """Writes {path: bytes} below a folder -> the folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def as_zip(path, files):
    """Writes {path: bytes} into a zip -> its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def run(data, site):
    """Runs scripts/import_postcodes.py -> its answer."""
    command = [sys.executable, str(ROOT / "scripts/import_postcodes.py"), str(data), "--site", str(site), "--date", "2026-11-22"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def imported(data, site):
    """A run that must succeed -> the lines that it prints."""
    answer = run(data, site)
    assert (answer.returncode, answer.stderr) == (0, ""), answer.stdout + answer.stderr
    return answer.stdout.splitlines()


def refused(data, site):
    """A run that must be refused and change nothing -> what it prints."""
    old = contents(site)
    answer = run(data, site)
    assert (answer.returncode, answer.stderr) == (1, ""), answer.stdout + answer.stderr
    assert contents(site) == old
    assert answer.stdout.endswith(" Nothing was changed.\n")
    return answer.stdout


def contents(folder):
    """{path: bytes} of all files of a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replace(path, old, new):
    """Changes a text that stands in a file once."""
    text = path.read_bytes()
    assert text.count(old.encode()) == 1
    path.write_bytes(text.replace(old.encode(), new.encode()))


@pytest.fixture
def site(tmp_path):
    """A copy of the made-up force, in which both areas have a gss."""
    folder = tmp_path / "site"
    shutil.copytree(GOOD, folder)
    replace(folder / AREAS / "hilltop.yaml", "name: Hilltop\n", f"name: Hilltop\ngss: {HILLTOP}\n")
    return folder


# ---- what it writes

def test_a_folder_and_the_zip_are_counted_alike(site, tmp_path):
    """Counts are right, whatever the padding; papers are no data; the table says what was done, and a second run changes nothing."""
    old = contents(site)
    folder, packed = as_folder(tmp_path / "codepo_gb", members()), as_zip(tmp_path / "codepo_gb.zip", members())
    said = imported(folder, site)
    expected = dict(old)
    harbour, hilltop = f"{AREAS}/harbour.yaml", f"{AREAS}/hilltop.yaml"
    expected[harbour] = old[harbour].replace(OLD_BLOCK.encode(), HARBOUR_BLOCK.encode())
    expected[hilltop] = old[hilltop].replace(b'postcodes:\n  ZZ1 2: "5"\n  ZZ2 1: "30"\n', HILLTOP_BLOCK.encode())
    assert contents(site) == expected
    assert said == [
        "Rows left out: 1 without a district, 2 without a right postcode or ten columns.",
        "Harbour no longer has ZZ2 1. Look whether the data are complete.",
        "Area     Sectors  Postcodes  File",
        "Harbour        5          8  changed",
        "Hilltop        2          3  changed",
        "Sectors that lie in two areas or more: 1.",
    ]
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    again = imported(packed, site)
    assert [line for line in again if line.endswith("changed")] == ["Harbour        5          8  not changed", "Hilltop        2          3  not changed"]
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == times

    for name in (harbour, hilltop):
        (site / name).write_bytes(old[name])
    imported(packed, site)
    assert contents(site) == expected


def test_every_other_byte_is_kept(site, tmp_path):
    """Notes, empty lines, what stands below the block, and the line ends of Windows; the old note on the block is replaced."""
    harbour = site / AREAS / "harbour.yaml"
    replace(harbour, OLD_BLOCK, "")
    start = "# A note on the file.\n" + harbour.read_text(encoding="utf-8") + "\n# A note on what follows.\n"
    end = "\n# A note on what is near.\nnearby:   # beside it\n  - Part of ZZ3 is in the next county. There, ring 101.\n# The last note.\n"
    old, new = NOTE.replace(" 2025.4.0", " 2019.1.0") + OLD_BLOCK, HARBOUR_BLOCK
    data = as_zip(tmp_path / "codepo.zip", members())
    for line_end in ("\n", "\r\n"):
        harbour.write_bytes((start + old + end).replace("\n", line_end).encode())
        imported(data, site)
        assert harbour.read_bytes() == (start + new + end).replace("\n", line_end).encode()


@pytest.mark.parametrize(("last", "between"), [("\n", ""), ("", "\n"), ("\n# The last note.", "\n")])
def test_a_file_without_postcodes_gets_them_at_its_end(site, tmp_path, last, between):
    """Also where its last line has no end."""
    harbour = site / AREAS / "harbour.yaml"
    start = harbour.read_text(encoding="utf-8").replace("\n" + OLD_BLOCK, last)
    harbour.write_text(start, encoding="utf-8")
    imported(as_zip(tmp_path / "codepo.zip", members()), site)
    assert harbour.read_text(encoding="utf-8") == start + between + HARBOUR_BLOCK


def test_areas_that_cannot_be_counted_are_named_and_left(site, tmp_path):
    """One has no gss, the gss of the other is not in the data: both stay as they are."""
    replace(site / AREAS / "hilltop.yaml", f"gss: {HILLTOP}\n", "")
    old = contents(site)
    said = imported(as_zip(tmp_path / "codepo.zip", members([("ZZ7 1AA", ELSEWHERE), ("ZZ7 1AB", ELSEWHERE)])), site)
    assert said[:2] == ["Harbour is left as it is: no postcode of the data has its gss, E08000001.", "Hilltop has no gss, and is left as it is."]
    assert said[-1] == "Sectors that lie in two areas or more: 0."
    assert contents(site) == old


@pytest.mark.parametrize(("name", "paper", "said"), [
    ("codepo_gb.zip", PAPER, "OS Code-Point Open 2025.4.0."), ("codepo_gb.zip", "", "OS Code-Point Open."),
    ("codepo_2026.1.0.zip", "", "OS Code-Point Open 2026.1.0."), ("codepo_2026.1.0.zip", PAPER, "OS Code-Point Open 2025.4.0."),
    ("codepo 2025.11.25.zip", "", "OS Code-Point Open."),
])
def test_the_release_is_named_where_it_is_known(site, tmp_path, name, paper, said):
    """The paper inside comes before the name; a date is no release."""
    imported(as_zip(tmp_path / name, members(paper=paper)), site)
    assert f"area: {said} Do not" in (site / AREAS / "harbour.yaml").read_text(encoding="utf-8")


def test_any_folder_with_the_right_files_will_do(site, tmp_path):
    """Without Data/CSV all CSV files that look right are read; other spreadsheets, papers and the hidden files of a Mac are not."""
    files = {"zy.CSV": as_csv(POSTCODES[:7]), "south/zz.csv": as_csv(POSTCODES[7:]), "people.csv": b"name,age\nA,1\n", "Doc/more.csv": as_csv(POSTCODES[:1]),
             "._zy.csv": as_csv(POSTCODES[:1])}
    imported(as_folder(tmp_path / "postcodes", files), site)
    assert HARBOUR_BLOCK.replace(" 2025.4.0", "") in (site / AREAS / "harbour.yaml").read_text(encoding="utf-8")
    packed = {f"codepo_gb/{name}": data for name, data in members().items()} | {"__MACOSX/Data/CSV/zy.csv": b"\0"}
    imported(as_zip(tmp_path / "packed.zip", packed), site)


# ---- what it refuses

def test_what_is_no_code_point_is_refused(site, tmp_path):
    """A folder without it, another file, nothing at all: each in one sentence, with what would be right."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("Hello", encoding="utf-8")
    other = as_folder(tmp_path / "other", {"Data/CSV/people.csv": b"name,age\nA,1\n"})
    wanted = " Give the zip of OS Code-Point Open as Ordnance Survey offers it, or a folder with its CSV files. Nothing was changed.\n"
    for path in (tmp_path / "empty", other, as_zip(tmp_path / "other.zip", {"people.csv": b"name,age\nA,1\n"})):
        assert refused(path, site) == f"{path} has no rows of Code-Point Open: ten columns, the first a postcode, the ninth a district.{wanted}"
    assert refused(tmp_path / "a.txt", site) == f"{tmp_path / 'a.txt'} is neither a folder nor a zip.{wanted}"
    assert refused(tmp_path / "none", site) == f"There is no {tmp_path / 'none'}.{wanted}"


def test_a_broken_zip_is_refused(site, tmp_path):
    """One that was only partly downloaded, and one with a wrong byte."""
    whole = as_zip(tmp_path / "codepo.zip", members()).read_bytes()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(whole[:len(whole) // 2])
    assert refused(broken, site) == f"{broken} is a zip that is broken or only a part of one. Download it again. Nothing was changed.\n"
    broken.write_bytes(whole[:60] + bytes([whole[60] ^ 255]) + whole[61:])
    assert refused(broken, site).startswith(f"{broken} is a zip that cannot be read (")


@pytest.mark.parametrize("name", ["../zx.csv", "Data/CSV/../../zx.csv", "/tmp/zx.csv", "..\\zx.csv", "C:\\zx.csv", "C:zx.csv"])
def test_a_zip_that_leads_out_of_itself_is_refused(site, tmp_path, name):
    """Absolute names and names with .., as Windows writes them too, though nothing is ever unpacked."""
    said = refused(as_zip(tmp_path / "codepo.zip", members() | {name: as_csv(POSTCODES)}), site)
    assert f'holds a file called "{name}", which leads out of the zip.' in said


def test_two_releases_at_once_are_refused(site, tmp_path):
    """They would double every number."""
    files = {f"{release}/{name}": data for release in ("old", "new") for name, data in members().items()}
    assert refused(as_folder(tmp_path / "both", files), site).startswith("The postcode ZZ1 1AA comes twice.")


def test_a_site_with_problems_is_refused(site, tmp_path):
    """The problems are said, as the check says them."""
    replace(site / AREAS / "harbour.yaml", f"gss: {HARBOUR}", "gss: 1")
    said = refused(as_zip(tmp_path / "codepo.zip", members()), site)
    assert "content/areas/harbour.yaml:2:" in said and said.endswith("\nMend this first. Nothing was changed.\n")


def test_a_note_among_the_postcodes_is_not_lost(site, tmp_path):
    """It is named, to be moved away; nor can a file be changed whose fields are set in."""
    data = as_zip(tmp_path / "codepo.zip", members())
    replace(site / AREAS / "harbour.yaml", '  ZZ1 2: "3"\n', '  ZZ1 2: "3"  # the pier\n')
    assert refused(data, site).startswith("content/areas/harbour.yaml, line 18: a note among the postcodes would be lost.")
    harbour = (GOOD / AREAS / "harbour.yaml").read_text(encoding="utf-8")
    (site / AREAS / "harbour.yaml").write_text("".join(f"  {line}\n" for line in harbour.splitlines()), encoding="utf-8")
    assert refused(data, site).startswith("content/areas/harbour.yaml: its fields do not begin at the start of the line")


def test_the_new_files_are_checked_before_any_is_written(site):
    """They are checked in a copy: the problems that they would make are found, and the site stays as it is."""
    old, path = contents(site), f"{AREAS}/harbour.yaml"
    assert import_postcodes.problems_with(site, {path: old[path]}, datetime.date(2026, 11, 22)) == []
    wrong = old[path].replace(b'"40"', b'"many"')
    assert wrong != old[path]
    assert [problem.file for problem in import_postcodes.problems_with(site, {path: wrong}, datetime.date(2026, 11, 22))] == [path]
    assert contents(site) == old
