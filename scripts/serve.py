"""Serves the directory on this computer and builds it again whenever something changes.

    python3 scripts/serve.py [--port 8000] [--site DIR]

Open http://localhost:8000 in a browser. Problems in the listings are shown here, and the last good site stays. Stop with Ctrl+C.
"""
import argparse
import functools
import http.server
import subprocess
import sys
import threading
import time
from pathlib import Path

import _setup

_setup.ready()

import watchfiles  # noqa: E402

WATCHED = ("providers", "content", "theme", "schema", "plugins")
OURS = (_setup.ROOT / "theme", _setup.ROOT / "schema", _setup.ROOT / "plugins")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with pelicanconf.py, content/ and providers/")
    parser.add_argument("--output", type=Path, help="where the site is written (default: output/ in the site's folder)")
    args = parser.parse_args()
    output = (args.output or args.site / "output").resolve()
    build(args.site, output)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", args.port), functools.partial(Handler, directory=str(output)))
    except OSError as error:
        sys.exit(f"Cannot serve on port {args.port}: {error.strerror}. Try another one: --port {args.port + 1}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _setup.say(f"The site is on http://localhost:{args.port} - stop with Ctrl+C")
    try:
        for changes in watchfiles.watch(*watched(args.site), raise_interrupt=True):
            names = sorted({Path(path).name for _, path in changes})
            _setup.say(f"{time.strftime('%H:%M:%S')} changed: {', '.join(names[:3])}{' ...' if len(names) > 3 else ''}")
            build(args.site, output)
    except KeyboardInterrupt:
        server.shutdown()
    return 0


def watched(site):
    """The folders whose changes matter: the site's own, and the project's theme, schemas and code."""
    folders = {Path(site, name).resolve() for name in WATCHED} | set(OURS)
    return sorted(folder for folder in folders if folder.is_dir())


def build(site, output):
    """One build in a process of its own, so that changed code counts too; what it says goes to this terminal."""
    subprocess.run([sys.executable, str(_setup.ROOT / "scripts" / "build.py"), "--site", str(site), "--output", str(output)])


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site; an address that is not there gets the site's own page for it. Every answer is fresh."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, *args):
        """Quiet: the terminal is for problems."""


if __name__ == "__main__":
    sys.exit(main())
