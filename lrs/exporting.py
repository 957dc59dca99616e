"""Statements on their way out of the house, in the order of storing, however many they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lrs.attachments import attached, hash_of
from lrs.models import Attachment, Statement, Voided
from lrs.parsing import parse
from lrs.positions import last_position
from lrs.whole_files import whole_file
from xapi.verbs import VOIDED

# So many are in memory at a time.
_BATCH = 500


@dataclass(frozen=True)
class Selection:
    """What goes out: stored after `since`, until `until` (xAPI Communication 2.1.3).

    `own` is True for what this site recorded alone, False for what was sent here alone.
    """

    until: datetime
    since: datetime | None = None
    verb: str = ""
    own: bool | None = None


class Record(NamedTuple):
    """One statement with what the log knows of it. `sender` is the key of a credential."""

    position: int
    stored: datetime
    timestamp: datetime
    id: UUID
    verb: str
    activity: str
    activity_type: str
    registration: UUID | None
    sender: str | None
    taken_back: bool
    taken_back_by_site: bool
    body: str

    @property
    def is_voided(self) -> bool:
        """Say whether it was taken back by whoever may (xAPI Data 2.3.2)."""
        by_whom = self.taken_back if self.sender else self.taken_back_by_site
        return by_whom and self.verb != VOIDED.id


_COLUMNS = (
    "position", "stored", "timestamp", "id", "verb", "activity", "activity_type", "registration",
    "credential__key", "taken_back", "taken_back_by_site", "body",
)  # fmt: skip


def batches(selection: Selection) -> Iterator[list[Record]]:
    """Yield what is selected, voided statements too, some hundreds at a time.

    Each batch is a query of its own that begins where the last one ended: no transaction stays
    open, and none gets slower the further it goes.
    """
    place = last_position(selection.since) if selection.since else None
    while found := _after(selection, place):
        yield found
        place = found[-1].position


def write_attachments(records: Iterable[Record], folder: Path) -> None:
    """Write what is attached to statements, each into a file named by its SHA-2, once.

    Raises OSError.
    """
    bodies = [parse(one.body.encode()) for one in records if '"attachments"' in one.body]
    names = {hash_of(attachment) for body in bodies for attachment in attached(body)}
    missing = sorted(name for name in names if not (folder / name).exists())
    found = Attachment.objects.filter(sha2__in=missing).iterator(chunk_size=1)
    for attachment in found:
        with whole_file(folder / attachment.sha2) as file:
            file.write(attachment.content)


def _after(selection: Selection, place: int | None) -> list[Record]:
    rows = Statement.objects.filter(position__lte=last_position(selection.until))
    if place is not None:
        rows = rows.filter(position__gt=place)
    if selection.verb:
        rows = rows.filter(verb=selection.verb)
    if selection.own is not None:
        rows = rows.filter(credential__isnull=selection.own)
    voided = Voided.objects.filter(target=OuterRef("id"))
    by_client = voided.filter(Q(sender=None) | Q(sender=OuterRef("credential_id")))
    rows = rows.annotate(
        taken_back=Exists(by_client), taken_back_by_site=Exists(voided.filter(by_site=True))
    )
    return [Record(*row) for row in rows.order_by("position").values_list(*_COLUMNS)[:_BATCH]]
