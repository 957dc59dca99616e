"""The append-only log and what it is searched by."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from lrs.models.credentials import Credential
from lrs.sql import CurrentTransaction


class Statement(models.Model):
    """One xAPI statement, stored exactly. The columns beside `body` only help to find it.

    `sequence` and `transaction` tell in which order it became visible, `position` in which order
    it was stored: see `lrs.positions`.
    """

    sequence = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    id = models.UUIDField(unique=True)
    position = models.BigIntegerField(unique=True)
    stored = models.DateTimeField()
    timestamp = models.DateTimeField()
    credential = models.ForeignKey(
        Credential,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        help_text="Who sent it over HTTP; empty for what this site recorded itself.",
    )
    actor = models.UUIDField(null=True, help_text="Our opaque id, where the actor has one.")
    verb = models.TextField()
    activity = models.TextField(help_text="Id of the object, or of the target.")
    activity_type = models.TextField(blank=True)
    registration = models.UUIDField(null=True)
    body = models.TextField(help_text="The statement as JSON.")

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(
                "registration",
                "stored",
                name="statement_registration",
                condition=Q(credential=None),
            ),
            models.Index("stored", "id", name="statement_stored"),
            models.Index("transaction", "sequence", name="statement_visible"),
        ]

    def __str__(self) -> str:
        return f"{self.id}"


class Mention(models.Model):
    """That a statement mentions something: the index behind every filter.

    One range of the primary key holds, in the order of storing, all statements that mention one
    agent, activity, verb or registration.
    """

    pk = models.CompositePrimaryKey("key", "direct", "position")
    key = models.BigIntegerField(help_text="See xapi.mentions.")
    direct = models.BooleanField(help_text="Found by the plain filters, not only by related_*.")
    position = models.BigIntegerField(help_text="The statement's position, plus the lane.")

    def __str__(self) -> str:
        return f"{self.key} at {self.position}"


class Voided(models.Model):
    """A statement that was taken back; it may not have arrived yet (xAPI Data 2.3.2)."""

    target = models.UUIDField(primary_key=True)
    by_site = models.BooleanField(
        default=True, help_text="Only this site can take back what this site recorded."
    )
    sender = models.BigIntegerField(
        null=True,
        help_text="The credential whose own statements alone it takes back; empty for anybody's.",
    )

    def __str__(self) -> str:
        return f"{self.target}"

    def takes_back(self, sender: int | None) -> bool:
        """Say whether it counts against a statement of this sender; this site's own has none."""
        if self.by_site:
            return True
        return sender is not None and self.sender in (None, sender)


class Epoch(models.Model):
    """Which life of the log this is: a restore from a backup begins a new one.

    A reader's place in the log is worth something within one epoch only, because after a restore
    the same numbers can be given out again.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    began = models.DateTimeField(auto_now_add=True)
    settled = models.BigIntegerField(
        default=0,
        help_text="The last sequence before it: no transaction can bring one up to it any more.",
    )

    class Meta:
        ordering = ["began"]

    def __str__(self) -> str:
        return f"{self.id}"
