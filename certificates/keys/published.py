"""The keys as others see them: all there ever were, and the one that signs now."""

from collections.abc import Mapping

from certificates.models import SigningKey

Keys = Mapping[str, SigningKey]


class NoKey(Exception):
    """No key has been made for this purpose yet: run make_keys, see docs/operating.md."""


def key_in_use(purpose: SigningKey.Purpose) -> SigningKey:
    """Return the key that signs now. Raises NoKey."""
    key = SigningKey.objects.in_use().filter(purpose=purpose).first()
    if key is None:
        raise NoKey(f"There is no key for “{purpose}”: run make_keys, see docs/operating.md.")
    return key


def published_keys() -> Keys:
    """Return every key there ever was, by its `kid`, newest first."""
    return {key.kid: key for key in SigningKey.objects.order_by("-begins_at", "kid")}
