"""How our search does beside Pagefind, on the same built site and in the same browser, the size of a phone.

    .venv/bin/python -m pip install --require-hashes -r requirements/bench.txt      once
    .venv/bin/python tests/bench/pagefind_beside.py OUTPUT [--queries FILE --labels FILE]

Asks both of them the phrases of content/search-phrases.yaml, or those of a file of one's own: a list of {query, expected: [label], expected_provider},
and a file that says which answers are right for a label ("crime-type:SLUG" or "page:SLUG"). Queries that name a provider, or for which nothing
here is right, are left out. Prints a row each:

success@3   in how many of a hundred a right crime type or page is among the first three crime types and pages of the results
nothing     in how many of a hundred no crime type or page comes at all
bytes       what a first answer on a fresh page loads, as sent (text after gzip -9), without the page itself, stylesheets and icons: the median
            of several questions; of Pagefind it includes the first five results, without which there is nothing to show
ms          from asking to the results on a page that has answered before: the median, and what 95 of a hundred stay under; Pagefind
            loads parts of its index with the words that need them, and is quickest where it finds nothing

The site's own phrases are ones that our search has to answer (the tests see to it), so only phrases that nobody wrote it for compare the two
fairly. Pagefind runs as it comes: it reads the words of the pages alone, and finds the pages that hold every word of a question. The words
that editors gave to answers are our search's own.
"""
import argparse
import contextlib
import functools
import gzip
import http.server
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml
from playwright.sync_api import sync_playwright

from browser_tools import FLAGS, ROOT

PHRASES = ROOT / "content/search-phrases.yaml"
INSTALL = "Pagefind is not installed. Run: .venv/bin/python -m pip install --require-hashes -r requirements/bench.txt"
PHONE = {"width": 412, "height": 823}
FIRST, SHOWN, FRESH = 3, 5, 15  # results that count; results that a page of Pagefind shows; questions that are asked on a page of their own
BLANK = "pagefind-blank.html"
TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt"}  # the rest (wasm, .pf_*) is compressed as it lies there
APART = {".html", ".css", ".svg", ".ico", ".png"}
LISTS = {"areas", "help", "providers", "search"}  # pages that list or search: our search never gives them as an answer either

ASK_OURS = """async (words) => {
  const region = document.querySelector("[data-search]");
  const box = document.querySelector("input[type=search]");
  const answered = new Promise((resolve, reject) => {
    new MutationObserver(resolve).observe(region, { attributeFilter: ["data-answers"] });
    setTimeout(() => reject(new Error("no answer to: " + words)), 20000);
  });
  const asked = performance.now();
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.form.requestSubmit();
  await answered;
  const ms = performance.now() - asked;
  const shown = [...document.querySelectorAll("[data-result]")].filter((item) => item.checkVisibility());
  return { ms, answers: shown.map((item) => `${item.dataset.result}:${item.dataset.slug}`) };
}"""
# What comes after the results that are shown is read outside the time: several may be the same answer for several areas.
ASK_PAGEFIND = """async ([words, shown, all]) => {
  window.found ||= await import("/pagefind/pagefind.js");
  const asked = performance.now();
  const { results } = await found.search(words);
  const first = await Promise.all(results.slice(0, shown).map((result) => result.data()));
  const ms = performance.now() - asked;
  const rest = all ? await Promise.all(results.slice(shown).map((result) => result.data())) : [];
  return { ms, addresses: [...first, ...rest].map((result) => result.url) };
}"""


class Site(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, text after gzip -9, and notes in `sent` how many bytes of which kind went out."""

    def __init__(self, *args, sent, **options):
        self.sent = sent
        super().__init__(*args, **options)

    def do_GET(self):
        """Sends a file, or the index of a folder."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if file.suffix in TEXT:
            body = gzip.compress(body, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.sent.append((file.suffix, len(body)))  # before the body, so that whoever has it finds it counted
        self.wfile.write(body)

    def log_message(self, *args):
        """Says nothing."""


@contextlib.contextmanager
def served(folder, sent):
    """Serves a folder as a host would -> its address without a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Site, directory=str(folder), sent=sent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def own_phrases():
    """The site's own phrases -> [(words, the right answers)]."""
    rows = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))["phrases"]
    kept = [row for row in rows if not (ROOT / f"providers/{row['finds']}.yaml").exists()]
    return [(row["typed"], {f"crime-type:{row['finds']}", f"page:{row['finds']}"}) for row in kept]


