"""How a column of a report is declared: what it says, who may see it, and where it comes from.

A report is a frozen dataclass whose fields are made by `column`. Page, file, API schema and data
dictionary are read off that class, so that none of them can say another thing than the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Mandate


class Right(StrEnum):
    """What a mandate must hold for a column to have a value."""

    EVERYONE = "everyone"
    IDENTIFIED = "identified"
    EXACT = "exact results"


class Source(StrEnum):
    """Where a value comes from. Only what is joined can change without a word in the log."""

    LOG = "log"
    EDITION = "edition"
    REGISTER = "register"
    JOINED = "joined"


class Shown(StrEnum):
    """Whose words a value is: `SITE` is converted to the reader's script, `TYPED` never."""

    SITE = "site"
    TYPED = "typed"
    PLAIN = "plain"


RIGHTS = {
    Right.EVERYONE: _("every mandate"),
    Right.IDENTIFIED: _("mandates with the identified right"),
    Right.EXACT: _("mandates with the right to exact results"),
}
SOURCES = {
    Source.LOG: _("the log"),
    Source.EDITION: _("the frozen edition of the course"),
    Source.REGISTER: _("the register of certificates, folded from the log"),
    Source.JOINED: _("looked up when the report is read"),
}
TYPES: Mapping[type, str | Promise] = {
    str: _("text"),
    UUID: _("key"),
    int: _("whole number"),
    float: _("number"),
    datetime: _("moment, in UTC in the API and in Belgrade time elsewhere"),
    date: _("day"),
}


@dataclass(frozen=True)
class Column:
    """One column. `place` orders the page, where a column without one does not stand."""

    name: str
    type: type
    optional: bool
    heading: str | Promise
    description: str | Promise
    source: Source
    right: Right
    shown: Shown
    place: int | None
    values: tuple[str, ...]

    @property
    def annotation(self) -> Any:
        """The type as the API's schema has it: null where a right or a fact is missing."""
        return self.type | None if self.optional else self.type


def column(
    heading: str | Promise,
    description: str | Promise,
    *,
    source: Source,
    right: Right = Right.EVERYONE,
    shown: Shown = Shown.PLAIN,
    place: int | None = None,
    values: tuple[str, ...] = (),
) -> Any:
    """Declare a field of a report; its name and type are those of the field."""
    return field(
        metadata={
            "heading": heading,
            "description": description,
            "source": source,
            "right": right,
            "shown": shown,
            "place": place,
            "values": values,
        }
    )


def columns_of(report: type) -> dict[str, Column]:
    """Return the columns of a report by name, in their order."""
    hints = get_type_hints(report)
    return {f.name: _column(f.name, hints[f.name], f.metadata) for f in fields(report)}


def may_see(mandate: Mandate, one: Column) -> bool:
    """Say whether a mandate may see what stands in a column."""
    return {
        Right.EVERYONE: True,
        Right.IDENTIFIED: mandate.identified,
        Right.EXACT: mandate.exact_results,
    }[one.right]


def _column(name: str, hint: Any, metadata: Mapping[str, Any]) -> Column:
    parts = get_args(hint) or (hint,)
    plain = next(part for part in parts if part is not NoneType)
    return Column(name=name, type=plain, optional=NoneType in parts, **metadata)
