"""The expressions that compare: each is true or false, or NULL where a value is missing."""

from collections import Counter
from collections.abc import Callable

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import number
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.tree import Node
from assessments.exchange.qti.values import NULL, Run, Value, operands, said, two


def _match(run: Run, node: Node) -> Value:
    one, other = two(run, node)
    if not one or not other:
        return NULL
    is_ordered = any(run.is_ordered(child) for child in node)
    return said(one == other if is_ordered else Counter(one) == Counter(other))


def _equal(run: Run, node: Node) -> Value:
    one, other = two(run, node)
    if not one or not other:
        return NULL
    below, above = tolerance_of(node, float(one[0]))
    return said(float(one[0]) - below <= float(other[0]) <= float(one[0]) + above)


def tolerance_of(node: Node, value: float) -> tuple[float, float]:
    """Return how far below and above an `equal` takes a number. Raises Unfit."""
    mode, words = node.get("toleranceMode", "exact"), node.get("tolerance").split()
    if mode == "exact":
        return 0.0, 0.0
    if "false" in (node.get("includeLowerBound"), node.get("includeUpperBound")) or not words:
        raise Unfit(_("The ends of the range of right numbers do not belong to it."))
    share = abs(value) / 100 if mode == "relative" else 1.0
    low, high = number(words[0], node.line), number(words[-1], node.line)
    return low * share, high * share


def _string_match(run: Run, node: Node) -> Value:
    one, other = two(run, node)
    if not one or not other:
        return NULL
    a, b = str(one[0]), str(other[0])
    if node.get("caseSensitive", "true") == "false":
        a, b = a.casefold(), b.casefold()
    return said(b in a if node.get("substring") == "true" else a == b)


def _is_null(run: Run, node: Node) -> Value:
    return said(not any(operands(run, node)))


def _member(run: Run, node: Node) -> Value:
    one, other = two(run, node)
    return said(one[0] in other) if one and other else NULL


def _contains(run: Run, node: Node) -> Value:
    whole, part = two(run, node)
    return said(not Counter(part) - Counter(whole)) if whole and part else NULL


def _compared(holds: Callable[[float, float], bool]) -> Callable[[Run, Node], Value]:
    def compare(run: Run, node: Node) -> Value:
        one, other = two(run, node)
        return said(holds(float(one[0]), float(other[0]))) if one and other else NULL

    return compare


COMPARING: dict[str, Callable[[Run, Node], Value]] = {
    "match": _match,
    "equal": _equal,
    "stringMatch": _string_match,
    "isNull": _is_null,
    "member": _member,
    "contains": _contains,
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
}
