"""Credentials of the record store for stories, and the headers that a client sends with them."""

import base64
from typing import Any

from lrs.access import secret_hash
from lrs.models import Credential

_SECRET = "a secret of the stories"


def credential(*, version: str = "1.0.3", **overrides: Any) -> tuple[Credential, dict[str, str]]:
    """Store a credential that may do everything, unless told otherwise.

    Returns it with the headers of a request that speaks this version of xAPI.
    """
    number = Credential.objects.count() + 1
    fields: dict[str, Any] = {
        "name": f"A client {number}",
        "key": f"client-{number}",
        "secret_hash": secret_hash(_SECRET),
        "scopes": ["all"],
    }
    made = Credential.objects.create(**fields | overrides)
    pair = base64.b64encode(f"{made.key}:{_SECRET}".encode()).decode()
    return made, {"Authorization": f"Basic {pair}", "X-Experience-API-Version": version}
