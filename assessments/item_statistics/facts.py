"""A question's figures, and a quiz's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median, pstdev
from uuid import UUID

from django.db.models import OuterRef, Subquery

from assessments.item_statistics import measures
from assessments.item_statistics.answers import answers_to
from assessments.item_statistics.by_objective import ObjectiveLine, lines_by_objective
from assessments.item_statistics.sureness import SureLine, sureness_of
from assessments.item_statistics.tables import Table, table_of
from assessments.item_statistics.words import words_on
from assessments.models import Attempt, Question, QuizPage, Response
from courses.models import Enrolment


@dataclass(frozen=True)
class QuestionFigures:
    """`count` learners answered to the key of today, `earlier` to an earlier one."""

    count: int
    earlier: int
    facility: float | None
    discrimination: float | None
    seconds: measures.Spread | None
    table: Table | None
    words: list[str]
    sureness: list[SureLine]


def figures_of(question: Question) -> QuestionFigures:
    """Return how a question fares. A fixed number of queries."""
    answers = answers_to(question)
    given = answers.given
    scores = [one.scaled for one in given if one.scaled is not None]
    pairs = [
        (one.scaled, one.rest) for one in given if one.scaled is not None and one.rest is not None
    ]
    facility = measures.facility(scores)
    discrimination = measures.discrimination([s for s, _ in pairs], [r for _, r in pairs])
    table = table_of(question.kind, question.parts(), given)
    return QuestionFigures(
        count=len(given),
        earlier=answers.earlier,
        facility=facility,
        discrimination=discrimination,
        seconds=measures.spread([one.seconds for one in given if one.seconds is not None]),
        table=table if len(given) >= measures.FEWEST and table.lines else None,
        words=words_on(
            count=len(given),
            facility=facility,
            discrimination=discrimination,
            table=table,
            kind=question.kind,
        ),
        sureness=sureness_of(given),
    )


@dataclass(frozen=True)
class ItemLine:
    """A question of a quiz, with its figures in this quiz alone."""

    key: UUID
    count: int
    facility: float | None
    discrimination: float | None


@dataclass(frozen=True)
class QuizFigures:
    """Scores are shares of the points, of each learner's first attempt that was judged.

    `alpha` and `error` are known only where everybody had the same questions.
    """

    count: int
    passed: float | None
    mean: float | None
    middle: float | None
    deviation: float | None
    alpha: float | None
    error: float | None
    is_fixed: bool
    items: list[ItemLine]
    objectives: list[ObjectiveLine]


Scores = dict[UUID, float]


def quiz_figures(quiz: QuizPage) -> QuizFigures:
    """Return how a quiz fares. Two queries, however many attempts there are."""
    attempts = _first_attempts(quiz.key)
    papers = _papers(quiz.key, attempts)
    shares = [share for attempt in attempts if (share := _share(attempt)) is not None]
    is_group = len(shares) >= measures.FEWEST
    same = {frozenset(paper) for paper in papers}
    rows = [[paper[key] for key in sorted(paper)] for paper in papers] if len(same) == 1 else []
    alpha = measures.alpha(rows) if rows else None
    totals = [sum(row) / len(row) for row in rows if row]
    return QuizFigures(
        count=len(attempts),
        passed=fmean(bool(one.passed) for one in attempts) if is_group else None,
        mean=fmean(shares) if is_group else None,
        middle=median(shares) if is_group else None,
        deviation=pstdev(shares) if is_group else None,
        alpha=alpha,
        error=measures.standard_error(totals, alpha) if alpha is not None else None,
        is_fixed=len(same) <= 1,
        items=_items(papers),
        objectives=lines_by_objective(attempts, papers),
    )


def _share(attempt: Attempt) -> float | None:
    if attempt.raw is None or not attempt.maximum:
        return None
    return attempt.raw / attempt.maximum


def _first_attempts(quiz: UUID) -> list[Attempt]:
    learner = Enrolment.objects.filter(registration=OuterRef("registration"))
    found = Attempt.objects.filter(quiz_key=quiz).exclude(passed=None)
    first: dict[object, Attempt] = {}
    for attempt in found.annotate(actor=Subquery(learner.values("actor"))).order_by(
        "finished_at", "number"
    ):
        first.setdefault(attempt.actor, attempt)
    return list(first.values())


def _papers(quiz: UUID, attempts: Iterable[Attempt]) -> list[Scores]:
    """Return the scored questions of each attempt."""
    wanted = {(attempt.registration, attempt.number) for attempt in attempts}
    papers: dict[tuple[UUID, int], Scores] = defaultdict(dict)
    rows = Response.objects.filter(quiz_key=quiz).exclude(scaled=None)
    for registration, number, key, scaled in rows.values_list(
        "registration", "number", "question_key", "scaled"
    ):
        if (registration, number) in wanted and scaled is not None:
            papers[registration, number][key] = scaled
    return list(papers.values())


def _items(papers: list[Scores]) -> list[ItemLine]:
    by_key: dict[UUID, list[tuple[float, float | None]]] = defaultdict(list)
    for paper in papers:
        total = sum(paper.values())
        for key, scaled in paper.items():
            rest = (total - scaled) / (len(paper) - 1) if len(paper) > 1 else None
            by_key[key].append((scaled, rest))
    return [
        ItemLine(
            key=key,
            count=len(pairs),
            facility=measures.facility([scaled for scaled, _ in pairs]),
            discrimination=measures.discrimination(
                *_columns([(s, r) for s, r in pairs if r is not None])
            ),
        )
        for key, pairs in by_key.items()
    ]


def _columns(pairs: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [one for one, _ in pairs], [other for _, other in pairs]
