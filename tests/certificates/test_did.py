"""The document that publishes our keys, for programs of others."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certificates.keys import issuer_did, rotate_key
from certificates.keys.forms import from_multibase, public_key
from certificates.models import SigningKey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://putokaz.example", "did:web:putokaz.example"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://обука.example", "did:web:%D0%BE%D0%B1%D1%83%D0%BA%D0%B0.example"),
    ],
)
def test_a_site_is_named_by_its_host_and_port(settings: Any, site: str, did: str) -> None:
    settings.SITE_URL = site
    assert issuer_did() == did


def test_every_key_is_published_for_signing_claims(
    client: Client, at: datetime, django_assert_num_queries: Any
) -> None:
    rotate_key("proof", at)
    rotate_key("credential", at)
    assert reverse("did") == "/.well-known/did.json"
    with django_assert_num_queries(1):
        response = client.get("/.well-known/did.json")
    document = response.json()
    names = {f"{issuer_did()}#{key.kid}" for key in SigningKey.objects.all()}
    methods = {method["id"]: method for method in document["verificationMethod"]}
    assert document["id"] == issuer_did()
    assert set(methods) == set(document["assertionMethod"]) == names
    assert len(names) == 4
    assert {method["controller"] for method in methods.values()} == {issuer_did()}


def test_each_key_has_the_form_of_its_kind(client: Client) -> None:
    document = client.get(reverse("did")).json()
    methods = {method["type"]: method for method in document["verificationMethod"]}
    jwk = methods["JsonWebKey"]["publicKeyJwk"]
    assert (jwk["crv"], jwk["alg"], "d" in jwk) == ("P-256", "ES256", False)
    stored = SigningKey.objects.in_use().get(purpose="credential").public_jwk
    assert public_key(jwk) == public_key(stored)
    content = from_multibase(methods["Multikey"]["publicKeyMultibase"])
    key = public_key(SigningKey.objects.in_use().get(purpose="proof").public_jwk)
    assert content == b"\xed\x01" + key.public_bytes_raw()  # type: ignore[union-attr]


def test_anybody_may_read_and_keep_it_and_gets_no_cookie(client: Client) -> None:
    response = client.get(reverse("did"), headers={"Origin": "https://wallet.example"})
    assert response["Content-Type"] == "application/json"
    assert "max-age=300" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert client.post(reverse("did")).status_code == 405
