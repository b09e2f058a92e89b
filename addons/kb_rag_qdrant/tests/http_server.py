# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Servers that are no good Qdrant."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

KEY = "qdrant-key-1234567890"
# Where a client has no deadline, a test does not wait for it without end.
_MOST_PARTS = 100


class HttpServer:
    """A server on a port of this machine."""

    def __init__(self, handler):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.stopped = Event()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self):
        self._server.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        """Say nothing."""

    def _begin(self, status, size):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(size))
        self.end_headers()


class ShowsTheKey(_Handler):
    """Refuses, and says what it was sent."""

    def do_GET(self):
        body = f'{{"status": {{"error": "not {self.headers["api-key"]}"}}}}'.encode()
        self._begin(401, len(body))
        self.wfile.write(body)


class NeverEnds(_Handler):
    """Sends a byte of its answer now and then."""

    def do_GET(self):
        self._begin(200, _MOST_PARTS)
        try:
            for _part in range(_MOST_PARTS):
                self.wfile.write(b" ")
                if self.server.stopped.wait(0.1):
                    return
        except OSError:
            self.close_connection = True
