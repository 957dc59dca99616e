"""Nobody makes this server knock at doors inside the institution's network."""

import socket
from typing import Any

import pytest

from reports.webhooks.endpoints import EndpointRefused, address_of, checked_endpoint
from reports.webhooks.sending import post


@pytest.fixture(autouse=True)
def _as_on_a_real_site(settings: Any) -> None:
    settings.WEBHOOK_HTTPS_ONLY, settings.WEBHOOK_NETWORKS = True, []


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://example.org/hints",
        "ftp://example.org/hints",
        "https://",
        "nonsense",
        "https://user:secret@example.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://[::ffff:192.168.1.1]/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_what_is_no_public_address_is_refused(endpoint: str) -> None:
    with pytest.raises(EndpointRefused):
        checked_endpoint(endpoint)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  (refused)
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolves_to(monkeypatch, "203.0.114.5", address)
    with pytest.raises(EndpointRefused, match="public network"):
        address_of("example.org", 443)


def test_a_public_name_is_connected_to_where_it_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means another place a moment later leads nowhere: it is asked once."""
    asked, reached = [], []
    answers = iter([[(2, 1, 6, "", ("8.8.8.8", 443))], [(2, 1, 6, "", ("127.0.0.1", 443))]])

    def look_up(host: str, *args: object, **kwargs: object) -> Any:
        asked.append(host)
        return next(answers)

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address)
        raise OSError("unreachable in a story")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Exception, match="no connection"):
        post("https://example.org/hints", headers={}, body=b"{}")
    assert (asked, reached) == (["example.org"], [("8.8.8.8", 443)])


def test_the_operator_may_allow_a_network(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["10.1.0.0/16"]
    resolves_to(monkeypatch, "10.1.2.3")
    assert address_of("inside.example.org", 443) == "10.1.2.3"
    resolves_to(monkeypatch, "10.2.2.3")
    with pytest.raises(EndpointRefused):
        address_of("inside.example.org", 443)
