"""The door to proofs. Behind it is PyLD, which costs 8 MB: only who signs or reads one pays."""

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from certificates.keys import Keys

_PROOF = "certificates.credential.proof"


def with_proof(credential: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return a credential with a proof by the key in use.

    Raises UndefinedTerm if it says something that no vocabulary defines; NoKey, PrivateKeyMissing.
    """
    signed: dict[str, Any] = import_module(_PROOF).with_proof(credential, at)
    return signed


def verify_proof(document: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """Return the credential without its proof, if one of the keys made it.

    Raises CredentialRefused. It may have expired, or been revoked since: see the register.
    """
    credential: dict[str, Any] = import_module(_PROOF).verify_proof(document, keys)
    return credential
