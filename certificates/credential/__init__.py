"""A certificate as data: an Open Badge that proves itself.

Sources: Open Badges 3.0; W3C Verifiable Credentials Data Model 2.0.
"""

from certificates.credential.badge import credential_of
from certificates.credential.door import verify_proof, with_proof
from certificates.credential.jwt_form import as_jwt, verify_jwt
from certificates.credential.refusals import (
    Altered,
    CredentialRefused,
    KeyRetired,
    NotOurs,
    NotUnderstood,
    UndefinedTerm,
)

__all__ = [
    "Altered",
    "CredentialRefused",
    "KeyRetired",
    "NotOurs",
    "NotUnderstood",
    "UndefinedTerm",
    "as_jwt",
    "credential_of",
    "verify_jwt",
    "verify_proof",
    "with_proof",
]
