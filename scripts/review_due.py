"""Lists the services that are due to be asked again, in the order in which to ring: crisis lines and what is overdue first.

    python3 scripts/review_due.py [--csv FILE]      on the terminal, and into FILE for a spreadsheet
    python3 scripts/review_due.py --markdown        as the text of an issue, with a link to edit each entry
    python3 scripts/review_due.py --april           those with a contract, which are asked again before 1 April
    python3 scripts/review_due.py --confirm harbour-advice/helpline --how rang      notes that they said it is right

A service is due 6 months after its evidence or after it was last confirmed, and overdue after 12; a crisis line after 3 and 6.
With --confirm the entry's file is changed, and nothing else: the check has to find nothing wrong. Ends with 1 where something has to be mended first.
"""
import argparse
import datetime
import os
import re
import shutil
import sys
from pathlib import Path

import _setup

_setup.ready("edit")

from _changing import example_order, problems_with, replace  # noqa: E402
from support_directory import check, directory, editing, problems, ringing  # noqa: E402
from support_directory.editing import NOTHING, Change, Refused  # noqa: E402

WAYS = ("rang", "e-mail", "letter", "meeting")  # how, and never who
REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def main():
    args = arguments()
    today = datetime.date.today() if args.confirm else args.date
    entries, found = check.check(args.site, _setup.ROOT / "schema", today)
    for problem in found:
        print(problem)
    if found:
        return 1
    try:
        lines = confirmed(args, entries, today) if args.confirm else review(args, directory.build(entries))
    except Refused as refused:
        print(f"{refused} Nothing was changed.")
        return 1
    for line in lines:
        print(line)
    return 0


def arguments():
    """What the editor typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="where to write the list for a spreadsheet")
    parser.add_argument("--markdown", action="store_true", help="print the list as the text of an issue")
    parser.add_argument("--repository", metavar="OWNER/NAME", help="the project on GitHub, for the links (default: GITHUB_REPOSITORY, or that of the site)")
    parser.add_argument("--april", action="store_true", help="only services with a contract, for 1 April")
    parser.add_argument("--confirm", metavar="PROVIDER[/SERVICE]", help="who said that all of it is right")
    parser.add_argument("--how", choices=WAYS, help="how they said it")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(),
                        help="today, as YYYY-MM-DD; with --confirm the day on which they said it")
    args = parser.parse_args()
    if bool(args.confirm) != bool(args.how):
        parser.error("--confirm and --how belong together, as in: --confirm harbour-advice --how rang")
    args.repository = args.repository or os.environ.get("GITHUB_REPOSITORY")
    if args.repository and not REPOSITORY.fullmatch(args.repository):
        parser.error("--repository is the owner and the name on GitHub, as in: owner/name")
    return args


def review(args, found):
    """The directory -> the lines to print; the spreadsheet is written, where one is wanted."""
    rows = ringing.due(found, args.date, args.april)
    if args.csv:
        try:
            args.csv.write_text(ringing.due_csv(rows), encoding="utf-8", newline="")
        except OSError as error:
            raise Refused(f"{args.csv} could not be written: {error.strerror}.") from None
    if args.markdown:
        repository = args.repository or getattr(found.site, "repository", "")
        if not repository:
            raise Refused("The links need the project's name on GitHub: --repository owner/name.")
        return [ringing.due_markdown(rows, repository).rstrip("\n")]
    width = shutil.get_terminal_size((160, 24)).columns
    return [ringing.due_summary(rows), *(ringing.due_table(rows, width) if rows else [])]


def confirmed(args, entries, today):
    """Notes that a provider, or one of its services, said that its entry is right -> the lines to print, or Refused."""
    slug, _, service = args.confirm.partition("/")
    entry = named(slug, [entry for entry in entries if entry.kind == "provider"], lambda entry: entry.slug, "listing")
    services = entry.data["services"]
    places = [("services", n) for n, row in enumerate(services) if row["slug"] == service or (not service and "confirmed_with_provider" in row)]
    if service:
        named(service, services, lambda row: row["slug"], f"service of {slug}")
    stamp, text = {"date": args.date.isoformat(), "how": args.how}, (args.site / entry.path).read_bytes().decode("utf-8")
    changes = []
    for path in places if service else [(), *places]:
        old = editing.at(entry.data, (*path, "confirmed_with_provider"))
        if old is not NOTHING and old["date"] >= stamp["date"] and (old["date"] > stamp["date"] or old == stamp):
            raise Refused(f"{entry.path}: {args.confirm} was confirmed on {old['date']} already.")
        changes.append(Change((*path, "confirmed_with_provider"), old, stamp))
    changed = editing.changed(text, changes, example_order()).encode("utf-8")
    found = problems_with(args.site, {entry.path: changed}, today)
    if found:
        raise Refused("\n".join([*map(str, found), "With this the check finds the problems above."]))
    replace((args.site / entry.path).resolve(), changed)
    return [f"{entry.path}: {problems.field_name(change.path)}: {said(change.old)} becomes {said(change.new)}" for change in changes]


def named(slug, rows, name_of, noun):
    """The row of that name, or Refused with the one that was probably meant."""
    found = next((row for row in rows if name_of(row) == slug), None)
    if found is None:
        meant = problems.nearest(slug, map(name_of, rows))
        raise Refused(f'There is no {noun} called "{slug}".{f" Did you mean {meant}?" if meant else ""}')
    return found


def said(value):
    """When and how, in words."""
    return "nothing" if value is NOTHING else f"{value['date']}, {value['how']}"


if __name__ == "__main__":
    sys.exit(main())
