"""How a public key is written down: as a JWK, as a multikey, and the short name it goes by.

Sources: RFC 7517 and 7638 (JWK, thumbprint), RFC 8037 (Ed25519), W3C Controlled Identifiers 1.0
(multikey, base58btc).
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

PublicKey = EllipticCurvePublicKey | Ed25519PublicKey
Jwk = dict[str, str]

KID_LENGTH = 8  # 48 bits: enough to tell the keys of one issuer apart, and short in a QR code
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"


def jwk_of(key: PublicKey) -> Jwk:
    """Return a public key as a JWK: what names the key, and nothing else."""
    jwk: dict[str, Any]
    if isinstance(key, Ed25519PublicKey):
        jwk = OKPAlgorithm.to_jwk(key, as_dict=True)
    else:
        jwk = ECAlgorithm.to_jwk(key, as_dict=True)
    return {name: jwk[name] for name in ("kty", "crv", "x", "y") if name in jwk}


def public_key(jwk: Jwk) -> PublicKey:
    """Return the public key that a JWK holds."""
    form = OKPAlgorithm if jwk["kty"] == "OKP" else ECAlgorithm
    key = form.from_jwk(jwk)
    if not isinstance(key, EllipticCurvePublicKey | Ed25519PublicKey):
        raise TypeError("not a public key of a kind that we use")
    return key


def kid_of(jwk: Jwk) -> str:
    """Return the short name of a key: how its thumbprint begins (RFC 7638)."""
    canonical = json.dumps(jwk, sort_keys=True, separators=(",", ":"))
    return base64url(hashlib.sha256(canonical.encode()).digest())[:KID_LENGTH]


def multikey(key: Ed25519PublicKey) -> str:
    """Return an Ed25519 key as `publicKeyMultibase`."""
    return multibase(_ED25519 + key.public_bytes_raw())


def multibase(content: bytes) -> str:
    """Return bytes in base58btc, with the letter that says so."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + "1" * zeros + digits


def from_multibase(text: str) -> bytes:
    """Return the bytes behind base58btc. Raises ValueError for anything else."""
    if not text.startswith("z") or len(text) > 200:
        raise ValueError("not base58btc")
    number, digits = 0, text[1:]
    for digit in digits:
        number = number * 58 + _BASE58.index(digit)
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def base64url(content: bytes) -> str:
    """Return bytes in base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes behind base64url. Raises ValueError unless that is how they are written."""
    content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64url(content) != text:
        raise ValueError("not base64url as it is written")
    return content
