"""How the site is served on this computer: its own page for what is not there, and the headers that a host would send."""
import functools
import http.server
from pathlib import Path

from support_directory import headers


def server(folder, port=8000, under="/", as_a_host=False):
    """A server of the files in a folder, below the path `under`, not yet started. Port 0: any that is free. OSError: the port is taken.

    `as_a_host`: sends what _headers in that folder asks for, read anew for each answer. Otherwise no answer may be kept.
    """
    kind = AsAHost if as_a_host else Handler
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(kind, directory=str(folder), under=under))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site; an address that is not there gets the site's own page for it. Every answer is fresh."""

    def __init__(self, *args, under="/", **options):
        self.under = under
        super().__init__(*args, **options)

    def translate_path(self, path):
        """The file of an address: what is not below our path is nowhere."""
        return super().translate_path(path[len(self.under) - 1:]) if path.startswith(self.under) else str(Path(self.directory, "nothing is here"))

    def headers_to_send(self):
        """What is sent with this answer, as (name, value)."""
        return [("Cache-Control", "no-store")]

    def end_headers(self):
        for name, value in self.headers_to_send():
            self.send_header(name, value)
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


class AsAHost(Handler):
    """Serves the site as a host does that reads _headers."""

    def headers_to_send(self):
        """What the file says of the path that was asked for. Its rules may name the path of the public address, or none."""
        path = self.path.partition("?")[0]
        within = path[len(self.under) - 1:] if path.startswith(self.under) else path
        rules = headers.parsed(Path(self.directory, headers.PATH).read_text(encoding="utf-8"))
        return headers.of(path, rules) if rules[0][0] == f"{self.under}*" else headers.of(within, rules)
