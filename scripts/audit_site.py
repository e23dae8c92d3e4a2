"""Looks at every page of a built site for faults of accessibility and of HTML.

    python3 scripts/audit_site.py OUTPUT             every page; about 5 minutes for 300 pages
    python3 scripts/audit_site.py OUTPUT --quick     only a few pages that together show every kind of element
    python3 scripts/audit_site.py OUTPUT --pages /help/burglary/ /search/
    python3 scripts/audit_site.py OUTPUT --every     goes through every page with the Tab key, not one of each kind

Runs axe-core, html-validate, IBM's accessibility-checker-engine, the Nu checker where there is Java, and our own checks. Prints each
fault once, with how many pages have it and where it stands on the first. Ends with 1 where there are faults, with 0 where there are none.
"""
import argparse
import os
import sys
import time
from pathlib import Path

import _setup


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="the folder of a built site")
    parser.add_argument("--quick", action="store_true", help="only pages that together show every kind of element")
    parser.add_argument("--every", action="store_true", help="walk through every page with the Tab key")
    parser.add_argument("--pages", nargs="+", metavar="ADDRESS", help="only these addresses, as in /help/burglary/")
    parser.add_argument("--workers", type=int, default=max(2, os.cpu_count() or 2), help="how many browsers at once (default: one for each core)")
    options = parser.parse_args()
    if not options.output.is_dir():
        sys.exit(f"{options.output}: there is no such folder. Build the site first: python3 scripts/build.py --output {options.output}")
    _setup.ready("test")
    import test as tests  # sets up Node's tools and a Chromium, as for the tests

    tests.node()
    from site_audit import audit, faults, pages

    known = pages.addresses(options.output)
    unknown = [page for page in options.pages or () if page not in known]
    if unknown or not known:
        none = f"{options.output}: there is no page in this folder."
        sys.exit(f"{unknown[0]}: there is no such page in {options.output}. Addresses look like {known[0]}" if unknown and known else none)
    started = time.monotonic()
    report = audit.audit(options.output, options.pages, options.quick, options.every, options.workers, tests.chromium(), _setup.say)
    groups = faults.grouped(report.faults)
    for group in groups:
        print(faults.worded(group), end="\n\n")
    for note in report.notes:
        print(note)
    print(f"{len(report.pages)} pages looked at, {len(report.walked)} of them also with the Tab key, in other windows, colours and sizes, "
          f"in {time.monotonic() - started:.0f} s: {len(report.faults) or 'no'} faults" + (f", {len(groups)} different ones." if groups else "."))
    return 1 if groups else 0


if __name__ == "__main__":
    sys.exit(main())
