"""A report as JSON: the schema and the values, read off the definition of its row."""

from typing import Any

from django.utils.translation import override
from ninja import Field, Schema
from pydantic import create_model

from reports.columns import RIGHTS, Column, Right, Shown, columns_of
from reports.row import COLUMNS, CompletionRow
from serbian import in_script


def schema_of(report: type, *, name: str) -> type[Schema]:
    """Return the schema of a row, with a description for each column, in English."""
    with override("en"):
        members: dict[str, Any] = {
            one.name: (one.annotation, _described(one)) for one in columns_of(report).values()
        }
        return create_model(name, __base__=Schema, __doc__=_ABOUT, **members)


_ABOUT = """One enrolment. Keys never change; names are in the language that was asked for."""


def _described(one: Column) -> Any:
    right = "" if one.right == Right.EVERYONE else f" Null except for {RIGHTS[one.right]}."
    values = [*one.values, *([None] if one.optional else [])]
    enum: Any = {"enum": values} if one.values else None
    return Field(..., description=f"{one.description}{right}", json_schema_extra=enum)


def as_json(row: CompletionRow, language: str) -> dict[str, Any]:
    """Return the values of a row; words of the site in the script of the language."""
    return {name: _value(one, getattr(row, name), language) for name, one in COLUMNS.items()}


def _value(one: Column, value: Any, language: str) -> Any:
    return in_script(value, language) if one.shown == Shown.SITE else value
