"""Asks every web address of the listings and pages whether it still works, politely, and prints in Markdown what an editor should look at.

    python3 scripts/check_links.py [--state FILE]     FILE remembers from week to week which addresses failed, and since when

An address that fails in three different weeks, and in none of the weeks between answers, becomes a task. Nothing is changed by this script but FILE.

Ends with 0 where there is no task; with 1 where there are some; with 2 where it could not start (a mistake in the listings, a wrong option);
with 3 where most websites did not answer at all: then our own network is at fault, nothing is printed but that, and FILE stays as it was.
"""
import argparse
import datetime
import sys
from pathlib import Path

import _setup

_setup.ready()

from support_directory import check, links  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--state", type=Path, metavar="FILE", help="what earlier weeks found; written anew")
    parser.add_argument("--blob", default="", metavar="ADDRESS", help="where the files can be seen, to link each line: https://github.com/NAME/NAME/blob/main/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    parser.add_argument("--pause", type=float, default=2, help="seconds between two requests to the same website (default: 2)")
    parser.add_argument("--timeout", type=float, default=20, help="seconds that a website may be silent (default: 20)")
    parser.add_argument("--waits", type=float, nargs="*", default=(10, 60), help="seconds before each further try (default: 10 60)")
    args = parser.parse_args()
    entries, problems = check.check(args.site, _setup.ROOT / "schema", args.date)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        _setup.say(f"{len(problems)} to mend first. No address was asked.")
        return 2
    failing = before(args.state)
    places = links.found(entries)
    _setup.say(f"Asking {len(places)} addresses. This takes some minutes.")
    answers = links.ask_all(places, links.Manners(timeout=args.timeout, longest=3 * args.timeout, pause=args.pause, waits=tuple(args.waits)))
    if links.our_own_fault(answers):
        print("Most websites did not answer at all. It is more likely that the network here is at fault, so nothing was remembered. Try again later.")
        return 3
    failing = links.after(failing, answers, args.date)
    if args.state:
        try:
            args.state.write_text(links.as_text(failing), encoding="utf-8", newline="\n")
        except OSError as error:
            parser.error(f"could not write {args.state}: {error.strerror}")
    print(links.report(places, answers, failing, args.date, args.blob), end="")
    return 1 if links.tasks(failing) else 0


def before(state):
    """The state file (or None) -> what it remembers; nothing where it is not there yet or cannot be read, which costs three weeks and no more."""
    if not state or not state.exists() or not state.read_bytes().strip():
        return {}
    try:
        return links.remembered(state.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        _setup.say(f"{state} could not be read ({error}). Counting starts again.")
        return {}


if __name__ == "__main__":
    sys.exit(main())
