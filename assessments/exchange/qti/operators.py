"""The expressions of QTI's response processing that can be worked out here."""

from collections.abc import Callable, Sequence

from assessments.exchange.qti.comparing import COMPARING
from assessments.exchange.qti.declarations import atom, number
from assessments.exchange.qti.tree import Node
from assessments.exchange.qti.values import NULL, YES, Run, Value, operands, said


def _variable(run: Run, node: Node) -> Value:
    name = node.get("identifier")
    return run.responses[name] if name in run.responses else run.outcomes.get(name, NULL)


def _correct(run: Run, node: Node) -> Value:
    declared = run.declared(node)
    return declared.atoms(declared.correct)


def _base_value(run: Run, node: Node) -> Value:
    return (atom(node.words, node.get("baseType", "string")),)


def _gathered(run: Run, node: Node) -> Value:
    return tuple(one for value in operands(run, node) for one in value)


def _all_true(run: Run, node: Node) -> Value:
    return said(all(value == YES for value in operands(run, node)))


def _any_true(run: Run, node: Node) -> Value:
    return said(any(value == YES for value in operands(run, node)))


def _not(run: Run, node: Node) -> Value:
    (value,) = operands(run, node) or [NULL]
    return said(value != YES) if value else NULL


def _map_response(run: Run, node: Node) -> Value:
    declared = run.declared(node)
    value = run.responses[declared.identifier]
    if declared.mapping is None or not value:
        return (0.0,)
    return (declared.mapping.sum(value),)


def _map_point(run: Run, node: Node) -> Value:
    declared = run.declared(node)
    value = run.responses[declared.identifier]
    return (declared.areas.sum(value) if declared.areas and value else 0.0,)


def _index(run: Run, node: Node) -> Value:
    (value,) = operands(run, node) or [NULL]
    at = int(number(node.get("n") or "0", node.line))
    return (value[at - 1],) if 1 <= at <= len(value) else NULL


def _size(run: Run, node: Node) -> Value:
    return (float(len(_gathered(run, node))),)


def _worked_out(of: Callable[[Sequence[float]], float]) -> Callable[[Run, Node], Value]:
    def work_out(run: Run, node: Node) -> Value:
        values = operands(run, node)
        return (of(_numbers(run, node)),) if values and all(values) else NULL

    return work_out


def _numbers(run: Run, node: Node) -> list[float]:
    return [float(one) for value in operands(run, node) for one in value]


def _product(numbers: Sequence[float]) -> float:
    result = 1.0
    for one in numbers:
        result *= one
    return result


OPERATORS: dict[str, Callable[[Run, Node], Value]] = {
    **COMPARING,
    "variable": _variable,
    "correct": _correct,
    "baseValue": _base_value,
    "null": lambda run, node: NULL,
    "multiple": _gathered,
    "ordered": _gathered,
    "and": _all_true,
    "or": _any_true,
    "not": _not,
    "mapResponse": _map_response,
    "mapResponsePoint": _map_point,
    "index": _index,
    "containerSize": _size,
    "sum": _worked_out(sum),
    "product": _worked_out(_product),
    "subtract": _worked_out(lambda numbers: numbers[0] - sum(numbers[1:])),
    "max": _worked_out(max),
    "min": _worked_out(min),
}
