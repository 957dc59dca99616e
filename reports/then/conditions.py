"""Conditions of a query, asked of rows in hand: of rows that stand in no table.

What a report shows is said once, as a query; of a row made anew in memory the same question is
asked here. Each condition is true, false or, as in SQL, unknown; a row is kept if it is true. What
is not understood is refused, never guessed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt
from typing import Any

from django.db.models import CharField, Exists, Model, QuerySet, TextField
from django.db.models.expressions import Col
from django.db.models.functions import Coalesce
from django.db.models.lookups import Lookup
from django.db.models.sql import Query
from django.db.models.sql.where import AND, OR, NothingNode, WhereNode

from courses.models.belonging import NullIfEmpty

Truth = bool | None


class UnknownCondition(NotImplementedError):
    """A query asks what cannot be asked of a row in hand."""


@dataclass(frozen=True)
class Hand:
    """Rows in hand: the one that is asked, and those of other tables that it may be held against.

    `tables` must hold all rows that any condition on the one that is asked could find.
    """

    rows: Mapping[type[Model], Model]
    tables: Mapping[type[Model], Sequence[Model]]


Value = Callable[[Hand], Any]
Condition = Callable[[Hand], Truth]
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


def condition_of(found: "QuerySet[Any]") -> Condition:
    """Return the question which of its rows a query finds. Raises UnknownCondition."""
    return _of_query(found.query)


def _of_query(query: Query, *, most: int | None = None) -> Condition:
    """Return the condition of a query that has no limit, or `most` rows where one says as much."""
    whole = query.low_mark == 0 and query.high_mark in (None, most)
    plain = whole and not (query.group_by or query.combinator or query.distinct_fields)
    if not plain or any(join.parent_alias for join in query.alias_map.values()):
        raise UnknownCondition(f"no plain query of one table: {query.model}")
    return _of(query.where)


def _of(node: Any) -> Condition:
    if isinstance(node, NothingNode):
        return lambda hand: False
    if isinstance(node, WhereNode):
        return _of_node(node)
    if isinstance(node, Lookup):
        return _of_lookup(node)
    raise UnknownCondition(f"{type(node).__name__} is no condition that is known here")


def _of_node(node: WhereNode) -> Condition:
    parts = [_of(child) for child in node.children]
    if node.connector == AND:
        joined: Condition = lambda hand: _all(part(hand) for part in parts)  # noqa: E731
    elif node.connector == OR and parts:
        joined = lambda hand: _not(_all(_not(part(hand)) for part in parts))  # noqa: E731
    else:
        raise UnknownCondition(f"{node.connector} joins conditions")
    return (lambda hand: _not(joined(hand))) if node.negated else joined


def _of_lookup(lookup: Any) -> Condition:
    name, left = lookup.lookup_name, _value(lookup.lhs)
    if name == "isnull":
        return lambda hand: (left(hand) is None) == lookup.rhs
    if name == "in":
        return _in(left, lookup.rhs)
    compare = eq if name == "exact" else _ORDERED.get(name)
    text = isinstance(getattr(lookup.lhs, "target", None), CharField | TextField)
    if compare is None or (text and compare is not eq):
        # How texts follow each other is for the database to say.
        raise UnknownCondition(f"{name} is no comparison that is known here")
    right = _value(lookup.rhs)
    return lambda hand: _known(compare, left(hand), right(hand))


def _in(left: Value, given: Any) -> Condition:
    if isinstance(given, Query):
        return _in_query(left, given)
    if not isinstance(given, Iterable):
        raise UnknownCondition(f"in {given}")
    values = frozenset(given) - {None}
    return lambda hand: _known(lambda one, _: one in values, left(hand), True) if values else False


def _in_query(left: Value, query: Query) -> Condition:
    if len(query.select) != 1:
        raise UnknownCondition("more than one column, or none, to be among")
    [column] = query.select
    value, rows = _value(column), _rows(query)

    def among(hand: Hand) -> Truth:
        found = [value(other) for other in rows(hand)]
        wanted = left(hand)
        if found and (wanted is None or (None in found and wanted not in found)):
            return None
        return wanted in found

    return among


def _rows(query: Query, *, most: int | None = None) -> Callable[[Hand], list[Hand]]:
    """Return the rows that a query inside of another finds, each in hand with the outer ones."""
    model, condition = query.model, _of_query(query, most=most)
    if model is None:
        raise UnknownCondition("a query of no model")

    def found(hand: Hand) -> list[Hand]:
        if model in hand.rows or model not in hand.tables:
            raise UnknownCondition(f"rows of {model} are not in hand")
        each = [replace(hand, rows={**hand.rows, model: row}) for row in hand.tables[model]]
        return [one for one in each if condition(one)]

    return found


def _value(said: Any) -> Value:
    if isinstance(said, Col):
        model, name = said.target.model, said.target.attname
        return lambda hand: getattr(hand.rows[model], name)
    if isinstance(said, Coalesce):
        parts = [_value(part) for part in said.get_source_expressions()]
        return lambda hand: next((v for part in parts if (v := part(hand)) is not None), None)
    if isinstance(said, NullIfEmpty):
        [inner] = map(_value, said.get_source_expressions())
        return lambda hand: inner(hand) or None
    if isinstance(said, Exists) and not said.empty_result_set_value:
        rows = _rows(said.query, most=1)
        return lambda hand: bool(rows(hand))
    if hasattr(said, "resolve_expression"):
        raise UnknownCondition(f"{said} is no value that is known here")
    return lambda hand: said


def _known(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> Truth:
    return None if left is None or right is None else compare(left, right)


def _all(parts: Iterable[Truth]) -> Truth:
    """A false part decides, then an unknown one."""
    truth: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            truth = None
    return truth


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth
