"""What the two forms have in common: which key, whose, and whether it still signed then."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from certificates.credential.refusals import KeyRetired, NotOurs, NotUnderstood
from certificates.keys import Keys
from certificates.models import SigningKey


def key_named(
    address: object, keys: Keys, *, purpose: SigningKey.Purpose, issuer: str
) -> SigningKey:
    """Return the key of a DID URL. Raises NotOurs unless it is one of the issuer, for this."""
    controller, _, kid = address.partition("#") if isinstance(address, str) else ("", "", "")
    key = keys.get(kid)
    if key is None or key.purpose != purpose:
        raise NotOurs("It names a key that is not ours.")
    if controller != issuer:
        raise NotOurs("It names a key of somebody else than its issuer.")
    return key


def check_in_use(key: SigningKey, signed_at: datetime) -> None:
    """Refuse what says it was signed after its key was retired. Raises KeyRetired."""
    if key.retired_at and signed_at > key.retired_at:
        raise KeyRetired("It says that it was signed after its key was retired.")


def issuer_of(credential: Mapping[str, Any]) -> str:
    """Return the DID of who issued a credential. Raises NotUnderstood."""
    issuer = credential.get("issuer")
    identity = issuer.get("id") if isinstance(issuer, dict) else None
    if not isinstance(identity, str):
        raise NotUnderstood("It does not say who issued it.")
    return identity


def moment(at: datetime) -> str:
    """Return a moment as credentials write it: to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_moment(text: object) -> datetime:
    """Return the moment that a credential writes. Raises NotUnderstood."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotUnderstood("A moment in it is not written as our certificates do.") from error
