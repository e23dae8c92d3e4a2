"""How long the editors' check takes.

    .venv/bin/python tests/bench/checking.py            everything below
    .venv/bin/python tests/bench/checking.py --files N  N changed files instead of 5,000

Prints: check_listings.py on the project itself and on a made site of 1,000 providers, as whole processes (budgets: 1 s and 3 s);
then the slowest of the largest files that can be made, and of N changed files, in CPU time (budget: 100 ms each).
"""
import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]

import mutations  # noqa: E402
from saltmarsh import GOOD, SCHEMA, TODAY  # noqa: E402
from support_directory import check, load, shape  # noqa: E402

RUNS = 7


def seconds(*arguments):
    """The wall time of check_listings.py with these arguments: the median of several runs."""
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        answer = subprocess.run([sys.executable, str(ROOT / "scripts/check_listings.py"), *arguments], capture_output=True, text=True)
        taken.append(time.perf_counter() - started)
        if answer.returncode:
            sys.exit(answer.stdout)
    return statistics.median(taken)


def thousand(folder):
    """Saltmarsh with 1,000 providers: its fullest one again and again, each with a name, a website and a number of its own."""
    shutil.copytree(GOOD, folder)
    text = (GOOD / "providers/harbour-advice.yaml").read_text(encoding="utf-8")
    for n in range(1000 - len(list((folder / "providers").iterdir()))):
        own = text.replace("name: Harbour Advice\n", f"name: Harbour Advice {n}\n").replace("harbour-advice.example.org", f"harbour-{n}.example.org")
        (folder / "providers" / f"harbour-{n}.yaml").write_text(own.replace("1000000", f"{2000000 + n}"), encoding="utf-8")
    return folder


def slowest(files):
    """{name: (kind, name in messages, bytes)} -> the three slowest, as (milliseconds of CPU time, name), each the best of three."""
    entries, _ = check.check(GOOD, SCHEMA, TODAY)
    world, validators = check.World.of(entries), shape.schemas(SCHEMA)
    taken = []
    for label, (kind, name, data) in files.items():
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            entry, _ = load.entry_of(data, "a", name, kind)
            if entry:
                check.of_one(entry, validators[kind], world, TODAY)
            best = min(best, time.process_time() - started)
            if best < 0.01:
                break
        taken.append((best * 1000, label))
    return sorted(taken, reverse=True)[:3]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000, metavar="N")
    args = parser.parse_args()
    print(f"the project's own listings: {seconds():.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        print(f"1,000 providers: {seconds('--site', str(thousand(Path(folder, 'site')))):.2f} s")
    large = {name: (kind, "providers/a.yaml", text.encode()[:mutations.SIZE]) for name, (kind, text) in mutations.long_files().items()}
    seeds = mutations.seeds()
    changed = {f"mutation {number}": mutations.mutated(number, seeds) for number in range(args.files)}
    for what, files in (("large files", large), ("changed files", changed)):
        print(f"slowest of {len(files):,} {what}: " + ", ".join(f"{milliseconds:.0f} ms ({label})" for milliseconds, label in slowest(files)))


if __name__ == "__main__":
    main()
