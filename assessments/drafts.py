"""Keep what is chosen before it is submitted: nothing is lost, nothing is overwritten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.errors import AttemptClosed, StaleAnswer, UnknownChoice
from assessments.models import Attempt, DraftAnswer
from assessments.papers import FrozenQuestion, frozen_question, frozen_questions


def save_choice(
    *, attempt: Attempt, question_key: UUID, choices: list[str], version: int, at: datetime
) -> int:
    """Save what is chosen for a question; return the new version.

    `version` is the one the page last saw. Raises StaleAnswer if another window saved since,
    UnknownChoice for what the question does not offer, AttemptClosed after submission or deadline.
    """
    question = frozen_question(attempt, question_key)
    if question is None or not question.of_kind.knows(question.options, choices):
        raise UnknownChoice
    return _save(attempt, question, choices, version, at)


def _save(
    attempt: Attempt, question: FrozenQuestion, choices: list[str], version: int, at: datetime
) -> int:
    with transaction.atomic():
        # Submission holds the same row: a choice is saved before it is scored, or not at all.
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        require_open(attempt, at)
        draft, _ = DraftAnswer.objects.select_for_update().get_or_create(
            registration=attempt.registration,
            quiz_key=attempt.quiz_key,
            number=attempt.number,
            question_key=question.key,
            defaults={"saved_at": at},
        )
        if draft.version != version:
            # The same choice sent twice, because the first answer was lost on the way, is saved.
            is_same = question.of_kind.are_same(draft.choices, choices)
            if draft.version == version + 1 and is_same:
                return draft.version
            raise StaleAnswer(draft.choices, draft.version)
        draft.choices, draft.version, draft.saved_at = choices, version + 1, at
        draft.save(update_fields=["choices", "version", "saved_at"])
    return draft.version


def keep_form(*, attempt: Attempt, form: dict[UUID, list[str]], at: datetime) -> None:
    """Save what a whole form sent on submission: the way of a browser without JavaScript.

    An unanswered question in the form erases nothing that is saved. Raises as `save_choice`.
    """
    require_open(attempt, at)
    saved = drafts_of(attempt)
    questions = {question.key: question for question in frozen_questions(attempt)}
    for key, choices in form.items():
        kind, draft = questions[key].of_kind, saved.get(key)
        if not kind.is_answered(choices) or (draft and kind.are_same(draft.choices, choices)):
            continue
        save_choice(
            attempt=attempt,
            question_key=key,
            choices=choices,
            version=draft.version if draft else 0,
            at=at,
        )


def drafts_of(attempt: Attempt) -> dict[UUID, DraftAnswer]:
    """Return what is saved, by question."""
    drafts = DraftAnswer.objects.filter(
        registration=attempt.registration, quiz_key=attempt.quiz_key, number=attempt.number
    )
    return {draft.question_key: draft for draft in drafts}


def require_open(attempt: Attempt, at: datetime) -> None:
    """Raise AttemptClosed if the attempt is submitted or its time is over."""
    if attempt.finished_at or (attempt.deadline and at > attempt.deadline):
        raise AttemptClosed
