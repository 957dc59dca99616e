"""Private keys: files for the service alone, named after their `kid`.

They are no rows: a copy of the database, an export or a query must not be able to sign.
"""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

PrivateKey = EllipticCurvePrivateKey | Ed25519PrivateKey


class PrivateKeyMissing(Exception):
    """A key that signs is not on this machine, or cannot be opened: see docs/operating.md."""


def keep_private(kid: str, key: PrivateKey) -> None:
    """Write a private key, readable by its owner alone. Raises FileExistsError."""
    file = _file(kid)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def drop_private(kid: str) -> None:
    """Delete a private key that nothing was signed with."""
    _file(kid).unlink(missing_ok=True)


def private_key(kid: str) -> PrivateKey:
    """Return a private key. Raises PrivateKeyMissing, for whoever reads the failed task."""
    return _load(_file(kid), settings.KEYS_PASSPHRASE)


@lru_cache(maxsize=8)
def _load(file: Path, passphrase: str) -> PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode() or None)
    except OSError as error:
        reason = "is not on this machine or may not be read"
        raise PrivateKeyMissing(f"The private key {file} {reason}. {_WHAT_TO_DO}") from error
    except (ValueError, TypeError) as error:
        reason = "cannot be opened: is KEYS_PASSPHRASE the one it was made with?"
        raise PrivateKeyMissing(f"The private key {file} {reason} {_WHAT_TO_DO}") from error
    if not isinstance(key, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise PrivateKeyMissing(f"{file} holds another kind of key. {_WHAT_TO_DO}")
    return key


_WHAT_TO_DO = "Put it back from a backup, or replace it by rotate_key: see docs/operating.md."


def _file(kid: str) -> Path:
    return Path(settings.KEYS_ROOT) / f"{kid}.pem"


def _encryption() -> KeySerializationEncryption:
    if settings.KEYS_PASSPHRASE:
        return BestAvailableEncryption(settings.KEYS_PASSPHRASE.encode())
    return NoEncryption()
