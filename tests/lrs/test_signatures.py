"""Signed statements: the signature is well-formed, of this statement, and by its certificate."""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from lrs.refusals import Refusal
from lrs.signatures import LONGEST, check_signatures
from tests.lrs.http.test_forms import send_parcel
from tests.lrs.http.tools import EVA, Tool

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
ID = "5b1d7a2c-0d7c-4d53-9b43-0c9c1f1c2a10"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: PrivateKey) -> str:
    """A certificate that its owner signed himself, as `x5c` wants it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ana")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()


def statement(**more: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "actor": {"objectType": "Agent", "mbox": "mailto:Ana@example.org"},
        "verb": {"id": "https://example.org/verbs/wrote", "display": {"en": "wrote"}},
        "object": {"id": "https://example.org/activities/essay"},
    } | more


def signed_by(key: PrivateKey, payload: Any, algorithm: str = "RS256", **headers: Any) -> bytes:
    content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return jwt.PyJWS().encode(content, key, algorithm, headers or None).encode()


def signature(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "usageType": SIGNATURE,
        "display": {"en": "Signature"},
        "contentType": "application/octet-stream",
        "length": len(content),
        "sha2": sha256(content).hexdigest(),
    } | more


def accept(given: dict[str, Any], content: bytes, **more: Any) -> None:
    attachment = signature(content, **more)
    signed = given | {"attachments": [*given.get("attachments", []), attachment]}
    check_signatures([signed], {attachment["sha2"]: content})


def refusal(given: dict[str, Any], content: bytes, **more: Any) -> str:
    with pytest.raises(Refusal) as refused:
        accept(given, content, **more)
    assert refused.value.status == 400
    return refused.value.reason


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_a_signed_statement_is_accepted(key: rsa.RSAPrivateKey, algorithm: str) -> None:
    accept(statement(), signed_by(key, statement(), algorithm))
    accept(statement(), signed_by(key, statement(), algorithm, x5c=[certificate(key)]))


def test_statements_without_a_signature_pass() -> None:
    check_signatures([statement(), statement(attachments=[])], {})


def test_other_algorithms_are_refused(key: rsa.RSAPrivateKey) -> None:
    shared = jwt.PyJWS().encode(json.dumps(statement()).encode(), "k" * 32, "HS256").encode()
    unsigned = jwt.PyJWS().encode(json.dumps(statement()).encode(), "", "none").encode()
    padded = signed_by(key, statement(), "PS256")
    for content in (shared, unsigned, padded):
        assert "RS256, RS384, RS512" in refusal(statement(), content)


def test_the_signature_must_be_by_the_first_certificate(key: rsa.RSAPrivateKey) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    chain = [certificate(other), certificate(key)]
    assert "not a valid" in refusal(statement(), signed_by(key, statement(), x5c=chain))
    accept(statement(), signed_by(key, statement(), x5c=chain[::-1]))


def test_a_changed_signature_is_refused(key: rsa.RSAPrivateKey) -> None:
    head, payload, _ = signed_by(key, statement(), x5c=[certificate(key)]).split(b".")
    _, _, end = signed_by(key, statement(id=str(ID)[::-1])).split(b".")
    assert "not a valid" in refusal(statement(), b".".join([head, payload, end]))


@pytest.mark.parametrize("x5c", ["", [], [7], ["%"], ["AAAA"], {"a": "b"}, None])
def test_a_certificate_that_cannot_be_read_is_refused(key: rsa.RSAPrivateKey, x5c: Any) -> None:
    assert "certificate" in refusal(statement(), signed_by(key, statement(), x5c=x5c))


def test_the_certificate_wants_an_rsa_key_of_good_length(key: rsa.RSAPrivateKey) -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - to be refused
    for other in (curve, short):
        content = signed_by(key, statement(), x5c=[certificate(other)])
        assert "2048 to 8192 bits" in refusal(statement(), content)


def test_nothing_that_a_signature_names_is_fetched(
    key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.socket.connect", pytest.fail)
    address = "https://127.0.0.1:9/keys"
    accept(statement(), signed_by(key, statement(), jku=address, x5u=address))


def test_a_demand_that_is_not_understood_is_refused(key: rsa.RSAPrivateKey) -> None:
    header = base64.urlsafe_b64encode(b'{"alg":"RS256","crit":["exp"],"exp":1}').rstrip(b"=")
    _, payload, end = signed_by(key, statement()).split(b".")
    assert "not a valid" in refusal(statement(), b".".join([header, payload, end]))


@pytest.mark.parametrize(
    "content", [b"", b"a.b", b"....", b"{}", b'{"payload": ""}', b"\xff.\xff."]
)
def test_what_is_no_signature_is_refused(content: bytes) -> None:
    assert "not a valid JSON web signature" in refusal(statement(), content)


@given(st.binary(max_size=100) | st.from_regex(rb"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}"))
def test_garbage_is_refused(content: bytes) -> None:
    refusal(statement(), content)


@pytest.mark.parametrize(
    "payload",
    [b"", b"{'id': 1}", b"NaN", b'{"a": NaN}', b"\xff", b"[]", b"7", b'"text"', b"[" * 5000],
)
def test_the_content_must_be_a_statement(key: rsa.RSAPrivateKey, payload: bytes) -> None:
    assert "the content of a signature" in refusal(statement(), signed_by(key, payload))


def test_a_content_nested_too_deeply_is_refused(key: rsa.RSAPrivateKey) -> None:
    payload = b'{"a":' * 900 + b"1" + b"}" * 900
    refusal(statement(), signed_by(key, payload))


@pytest.mark.parametrize("rest", [7, {}, [7], [{"usageType": 7}], ["text"], {"usageType": 1}, True])
def test_strange_attachments_in_the_content_are_another_statement(
    key: rsa.RSAPrivateKey, rest: Any
) -> None:
    given = statement(attachments=[signature(b"x") | {"usageType": "https://example.org/other"}])
    content = signed_by(key, statement(attachments=rest))
    assert "another statement" in refusal(given, content)


def test_a_signature_that_is_too_long_is_refused(key: rsa.RSAPrivateKey) -> None:
    assert "bytes at most" in refusal(statement(), b"a" * (LONGEST + 1))


def test_a_signature_is_an_octet_stream(key: rsa.RSAPrivateKey) -> None:
    content = signed_by(key, statement())
    reason = refusal(statement(), content, contentType="text/plain; charset=ascii")
    assert "application/octet-stream" in reason


def test_a_signature_comes_with_its_statement() -> None:
    elsewhere = signature(b"a.b.c", fileUrl="https://example.org/signature")
    with pytest.raises(Refusal, match="must come with the statement"):
        check_signatures([statement(attachments=[elsewhere])], {})


@pytest.mark.parametrize(
    "change",
    [
        {"id": "5b1d7a2c-0d7c-4d53-9b43-0c9c1f1c2a11"},
        {"actor": {"objectType": "Agent", "mbox": "mailto:ana@example.org"}},
        {"verb": {"id": "https://example.org/verbs/read"}},
        {"object": {"id": "https://example.org/activities/other"}},
        {"timestamp": "2024-05-01T10:00:01Z"},
        {"result": {"success": True, "duration": "PT1.22S"}},
        {"result": {"success": False, "duration": "PT1.23S"}},
        {"context": {"extensions": {"https://example.org/e": True}}},
        {"attachments": [signature(b"x", usageType="https://example.org/other")]},
    ],
)
def test_a_signature_of_another_statement_is_refused(
    key: rsa.RSAPrivateKey, change: dict[str, Any]
) -> None:
    given = statement(
        timestamp="2024-05-01T10:00:00Z",
        result={"success": True, "duration": "PT1.23S"},
        context={"extensions": {"https://example.org/e": 1}},
    )
    assert "another statement" in refusal(given, signed_by(key, given | change))


@pytest.mark.parametrize(
    ("sent", "signed"),
    [
        ({"id": ID.upper()}, {"id": ID}),
        ({"stored": "2024-05-01T10:00:00Z", "version": "1.0.3"}, {"version": "1.0.0"}),
        ({"authority": {"mbox": "mailto:store@example.org"}}, {}),
        ({"timestamp": "2024-05-01T10:00:00Z"}, {}),
        ({"timestamp": "2024-05-01T10:00:00Z"}, {"timestamp": "2024-05-01T12:00:00.000+02:00"}),
        ({"result": {"duration": "P1DT0.1237S"}}, {"result": {"duration": "P1DT0.12S"}}),
        ({"verb": {"id": "https://example.org/verbs/wrote"}}, {}),
        (
            {"object": {"id": "https://example.org/activities/essay", "definition": {}}},
            {"object": {"id": "https://example.org/activities/essay"}},
        ),
        (
            {"actor": {"objectType": "Agent", "mbox": "mailto:Ana@EXAMPLE.org"}},
            {"actor": {"objectType": "Agent", "mbox": "mailto:Ana@example.org"}},
        ),
        (
            {"actor": {"objectType": "Group", "member": [{"openid": "a:1"}, {"openid": "a:2"}]}},
            {"actor": {"objectType": "Group", "member": [{"openid": "a:2"}, {"openid": "a:1"}]}},
        ),
        (
            {"context": {"registration": ID, "contextActivities": {"parent": [{"id": "a:1"}]}}},
            {"context": {"registration": ID, "contextActivities": {"parent": {"id": "a:1"}}}},
        ),
        (
            {"object": {"objectType": "StatementRef", "id": ID.upper()}},
            {"object": {"objectType": "StatementRef", "id": ID}},
        ),
        ({"attachments": []}, {}),
    ],
)
def test_what_means_the_same_is_the_same_statement(
    key: rsa.RSAPrivateKey, sent: dict[str, Any], signed: dict[str, Any]
) -> None:
    accept(statement(**sent), signed_by(key, statement(**signed)))


def test_an_id_given_later_does_not_matter(key: rsa.RSAPrivateKey) -> None:
    without = statement()
    del without["id"]
    accept(statement(), signed_by(key, without))


def test_a_statement_may_be_signed_twice_and_hold_more(key: rsa.RSAPrivateKey) -> None:
    essay = signature(b"essay", usageType="https://example.org/usage/essay")
    given = statement(attachments=[essay])
    first, second = signed_by(key, given), signed_by(key, given, "RS512")
    signatures = [signature(first), signature(second)]
    contents = {one["sha2"]: two for one, two in zip(signatures, (first, second), strict=True)}
    check_signatures([statement(attachments=[*signatures, essay])], contents)


def test_a_statement_still_to_come_may_be_signed(key: rsa.RSAPrivateKey) -> None:
    inner = statement(objectType="SubStatement")
    del inner["id"]
    content = signed_by(key, inner)
    outer = statement(object=inner | {"attachments": [signature(content)]})
    check_signatures([outer], {sha256(content).hexdigest(): content})
    wrong = signed_by(key, statement())
    outer = statement(object=inner | {"attachments": [signature(wrong)]}, id=ID)
    outer["object"]["actor"] = {"mbox": "mailto:other@example.org"}
    with pytest.raises(Refusal, match="another statement"):
        check_signatures([outer], {sha256(wrong).hexdigest(): wrong})


@pytest.mark.django_db
def test_at_the_door_a_malformed_signature_keeps_its_statement_out(key: rsa.RSAPrivateKey) -> None:
    tool = Tool()
    good, wrong = signed_by(key, statement()), signed_by(key, statement(actor=EVA))
    for content, status in ((wrong, 400), (b"a.b.c", 400), (good, 200)):
        signed = statement(attachments=[signature(content)])
        assert send_parcel(tool, signed, content).status_code == status
        assert tool.sees(ID) is (status == 200)
