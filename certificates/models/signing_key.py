"""Keys that sign certificates as data: what everybody may know of them."""

from typing import Any

from django.db import models


class KeyIsKept(Exception):
    """A key cannot be deleted: certificates that it has signed would no longer be verifiable."""


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    """Keys are never deleted, one by one or together."""

    def delete(self) -> tuple[int, dict[str, int]]:
        raise KeyIsKept

    def in_use(self) -> "SigningKeyQuerySet":
        """Keep the keys that sign now: one for each purpose."""
        return self.filter(retired_at=None)


class SigningKey(models.Model):
    """The public half of a key. The private half is a file named after `kid`: see docs."""

    class Purpose(models.TextChoices):
        CREDENTIAL = "credential"  # the VC-JWT, and what the QR code carries
        PROOF = "proof"  # the JSON-LD

    kid = models.CharField(max_length=16, primary_key=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    algorithm = models.CharField(max_length=10)
    public_jwk = models.JSONField()
    begins_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], name="one_key_in_use", condition=models.Q(retired_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kid} ({self.purpose})"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise KeyIsKept
