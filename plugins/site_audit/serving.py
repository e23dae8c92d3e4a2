"""Serves a folder to a browser on this machine alone, gzipped as hosts of real sites do."""
import contextlib
import functools
import gzip
import http.server
import io
import threading

TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """One answer: a file, texts of it packed where the browser can unpack them."""
    protocol_version = "HTTP/1.1"

    def send_head(self):
        """Sends the head of an answer -> the file's content, or None. Folders and everything that is not there are left to the parent."""
        path = self.translate_path(self.path)
        path += "index.html" if path.endswith("/") else ""
        kind = self.guess_type(path)
        try:
            with open(path, "rb") as file:
                content = file.read()
        except OSError:
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        if kind.startswith(TEXTS) and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = packed(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(content)

    def log_message(self, *args):
        """Says nothing."""


@functools.lru_cache(maxsize=512)
def packed(content):
    """Bytes as gzip packs them, as small as it can."""
    return gzip.compress(content, 9, mtime=0)


class _Server(http.server.ThreadingHTTPServer):
    """A browser that leaves a page hangs up: that is nothing to report."""
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Says nothing."""


@contextlib.contextmanager
def served(folder):
    """Serves a folder -> its address without a slash at the end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
