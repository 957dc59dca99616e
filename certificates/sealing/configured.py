"""What an operator says about the seal: docs/operating.md."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class SealSettings:
    """Where the key is, who says what time it is, and whose certificates are believed."""

    key_file: str
    passphrase: str
    pkcs11_module: str
    pkcs11_token: str
    pkcs11_pin: str
    pkcs11_label: str
    timestamp_url: str
    long_term: bool
    trusted: str


def seal_settings() -> SealSettings:
    """Return what the environment of this process says."""
    return SealSettings(
        key_file=str(settings.SEAL_KEY_FILE),
        passphrase=settings.SEAL_PASSPHRASE,
        pkcs11_module=settings.SEAL_PKCS11_MODULE,
        pkcs11_token=settings.SEAL_PKCS11_TOKEN,
        pkcs11_pin=settings.SEAL_PKCS11_PIN,
        pkcs11_label=settings.SEAL_PKCS11_LABEL,
        timestamp_url=settings.SEAL_TIMESTAMP_URL,
        long_term=settings.SEAL_LONG_TERM,
        trusted=str(settings.SEAL_TRUSTED),
    )
