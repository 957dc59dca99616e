"""Statements from outside: checked, completed with what is ours to say, and written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from lrs.access import Holder, Scope
from lrs.actors import privately
from lrs.attachments import keep, note_enclosed
from lrs.bounds import check_statement as check_bounds
from lrs.dictionary import learn
from lrs.entries import Entry
from lrs.log import write
from lrs.models import Statement
from lrs.refusals import Forbidden, Refusal
from lrs.together import write_together
from xapi.data import V1, check_timestamp

# What the store adds where a statement does not say (1.0.3 Data 2.4.10, 2.0 4.2.4.3).
_VERSIONS = {V1: "1.0.0"}


def receive(
    statements: Sequence[dict[str, Any]],
    *,
    version: str,
    holder: Holder,
    at: datetime,
    contents: Mapping[str, bytes] | None = None,
) -> list[UUID]:
    """Store well-formed statements that a client sent; return their ids, in the order given.

    `contents` are the attachments that came with them. Everything is stored, or nothing. Raises
    Forbidden or Conflict.
    """
    entries = [_entry(statement, version, holder, at) for statement in privately(statements)]
    if len({entry.id for entry in entries}) != len(entries):
        raise Refusal("two statements of one request have the same id")
    _check_voids(entries, holder)
    fresh = _write(entries, contents)
    if holder.may(Scope.DEFINE):
        learn(entry.body for entry in fresh)
    return [entry.id for entry in entries]


def _write(entries: Sequence[Entry], contents: Mapping[str, bytes] | None) -> list[Entry]:
    """Write statements with what is attached to them, in one transaction: see lrs.unattached."""
    if not contents:
        return write_together(entries)
    with transaction.atomic():
        keep(contents)
        for entry in entries:
            note_enclosed(entry, contents)
        return write(entries)


def _entry(statement: dict[str, Any], version: str, holder: Holder, at: datetime) -> Entry:
    check_bounds(holder, statement)
    stored = at.isoformat().replace("+00:00", "Z")
    given, dated = "id" in statement, "timestamp" in statement
    id_ = UUID(statement["id"]) if given else uuid4()
    body = with_lists(statement) | {"id": str(id_), "stored": stored}
    body["authority"] = holder.authority
    body.setdefault("timestamp", stored)
    body.setdefault("version", _VERSIONS.get(version, version))
    timestamp = check_timestamp(body["timestamp"], "timestamp")
    entry = Entry(id_, body, at, timestamp, holder.credential, given, dated, holder.may())
    return entry.complete()


def with_lists(statement: dict[str, Any]) -> dict[str, Any]:
    """Write single context activities as lists of one (1.0.3 Data 2.4.6.2)."""
    result = dict(statement)
    for place in ("context", "object"):
        part = result.get(place, {})
        if place == "object" and "context" in part:
            result[place] = part | {"context": _listed(part["context"])}
        elif place == "context" and part:
            result[place] = _listed(part)
    return result


def _listed(context: dict[str, Any]) -> dict[str, Any]:
    given = context.get("contextActivities")
    if not given or all(isinstance(found, list) for found in given.values()):
        return context
    lists = {name: found if isinstance(found, list) else [found] for name, found in given.items()}
    return context | {"contextActivities": lists}


def _check_voids(entries: Sequence[Entry], holder: Holder) -> None:
    """A client takes back what it sent itself; with the scope `all` also what others sent.

    What this site recorded is taken back by this site alone.
    """
    targets = [target for entry in entries if (target := entry.voids)]
    if not targets:
        return
    found = Statement.objects.filter(id__in=targets).values_list("credential_id", flat=True)
    for sender in found:
        if sender is None or (sender != holder.credential and not holder.may()):
            raise Forbidden("this statement can be voided only by who recorded it")
