"""A statement as folds and reactions see it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from tincan.conversions.iso8601 import make_timedelta

from lrs.entries import Entry
from lrs.models import Statement
from xapi.iris import EXTENSION, activity_key, activity_part

# This site's own statements all have an opaque actor; nobody has this one.
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Event:
    """One recorded statement. A fold may look at nothing else: no page, no setting, no clock."""

    id: UUID
    stored: datetime
    timestamp: datetime
    actor: UUID
    verb: str
    activity: str
    activity_type: str
    registration: UUID | None
    text: str

    @classmethod
    def of(cls, row: Statement) -> "Event":
        return cls(
            id=row.id,
            stored=row.stored,
            timestamp=row.timestamp,
            actor=row.actor or NOBODY,
            verb=row.verb,
            activity=row.activity,
            activity_type=row.activity_type,
            registration=row.registration,
            text=row.body,
        )

    @classmethod
    def of_entry(cls, entry: Entry) -> "Event":
        """Return a statement of this site as it was just appended."""
        target = entry.body["object"]
        event = cls(
            id=entry.id,
            stored=entry.stored,
            timestamp=entry.timestamp,
            actor=entry.actor or NOBODY,
            verb=entry.body["verb"]["id"],
            activity=target["id"],
            activity_type=target.get("definition", {}).get("type", ""),
            registration=entry.registration,
            text=entry.text,
        )
        # It need not be read from its text once more.
        vars(event)["body"] = entry.body
        return event

    @cached_property
    def body(self) -> dict[str, Any]:
        """The whole statement."""
        body: dict[str, Any] = json.loads(self.text)
        return body

    @property
    def key(self) -> UUID:
        """The permanent key of the activity. Raises ValueError if it is not one of ours."""
        return activity_key(self.activity)

    @property
    def part(self) -> str:
        """The block, question or sheet inside the activity, or an empty string."""
        return activity_part(self.activity)

    @property
    def result(self) -> dict[str, Any]:
        return self.body.get("result", {})

    @property
    def scaled(self) -> float | None:
        score: float | None = self.result.get("score", {}).get("scaled")
        return score

    @property
    def seconds(self) -> float | None:
        """How long it took, if the statement says so."""
        said = self.result.get("duration")
        return make_timedelta(said).total_seconds() if said else None

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The context extensions of this site, under their short names."""
        extensions = self.body.get("context", {}).get("extensions", {})
        return {
            iri.removeprefix(EXTENSION): fact
            for iri, fact in extensions.items()
            if iri.startswith(EXTENSION)
        }

    @property
    def language(self) -> str:
        """The language in which it happened, or an empty string."""
        language: str = self.body.get("context", {}).get("language", "")
        return language

    @property
    def course(self) -> UUID | None:
        """The course this happened in: the context's grouping."""
        grouping = self.body.get("context", {}).get("contextActivities", {}).get("grouping", [])
        return activity_key(grouping[0]["id"]) if grouping else None

    @property
    def parent(self) -> str:
        """The id of the activity this one belongs to, or an empty string."""
        parents = self.body.get("context", {}).get("contextActivities", {}).get("parent", [])
        return parents[0]["id"] if parents else ""
