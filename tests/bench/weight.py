"""How much a browser fetches for a page: HTML, CSS and JavaScript, gzipped.

    python3 scripts/test.py            once, so that Chromium and Playwright are there
    .venv/bin/python tests/bench/weight.py OUTPUT [PAGE ...]

Prints a row a page: bytes of each kind after gzip -9, the listings on it, and the budget where there is one:
home and provider pages 10 KB, a page of help 10 KB and 0.25 KB a listing (1 KB is 1,000 bytes).
"""
import gzip
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from browser_tools import FLAGS, served

KINDS = {"document": "html", "stylesheet": "css", "script": "js"}


def weigh(context, address):
    """The bytes of each kind that opening an address fetches, and how many listings it shows."""
    page = context.new_page()
    fetched = dict.fromkeys(KINDS.values(), 0)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    for answer in answers:
        kind = KINDS.get(answer.request.resource_type)
        if kind:
            fetched[kind] += len(gzip.compress(answer.body(), 9, mtime=0))
    listings = page.locator("[data-listing]").count()
    page.close()
    return fetched, listings


def budget(path, listings):
    """The bytes that a page may have, or None."""
    if path == "/" or re.fullmatch("/providers/.+/", path):
        return 10_000
    return 10_000 + 250 * listings if re.fullmatch("/help/.+/", path) else None


def main(output, wanted):
    paths = wanted or sorted("/" + path.parent.relative_to(output).as_posix().strip(".") + "/" for path in Path(output).rglob("index.html"))
    paths = ["/" if path == "//" else path for path in paths]
    over = 0
    with served(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        print(f"{'page':60} {'html':>6} {'css':>6} {'js':>6} {'sum':>6} {'budget':>6} listings")
        for path in paths:
            context = browser.new_context(viewport={"width": 412, "height": 915})  # each page as a first visit
            fetched, listings = weigh(context, address + path)
            context.close()
            total, most = sum(fetched.values()), budget(path, listings)
            over += bool(most and total > most)
            mark = " OVER" if most and total > most else ""
            print(f"{path:60} {fetched['html']:6} {fetched['css']:6} {fetched['js']:6} {total:6} {most or '':>6} {listings:8}{mark}")
    print(f"{len(paths)} pages, {over} over their budget")
    return 1 if over else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
