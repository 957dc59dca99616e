"""What a group has gained: the mean of what each gained, with an interval; in all and in parts.

The interval is Student's, of the differences of pairs: in 95 of 100 such samples it holds the mean
gain of everybody like these. Forms are compared as Welch does (Biometrika 34, 28, 1947).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from uuid import UUID

from assessments.forms.pairing import Change, Pair
from assessments.forms.student_t import quantile
from assessments.forms.suppression import People, are_groups, is_group, tells_too_much
from assessments.models import Form

_BOTH_SIDES = 0.975  # below the upper end of an interval of 95 %

Pairs = Sequence[Pair]
_Select = Callable[[Iterable[Pair]], list[Pair]]


@dataclass(frozen=True)
class Interval:
    """A mean with the interval around it, in points of a hundred."""

    mean: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Whether it lies on one side of nothing."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Gain:
    """What `count` people knew before and after, in points of a hundred, and what they gained."""

    count: int
    before: float
    after: float
    gain: Interval


@dataclass(frozen=True)
class Figures:
    """The gain of a group. What is None, or lacking, may not be shown.

    `is_few` says that there are too few people; where they are enough and `whole` is None, the
    figures would tell of others, too. `orders` are by the form of the test before; `harder` is how
    much harder form A is than form B.
    """

    is_few: bool
    whole: Gain | None
    objectives: dict[str, Gain]
    orders: dict[Form, Gain]
    harder: Interval | None


def figures_of(pairs: Pairs, *, cohort: UUID | None, seen: Collection[UUID]) -> Figures:
    """Return the figures of a cohort, or of all, for whoever may look at the cohorts `seen`."""
    group = pairs if cohort is None else [one for one in pairs if one.cohort == cohort]
    apart = [] if cohort else [[one for one in pairs if one.cohort == key] for key in sorted(seen)]
    whole = _shown(group, apart, list)
    objectives = {
        key: gain
        for key in sorted({key for one in group for key in one.objectives})
        if whole and (gain := _shown(group, apart, _about(key), key))
    }
    orders = _orders(group, apart) if whole else {}
    return Figures(
        is_few=not is_group(_people(group)),
        whole=whole,
        objectives=objectives,
        orders=orders,
        harder=_harder(group) if len(orders) == len(Form) else None,
    )


def gain_of(changes: Sequence[Change]) -> Gain:
    """Return the gain of so many people; of two at least, for one has no interval."""
    return Gain(
        count=len(changes),
        before=fmean(one.before for one in changes) * 100,
        after=fmean(one.after for one in changes) * 100,
        gain=mean_of([one.gain for one in changes]),
    )


def mean_of(values: Sequence[float]) -> Interval:
    """Return the mean with its interval."""
    mean, freedom = fmean(values), len(values) - 1
    around = quantile(_BOTH_SIDES, freedom) * (variance(values) / len(values)) ** 0.5
    return Interval(mean, mean - around, mean + around)


def difference_of(one: Sequence[float], other: Sequence[float]) -> Interval:
    """Return how much greater one mean is than another, with its interval."""
    parts = [(variance(values) / len(values), len(values) - 1) for values in (one, other)]
    square = sum(part for part, _ in parts)
    mean = fmean(one) - fmean(other)
    if not square:
        return Interval(mean, mean, mean)
    freedom = square**2 / sum(part**2 / free for part, free in parts)
    around = quantile(_BOTH_SIDES, freedom) * square**0.5
    return Interval(mean, mean - around, mean + around)


def _shown(group: Pairs, apart: Iterable[Pairs], select: _Select, key: str = "") -> Gain | None:
    """Return the gain of those selected, or None if it may not be shown."""
    chosen = select(group)
    beside = [_people(select(one)) for one in apart]
    if not is_group(_people(chosen)) or tells_too_much(_people(chosen), filter(is_group, beside)):
        return None
    return gain_of([one.objectives[key] if key else one.whole for one in chosen])


def _orders(group: Pairs, apart: Sequence[Pairs]) -> dict[Form, Gain]:
    """Return the gain by the form of the test before: of both forms, or of none."""
    if not are_groups(_people(_beginning_with(form)(group)) for form in Form):
        return {}
    told = [one for one in apart if are_groups(_people(_beginning_with(f)(one)) for f in Form)]
    found = {}
    for form in Form:
        chosen = _beginning_with(form)(group)
        beside = [_people(_beginning_with(form)(one)) for one in told]
        if tells_too_much(_people(chosen), beside):
            return {}
        if chosen:
            found[form] = gain_of([one.whole for one in chosen])
    return found


def _harder(group: Pairs) -> Interval:
    """Return how much harder form A is: half of what those gained more who had it before."""
    gains = {f: [one.whole.gain for one in _beginning_with(f)(group)] for f in Form}
    twice = difference_of(gains[Form.A], gains[Form.B])
    return Interval(twice.mean / 2, twice.low / 2, twice.high / 2)


def _beginning_with(form: Form) -> _Select:
    return lambda pairs: [one for one in pairs if one.began_with == form]


def _about(objective: str) -> _Select:
    return lambda pairs: [one for one in pairs if objective in one.objectives]


def _people(pairs: Iterable[Pair]) -> People:
    return frozenset(one.learner for one in pairs)
