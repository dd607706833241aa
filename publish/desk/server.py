"""The desk's answers to a browser on the same machine, and to nobody else.

The server listens on the loopback address alone. Every address begins with a random token, and
every request must name this very host: a page from elsewhere that a browser is talked into calling
this address knows neither. Nothing is fetched from outside, and the browser is told to refuse it.
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from publish.desk.scans import TYPES
from publish.desk.work import Desk
from publish.errors import PublishError, UsageError
from publish.resources import font, style
from publish.theme import GARAMOND

HERE = Path(__file__).parent
LONGEST = 100_000  # bytes of a decision
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class DeskServer(ThreadingHTTPServer):
    """Serves one desk at `address`; `serve_forever` until `shutdown`. Port 0 takes a free one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no fault; anything else keeps its traceback."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: DeskServer
    server_version = "publish"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        path = self._path()
        if path is None:
            return
        if path == "":
            self._send((HERE / "desk.html").read_bytes(), "text/html")
        elif path == "desk.js":
            self._send((HERE / "desk.js").read_bytes(), "text/javascript")
        elif path == "desk.css":
            self._send(style("desk.css").encode(), "text/css")
        elif path.startswith("fonts/"):
            self._font(path.removeprefix("fonts/"))
        elif path == "state":
            self._state()
        elif path.startswith("scans/"):
            self._scan(path.removeprefix("scans/"))
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")

    def do_POST(self) -> None:
        path = self._path()
        if path is None:
            return
        origin = self.headers.get("Origin")
        if origin is not None and origin != f"http://{self.headers['Host']}":
            self._refuse(HTTPStatus.FORBIDDEN, "The request comes from another page.")
            return
        length = self.headers.get("Content-Length", "")
        kind = self.headers.get("Content-Type", "").split(";")[0]
        if not length.isdecimal() or int(length) > LONGEST or kind != "application/json":
            self._refuse(HTTPStatus.BAD_REQUEST, "A decision is a short piece of JSON.")
            return
        try:
            wanted = json.loads(self.rfile.read(int(length)))
            if not isinstance(wanted, dict):
                raise UsageError("a decision is a JSON object.")
            desk = self.server.desk
            if path == "decide":
                self._json(desk.decide(wanted))
            elif path == "undo":
                self._json(desk.undo())
            elif path == "ask":
                self._json(desk.ask(wanted))
            else:
                self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
        except (ValueError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no JSON.")
        except PublishError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))

    def _path(self) -> str | None:
        """What stands behind the token; None, and the request refused, where it may not be here."""
        hosts = {f"{name}:{self.server.server_port}" for name in ("127.0.0.1", "localhost")}
        if self.headers.get("Host") not in hosts:
            self._refuse(HTTPStatus.FORBIDDEN, "This desk answers at its own address only.")
            return None
        token, _, path = urlsplit(self.path).path.removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "The address lacks the token of this desk.")
            return None
        return unquote(path)

    def _state(self) -> None:
        after = parse_qs(urlsplit(self.path).query).get("after", ["0"])[0]
        state = self.server.desk.state(int(after) if after.isdecimal() else 0)
        if state is None:
            self._send(b"", "application/json", HTTPStatus.NO_CONTENT)
        else:
            self._json(state)

    def _font(self, name: str) -> None:
        if name in GARAMOND.files:
            self._send(font(name).read_bytes(), "font/ttf")
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such font.")

    def _scan(self, name: str) -> None:
        if any(scan.name == name for scan in self.server.desk.scans):
            path = self.server.desk.folder / "scans" / name
            self._send(path.read_bytes(), TYPES[path.suffix.lower()])
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such image.")

    def _json(self, value: dict[str, Any]) -> None:
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._send(data.encode("utf-8", "surrogatepass"), "application/json")

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True  # what else was sent has not been read
        self._send(json.dumps({"error": message}).encode(), "application/json", status)

    def _send(self, data: bytes, type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        text = type.startswith("text/") or type == "application/json"
        self.send_header("Content-Type", f"{type}; charset=utf-8" if text else type)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(data)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status is not HTTPStatus.NO_CONTENT:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: only the command line prints."""
