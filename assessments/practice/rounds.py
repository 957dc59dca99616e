"""A round of practice: a few questions, fixed when it begins, until they are answered."""

import random
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from assessments.drawing import translated
from assessments.errors import NothingToPractise, RoundIsOver
from assessments.kinds import KINDS
from assessments.models import PracticeAnswer, PracticeRound
from assessments.models.pools import in_source_language
from assessments.practice.survey import Item, due_of, survey_of
from courses.errors import EnrolmentEnded
from courses.models import Enrolment

SIZE = 5


def begin_round(
    *, enrolment: Enrolment, at: datetime, chance: random.Random | None = None
) -> PracticeRound:
    """Begin a round, or return the one in which a question is left.

    Raises NothingToPractise, and EnrolmentEnded after a withdrawal. `chance` shuffles options.
    """
    with transaction.atomic():
        # Two clicks on "Begin" queue up here; the second finds the round of the first.
        locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if locked.withdrawn_at:
            raise EnrolmentEnded
        due = due_of(survey_of(locked, at=at))
        running = last_round(locked)
        if running and left_in(running, due, answers_in(running)):
            return running
        drawn = _drawn(due[:SIZE], chance or random.SystemRandom())
        if not drawn:
            raise NothingToPractise
        values = {"key": uuid4(), "begun_at": at, "drawn": drawn, "given": {}}
        begun, _ = PracticeRound.objects.update_or_create(
            registration=locked.registration, defaults=values
        )
    return begun


def last_round(enrolment: Enrolment) -> PracticeRound | None:
    """Return the round that was begun last, if any ever was."""
    return PracticeRound.objects.filter(pk=enrolment.registration).first()


def round_of(enrolment: Enrolment, key: UUID) -> PracticeRound:
    """Return the learner's round with this key. Raises RoundIsOver if it is not the last one."""
    found = last_round(enrolment)
    if found is None or found.key != key:
        raise RoundIsOver
    return found


def answers_in(practised: PracticeRound) -> dict[UUID, PracticeAnswer]:
    """Return what was answered in a round, by question."""
    where = {"registration": practised.registration, "round_key": practised.key}
    return {answer.question_key: answer for answer in PracticeAnswer.objects.filter(**where)}


def left_in(
    practised: PracticeRound, due: Sequence[Item], answered: Collection[UUID]
) -> list[UUID]:
    """Return the questions of a round that are still to be answered, in its order.

    What was published anew since, may not be practised now, or was answered rightly in a quiz
    meanwhile is passed over.
    """
    revisions = {item.question: item.opening.revision for item in due}
    return [
        UUID(one["key"])
        for one in practised.drawn
        if UUID(one["key"]) not in answered and revisions.get(UUID(one["key"])) == one["revision"]
    ]


def _drawn(items: Sequence[Item], chance: random.Random) -> list[dict[str, Any]]:
    """Return how questions are asked in a round: revision, words, and parts in their order."""
    keys = {item.question for item in items}
    questions = {q.key: q for q in in_source_language().filter(translation_key__in=keys)}
    words = translated(keys)
    shuffled = {item.question: chance if item.opening.shuffled else None for item in items}
    return [
        {
            "key": str(key),
            "revision": questions[key].live_revision_id,
            "words": words.get(key, {}),
            "options": KINDS[questions[key].kind].order(questions[key].parts(), by),
        }
        for key, by in shuffled.items()
        if key in questions
    ]
