"""Looks at the published site as a reader would, and compares it with the listings here: its age, its counts, and the numbers that must never be missing.

    python3 scripts/check_live.py ADDRESS     the public address of the site, as in https://example.org/help/

The numbers are those of content/site.yaml and of the listings that it names: the emergency number, the hub's, and the crisis line's.

Ends with 0 where all is well, and where the site is still a draft, which is not published; with 1 where something is wrong; with 2 where it could not look
(a mistake in the listings, a wrong option).
"""
import argparse
import datetime
import json
import sys
from pathlib import Path

import _setup

_setup.ready()

from support_directory import addresses, check, directory, gates, links, phone, publish, state  # noqa: E402

MOST_DAYS = 3  # the site is published every day
MOST_DIFFERENT = 10  # per cent: so far may the counts lie apart, while a change is on its way


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", metavar="ADDRESS", help="the public address")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    parser.add_argument("--days", type=int, default=MOST_DAYS, help=f"how old the build may be (default: {MOST_DAYS})")
    parser.add_argument("--waits", type=float, nargs="*", default=(10, 60), help="seconds before each further try (default: 10 60)")
    args = parser.parse_args()
    entries, problems = check.check(args.site, _setup.ROOT / "schema", args.date)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} to mend first. The published site was not looked at.")
        return 2
    found = directory.build(entries)
    if found.site.stage != "live":
        print("The site is still a draft and is not published, so there is nothing to look at.")
        return 0
    if not args.address.startswith(("https://", "http://")):
        print(f'"{args.address}" is not the address of a site. Is Pages set up? docs/runbook.md, "Going live", says how.')
        return 1
    faults = list(look(args.address.rstrip("/") + "/", found, args.date, args.days, links.Manners(pause=0, waits=tuple(args.waits))))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} to look at. What to do: docs/runbook.md." if faults else f"{args.address}: all is well.")
    return 1 if faults else 0


def look(root, found, today, most_days, manners):
    """The published site (its address ends with a slash) and the Directory of the listings here -> a sentence for each thing that is wrong."""
    version, fault = read(root, "version.json", gates.is_version, manners)
    if fault:
        yield fault
        yield f"Nothing more was looked at. Open {root} yourself, in a private window: is the site there?"
        return
    yield from age(version, today, most_days)
    yield from stage(version)
    yield from counts(version["counts"], state.version(found, "", today)["counts"])
    manifest, fault = read(root, publish.MANIFEST, lambda data: isinstance(data, dict) and bool(data.get("files")), manners)
    yield from [fault] if fault else missing(manifest)
    for name, number, page in sentinels(found):
        yield from stands(root, name, number, page, manners)


def read(root, path, is_right, manners):
    """A file of JSON of the published site -> (its data, "") or (None, what is wrong)."""
    try:
        data = json.loads(links.fetch(root + path, manners))
    except links.Unanswered as silent:
        return None, f"{root}{path} could not be read: {silent}"
    except ValueError:
        data = None
    return (data, "") if is_right(data) else (None, f"{root}{path} is not that of this site.")


def age(version, today, most_days):
    """What is wrong with the day on which the published site was built."""
    try:
        days = (today - datetime.date.fromisoformat(version["built"])).days
    except (KeyError, TypeError, ValueError):
        yield "version.json of the published site does not say on which day it was built."
        return
    if days > most_days:
        yield f'The published site is {days} days old (built on {version["built"]}), and should be {most_days} at most. Did "Publish" fail, or stop?'
    elif days < -1:  # one day: clocks and time zones
        yield f'The published site says that it was built on {version["built"]}, which has not come yet.'


def stage(version):
    """What is wrong with the stage of the published site."""
    if version.get("stage") != "live":
        yield "The published site says that it is a draft, and content/site.yaml says live."


def counts(published, here):
    """What is wrong with the counts of the published site, compared with those of the listings here."""
    for name, number in here.items():
        there = published.get(name)
        if not isinstance(there, int):
            yield f"version.json of the published site does not count its {name.replace('_', ' ')}."
        elif abs(there - number) * 100 > number * MOST_DIFFERENT:
            yield f"The published site has {there} {name.replace('_', ' ')}, and there are {number} here: more than {MOST_DIFFERENT} in 100 apart."


def missing(manifest):
    """What is wrong with the manifest: pages that every site has, and that it does not name."""
    listed = {row.get("path") for row in manifest["files"] if isinstance(row, dict)}
    for path in ("index.html", "404.html", f"{addresses.SEARCH}index.html", f"{addresses.written_page('emergency')}index.html"):
        if path not in listed:
            yield f"{publish.MANIFEST} of the published site does not name {path}."


def sentinels(found):
    """Directory -> (what the number is, the number, the address of a page where it must stand), for each of the three numbers."""
    emergency, hub = found.site.emergency.number, number_of(found.hub)
    rows = [("the emergency number", emergency, addresses.HOME), ("the emergency number", emergency, addresses.written_page("emergency")),
            ("the number of the hub", hub, addresses.HOME), ("the number of the hub", hub, addresses.provider(found.hub.provider.slug))]
    if found.crisis:
        pages = addresses.SEARCH, addresses.provider(found.crisis.provider.slug)
        rows += [("the number of the crisis line", number_of(found.crisis), page) for page in pages]
    return [row for row in rows if row[1]]


def number_of(listing):
    """The first telephone number of a listing, or ""."""
    return next((contact.value for contact in listing.service.contacts if contact.type == "phone"), "")


def stands(root, name, number, page, manners):
    """What is wrong with a number on a page of the published site: it must stand there to be read, and to be rung."""
    try:
        text = links.fetch(root + page, manners).decode("utf-8", "replace")
    except links.Unanswered as silent:
        yield f"{root}{page} could not be read, so nobody can see {name} there: {silent}"
        return
    if f'href="{phone.link(number)}"' not in text:
        yield f"{root}{page} has no link that rings {name}, {number}."
    elif f">{number}<" not in text:
        yield f"{root}{page} does not show {name}, {number}."


if __name__ == "__main__":
    sys.exit(main())
