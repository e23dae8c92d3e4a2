"""Counts the postcodes of each area in OS Code-Point Open, and writes them into content/areas/*.yaml.

    python3 scripts/import_postcodes.py codepo_gb.zip     the zip as Ordnance Survey offers it, or a folder of its CSV files

An area is found by its `gss`. Nothing but its `postcodes:` block is changed. The site has to be without problems before and
after: otherwise nothing is changed. Ends with 1 where something has to be mended first.
"""
import argparse
import contextlib
import csv
import datetime
import functools
import io
import os
import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import _setup

_setup.ready()

from support_directory import check  # noqa: E402

COLUMNS, EASTINGS, NORTHINGS, DISTRICT = 10, 2, 3, 8
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])[A-Z]{2}")  # without spaces; its sector fits schema/area.schema.json
FIRST_ROWS = 10  # by these a CSV file that does not lie in Data/CSV is known
MOST_BYTES = 100 * 1024 * 1024  # of one CSV file: ten times the largest of Great Britain. A made-up zip could hold one line without an end.
NOTE = "# How many postcodes of each sector lie in this area: "
PRODUCT = "OS Code-Point Open"
RELEASE_IN_PAPER = re.compile(r"DATASET VERSION NUMBER:\s*([0-9]+(?:\.[0-9]+)+)")
RELEASE_IN_NAME = re.compile(r"(?<![0-9.])20[0-9]{2}\.[1-4]\.[0-9](?![0-9])")  # four a year; a date such as 2025.11.25 is none
WANTED = "Give the zip of OS Code-Point Open as Ordnance Survey offers it, or a folder with its CSV files."
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)  # what zipfile says of a zip that it cannot read


class Refused(Exception):
    """Raised where nothing can be imported; its words say what was found and what would be right."""


class Member(NamedTuple):
    """One file of the folder or of the zip: its path inside, its size, and what opens it for reading bytes."""

    name: str
    size: int
    open: object


class Block(NamedTuple):
    """The lines of a file that make its postcodes, counted from 0: from `first` up to and without `last`."""

    first: int
    last: int


@dataclass
class Tally:
    """What was counted: `sectors` is {gss: {sector: postcodes}}; rows that could be read, that have no district, that are not right."""

    sectors: dict
    rows: int = 0
    no_district: int = 0
    not_right: int = 0
    seen: set = field(default_factory=set, repr=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="CODEPOINT", help="the zip of OS Code-Point Open, or a folder with its CSV files")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    checked = functools.partial(check.check, args.site, _setup.ROOT / "schema", args.date)
    entries, problems = checked()
    if problems:
        print(*problems, "Mend this first. Nothing was changed.", sep="\n")
        return 1
    areas = [entry for entry in entries if entry.kind == "area"]
    try:
        tally, release = imported(args.data, {area.data["gss"] for area in areas if area.data.get("gss")})
        counted = [(area, dict(tally.sectors[area.data["gss"]])) for area in areas if tally.sectors.get(area.data.get("gss"))]
        changed = [(area, counts) for area, counts in counted if counts != before(area)]
        texts = {}
        for area, counts in changed:
            path = (args.site / area.path).resolve()  # a link stays a link
            old = path.read_bytes()
            texts[path] = old, with_block(old, area, counts, release)
        written(texts, lambda: checked()[1])
    except Refused as error:
        print(f"{error} Nothing was changed.")
        return 1
    except OSError as error:
        print(f"{error.filename or args.data} could not be read or written: {error.strerror or error}. Nothing was changed.")
        return 1
    for line in (*left_alone(areas, tally), *left_out(tally), *gone(changed), *table(counted, changed), straddling(counted)):
        print(line)
    return 0


# ---- reading Code-Point Open

def imported(path, codes):
    """A folder or a zip, and the gss codes to count -> (Tally, the release, empty where it is not known). Refused where there is nothing to count."""
    if not codes:
        raise Refused("No area of content/areas has a gss, so no postcode can be given to one. Add the ONS code of each area, such as gss: E08000014.")
    try:
        with opened(path) as members:
            release = release_of(path, members)
            tally = Tally({code: Counter() for code in codes})
            for member in csv_members(members):
                try:
                    count(rows_of(member), tally)
                except csv.Error as error:
                    raise Refused(f"{member.name} in {path} is not a CSV file ({error}). {WANTED}") from None
    except BROKEN as error:
        raise Refused(f"{path} is a zip that cannot be read ({str(error) or 'it ends too early'}). Download it again.") from None
    if not tally.rows:
        raise Refused(f"{path} has no rows of Code-Point Open: ten columns, the first a postcode, the ninth a district. {WANTED}")
    return tally, release


