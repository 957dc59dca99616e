"""The statements of an item's response processing, also where a template stands for them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.exchange.qti.declarations import Declaration
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.operators import OPERATORS
from assessments.exchange.qti.tree import Node

SCORE = "SCORE"
_TEMPLATES = {
    "match_correct": "match",
    "CC2_match": "match",
    "CC2_match_basic": "match",
    "map_response": "mapResponse",
    "CC2_map_response": "mapResponse",
    "map_response_point": "mapResponsePoint",
}
_NUMBERS = ("float", "integer")
_STATEMENTS = {
    *("responseProcessing", "responseCondition", "responseIf", "responseElseIf", "responseElse"),
    *("setOutcomeValue", "exitResponse", "responseProcessingFragment"),
}


def statements_of(
    nodes: list[Node],
    declarations: Mapping[str, Declaration],
    outcomes: Mapping[str, Declaration],
) -> tuple[Node, ...]:
    """Return the statements of a processing.

    Where there are none, or they choose feedback alone, each response that has a key counts alike.
    Raises Unfit for a template that is not known.
    """
    processing = nodes[0] if nodes else None
    if processing and processing.children:
        is_feedback = not _scored(processing, outcomes)
        return (*processing.children, *(_as_declared(declarations) if is_feedback else ()))
    address = processing.get("template") or processing.get("templateLocation") if processing else ""
    if not address:
        return _as_declared(declarations)
    name = address.rpartition("/")[2].removesuffix(".xml")
    if processing is None or name not in _TEMPLATES:
        raise Unfit(_("The scoring “%(name)s” is not known here.") % {"name": name})
    # A template speaks of RESPONSE; where there is one response only, it is meant.
    meant = "RESPONSE" if "RESPONSE" in declarations else next(iter(declarations), "")
    return (_earned(meant, _TEMPLATES[name], processing.line),) if meant else ()


def _scored(processing: Node, outcomes: Mapping[str, Declaration]) -> bool:
    """Say whether statements set SCORE, or another outcome that may be a score."""
    names = {one.get("identifier") for one in processing.all("setOutcomeValue")}
    return any(name not in outcomes or outcomes[name].base_type in _NUMBERS for name in names)


def _as_declared(declarations: Mapping[str, Declaration]) -> tuple[Node, ...]:
    """Return the scoring of an item that only says what is right: each response counts alike."""
    return tuple(
        _earned(
            one.identifier,
            "mapResponsePoint" if one.areas else "mapResponse" if one.mapping else "match",
            one.line,
        )
        for one in declarations.values()
        if one.correct or one.mapping or one.areas
    )


def _earned(name: str, how: str, line: int) -> Node:
    def made(tag: str, *children: Node, **attributes: str) -> Node:
        return Node(tag, attributes, "", "", line, children)

    def score(*values: Node) -> Node:
        whole = made("sum", made("variable", identifier=SCORE), *values)
        return made("setOutcomeValue", whole, identifier=SCORE)

    if how != "match":
        return score(made(how, identifier=name))
    one = Node("baseValue", {"baseType": "float"}, "1", "", line)
    is_right = made(how, made("variable", identifier=name), made("correct", identifier=name))
    return made("responseCondition", made("responseIf", is_right, score(one)))


def require_known(node: Node) -> None:
    """Raise Unfit if a statement uses what cannot be worked out here."""
    if node.name not in _STATEMENTS and node.name not in OPERATORS:
        raise Unfit(
            _("The item is scored with “%(name)s”, which is not known here.") % {"name": node.name},
            line=node.line,
        )
    for child in node:
        require_known(child)
