"""Builds the site once.

    python3 scripts/build.py [--site DIR] [--output DIR] [--cache DIR] [--date YYYY-MM-DD] [--url https://...]

The site is built into an empty folder beside the output, held against its own manifest.json, and then swapped in: a build that fails
or is stopped leaves the old site as it was.
"""
import argparse
import concurrent.futures
import datetime
import functools
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import _setup

_setup.ready()

from support_directory import publish  # noqa: E402

STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no SIGHUP


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with pelicanconf.py, content/ and providers/")
    parser.add_argument("--output", type=Path, help="where the site is written (default: output/ in the site's folder)")
    parser.add_argument("--cache", type=Path, help="where a build may keep what it can use again (default: .cache/ in the site's folder)")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, for whatever depends on it")
    parser.add_argument("--url", default="", help="the public address; without it, what needs one is left out")
    args = parser.parse_args()
    if args.url and not args.url.startswith("https://"):
        parser.error(f"--url {args.url}: it must begin with https://")
    os.umask(0o022)  # whoever builds the site, a web server has to read it
    gc.disable()  # a build makes many small values and few cycles: collecting them takes time and frees next to nothing
    output = args.output or args.site / "output"
    if output.is_dir() and any(output.iterdir()) and not (output / "version.json").is_file():
        parser.error(f"--output {output}: there is something else in this folder, which the site would replace. Name an empty folder or a new one.")
    started = time.perf_counter()
    _setup.say(f"Building {output}")
    mark = publish.new_mark()
    for number in STOPPING:
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup, say, asks for that
            signal.signal(number, functools.partial(stop, output, mark))
    try:
        problems, reminders = build(args.site, output, args.date, args.url, mark)
    except publish.Unfit as error:
        print(f"{error}, so the new site was not put in place and the old one is as it was.")
        return 1
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} to mend. Nothing was built.")
        return 1
    for reminder in reminders:
        print(reminder)
    pages = sum(name.endswith(".html") for _, _, names in os.walk(output) for name in names)
    print(f"{pages} pages in {output} after {time.perf_counter() - started:.1f} s.")
    gc.freeze()  # nor is anything collected while Python ends
    return 0


def stop(output, mark, number, frame):
    """Ends the build with this mark at the first signal that asks for it, wherever it is, and clears up; signals that follow cannot disturb that.

    It does not end by an exception: one that is raised just anywhere is lost in some places, and in others leaves a lock closed for ever.
    """
    ignore_signals()
    publish.clear(output, mark)
    os._exit(128 + number)


def ignore_signals():
    """No signal but SIGKILL ends this process any more."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def build(site, output, date, url="", mark=""):
    """Builds the folder `site` into the folder `output`, with that mark -> the problems that stopped it (empty: it is built), what it reminds of.

    publish.Unfit: the site that was made is not fit to be published. Where anything stops it, the old output is as it was.
    A second process reads and checks the entries while this one loads Pelican, and makes the search while this one makes pages.
    """
    site = Path(site).resolve()
    if not (site / "content").is_dir():  # Pelican would stop at that in words of its own
        return read(site, date)[1], []
    with concurrent.futures.ProcessPoolExecutor(max_workers=1, initializer=end_with_the_first) as second:
        reading = second.submit(read, site, date)
        from pelican import Pelican, console

        from support_directory import plugin

        console.quiet = True  # Pelican would count its own articles, of which there are none
        try:
            with publish.swapped_in(output, mark) as fresh:
                given = {"DIRECTORY_READ": lambda: (reading.result()[0], (), reading.result()[1])}
                Pelican(settings(site, fresh, date, url) | given).run()
        except plugin.ProblemsFound as found:
            return found.problems, []
        return [], reading.result()[2]


def end_with_the_first():
    """Runs in the second process, first of all: it ends when the first one ends, however that was ended, and not before."""
    ignore_signals()  # Ctrl+C reaches both processes: the first one decides
    threading.Thread(target=end_after, args=(multiprocessing.parent_process().sentinel,), daemon=True).start()


def end_after(sentinel):
    """Waits until the process of this sentinel has ended, then ends this one at once."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def read(site, date):
    """Runs in the second process: the folder `site` -> (entries, problems, reminders of the list of bank holidays).

    The check has all reminders. A build has this one only: that list's end changes what the search answers, though nobody has touched a file.
    """
    from support_directory import check, reminders

    entries, problems = check.check(site, _setup.ROOT / "schema", date)
    return entries, problems, [reminder for entry in entries for reminder in reminders.bank_holidays(entry, date)]


def settings(site, output, date, url):
    """The project's pelicanconf.py, with the site's own on top: what a site leaves out is as in the project."""
    from pelican.settings import get_settings_from_file, read_settings

    own = get_settings_from_file(str(site / "pelicanconf.py")) if site != _setup.ROOT else {}
    changes = {key: value for key, value in own.items() if key.isupper() and key not in ("PATH", "THEME", "PLUGIN_PATHS")}
    url = url and url.rstrip("/") + "/"
    changes |= {"PATH": str(site / "content"), "OUTPUT_PATH": str(output), "DIRECTORY_SITE": site, "DIRECTORY_DATE": date, "DIRECTORY_URL": url,
                "DIRECTORY_COMMIT": commit(site), "DIRECTORY_EVENTS": events(site) if url else None}
    return read_settings(str(_setup.ROOT / "pelicanconf.py"), override=changes)


def events(site):
    """What has happened to the listings of a site, out of git's history, or None where it is not there: the feed of changes is left out then."""
    from support_directory import happened, history

    try:
        return happened.events(site)
    except history.Unreadable as why:
        print(f"No feed of changes: {why} It needs the whole history of the project (in a workflow, fetch-depth: 0).")
        return None


def commit(site):
    """The commit that the site's folder is at, or "" outside git."""
    try:
        answer = subprocess.run(["git", "-C", str(site), "rev-parse", "HEAD"], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
