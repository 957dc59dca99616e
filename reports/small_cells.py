"""Small cells: what a figure about fewer than five people would tell of each of them.

A cell of one to four is hidden, and so are others from which, with the sums that stand beside
them, it could be worked out (complementary suppression). Zero is shown: it is about nobody.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

FEWEST = 5


def is_small(count: int) -> bool:
    """Say whether a figure is about so few that it is hidden."""
    return 0 < count < FEWEST


def hidden(counts: Sequence[int]) -> set[int]:
    """Return the places to hide in a line of figures that stands beside its sum."""
    small = {place for place, count in enumerate(counts) if is_small(count)}
    return _made_safe(counts, small)


def hidden_in_table(rows: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the cells (row, column) to hide in a table that shows the sums of both."""
    cells = {
        (line, place)
        for line, row in enumerate(rows)
        for place, count in enumerate(row)
        if is_small(count)
    }
    columns = list(zip(*rows, strict=True))
    while True:
        before = len(cells)
        cells |= _safe_lines(rows, cells)
        turned = {(place, line) for line, place in cells}
        cells |= {(line, place) for place, line in _safe_lines(columns, turned)}
        if len(cells) == before:
            return cells


def hidden_in_lines(
    counts: Mapping[Key, int],
    lines: Iterable[Sequence[Key]],
    along: Mapping[Key, Collection[Key]] = {},
) -> set[Key]:
    """Return the cells to hide where each line says that its cells belong together.

    Whoever knows all cells of a line but one can work that one out: from their sum, which stands
    beside them or is one of them. `along` are the cells that are hidden whenever a cell is.
    """
    found, each = {key for key, count in counts.items() if is_small(count)}, list(lines)
    while True:
        before = len(found)
        for line in each:
            places = {place for place, key in enumerate(line) if key in found}
            safe = _made_safe([counts[key] for key in line], places)
            found |= {line[place] for place in safe}
        found |= {kin for key in tuple(found) for kin in along.get(key, ())}
        if len(found) == before:
            return found


def _safe_lines(
    lines: Sequence[Sequence[int]], cells: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    by_line: dict[int, set[int]] = {}
    for line, place in cells:
        by_line.setdefault(line, set()).add(place)
    return {
        (line, place)
        for line, places in by_line.items()
        for place in _made_safe(lines[line], places)
    }


def _made_safe(counts: Sequence[int], places: set[int]) -> set[int]:
    """Hide the smallest others as well, until the hidden ones are two and together five people.

    Their sum can be worked out then; none of them can.
    """
    found = set(places)
    others = sorted((count, place) for place, count in enumerate(counts) if count)
    for _count, place in others:
        if not found or (len(found) > 1 and sum(counts[one] for one in found) >= FEWEST):
            break
        found.add(place)
    return found
