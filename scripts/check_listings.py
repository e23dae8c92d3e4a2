"""Checks the listings, the crime types, the areas and the pages, and says what to mend and where.

    python3 scripts/check_listings.py [PATHS]     all of it, or only these files and folders

Ends with 0 where nothing is wrong, with 1 where something has to be mended. Where nothing is wrong, it reminds of what to look at again.
"""
import argparse
import datetime
import gc
import sys
from pathlib import Path

import _setup

_setup.ready()

from _progress import Progress  # noqa: E402
from support_directory import check  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="files or folders to speak of (default: all)")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    for path in args.paths:
        if not Path(path).exists():
            parser.error(f"there is no file or folder called {path}")
    gc.disable()  # a check makes many small values and few cycles: collecting them takes time and frees next to nothing
    with Progress("Checking files", len(check.files.files(args.site))) as progress:
        entries, problems = check.check(args.site, _setup.ROOT / "schema", args.date, args.paths or None, progress.step)
    if check.SLOW:
        _setup.say(check.SLOW)
    for problem in problems or check.reminders(entries, args.date, args.site, args.paths or None):
        print(problem)
    listings = sum(entry.kind == "provider" for entry in entries)
    print(f"{len(problems)} to mend." if problems else f"All is well: {listings} providers, {len(entries)} files checked.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
