"""A certificate as a VC-JWT: it verifies as it was signed, and in no other way."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from certificates.credential import (
    Altered,
    CredentialRefused,
    KeyRetired,
    NotOurs,
    NotUnderstood,
    as_jwt,
    credential_of,
    verify_jwt,
)
from certificates.keys import did_url, issuer_did, key_in_use, published_keys, rotate_key
from certificates.keys.forms import from_base64url, public_key
from certificates.keys.private import private_key
from certificates.models import SigningKey
from tests.certificates.tampering import with_each_leaf_changed, without_each_leaf
from tests.factories.certificates import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential() -> dict[str, Any]:
    return credential_of(sheet())


@pytest.fixture
def token(credential: dict[str, Any], at: datetime) -> str:
    return as_jwt(credential, at)


def part(token: str, number: int) -> Any:
    return json.loads(from_base64url(token.split(".")[number]))


def encoded(content: object) -> str:
    text = json.dumps(content).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def forged(token: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """Return a token signed by our key that says something else."""
    content = json.dumps(part(token, 1) | claims).encode()
    headers = part(token, 0) | (header or {})
    key = private_key(key_in_use(SigningKey.Purpose.CREDENTIAL).kid)
    return jwt.PyJWS().encode(content, key, "ES256", headers)


def test_it_verifies_and_gives_back_the_certificate(token: str, credential: dict[str, Any]) -> None:
    assert verify_jwt(token, published_keys()) == credential


def test_it_has_the_form_that_the_standards_ask_for(
    token: str, credential: dict[str, Any], at: datetime
) -> None:
    kid = key_in_use(SigningKey.Purpose.CREDENTIAL).kid
    assert part(token, 0) == {"alg": "ES256", "typ": "vc+jwt", "kid": did_url(kid)}
    claims = part(token, 1)
    assert claims["iss"] == credential["issuer"]["id"] == issuer_did()
    assert claims["jti"] == credential["id"]
    assert claims["sub"] == credential["credentialSubject"]["id"]
    assert claims["iat"] == at.timestamp()
    assert datetime.fromtimestamp(claims["nbf"], at.tzinfo) == at
    assert claims["exp"] == datetime(2029, 11, 24, 22, 59, 59, tzinfo=at.tzinfo).timestamp()
    assert "vc" not in claims


def test_a_foreign_library_verifies_it_with_the_published_key(token: str, at: datetime) -> None:
    key = key_in_use(SigningKey.Purpose.CREDENTIAL)
    options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    claims = jwt.decode(
        token, public_key(key.public_jwk), ["ES256"], options=options, issuer=issuer_did()
    )
    assert claims["credentialSubject"]["licenseNumber"] == "PTK-2026-0000042"


def test_with_any_claim_changed_it_does_not_verify(token: str) -> None:
    keys = published_keys()
    header, _, signature = token.split(".")
    changed = [*with_each_leaf_changed(part(token, 1)), *without_each_leaf(part(token, 1))]
    assert len(changed) > 150
    for _, claims in changed:
        with pytest.raises(Altered):
            verify_jwt(f"{header}.{encoded(claims)}.{signature}", keys)


def test_with_any_letter_changed_it_does_not_verify(token: str) -> None:
    keys = published_keys()
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(CredentialRefused):
            verify_jwt(token[:place] + other + token[place + 1 :], keys)


def test_the_last_letter_has_one_form_only(token: str) -> None:
    """Two bits of it mean nothing: a lenient reader takes four letters for the same signature."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    passed = []
    for letter in letters:
        try:
            verify_jwt(token[:-1] + letter, published_keys())
        except CredentialRefused:
            continue
        passed.append(letter)
    assert passed == [token[-1]]


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256", "ES384", "EdDSA"])
def test_another_algorithm_is_refused(token: str, algorithm: str) -> None:
    _, payload, signature = token.split(".")
    header = encoded(part(token, 0) | {"alg": algorithm})
    with pytest.raises(NotUnderstood):
        verify_jwt(f"{header}.{payload}.{signature}", published_keys())
    with pytest.raises(NotUnderstood):
        verify_jwt(f"{header}.{payload}.", published_keys())


