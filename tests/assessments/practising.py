"""Rounds of practice, played by the real functions."""

import random
from datetime import datetime
from uuid import UUID

from assessments.models import PracticeRound
from assessments.papers import frozen
from assessments.practice.checking import check_practice
from assessments.practice.rounds import begin_round
from config.demo.answering import right_answer, wrong_answer
from courses.models import Enrolment


def begin(enrolment: Enrolment, at: datetime) -> PracticeRound:
    return begin_round(enrolment=enrolment, at=at, chance=random.Random(1))


def answer(
    enrolment: Enrolment, practised: PracticeRound, key: UUID, at: datetime, *, right: bool = True
) -> list[str]:
    """Answer a question of a round; return what was answered."""
    [asked] = frozen([practised.drawn_question(key) or {}])
    given = right_answer(asked) if right else wrong_answer(asked, random.Random(1))
    check_practice(
        enrolment=enrolment, round_key=practised.key, question_key=key, answer=given, at=at
    )
    return given


def practise(enrolment: Enrolment, at: datetime, *, right: bool) -> list[UUID]:
    """Answer a whole round; return its questions."""
    practised = begin(enrolment, at)
    for key in practised.question_keys:
        answer(enrolment, practised, key, at, right=right)
    return practised.question_keys
