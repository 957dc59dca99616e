"""A connection to another store: plain HTTP, kept open, and never waited for without end.

Redirections are not followed and proxies of the environment not used: statements go to the
address that an administrator chose, and nowhere else.
"""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlsplit

from lrs.forwarding.outcomes import Unreachable

TIMEOUT = 10.0  # seconds, for each step of a request
_MOST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What came back; `response` is http.client's own, already read."""

    response: http.client.HTTPResponse
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Line:
    """One connection to one endpoint. Use it as a context manager."""

    def __init__(self, endpoint: str, *, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(endpoint)
        kinds = {"https": http.client.HTTPSConnection, "http": http.client.HTTPConnection}
        self._root = parts.path.rstrip("/") + "/"
        self._connection = kinds[parts.scheme](parts.hostname or "", parts.port, timeout=timeout)

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def request(
        self, method: str, resource: str, *, headers: Mapping[str, str], body: bytes | None = None
    ) -> Reply:
        """Send a request and read the answer. Raises Unreachable.

        A connection that was kept open may have been closed by the other side meanwhile: then it
        is opened anew, once. To send statements twice does no harm: their ids make them one.
        """
        was_open = self._connection.sock is not None
        try:
            return self._once(method, resource, headers, body)
        except TimeoutError as error:
            self._connection.close()
            raise Unreachable("no answer in time") from error
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            if was_open:
                return self.request(method, resource, headers=headers, body=body)
            raise Unreachable(f"no connection: {type(error).__name__}: {error}"[:300]) from error

    def _once(
        self, method: str, resource: str, headers: Mapping[str, str], body: bytes | None
    ) -> Reply:
        self._connection.request(method, self._root + resource, body, dict(headers))
        response = self._connection.getresponse()
        content = response.read(_MOST)
        if not response.isclosed():  # more than anybody has to say about statements
            self._connection.close()
        return Reply(response, content)
