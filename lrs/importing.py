"""Statements from a file: checked as those that come by HTTP, and written by the same writer.

Whatever can be read comes in, the rest is listed with its reason. A batch is one transaction, and
what the log has already is left alone: a run that was stopped is simply begun again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from django.db import transaction

from lrs.access import Holder, Scope
from lrs.actors import privately
from lrs.attachments import keep, note_enclosed
from lrs.bounds import check_statement as check_bounds
from lrs.dictionary import learn
from lrs.enclosed import Enclosed
from lrs.entries import Entry
from lrs.equivalence import are_equivalent
from lrs.log import write
from lrs.models import Statement
from lrs.parsing import parse
from lrs.positions import PER_MICROSECOND
from lrs.receiving import with_lists
from lrs.refusals import Refusal
from xapi.data import V1, V2, Malformed, check_statement, check_timestamp
from xapi.iris import NAMESPACE

Json = dict[str, Any]
# A line and its number, from 1; None where it was too long to be read.
Line = tuple[int, bytes | None]
_VERSION = "1.0.0"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Terms:
    """How statements come in: who vouches for them, and what of their own they keep.

    `keep_stored` leaves `stored` and `authority` as they are, for a move from another store.
    `folder` holds attachments in files named by their SHA-2. `dry` writes nothing.
    """

    holder: Holder
    keep_stored: bool = False
    folder: Path | None = None
    dry: bool = False


@dataclass(frozen=True)
class Refused:
    """A line that did not come in, and why."""

    line: int
    reason: str
    text: str


@dataclass
class Outcome:
    """What became of some lines, up to the last of them."""

    last: int = 0
    new: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    line: int
    raw: bytes
    entry: Entry
    hashes: frozenset[str]


class _Spread:
    """Moments for statements stored in one moment: so many of them fit into a microsecond."""

    def __init__(self) -> None:
        self._moment: datetime | None = None
        self._count = 0

    def over(self, moment: datetime) -> datetime:
        """Return the moment, or a microsecond later for each that is full since it last changed."""
        if moment != self._moment:
            self._moment, self._count = moment, 0
        later = self._count // PER_MICROSECOND * _MICROSECOND
        self._count += 1
        return moment + later


@dataclass(frozen=True)
class _Intake:
    """One run: its terms, and what it has to remember."""

    terms: Terms
    enclosed: Enclosed
    spread: _Spread = field(default_factory=_Spread)


def lines_of(file: BinaryIO, longest: int) -> Iterator[Line]:
    """Yield the lines that are not empty, never with more in memory than the longest allowed."""
    number = 0
    while raw := file.readline(longest + 1):
        number += 1
        if len(raw) > longest and not raw.endswith(b"\n"):
            _skip(file, longest)
            yield number, None
        elif raw.strip():
            yield number, raw.strip()


def take_in(
    lines: Iterable[Line], terms: Terms, *, batch: int, clock: Callable[[], datetime]
) -> Iterator[Outcome]:
    """Store the statements in lines, a batch in each transaction; yield what became of each.

    Raises Conflict if somebody else stores another statement under one of the ids meanwhile, and
    OSError for a file that cannot be read.
    """
    intake, waiting = _Intake(terms, Enclosed(terms.folder)), iter(lines)
    while some := list(islice(waiting, batch)):
        yield _take_in(some, intake, clock())


def _skip(file: BinaryIO, longest: int) -> None:
    """Read on to the end of a line."""
    while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
        continue


def _take_in(lines: Sequence[Line], intake: _Intake, at: datetime) -> Outcome:
    outcome = Outcome(last=lines[-1][0])
    candidates = []
    for number, raw in lines:
        try:
            candidates.append(_candidate(number, raw, intake, at))
        except (Refusal, Malformed, RecursionError) as error:
            reason = str(error) or "it is nested too deeply"
            text = (raw or b"").decode(errors="replace")
            outcome.refused.append(Refused(number, reason, text))
    fresh = _sorted_out(candidates, outcome)
    outcome.new = len(fresh)
    if fresh and not intake.terms.dry:
        _write(fresh, intake.enclosed)
        if intake.terms.holder.may(Scope.DEFINE):
            learn(one.entry.body for one in fresh)
    return outcome


def _candidate(number: int, raw: bytes | None, intake: _Intake, at: datetime) -> _Candidate:
    if raw is None:
        raise Refusal("the line is longer than a request may be")
    statement = parse(raw)
    _check(statement)
    hashes = intake.enclosed.check(statement)
    (statement,) = privately([statement])
    check_bounds(intake.terms.holder, statement)
    origin = f"import {number} {sha256(raw).hexdigest()}"
    return _Candidate(number, raw, _entry(statement, origin, intake, at), hashes)


def _check(statement: Any) -> None:
    """Check a statement by the version it names; 2.0 lets its own name an earlier one (4.2.4.3).

    Raises Malformed.
    """
    said = statement.get("version") if isinstance(statement, dict) else None
    if isinstance(said, str) and said.startswith("2."):
        return check_statement(statement, V2)
    try:
        check_statement(statement, V1)
    except Malformed as error:
        try:
            check_statement(statement, V2)
        except Malformed:
            raise error from None
    return None


def _entry(statement: Json, origin: str, intake: _Intake, at: datetime) -> Entry:
    """Complete a statement; one without an id gets one of its place and text, again and again."""
    id_ = UUID(statement["id"]) if "id" in statement else uuid5(NAMESPACE, origin)
    body = with_lists(statement) | {"id": str(id_)}
    stored = intake.spread.over(_stored(body, intake.terms, at))
    if not (intake.terms.keep_stored and "stored" in body):
        body["stored"] = stored.isoformat().replace("+00:00", "Z")
    if not (intake.terms.keep_stored and "authority" in body):
        body["authority"] = intake.terms.holder.authority
    body.setdefault("timestamp", statement.get("stored", body["stored"]))
    body.setdefault("version", _VERSION)
    timestamp = check_timestamp(body["timestamp"], "timestamp")
    sender, dated = intake.terms.holder.credential, "timestamp" in statement
    entry = Entry(id_, body, stored, timestamp, sender, dated=dated).complete()
    return entry


def _stored(body: Json, terms: Terms, at: datetime) -> datetime:
    if not (terms.keep_stored and "stored" in body):
        return at
    stored = check_timestamp(body["stored"], "stored")
    if stored > at:
        raise Refusal("stored: this moment is still to come")
    return stored


def _sorted_out(candidates: Sequence[_Candidate], outcome: Outcome) -> list[_Candidate]:
    """Return what is new; count what is known, and list what cannot come in."""
    said: dict[UUID, Json] = {}
    ids = [one.entry.id for one in candidates]
    for id_, text in Statement.objects.filter(id__in=ids).values_list("id", "body"):
        said[id_] = parse(text.encode())
    ours = _recorded_here([target for one in candidates if (target := one.entry.voids)])
    fresh = []
    for one in candidates:
        if one.entry.id in said:
            if are_equivalent(said[one.entry.id], one.entry.sent):
                outcome.known += 1
            else:
                reason = f"statement {one.entry.id} exists already and says something else"
                outcome.refused.append(_refused(one, reason))
        elif one.entry.voids in ours:
            outcome.refused.append(_refused(one, "what this site recorded it alone takes back"))
        else:
            said[one.entry.id] = one.entry.sent
            fresh.append(one)
    return fresh


def _recorded_here(targets: Sequence[UUID]) -> set[UUID]:
    if not targets:
        return set()
    found = Statement.objects.filter(id__in=targets, credential=None)
    return set(found.values_list("id", flat=True))


def _refused(one: _Candidate, reason: str) -> Refused:
    return Refused(one.line, reason, one.raw.decode())


def _write(fresh: Sequence[_Candidate], enclosed: Enclosed) -> None:
    with transaction.atomic():
        for sha2 in sorted(set().union(*(one.hashes for one in fresh))):
            keep({sha2: enclosed.read(sha2)})
        for one in fresh:
            note_enclosed(one.entry, one.hashes)
        write([one.entry for one in fresh])
