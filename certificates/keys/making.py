"""Make the keys that sign, and replace one by another. The replaced one stays published."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction

from certificates.keys.forms import jwk_of, kid_of
from certificates.keys.private import PrivateKey, drop_private, keep_private
from certificates.models import SigningKey

ALGORITHMS = {SigningKey.Purpose.CREDENTIAL: "ES256", SigningKey.Purpose.PROOF: "EdDSA"}


def make_keys(at: datetime) -> list[SigningKey]:
    """Make the keys that are missing, one for each purpose; safe to repeat."""
    there = set(SigningKey.objects.in_use().values_list("purpose", flat=True))
    return [made for purpose in ALGORITHMS if purpose not in there for made in _make(purpose, at)]


def rotate_key(purpose: str, at: datetime) -> SigningKey:
    """Retire the key of a purpose and make the next one.

    What the retired one signed until now stays verifiable; it signs nothing any more.
    Raises ValueError for a purpose that does not exist.
    """
    with transaction.atomic():
        list(SigningKey.objects.in_use().filter(purpose=purpose).select_for_update())
        SigningKey.objects.in_use().filter(purpose=purpose).update(retired_at=at)
        return _new(SigningKey.Purpose(purpose), at)


def _make(purpose: SigningKey.Purpose, at: datetime) -> list[SigningKey]:
    try:
        with transaction.atomic():
            return [_new(purpose, at)]
    except IntegrityError:  # another process was first
        return []


def _new(purpose: SigningKey.Purpose, at: datetime) -> SigningKey:
    """Make a key: first the file, then the row, so that every row has its file."""
    private = _generated(ALGORITHMS[purpose])
    jwk = jwk_of(private.public_key())
    kid = kid_of(jwk)
    keep_private(kid, private)
    try:
        return SigningKey.objects.create(
            kid=kid,
            purpose=purpose,
            algorithm=ALGORITHMS[purpose],
            public_jwk=jwk,
            begins_at=at,
        )
    except IntegrityError:
        drop_private(kid)
        raise


def _generated(algorithm: str) -> PrivateKey:
    if algorithm == "ES256":
        return generate_private_key(SECP256R1())
    return Ed25519PrivateKey.generate()
