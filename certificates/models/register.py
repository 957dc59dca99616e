"""The register, folded from `earned` and `revoked`."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models

from lrs.models import ProjectedRow

ATTENDANCE = "attendance"
ACHIEVEMENT = "achievement"

VALID = "valid"
EXPIRED = "expired"
REPLACED = "replaced"
RENEWED = "renewed"
REVOKED = "revoked"

# So long before the last day a holder is told, and offered what renews the certificate.
ENDS_SOON = timedelta(days=60)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """A row may know of a revocation or a successor before it knows of the certificate."""

    def known(self) -> "CertificateQuerySet":
        """Keep the certificates that were earned, whatever became of them."""
        return self.filter(earned_at__isnull=False)

    def standing(self) -> "CertificateQuerySet":
        """Keep those that are neither revoked nor replaced; they may have expired."""
        return self.known().filter(revoked_at=None, replaced_by=None)

    def ending(self, today: date) -> "CertificateQuerySet":
        """Keep those that stand and are valid for a time that is nearly over."""
        return self.standing().filter(valid_until__gte=today, valid_until__lte=today + ENDS_SOON)


class Certificate(ProjectedRow):
    """The register: what was earned, by whom, the file's fingerprint, and what became of it."""

    natural_key_fields = ("key",)

    key = models.UUIDField(primary_key=True)
    registration = models.UUIDField(db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    course_key = models.UUIDField(null=True)
    edition = models.PositiveIntegerField(null=True)
    serial = models.CharField(max_length=30, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    minutes = models.PositiveIntegerField(null=True)
    certificate_class = models.CharField(max_length=20, blank=True)
    earned_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)
    renewed_on = models.DateField(null=True, help_text="By a refresher; it was earned before.")
    replaced_by = models.UUIDField(null=True)
    is_renewed = models.BooleanField(default=False, help_text="What replaced it is a renewal.")
    revoked_at = models.DateTimeField(null=True)

    objects = CertificateQuerySet.as_manager()

    def __str__(self) -> str:
        return self.serial

    @property
    def course(self) -> UUID:
        """The course. Raises LookupError before `earned` was folded."""
        if self.course_key is None:
            raise LookupError("what was earned has not been folded yet")
        return self.course_key

    def status(self, today: date) -> str:
        """Return "revoked", "renewed", "replaced", "expired" or "valid", the first that holds."""
        if self.revoked_at:
            return REVOKED
        if self.replaced_by:
            return RENEWED if self.is_renewed else REPLACED
        if self.valid_until and self.valid_until < today:
            return EXPIRED
        return VALID

    def is_due(self, today: date) -> bool:
        """Say whether its last day is near or over: it is time to renew it, if it stands."""
        return self.valid_until is not None and self.valid_until <= today + ENDS_SOON
