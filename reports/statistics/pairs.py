"""The two tests of the same people, read as a stream: nothing is kept but what was not told yet.

A pair is what `assessments.forms.pairing` calls one: the first submitted attempts at both tests in
one enrolment, judged, of different forms, one after the other; each learner counts once for each
test after. Attempts and answers come in the order of enrolments, and are put together on the way.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from assessments.models import Attempt, Form, Question, Response
from assessments.models.pools import SOURCE
from courses.models import Enrolment
from reports.statistics.belonging import within

AT_ONCE = 2_000
Points = tuple[float, int]  # so many points, of so many questions


class Taken(NamedTuple):
    """An attempt at a test before or after."""

    registration: UUID
    quiz_key: UUID
    pre_test_key: UUID | None
    number: int
    form: str
    started_at: datetime | None
    finished_at: datetime
    passed: bool | None
    raw: float | None
    maximum: float | None

    @property
    def share(self) -> float | None:
        """The share of the points, 0 to 1; None until there is a verdict."""
        if self.raw is None or self.passed is None:
            return None
        return self.raw / self.maximum if self.maximum else 0.0


class Pair(NamedTuple):
    """Both attempts, with the points of each by objective."""

    before: Taken
    after: Taken
    then: Mapping[str, Points]
    now: Mapping[str, Points]


def tests_taken() -> set[UUID]:
    """Return the tests after that were taken, and those with which they are compared."""
    after = Attempt.objects.filter(pre_test_key__isnull=False)
    rows = after.order_by().values_list("quiz_key", "pre_test_key").distinct()
    return {key for row in rows for key in row if key}


def pairs_in(enrolments: QuerySet[Enrolment], tests: set[UUID]) -> Iterator[Pair]:
    """Yield of each learner the first pair of each test. Four queries, memory flat.

    Whoever enrolled twice in a course waits for the end, until the first pair is known.
    """
    twice = _enrolled_twice(enrolments)
    held: dict[tuple[UUID, UUID], Pair] = {}
    for pair in _pairs(enrolments, tests):
        learner = twice.get(pair.after.registration)
        if learner is None:
            yield pair
            continue
        key = learner, pair.after.quiz_key
        if key not in held or pair.after.finished_at < held[key].after.finished_at:
            held[key] = pair
    yield from held.values()


def _pairs(enrolments: QuerySet[Enrolment], tests: set[UUID]) -> Iterator[Pair]:
    done = Attempt.objects.filter(quiz_key__in=tests, finished_at__isnull=False)
    rows = within(done, enrolments).order_by("registration", "finished_at", "number")
    taken = (Taken(*row) for row in rows.values_list(*Taken._fields).iterator(AT_ONCE))
    answers = _Answers(enrolments, tests)
    for registration, own in groupby(taken, key=lambda one: one.registration):
        points = answers.of(registration)
        for before, after in _both(own):
            then = points.get((before.quiz_key, before.number), {})
            yield Pair(before, after, then, points.get((after.quiz_key, after.number), {}))


class _Answers:
    """The points of each enrolment, by attempt and objective. To be asked in order."""

    def __init__(self, enrolments: QuerySet[Enrolment], tests: set[UUID]) -> None:
        self._about = _objectives()
        scored = Response.objects.filter(quiz_key__in=tests, scaled__isnull=False)
        columns = ("registration", "quiz_key", "number", "question_key", "scaled")
        rows = within(scored, enrolments).order_by("registration").values_list(*columns)
        self._groups = groupby(rows.iterator(AT_ONCE), key=lambda row: row[0])
        self._next = next(self._groups, None)

    def of(self, registration: UUID) -> dict[tuple[UUID, int], dict[str, Points]]:
        # The database puts keys in the order of their letters.
        while self._next and self._next[0].hex < registration.hex:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != registration:
            return {}
        return self._by_objective(self._next[1])

    def _by_objective(self, rows: Iterable[Any]) -> dict[tuple[UUID, int], dict[str, Points]]:
        found: dict[tuple[UUID, int], dict[str, Points]] = {}
        for _registration, quiz, number, question, scaled in rows:
            if objective := self._about.get(question):
                own = found.setdefault((quiz, number), {})
                points, count = own.get(objective, (0.0, 0))
                own[objective] = points + scaled, count + 1
        return found


def _objectives() -> dict[UUID, str]:
    """Return what each question is about today."""
    asked = Question.objects.filter(locale__language_code=SOURCE, objective__isnull=False)
    return dict(asked.order_by().values_list("translation_key", "objective_id"))


def _both(own: Iterable[Taken]) -> Iterator[tuple[Taken, Taken]]:
    """Yield the tests that belong together, of the attempts of an enrolment in their order."""
    first: dict[UUID, Taken] = {}
    for attempt in own:
        first.setdefault(attempt.quiz_key, attempt)
    for after in first.values():
        before = first.get(after.pre_test_key) if after.pre_test_key else None
        if before and _is_pair(before, after):
            yield before, after


def _is_pair(before: Taken, after: Taken) -> bool:
    are_judged = before.share is not None and after.share is not None
    are_parallel = {before.form, after.form} == set(Form.values)
    began = after.started_at
    return are_judged and are_parallel and began is not None and before.finished_at <= began


def _enrolled_twice(enrolments: QuerySet[Enrolment]) -> dict[UUID, UUID]:
    """Return the learners who enrolled more than once in a course, by enrolment."""
    same = Enrolment.objects.filter(actor=OuterRef("actor"), course_key=OuterRef("course_key"))
    others = same.exclude(registration=OuterRef("registration"))
    rows = enrolments.order_by().filter(Exists(others)).values_list("registration", "actor")
    return {registration: actor for registration, actor in rows if actor}
