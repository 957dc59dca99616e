"""Keys: made once, kept apart from the database, replaced without losing what they signed."""

import stat
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from certificates.credential import as_jwt, credential_of
from certificates.keys import NoKey, PrivateKeyMissing, make_keys, published_keys, rotate_key
from certificates.keys.forms import (
    from_base64url,
    from_multibase,
    jwk_of,
    kid_of,
    multibase,
    multikey,
    public_key,
)
from certificates.keys.private import keep_private, private_key
from certificates.models import SigningKey
from certificates.models.signing_key import KeyIsKept
from tests.factories.certificates import sheet

pytestmark = pytest.mark.django_db

CREDENTIAL, PROOF = SigningKey.Purpose.CREDENTIAL, SigningKey.Purpose.PROOF


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """A machine on which no key was ever made."""
    SigningKey.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    settings.KEYS_ROOT = tmp_path / "keys"
    return tmp_path / "keys"


def test_a_site_gets_a_key_for_each_purpose_and_no_second_one(folder: Path, at: datetime) -> None:
    made = make_keys(at)
    assert {(key.purpose, key.algorithm) for key in made} == {
        (CREDENTIAL, "ES256"),
        (PROOF, "EdDSA"),
    }
    assert make_keys(at) == []
    assert {file.stem for file in folder.iterdir()} == {key.kid for key in made}


def test_private_keys_are_for_the_service_alone(folder: Path, at: datetime) -> None:
    make_keys(at)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_folder_that_was_open_to_others_is_closed(folder: Path, at: datetime) -> None:
    folder.mkdir(mode=0o755)
    make_keys(at)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_database_holds_the_public_half_only(folder: Path, at: datetime) -> None:
    make_keys(at)
    assert {frozenset(key.public_jwk) for key in SigningKey.objects.all()} == {
        frozenset({"kty", "crv", "x", "y"}),
        frozenset({"kty", "crv", "x"}),
    }


def test_with_a_passphrase_the_files_are_sealed(folder: Path, at: datetime, settings: Any) -> None:
    settings.KEYS_PASSPHRASE = "three words apart"
    made = make_keys(at)
    assert all(b"ENCRYPTED" in file.read_bytes() for file in folder.iterdir())
    assert private_key(made[0].kid).public_key() == public_key(made[0].public_jwk)
    settings.KEYS_PASSPHRASE = "other words"
    with pytest.raises(PrivateKeyMissing, match="KEYS_PASSPHRASE"):
        private_key(made[0].kid)


def test_without_its_private_key_a_certificate_waits_and_says_why(
    folder: Path, at: datetime
) -> None:
    with pytest.raises(NoKey, match="make_keys"):
        as_jwt(credential_of(sheet()), at)
    make_keys(at)
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(PrivateKeyMissing, match=r"Put it back from a backup.*docs/operating\.md"):
        as_jwt(credential_of(sheet()), at)


def test_a_private_key_is_never_written_over(folder: Path, at: datetime) -> None:
    key = make_keys(at)[0]
    before = (folder / f"{key.kid}.pem").read_bytes()
    with pytest.raises(FileExistsError):
        keep_private(key.kid, private_key(key.kid))
    assert (folder / f"{key.kid}.pem").read_bytes() == before


def test_a_rotated_key_stays_published(folder: Path, at: datetime) -> None:
    old = {key.purpose: key for key in make_keys(at)}[PROOF]
    new = rotate_key(PROOF, at)
    assert set(published_keys()) >= {old.kid, new.kid}
    old.refresh_from_db()
    assert (old.retired_at, new.retired_at) == (at, None)
    assert [key.kid for key in SigningKey.objects.in_use().filter(purpose=PROOF)] == [new.kid]


def test_a_key_is_never_deleted() -> None:
    with pytest.raises(KeyIsKept):
        SigningKey.objects.all().delete()
    with pytest.raises(KeyIsKept):
        SigningKey.objects.all()[0].delete()


def test_there_are_never_two_keys_in_use_for_one_purpose(at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(kid="second", purpose=PROOF, public_jwk={}, begins_at=at)


def test_of_two_processes_that_make_keys_one_makes_them(
    folder: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_keys(at)
    blind = SigningKey.objects.none()
    with monkeypatch.context() as second:
        second.setattr("certificates.models.SigningKey.objects.in_use", lambda: blind)
        assert make_keys(at) == []
    assert len(list(folder.iterdir())) == SigningKey.objects.count() == 2


def test_commands_make_and_rotate(folder: Path) -> None:
    said = StringIO()
    call_command("make_keys", stdout=said)
    call_command("rotate_key", "credential", stdout=said)
    assert said.getvalue().count(str(folder)) == 3
    assert SigningKey.objects.filter(purpose=CREDENTIAL).count() == 2
    with pytest.raises(CommandError):
        call_command("rotate_key", "seal")


def test_the_name_of_a_key_is_its_thumbprint() -> None:
    """RFC 7638, 3.1 has the method; RFC 8037, A.3 has this key and its thumbprint."""
    jwk = {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }
    assert kid_of(jwk) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"[:8]
    key = public_key(jwk)
    assert jwk_of(key) == jwk
    assert isinstance(key, Ed25519PublicKey)


def test_a_multikey_is_written_as_the_specification_does() -> None:
    """The key of the test vectors of W3C Data Integrity EdDSA Cryptosuites 1.0."""
    known = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    content = from_multibase(known)
    assert content[:2] == b"\xed\x01"
    assert multikey(Ed25519PublicKey.from_public_bytes(content[2:])) == known


@given(st.binary(max_size=80))
def test_base58_comes_back_as_it_was(content: bytes) -> None:
    assert from_multibase(multibase(content)) == content


@pytest.mark.parametrize("text", ["", "mAAAA", "z0", "zO", "z" + "1" * 300])
def test_what_is_not_base58_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base58btc|substring"):
        from_multibase(text)


@pytest.mark.parametrize("text", ["AB", "A", "AA==", "A+8", "A/8", "AAA\n", "žžžž"])
def test_base64url_is_read_only_as_it_is_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|padding|ASCII|data"):
        from_base64url(text)
