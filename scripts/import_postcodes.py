"""Counts the postcodes of each area in OS Code-Point Open, and writes them into content/areas/*.yaml.

    python3 scripts/import_postcodes.py codepo_gb.zip     the zip as Ordnance Survey offers it, or a folder of its CSV files

An area is found by its `gss`. Nothing but its `postcodes:` block is changed. The site has to be without problems before and
after: otherwise nothing is changed. Ends with 1 where something has to be mended first.
"""
import argparse
import datetime
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import _setup

_setup.ready()

from _changing import SCHEMA, problems_with, replace  # noqa: E402
from _progress import Progress  # noqa: E402
from support_directory import check, codepoint, places  # noqa: E402
from support_directory.codepoint import Refused  # noqa: E402

NOTE = "# How many postcodes of each sector lie in this area: "
PRODUCT = "OS Code-Point Open"


class Block(NamedTuple):
    """The lines of a file that make its postcodes, counted from 0: from `first` up to and without `last`."""

    first: int
    last: int


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="CODEPOINT", help="the zip of OS Code-Point Open, or a folder with its CSV files")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    entries, problems = check.check(args.site, SCHEMA, args.date)
    if problems:
        print(*problems, "Mend this first. Nothing was changed.", sep="\n")
        return 1
    areas = [entry for entry in entries if entry.kind == "area"]
    try:
        with Progress("Counting postcodes", 1) as progress:
            tally, release = codepoint.counted(args.data, {area.data["gss"] for area in areas if area.data.get("gss")}, progress.of)
        counted = [(area, dict(tally.sectors[area.data["gss"]])) for area in areas if tally.sectors.get(area.data.get("gss"))]
        changed = [(area, counts) for area, counts in counted if counts != before(area)]
        texts = {area.path: with_block((args.site / area.path).read_bytes(), area, counts, release) for area, counts in changed}
        problems = problems_with(args.site, texts, args.date) if texts else []
        if problems:
            raise Refused("\n".join([*map(str, problems), "With the new postcodes the check finds the problems above."]))
    except (Refused, OSError) as error:
        words = error if isinstance(error, Refused) else f"{error.filename or args.data} could not be read: {error.strerror or error}."
        print(f"{words} Nothing was changed.")
        return 1
    for path, data in texts.items():
        replace((args.site / path).resolve(), data)  # resolved, so that a link stays a link
    for line in (*left_alone(areas, tally), *left_out(tally), *gone(changed), *table(counted, changed), straddling(counted)):
        print(line)
    return 0


# ---- the files of the areas

def before(area):
    """An area's entry -> the counts that it has now, as {sector: postcodes}."""
    return {sector: int(number) for sector, number in area.data.get("postcodes", {}).items()}


def block(counts, release):
    """{sector: postcodes} and the release -> the lines for an area's file, without line ends."""
    source = f"{PRODUCT} {release}" if release else PRODUCT
    return [f"{NOTE}{source}. Do not change by hand.", "postcodes:", *(f'  {sector}: "{counts[sector]}"' for sector in sorted(counts, key=places.in_order))]


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
        lost = sorted(before(area).keys() - counts.keys(), key=places.in_order)
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
