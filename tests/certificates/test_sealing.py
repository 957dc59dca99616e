"""The seal: whole, by whom, when; and what becomes visible when somebody touches the file."""

import asyncio
import os
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from django.conf import settings as site
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates.rendering import render_sheet
from certificates.sealing import CannotSeal, seal, signers, tokens
from certificates.sealing.checking import examine
from certificates.sealing.configured import seal_settings
from certificates.sealing.demo_key import NAME, make_demo_key
from tests.certificates.timestamps import TimestampService
from tests.factories.sheets import ISSUED, sheet_of


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_sheet(sheet_of())


@pytest.fixture(scope="module")
def sealed(sheet: bytes) -> bytes:
    return seal(sheet, at=ISSUED)


@pytest.fixture(scope="module")
def timestamps() -> TimestampService:
    return TimestampService()


def key_pair(file: Path) -> tuple[Any, Any]:
    key, certificate, _ = pkcs12.load_key_and_certificates(file.read_bytes(), None)
    assert key
    assert certificate
    return key, certificate


# --- what a seal says -----------------------------------------------------------------------


def test_a_sealed_certificate_is_ours_to_the_last_byte(sealed: bytes) -> None:
    examined = examine(sealed)
    assert examined.is_ours
    assert (examined.intact, examined.covers_whole_file, examined.trusted) == (True, True, True)
    assert examined.signed_at == ISSUED
    assert not examined.time_stamped
    assert NAME in examined.signer


def test_sealing_adds_to_the_sheet_and_changes_nothing_of_it(sheet: bytes, sealed: bytes) -> None:
    assert sealed.startswith(sheet)
    before, after = (PdfFileReader(BytesIO(file)) for file in (sheet, sealed))
    assert after.trailer["/Info"]["/ModDate"] == before.trailer["/Info"]["/ModDate"]
    assert after.root["/Metadata"].data == before.root["/Metadata"].data


def test_the_seal_is_pades_allows_no_change_and_is_not_seen(sealed: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.value == 1
    assert [int(side) for side in signature.sig_field["/Rect"]] == [0, 0, 0, 0]
    algorithm = signature.signer_info["signature_algorithm"]["algorithm"].native
    assert algorithm == "sha256_ecdsa"


def test_no_two_seals_of_the_same_sheet_are_alike(sheet: bytes, sealed: bytes) -> None:
    assert seal(sheet, at=ISSUED) != sealed


def test_it_can_be_sealed_and_examined_in_the_middle_of_an_event_loop(sheet: bytes) -> None:
    async def busy() -> bool:
        return examine(seal(sheet, at=ISSUED)).is_ours

    assert asyncio.run(busy())


# --- somebody touches the file --------------------------------------------------------------


def test_a_seal_of_somebody_else_is_whole_but_not_believed(
    sheet: bytes, settings: Any, tmp_path: Path
) -> None:
    ours = [signers.signer_of(seal_settings()).signing_cert]
    settings.SEAL_KEY_FILE = tmp_path / "other.p12"
    make_demo_key(settings.SEAL_KEY_FILE)
    examined = examine(seal(sheet, at=ISSUED), believed=ours)
    assert (examined.intact, examined.covers_whole_file) == (True, True)
    assert not examined.trusted
    assert not examined.is_ours


@pytest.mark.parametrize("where", [0, 5, 100, 5_000, -300, -2, -1])
def test_one_byte_changed_is_seen(sealed: bytes, where: int) -> None:
    changed = bytearray(sealed)
    changed[where] ^= 0x10
    assert not examine(bytes(changed)).is_ours


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"00>", b"01>"),  # in the room that was left over
        (b"00>", b"0 >"),
        (b"<3082", b" 3082"),
        (b"A0", b"a0"),  # the same number, written otherwise
        (b"020101", b"020103"),  # fields of the container that nothing signs
        (b"0609608648016503040201", b"0609608648016503040202"),
    ],
)
def test_what_the_signature_does_not_cover_is_seen_too(
    sealed: bytes, was: bytes, becomes: bytes
) -> None:
    begin = sealed.index(b"/Contents <3082") + len(b"/Contents ")
    end = sealed.index(b">", begin) + 1
    place = sealed[begin:end]
    assert was in place
    changed = sealed[:begin] + place.replace(was, becomes, 1) + sealed[end:]
    assert len(changed) == len(sealed)
    assert not examine(changed).is_ours


