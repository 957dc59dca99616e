"""Whether an item means what our own scoring would make of it, found out by trying answers.

What is right, and that each right part counts alike, must hold in both. What an answer earns that
is right in part is the rule of the kind here, which learners are told.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.marking import Answer, Marking

_NEAR = 1e-6
MOST_TRIED = 400


def prove(
    marking: Marking, *, right: Sequence[Answer], wrong: Sequence[tuple[str, Answer]]
) -> None:
    """Raise Unfit unless all of `right` together earn most, each alike, and `wrong` nothing.

    `wrong` names each wrong answer as the author knows it.
    """
    if not right:
        raise Unfit(_("No right answer is declared."))
    if not marking.has_score:
        raise Unfit(_("The item's scoring gives no SCORE."))
    if len(right) + len(wrong) > MOST_TRIED:
        raise Unfit(_("There is too much to choose from."))
    none, full = marking.score({}), marking.score(together(right))
    if full <= max(none, 0.0) + _NEAR:
        raise Unfit(_("The answer that is said to be right earns no points."))
    _require_alike(marking, right, full)
    for name, answer in wrong:
        if marking.score(answer) > max(none, 0.0) + _NEAR:
            raise Unfit(
                _("“%(answer)s” earns points as well, but is not among the right answers.")
                % {"answer": name}
            )


def _require_alike(marking: Marking, right: Sequence[Answer], full: float) -> None:
    alone = [marking.score(answer) for answer in right]
    missing = [marking.score(together(others)) for others in _all_but_one(right)]
    if max(missing) > full - _NEAR:
        raise Unfit(_("A part of the right answers is enough here to earn all points."))
    if max(alone) - min(alone) > _NEAR or max(missing) - min(missing) > _NEAR:
        raise Unfit(_("The right answers earn different points; here each would count alike."))


def together(answers: Iterable[Answer]) -> dict[str, list[str]]:
    """Return several answers as one."""
    whole = dict[str, list[str]]()
    for answer in answers:
        for name, values in answer.items():
            whole[name] = [*whole.get(name, []), *values]
    return whole


def _all_but_one(answers: Sequence[Answer]) -> list[list[Answer]]:
    return [[*answers[:at], *answers[at + 1 :]] for at in range(len(answers))]
