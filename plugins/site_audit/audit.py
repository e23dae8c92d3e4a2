"""The audit's door: a folder of a finished site in, its faults out.

Every page: axe-core and IBM's engine at 320 pixels in light, axe-core's rules of colour in dark, our own checks, html-validate, Nu.
What depends on templates and stylesheet only, on a few pages that together show every kind of element (pages.telling): axe-core at
1280 pixels, in forced colours and with all rules in dark; 200 % text, text spacing, 320 by 256 pixels; the walk with the Tab key; trying the controls.
"""
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from . import engines, faults, pages
from .browser import EVERYWHERE, LOW, SMALL, WIDE, Browser, tools
from .serving import served
from .trying import tried
from .walk import walk

# Text of twice the size, and the spacing of WCAG 1.4.12, in a way that a content security policy allows.
_RULES = "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }"
TWICE = "html { font-size: 200% !important; }"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
_worker = {}


@dataclass(frozen=True)
class Report:
    """What an audit found, on how many pages, which of them stood for the templates, and lines about what was left out."""
    faults: list
    pages: list
    walked: list
    notes: list


def audit(folder, wanted=None, quick=False, every=False, workers=2, chromium=None, say=lambda line: None):
    """Audits a folder -> Report. `wanted`: addresses; `quick`: only the pages that stand for the templates; `every`: walk through all."""
    folder = Path(folder).resolve()
    wanted = list(wanted or pages.addresses(folder))
    few = pages.telling(folder, wanted)
    walked = wanted if every else few
    looked_at = walked if quick else wanted
    found, notes = [], []
    with served(folder) as address, ProcessPoolExecutor(workers + 1, multiprocessing.get_context("spawn"), _start, (address, chromium)) as pool:
        jobs = {pool.submit(_walked, page): page for page in walked} | {pool.submit(_resized, page): page for page in few}
        files = [pool.submit(_files, name, folder, looked_at) for name in ("html", "nu")]
        jobs |= {pool.submit(_looked_at, page): page for page in looked_at}
        told = time.monotonic()
        for done, job in enumerate(as_completed(jobs), 1):
            found += job.result()
            if time.monotonic() - told > 10:
                told = time.monotonic()
                say(f"{done} of {len(jobs)} looks at pages, {len(found)} reports so far")
        for job in files:
            answer = job.result()
            if answer is None:
                notes.append("Left out: the Nu checker, because there is no Java here.")
            found += answer or []
    return Report(faults.merged(faults.placed(folder, fault) for fault in found), looked_at, walked, notes)


def _start(address, chromium):
    """Prepares a worker: it starts its browser with its first page."""
    _worker.update(address=address, chromium=chromium, measured=set())


def _browser():
    """The worker's browser."""
    if "browser" not in _worker:
        from playwright.sync_api import sync_playwright  # a worker that only reads files needs none

        _worker["playwright"] = sync_playwright().start()
        _worker["browser"] = Browser(_worker["playwright"], _worker["chromium"], _worker["address"])
    return _worker["browser"]


def _files(name, folder, wanted):
    """What an engine says of files."""
    answer = engines.html_validate(folder, wanted) if name == "html" else engines.nu(folder, wanted)
    return None if answer is None else list(answer)


def _looked_at(address):
    """What is wrong with a page as it opens."""
    browser = _browser()
    browser.open(address, SMALL)
    engines.inject(browser.page, "axe")
    found = [*browser.run(EVERYWHERE, address), *browser.other_languages(address), *engines.axe(browser.page, address, tools())]
    engines.inject(browser.page, "ibm")
    found += engines.ibm(browser.page, address, tools())
    browser.page.emulate_media(color_scheme="dark")
    return found + list(engines.axe(browser.page, address, tools(), only_colours=True, where=" (dark)"))


def _walked(address):
    """What is wrong with a page when it is used: with the Tab key, and when its controls are tried."""
    browser = _browser()
    return walk(browser, address, _worker["measured"]) + list(tried(browser, address))


def _resized(address):
    """What is wrong with a page in other windows, colours and sizes."""
    browser = _browser()
    found = []
    for size, colours, forced, name in ((WIDE, "light", "none", "1280 pixels"), (SMALL, "dark", "none", "dark"), (SMALL, "light", "active", "forced colours")):
        browser.open(address, size, colours, forced)
        engines.inject(browser.page, "axe")
        found += engines.axe(browser.page, address, tools(), where=f" ({name})")
        found += browser.run(("order", "reflow", "targets"), address, f" ({name})") if size == WIDE else []
    for size, rules, name in ((LOW, "", "320 by 256 pixels"), (WIDE | {"width": 640}, TWICE, "200 % text"), (SMALL, SPACED, "text spacing")):
        browser.open(address, size)
        engines.inject(browser.page, "axe")
        browser.page.evaluate(_RULES, rules)
        found += browser.run(("reflow",), address, f" ({name})")
    return found
