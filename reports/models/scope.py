"""What a reader of the feed could see when it was read."""

from django.db import models


class Scope(models.Model):
    """Institutions, professions and rights, named by the hash of what they are.

    A cursor cites the scopes under which its reader was served; so a row that is no longer in one
    of them can be taken back. A row of this table never changes, and says nothing about when.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    institutions = models.JSONField()
    professions = models.JSONField()
    identified = models.BooleanField()
    exact_results = models.BooleanField()

    def __str__(self) -> str:
        return self.digest
