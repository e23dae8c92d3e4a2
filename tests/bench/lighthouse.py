"""Lighthouse on one page of each template: a phone with a slow line, as Lighthouse plays it by default.

    python3 scripts/test.py            once, so that Node's tools and Chromium are there
    .venv/bin/python tests/bench/lighthouse.py OUTPUT [PAGE ...]

Prints a row a page: the four categories (of 100), when something is seen first (FCP) and the largest thing (LCP) in seconds, how much
moves (CLS), and the audits that fail. A draft forbids search engines to list it: for SEO that one audit, `is-crawlable`, may fail.
"""
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from site_audit import pages
from site_audit.serving import served

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# What a draft, and the page for addresses that do not exist, say on purpose: do not list me.
ON_PURPOSE = {"is-crawlable"}


@dataclass(frozen=True)
class Result:
    """What Lighthouse says of a page: scores of 100 by category, times in seconds, and the audits that fail by category."""
    page: str
    scores: dict
    fcp: float
    lcp: float
    cls: float
    failing: dict

    def perfect(self, category):
        """Whether a category is at 100, or only what is on purpose keeps it below."""
        failing = set(self.failing[category])
        return self.scores[category] == 100 or (failing and failing <= ON_PURPOSE)


def measure(address, page, chromium):
    """Runs Lighthouse on a page -> Result. Errors end the run with what Lighthouse said."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = ["node", str(ROOT / "node_modules/lighthouse/cli/index.js"), address + page, "--quiet", "--output=json", f"--output-path={answer}",
                   "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run", f"--only-categories={','.join(CATEGORIES)}"]
        run = subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, text=True)
        if run.returncode or not answer.exists():
            sys.exit(f"Lighthouse did not run on {page}: {run.stderr or run.stdout}")
        return result(page, json.loads(answer.read_text(encoding="utf-8")))


def result(page, told):
    """Lighthouse's JSON -> Result."""
    audits, categories = told["audits"], told["categories"]
    scores = {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}
    failing = {name: [part["id"] for part in categories[name]["auditRefs"] if part["weight"] and audits[part["id"]]["score"] not in (None, 1)]
               for name in CATEGORIES}
    seconds = [round(audits[name]["numericValue"] / 1000, 2) for name in ("first-contentful-paint", "largest-contentful-paint")]
    return Result(page, scores, *seconds, round(audits["cumulative-layout-shift"]["numericValue"], 3), failing)


def templates(output):
    """Pages of a site that together show every kind of element."""
    return pages.telling(output, [page for page in pages.addresses(output) if page.endswith("/")])


def measured(output, wanted, chromium):
    """Measures pages one after the other (two at once would slow each other) -> a result for each, as they come."""
    with served(output) as address:
        for page in wanted:
            yield measure(address, page, chromium)


def main(output, wanted):
    print(f"{'page':55} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5} {'FCP':>6} {'LCP':>6} {'CLS':>6}  below 100")
    for row in measured(output, wanted or templates(output), os.environ.get("CHROMIUM", "/usr/bin/chromium")):
        below = ", ".join(f"{name}: {' '.join(row.failing[name]) or '?'}" for name in CATEGORIES if row.scores[name] < 100)
        print(f"{row.page:55} {' '.join(f'{row.scores[name]:5}' for name in CATEGORIES)} {row.fcp:6.2f} {row.lcp:6.2f} {row.cls:6.3f}  {below}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
