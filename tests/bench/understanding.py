"""How well the search understands phrases that it has not seen, and how many bytes a first answer takes.

    .venv/bin/python tests/bench/understanding.py [OUTPUT]

Leaves every fourth of the editors' English phrases out, learns from the others, and looks for those that were left out: in how many of a
hundred the right answer comes first, and is among the first three. With the folder of a built site it also prints the bytes, after gzip -9,
of what a first answer loads (budget: 45 KB, 1 KB being 1,000 bytes) and of what comes after it.
"""
import datetime
import gzip
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "plugins"))

from support_directory import check, directory, search, topics, understanding  # noqa: E402

FOLDS, TRIED = 4, 1000
SCRIPTS = ("box", "search", "answers", "hours", "listings", "loading", "names", "places", "results", "topics", "words")


def left_out(found):
    """Directory -> (the share of left-out phrases whose answer comes first, and is among the first three)."""
    phrases = [(answer, phrase) for answer, said in understanding.english(found).items() for phrase in dict.fromkeys(said)]
    random.Random(1).shuffle(phrases)
    kept = {}
    for answer, phrase in (row for number, row in enumerate(phrases) if number % FOLDS):
        kept.setdefault(answer, []).append(phrase)
    weighing = topics.Weighing(topics.lightened(topics.learn(kept, found.short_forms)), found.short_forms, understanding.DISCOUNTS)
    ranks = []
    for answer, phrase in phrases[::FOLDS][:TRIED]:
        order = [row[0] for row in weighing.rank(phrase)]
        ranks.append(order.index(answer) if answer in order else len(order))
    return sum(rank == 0 for rank in ranks) / len(ranks), sum(rank < 3 for rank in ranks) / len(ranks)


def weight(files):
    """Files -> their bytes after gzip -9, each on its own, as a server sends them."""
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)


def main():
    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date.today())
    if problems:
        sys.exit("The listings have problems: python3 scripts/check_listings.py")
    found = directory.build(entries)
    started = time.perf_counter()
    search.build(found)
    print(f"made in {time.perf_counter() - started:.2f} s")
    first, three = left_out(found)
    print(f"phrases left out: {first:.3f} first, {three:.3f} among the first three")
    if len(sys.argv) > 1:
        output = Path(sys.argv[1])
        scripts = [file for name in SCRIPTS for file in output.glob(f"static/*/js/{name}.js")]
        print(f"a first answer: {weight([*scripts, *output.glob('search/first.*.json')]):,} bytes")
        later = [*output.glob("search/languages.*.json"), *output.glob("search/texts/*.json"), *output.glob("search/listings/*.json"),
                 *output.glob("static/*/js/filters.js"), *output.glob("static/*/js/rest.js"), *output.glob("static/*/vendor/lunr/*.js")]
        print(f"after it: {weight(later):,} bytes")


if __name__ == "__main__":
    main()
