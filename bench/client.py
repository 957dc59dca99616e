"""A load of HTTP/1.1 requests over kept connections, timed one by one."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD_END = b"\r\n\r\n"


@dataclass
class Request:
    """What one visitor sends again and again. `body` makes it a POST of a form.

    `{count}` in the body becomes the number of times it was sent before: the version of an answer.
    """

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    sent: int = 0

    def next(self, host: str) -> bytes:
        """Return the bytes of the next request."""
        body = self.body.replace("{count}", str(self.sent))
        self.sent += 1
        return self._head(host, len(body)) + body.encode()

    def _head(self, host: str, length: int) -> bytes:
        method = "POST" if self.body else "GET"
        lines = [f"{method} {self.path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {length}",
            ]
        return "\r\n".join(lines).encode() + _HEAD_END


@dataclass
class Timing:
    """What came of a run: seconds of each request, and how long the whole took."""

    seconds: list[float]
    elapsed: float
    failures: int

    def quantile(self, share: float) -> float:
        """Return a quantile in milliseconds."""
        return quantile(self.seconds, share)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed


def quantile(seconds: Sequence[float], share: float) -> float:
    """Return a quantile in milliseconds; 0 of nothing."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


@dataclass(frozen=True)
class Answer:
    """An answer as it came: names and values of its headers in small letters, body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One kept connection; it reads just as much of HTTP as the site's own server sends."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, message: bytes) -> tuple[int, bytes]:
        """Send a request; return status and body."""
        answer = self.ask(message)
        return answer.status, answer.body

    def ask(self, message: bytes) -> Answer:
        """Send a request. Raises OSError if the server closes the connection."""
        self._socket.sendall(message)
        received = b""
        while _HEAD_END not in received:
            received += self._receive()
        head, _, body = received.partition(_HEAD_END)
        lines = head.decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        if headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._receive()
        else:
            while len(body) < int(headers.get("content-length", 0)):
                body += self._receive()
        return Answer(int(lines[0].split()[1]), headers, body)

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received


def run(
    *, host: str, port: int, visitors: list[Request], seconds: float, expected: int = 200
) -> Timing:
    """Let each visitor send for so long over a connection of its own; one warm-up each first."""
    name = f"{host}:{port}"
    taken: list[float] = []
    failures: list[int] = []

    def work(visitor: Request) -> None:
        connection = Connection(host, port)
        connection.send(visitor.next(name))
        barrier.wait()
        end = time.perf_counter() + seconds
        while (started := time.perf_counter()) < end:
            status, _ = connection.send(visitor.next(name))
            taken.append(time.perf_counter() - started)
            if status != expected:
                failures.append(status)

    barrier = threading.Barrier(len(visitors) + 1)
    threads = [threading.Thread(target=work, args=[v], daemon=True) for v in visitors]
    for thread in threads:
        thread.start()
    barrier.wait(timeout=60)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Timing(seconds=taken, elapsed=time.perf_counter() - began, failures=len(failures))
