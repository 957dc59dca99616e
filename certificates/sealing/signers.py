"""Who seals: a key in a file (PKCS#12), or one that never leaves its token (PKCS#11).

Each is opened once in a process. A key that was changed is used after a restart.
"""

from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from pyhanko.sign.signers import Signer, SimpleSigner

from certificates.sealing.configured import SealSettings
from certificates.sealing.door import CannotSeal
from certificates.sealing.tokens import close, from_token

_WHERE = "See “The seal” in docs/operating.md."
_OPEN: dict[SealSettings, Signer] = {}


def signer_of(chosen: SealSettings) -> Signer:
    """Return who seals with the configured key. Raises CannotSeal."""
    if chosen not in _OPEN:
        _OPEN[chosen] = _opened(chosen)
    return _OPEN[chosen]


def forget_signers() -> None:
    """Close what was opened: a token that was taken out is looked for again."""
    while _OPEN:
        _, signer = _OPEN.popitem()
        close(signer)


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


def _opened(chosen: SealSettings) -> Signer:
    if chosen.pkcs11_module:
        return from_token(chosen)
    if chosen.key_file:
        return _from_file(Path(chosen.key_file), chosen.passphrase)
    raise CannotSeal(f"No seal is configured: set SEAL_KEY_FILE or SEAL_PKCS11_MODULE. {_WHERE}")


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
