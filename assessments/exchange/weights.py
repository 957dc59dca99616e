"""Points of other systems, and whether ours come to the same.

Where several options are right each earns its share, and each wrong one takes as much away.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken

_NEAR = 0.5  # per cent: weights are rounded in files
CHANGED = _(
    "Taken, but wrong options cost points here: each takes away as much as a right one earns."
)


def right_of_one(weights: Sequence[float]) -> list[bool]:
    """Return which option is right where one may be chosen; weights are in per cent.

    Raises NotTaken if any other earns a part of the points.
    """
    right = [weight >= 100 - _NEAR for weight in weights]
    if sum(right) != 1:
        raise NotTaken(_("Exactly one option has to be right."))
    if any(_NEAR < weight < 100 - _NEAR for weight in weights):
        raise NotTaken(_("An option earns a part of the points, which is not possible here."))
    return right


def right_of_several(weights: Sequence[float]) -> tuple[list[bool], bool]:
    """Return which options are right, and whether points are given as they would be here.

    Raises NotTaken if right options earn different shares.
    """
    right = [weight > _NEAR for weight in weights]
    if not any(right):
        raise NotTaken(_("No option is right."))
    share = 100 / sum(right)
    earned = [weight for weight in weights if weight > _NEAR]
    if any(abs(weight - share) > _NEAR for weight in earned):
        raise NotTaken(_("Right options earn different shares, which is not possible here."))
    lost = [weight for weight, is_right in zip(weights, right, strict=True) if not is_right]
    return right, all(abs(weight + share) <= _NEAR for weight in lost)


def share_of(count: int) -> str:
    """Return the share of one of so many right options in per cent, as files write it."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")
