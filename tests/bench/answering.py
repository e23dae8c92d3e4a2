"""How long a reader waits for the search on a slow phone: from opening the page to the first answer, and from Enter to the results.

    CHROMIUM=/usr/bin/chromium .venv/bin/python tests/bench/answering.py OUTPUT [--slower 4]

In a real Chromium the size of a phone, slowed by the factor (budget, 4 times slower: 600 ms for the first answer, 100 ms from Enter to the results
for 95 in 100). Words stand in the box when the page is ready, so that the first answer comes as soon as it can. The time until the page itself is
read is printed apart. Each figure is the middle one of several runs; they vary by a tenth on a machine that does something else as well.
"""
import argparse
import os
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from browser_tools import FLAGS, served  # noqa: E402
from support_directory import load  # noqa: E402

OPENINGS = 11
MARKS = """addEventListener("DOMContentLoaded", () => {
    window.marks = {page: performance.now(), waits: []};
    const box = document.querySelector("input[type=search]"), region = document.querySelector("[data-search]");
    box.value = "burglary bootle";
    addEventListener("keydown", event => { if (event.key === "Enter") marks.pressed = performance.now(); }, true);
    new MutationObserver(() => {
        marks.ready ||= region.dataset.state === "ready" && performance.now();
        if (region.dataset.answers > 0) marks.answer ||= performance.now();
        if (marks.pressed) { marks.waits.push(performance.now() - marks.pressed); marks.pressed = 0; }
    }).observe(region, {attributes: true});
});"""


def opened(browser, address, slower):
    """Opens the search page -> (the page, its context). Nothing is asked of it while it loads: that would slow it down."""
    context = browser.new_context(viewport={"width": 412, "height": 915})
    page = context.new_page()
    page.add_init_script(MARKS)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address + "/search/")
    page.wait_for_timeout(600 * slower)
    return page, context


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="the folder of a built site")
    parser.add_argument("--slower", type=int, default=4, help="how many times slower the processor is made (default: 4)")
    args = parser.parse_args()
    phrases = [row["typed"] for row in load.read_yaml((ROOT / "content/search-phrases.yaml").read_text(encoding="utf-8"))[0]["phrases"]]
    with served(args.output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        found = []
        for _ in range(OPENINGS):
            page, context = opened(browser, address, args.slower)
            found.append(page.evaluate("marks"))
            if len(found) < OPENINGS:
                context.close()
        for phrase in phrases:
            page.fill("input[type=search]", phrase)
            page.press("input[type=search]", "Enter")
            page.wait_for_timeout(100 * args.slower)
        waits = sorted(page.evaluate("marks.waits"))
        browser.close()
    for name, said in (("page", "the page is read"), ("ready", "the search is ready"), ("answer", "the first answer is there")):
        times = sorted(marks[name] for marks in found)
        print(f"{said}: {statistics.median(times):.0f} ms after opening ({times[0]:.0f} to {times[-1]:.0f})")
    print(f"Enter to the results: {statistics.median(waits):.0f} ms, for 95 in 100 at most {waits[len(waits) * 95 // 100]:.0f} ms ({len(waits)} phrases)")


if __name__ == "__main__":
    main()
