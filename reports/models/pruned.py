"""Up to which change the feed was pruned."""

from django.db import models


class Pruned(models.Model):
    """The last change that was thrown away, in one life of the log. The newest row counts.

    It is written before anything goes: a cursor that stands earlier is lost from that moment.
    """

    epoch = models.UUIDField()
    transaction = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.transaction}/{self.sequence}"
