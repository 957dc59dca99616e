"""Keep what is chosen before it is submitted: nothing is lost, nothing is overwritten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from assessments.errors import AnswerLocked, AttemptClosed, StaleAnswer, TimeIsOver, UnknownChoice
from assessments.models import Attempt, DraftAnswer
from assessments.papers import FrozenQuestion, frozen_question, frozen_questions
from assessments.recorded import open_questions, recorded_unless_later

Answers = Mapping[UUID, list[str]]


def save_choice(
    *, attempt: Attempt, question_key: UUID, choices: list[str], version: int, at: datetime
) -> int:
    """Save what is chosen for a question; return the new version.

    `version` is the one the page last saw. Raises StaleAnswer if another window saved since,
    UnknownChoice for what the question does not offer, AnswerLocked for one that stays,
    NotYetOpen for one that comes later, AttemptClosed after submission or deadline.
    """
    question = frozen_question(attempt, question_key)
    if question is None or not can_be_kept(question, choices):
        raise UnknownChoice
    with transaction.atomic():
        _lock_open(attempt, at)
        if recorded_unless_later(attempt, question_key):
            raise AnswerLocked
        draft = _drafts(attempt).filter(question_key=question_key).first()
        draft = draft or _blank(attempt, question_key)
        if draft.version != version:
            # The same choice sent twice, because the first answer was lost on the way, is saved.
            is_same = question.of_kind.are_same(draft.choices, choices)
            if draft.version == version + 1 and is_same:
                return draft.version
            raise StaleAnswer(draft.choices, draft.version)
        _write([_changed(draft, choices, at)])
    return draft.version


def keep_form(
    *, attempt: Attempt, form: Answers, versions: Mapping[UUID, int] | None = None, at: datetime
) -> dict[UUID, list[str]]:
    """Save what a whole form sent on submission: the way of a browser without JavaScript.

    `versions` are those that the page saw. Returns what was not saved, because another window had
    changed that answer since. An unanswered question erases only what the page had seen. Raises
    AttemptClosed, and UnknownChoice once all the rest is saved.
    """
    require_open(attempt, at)
    questions = {question.key: question for question in frozen_questions(attempt)}
    seen = versions or {}
    if not news_in(questions, drafts_of(attempt), _open(attempt, form), seen):
        return {}
    with transaction.atomic():
        _lock_open(attempt, at)
        saved = drafts_of(attempt)
        news = news_in(questions, saved, _open(attempt, form), seen)
        known = {key: new for key, new in news.items() if can_be_kept(questions[key], new)}
        drafts = {key: saved.get(key) or _blank(attempt, key) for key in known}
        fresh = [key for key in known if seen.get(key, drafts[key].version) == drafts[key].version]
        _write([_changed(drafts[key], known[key], at) for key in fresh])
    if len(known) < len(news):
        raise UnknownChoice
    return {key: choices for key, choices in known.items() if key not in fresh}


def note_beside(*, attempt: Attempt, question_key: UUID, at: datetime, **said: object) -> None:
    """Keep what stands beside an answer, in the fields of DraftAnswer. Raises AttemptClosed."""
    with transaction.atomic():
        # An answer that is saved at this moment makes the same row.
        _lock_open(attempt, at)
        DraftAnswer.objects.update_or_create(
            registration=attempt.registration,
            quiz_key=attempt.quiz_key,
            number=attempt.number,
            question_key=question_key,
            defaults=said,
            create_defaults=said | {"saved_at": at},
        )


def drafts_of(attempt: Attempt) -> dict[UUID, DraftAnswer]:
    """Return what is saved, by question."""
    return {draft.question_key: draft for draft in _drafts(attempt)}


def require_open(attempt: Attempt, at: datetime) -> None:
    """Raise AttemptClosed if the attempt is submitted, TimeIsOver after its deadline."""
    if attempt.finished_at:
        raise AttemptClosed
    if is_over(attempt, at):
        raise TimeIsOver


def is_over(attempt: Attempt, at: datetime) -> bool:
    """Say whether the deadline of an attempt has passed."""
    return attempt.deadline is not None and at > attempt.deadline


def _drafts(attempt: Attempt) -> QuerySet[DraftAnswer]:
    return DraftAnswer.objects.filter(
        registration=attempt.registration, quiz_key=attempt.quiz_key, number=attempt.number
    )


def _lock_open(attempt: Attempt, at: datetime) -> None:
    # Submission holds the same row: a choice is saved before it is scored, or not at all.
    locked = Attempt.objects.select_for_update().only("finished_at", "deadline")
    require_open(locked.get(pk=attempt.pk), at)


def _open(attempt: Attempt, form: Answers) -> Answers:
    """Return what a form says of questions that can be answered now."""
    now = open_questions(attempt)
    return {key: choices for key, choices in form.items() if key in now}


def news_in(
    questions: Mapping[UUID, FrozenQuestion],
    saved: Mapping[UUID, DraftAnswer],
    form: Answers,
    seen: Mapping[UUID, int],
) -> dict[UUID, list[str]]:
    """Return what a form says otherwise than what is saved."""
    news = {}
    for key, choices in form.items():
        kind, draft = questions[key].of_kind, saved.get(key)
        is_same = kind.are_same(draft.choices if draft else [], choices)
        erases = not kind.is_answered(choices)
        if not is_same and (not erases or (draft and seen.get(key) == draft.version)):
            news[key] = choices
    return news


def can_be_kept(question: FrozenQuestion, choices: Sequence[str]) -> bool:
    """Say whether it is an answer to the question, in letters that every database keeps."""
    text = "".join(choices)
    is_text = "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
    return is_text and question.of_kind.knows(question.options, choices)


def _blank(attempt: Attempt, question_key: UUID) -> DraftAnswer:
    return DraftAnswer(
        registration=attempt.registration,
        quiz_key=attempt.quiz_key,
        number=attempt.number,
        question_key=question_key,
    )


def _changed(draft: DraftAnswer, choices: list[str], at: datetime) -> DraftAnswer:
    draft.choices, draft.version, draft.saved_at = choices, draft.version + 1, at
    return draft


def _write(drafts: Sequence[DraftAnswer]) -> None:
    new = [draft for draft in drafts if draft.pk is None]
    changed = [draft for draft in drafts if draft.pk]
    DraftAnswer.objects.bulk_create(new)
    for draft in changed:
        draft.save(update_fields=["choices", "version", "saved_at"])
