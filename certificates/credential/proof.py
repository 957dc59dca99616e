"""A certificate as JSON-LD with a proof of its own: Data Integrity, `eddsa-rdfc-2022`.

Sources: W3C Verifiable Credential Data Integrity 1.0; W3C Data Integrity EdDSA Cryptosuites 1.0.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.credential.canonical import canonical
from certificates.credential.refusals import Altered, NotUnderstood
from certificates.credential.signatures import (
    check_in_use,
    from_moment,
    issuer_of,
    key_named,
    moment,
)
from certificates.keys import Keys, did_url, key_in_use
from certificates.keys.forms import from_multibase, multibase, public_key
from certificates.keys.private import PrivateKeyMissing, private_key
from certificates.models import SigningKey

_FIXED = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
}
_OPTIONS = {*_FIXED, "created", "verificationMethod"}


def with_proof(credential: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Behind the door of the same name."""
    key = key_in_use(SigningKey.Purpose.PROOF)
    private = private_key(key.kid)
    if not isinstance(private, Ed25519PrivateKey):
        raise PrivateKeyMissing(f"{key} is not a key of Ed25519.")
    options = {**_FIXED, "created": moment(at), "verificationMethod": did_url(key.kid)}
    value = multibase(private.sign(hash_to_sign(credential, options)))
    return {**credential, "proof": {**options, "proofValue": value}}


def verify_proof(document: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """Behind the door of the same name."""
    if not isinstance(document, Mapping):
        raise NotUnderstood("It is not a certificate.")
    credential = {name: value for name, value in document.items() if name != "proof"}
    options, value = _proof(document)
    issuer = issuer_of(credential)
    name = options["verificationMethod"]
    key = key_named(name, keys, purpose=SigningKey.Purpose.PROOF, issuer=issuer)
    _check_signature(key, value, hash_to_sign(credential, options))
    check_in_use(key, from_moment(options["created"]))
    return credential


def hash_to_sign(credential: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return what is signed: the hash of the options, then that of the credential."""
    proof = canonical({"@context": credential.get("@context"), **options})
    return _sha256(proof) + _sha256(canonical(credential))


def _proof(document: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    proof = document.get("proof")
    if not isinstance(proof, dict) or proof.keys() != {*_OPTIONS, "proofValue"}:
        raise NotUnderstood("It has no proof, or not one as our certificates have.")
    if any(proof[name] != value for name, value in _FIXED.items()):
        raise NotUnderstood("Its proof is of another kind than ours.")
    return {name: proof[name] for name in proof if name != "proofValue"}, proof["proofValue"]


def _check_signature(key: SigningKey, value: object, signed: bytes) -> None:
    public = public_key(key.public_jwk)
    if not isinstance(public, Ed25519PublicKey) or not isinstance(value, str):
        raise NotUnderstood("Its proof has no signature of our kind.")
    try:
        public.verify(from_multibase(value), signed)
    except ValueError as error:
        raise NotUnderstood("Its proof has no signature of our kind.") from error
    except InvalidSignature as error:
        raise Altered("Its signature is not of what it says.") from error


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
