"""A certificate with a proof of its own: over what it says, all of it and nothing beside it."""

import copy
import json
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.credential import (
    Altered,
    CredentialRefused,
    KeyRetired,
    NotOurs,
    NotUnderstood,
    UndefinedTerm,
    credential_of,
    verify_proof,
    with_proof,
)
from certificates.credential.contexts import CONTEXTS, ContextMissing, load_context
from certificates.credential.proof import hash_to_sign
from certificates.keys import did_url, key_in_use, published_keys, rotate_key
from certificates.keys.forms import from_multibase, multibase
from certificates.keys.private import private_key
from certificates.models import SigningKey
from tests.certificates.tampering import with_each_leaf_changed, without_each_leaf
from tests.factories.certificates import sheet

pytestmark = pytest.mark.django_db

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def credential() -> dict[str, Any]:
    return credential_of(sheet())


@pytest.fixture
def document(credential: dict[str, Any], at: datetime) -> dict[str, Any]:
    return with_proof(credential, at)


def test_it_verifies_and_gives_back_the_certificate(
    document: dict[str, Any], credential: dict[str, Any]
) -> None:
    assert verify_proof(document, published_keys()) == credential


def test_the_proof_has_the_form_that_the_standard_asks_for(document: dict[str, Any]) -> None:
    kid = key_in_use(SigningKey.Purpose.PROOF).kid
    proof = document["proof"]
    assert proof.pop("proofValue").startswith("z")
    assert proof == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-24T09:00:00Z",
        "verificationMethod": did_url(kid),
        "proofPurpose": "assertionMethod",
    }


def test_a_signature_is_written_as_in_the_test_vectors() -> None:
    """W3C Data Integrity EdDSA Cryptosuites 1.0, B.1: key, combined hash, proof value."""
    secret = from_multibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
    signed = bytes.fromhex(
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    key = Ed25519PrivateKey.from_private_bytes(secret[2:])
    assert multibase(key.sign(signed)) == (
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
    )


def test_it_survives_a_file_and_the_order_of_its_keys(document: dict[str, Any]) -> None:
    again = json.loads(json.dumps(document, sort_keys=True))
    verify_proof(again, published_keys())


def test_with_any_claim_changed_it_does_not_verify(document: dict[str, Any]) -> None:
    keys = published_keys()
    changed = [*with_each_leaf_changed(document), *without_each_leaf(document)]
    assert len(changed) > 150
    for _, other in changed:
        with pytest.raises(CredentialRefused):
            verify_proof(other, keys)


def with_twin(d: dict[str, Any]) -> None:
    d["credentialSubject"]["identifier"].append(d["credentialSubject"]["identifier"][0])


OTHERWISE: dict[str, Change] = {
    "a word without a meaning": lambda d: d.update(remark="and more"),
    "one further in": lambda d: d["credentialSubject"]["achievement"].update(level="high"),
    "a word of another place": lambda d: d.update(identityHash="x"),
    "a key that is an address": lambda d: d.update({"https://schema.org/alternateName": "x"}),
    "a name hidden behind an address": lambda d: d.update(
        {"https://schema.org/name": d.pop("name")}
    ),
    "an empty list": lambda d: d.update(evidence=[]),
    "an empty object": lambda d: d.update(image={}),
    "nothing": lambda d: d.update(description=None),
    "a number": lambda d: d["credentialSubject"].update(creditsEarned=8),
    "text for a truth value": lambda d: d["credentialSubject"]["identifier"][0].update(
        hashed="false"
    ),
    "a truth value for a text": lambda d: d.update(description=True),
    "a vocabulary of one's own": lambda d: d["@context"].append({"remark": "urn:x"}),
    "a vocabulary further in": lambda d: d["issuer"].update({"@context": CONTEXTS[0]}),
    "another order of vocabularies": lambda d: d["@context"].reverse(),
    "a keyword": lambda d: d["issuer"].update({"@type": "Profile"}),
    "another graph": lambda d: d.update({"@included": [{"id": "urn:x", "name": "x"}]}),
    "a type that is unknown": lambda d: d["type"].append("Diploma"),
    "a type by its address": lambda d: d["type"].append("https://example.org/Diploma"),
    "an id that leads nowhere": lambda d: d["credentialStatus"].update(id="status.json"),
    "an id without its scheme": lambda d: d["credentialStatus"].update(id="//localhost/status"),
    "an id that is empty": lambda d: d["credentialStatus"].update(id=""),
    "an id that breaks out of its line": lambda d: d["credentialStatus"].update(
        id='urn:a> <urn:p> "x" .\n<urn:b'
    ),
    "a nameless id": lambda d: d["credentialStatus"].update(id="_:b0"),
    "a text with a language": lambda d: d.update(name={"@value": "x", "@language": "en"}),
    "a control character": lambda d: d.update(name="\x08"),
    "half a letter": lambda d: d.update(name="\ud800"),
    "a twin": with_twin,
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE.keys())
def test_what_a_signature_would_not_cover_is_neither_signed_nor_verified(
    document: dict[str, Any], credential: dict[str, Any], at: datetime, change: Change
) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    with pytest.raises(NotUnderstood):
        verify_proof(changed, published_keys())
    change(credential)
    with pytest.raises(NotUnderstood):
        with_proof(credential, at)


def test_an_undefined_term_is_named(credential: dict[str, Any], at: datetime) -> None:
    credential["credentialSubject"]["achievement"]["remark"] = "and more"
    with pytest.raises(UndefinedTerm, match="remark"):
        with_proof(credential, at)


def test_a_small_document_cannot_keep_the_server_busy(
    document: dict[str, Any], credential: dict[str, Any]
) -> None:
    """Nodes that look alike: telling ten apart would take minutes (RDFC-1.0, 7.1)."""
    poisoned = copy.deepcopy(document)
    poisoned["credentialSubject"]["identifier"] *= 20
    deep: Any = {"narrative": "x"}
    for _ in range(5000):
        deep = {"criteria": deep}
    began = time.process_time()
    for hostile in (
        poisoned,
        document | {"credentialSubject": deep},
        document | {"name": ["x"] * 5000},
    ):
        with pytest.raises(NotUnderstood):
            verify_proof(hostile, published_keys())
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "proof",
    [
        None,
        [],
        {},
        {"type": "DataIntegrityProof"},
        {"type": "Ed25519Signature2020"},
        {"cryptosuite": "eddsa-jcs-2022"},
        {"proofPurpose": "authentication"},
        {"domain": "example.org"},
        {"proofValue": "abc"},
        {"proofValue": "z0"},
        {"proofValue": None},
        {"created": "today"},
        {"created": "2026-11-24T09:00:01Z"},
        {"verificationMethod": None},
        {"verificationMethod": "did:web:elsewhere.example#unknown1"},
    ],
)
def test_another_proof_is_refused(document: dict[str, Any], proof: Any) -> None:
    if isinstance(proof, dict) and len(proof) == 1:
        proof = document["proof"] | proof
        if proof == document["proof"]:
            proof = {"type": "DataIntegrityProof"}
    with pytest.raises(CredentialRefused):
        verify_proof(document | {"proof": proof}, published_keys())


