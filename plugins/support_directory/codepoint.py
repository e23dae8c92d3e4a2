"""Reads OS Code-Point Open, which says in which district each postcode of Great Britain lies, and counts the postcodes of districts by sector.

It is a zip of CSV files without a header row: https://www.ordnancesurvey.co.uk/products/code-point-open
Nothing of a zip is written to disk.
"""
import contextlib
import csv
import functools
import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

COLUMNS, EASTINGS, NORTHINGS, DISTRICT = 10, 2, 3, 8
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])[A-Z]{2}")  # without spaces; its sector fits schema/area.schema.json
FIRST_ROWS = 10  # by these a CSV file that does not lie in Data/CSV is known
MOST_BYTES = 100 * 1024 * 1024  # of one CSV file: ten times the largest of Great Britain. A made-up zip could hold one line without an end.
RELEASE_IN_PAPER = re.compile(r"DATASET VERSION NUMBER:\s*([0-9]+(?:\.[0-9]+)+)")
RELEASE_IN_NAME = re.compile(r"(?<![0-9.])20[0-9]{2}\.[1-4]\.[0-9](?![0-9])")  # four a year; a date such as 2025.11.25 is none
WANTED = "Give the zip of OS Code-Point Open as Ordnance Survey offers it, or a folder with its CSV files."
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)  # what zipfile says of a zip that it cannot read


class Refused(Exception):
    """Raised where nothing can be imported; its words say what was found and what would be right."""


class Member(NamedTuple):
    """One file of the folder or of the zip: its path inside, its size, and what opens it for reading bytes."""

    name: str
    size: int
    open: object


@dataclass
class Tally:
    """What was counted: `sectors` is {gss: {sector: postcodes}}; rows that could be read, that have no district, that are not right."""

    sectors: dict
    rows: int = 0
    no_district: int = 0
    not_right: int = 0
    seen: set = field(default_factory=set, repr=False)


def counted(path, codes, told=lambda name, total: None):
    """A folder or a zip, and the ONS codes of districts -> (Tally, the release, empty where it is not known). Refused where there is nothing to count.

    `told`: is called with the name of each file that was counted, and how many there are.
    """
    if not codes:
        raise Refused("No area of content/areas has a gss, so no postcode can be given to one. Add the ONS code of each area, such as gss: E08000014.")
    try:
        with opened(path) as members:
            release = release_of(path, members)
            tally = Tally({code: Counter() for code in codes})
            tables = list(csv_members(members))
            for member in tables:
                try:
                    count(rows_of(member), tally)
                    told(member.name, len(tables))
                except csv.Error as error:
                    raise Refused(f"{member.name} in {path} is not a CSV file ({error}). {WANTED}") from None
    except ZIP_ERRORS as error:
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
