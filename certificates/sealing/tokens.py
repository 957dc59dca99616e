"""A key that never leaves its token or HSM, by PKCS#11."""

from contextlib import suppress
from importlib import import_module
from typing import Any

from pyhanko.sign.signers import Signer

from certificates.sealing.configured import SealSettings
from certificates.sealing.door import CannotSeal

_PACKAGE = "pyhanko.sign.pkcs11"


def from_token(chosen: SealSettings) -> Signer:
    """Open the token and return who seals with its key. Raises CannotSeal."""
    try:
        tokens = import_module(_PACKAGE)
    except ImportError as error:
        raise CannotSeal(
            "A key on a token needs python-pkcs11: uv sync --inexact --group pkcs11"
        ) from error
    signer = tokens.PKCS11Signer(
        _session(tokens, chosen), cert_label=chosen.pkcs11_label, key_label=chosen.pkcs11_label
    )
    # Not every token hashes by itself, but each signs a hash.
    signer.use_raw_mechanism = _certificate(signer, chosen).public_key.algorithm == "ec"
    opened: Signer = signer
    return opened


def close(signer: Signer) -> None:
    """Close the session with a token, if this is one."""
    session = getattr(signer, "pkcs11_session", None)
    if session is not None:
        with suppress(Exception):  # it may be gone already
            session.close()


def _session(tokens: Any, chosen: SealSettings) -> Any:
    try:
        return tokens.open_pkcs11_session(
            chosen.pkcs11_module,
            token_criteria=tokens.TokenCriteria(label=chosen.pkcs11_token),
            user_pin=chosen.pkcs11_pin or None,
        )
    except Exception as error:  # each maker of tokens has its own
        raise CannotSeal(
            f"The token “{chosen.pkcs11_token}” cannot be used: {_said(error)}"
        ) from error


def _certificate(signer: Any, chosen: SealSettings) -> Any:
    try:
        return signer.signing_cert
    except Exception as error:
        close(signer)
        raise CannotSeal(
            f"The token has no certificate “{chosen.pkcs11_label}”: {_said(error)}"
        ) from error


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
