"""Builds the site once.

    python3 scripts/build.py [--site DIR] [--output DIR] [--cache DIR] [--date YYYY-MM-DD] [--url https://...]

The site is built into an empty folder beside the output and then swapped in: a build that fails leaves the old site as it was.
"""
import argparse
import datetime
import subprocess
import sys
import time
from pathlib import Path

import _setup

_setup.ready()

from pelican import Pelican, console  # noqa: E402
from pelican.settings import get_settings_from_file, read_settings  # noqa: E402

from support_directory import plugin, publish  # noqa: E402


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
    output = args.output or args.site / "output"
    started = time.perf_counter()
    _setup.say(f"Building {output}")
    problems = build(args.site, output, args.date, args.url)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} to mend. Nothing was built.")
        return 1
    pages = sum(1 for _ in output.rglob("*.html"))
    print(f"{pages} pages in {output} after {time.perf_counter() - started:.1f} s.")
    return 0


def build(site, output, date, url=""):
    """Builds the folder `site` into the folder `output` -> the problems that stopped it (empty: it is built)."""
    site = Path(site).resolve()
    console.quiet = True  # Pelican would count its own articles, of which there are none
    try:
        with publish.swapped_in(output) as fresh:
            Pelican(settings(site, fresh, date, url)).run()
    except plugin.ProblemsFound as found:
        return found.problems
    return []


def settings(site, output, date, url):
    """The project's pelicanconf.py, with the site's own on top: what a site leaves out is as in the project."""
    own = get_settings_from_file(str(site / "pelicanconf.py")) if site != _setup.ROOT else {}
    changes = {key: value for key, value in own.items() if key.isupper() and key not in ("PATH", "THEME", "PLUGIN_PATHS")}
    url = url and url.rstrip("/") + "/"
    changes |= {"PATH": str(site / "content"), "OUTPUT_PATH": str(output), "DIRECTORY_SITE": site, "DIRECTORY_DATE": date, "DIRECTORY_URL": url,
                "DIRECTORY_COMMIT": commit(site)}
    return read_settings(str(_setup.ROOT / "pelicanconf.py"), override=changes)


def commit(site):
    """The commit that the site's folder is at, or "" outside git."""
    try:
        answer = subprocess.run(["git", "-C", str(site), "rev-parse", "HEAD"], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