def test_our_public_key_is_no_shared_secret(token: str) -> None:
    """The confusion of algorithms: signed by HMAC, with the public key as its secret."""
    key = public_key(key_in_use(SigningKey.Purpose.CREDENTIAL).public_jwk)
    pem = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    header = encoded(part(token, 0) | {"alg": "HS256"})
    signing = f"{header}.{token.split('.')[1]}".encode()
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(signing, pem)
    mac = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
    with pytest.raises(NotUnderstood):
        verify_jwt(f"{signing.decode()}.{mac}", published_keys())


def test_somebody_elses_key_is_refused(token: str, credential: dict[str, Any]) -> None:
    content = json.dumps(part(token, 1)).encode()
    stranger = generate_private_key(SECP256R1())
    named = jwt.PyJWS().encode(content, stranger, "ES256", part(token, 0))
    with pytest.raises(Altered):
        verify_jwt(named, published_keys())
    header = part(token, 0) | {"kid": did_url("unknown1")}
    unknown = jwt.PyJWS().encode(content, stranger, "ES256", header)
    with pytest.raises(NotOurs):
        verify_jwt(unknown, published_keys())
    with pytest.raises(NotOurs):
        verify_jwt(token, {})


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"jwk": {"kty": "EC"}},
        {"jku": "https://elsewhere.example/keys"},
        {"crit": ["b64"], "b64": False},
    ],
)
def test_a_header_that_is_not_ours_to_the_word_is_refused(
    token: str, header: dict[str, Any]
) -> None:
    with pytest.raises(NotUnderstood):
        verify_jwt(forged(token, header=header), published_keys())


def test_a_key_of_one_purpose_signs_nothing_else(token: str) -> None:
    proof = key_in_use(SigningKey.Purpose.PROOF)
    with pytest.raises(NotOurs):
        verify_jwt(forged(token, header={"kid": did_url(proof.kid)}), published_keys())


def test_a_key_of_another_issuer_signs_nothing_for_us(token: str) -> None:
    kid = key_in_use(SigningKey.Purpose.CREDENTIAL).kid
    elsewhere = {"kid": f"did:web:elsewhere.example#{kid}"}
    with pytest.raises(NotOurs, match="somebody else"):
        verify_jwt(forged(token, header=elsewhere), published_keys())


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "did:web:elsewhere.example"},
        {"jti": "urn:uuid:other"},
        {"sub": "urn:uuid:other"},
        {"nbf": 1},
        {"exp": 1},
        {"iat": "yesterday"},
        {"validFrom": "2026-11-25T09:00:00Z"},
        {"validFrom": "yesterday"},
        {"issuer": "did:web:elsewhere.example"},
        {"credentialSubject": []},
    ],
)
def test_what_a_token_says_of_itself_is_what_its_certificate_says(
    token: str, claims: dict[str, Any]
) -> None:
    with pytest.raises(NotUnderstood):
        verify_jwt(forged(token, **claims), published_keys())


def test_an_old_certificate_verifies_after_its_key_was_replaced(
    token: str, credential: dict[str, Any], at: datetime
) -> None:
    rotate_key("credential", at + timedelta(days=400))
    assert verify_jwt(token, published_keys()) == credential
    newer = as_jwt(credential, at + timedelta(days=401))
    assert part(newer, 0)["kid"] != part(token, 0)["kid"]
    assert verify_jwt(newer, published_keys()) == credential


def test_a_replaced_key_signs_nothing_new(token: str, at: datetime) -> None:
    late = forged(token, iat=int((at + timedelta(days=2)).timestamp()))
    rotate_key("credential", at + timedelta(days=1))
    with pytest.raises(KeyRetired):
        verify_jwt(late, published_keys())


@pytest.mark.parametrize(
    "text", ["", "a", "a.b", "a.b.c", "..", "ž.ž.ž", "e30.e30.AAAA", "x" * 70_000, None, 7]
)
def test_what_is_no_token_is_refused(text: Any) -> None:
    with pytest.raises(NotUnderstood):
        verify_jwt(text, published_keys())


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b"{", b"[" * 30_000, b"\xff"])
def test_what_holds_no_certificate_is_refused(token: str, content: bytes) -> None:
    key = private_key(key_in_use(SigningKey.Purpose.CREDENTIAL).kid)
    with pytest.raises(NotUnderstood):
        verify_jwt(jwt.PyJWS().encode(content, key, "ES256", part(token, 0)), published_keys())
