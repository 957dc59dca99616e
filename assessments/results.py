"""What a learner is shown after an attempt: score, reasons, what to read again."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from assessments.grading import responses_of
from assessments.marking.shown import ShownMark, marks_of
from assessments.models import Attempt, Confidence, Remark, Response
from assessments.objectives import names_of
from assessments.papers import FrozenQuestion, Section, frozen_questions, sections_before
from assessments.reviewing import EVERYTHING, Review, without_reasons
from assessments.writings import answers_of
from courses.models import LessonPage


@dataclass
class ShownQuestion:
    number: int
    question: FrozenQuestion
    scaled: float | None
    reviewed: dict[str, Any]
    answered: dict[str, Any]  # what the learner's paper showed
    lesson: Page | None
    is_waiting: bool = False
    marks: list[ShownMark] = field(default_factory=list)
    section: Section | None = None  # that begins with this question
    remark: str = ""  # why it was scored anew
    confidence: int | None = None

    @property
    def sure(self) -> str:
        """How sure the learner was, in words."""
        return str(Confidence(self.confidence).label) if self.confidence else ""

    @property
    def is_scored(self) -> bool:
        return self.scaled is not None

    @property
    def percent(self) -> int:
        """How much of its points it has, rounded down: only what is all right is 100."""
        return int((self.scaled or 0.0) * 100)

    @property
    def is_partly_right(self) -> bool:
        return self.is_wrong and bool(self.scaled)

    @property
    def is_wrong(self) -> bool:
        return self.is_scored and self.scaled != 1.0


@dataclass
class ObjectiveResult:
    """Points of so many; `is_short` where the quiz asks for more of the objective's points."""

    name: str
    right: float = 0.0
    total: int = 0
    is_short: bool = False


@dataclass
class Result:
    """A submitted attempt, ready to be read."""

    attempt: Attempt
    review: Review = EVERYTHING
    questions: list[ShownQuestion] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of objectives, by key

    @property
    def wrong(self) -> list[ShownQuestion]:
        return [question for question in self.questions if question.is_wrong]

    @property
    def waiting(self) -> int:
        """How many answers still have to be graded."""
        return sum(question.is_waiting for question in self.questions)

    @property
    def revisit(self) -> list[Page]:
        """The lessons behind the wrong answers, each once."""
        return list({q.lesson.pk: q.lesson for q in self.wrong if q.lesson}.values())

    @property
    def sureness(self) -> list[tuple[str, int, int]]:
        """How many answers were right of how many, from the surest down, in words."""
        lines = []
        for step in reversed(Confidence):
            of = [one for one in self.questions if one.confidence == step and one.is_scored]
            if of:
                lines.append((str(step.label), sum(not one.is_wrong for one in of), len(of)))
        return lines

    @property
    def sure_and_wrong(self) -> int:
        """How many answers were wrong of which the learner was sure."""
        return sum(one.confidence == Confidence.SURE for one in self.wrong)

    @property
    def short(self) -> list[str]:
        """The names of the objectives in which too few points were reached."""
        return [self.names.get(key, key) for key in self.attempt.short]

    @property
    def objectives(self) -> list[ObjectiveResult]:
        by_key: dict[str, ObjectiveResult] = {}
        for question in filter(lambda question: question.is_scored, self.questions):
            key = question.question.objective
            is_short = key in self.attempt.short
            new = ObjectiveResult(self.names.get(key, key), is_short=is_short)
            objective = by_key.setdefault(key, new)
            objective.total += 1
            objective.right = round(objective.right + (question.scaled or 0.0), 4)
        return list(by_key.values())


def result_of(attempt: Attempt, review: Review = EVERYTHING) -> Result:
    """Return the result of a submitted attempt, in the active language.

    Without the reasons in `review`, none is among the parts that are shown.
    """
    responses = responses_of(attempt)
    return result_with(attempt, responses, answers_of(responses), review)


def result_with(
    attempt: Attempt, given: list[Response], answers: dict[UUID, list[str]], review: Review
) -> Result:
    """Return the same from these responses, and what was answered, by question."""
    responses = {response.question_key: response for response in given}
    scored_by = {key: response.revision for key, response in responses.items()}
    questions = frozen_questions(attempt, scored_by)
    if not review.reasons:
        questions = [_unexplained(question) for question in questions]
    remarks = _remarks([response.remark for response in responses.values() if response.remark])
    marks = marks_of(given, {q.key: q.options_as_written for q in questions})
    lessons = lessons_of({q.lesson_id for q in questions if q.lesson_id})
    shown = [
        _shown(number, question, responses.get(question.key), answers, lessons, marks)
        for number, question in enumerate(questions, start=1)
    ]
    sections = sections_before(attempt)
    for one in shown:
        one.section = sections.get(one.question.key)
        response = responses.get(one.question.key)
        one.confidence = response.confidence if response else None
        one.remark = remarks.get(response.remark, "") if response and response.remark else ""
    names = names_of({question.objective for question in questions if question.objective})
    return Result(attempt=attempt, review=review, questions=shown, names=names)


def _unexplained(question: FrozenQuestion) -> FrozenQuestion:
    return replace(
        question,
        options=without_reasons(question.options),
        options_as_written=without_reasons(question.options_as_written),
    )


def _shown(
    number: int,
    question: FrozenQuestion,
    response: Response | None,
    answers: dict[UUID, list[str]],
    lessons: dict[int, Page],
    marks: dict[UUID, list[ShownMark]],
) -> ShownQuestion:
    answer = answers.get(question.key, [])
    return ShownQuestion(
        number=number,
        question=question,
        scaled=response.scaled if response else 0.0,
        reviewed=question.of_kind.reviewed(question.options, answer, question.options_as_written),
        answered=question.of_kind.laid_out(question.options, answer),
        lesson=lessons.get(question.lesson_id or 0),
        is_waiting=bool(response and response.is_waiting),
        marks=marks.get(question.key, []),
    )


def _remarks(keys: list[UUID]) -> dict[UUID, str]:
    found = Remark.objects.filter(key__in=keys) if keys else Remark.objects.none()
    return dict(found.values_list("key", "text"))


def lessons_of(ids: set[int]) -> dict[int, Page]:
    """Return the live lesson in the active language for each lesson a question names."""
    keys: dict[int, UUID] = dict(
        LessonPage.objects.filter(pk__in=ids).values_list("pk", "translation_key")
    )
    pages = Page.objects.live().filter(
        translation_key__in=keys.values(), locale=Locale.get_active()
    )
    by_key = {page.translation_key: page for page in pages}
    return {pk: by_key[key] for pk, key in keys.items() if key in by_key}