@pytest.mark.parametrize("document", [None, [], "x", {}, {"issuer": "x"}])
def test_what_is_no_certificate_is_refused(document: Any) -> None:
    with pytest.raises(NotUnderstood):
        verify_proof(document, published_keys())


def signed_by(document: dict[str, Any], key: Any, **options: str) -> dict[str, Any]:
    """Return the document with a proof by whatever key."""
    credential = {name: value for name, value in document.items() if name != "proof"}
    proof = {k: v for k, v in document["proof"].items() if k != "proofValue"} | options
    value = multibase(key.sign(hash_to_sign(credential, proof)))
    return credential | {"proof": proof | {"proofValue": value}}


def test_somebody_elses_key_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(Altered):
        verify_proof(signed_by(document, Ed25519PrivateKey.generate()), published_keys())
    with pytest.raises(NotOurs):
        verify_proof(document, {})


def test_a_key_is_used_for_its_purpose_by_its_issuer(document: dict[str, Any]) -> None:
    ours = private_key(key_in_use(SigningKey.Purpose.PROOF).kid)
    other = did_url(key_in_use(SigningKey.Purpose.CREDENTIAL).kid)
    with pytest.raises(NotOurs):
        verify_proof(signed_by(document, ours, verificationMethod=other), published_keys())
    document["issuer"]["id"] = "did:web:elsewhere.example"
    with pytest.raises(NotOurs, match="somebody else"):
        verify_proof(signed_by(document, ours), published_keys())


def test_an_old_certificate_verifies_after_its_key_was_replaced(
    document: dict[str, Any], credential: dict[str, Any], at: datetime
) -> None:
    old = private_key(key_in_use(SigningKey.Purpose.PROOF).kid)
    rotate_key("proof", at + timedelta(days=1))
    assert verify_proof(document, published_keys()) == credential
    verify_proof(with_proof(credential, at + timedelta(days=2)), published_keys())
    with pytest.raises(KeyRetired):
        verify_proof(signed_by(document, old, created="2026-11-26T09:00:00Z"), published_keys())


# --- vocabularies -----------------------------------------------------------------------------


def test_nothing_is_fetched(
    credential: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*args: object) -> None:
        raise AssertionError("a certificate asks the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    verify_proof(with_proof(credential, at), published_keys())
    with pytest.raises(ContextMissing):
        load_context("https://www.w3.org/ns/credentials/examples/v2")


def test_a_vocabulary_that_is_missing_or_another_is_no_fault_of_a_certificate(
    credential: dict[str, Any], at: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.CONTEXTS_ROOT = tmp_path
    with pytest.raises(ContextMissing, match="make setup"):
        with_proof(credential, at)
    (tmp_path / "credentials-v2.json").write_text('{"@context": {"name": "urn:other"}}')
    with pytest.raises(ContextMissing, match="not the vocabulary"):
        load_context(CONTEXTS[0])


def test_every_vocabulary_is_the_one_that_is_pinned() -> None:
    assert all("@context" in load_context(url)["document"] for url in CONTEXTS)