def labelled(queries, labels):
    """A file of queries and one of labels -> [(words, the right answers)]."""
    answers = yaml.safe_load(labels.read_text(encoding="utf-8"))
    rows = yaml.safe_load(queries.read_text(encoding="utf-8"))
    kept = [row for row in rows if row["expected"] and not row.get("expected_provider")]
    return [(row["query"], {answer for label in row["expected"] for answer in answers[label]}) for row in kept]


def answer_of(address):
    """The address of a page -> the answer that it is, or None: help for one area is the same answer as help for all."""
    crime = re.fullmatch(r"/help/([^/]+)/(?:[^/]+/)?", address)
    page = re.fullmatch(r"/([^/]+)/", address)
    if crime:
        return f"crime-type:{crime[1]}"
    return f"page:{page[1]}" if page and page[1] not in LISTS else None


def leading(answers):
    """Answers in the order of the results -> the first crime types and pages among them, each once."""
    wanted = [answer for answer in answers if answer and answer.startswith(("crime-type:", "page:"))]
    return list(dict.fromkeys(wanted))[:FIRST]


def ask_ours(page, words, _all_results=True):
    """Asks our search -> (milliseconds, the first answers)."""
    got = page.evaluate(ASK_OURS, words)
    return got["ms"], leading(got["answers"])


def ask_pagefind(page, words, all_results=True):
    """Asks Pagefind -> (milliseconds, the first answers)."""
    got = page.evaluate(ASK_PAGEFIND, [words, SHOWN, all_results])
    return got["ms"], leading(map(answer_of, got["addresses"]))


@contextlib.contextmanager
def opened(browser, address):
    """A page in a context of its own, so that nothing is cached."""
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def first_bytes(browser, address, sent, ask, words):
    """The bytes that a first answer loads on a fresh page."""
    sent.clear()
    with opened(browser, address) as page:
        ask(page, words, False)
        total = sum(size for suffix, size in list(sent) if suffix not in APART)
        page.wait_for_load_state("networkidle")  # so that what still comes is not counted for the next page
    return total


def measure(browser, address, sent, ask, asked):
    """One side -> the numbers of its row."""
    some = asked[::max(1, len(asked) // FRESH)][:FRESH]
    weights = [first_bytes(browser, address, sent, ask, words) for words, _ in some]
    with opened(browser, address) as page:
        ask(page, asked[0][0])
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)  # our search loads other languages a little after its first answer
        rows = [(*ask(page, words), right) for words, right in asked]
    times = sorted(row[0] for row in rows)
    good = sum(bool(right.intersection(answers)) for _, answers, right in rows)
    empty = sum(not answers for _, answers, _ in rows)
    share = 100 / len(rows)
    return good * share, empty * share, statistics.median(weights), statistics.median(times), times[int(len(times) * .95)]


def compare(folder, asked):
    """A site with Pagefind's files in it -> {name: the numbers of its row}."""
    sides = {"ours": ("/search/", ask_ours), "Pagefind": (f"/{BLANK}", ask_pagefind)}
    sent = []
    with served(folder, sent) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        rows = {name: measure(browser, address + path, sent, ask, asked) for name, (path, ask) in sides.items()}
        browser.close()
    return rows


def with_pagefind(output, folder):
    """Copies a built site and lets Pagefind index the main part of its pages, without menus and footers."""
    shutil.copytree(output, folder)
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--root-selector", "main", "--quiet"]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stdout + answer.stderr)
    # The site's pages forbid what Pagefind needs (WebAssembly), so it runs on a page without rules. The icon keeps the browser from asking for one.
    (folder / BLANK).write_text('<!doctype html><html lang="en-GB"><title>Pagefind</title><link rel="icon" href="data:,">', encoding="utf-8")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="the folder of a built site")
    parser.add_argument("--queries", type=Path, help="queries instead of the site's own phrases")
    parser.add_argument("--labels", type=Path, help="which answers are right for a label of the queries")
    options = parser.parse_args()
    if bool(options.queries) != bool(options.labels):
        parser.error("--queries and --labels go together")
    if not importlib.util.find_spec("pagefind"):
        sys.exit(INSTALL)
    asked = labelled(options.queries, options.labels) if options.queries else own_phrases()
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(with_pagefind(options.output, Path(folder) / "site"), asked)
    print(f"{len(asked)} questions")
    print(f"{'':10} {'success@3':>9} {'nothing':>8} {'bytes':>8} {'ms median':>10} {'ms p95':>7}")
    for name, (good, empty, size, median, most) in rows.items():
        print(f"{name:10} {good:>9.1f} {empty:>8.1f} {size:>8,.0f} {median:>10.1f} {most:>7.1f}")


if __name__ == "__main__":
    main()
