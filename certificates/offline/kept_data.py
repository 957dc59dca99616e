"""What a phone has to know to check a signed line by itself: our keys, what fell, and titles."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from certificates.compact import course_prefix
from certificates.keys import Keys, published_keys
from certificates.models import Certificate, Sheet, SigningKey
from certificates.models.register import RENEWED, REPLACED, REVOKED
from courses.models import CoursePage, Edition

# Of the digest of a code, in hexadecimal digits. Short on purpose: a million codes begin alike, so
# that nobody can find out which one fell by trying all there are; and yet among a thousand that
# fell, one of a thousand million that stand is taken for one of them.
DIGEST_LENGTH = 10


def kept_data(*, at: datetime) -> dict[str, Any]:
    """Return keys, fallen certificates and titles of courses as they are now.

    `made` is the full hour: within it the answer stays the same as long as nothing changes.
    """
    hour = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    return {
        "made": hour.isoformat(),
        "site": settings.WAGTAIL_SITE_NAME,
        "keys": keys_of_lines(published_keys()),
        "courses": _titles(),
        **_fallen(timezone.localdate(at)),
    }


def keys_of_lines(keys: Keys) -> list[dict[str, Any]]:
    """Return the keys that sign lines, newest first; days are those of Serbia."""
    return [
        {
            "kid": key.kid,
            "jwk": key.public_jwk,
            "begins": timezone.localdate(key.begins_at).isoformat(),
            "retired": timezone.localdate(key.retired_at).isoformat() if key.retired_at else None,
        }
        for key in keys.values()
        if key.purpose == SigningKey.Purpose.CREDENTIAL
    ]


def _titles() -> dict[str, dict[str, str]]:
    """Return the titles of every course that was ever published, by how its key begins."""
    courses = CoursePage.objects.filter(translation_key__in=Edition.objects.values("course_key"))
    found: dict[str, dict[str, str]] = {}
    rows = courses.order_by("translation_key", "locale__language_code")
    for key, language, title in rows.values_list(
        "translation_key", "locale__language_code", "title"
    ):
        found.setdefault(course_prefix(key), {})[language] = title
    return found


def _fallen(today: date) -> dict[str, list[str]]:
    """Return how the digests of the codes begin that are revoked, replaced or renewed."""
    digests = Sheet.objects.filter(key=OuterRef("key")).values("code_sha256")
    fell = Certificate.objects.known().exclude(revoked_at=None, replaced_by=None)
    found: dict[str, list[str]] = {REVOKED: [], REPLACED: [], RENEWED: []}
    for certificate in fell.annotate(digest=Subquery(digests)).exclude(digest=None):
        state = certificate.status(today)
        found[state].append(certificate.digest[:DIGEST_LENGTH])
    return {state: sorted(digests) for state, digests in found.items()}
