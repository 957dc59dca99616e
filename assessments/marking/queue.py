"""What waits to be graded, for whom. Nobody grades themselves, and nobody the same answer twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from assessments.models import Mark, QuizPage, Response, Writing
from assessments.question_facts import questions_by_key
from cms.languages import content_language
from courses.models import Enrolment


@dataclass(frozen=True)
class Pile:
    """The answers to one question of one quiz. `first` is the key of the one that waits longest."""

    quiz: str
    question: str
    count: int
    since: datetime
    first: UUID


def waiting_for(grader: UUID) -> QuerySet[Response]:
    """Return the answers that somebody may grade, the oldest first.

    Words that were erased, and those of whoever left the course, wait no more.
    """
    where = {"registration": OuterRef("registration")}
    enrolments = Enrolment.objects.filter(**where, withdrawn_at=None).exclude(actor=grader)
    marks = Mark.objects.filter(writing=OuterRef("writing"), grader=grader)
    return (
        Response.objects.filter(graders__gt=0, scaled=None)
        .filter(Exists(enrolments), Exists(Writing.objects.filter(key=OuterRef("writing"))))
        .exclude(Exists(marks))
        .order_by("answered_at", "writing")
    )


def piles_for(grader: UUID) -> list[Pile]:
    """Return what somebody may grade, by quiz and question; what waits longest stands first."""
    waiting = waiting_for(grader).values_list("quiz_key", "question_key", "answered_at", "writing")
    piles: dict[tuple[UUID, UUID], list[tuple[datetime, UUID]]] = {}
    for quiz, question, since, writing in waiting:
        if since and writing:
            piles.setdefault((quiz, question), []).append((since, writing))
    titles = _titles({quiz for quiz, _ in piles})
    stems = questions_by_key({question for _, question in piles})
    return [
        Pile(
            quiz=titles.get(quiz, ""),
            question=str(stems.get(question, "")),
            count=len(answers),
            since=answers[0][0],
            first=answers[0][1],
        )
        for (quiz, question), answers in piles.items()
    ]


def like(response: Response, grader: UUID) -> QuerySet[Response]:
    """Return what somebody may grade of the same question in the same quiz."""
    same = {"quiz_key": response.quiz_key, "question_key": response.question_key}
    return waiting_for(grader).filter(**same)


def _titles(keys: set[UUID]) -> dict[UUID, str]:
    """Return the titles of quizzes, in the active language where there is one."""
    pages = QuizPage.objects.filter(translation_key__in=keys)
    titles: dict[UUID, str] = {}
    for key, language, title in pages.values_list(
        "translation_key", "locale__language_code", "title"
    ):
        if key not in titles or language == content_language():
            titles[key] = title
    return titles
