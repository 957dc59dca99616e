"""Keys that sign certificates: every process of tests has its own, for all of its stories."""

from django.utils import timezone

from certificates.keys import PrivateKeyMissing, make_keys, rotate_key
from certificates.keys.private import private_key
from certificates.models import SigningKey


def have_keys() -> None:
    """Make the keys that sign. Those of another process, left in a kept database, are retired."""
    for key in list(SigningKey.objects.in_use()):
        try:
            private_key(key.kid)
        except PrivateKeyMissing:
            rotate_key(key.purpose, timezone.now())
    make_keys(timezone.now())
