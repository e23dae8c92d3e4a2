"""Makes a whole made-up site in the project's format, of a size that no force has yet: to try things out on, and to measure with.

    python3 scripts/make_sample_site.py --size S|M|L OUT

S has 60 providers, 24 crime types and 5 areas; M 1,000, 30 and 40; L 10,000, 30 and 320. A size gives the same files, to the last byte, each time
and everywhere. They pass the check: `python3 scripts/check_listings.py --site OUT`. OUT must not be there yet, or be empty.

Names, texts and facts are made up. Phone numbers are those that Ofcom keeps for stories, web addresses end with example.org.
"""
import argparse
import sys
from pathlib import Path

import _setup

_setup.ready()

from _progress import Progress  # noqa: E402
from _sample import SIZES, files  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder that the site is written to")
    args = parser.parse_args()
    if args.out.exists() and not (args.out.is_dir() and not any(args.out.iterdir())):
        print(f"{args.out} is there already. Nothing was written: give the name of a new folder.")
        return 1
    with Progress("Writing files", sum(SIZES[args.size].counts)) as progress:
        for path, text in files(args.size):
            target = args.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            progress.step(path)
    print(f"{progress.done} files in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
