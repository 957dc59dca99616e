"""To which addresses a hint may be sent: the public network, unless the operator allows more.

Otherwise whoever may enter an address here could let this server knock at doors inside the
institution's network (server-side request forgery). Names are looked up once, and the connection
is made to the very address that was judged: a name cannot mean another place a moment later.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
# Addresses that carry one of IPv4 in them, which need not be a public one.
_TRANSLATED = ip_network("64:ff9b::/96")


class EndpointRefused(ValueError):
    """An address that nothing is sent to; the message says why."""


def checked_endpoint(endpoint: str) -> SplitResult:
    """Return the parts of an address that a client may be hinted at. Raises EndpointRefused."""
    try:
        parts = urlsplit(endpoint.strip())
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise EndpointRefused(f"this is not an address: {error}") from error
    if not known or parts.username or parts.password or parts.fragment:
        raise EndpointRefused("this is not an address with a host and a path")
    if parts.scheme != "https" and (settings.WEBHOOK_HTTPS_ONLY or parts.scheme != "http"):
        raise EndpointRefused("the address must begin with https://")
    if _is_number(parts.hostname or ""):
        _require_allowed(parts.hostname or "")
    return parts


def address_of(host: str, port: int) -> str:
    """Return the address of a host. Raises EndpointRefused if one of them is not allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise EndpointRefused(f"there is no host {host}") from error
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    for address in addresses:
        _require_allowed(address)
    return addresses[0]


def _require_allowed(text: str) -> None:
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in ip_network(one) for one in settings.WEBHOOK_NETWORKS):
        return
    if not _is_public(address):
        raise EndpointRefused(f"{address} is not an address of the public network")


def _is_public(address: Address) -> bool:
    carries = isinstance(address, IPv6Address) and bool(
        address.sixtofour or address.teredo or address in _TRANSLATED
    )
    return address.is_global and not address.is_multicast and not carries


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
