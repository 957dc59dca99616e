"""Keep what is chosen before it is submitted: nothing is lost, nothing is overwritten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.errors import AttemptClosed, StaleAnswer, UnknownChoice
from assessments.models import Attempt, DraftAnswer


def save_choice(
    *, attempt: Attempt, question_key: UUID, choices: list[str], version: int, at: datetime
) -> int:
    """Save what is chosen for a question; return the new version.

    `version` is the one the page last saw. Raises StaleAnswer if another window saved since,
    UnknownChoice for options that were not drawn, AttemptClosed after submission or deadline.
    """
    _require_drawn(attempt, question_key, choices)
    with transaction.atomic():
        # Submission holds the same row: a choice is saved before it is scored, or not at all.
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        require_open(attempt, at)
        draft, _ = DraftAnswer.objects.select_for_update().get_or_create(
            registration=attempt.registration,
            quiz_key=attempt.quiz_key,
            number=attempt.number,
            question_key=question_key,
            defaults={"saved_at": at},
        )
        if draft.version != version:
            # The same choice sent twice, because the first answer was lost on the way, is saved.
            if draft.version == version + 1 and set(draft.choices) == set(choices):
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
    for key, choices in form.items():
        _require_drawn(attempt, key, choices)
        draft = saved.get(key)
        if choices and (draft is None or set(draft.choices) != set(choices)):
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


def _require_drawn(attempt: Attempt, question_key: UUID, choices: list[str]) -> None:
    drawn = attempt.drawn_question(question_key)
    if drawn is None or not set(choices) <= set(drawn["options"]):
        raise UnknownChoice