def test_what_was_added_after_the_seal_is_seen(sealed: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root[pdf_name("/Note")] = TextStringObject("hours: 400")
    writer.update_root()
    longer = BytesIO()
    writer.write(longer)
    examined = examine(longer.getvalue())
    assert not examined.covers_whole_file
    assert not examined.is_ours
    assert not examine(sealed + b"\n").is_ours


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 4096])
def test_what_is_no_sealed_pdf_is_refused_with_a_reason(file: bytes) -> None:
    examined = examine(file)
    assert not examined.is_ours
    assert examined.reason


def test_a_sheet_without_a_seal_is_refused(sheet: bytes) -> None:
    examined = examine(sheet)
    assert not examined.is_ours
    assert "no seal" in examined.reason


# --- the key --------------------------------------------------------------------------------


def test_without_a_key_it_says_what_to_do(sheet: bytes, settings: Any) -> None:
    settings.SEAL_KEY_FILE = ""
    with pytest.raises(CannotSeal, match=r"set SEAL_KEY_FILE or SEAL_PKCS11_MODULE"):
        seal(sheet, at=ISSUED)


def test_a_key_that_is_not_there_is_named(sheet: bytes, settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "gone.p12"
    with pytest.raises(CannotSeal, match=r"gone\.p12"):
        seal(sheet, at=ISSUED)


def test_a_key_with_a_passphrase_needs_the_right_one(
    sheet: bytes, settings: Any, tmp_path: Path
) -> None:
    key, certificate = key_pair(Path(site.SEAL_KEY_FILE))
    lock = BestAvailableEncryption(b"open sesame")
    settings.SEAL_KEY_FILE = tmp_path / "locked.p12"
    settings.SEAL_KEY_FILE.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, lock)
    )
    settings.SEAL_PASSPHRASE = "open barley"
    with pytest.raises(CannotSeal, match="SEAL_PASSPHRASE"):
        seal(sheet, at=ISSUED)
    settings.SEAL_PASSPHRASE = "open sesame"
    assert examine(seal(sheet, at=ISSUED)).is_ours


def test_a_file_without_a_key_is_no_key(sheet: bytes, settings: Any, tmp_path: Path) -> None:
    _, certificate = key_pair(Path(site.SEAL_KEY_FILE))
    settings.SEAL_KEY_FILE = tmp_path / "only.pem"
    settings.SEAL_KEY_FILE.write_bytes(certificate.public_bytes(Encoding.PEM))
    with pytest.raises(CannotSeal, match="no PKCS#12 file"):
        seal(sheet, at=ISSUED)


def test_an_expired_seal_seals_nothing(sheet: bytes) -> None:
    with pytest.raises(CannotSeal, match="valid from 2020-01-01 to 2049-01-01 only"):
        seal(sheet, at=datetime(2049, 6, 1, tzinfo=UTC))


def test_earlier_seals_stay_believed_after_the_key_was_changed(
    sealed: bytes, settings: Any, tmp_path: Path
) -> None:
    _, earlier = key_pair(Path(site.SEAL_KEY_FILE))
    settings.SEAL_KEY_FILE = tmp_path / "new.p12"
    make_demo_key(settings.SEAL_KEY_FILE)
    assert not examine(sealed).trusted
    settings.SEAL_TRUSTED = tmp_path / "earlier.pem"
    settings.SEAL_TRUSTED.write_bytes(earlier.public_bytes(Encoding.PEM))
    assert examine(sealed).is_ours


def test_a_list_of_believed_seals_that_is_not_there_is_said(settings: Any, sealed: bytes) -> None:
    settings.SEAL_TRUSTED = "/nowhere/earlier.pem"
    with pytest.raises(CannotSeal, match="SEAL_TRUSTED"):
        examine(sealed)


