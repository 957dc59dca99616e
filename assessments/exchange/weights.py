"""Points of other systems, and whether ours come to the same.

Where several options are right each earns its share, and each wrong one takes as much away.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.kinds.written import is_one_of

_NEAR = 0.5  # per cent: weights are rounded in files
CHANGED = _(
    "Taken, but wrong options cost points here: each takes away as much as a right one earns."
)


PART = _("An answer earns a part of the points, which is not possible here.")
FREE = _("Taken, but a wrong option costs nothing here.")


def right_of_one(weights: Sequence[float]) -> tuple[list[bool], bool]:
    """Return which option is right where one may be chosen, and whether points are as here.

    Weights are in per cent. Raises NotTaken if any other earns a part of the points.
    """
    right = [weight >= 100 - _NEAR for weight in weights]
    if sum(right) != 1:
        raise NotTaken(_("Exactly one option has to be right."))
    if any(_NEAR < weight < 100 - _NEAR for weight in weights):
        raise NotTaken(_("An option earns a part of the points, which is not possible here."))
    return right, all(weight > -_NEAR for weight in weights)


def right_of_several(weights: Sequence[float]) -> tuple[list[bool], bool]:
    """Return which options are right, and whether points are given as they would be here.

    Raises NotTaken if right options earn different shares.
    """
    right = [weight > _NEAR for weight in weights]
    if not any(right):
        raise NotTaken(_("No option is right."))
    share = 100 / sum(right)
    earned = [weight for weight in weights if weight > _NEAR]
    if max(earned) - min(earned) > _NEAR:
        raise NotTaken(_("Right options earn different shares, which is not possible here."))
    if abs(earned[0] - share) > _NEAR:
        raise NotTaken(_("Right options together earn more or less than all points."))
    lost = [weight for weight, is_right in zip(weights, right, strict=True) if not is_right]
    return right, all(abs(weight + share) <= _NEAR for weight in lost)


def right_words(answers: Sequence[tuple[str, float]]) -> list[str]:
    """Return the words that are right, of words with what they earn in per cent.

    Raises NotTaken if some earn a part of the points, or are wrong there and would be right here.
    """
    if any(_NEAR < weight < 100 - _NEAR for _text, weight in answers):
        raise NotTaken(PART)
    right = [text for text, weight in answers if text and weight >= 100 - _NEAR]
    if not right:
        raise NotTaken(_("No answer is right."))
    if any("*" in text for text in right):
        raise NotTaken(_("An answer has a wildcard (*), which is not possible here."))
    for text, weight in answers:
        if weight <= _NEAR and is_one_of(text, right):
            words = _("“%(text)s” is wrong there; here capitals and diacritics do not matter.")
            raise NotTaken(words % {"text": text[:40]})
    return right


def share_of(count: int) -> str:
    """Return the share of one of so many right options in per cent, as files write it."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")
