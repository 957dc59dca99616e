"""The About Resource: which versions are spoken here. Open to everybody.

Source: xAPI 1.0.3 Communication 2.8, IEEE 9274.1.1 4.1.6.7.
"""

from lrs.http.answers import Answer, as_json
from lrs.http.exchange import Exchange
from lrs.http.versions import FIXED, SUPPORTED


def respond(exchange: Exchange) -> Answer:
    """Name the newest of each version; under a mount of one version, that one."""
    exchange.allow("GET")
    exchange.only()
    here = [fixed for name, fixed in FIXED.items() if exchange.mount.endswith(f"/{name}/")]
    return as_json({"version": here or list(SUPPORTED)})
