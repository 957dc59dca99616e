"""Another record store for stories: small, in memory, and as badly behaved as it is told."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lrs.equivalence import are_equivalent

Statement = dict[str, Any]


class OtherStore:
    """Keeps statements by id, in the order of arrival; `requests` are the ids of each POST.

    `down` is the status for whatever comes (0: none), `refused` and `crashing` say over which
    statements it answers 400 and 500, `slow` how many seconds it thinks.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Statement] = {}
        self.arrived: list[str] = []
        self.requests: list[list[str]] = []
        self.connections = 0
        self.headers: list[dict[str, str]] = []
        self.down, self.retry_after, self.slow = 0, "", 0.0
        self.refused: Callable[[Statement], bool] = lambda statement: False
        self.crashing: Callable[[Statement], bool] = lambda statement: False
        store = self

        class Handler(_Handler):
            other = store

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/lrs/xapi/"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, statements: list[Statement]) -> tuple[int, str]:
        """Return status and words for a POST; all is kept, or nothing."""
        self.requests.append([one["id"] for one in statements])
        time.sleep(self.slow)
        if self.down:
            return self.down, "not now"
        if any(self.crashing(one) for one in statements):
            return 500, "crashed"
        if any(self.refused(one) for one in statements):
            return 400, "this verb is not known here"
        for one in statements:
            known = self.kept.get(one["id"])
            if known and not are_equivalent(known, one):
                return 409, "conflict"
        for one in statements:
            if one["id"] not in self.kept:
                self.arrived.append(one["id"])
            self.kept[one["id"]] = one
        return 200, json.dumps([one["id"] for one in statements])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    other: OtherStore

    def setup(self) -> None:
        super().setup()
        self.other.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.other.headers.append(dict(self.headers))
        self._answer(*self.other.take(json.loads(body)))

    def do_GET(self) -> None:
        id_ = parse_qs(urlsplit(self.path).query).get("statementId", [""])[0]
        found = self.other.kept.get(id_)
        self._answer(200 if found else 404, json.dumps(found))

    def _answer(self, status: int, words: str) -> None:
        self.send_response(status)
        if self.other.retry_after:
            self.send_header("Retry-After", self.other.retry_after)
        self.send_header("Content-Length", str(len(words.encode())))
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""
