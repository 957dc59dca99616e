"""The two tests of the same people: what each knew before, and after.

A pair is the first submitted attempt at each of the two tests in one enrolment, once both have a
verdict, if the test before was submitted before the test after began. Each learner counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from django.db.models import QuerySet

from assessments.models import Attempt, Form, Response
from courses.models import Enrolment


@dataclass(frozen=True)
class Change:
    """Shares of the points, 0 to 1."""

    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much more, in points of a hundred."""
        return (self.after - self.before) * 100


@dataclass(frozen=True)
class Pair:
    """What one learner reached in both tests, in all and in each objective that both ask about.

    `began_with` is the form of the test before.
    """

    learner: UUID
    cohort: UUID | None
    began_with: str
    whole: Change
    objectives: Mapping[str, Change]


_Both = tuple[Attempt, Attempt]
_Where = dict[str, UUID]


def pairs_of(quiz: UUID) -> list[Pair]:
    """Return the pairs of everybody who took a test after, by its key. Four queries at most."""
    first: dict[UUID, Pair] = {}
    for pair in _pairs(_both(quiz, {}), {}):
        first.setdefault(pair.learner, pair)
    return list(first.values())


def pair_of(enrolment: Enrolment, quiz: UUID) -> tuple[Pair, _Both] | None:
    """Return the pair of one enrolment with its two attempts, or None if there is none yet."""
    own = {"registration": enrolment.registration}
    both = _both(quiz, own)
    return (_pairs(both, own)[0], both[0]) if both else None


def _both(quiz: UUID, where: _Where) -> list[_Both]:
    """Return the attempts that belong together, who was the first to be done standing first."""
    taken = Attempt.objects.filter(quiz_key=quiz, pre_test_key__isnull=False, **where)
    after = _first(taken)
    if not after:
        return []
    keys = {one.pre_test_key for one in after if one.pre_test_key}
    earlier = _first(Attempt.objects.filter(quiz_key__in=keys, **where))
    before = {(one.registration, one.quiz_key): one for one in earlier}
    found = ((before.get((a.registration, a.pre_test_key or quiz)), a) for a in after)
    return [(b, a) for b, a in found if b is not None and _is_pair(b, a)]


def _first(attempts: QuerySet[Attempt]) -> list[Attempt]:
    """Return the first submitted attempt of each enrolment at each quiz, the oldest first."""
    first: dict[tuple[UUID, UUID], Attempt] = {}
    for attempt in attempts.filter(finished_at__isnull=False).order_by("finished_at", "number"):
        first.setdefault((attempt.registration, attempt.quiz_key), attempt)
    return list(first.values())


def _is_pair(before: Attempt, after: Attempt) -> bool:
    """Say whether two attempts can be compared: judged, of different forms, one after the other."""
    are_judged = before.scaled is not None and after.scaled is not None
    are_parallel = {before.form, after.form} == set(Form.values)
    ended, began = before.finished_at, after.started_at
    return bool(are_judged and are_parallel and ended and began and ended <= began)


def _pairs(both: list[_Both], where: _Where) -> list[Pair]:
    if not both:
        return []
    keys = {attempt.quiz_key for two in both for attempt in two}
    taken = Attempt.objects.filter(quiz_key__in=keys, **where)
    members = Enrolment.objects.filter(registration__in=taken.values("registration"))
    known = {one.registration: one for one in members.filter(actor__isnull=False)}
    shares = _shares([attempt for two in both for attempt in two], where)
    return [
        _pair(before, after, known[after.registration], shares[before.pk], shares[after.pk])
        for before, after in both
        if after.registration in known
    ]


def _pair(
    before: Attempt,
    after: Attempt,
    enrolment: Enrolment,
    then: Mapping[str, float],
    now: Mapping[str, float],
) -> Pair:
    return Pair(
        learner=enrolment.learner,
        cohort=enrolment.cohort_key,
        began_with=before.form,
        whole=Change(before.scaled or 0.0, after.scaled or 0.0),
        objectives={key: Change(then[key], now[key]) for key in sorted(then.keys() & now.keys())},
    )


def _shares(attempts: Iterable[Attempt], where: _Where) -> dict[int, dict[str, float]]:
    """Return the share of the points that each attempt reached in each objective."""
    by_place = {(a.registration, a.quiz_key, a.number): a for a in attempts}
    about = {attempt.pk: _objectives(attempt) for attempt in by_place.values()}
    scores: dict[int, dict[str, list[float]]] = {pk: defaultdict(list) for pk in about}
    rows = Response.objects.filter(quiz_key__in={key for _, key, _ in by_place}, **where)
    for registration, quiz, number, question, scaled in rows.exclude(scaled=None).values_list(
        "registration", "quiz_key", "number", "question_key", "scaled"
    ):
        attempt = by_place.get((registration, quiz, number))
        objective = attempt and about[attempt.pk].get(str(question))
        if attempt and objective and scaled is not None:
            scores[attempt.pk][objective].append(scaled)
    return {pk: {key: fmean(found) for key, found in of.items()} for pk, of in scores.items()}


def _objectives(attempt: Attempt) -> dict[str, str]:
    return {one["key"]: one["objective"] for one in attempt.drawn if one.get("objective")}
