"""What people of a profession get wrong more often than others, at the first attempt.

A spot has ENOUGH answers, of five people at least. It is weak where the profession's share of the
points lies below the others' by GAP or more, and by more than chance would bring (the difference
of two proportions, 99 %; Wald).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, QuerySet

from assessments.item_statistics.measures import ENOUGH
from assessments.models import QuizPage, Response, Role
from courses.models import Enrolment
from reports.small_cells import hidden_in_lines
from reports.statistics.belonging import with_whose

GAP = 0.1
MOST = 3  # of each profession
_CERTAIN = 2.58  # standard errors, for 99 %: there are many spots to look at


@dataclass(frozen=True)
class Answered:
    """First answers to a question, of a profession in a course; `score` is their mean, 0 to 1."""

    profession: str
    course: UUID
    question: UUID
    people: int
    answers: int
    score: float


@dataclass(frozen=True)
class Spot:
    """An objective, or one of its questions; shares in per cent, of so many answers."""

    profession: str
    objective: str
    question: UUID | None
    answers: int
    own: float
    others: float

    @property
    def less(self) -> float:
        return self.others - self.own


@dataclass
class _Sum:
    people: int = 0
    answers: int = 0
    points: float = 0.0

    def add(self, one: Answered) -> None:
        # Of whom the questions have in common nothing is known: at least so many people.
        self.people = max(self.people, one.people)
        self.answers += one.answers
        self.points += one.score * one.answers

    @property
    def score(self) -> float:
        return self.points / self.answers


def first_answers(enrolments: QuerySet[Enrolment]) -> list[Answered]:
    """Return how questions fare in first attempts; those of tests before do not count.

    Two queries; as many rows as professions, courses and questions.
    """
    before = QuizPage.objects.filter(role=Role.PRE_TEST).order_by()
    tests_before = list(before.values_list("translation_key", flat=True))
    scored = Response.objects.filter(number=1, scaled__isnull=False)
    rows = (
        with_whose(scored.exclude(quiz_key__in=tests_before), enrolments)
        .order_by()
        .values("profession", "course", "question_key")
        .annotate(people=Count("actor", distinct=True), answers=Count("pk"), score=Avg("scaled"))
    )
    return [
        Answered(
            profession=row["profession"],
            course=row["course"],
            question=row["question_key"],
            people=row["people"],
            answers=row["answers"],
            score=row["score"],
        )
        for row in rows
    ]


def weak_spots(found: Iterable[Answered], about: Mapping[UUID, str]) -> list[Spot]:
    """Return the weak spots of each profession, the weakest first: objectives and questions.

    `about` says on which objective a question is.
    """
    sums: dict[tuple[str, Any], _Sum] = defaultdict(_Sum)
    for one in found:
        if one.question in about:
            sums[one.profession, one.question].add(one)
            sums[one.profession, about[one.question]].add(one)
    hidden = _hidden(sums, about)
    everybody: dict[Any, _Sum] = defaultdict(_Sum)
    for (_profession, what), own in sums.items():
        everybody[what].answers += own.answers
        everybody[what].points += own.points
    spots = [
        spot
        for (profession, what), own in sums.items()
        if (profession, what) not in hidden
        and own.answers >= ENOUGH
        and (spot := _spot(profession, what, own, everybody[what], about))
    ]
    return _weakest(spots)


def _spot(
    profession: str, what: Any, own: _Sum, everybody: _Sum, about: Mapping[UUID, str]
) -> Spot | None:
    """Return the spot if it is weak."""
    count = everybody.answers - own.answers
    if count < ENOUGH:
        return None
    others = (everybody.points - own.points) / count
    spread = own.score * (1 - own.score) / own.answers + others * (1 - others) / count
    if others - own.score < max(GAP, _CERTAIN * spread**0.5):
        return None
    question = what if isinstance(what, UUID) else None
    return Spot(
        profession=profession,
        objective=about[question] if question else what,
        question=question,
        answers=own.answers,
        own=own.score * 100,
        others=others * 100,
    )


def _weakest(spots: list[Spot]) -> list[Spot]:
    """Return the weakest objectives of each profession, and the weakest questions."""
    order = sorted(spots, key=lambda s: (s.profession, s.question is not None, -s.less, str(s)))
    taken: dict[tuple[str, bool], int] = defaultdict(int)
    kept = []
    for spot in order:
        group = spot.profession, spot.question is not None
        taken[group] += 1
        if taken[group] <= MOST:
            kept.append(spot)
    return kept


def _hidden(
    sums: Mapping[tuple[str, Any], _Sum], about: Mapping[UUID, str]
) -> set[tuple[str, Any]]:
    """Return what may not be told: the others' share is the sum of all without one's own."""
    counts = {key: one.people for key, one in sums.items()}
    beside: dict[Any, list[tuple[str, Any]]] = defaultdict(list)
    within: dict[tuple[str, str], list[tuple[str, Any]]] = defaultdict(list)
    for profession, what in sums:
        beside[what].append((profession, what))
        if what in about:
            within[profession, about[what]].append((profession, what))
    lines = [*beside.values(), *([total, *parts] for total, parts in within.items())]
    return hidden_in_lines(counts, lines)
