"""To which addresses statements may be sent.

Only administrators choose one. It may well lie in the institution's own network, so private
addresses are allowed; what is refused is to send statements, and the secret, in the clear.
"""

from urllib.parse import urlsplit

from django.conf import settings


class EndpointRefused(ValueError):
    """An address that nothing is sent to; the message says why."""


def checked_endpoint(endpoint: str) -> str:
    """Return an endpoint with a slash at its end. Raises EndpointRefused."""
    try:
        parts = urlsplit(endpoint.strip())
        known = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise EndpointRefused(f"the endpoint is not an address: {error}") from error
    if not known or parts.username or parts.password or parts.query or parts.fragment:
        raise EndpointRefused("the endpoint is an address with a host, a path and nothing else")
    if parts.scheme != "https" and not (parts.scheme == "http" and _may_be_clear()):
        raise EndpointRefused("the endpoint must begin with https://")
    path = parts.path.rstrip("/").removesuffix("/statements")
    return f"{parts.scheme}://{parts.netloc}{path}/"


def _may_be_clear() -> bool:
    return bool(settings.DEBUG or settings.DEMO)
