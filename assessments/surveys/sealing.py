"""What waits in an urn, encrypted: the database or a copy of it alone does not open it.

Every sealed text has the same length and says nothing of when it was sealed, so that it cannot be
seen from outside whether something was put in.
"""

import base64
import hashlib
import json
import logging
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_PURPOSE = b"putokaz survey urns"
_LENGTH = 8192  # room for four answers of eight questions; more takes a multiple of it
_NO_MOMENT = 0

_log = logging.getLogger(__name__)


def seal(contents: Any) -> str:
    """Encrypt what is in an urn."""
    text = json.dumps(contents, separators=(",", ":")).encode()
    padded = text.ljust(-(-len(text) // _LENGTH) * _LENGTH)
    # Fernet writes the second of encryption in the clear, unless it is told another.
    return _fernet().encrypt_at_time(padded, current_time=_NO_MOMENT).decode()


def unseal(sealed: str) -> Any:
    """Return what is in an urn; None if it is empty, or was sealed under another SECRET_KEY."""
    if not sealed:
        return None
    try:
        return json.loads(_fernet().decrypt(sealed.encode()))
    except InvalidToken:
        _log.warning("an urn was sealed under another SECRET_KEY: what waited in it is lost")
        return None


def _fernet() -> MultiFernet:
    """Return the cipher: it writes with the key of today and reads with those before, too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(key))) for key in keys])


def _key(secret_key: str) -> bytes:
    digest = hashlib.blake2b(_PURPOSE, key=hashlib.sha512(secret_key.encode()).digest())
    return base64.urlsafe_b64encode(digest.digest()[:32])
