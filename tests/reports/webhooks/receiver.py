"""The other side of a webhook for stories: it keeps what arrives, and answers as it is told."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Receiver:
    """`status` is what it answers; `headers` what it says beside that."""

    def __init__(self) -> None:
        self.status = 204
        self.says: dict[str, str] = {}
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.headers.append({k.lower(): v for k, v in self.headers.items()})
                self.send_response(receiver.status)
                for name, value in receiver.says.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *words: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hints"

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers in self.headers]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
