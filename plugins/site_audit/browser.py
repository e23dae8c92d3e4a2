"""A Chromium as the audit uses it: pages opened in one window, our own checks run in them."""
import os
from functools import lru_cache
from pathlib import Path

from . import faults, languages

FOLDER = Path(__file__).resolve().parent / "browser"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SMALL, LOW, WIDE = {"width": 320, "height": 640}, {"width": 320, "height": 256}, {"width": 1280, "height": 720}
OWN = "own checks"
# Each file is one check, or several that look at the same elements. What they see and do not see stands in each.
EVERYWHERE = ("pictures", "links", "headings", "forms", "order", "colours", "tables", "reflow", "targets", "clicks", "announced")
PRESSES = {"click", "mousedown", "mouseup", "dblclick", "pointerdown", "pointerup", "touchend"}

# Notes an element that listens; listeners of the whole page hear the keys of all of it.
_NOTE = """function () {
    if (this === document || this === document.body) { window.__keysAbove ||= KEYS; }
    else (KEYS ? window.__keys : window.__pressed).add(this);
}"""


@lru_cache(maxsize=32)
def read(name):
    """The text of one of our scripts: an expression, without the comments before it."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8").strip()


def tools():
    """The text of tools.js."""
    return read("tools")


class Browser:
    """Opens pages of one site. No service worker, no request to anybody else, no movement."""

    def __init__(self, playwright, executable, address):
        self.address = address
        self.chromium = playwright.chromium.launch(executable_path=executable or os.environ.get("CHROMIUM") or None, args=FLAGS)
        context = self.chromium.new_context(viewport=SMALL, service_workers="block", reduced_motion="reduce")
        context.route(lambda url: not url.startswith((address, "data:", "blob:", "about:")), lambda route: route.abort())
        self.page = context.new_page()
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.meter = context.new_page()  # compares pictures; a page of its own, so that no policy is in its way
        self.devtools = context.new_cdp_session(self.page)

    def close(self):
        """Ends the browser."""
        self.chromium.close()

    def open(self, page, size=SMALL, colours="light", forced="none"):
        """Opens a page in a window of a size, once it and its scripts have loaded."""
        self.page.emulate_media(color_scheme=colours, forced_colors=forced)
        self.page.set_viewport_size(size)
        self.page.goto(self.address + page, wait_until="load")
        if self.page.evaluate("document.scripts.length > 2"):
            self.page.wait_for_load_state("networkidle")

    def run(self, names, page, where=""):
        """Runs our own checks on the page that is open, which has axe-core -> their faults."""
        if "clicks" in names:
            self.listeners()
        checks = ", ".join(f"({read(name).rstrip(';')})" for name in names)
        program = f"""() => {{ axe.setup(document); try {{
            const tools = ({tools()})();
            return [{checks}].flatMap(check => check(tools)).map(({{element, ...rest}}) => ({{...rest, ...tools.place(element)}}));
        }} finally {{ axe.teardown(); }} }}"""
        return [faults.in_page(row["kind"], OWN, page, row["found"] + where, row) for row in self.page.evaluate(program)]

    def listeners(self):
        """Tells the page which of its elements listen to presses and keys; only the debugger knows."""
        session = self.devtools
        program = "window.__pressed = new Set(); window.__keys = new Set(); window.__keysAbove = false; document"
        document = session.send("Runtime.evaluate", {"expression": program})
        heard = session.send("DOMDebugger.getEventListeners", {"objectId": document["result"]["objectId"], "depth": -1, "pierce": False})["listeners"]
        for listener in heard:
            keys = listener["type"].startswith("key")
            if not (keys or listener["type"] in PRESSES) or "backendNodeId" not in listener:
                continue
            node = session.send("DOM.resolveNode", {"backendNodeId": listener["backendNodeId"]})["object"]["objectId"]
            session.send("Runtime.callFunctionOn", {"objectId": node, "functionDeclaration": _NOTE.replace("KEYS", "true" if keys else "false")})

    def other_languages(self, page):
        """Texts in another language than they are said to be in -> faults."""
        texts = self.page.evaluate(f"() => ({read('texts').rstrip(';')})(({tools()})())")
        return [faults.in_page("language-not-marked", OWN, page, found, text) for text, found in languages.faults(texts)]
