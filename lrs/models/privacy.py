"""What the record store keeps so that it can keep less about people."""

from secrets import token_bytes

from django.db import models


def random_key() -> bytes:
    """Return 256 random bits."""
    return token_bytes(32)


class PseudonymKey(models.Model):
    """The one key by which e-mail addresses become pseudonyms.

    It is no part of the settings: a new SECRET_KEY must not make everybody a stranger. Whoever
    deletes the row makes all pseudonyms nobody's.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    secret = models.BinaryField(default=random_key)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_pseudonym_key")]

    def __str__(self) -> str:
        return "key of pseudonyms"


class Removal(models.Model):
    """That a retention rule removed statements: how many, which verb, of which day."""

    removed_at = models.DateTimeField(help_text="When the run began.")
    rule = models.TextField()
    verb = models.TextField()
    day = models.DateField(help_text="When they were stored (UTC).")
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-removed_at", "day", "verb"]
        constraints = [
            models.UniqueConstraint(fields=["removed_at", "verb", "day"], name="removal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.day}: {self.verb}"
