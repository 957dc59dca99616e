"""What decides a snapshot, and the report that follows from it: nothing of today."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from courses.models import Enrolment
from people.models import Mandate
from reports.completions import Now, Then
from reports.digests import digested_columns
from reports.filter_kinds import subtree
from reports.filters import Filters, apply_filters, read_filters
from reports.models import Snapshot
from reports.scopes import Covered, cited, covered_by, kept, within
from reports.then.moments import Moment
from reports.then.past import past

# Raised when a column or a count that was there before comes to say something else.
DEFINITION = 2
# Those that can be made again. By the first, the hours in all were the sum of rounded rows.
OF_ROUNDED_ROWS = 1
UNDERSTOOD = (OF_ROUNDED_ROWS, DEFINITION)


@dataclass(frozen=True)
class Frozen:
    """Scope, filters, moment and columns: from these and the log everything is made."""

    scope: Covered
    filters: dict[str, str]
    as_of: datetime
    columns: list[str]
    definition: int
    audience: UUID

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Frozen":
        """Return what decided a snapshot."""
        [scope] = cited([snapshot.scope_id])
        return cls(
            scope=scope,
            filters=snapshot.filters,
            as_of=snapshot.as_of,
            columns=snapshot.columns,
            definition=snapshot.definition,
            audience=snapshot.audience_key,
        )

    @property
    def reader(self) -> Mandate:
        """A mandate that is nobody's: with the rights and the person keys of then, and no names."""
        return Mandate(audience_key=self.audience, exact_results=self.scope.rights[1])


def frozen_now(*, mandate: Mandate, filters: Filters, as_of: datetime) -> dict[str, Any]:
    """Return the fields of a snapshot that decide what will stand in it.

    A branch of the tree that is filtered by is frozen as well: it becomes part of the scope.
    """
    scope = covered_by(mandate)
    if filters.institution:
        branch = scope.institutions & set(subtree(filters.institution))
        scope = kept(branch, scope.professions, scope.rights)
    return {
        "mandate": mandate,
        "mandate_name": mandate.name,
        "audience_key": mandate.audience_key,
        "scope_id": scope.digest,
        "filters": dict(parse_qsl(replace(filters, as_of=None).as_query())),
        "as_of": as_of,
        "columns": digested_columns(mandate),
        "definition": DEFINITION,
    }


def address_of(snapshot: Snapshot) -> str:
    """Return the query part of the address at which the page shows the same report."""
    as_of = Moment(snapshot.as_of.isoformat(), snapshot.as_of)
    return replace(read_filters(snapshot.filters), as_of=as_of).as_query()


@contextmanager
def opened(frozen: Frozen) -> Iterator[Now]:
    """Open the report that was frozen."""
    filters = replace(read_filters(frozen.filters), institution=None)
    found = apply_filters(Enrolment.objects.filter(within(frozen.scope)), filters)
    with past(found, frozen.as_of) as then:
        yield Then(frozen.reader, then)
