"""What a learner is shown after an attempt: score, reasons, what to read again."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from assessments.models import Attempt, Response
from assessments.papers import FrozenQuestion, Section, frozen_questions, sections_before
from assessments.writings import answers_of
from courses.models import LessonPage


@dataclass
class ShownQuestion:
    number: int
    question: FrozenQuestion
    scaled: float | None
    reviewed: dict[str, Any]
    lesson: Page | None
    section: Section | None  # that begins with this question

    @property
    def is_scored(self) -> bool:
        return self.scaled is not None

    @property
    def is_wrong(self) -> bool:
        return self.is_scored and self.scaled != 1.0


@dataclass
class ObjectiveResult:
    name: str
    right: int = 0
    total: int = 0


@dataclass
class Result:
    """A submitted attempt, ready to be read."""

    attempt: Attempt
    questions: list[ShownQuestion] = field(default_factory=list)

    @property
    def wrong(self) -> list[ShownQuestion]:
        return [question for question in self.questions if question.is_wrong]

    @property
    def revisit(self) -> list[Page]:
        """The lessons behind the wrong answers, each once."""
        return list({q.lesson.pk: q.lesson for q in self.wrong if q.lesson}.values())

    @property
    def objectives(self) -> list[ObjectiveResult]:
        by_name: dict[str, ObjectiveResult] = {}
        for question in filter(lambda question: question.is_scored, self.questions):
            name = question.question.objective
            objective = by_name.setdefault(name, ObjectiveResult(name))
            objective.total += 1
            objective.right += not question.is_wrong
        return list(by_name.values())


def result_of(attempt: Attempt) -> Result:
    """Return the result of a submitted attempt, in the active language."""
    questions = frozen_questions(attempt)
    found = Response.objects.filter(
        registration=attempt.registration, quiz_key=attempt.quiz_key, number=attempt.number
    )
    responses = {response.question_key: response for response in found}
    answers = answers_of(responses.values())
    lessons = _lessons({q.lesson_id for q in questions if q.lesson_id})
    sections = sections_before(attempt)
    shown = [
        _shown(number, question, responses.get(question.key), answers, lessons, sections)
        for number, question in enumerate(questions, start=1)
    ]
    return Result(attempt=attempt, questions=shown)


def _shown(
    number: int,
    question: FrozenQuestion,
    response: Response | None,
    answers: dict[UUID, list[str]],
    lessons: dict[int, Page],
    sections: dict[UUID, Section],
) -> ShownQuestion:
    answer = answers.get(question.key, [])
    return ShownQuestion(
        number=number,
        question=question,
        scaled=response.scaled if response else 0.0,
        reviewed=question.of_kind.reviewed(question.options, answer, question.options_as_written),
        lesson=lessons.get(question.lesson_id or 0),
        section=sections.get(question.key),
    )


def _lessons(ids: set[int]) -> dict[int, Page]:
    """Return the live lesson in the active language for each lesson a question names."""
    keys: dict[int, UUID] = dict(
        LessonPage.objects.filter(pk__in=ids).values_list("pk", "translation_key")
    )
    pages = Page.objects.live().filter(
        translation_key__in=keys.values(), locale=Locale.get_active()
    )
    by_key = {page.translation_key: page for page in pages}
    return {pk: by_key[key] for pk, key in keys.items() if key in by_key}
