"""Signatures as Standard Webhooks has them: `v1`, HMAC-SHA256 over id, moment and body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a secret as it is given to the other side."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(
    *, message: UUID, at: datetime, body: bytes, secrets_: Iterable[str]
) -> dict[str, str]:
    """Return the headers of a message, signed with each secret that is valid now."""
    name, moment = f"msg_{message.hex}", str(int(at.timestamp()))
    content = f"{name}.{moment}.".encode() + body
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets_),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
