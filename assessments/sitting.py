"""Somebody before a running paper, whoever keeps the answers: the database, or a trial.

Pages and forms know only this; a trial goes through them as a learner does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID

from django.http import QueryDict

from assessments.answering import check_answer, leave_question
from assessments.asking import Asked, answer_in, confidence_name_of, paper_of, versions_in
from assessments.confidence import keep_confidence, say_how_sure
from assessments.drafts import Answers, drafts_of, keep_form, save_choice
from assessments.flags import flag, keep_flags
from assessments.grading import submit_attempt
from assessments.models import Attempt, DraftAnswer, QuizPage
from assessments.overview import Overview
from assessments.recorded import open_questions
from assessments.ways import Ways, ways_of
from courses.models import CoursePage, Enrolment


@dataclass(frozen=True)
class Sent:
    """What the form of a paper sent. `flagged` is None where it holds no boxes for flags."""

    flagged: set[UUID] | None
    sure: Mapping[UUID, str]
    answers: Answers
    versions: Mapping[UUID, int]


def sent_in(fields: QueryDict, keys: list[UUID]) -> Sent:
    """Return what a form says of the questions of a paper."""
    flagged = None
    if "flags" in fields:  # the paper itself: no box ticked is no question flagged
        ticked = set(fields.getlist("flag"))
        flagged = {key for key in keys if str(key) in ticked}
    return Sent(
        flagged=flagged,
        sure={key: fields.get(confidence_name_of(key), "") for key in keys},
        answers={key: answer_in(fields, key) for key in keys},
        versions=versions_in(fields, keys),
    )


class Sitting(Protocol):
    """A running paper. What it cannot do it refuses as a learner is refused."""

    course: CoursePage
    attempt: Attempt

    @property
    def quiz(self) -> QuizPage:
        """The quiz in the reader's words."""

    @property
    def ways(self) -> Ways:
        """Where its pages lead."""

    def paper(self, others: Answers | None = None) -> list[Asked]:
        """Return its questions; `others` were sent and are not saved."""

    def open_now(self) -> list[UUID]:
        """Return the questions that can be answered now."""

    def drafts(self) -> Mapping[UUID, DraftAnswer]:
        """Return what is saved, by question."""

    def save(self, *, question_key: UUID, choices: list[str], version: int, at: datetime) -> int:
        """Save one choice; return its version."""

    def flag(self, *, question_key: UUID, flagged: bool, at: datetime) -> None:
        """Flag a question, or take the flag away."""

    def say_how_sure(self, *, question_key: UUID, confidence: str, at: datetime) -> None:
        """Keep how sure somebody is of an answer."""

    def keep(self, sent: Sent, *, at: datetime) -> Answers:
        """Save what a whole form sent; return what was not saved."""

    def check(self, *, question_key: UUID, at: datetime) -> None:
        """Lock an answer, to see what it is worth."""

    def leave(self, *, question_key: UUID, at: datetime) -> None:
        """Go on to the next question."""

    def submit(self, *, at: datetime) -> None:
        """Hand in what is saved."""


def is_last(sitting: Sitting) -> bool:
    """Say whether a paper can be submitted: at its end, where one question follows the other."""
    attempt = sitting.attempt
    return not attempt.is_sequential or sitting.open_now() in ([], attempt.question_keys[-1:])


def overview_of(sitting: Sitting) -> Overview:
    """Return where somebody stands, with those questions alone that can be gone back to."""
    paper = sitting.paper()
    if sitting.attempt.is_sequential:
        now = sitting.open_now()
        paper = [asked for asked in paper if asked.key in now]
    return Overview(paper)


@dataclass
class OwnSitting:
    """A learner before the own attempt."""

    quiz: QuizPage
    course: CoursePage
    enrolment: Enrolment
    attempt: Attempt

    @cached_property
    def ways(self) -> Ways:
        return ways_of(self.quiz, self.attempt.number)

    def paper(self, others: Answers | None = None) -> list[Asked]:
        return paper_of(self.attempt, others)

    def open_now(self) -> list[UUID]:
        return open_questions(self.attempt)

    def drafts(self) -> Mapping[UUID, DraftAnswer]:
        return drafts_of(self.attempt)

    def save(self, *, question_key: UUID, choices: list[str], version: int, at: datetime) -> int:
        return save_choice(
            attempt=self.attempt, question_key=question_key, choices=choices, version=version, at=at
        )

    def flag(self, *, question_key: UUID, flagged: bool, at: datetime) -> None:
        flag(attempt=self.attempt, question_key=question_key, flagged=flagged, at=at)

    def say_how_sure(self, *, question_key: UUID, confidence: str, at: datetime) -> None:
        say_how_sure(attempt=self.attempt, question_key=question_key, confidence=confidence, at=at)

    def keep(self, sent: Sent, *, at: datetime) -> Answers:
        if sent.flagged is not None:
            keep_flags(attempt=self.attempt, flagged=sent.flagged, at=at)
        keep_confidence(attempt=self.attempt, said=sent.sure, at=at)
        return keep_form(attempt=self.attempt, form=sent.answers, versions=sent.versions, at=at)

    def check(self, *, question_key: UUID, at: datetime) -> None:
        check_answer(
            enrolment=self.enrolment,
            quiz=self.quiz,
            number=self.attempt.number,
            question_key=question_key,
            at=at,
        )

    def leave(self, *, question_key: UUID, at: datetime) -> None:
        leave_question(
            enrolment=self.enrolment,
            quiz=self.quiz,
            number=self.attempt.number,
            question_key=question_key,
            at=at,
        )

    def submit(self, *, at: datetime) -> None:
        submit_attempt(enrolment=self.enrolment, quiz=self.quiz, number=self.attempt.number, at=at)
