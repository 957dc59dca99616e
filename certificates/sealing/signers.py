"""Who seals: a key in a file (PKCS#12), or one that never leaves its token (PKCS#11).

Each is opened once in a process. A key that was changed is used after a restart.
"""

from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from asn1crypto import x509
from pyhanko.sign.signers import Signer, SimpleSigner

from certificates.sealing.configured import SealSettings
from certificates.sealing.door import CannotSeal

_WHERE = "See “The seal” in docs/operating.md."


@cache
def signer_of(chosen: SealSettings) -> Signer:
    """Return who seals with the configured key. Raises CannotSeal."""
    if chosen.pkcs11_module:
        return _from_token(chosen)
    if chosen.key_file:
        return _from_file(Path(chosen.key_file), chosen.passphrase)
    raise CannotSeal(f"No seal is configured: set SEAL_KEY_FILE or SEAL_PKCS11_MODULE. {_WHERE}")


def certificate_of(signer: Signer, *, at: datetime) -> x509.Certificate:
    """Return the certificate of who seals. Raises CannotSeal if it is not valid at that moment."""
    certificate = signer.signing_cert
    if certificate is None:
        raise CannotSeal(f"The seal has no certificate beside its key. {_WHERE}")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        begin, end = certificate.not_valid_before, certificate.not_valid_after
        raise CannotSeal(
            f"The seal is valid from {begin:%Y-%m-%d} to {end:%Y-%m-%d} only. {_WHERE}"
        )
    return certificate


def _from_file(file: Path, passphrase: str) -> Signer:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CannotSeal(f"The seal's key cannot be read: {error}. {_WHERE}") from error
    try:
        return SimpleSigner.load_pkcs12_data(
            content, other_certs=[], passphrase=passphrase.encode() or None
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise CannotSeal(
            f"{file} is no PKCS#12 file with a key and its certificate, or SEAL_PASSPHRASE is not"
            f" its passphrase. {_WHERE}"
        ) from error


def _from_token(chosen: SealSettings) -> Signer:
    try:
        tokens = import_module("pyhanko.sign.pkcs11")
    except ImportError as error:
        raise CannotSeal(
            "Keys on a token need python-pkcs11: uv sync --inexact --group pkcs11"
        ) from error
    try:
        session = tokens.open_pkcs11_session(
            chosen.pkcs11_module,
            token_criteria=tokens.TokenCriteria(label=chosen.pkcs11_token),
            user_pin=chosen.pkcs11_pin or None,
        )
        signer: Signer = tokens.PKCS11Signer(
            session, cert_label=chosen.pkcs11_label, key_label=chosen.pkcs11_label
        )
        # Asked now, so that a wrong label is not found out in the middle of a file.
        known = signer.signing_cert is not None
    except (tokens.PKCS11Error, OSError, RuntimeError, LookupError) as error:
        said = str(error) or type(error).__name__
        raise CannotSeal(f"The token “{chosen.pkcs11_token}” cannot be used: {said}") from error
    if not known:
        raise CannotSeal(f"The token has no certificate “{chosen.pkcs11_label}”. {_WHERE}")
    return signer
