"""Makes what an organisation asks for into a branch with one commit, for an editor to read and to send. It never pushes.

    python3 scripts/propose.py --text MAIL --channel e-mail     a saved e-mail or note ("-" reads what you paste), with lines such as
        Provider: harbour-advice
        services helpline > contacts 1 > value: "0808 157 0123" becomes "0808 157 0124"
    python3 scripts/propose.py --file harbour-advice.yaml       the whole file that the form on the site gives
    python3 scripts/propose.py --issue 12                       an issue on GitHub (needs GitHub's program gh)
    python3 scripts/propose.py --new "Harbour Advice" --channel phone     asks for a new listing, question by question

A service is named by its slug, other items of lists by their number from 1. `nothing` stands where there was or is nothing.
The whole site is checked with the change before anything is made. Where something is wrong, everything stays as it was, and the script ends with 1.
"""
import argparse
import datetime
import sys
import tempfile
from pathlib import Path

import _setup

_setup.ready("edit")

from _branch import Repository  # noqa: E402
from _changing import SCHEMA  # noqa: E402
from _questions import new_listing  # noqa: E402
from _request import GUARDED, change_of  # noqa: E402
from _saying import name_of, printable, report  # noqa: E402
from support_directory import check, load, privacy, world  # noqa: E402
from support_directory.editing import Refused  # noqa: E402

CHANNELS = ("e-mail", "phone", "form", "issue", "letter")


def main():
    args = arguments()
    try:
        repository = Repository(args.site)
        with tempfile.TemporaryDirectory() as folder:
            return propose(args, repository, Path(folder))
    except Refused as refused:
        print(f"{refused}\nNothing was changed.")
        return 1


def arguments():
    """What the editor typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--file", type=Path, metavar="NEW.yaml", help="a whole file, as the form gives it")
    asked.add_argument("--text", metavar="FILE", help='a saved e-mail or an issue\'s text; "-" reads it from here')
    asked.add_argument("--issue", type=int, metavar="N", help="the number of an issue on GitHub")
    asked.add_argument("--new", metavar="NAME", help="the full name of an organisation that is not listed yet")
    parser.add_argument("--add", action="store_true", help="the file or the text is of an organisation that is not listed yet")
    parser.add_argument("--provider", metavar="SLUG", help="whose listing it is, where the text does not say so")
    parser.add_argument("--channel", choices=CHANNELS, help="how it came; form for --file, issue for --issue")
    parser.add_argument("--organisation", metavar="NAME", help="who asked, where it was not the organisation itself; never a person")
    parser.add_argument("--allow", action="append", default=[], choices=GUARDED, help="lets the request change this field too")
    parser.add_argument("--stay", action="store_true", help="stay on the branch where you are")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    args.channel = args.channel or ("form" if args.file else "issue" if args.issue else None)
    if not args.channel:
        parser.error(f"say how it came, with --channel and one of: {', '.join(CHANNELS)}")
    return args


def propose(args, repository, folder):
    """Carries out what the editor asked for -> 0, or Refused."""
    site = repository.copy(folder)
    entries, found = check.check(site, SCHEMA, args.date)
    if found:
        raise Refused("\n".join([*map(str, found), "Mend this first."]))
    request = new_listing(args.new, entries, args.date) if args.new is not None else change_of(args, entries, repository)
    name = f"providers/{request.slug}.yaml"
    repository.must_be_clean(name)
    (site / name).write_text(request.text, encoding="utf-8", newline="")
    entries_after, found = check.check(site, SCHEMA, args.date)
    if found:
        raise Refused("\n".join([*map(printable, found), "With this change the check finds the problems above."]))
    after = next(entry for entry in entries_after if entry.path == name)
    before = next((entry for entry in entries if entry.path == name), None)
    organisation = organisation_of(args.organisation, after.data["name"], world.World.of(entries))
    message = commit_message(after.data["name"], before, request.changes, organisation, args)
    branch = repository.commit(name, request.text, message, organisation, f"listing/{request.slug}-{args.date}")
    for line in report(before, after, request.changes):
        print(line)
    repository.explain(branch, args.date)
    print(f"\nThe branch {branch} holds one commit. Read it (git show {branch}), then send it: git push -u origin {branch}")
    if not args.stay:
        repository.switch(branch)
    return 0


def organisation_of(given, name, known):
    """Who is credited: the organisation itself, or the one that the editor names. Refused where that looks like a person."""
    if given is None or given == name:
        return name
    entry = load.Entry("provider", "", "--organisation", {"about": given}, {(): (1, 1), ("about",): (1, 1)}, {})
    if "@" in given or not given.strip() or len(given) > 120 or load.HIDDEN.search(given) or "\n" in given or list(privacy.persons(entry, known)):
        raise Refused("--organisation is the name of an organisation, and never of a person or an address: the history keeps it for ever.")
    return given


def commit_message(name, before, changes, organisation, args):
    """The text of the commit: who asked, how, when, and which fields; no value, for it could speak to GitHub, and no person."""
    fields = sorted({name_of(change.path, before.data) for change in changes}) if before else []
    return "\n".join([f"{'Change' if before else 'Add'} {name}", "", f"Asked for by: {organisation}", f"Channel: {args.channel}",
                      f"Date: {args.date}", *(["", *fields] if fields else []), ""])


if __name__ == "__main__":
    sys.exit(main())
