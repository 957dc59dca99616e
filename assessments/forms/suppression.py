"""Which figures may be shown: no group of fewer than five, and none that tells of such a group.

Whoever sees a total and its parts can take one from the other: what is left is a group, too.
"""

from collections.abc import Iterable
from uuid import UUID

from assessments.item_statistics.measures import FEWEST

People = frozenset[UUID]


def is_group(people: People) -> bool:
    """Say whether so many people are a group whose figures may be shown."""
    return len(people) >= FEWEST


def are_groups(parts: Iterable[People]) -> bool:
    """Say whether the parts of a total that is shown may be shown.

    One that is too small hides all of them: the total and the others would tell it.
    """
    return all(not part or is_group(part) for part in parts)


def tells_too_much(total: People, shown: Iterable[People]) -> bool:
    """Say whether a total tells of too few people, once what else is shown is taken from it."""
    rest = total.difference(*shown)
    return bool(rest) and not is_group(rest)
