"""Small cells: what a figure about fewer than five people would tell of each of them.

A cell of one to four is hidden, and so are others from which, with the sums that stand beside
them, it could be worked out (complementary suppression). Zero is shown: it is about nobody.
"""

from collections.abc import Sequence

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
