"""Secrets that must be sent, and so cannot be kept as a hash: encrypted where they are stored.

The key comes from SECRET_KEY. Whoever has the database alone, or a copy of it, cannot read them.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_PURPOSE = b"putokaz lrs forwarding secrets"


class SecretUnreadable(ValueError):
    """The secret was encrypted under another SECRET_KEY; it has to be entered again."""


def seal(secret: str) -> str:
    """Encrypt a secret."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret. Raises SecretUnreadable."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable(
            "the secret was kept under another SECRET_KEY; enter it again"
        ) from error


def _fernet() -> MultiFernet:
    """Return the cipher: it writes with the key of today and reads with those before, too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(key))) for key in keys])


def _key(secret_key: str) -> bytes:
    digest = hashlib.blake2b(_PURPOSE, key=hashlib.sha512(secret_key.encode()).digest())
    return base64.urlsafe_b64encode(digest.digest()[:32])
