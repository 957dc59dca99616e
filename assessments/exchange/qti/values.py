"""The values of QTI's response processing: tuples of atoms; NULL is the empty one.

True and false are values as well.
"""

from typing import Protocol

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import Atom, Declaration
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.tree import Node

Value = tuple[Atom, ...]
NULL: Value = ()
YES: Value = (True,)
NO: Value = (False,)


class Run(Protocol):
    """One run of a response processing."""

    responses: dict[str, Value]
    outcomes: dict[str, Value]

    def declared(self, node: Node) -> Declaration: ...

    def value(self, node: Node) -> Value: ...

    def is_ordered(self, node: Node) -> bool: ...


def said(is_so: bool) -> Value:
    """Return true or false as a value."""
    return YES if is_so else NO


def operands(run: Run, node: Node) -> list[Value]:
    """Return the values of all that stands below."""
    return [run.value(child) for child in node]


def two(run: Run, node: Node) -> tuple[Value, Value]:
    """Return the two values that an operator compares. Raises Unfit if there are not two."""
    if len(node.children) != 2:
        raise Unfit(_("The item's scoring is not well formed."), line=node.line)
    return run.value(node.children[0]), run.value(node.children[1])
