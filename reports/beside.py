"""Figures that stand beside each other on one paper: what one hides, the others must not tell."""

from collections.abc import Sequence
from dataclasses import replace

from reports.aggregates import Figures, for_outside

Groups = list[Figures]


def beside(whole: Figures, tables: Sequence[Groups]) -> tuple[Figures, list[Groups]]:
    """Return the figures of everybody, and tables of their groups, as they may leave together.

    One of the tables is by course, shown or not: hours of several courses tell how many completed
    each of them. So hours stand on a paper only where no number of completions is hidden.
    """
    [shown], told = for_outside([whole]), [for_outside(groups) for groups in tables]
    if _would_tell(shown, told):
        shown, told = uncompleted(shown), [[uncompleted(one) for one in groups] for groups in told]
    if any(one.completions is None for groups in ([shown], *told) for one in groups):
        return without_hours(shown), [[without_hours(one) for one in groups] for groups in told]
    return shown, told


def uncompleted(one: Figures) -> Figures:
    """Return a group without figures of completions."""
    return replace(one, persons_completed=None, completions=None, hours=None)


def without_hours(one: Figures) -> Figures:
    """Return a group without hours."""
    return replace(one, hours=None)


def _would_tell(whole: Figures, tables: Sequence[Groups]) -> bool:
    """Say whether sums on the paper would tell how many of a group have completed.

    Tables stand beside each other and beside the whole. So where that is hidden, no table may add
    up to it; and where one group alone is hidden, it is the whole less the others.
    """
    return whole.persons_completed is None or any(
        sum(one.persons_completed is None for one in groups) == 1 for groups in tables
    )
