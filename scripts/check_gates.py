"""The gate before publishing: compares a new build with the site that is published, and stops what would take help from readers.

    python3 scripts/check_gates.py PUBLISHED OUTPUT     PUBLISHED: the site's address, or a file that holds its version.json
                                                        OUTPUT: the folder of the new build

It stops where more than 10 in 100 services would go, or where the number of a crisis line would change or go. An editor lets it through by a line that
this script prints, such as "Confirmed: samaritans/helpline is 116 123". The line stands in the message of the commit that is published, or in the
environment variable CONFIRMED (on GitHub: the box of "Run workflow").

Ends with 0 where the build may be published; with 1 where it may not; with 2 where OUTPUT is no build.
"""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import _setup

_setup.ready()

from support_directory import gates, links  # noqa: E402

VERSION = "version.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("published", metavar="PUBLISHED", help="the address of the published site, or a file with its version.json")
    parser.add_argument("output", metavar="OUTPUT", type=Path, help="the folder of the new build")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder whose last commit is published")
    parser.add_argument("--waits", type=float, nargs="*", default=(5, 20), help="seconds before each further try (default: 5 20)")
    args = parser.parse_args()
    try:
        new = json.loads((args.output / VERSION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        new = None
    if not gates.is_version(new):
        parser.error(f"{args.output / VERSION} is not that of a build. Build the site first.")
    # The box on GitHub is one line, into which several may be pasted.
    said = message(args.site) + "\n" + os.environ.get("CONFIRMED", "").replace(gates.BEGINNING, f"\n{gates.BEGINNING}")
    try:
        published = read(args.published, tuple(args.waits))
    except links.Unanswered as silent:
        refusal = gates.unreadable(f"The published site could not be asked what it holds. {silent} Run Publish again in an hour.")
        found = [] if gates.confirmed(refusal, said) else [refusal]
    else:
        if published is None:
            print("There is no published site yet, so there is nothing to compare with.")
            return 0
        found = gates.refusals(published, new, said)
    for line in told(found):
        print(line)
    return 1 if found else 0


def told(found):
    """The refusals -> what an editor reads, line by line."""
    if not found:
        return ["This build may be published: it takes nothing from readers that was not confirmed."]
    return ["Not published. The site that readers see stays as it is.", *(f"- {refusal.says}" for refusal in found),
            "Is it a mistake? Mend the listings, and merge.",
            "Is it right? Then say so: Actions, Publish, Run workflow, and in the box all of this, as it stands here:",
            *(f"    {refusal.confirm}" for refusal in found),
            "Did you publish such a change in the last ten minutes? GitHub may still show its old copy: wait ten minutes and run Publish again."]


def read(published, waits):
    """The address of a site, or a file -> what its version.json holds; None where there is no site; other data where it is something else.

    links.Unanswered: nobody can say what is published.
    """
    if published.startswith(("https://", "http://")):
        try:
            content = links.fetch(f"{published.rstrip('/')}/{VERSION}", links.Manners(pause=0, waits=waits))
        except links.Unanswered as silent:
            if silent.status == 404:
                return None
            raise
    else:
        try:
            content = Path(published).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise links.Unanswered(f"{published}: {error.strerror}") from None
    try:
        return json.loads(content) or {}
    except ValueError:
        return {}


def message(site):
    """The message of the last commit of a folder, or "" outside git."""
    try:
        answer = subprocess.run(["git", "-C", str(site), "log", "-1", "--format=%B"], capture_output=True, text=True, encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return answer.stdout if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