def test_a_token_needs_its_package(
    sheet: bytes, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there(name: str) -> Any:
        raise ImportError(name)

    settings.SEAL_PKCS11_MODULE = "/usr/lib/module.so"
    monkeypatch.setattr(tokens, "import_module", not_there)
    with pytest.raises(CannotSeal, match="uv sync --inexact --group pkcs11"):
        seal(sheet, at=ISSUED)


# --- time stamps ----------------------------------------------------------------------------


def test_with_a_timestamp_service_the_moment_is_proven(
    sheet: bytes, settings: Any, tmp_path: Path
) -> None:
    said = ISSUED + timedelta(minutes=3)
    service = TimestampService(says=said)
    settings.SEAL_TRUSTED = tmp_path / "believed.pem"
    settings.SEAL_TRUSTED.write_bytes(service.pem)
    with service.serving() as settings.SEAL_TIMESTAMP_URL:
        stamped = seal(sheet, at=ISSUED)
    examined = examine(stamped)
    assert examined.is_ours
    assert examined.time_stamped
    assert examined.signed_at == said


def test_a_timestamp_of_somebody_unknown_proves_no_moment(
    sheet: bytes, settings: Any, timestamps: TimestampService
) -> None:
    with timestamps.serving() as settings.SEAL_TIMESTAMP_URL:
        stamped = seal(sheet, at=ISSUED)
    assert not examine(stamped).time_stamped


def test_a_seal_for_the_long_term_carries_its_proofs(
    sheet: bytes, settings: Any, tmp_path: Path, timestamps: TimestampService
) -> None:
    settings.SEAL_LONG_TERM = True
    settings.SEAL_TRUSTED = tmp_path / "believed.pem"
    settings.SEAL_TRUSTED.write_bytes(timestamps.pem)
    with timestamps.serving() as settings.SEAL_TIMESTAMP_URL:
        lasting = seal(sheet, at=ISSUED)
    reader = PdfFileReader(BytesIO(lasting))
    kinds = [signature.sig_object_type for signature in reader.embedded_signatures]
    assert kinds == ["/Sig", "/DocTimeStamp"]
    assert reader.root["/DSS"]["/Certs"]
    examined = examine(lasting)
    assert examined.is_ours
    assert examined.time_stamped
    for where in (100, len(lasting) // 2, -300, -1):
        changed = bytearray(lasting)
        changed[where] ^= 0x10
        assert not examine(bytes(changed)).is_ours


def test_the_long_term_needs_a_timestamp_service(sheet: bytes, settings: Any) -> None:
    settings.SEAL_LONG_TERM = True
    with pytest.raises(CannotSeal, match="set SEAL_TIMESTAMP_URL"):
        seal(sheet, at=ISSUED)


def test_a_timestamp_service_that_is_down_is_said(sheet: bytes, settings: Any) -> None:
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(CannotSeal, match="timestamp service"):
        seal(sheet, at=ISSUED)


# --- commands -------------------------------------------------------------------------------


def test_a_demo_key_is_made_once_for_its_user_only_and_says_what_it_is(
    settings: Any, tmp_path: Path
) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "seal" / "demo.p12"
    said = StringIO()
    call_command("make_seal_key", stdout=said)
    made = settings.SEAL_KEY_FILE.read_bytes()
    assert NAME in said.getvalue()
    assert stat.S_IMODE(os.stat(settings.SEAL_KEY_FILE).st_mode) == 0o600
    key, certificate = key_pair(settings.SEAL_KEY_FILE)
    assert key.curve.name == "secp256r1"
    assert "no legal value" in certificate.subject.rfc4514_string()
    call_command("make_seal_key", stdout=said)
    assert settings.SEAL_KEY_FILE.read_bytes() == made
    assert [file.name for file in settings.SEAL_KEY_FILE.parent.iterdir()] == ["demo.p12"]


def test_a_real_site_makes_no_key_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = False
    settings.SEAL_KEY_FILE = tmp_path / "real.p12"
    with pytest.raises(CommandError, match="Only a demo"):
        call_command("make_seal_key")
    assert not settings.SEAL_KEY_FILE.exists()


def test_a_file_is_checked_by_command(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(sealed)
    said = StringIO()
    call_command("check_certificate", str(file), stdout=said)
    assert "This file is ours, unchanged." in said.getvalue()
    assert "by its own word" in said.getvalue()
    file.write_bytes(sealed.replace(b"Putokaz", b"Putokax"))
    with pytest.raises(CommandError, match="no certificate of this site"):
        call_command("check_certificate", str(file), stdout=said)
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_certificate", str(tmp_path / "gone.pdf"))


def test_of_a_file_that_is_not_ours_the_command_says_why_in_a_sentence(
    sheet: bytes, sealed: bytes, tmp_path: Path
) -> None:
    """It told of an error in its own code: "ValueError: not enough values to unpack"."""
    foreign = sealed.replace(b"/Contents <3082", b"/Contents <0082")
    for content, sentence in (
        (sheet, "This PDF carries no seal; every certificate of this site has one."),
        (b"A letter", "This file is no PDF that can be read: "),
        (b"", "This file is no PDF that can be read: "),
        (foreign, "Its seal is not made as ours are"),
    ):
        file = tmp_path / "other.pdf"
        file.write_bytes(content)
        said = StringIO()
        with pytest.raises(CommandError, match="no certificate of this site"):
            call_command("check_certificate", str(file), stdout=said)
        assert said.getvalue().startswith(sentence)
        assert len(said.getvalue().splitlines()) == 1
