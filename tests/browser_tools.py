"""What the browser tests share: building and serving a site, the templates to look at, axe-core."""
import contextlib
import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))  # what measures (tests/bench) runs without pytest, which would have done this

from site_audit.browser import FLAGS  # noqa: E402, F401

AXE = ROOT / "node_modules/axe-core/axe.min.js"
EXIT_TARGET = "https://weather.example.org"
PUBLIC_URL = "https://help.example.org/merseyside/"  # of a site that is built for its public address
# One page of each template of the made-up force, and what it is.
TEMPLATES = {
    "home": "/", "help index": "/help/", "help": "/help/burglary/", "help in an area": "/help/stalking/hilltop/",
    "no specialist": "/help/not-sure/harbour/", "areas": "/areas/", "area": "/areas/harbour/", "providers": "/providers/",
    "provider": "/providers/harbour-advice/", "closed provider": "/providers/old-lamp/", "refuge": "/providers/hilltop-refuge/",
    "search": "/search/", "words": "/privacy/", "emergency": "/emergency/", "update": "/update/", "about": "/about/", "missing": "/404.html",
    "offline": "/offline/", "professionals": "/professionals/",
    "first question": "/start/", "next question": "/start/happened/", "last question": "/start/where/burglary/",
    "timeline": "/what-happens-next/", "self-help": "/self-help/", "self-help page": "/sleep/", "news": "/news/",
    "article": "/news/hub-opens/",
    "services by year": "/commissioning/", "services of a year": "/commissioning/2024-25/",
    "figures": "/performance/", "figures of a period": "/performance/2025-26-q2/", "monitoring": "/performance/monitoring/",
}


def build(site, output, date="2026-03-01"):
    """Runs scripts/build.py as an editor would. `date`: the day that is today for it; None for the day that it is."""
    day = ["--date", date] if date else []
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(output), *day]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return output


@contextlib.contextmanager
def served(folder, asked=None):
    """Serves a folder -> its address without a slash at the end. `asked`: a list that takes the path of every request."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_request(self, *args):
            if asked is not None:
                asked.append(self.path)

        def log_message(self, *args):
            """Says nothing."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def axe(page):
    """Runs axe-core on a page: every rule of WCAG 2.2 A and AA and of best practice -> the faults, each with where it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found["violations"] for node in fault["nodes"]]


def html_faults(output):
    """Runs html-validate on every page of a folder -> its faults (the rules that are off have their reasons in site_audit/left_out.py)."""
    from site_audit import engines, pages

    return list(engines.html_validate(output, pages.addresses(output)))
