"""Who issues, as an address: did:web, and the document behind it.

Sources: the did:web method specification; W3C DID Core 1.0; W3C Controlled Identifiers 1.0.
"""

from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from certificates.keys.forms import multikey, public_key
from certificates.keys.published import Keys
from certificates.models import SigningKey

_CONTEXT = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
]


def issuer_did() -> str:
    """Return the DID of this site: its host, with the colon before a port as %3A."""
    return "did:web:" + quote(urlsplit(settings.SITE_URL).netloc, safe="")


def did_url(kid: str) -> str:
    """Return the full name of a key of this site."""
    return f"{issuer_did()}#{kid}"


def did_document(keys: Keys) -> dict[str, Any]:
    """Return the document that publishes all keys, those that are retired too.

    A retired key has no end in it: readers would then refuse what it signed before, too.
    """
    methods = [_method(key) for key in keys.values()]
    return {
        "@context": _CONTEXT,
        "id": issuer_did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(key: SigningKey) -> dict[str, Any]:
    method = {"id": did_url(key.kid), "controller": issuer_did()}
    public = public_key(key.public_jwk)
    if isinstance(public, Ed25519PublicKey):
        return method | {"type": "Multikey", "publicKeyMultibase": multikey(public)}
    jwk = key.public_jwk | {"kid": key.kid, "alg": key.algorithm, "use": "sig"}
    return method | {"type": "JsonWebKey", "publicKeyJwk": jwk}