@contextlib.contextmanager
def opened(path):
    """A folder or a zip -> its files as Members, sorted by name. A zip is read where it is: nothing of it is written to disk."""
    if path.is_dir():
        found = sorted(inner for inner in path.rglob("*") if inner.is_file())
        yield [Member(inner.relative_to(path).as_posix(), inner.stat().st_size, functools.partial(inner.open, "rb")) for inner in found]
    elif not path.exists():
        raise Refused(f"There is no {path}. {WANTED}")
    elif not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            begins_as_zip = file.read(2) == b"PK"
        raise Refused(f"{path} is a zip that is broken or only a part of one. Download it again." if begins_as_zip
                      else f"{path} is neither a folder nor a zip. {WANTED}")
    else:
        with zipfile.ZipFile(path) as archive:
            infos = sorted((info for info in archive.infolist() if info.filename and not info.is_dir()), key=lambda info: info.filename)
            for info in infos:
                if leads_out(info.filename):
                    raise Refused(f'{path} holds a file called "{info.filename}", which leads out of the zip. {WANTED}')
            yield [Member(info.filename, info.file_size, functools.partial(archive.open, info)) for info in infos]


def leads_out(name):
    """Whether a name in a zip is absolute or climbs out of it, as Windows writes it too."""
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or re.match("[A-Za-z]:", name) is not None


def release_of(path, members):
    """The release of the data, such as 2025.4.0, from Doc/metadata.txt or else the name of the folder or zip; empty where neither says it."""
    for member in members:
        if [part.lower() for part in PurePosixPath(member.name).parts[-2:]] == ["doc", "metadata.txt"]:
            with member.open() as file:
                found = RELEASE_IN_PAPER.search(file.read(64 * 1024).decode("utf-8", "replace"))
            if found:
                return found.group(1)
    found = RELEASE_IN_NAME.search(path.name)
    return found.group() if found else ""


def csv_members(members):
    """The CSV files in Data/CSV; where there is none, those outside Doc whose first rows look right. Refused where one is far too large."""
    parts = {member: [part.lower() for part in PurePosixPath(member.name).parts] for member in members}
    files = [member for member in members if parts[member][-1].endswith(".csv") and not hidden(parts[member])]
    inside = [member for member in files if parts[member][-3:-1] == ["data", "csv"]]
    for member in inside or files:
        if member.size > MOST_BYTES:
            raise Refused(f"{member.name} has {member.size:,} bytes; no CSV file of Code-Point Open has more than {MOST_BYTES:,}. {WANTED}")
    return inside or [member for member in files if "doc" not in parts[member][:-1] and begins_right(member)]


def hidden(parts):
    """Whether a file is one that a Mac adds to zips and folders: it ends in .csv, but is none."""
    return parts[0] == "__macosx" or parts[-1].startswith(".")


def rows_of(member):
    """The rows of a CSV file, one after the other. What is not UTF-8 becomes a sign that stands in no postcode."""
    with member.open() as raw, io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="") as text:
        yield from csv.reader(text)


def begins_right(member):
    """Whether one of a file's first rows is a row of Code-Point Open."""
    try:
        return any(looks_right(row) for row, _ in zip(rows_of(member), range(FIRST_ROWS), strict=False))
    except csv.Error:
        return False


def looks_right(row):
    """Whether a row has ten columns, of which the first is a postcode and the third and fourth are whole numbers."""
    return len(row) == COLUMNS and POSTCODE.fullmatch(row[0].replace(" ", "")) is not None and row[EASTINGS].isdigit() and row[NORTHINGS].isdigit()


def count(rows, tally):
    """Counts rows in the Tally. Refused where a postcode comes twice: two releases at once would double every number."""
    for row in rows:
        postcode = row[0].replace(" ", "") if len(row) == COLUMNS else ""
        match = POSTCODE.fullmatch(postcode)
        if not match:
            tally.not_right += bool(row)  # an empty line is no row
            continue
        tally.rows += 1
        district = row[DISTRICT].strip()
        if not district:
            tally.no_district += 1
        elif district in tally.sectors:
            if postcode in tally.seen:
                raise Refused(f"The postcode {row[0]} comes twice. Is there more than one release in the data? One is right.")
            tally.seen.add(postcode)
            tally.sectors[district][f"{match.group(1)} {match.group(2)}"] += 1


# ---- the files of the areas

def before(area):
    """An area's entry -> the counts that it has now, as {sector: postcodes}."""
    return {sector: int(number) for sector, number in area.data.get("postcodes", {}).items()}


def naturally(sector):
    """What to sort sectors by: L9 comes before L10."""
    return [int(part) if part.isdigit() else part for part in re.findall("[0-9]+|[^0-9]+", sector)]


