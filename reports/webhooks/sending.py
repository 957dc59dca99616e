"""One request to one endpoint: to the address that was judged, without following anybody."""

import http.client
import socket
import ssl

from lrs.forwarding.outcomes import Unreachable
from reports.webhooks.endpoints import address_of, checked_endpoint

TIMEOUT = 10.0  # seconds, for each step
_PORTS = {"https": 443, "http": 80}
_MOST = 300


def post(endpoint: str, *, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], str]:
    """Send a message; return status, headers and the beginning of what was answered.

    Raises EndpointRefused, or Unreachable where nobody answers.
    """
    parts = checked_endpoint(endpoint)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    connection = _Pinned(host, port, address_of(host, port), is_secret=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        text = response.read1(_MOST).decode(errors="replace")
        return response.status, dict(response.headers), text
    except TimeoutError as error:
        raise Unreachable("no answer in time") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"no connection: {type(error).__name__}: {error}"[:_MOST]) from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to an address, under the name of a host."""

    def __init__(self, host: str, port: int, address: str, *, is_secret: bool) -> None:
        self.default_port = _PORTS["https" if is_secret else "http"]
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._is_secret = address, is_secret

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._is_secret:
            secure = ssl.create_default_context()
            self.sock = secure.wrap_socket(self.sock, server_hostname=self.host)
