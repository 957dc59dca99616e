"""An author before the paper of a trial: what a learner may do, without a row anywhere."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from assessments.answering import Answer, answers_in, can_be_checked
from assessments.asking import Asked, paper_with
from assessments.attempts import facts_of
from assessments.drafts import Answers, can_be_kept, news_in, require_open
from assessments.drawing import Reader, draw, sections_of
from assessments.errors import AnswerLocked, NothingToCheck, NotYetOpen, UnknownChoice
from assessments.folds import as_begun
from assessments.grading import ended_at
from assessments.models import Attempt, Confidence, DraftAnswer, Form, QuizPage
from assessments.papers import frozen_question, frozen_questions
from assessments.recorded import open_among
from assessments.sitting import Sent
from assessments.trial.tried import Tried
from assessments.trial.ways import ways_of_trial
from assessments.verdicts import judge
from assessments.ways import Ways
from cms.languages import content_language
from courses.models import CoursePage

_STEPS = {str(step) for step in Confidence.values}


@dataclass(frozen=True)
class Wanted:
    """As whom, and in which form of a test before or after; empty for any, and by chance."""

    profession: str = ""
    form: str = ""


@dataclass
class TrialSitting:
    """`attempt` and `notes` are never saved; `recorded` are the answers that stay as they are."""

    key: UUID
    tried: Tried
    course: CoursePage
    wanted: Wanted
    facts: dict[str, Any]
    attempt: Attempt
    notes: dict[UUID, DraftAnswer] = field(default_factory=dict)
    recorded: list[UUID] = field(default_factory=list)

    @property
    def quiz(self) -> QuizPage:
        return self.tried.words

    @cached_property
    def ways(self) -> Ways:
        return ways_of_trial(self.attempt.quiz_key, self.key)

    def paper(self, others: Answers | None = None) -> list[Asked]:
        return paper_with(self.attempt, self.notes, self.recorded, others)

    def open_now(self) -> list[UUID]:
        return open_among(self.attempt, self.recorded)

    def drafts(self) -> Mapping[UUID, DraftAnswer]:
        return self.notes

    def answers(self) -> list[Answer]:
        """Return every answer with its worth, as it would be recorded."""
        return answers_in(self.attempt, self.notes)

    def save(self, *, question_key: UUID, choices: list[str], version: int, at: datetime) -> int:
        """Nobody else writes here: the version is no obstacle."""
        question = frozen_question(self.attempt, question_key)
        if question is None or not can_be_kept(question, choices):
            raise UnknownChoice
        require_open(self.attempt, at)
        if question_key in self.recorded:
            raise AnswerLocked
        self._require_turn(question_key)
        return self._write(question_key, choices, at)

    def flag(self, *, question_key: UUID, flagged: bool, at: datetime) -> None:
        if self.attempt.drawn_question(question_key) is None:
            raise UnknownChoice
        require_open(self.attempt, at)
        self._note(question_key, at).flagged = flagged

    def say_how_sure(self, *, question_key: UUID, confidence: str, at: datetime) -> None:
        require_open(self.attempt, at)
        is_asked = self.attempt.asks_confidence and question_key in self.open_now()
        if not is_asked or confidence not in _STEPS:
            raise UnknownChoice
        self._note(question_key, at).confidence = int(confidence)

    def keep(self, sent: Sent, *, at: datetime) -> Answers:
        require_open(self.attempt, at)
        if sent.flagged is not None:
            for key in self.attempt.question_keys:
                self._note(key, at).flagged = key in sent.flagged
        for key in self.open_now() if self.attempt.asks_confidence else []:
            if sent.sure.get(key) in _STEPS:
                self._note(key, at).confidence = int(sent.sure[key])
        questions = {question.key: question for question in frozen_questions(self.attempt)}
        now = {key: choices for key, choices in sent.answers.items() if key in self.open_now()}
        news = news_in(questions, self.notes, now, sent.versions)
        known = {key: new for key, new in news.items() if can_be_kept(questions[key], new)}
        for key, choices in known.items():
            self._write(key, choices, at)
        if len(known) < len(news):
            raise UnknownChoice
        return {}

    def check(self, *, question_key: UUID, at: datetime) -> None:
        answer = self._answer(question_key, at)
        if not can_be_checked(self.attempt, answer.question):
            raise NothingToCheck
        if not answer.question.of_kind.is_answered(answer.given):
            raise NothingToCheck
        self._record(question_key)

    def leave(self, *, question_key: UUID, at: datetime) -> None:
        self._answer(question_key, at)
        if not self.attempt.is_sequential:
            raise NotYetOpen
        self._record(question_key)

    def submit(self, *, at: datetime) -> None:
        self.attempt.finished_at = ended_at(self.attempt, self.notes.values(), at)
        self.judge()

    def judge(self) -> None:
        """Give a submitted attempt its verdict, unless a person would have to grade it first."""
        answers = self.answers()
        if any(answer.is_to_grade for answer in answers):
            return
        verdict = judge(self.attempt, {a.question.key: a.scored.scaled for a in answers})
        self.attempt.passed, self.attempt.short = verdict.passed, list(verdict.short)
        self.attempt.raw, self.attempt.maximum = verdict.raw, verdict.maximum

    def _answer(self, key: UUID, at: datetime) -> Answer:
        require_open(self.attempt, at)
        if key not in self.recorded:
            self._require_turn(key)
        return next(answer for answer in self.answers() if answer.question.key == key)

    def _record(self, key: UUID) -> None:
        if key not in self.recorded:
            self.recorded.append(key)

    def _require_turn(self, key: UUID) -> None:
        if key not in self.open_now():
            raise NotYetOpen

    def _note(self, key: UUID, at: datetime) -> DraftAnswer:
        return self.notes.setdefault(key, DraftAnswer(question_key=key, saved_at=at))

    def _write(self, key: UUID, choices: list[str], at: datetime) -> int:
        note = self._note(key, at)
        if note.choices != choices:
            note.choices, note.version, note.saved_at = choices, note.version + 1, at
        return note.version


def begin_trial(
    *,
    tried: Tried,
    course: CoursePage,
    wanted: Wanted,
    at: datetime,
    chance: random.Random | None = None,
) -> TrialSitting:
    """Draw a paper as a learner of a profession would get it. Raises QuizIsEmpty."""
    quiz, chance = tried.rules, chance or random.SystemRandom()
    form = (wanted.form or chance.choice(Form.values)) if quiz.role else ""
    reader = Reader(content_language(), wanted.profession)
    limit = timedelta(minutes=quiz.time_limit) if quiz.time_limit else None
    facts = facts_of(
        quiz,
        drawn=draw(quiz, chance=chance, reader=reader, form=form),
        sections=sections_of(quiz, tried.translations, form=form),
        deadline=at + limit if limit else None,
        form=form,
    )
    return TrialSitting(
        key=(key := uuid4()),
        tried=tried,
        course=course,
        wanted=wanted,
        facts=facts,
        attempt=attempt_from(key=key, quiz=quiz.key, facts=facts, begun=at),
    )


def attempt_from(*, key: UUID, quiz: UUID, facts: dict[str, Any], begun: datetime) -> Attempt:
    """Return an attempt that is never saved, from the facts that would stand in the log."""
    return Attempt(registration=key, quiz_key=quiz, number=1, **as_begun(facts, begun))