def block(counts, release):
    """{sector: postcodes} and the release -> the lines for an area's file, without line ends."""
    source = f"{PRODUCT} {release}" if release else PRODUCT
    return [f"{NOTE}{source}. Do not change by hand.", "postcodes:", *(f'  {sector}: "{counts[sector]}"' for sector in sorted(counts, key=naturally))]


def with_block(data, area, counts, release):
    """The bytes of an area's file -> the same with the new counts, every other byte kept. Refused where that cannot be done."""
    tops = {path[0]: place for path, place in area.key_places.items() if len(path) == 1}
    if any(column != 1 for _, column in tops.values()):
        raise Refused(f"{area.path}: its fields do not begin at the start of the line, so the postcodes cannot be put in. Begin each field there.")
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    lines, new = text.splitlines(keepends=True), [line + end for line in block(counts, release)]
    found = block_in(lines, tops)
    if not found:
        gap = "" if text.endswith("\n") else end
        return (text + gap + "".join(new)).encode()
    notes = [line for line, *_ in area.comments if found.first < line <= found.last and not lines[line - 1].startswith(NOTE)]
    if notes:
        raise Refused(f"{area.path}, line {notes[0]}: a note among the postcodes would be lost. Move it above the postcodes.")
    if not lines[found.last - 1].endswith("\n"):
        new[-1] = new[-1].removesuffix(end)
    return "".join([*lines[:found.first], *new, *lines[found.last:]]).encode()


def block_in(lines, tops):
    """The lines of a file and where its fields stand -> the Block of its postcodes with the note above, or None where there is none."""
    if "postcodes" not in tops:
        return None
    first = tops["postcodes"][0] - 1
    last = min((line - 1 for line, _ in tops.values() if line - 1 > first), default=len(lines))
    while last > first + 1 and re.match(r"\s*(#|$)|\.\.\.|---", lines[last - 1]):  # notes and empty lines below belong to what follows
        last -= 1
    return Block(first - 1 if first and lines[first - 1].startswith(NOTE) else first, last)


def written(texts, problems):
    """Writes {path: (old bytes, new bytes)} and asks `problems()` -> nothing.

    Refused where it finds some, OSError where a file cannot be written: then all files are as before. Where even that fails, it ends and names the file.
    """
    try:
        for path, (_, new) in texts.items():
            replace(path, new)
        found = problems() if texts else []
        if found:
            raise Refused("\n".join([*map(str, found), "With the new postcodes the check finds the problems above."]))
    except BaseException:  # also when somebody stops it
        for path, (old, _) in texts.items():
            put_back(path, old)
        raise


def put_back(path, old):
    """Makes sure that a file holds its old bytes; ends with a sentence where it cannot be written any more."""
    try:
        if path.read_bytes() != old:
            replace(path, old)
    except OSError as error:
        sys.exit(f"{path} was changed and could not be put back ({error.strerror}). Take the last version of the files in content/areas.")


def replace(path, data):
    """Puts bytes in the place of a file in one step: nobody meets half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


# ---- what is said in the end

def left_alone(areas, tally):
    """A sentence for each area that is left as it is."""
    for area in areas:
        gss = area.data.get("gss")
        if not gss:
            yield f"{area.data['name']} has no gss, and is left as it is."
        elif not tally.sectors[gss]:
            yield f"{area.data['name']} is left as it is: no postcode of the data has its gss, {gss}."


def left_out(tally):
    """A sentence on rows that were not counted, where there are some."""
    if tally.no_district or tally.not_right:
        yield f"Rows left out: {tally.no_district:,} without a district, {tally.not_right:,} without a right postcode or ten columns."


def gone(changed):
    """A sentence for each area that loses sectors: a folder in which a file is missing looks like that."""
    for area, counts in changed:
        lost = sorted(before(area).keys() - counts.keys(), key=naturally)
        if lost:
            yield f"{area.data['name']} no longer has {', '.join(lost)}. Look whether the data are complete."


def table(counted, changed):
    """The lines of a table: area, sectors, postcodes, whether its file was changed."""
    files = {area.path for area, _ in changed}
    rows = [("Area", "Sectors", "Postcodes", "File")]
    for area, counts in counted:
        rows.append((area.data["name"], f"{len(counts):,}", f"{sum(counts.values()):,}", "changed" if area.path in files else "not changed"))
    width = max(len(row[0]) for row in rows)
    return [f"{name:{width}}  {sectors:>7}  {postcodes:>9}  {said}" for name, sectors, postcodes, said in rows]


def straddling(counted):
    """A sentence on how many sectors lie in more than one of the areas."""
    areas = Counter(sector for _, counts in counted for sector in counts)
    return f"Sectors that lie in two areas or more: {sum(number > 1 for number in areas.values()):,}."


if __name__ == "__main__":
    sys.exit(main())
