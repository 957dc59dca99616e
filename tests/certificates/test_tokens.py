"""A key that never leaves its token: sealing with PKCS#11, on a token made of software."""

import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from django.conf import settings as site

from certificates.rendering import render_sheet
from certificates.sealing import CannotSeal, seal, signers
from certificates.sealing.checking import examine
from config.bootstrap.pdf_tools import missing_groups, missing_packages
from tests.factories.sheets import ISSUED, sheet_of

_MISSING = [*missing_packages(), *missing_groups()]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.pdf,
    pytest.mark.skipif(bool(_MISSING), reason=f"not on this machine: {', '.join(_MISSING)}"),
]
PIN = "2468"


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A token "Seals" with the key of the demo, under the label "seal"; the path of its driver."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOFTHSM2_CONF", str(folder / "softhsm.conf"))
        driver = str(next(Path("/usr/lib").glob("**/libsofthsm2.so")))
        _run("softhsm2-util", "--init-token", "--free", "--label", "Seals", "--so-pin", "1357")
        _bring_key(driver, folder)
        yield driver


def _bring_key(driver: str, folder: Path) -> None:
    key, certificate, _ = pkcs12.load_key_and_certificates(
        Path(site.SEAL_KEY_FILE).read_bytes(), None
    )
    assert key
    assert certificate
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    words = ["--import", str(folder / "key.pem"), "--token", "Seals", "--label", "seal"]
    _run("softhsm2-util", *words, "--id", "01", pin=True)
    pkcs11: Any = import_module("pkcs11")
    token = pkcs11.lib(driver).get_token(token_label="Seals")
    with token.open(rw=True, user_pin=PIN) as session:
        fields = import_module("pkcs11.util.x509").decode_x509_certificate(
            certificate.public_bytes(Encoding.DER)
        )
        fields |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal"}
        session.create_object(fields | {pkcs11.Attribute.ID: b"\x01"})


def _run(*words: str, pin: bool = False) -> None:
    command = [*words, "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def token(settings: Any, module: str) -> Any:
    settings.SEAL_KEY_FILE = ""
    settings.SEAL_PKCS11_MODULE = module
    settings.SEAL_PKCS11_TOKEN = "Seals"
    settings.SEAL_PKCS11_LABEL = "seal"
    settings.SEAL_PKCS11_PIN = PIN
    yield settings
    signers.forget_signers()


def test_a_token_seals_as_a_file_does(token: Any) -> None:
    sheet = render_sheet(sheet_of())
    for _ in range(2):  # the second time the session is open already
        examined = examine(seal(sheet, at=ISSUED))
        assert examined.is_ours
        assert examined.signed_at == ISSUED


def test_a_token_that_was_taken_out_and_put_back_seals_again(token: Any) -> None:
    sheet = render_sheet(sheet_of())
    seal(sheet, at=ISSUED)
    (signer,) = signers._OPEN.values()
    signer.pkcs11_session.close()  # type: ignore[attr-defined]
    with pytest.raises(CannotSeal, match="could not be sealed"):
        seal(sheet, at=ISSUED)
    assert examine(seal(sheet, at=ISSUED)).is_ours


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SEAL_PKCS11_PIN", "0000", "“Seals” cannot be used: PinIncorrect"),
        ("SEAL_PKCS11_TOKEN", "Elsewhere", "“Elsewhere” cannot be used: No token"),
        ("SEAL_PKCS11_LABEL", "another", "no certificate “another”"),
        ("SEAL_PKCS11_MODULE", "/nowhere/module.so", "“Seals” cannot be used"),
    ],
)
def test_what_is_wrong_with_a_token_is_said(token: Any, name: str, value: str, said: str) -> None:
    setattr(token, name, value)
    with pytest.raises(CannotSeal, match=said):
        seal(render_sheet(sheet_of()), at=ISSUED)
