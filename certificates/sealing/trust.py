"""Whose seals are believed: the site's own, and those in the file that SEAL_TRUSTED names."""

from pathlib import Path

from asn1crypto import pem, x509

from certificates.sealing.configured import SealSettings
from certificates.sealing.door import CannotSeal
from certificates.sealing.signers import signer_of


def anchors(chosen: SealSettings) -> list[x509.Certificate]:
    """Return the certificates that are believed: roots, earlier seals, and the present one."""
    return [*named(chosen), *_own(chosen)]


def named(chosen: SealSettings) -> list[x509.Certificate]:
    """Return the certificates in the file that SEAL_TRUSTED names. Raises CannotSeal."""
    if not chosen.trusted:
        return []
    try:
        content = Path(chosen.trusted).read_bytes()
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)]
    except (OSError, ValueError) as error:
        raise CannotSeal(f"SEAL_TRUSTED names no file with certificates: {error}") from error


def _own(chosen: SealSettings) -> list[x509.Certificate]:
    if not (chosen.key_file or chosen.pkcs11_module):
        return []
    certificate = signer_of(chosen).signing_cert
    return [certificate] if certificate else []
