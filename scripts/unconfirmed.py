"""Lists every contact that is not yet confirmed with its provider, in the order in which to ring: crisis lines first.

    python3 scripts/unconfirmed.py [--csv FILE]     on the terminal, and into FILE for a spreadsheet

Ends with 1 where something in the listings has to be mended first.
"""
import argparse
import datetime
import shutil
import sys
from pathlib import Path

import _setup

_setup.ready()

from support_directory import check, directory, ringing  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="where to write the list for a spreadsheet")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    entries, problems = check.check(args.site, _setup.ROOT / "schema", args.date)
    for problem in problems:
        print(problem)
    if problems:
        return 1
    found = directory.build(entries)
    rows, width = ringing.unconfirmed(found), shutil.get_terminal_size((160, 24)).columns
    if args.csv:
        try:
            args.csv.write_text(ringing.as_csv(rows), encoding="utf-8", newline="")
        except OSError as error:
            parser.error(f"could not write {args.csv}: {error.strerror}")
    print(ringing.summary(rows))
    lines = ringing.table(rows, width) if rows else []
    for line in (*lines, *ringing.no_contact_lines(ringing.without_contact(found), width)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
