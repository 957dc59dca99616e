"""A certificate as a VC-JWT: one signed line.

Sources: W3C "Securing Verifiable Credentials using JOSE and COSE"; RFC 7515; RFC 8725; Open
Badges 3.0, "JSON Web Token Proof Format", which asks for `iss`, `jti`, `nbf`, `sub` and `exp`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jwt import PyJWS
from jwt.exceptions import InvalidSignatureError, PyJWTError

from certificates.credential.refusals import Altered, NotOurs, NotUnderstood
from certificates.credential.signatures import (
    check_in_use,
    from_moment,
    issuer_of,
    key_named,
)
from certificates.keys import Keys, did_url, key_in_use
from certificates.keys.forms import from_base64url, public_key
from certificates.keys.private import private_key
from certificates.models import SigningKey

TYPE = "vc+jwt"
ALGORITHM = "ES256"
LONGEST = 64 * 1024
_HEADERS = {"alg", "typ", "kid"}
_CLAIMS = ("iss", "jti", "nbf", "sub", "iat", "exp")
_JWS = PyJWS(algorithms=[ALGORITHM])


def as_jwt(credential: Mapping[str, Any], at: datetime) -> str:
    """Return a credential signed by the key in use. Raises NoKey, PrivateKeyMissing."""
    key = key_in_use(SigningKey.Purpose.CREDENTIAL)
    claims = {**credential, **_claims(credential), "iat": int(at.timestamp())}
    content = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"typ": TYPE, "kid": did_url(key.kid)}
    return _JWS.encode(content, private_key(key.kid), algorithm=ALGORITHM, headers=headers)


def verify_jwt(text: str, keys: Keys) -> dict[str, Any]:
    """Return the credential that one of the keys has signed. Raises CredentialRefused.

    It may have expired, or been revoked since: that is for the register to say.
    """
    kid = _kid(text)
    key = keys.get(kid.partition("#")[2])
    if key is None or key.algorithm != ALGORITHM:
        raise NotOurs("It names a key that is not ours.")
    claims = _signed(text, key)
    credential = {name: value for name, value in claims.items() if name not in _CLAIMS}
    key_named(kid, {key.kid: key}, purpose=SigningKey.Purpose.CREDENTIAL, issuer=issuer_of(claims))
    _check_claims(claims, credential)
    check_in_use(key, datetime.fromtimestamp(claims["iat"], UTC))
    return credential


def _kid(text: str) -> str:
    """Return which key a token names, if its header is one of ours to the word."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise NotUnderstood("It is not a token, or longer than any of ours.")
    try:
        header = _JWS.get_unverified_header(text)
    except PyJWTError as error:
        raise NotUnderstood(f"It is not a token: {error}") from error
    if header.keys() != _HEADERS or header["typ"] != TYPE or header["alg"] != ALGORITHM:
        raise NotUnderstood("Its header is not that of our certificates.")
    return str(header["kid"])


def _signed(text: str, key: SigningKey) -> dict[str, Any]:
    try:
        from_base64url(text.rpartition(".")[2])  # the one part that is not itself signed
        content = _JWS.decode(text, public_key(key.public_jwk), algorithms=[ALGORITHM])
        claims = json.loads(content)
    except InvalidSignatureError as error:
        raise Altered("Its signature is not of what it says.") from error
    except (PyJWTError, ValueError, RecursionError) as error:
        raise NotUnderstood(f"It is not a token: {error}") from error
    if not isinstance(claims, dict):
        raise NotUnderstood("There is no certificate in it.")
    return claims


def _claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a token says outside its credential: the same, in a token's words."""
    claims = {
        "iss": issuer_of(credential),
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
        "sub": credential["credentialSubject"]["id"],
    }
    if until := credential.get("validUntil"):
        claims["exp"] = _seconds(until)
    return claims


def _check_claims(claims: Mapping[str, Any], credential: Mapping[str, Any]) -> None:
    try:
        expected = _claims(credential)
    except (KeyError, TypeError) as error:
        raise NotUnderstood("It is signed, but not a certificate.") from error
    stated = {name: claims[name] for name in _CLAIMS if name in claims and name != "iat"}
    if stated != expected or not isinstance(claims.get("iat"), int):
        raise NotUnderstood("What it says of itself is not what the certificate in it says.")


def _seconds(text: object) -> int:
    return int(from_moment(text).timestamp())
