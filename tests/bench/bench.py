"""How the cost of a site grows: a full build, a build after one edit, the check and the search, for made-up sites of several sizes.

    python3 tests/bench/bench.py [S] [M] [L] [--site]

S has 60 providers, M 1,000, L 10,000 (scripts/make_sample_site.py); --site: a copy of the project's own site as well. Without any: S and M.
"build" begins with an empty cache: seconds on the clock, seconds of the processors, and the most memory of all its processes together (shared memory
counts once; looked at ten times a second, on Linux). "edit" is the time from saving a changed listing, while scripts/serve.py runs, until the new
words stand in the page on the disk: the middle one of five. "check" is scripts/check_listings.py, "search" the processor's seconds for its files.
"""
import argparse
import contextlib
import datetime
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import _setup  # noqa: E402

_setup.ready()

SIZES, OWN = ("S", "M", "L"), "own"
DAY = datetime.date(2026, 11, 29)
EDITS = ("Aquamarine", "Burgundy", "Cerulean", "Damson", "Emerald")  # words that each edit puts before the summary of a service
SUMMARY = re.compile(r"(\bsummary:\s+(?:[>|]-?\s+)?[\"']?)")
LOOK_AGAIN, PATIENCE = 0.1, 3600  # seconds
HEAD = ("site", "pages", "MB", "build s", "CPU s", "peak MB", "ms/page", "KB/page", "edit s", "check s", "search s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", metavar="SIZE", help="S, M or L")
    parser.add_argument("--site", action="store_true", help="the project's own site as well")
    args = parser.parse_args()
    if unknown := [size for size in args.sizes if size not in SIZES]:
        parser.error(f"{unknown[0]} is no size. The sizes are {', '.join(SIZES)}.")
    wanted = [*(args.sizes or ([] if args.site else ["S", "M"])), *([OWN] if args.site else [])]
    print("".join(f"{name:>9}" for name in HEAD), flush=True)
    for size in wanted:
        with tempfile.TemporaryDirectory() as folder:
            print("".join(f"{value:>9}" for value in measured(size, Path(folder))), flush=True)


def measured(size, folder):
    """A size, and an empty folder -> what stands under HEAD."""
    site, output = made(size, folder / "site"), folder / "output"
    wall, processor, memory = watched("scripts/build.py", "--site", site, "--output", output, "--cache", folder / "cache", "--date", str(DAY))
    files = [path for path in output.rglob("*") if path.is_file()]
    pages, weight = sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)
    edit = after_an_edit(site, output)
    check, _, _ = watched("scripts/check_listings.py", "--site", site, "--date", str(DAY))
    with ProcessPoolExecutor(1) as other:  # in a process of its own: what it needs is given back
        search = other.submit(of_the_search, site).result()
    return (size, f"{pages:,}", f"{weight / 1e6:,.1f}", f"{wall:.1f}", f"{processor:.1f}", f"{memory / 1e3:,.0f}", f"{1000 * wall / pages:.1f}",
            f"{memory / pages:,.0f}", f"{edit:.2f}", f"{check:.1f}", f"{search:.1f}")


def made(size, site):
    """The folder of a made-up site of that size, or of a copy of the project's own."""
    if size == OWN:
        for name in ("content", "providers"):
            shutil.copytree(ROOT / name, site / name)
        (site / "pelicanconf.py").touch()
    else:
        subprocess.run([sys.executable, ROOT / "scripts/make_sample_site.py", "--size", size, site], check=True, stdout=subprocess.DEVNULL)
    return site


def watched(script, *arguments):
    """Runs a script of the project -> (seconds, seconds of the processors, the most KB of memory that it and its children had together)."""
    started, most = time.perf_counter(), 0
    process = subprocess.Popen([sys.executable, ROOT / script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    os.set_blocking(process.stdout.fileno(), False)
    said, ended = b"", False
    while not ended:
        said += process.stdout.read() or b""  # a full pipe would stop it
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        most = max(most, memory_of(process.pid))
        time.sleep(LOOK_AGAIN)
    with process.stdout:
        said += process.stdout.read() or b""
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{script} failed:\n{said.decode()[-2000:]}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, most


def memory_of(session):
    """The number of a session -> the KB of all its processes; what several share is divided among them (PSS)."""
    found = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getsid(int(folder.name)) == session:
                found += int(re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)[1])
        except (OSError, TypeError):  # it has ended meanwhile
            continue
    return found


def after_an_edit(site, output):
    """The middle of several times from saving a changed listing until its page on the disk has the new words."""
    entry = sorted(path for path in (site / "providers").glob("*.yaml") if not path.name.startswith("_"))[0]
    page, text = output / "providers" / entry.stem / "index.html", entry.read_text(encoding="utf-8")
    command = [sys.executable, ROOT / "scripts/serve.py", "--port", "0", "--site", site, "--output", output]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            next(line for line in server.stderr if "The site is on" in line)
            os.set_blocking(server.stderr.fileno(), False)
            time.sleep(2)  # it may begin to watch only now
            return statistics.median(seconds_until(word, entry, text, page, server) for word in EDITS)
        finally:
            server.terminate()


def seconds_until(word, entry, text, page, server):
    """Saves the listing with a word before the first summary -> the seconds until the page holds it."""
    new = entry.parents[2] / "new.yaml"  # beside the site, so that only the finished file is seen to change
    new.write_text(SUMMARY.sub(rf"\g<1>{word} ", text, count=1), encoding="utf-8")
    started = time.perf_counter()
    os.replace(new, entry)
    while time.perf_counter() < started + PATIENCE and server.poll() is None:
        server.stderr.buffer.read()  # a full pipe would stop it
        with contextlib.suppress(FileNotFoundError):  # the old site and the new one are changing places
            if f"{word} " in page.read_text(encoding="utf-8"):
                return time.perf_counter() - started
        time.sleep(0.005)
    sys.exit(f"The page never showed the edit of {entry}.")


def of_the_search(site):
    """A site's folder -> the processor's seconds for all files of its search."""
    from support_directory import check, directory, search

    found = directory.build(check.check(site, ROOT / "schema", DAY)[0], DAY)
    started = time.process_time()
    search.build(found)
    return time.process_time() - started


if __name__ == "__main__":
    main()
