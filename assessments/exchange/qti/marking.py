"""What an answer earns, worked out as the item itself says it.

So it does not matter how an item says which answer is right: whether our own scoring means the
same is found out by trying answers (see `probing`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import Declaration, declaration_of
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.operators import OPERATORS
from assessments.exchange.qti.processing import SCORE, require_known, statements_of
from assessments.exchange.qti.tree import Node
from assessments.exchange.qti.values import YES, Value

Answer = Mapping[str, Sequence[str]]

MOST_STEPS = 200_000


class Marking:
    """The scoring of one item. Raises Unfit where it cannot be worked out here."""

    def __init__(self, item: Node) -> None:
        self.declarations = _declared(item.below("responseDeclaration"))
        self.defaults = _declared(item.below("outcomeDeclaration"), "defaultValue")
        self.steps = 0
        self.statements = statements_of(
            item.below("responseProcessing"), self.declarations, self.defaults
        )
        for node in self.statements:
            require_known(node)

    @property
    def is_silent(self) -> bool:
        """Whether nothing is scored here: there is neither processing nor a right answer."""
        return not self.statements

    @property
    def has_score(self) -> bool:
        """Whether anything gives SCORE a value."""
        return any(
            one.get("identifier") == SCORE
            for node in self.statements
            for one in node.all("setOutcomeValue")
        )

    def outcomes(self, answer: Answer) -> dict[str, Value]:
        """Return every outcome after an answer; what is left out was not answered."""
        run = _Run(self, {key: one.atoms(answer.get(key, ())) for key, one in self._items()})
        try:
            for node in self.statements:
                run.do(node)
        except _Exit:
            pass
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise Unfit(_("The item's scoring is not well formed.")) from error
        return run.outcomes

    def score(self, answer: Answer) -> float:
        """Return the points for an answer. Raises Unfit if the scoring gives none."""
        found = self.outcomes(answer).get(SCORE, ())
        return float(found[0]) if found and not isinstance(found[0], str) else 0.0

    def of(self, node: Node) -> Declaration:
        """Return the declaration of an interaction's response. Raises Unfit if there is none."""
        name = node.get("responseIdentifier")
        if name not in self.declarations:
            raise Unfit(_("The response “%(name)s” is not declared.") % {"name": name})
        return self.declarations[name]

    def _items(self) -> list[tuple[str, Declaration]]:
        return list(self.declarations.items())


class _Exit(Exception):
    """The processing ends before its last statement."""


@dataclass
class _Run:
    marking: Marking
    responses: dict[str, Value]
    outcomes: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outcomes[SCORE] = (0.0,)
        for name, one in self.marking.defaults.items():
            self.outcomes[name] = one.atoms(one.correct)
            if not one.correct and one.base_type in ("float", "integer"):
                self.outcomes[name] = (0.0,)

    def declared(self, node: Node) -> Declaration:
        return self.marking.declarations[node.get("identifier")]

    def is_ordered(self, node: Node) -> bool:
        one = self.marking.declarations.get(node.get("identifier"))
        return node.name == "ordered" or (one is not None and one.cardinality == "ordered")

    def value(self, node: Node) -> Value:
        self._step()
        return OPERATORS[node.name](self, node)

    def do(self, node: Node) -> None:
        self._step()
        if node.name == "setOutcomeValue":
            self.outcomes[node.get("identifier")] = self.value(node.children[0])
        elif node.name == "exitResponse":
            raise _Exit
        elif node.name == "responseCondition":
            self._first_that_holds(node)
        else:
            for child in node:
                self.do(child)

    def _first_that_holds(self, node: Node) -> None:
        for branch in node:
            is_else = branch.name == "responseElse"
            if is_else or self.value(branch.children[0]) == YES:
                for statement in branch.children[0 if is_else else 1 :]:
                    self.do(statement)
                return

    def _step(self) -> None:
        self.marking.steps += 1
        if self.marking.steps > MOST_STEPS:
            raise Unfit(_("The item's scoring takes too long to work out."))


def _declared(nodes: list[Node], held_in: str = "correctResponse") -> dict[str, Declaration]:
    return {one.identifier: one for one in (declaration_of(node, held_in) for node in nodes)}
