"""Since when nothing published has changed."""

from django.db import models


class PublishedState(models.Model):
    """One row: its token is another after each change of content. See `cms.published`."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
