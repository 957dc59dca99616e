"""Statements that carry a signature of their own.

The check catches a sender's mistakes. Who signed is for the reader to find out: no certificate is
trusted here, and nothing that a signature names is fetched.
Source: xAPI 1.0.3 Data 2.6, IEEE 9274.1.1 4.2.6.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_der_x509_certificate
from jwt import PyJWS
from jwt.exceptions import PyJWTError

from lrs.attachments import BINARY, hash_of, with_substatement
from lrs.equivalence import are_equivalent
from lrs.refusals import Refusal

USAGE = "http://adlnet.gov/expapi/attachments/signature"
LONGEST = 1024 * 1024
_ALGORITHMS = ("RS256", "RS384", "RS512")
# RFC 7518, 3.3 asks for 2048 bits at least; a key beyond the other end only keeps us busy.
_BITS = range(2048, 8192 + 1)
_JWS = PyJWS(algorithms=_ALGORITHMS)


def check_signatures(
    statements: Iterable[Mapping[str, Any]], contents: Mapping[str, bytes]
) -> None:
    """Look at each signature among the attachments of well-formed statements.

    `contents` are the bytes that came with the statements, by their hashes. A signature must be
    one by RSA in the compact form, hold the statement it is attached to, as it was without
    signatures, and agree with the certificate it names, if it names one.
    Raises Refusal.
    """
    for statement in statements:
        for signed in with_substatement(statement):
            for attachment in filter(_is_signature, signed.get("attachments", ())):
                _check(signed, attachment, contents.get(hash_of(attachment)))


def _is_signature(attachment: object) -> bool:
    return isinstance(attachment, dict) and attachment.get("usageType") == USAGE


def _check(
    statement: Mapping[str, Any], attachment: Mapping[str, Any], content: bytes | None
) -> None:
    media_type = attachment["contentType"].partition(";")[0].strip().lower()
    if media_type != BINARY:
        raise Refusal(f"a signature has the content type {BINARY}")
    if content is None:
        raise Refusal("a signature must come with the statement, as a part of the request")
    if len(content) > LONGEST:
        raise Refusal(f"a signature may have {LONGEST} bytes at most")
    try:
        same = are_equivalent(_unsigned(_signed(content)), _unsigned(statement))
    except RecursionError as error:
        raise Refusal("the content of a signature is nested too deeply") from error
    if not same:
        raise Refusal("the signature is of another statement")


def _signed(content: bytes) -> dict[str, Any]:
    """Return the statement inside a signature, after verifying what can be verified."""
    try:
        header = _JWS.get_unverified_header(content)
        if header.get("alg") not in _ALGORITHMS:
            raise Refusal(f"a signature must use one of {', '.join(_ALGORITHMS)}")
        if "x5c" in header:
            payload = _JWS.decode(content, _key(header["x5c"]), algorithms=_ALGORITHMS)
        else:
            payload = _JWS.decode(content, options={"verify_signature": False})
    except PyJWTError as error:
        raise Refusal(f"the signature is not a valid JSON web signature: {error}") from error
    return _statement(payload)


def _key(certificates: object) -> RSAPublicKey:
    """Return the key of the first certificate in `x5c` (RFC 7515, 4.1.6)."""
    if not isinstance(certificates, list) or not certificates:
        raise Refusal("x5c in a signature must be a list of certificates")
    try:
        der = base64.b64decode(certificates[0], validate=True)
        key = load_der_x509_certificate(der).public_key()
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:
        raise Refusal("the first certificate of a signature cannot be read") from error
    if not isinstance(key, RSAPublicKey) or key.key_size not in _BITS:
        raise Refusal(
            f"the certificate of a signature wants an RSA key of {_BITS[0]} to {_BITS[-1]} bits"
        )
    return key


def _statement(payload: bytes) -> dict[str, Any]:
    try:
        statement = json.loads(payload.decode(), parse_constant=_not_json)
    except ValueError as error:
        raise Refusal("the content of a signature is not JSON") from error
    if not isinstance(statement, dict):
        raise Refusal("the content of a signature is not a statement")
    return statement


def _not_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _unsigned(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement as it was before it was signed."""
    bare = dict(statement)
    rest = bare.pop("attachments", [])
    if isinstance(rest, list):
        rest = [one for one in rest if not _is_signature(one)]
    return bare | {"attachments": rest} if rest else bare
