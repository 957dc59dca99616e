"""The feed of completions for machines, and the digests by which a copy is compared."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.responses import NinjaJSONEncoder
from ninja.throttling import AuthRateThrottle

from reports.api import MAX_LIMIT, CompletionOut
from reports.asking import (
    LANGUAGE,
    PURPOSE,
    RATE,
    ClientToken,
    Problem,
    RangeIn,
    mandate_of,
    require_known_names,
    require_language,
    require_purpose,
    unless_known,
)
from reports.cursors import Cursor, CursorUnreadable, read_cursor
from reports.digests import GROUPS, Digest, digested_columns, digests
from reports.disclosures.machines import record_pull
from reports.feed import CHANGES, Entry, StartAgain, changes_after
from reports.models import Kind
from reports.schema import as_json

router = Router(tags=["completions"])


def _said(description: str, **more: Any) -> Any:
    return Field(..., description=description, json_schema_extra=more)


class ChangeOut(Schema):
    """A row as it is now, and what happened to it; or that it is to be forgotten."""

    enrolment: UUID = _said("Key of the enrolment: by it a copy replaces what it has.")
    change: str = _said(
        "What happened. `withdrawn_from_scope`: the mandate covers the row no longer.",
        enum=list(CHANGES),
    )
    position: str | None = _said("Where the change stands; null while a copy is filled.")
    reason: str | None = _said("Key of the reason, where somebody gave one.")
    replaces: str | None = _said(
        "Serial of the certificate, or position of the change, that this takes the place of."
    )
    author: str | None = _said("Person key of whoever decided it, where the log says who.")
    completion: CompletionOut | None = _said(  # type: ignore[valid-type]
        "The row as it is now; null if it is to be forgotten."
    )


class ChangesOut(Schema):
    """A page of the feed."""

    rows: list[ChangeOut]
    next_cursor: str = _said("Ask with it the next time. Keep it together with the rows.")
    more: bool = _said("Whether there is more to fetch at once.")
    complete_through: datetime | None = _said(
        "Everything that was recorded up to this moment has been given out; null while `more`."
    )


class StartAgainOut(Schema):
    """The cursor is worth nothing any more: empty the copy, and begin with `next_cursor`."""

    detail: str
    next_cursor: str


class ChangesIn(Schema):
    """How far the reader has come."""

    cursor: str = Field("", description="`next_cursor` of the last page; empty to begin.")
    limit: int = Field(500, ge=1, le=MAX_LIMIT, description="How many rows at most.")
    language: str = LANGUAGE
    purpose: str = PURPOSE


class DigestOut(Schema):
    """One group of rows."""

    group: str = _said("Key of the course, or day of enrolment (UTC, YYYY-MM-DD).")
    rows: int = _said("How many rows.")
    sha256: str = _said("SHA-256 over the canonical lines of the rows.")


class DigestsOut(Schema):
    """What to compare a copy with."""

    columns: list[str] = _said("The columns that a canonical line is made of.")
    groups: list[DigestOut]


class DigestsIn(RangeIn):
    """How to put rows in groups, and which: all, or those of a range."""

    by: str = Field(
        "course",
        description="By which the rows are put in groups.",
        json_schema_extra={"enum": list(GROUPS)},
    )


@router.get(
    "/completions/changes",
    response={
        200: ChangesOut,
        400: Problem,
        401: Problem,
        403: Problem,
        410: StartAgainOut,
        429: Problem,
    },
    auth=ClientToken(),
    throttle=[AuthRateThrottle(RATE)],
)
def completion_changes(
    request: HttpRequest, response: HttpResponse, asked: Query[ChangesIn]
) -> Any:
    """Return what has changed since a cursor: first every row, then each change as it happens.

    Each row comes at least once, as it is now. 304: nothing but what the ETag stands for. 400: the
    cursor is none of this site. 410: the log was restored from a backup, or the client has another
    mandate: empty the copy and begin with the cursor in the answer.
    """
    with override("en"):
        require_known_names(request, ChangesIn)
        require_language(asked.language)
        require_purpose(asked.purpose)
        mandate = mandate_of(request)
        try:
            cursor = read_cursor(asked.cursor) if asked.cursor else None
            page = changes_after(mandate=mandate, cursor=cursor, limit=asked.limit)
        except CursorUnreadable as unreadable:
            raise HttpError(400, str(unreadable)) from unreadable
        except StartAgain as lost:
            return Status(410, _begin_anew(lost.cursor))
    with override(asked.language):
        found = [_entry(entry, asked.language) for entry in page.entries]
    told = {"rows": found, "next_cursor": str(page.cursor), "more": page.more}
    known = _unless_known(request, response, told)
    if known is not None:
        return known
    record_pull(
        mandate=mandate,
        kind=Kind.FEED,
        rows=sum(entry.row is not None for entry in page.entries),
        purpose=asked.purpose,
        language=asked.language,
        at=timezone.now(),
    )
    return {**told, "complete_through": page.complete_through}


@router.get(
    "/completions/digest",
    response={200: DigestsOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(),
    throttle=[AuthRateThrottle(RATE)],
)
@unless_known
def completion_digests(request: HttpRequest, asked: Query[DigestsIn]) -> dict[str, Any]:
    """Return counts and hashes by course or by day of enrolment, to compare a copy with.

    Ask for a range where there are very many rows: a large copy is compared a month at a time.
    A canonical line is the JSON of a row's `columns`, sorted by name, without spaces, with letters
    beyond ASCII escaped, and ends with a line feed; lines are hashed by the key of the enrolment.
    """
    with override("en"):
        require_known_names(request, DigestsIn)
        if asked.by not in GROUPS:
            raise HttpError(400, f"by is one of {', '.join(GROUPS)}")
        wanted, mandate = asked.wanted(), mandate_of(request)
        found: list[Digest] = list(digests(mandate=mandate, by=asked.by, wanted=wanted))
    return {"columns": digested_columns(mandate), "groups": found}


def _begin_anew(cursor: Cursor) -> dict[str, str]:
    words = "This cursor is worth nothing any more. Empty your copy and begin with next_cursor."
    return {"detail": words, "next_cursor": str(cursor)}


def _entry(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "enrolment": entry.enrolment,
        "change": entry.change,
        "position": entry.position,
        "reason": entry.decided.reason,
        "author": entry.decided.author,
        "replaces": entry.decided.replaces,
        "completion": as_json(entry.row, language) if entry.row else None,
    }


def _unless_known(
    request: HttpRequest, response: HttpResponse, told: dict[str, Any]
) -> HttpResponseBase | None:
    """Give the answer its ETag; return 304 if the reader has this very answer already."""
    text = json.dumps(told, cls=NinjaJSONEncoder, sort_keys=True)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    known = get_conditional_response(request, etag=etag, response=response)
    return known if known is not None and known.status_code == 304 else None
