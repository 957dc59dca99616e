"""What an item declares of a response: its type, the right answer, what each answer earns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.shapes import Shape, shape_of
from assessments.exchange.qti.tree import Node

Atom = str | float | bool


@dataclass(frozen=True)
class Mapping:
    """What each answer earns; `default` is for every other."""

    points: dict[Atom, float]
    folded: dict[Atom, float]  # where capitals do not matter
    keys: tuple[str, ...]
    default: float
    lower: float
    upper: float

    def sum(self, atoms: Sequence[Atom]) -> float:
        """Return what the answers earn together, each counted once, within the bounds."""
        earned = sum(self._worth(atom) for atom in dict.fromkeys(atoms))
        return min(self.upper, max(self.lower, earned))

    def _worth(self, atom: Atom) -> float:
        if atom in self.points:
            return self.points[atom]
        return self.folded.get(_folded(atom), self.default)


@dataclass(frozen=True)
class Areas:
    """What a point in each area earns; `default` is for every other point."""

    points: tuple[tuple[Shape, float], ...]
    default: float
    lower: float
    upper: float

    def sum(self, atoms: Sequence[Atom]) -> float:
        """Return what the points earn together; an area counts once."""
        hit, missed = dict[Shape, float](), 0.0
        for atom in atoms:
            x, y = (float(number) for number in str(atom).split())
            found = [(shape, worth) for shape, worth in self.points if shape.holds(x, y)]
            hit.update(found[:1])
            missed += 0.0 if found else self.default
        return min(self.upper, max(self.lower, sum(hit.values()) + missed))


@dataclass(frozen=True)
class Declaration:
    """A response, or an outcome: for that `correct` is its default."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...]
    mapping: Mapping | None
    areas: Areas | None
    line: int

    def atoms(self, values: Sequence[str]) -> tuple[Atom, ...]:
        return tuple(atom(value, self.base_type) for value in values)


def declaration_of(node: Node, held_in: str = "correctResponse") -> Declaration:
    """Read a declaration; its values stand in `held_in`.

    Raises Unfit for numbers that are none, or a shape that is not known.
    """
    base = node.get("baseType", "identifier")
    held = node.first(held_in)
    mapping, areas = node.first("mapping"), node.first("areaMapping")
    return Declaration(
        identifier=node.get("identifier"),
        cardinality=node.get("cardinality", "single"),
        base_type=base,
        correct=tuple(value.words for value in held.below("value")) if held else (),
        mapping=_mapping(mapping, base) if mapping else None,
        areas=_areas(areas) if areas else None,
        line=node.line,
    )


def atom(value: str, base_type: str) -> Atom:
    """Return one value as it is compared. Raises Unfit if it is not of its type."""
    if base_type in ("float", "integer"):
        return number(value)
    if base_type == "boolean":
        return value.strip() in ("true", "1")
    if base_type == "pair":
        return " ".join(sorted(value.split()))
    if base_type in ("directedPair", "point"):
        return " ".join(value.split())
    return value.strip()


def number(value: str, line: int = 0) -> float:
    """Return the number that a text says. Raises Unfit if it says none, or one without end."""
    try:
        found = float(value)
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e15:
        raise Unfit(_("“%(text)s” is no number that can be used.") % {"text": value}, line=line)
    return found


def _mapping(node: Node, base: str) -> Mapping:
    points, folded = dict[Atom, float](), dict[Atom, float]()
    entries = node.below("mapEntry")
    for entry in entries:
        key, worth = atom(entry.get("mapKey"), base), _number(entry, "mappedValue")
        points.setdefault(key, worth)
        if entry.get("caseSensitive", "true") == "false":
            folded.setdefault(_folded(key), worth)
    keys = tuple(entry.get("mapKey") for entry in entries)
    return Mapping(points, folded, keys, *_bounds(node))


def _areas(node: Node) -> Areas:
    points = [
        (shape_of(entry), _number(entry, "mappedValue")) for entry in node.below("areaMapEntry")
    ]
    return Areas(tuple(points), *_bounds(node))


def _bounds(node: Node) -> tuple[float, float, float]:
    lower = _number(node, "lowerBound") if node.get("lowerBound") else float("-inf")
    upper = _number(node, "upperBound") if node.get("upperBound") else float("inf")
    return _number(node, "defaultValue"), lower, upper


def _number(node: Node, name: str) -> float:
    return number(node.get(name) or "0", node.line)


def _folded(key: Atom) -> Atom:
    return key.casefold() if isinstance(key, str) else key
