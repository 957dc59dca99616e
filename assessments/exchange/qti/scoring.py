"""Response processing as we write it: it says in QTI what our own scoring does."""

from collections.abc import Iterable, Sequence

from assessments.exchange.qti.elements import Element, qti
from assessments.exchange.qti.processing import SCORE

RESPONSE = "RESPONSE"
FEEDBACK = "FEEDBACK"


def declared(
    identifier: str,
    cardinality: str,
    base_type: str,
    correct: Iterable[str] = (),
    points: Iterable[tuple[str, int]] = (),
    *,
    is_folded: bool = False,
) -> Element:
    """Return the declaration of a response; `points` are what each answer earns."""
    attributes = {"caseSensitive": "false"} if is_folded else {}
    values = [qti("value", text=one) for one in correct]
    entries = [
        qti("mapEntry", mapKey=key, mappedValue=str(worth), **attributes) for key, worth in points
    ]
    return qti(
        "responseDeclaration",
        *([qti("correctResponse", *values)] if values else []),
        *([qti("mapping", *entries, defaultValue="0", lowerBound="0")] if entries else []),
        identifier=identifier,
        cardinality=cardinality,
        baseType=base_type,
    )


def outcome(identifier: str, value: str, **attributes: str) -> Element:
    """Return the declaration of a number that the processing works out, with its default."""
    default = qti("defaultValue", qti("value", text=value))
    return qti(
        "outcomeDeclaration",
        default,
        identifier=identifier,
        cardinality="single",
        baseType="float",
        **attributes,
    )


def variable(identifier: str) -> Element:
    return qti("variable", identifier=identifier)


def correct(identifier: str) -> Element:
    return qti("correct", identifier=identifier)


def set_outcome(identifier: str, value: Element) -> Element:
    return qti("setOutcomeValue", value, identifier=identifier)


def earned(names: Sequence[str]) -> list[Element]:
    """Return what sets the points to those of the mappings of all responses together."""
    mapped = [qti("mapResponse", identifier=name) for name in names]
    return [set_outcome(SCORE, mapped[0] if len(mapped) == 1 else qti("sum", *mapped))]


def point_if(condition: Element) -> Element:
    """Return what gives one point more where a condition holds."""
    one = qti("baseValue", text="1", baseType="float")
    more = qti("sum", variable(SCORE), one)
    return qti("responseCondition", qti("responseIf", condition, set_outcome(SCORE, more)))


def in_place(place: int) -> Element:
    """Return the condition that a step stands in its place, counted from 1."""
    said, right = (
        qti("index", one, n=str(place)) for one in (variable(RESPONSE), correct(RESPONSE))
    )
    return qti("match", said, right)


def shown(identifiers: Sequence[str], *, chosen: bool) -> Element:
    """Return what shows feedback: of what was `chosen`, or all there is."""
    if chosen:
        return set_outcome(FEEDBACK, variable(RESPONSE))
    values = [qti("baseValue", text=one, baseType="identifier") for one in identifiers]
    return set_outcome(FEEDBACK, qti("multiple", *values))
