"""Shows what the search makes of somebody's words, and why: for editors who add phrases.

    python3 scripts/try_search.py "my ex keeps turning up"
    python3 scripts/try_search.py --check          all phrases of content/search-phrases.yaml

Prints the answers in order, each with the words that speak most for it, and whether the words bring the emergency numbers.
With --check it names each phrase whose answer is not among the first three, and ends with 1 where there is one.
"""
import argparse
import datetime
import sys
from pathlib import Path

import _setup

_setup.ready()

from support_directory import check, directory, topics, understanding  # noqa: E402

SHOWN, FIRST = 5, 3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="what somebody types")
    parser.add_argument("--check", action="store_true", help="try all phrases of content/search-phrases.yaml")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    args = parser.parse_args()
    if not args.words and not args.check:
        parser.error("type the words to try, in quotation marks")
    entries, problems = check.check(args.site, _setup.ROOT / "schema", datetime.date.today())
    for problem in problems:
        print(problem)
    if problems:
        return 1
    found = directory.build(entries)
    understood = understanding.Understanding(found)
    if args.check:
        return check_phrases(found, understood)
    for line in explained(" ".join(args.words), understood):
        print(line)
    return 0


def explained(words, understood):
    """Words -> the lines that say what the search makes of them."""
    rows = understood.about(words)
    if not rows:
        yield "No word of this is known. The search answers: not sure."
    for place, row in enumerate(topics.near(rows)[:SHOWN], 1):
        other = rows[0] if place > 1 else rows[1]
        table = understood.weighing.table
        because = ", ".join(f'"{feature}"' for feature, _ in topics.why(row, other) if feature in table.words or feature in table.pairs)
        yield f"{place}. {row[0]}  (because of {because})" if because else f"{place}. {row[0]}"
    page = understood.asked(words)
    if page:
        yield f"The page {page} comes third at the latest, because of its asked_as."
    pattern = understood.danger(words)
    yield f'The emergency numbers come first, because of "{pattern}".' if pattern else "The emergency numbers do not come."


def check_phrases(found, understood):
    """Tries all phrases -> 1 where an answer is not among the first three."""
    lost = list(understanding.lost_phrases(found, understood))
    for line in lost:
        print(line)
    print(f"{len(found.phrases) - len(lost)} of {len(found.phrases)} phrases find their answer.")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
