"""What every projection's table has in common."""

from typing import ClassVar

from django.db import models


class ProjectedRow(models.Model):
    """A row folded from the log: thrown away and made anew at will, never edited by hand.

    Each belongs to one registration, so that a void makes no more anew than that.
    """

    natural_key_fields: ClassVar[tuple[str, ...]]

    registration = models.UUIDField()

    class Meta:
        abstract = True
