"""What is written beside the log and is read in its order."""

from django.db import models
from django.db.models.functions import Now

from lrs.sql import CurrentTransaction


class Alongside(models.Model):
    """A row written in the transaction of what it tells of: see `lrs.alongside`.

    Rows are only ever added. They are no projection: making those anew leaves them as they are.
    """

    sequence = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        ordering = ["sequence"]
        indexes = [models.Index("transaction", "sequence", name="%(class)s_visible")]
