"""Documents that clients keep here: states and profiles (1.0.3 Communication 2.2, 2.3, 2.6, 2.7).

Check and change are one transaction. PostgreSQL locks the row in it; SQLite lets one writer in at
a time. Where two create the same document at once, the unique constraint lets one through, and
the other looks again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from lrs.models import Document
from lrs.parsing import parse
from lrs.preconditions import Precondition
from lrs.refusals import Refusal

JSON = "application/json"
NO_PRECONDITION = Precondition()
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where documents stand together.

    The keys of the activity and the agent, 0 for none; the registration in small letters, "" for
    none.
    """

    kind: str
    activity: int = 0
    agent: int = 0
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a document says, and its media type as the sender wrote it."""

    body: bytes
    media_type: str

    @property
    def is_json(self) -> bool:
        return self.media_type.partition(";")[0].strip().lower() == JSON


def read(shelf: Shelf, name: str) -> Document | None:
    """Return the document of this name."""
    return _named(shelf, name).first()


def list_names(shelf: Shelf, *, since: datetime | None = None) -> tuple[list[str], datetime | None]:
    """Return the names of the documents, and when the newest of them was written.

    Only those written after `since`. A shelf without registration stands for all of them.
    """
    found = _standing(shelf)
    if since is not None:
        found = found.filter(updated__gt=since)
    rows = found.values("name").annotate(newest=Max("updated")).order_by("newest", "name")
    newest = [(row["name"], row["newest"]) for row in rows]
    return [name for name, _ in newest], (newest[-1][1] if newest else None)


def put(
    shelf: Shelf,
    name: str,
    content: Content,
    *,
    at: datetime,
    only_if: Precondition = NO_PRECONDITION,
) -> None:
    """Store a document in place of what was there.

    Raises Refusal for JSON that is none, Mismatch, or Conflict.
    """
    if content.is_json:
        parse(content.body)
    _change(shelf, name, only_if, at, lambda found: content)


def merge(
    shelf: Shelf,
    name: str,
    content: Content,
    *,
    at: datetime,
    only_if: Precondition = NO_PRECONDITION,
) -> None:
    """Set the properties of a JSON object in the one that is there; store it where there is none.

    Raises Refusal where either of the two is no JSON object, Mismatch, or Conflict.
    """
    if content.is_json:
        parse(content.body)
    _change(shelf, name, only_if, at, lambda found: _merged(found, content) if found else content)


def delete(shelf: Shelf, name: str, *, only_if: Precondition = NO_PRECONDITION) -> None:
    """Delete a document, if it is there. Raises Mismatch."""
    with transaction.atomic():
        found = _named(shelf, name).select_for_update().defer("content").first()
        only_if.check(found.etag if found else None)
        if found:
            Document.objects.filter(pk=found.pk).delete()


def delete_all(shelf: Shelf) -> None:
    """Delete all documents; a shelf without registration stands for all of them."""
    _standing(shelf).delete()


def digest(body: bytes) -> str:
    """Return the SHA-1 of a content, as the specification wants it (1.0.3 Communication 3.1)."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def _named(shelf: Shelf, name: str) -> QuerySet[Document]:
    return Document.objects.filter(**asdict(shelf), name=name)


def _standing(shelf: Shelf) -> QuerySet[Document]:
    """Find the documents of a context: 'Activity + Agent [+ registration if specified]'."""
    fields = asdict(shelf)
    if not shelf.registration:
        del fields["registration"]
    return Document.objects.filter(**fields)


def _change(
    shelf: Shelf,
    name: str,
    only_if: Precondition,
    at: datetime,
    compose: Callable[[Document | None], Content],
) -> None:
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                found = _named(shelf, name).select_for_update().defer("content").first()
                only_if.check(found.etag if found else None)
                _write(shelf, name, found, compose(found), at)
            return
        except IntegrityError:
            # At this moment somebody else created it: look again.
            if attempt == _TRIES - 1:
                raise


def _write(shelf: Shelf, name: str, found: Document | None, content: Content, at: datetime) -> None:
    fields: dict[str, Any] = {
        "content": content.body,
        "content_type": content.media_type,
        "etag": digest(content.body),
        "updated": at,
    }
    if found:
        Document.objects.filter(pk=found.pk).update(**fields)
    else:
        Document.objects.create(**asdict(shelf), name=name, **fields)


def _merged(found: Document, posted: Content) -> Content:
    kept = Content(bytes(found.content), found.content_type)
    if not (kept.is_json and posted.is_json):
        raise Refusal(f"only documents of type {JSON} can be merged")
    old, new = parse(kept.body), parse(posted.body)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        raise Refusal("only JSON objects can be merged")
    return Content(_serialized(old | new), kept.media_type)


def _serialized(value: dict[str, Any]) -> bytes:
    try:
        return json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        ).encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can only write as an escape.
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    except ValueError as error:
        raise Refusal("the document has a number that is too large to keep") from error
