"""Which questions may be practised: their answers are no secret any more, and never while asked.

An answer is open where every quiz that asked the learner shows it now (see `reviewing`), the
question is published, no person grades it, and no running attempt of the learner holds it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from assessments.attempts import standing_from
from assessments.forms.after import taken_after
from assessments.kinds import KINDS
from assessments.models import Attempt, AttemptGrant, QuizPage
from assessments.models.pools import SOURCE, in_source_language
from assessments.reviewing import NOTHING, Review, review_of
from cms.published import kept_each
from courses.models import Enrolment

Place = tuple[UUID, UUID]  # an enrolment's registration, and a quiz or a question


@dataclass(frozen=True)
class Opening:
    """How a question may be practised: in this revision, with reasons or without."""

    revision: int
    explained: bool
    shuffled: bool


def openings(
    enrolments: Sequence[Enrolment], asked: Mapping[Place, Collection[UUID]], at: datetime
) -> dict[Place, Opening]:
    """Return the questions that one learner may practise now.

    `asked` are the quizzes that asked a question, by enrolment and question. One query; two more
    where one of these quizzes does not show everything at once.
    """
    quizzes = _quizzes({quiz for keys in asked.values() for quiz in keys})
    revisions = _revisions({question for _, question in asked})
    reviews = _reviews(enrolments, quizzes, at)
    running = _running(enrolments)
    found = {}
    for (registration, question), keys in asked.items():
        shown = [reviews.get((registration, key), NOTHING) for key in keys]
        revision = revisions[question]
        if revision and question not in running and all(review.answers for review in shown):
            found[registration, question] = Opening(
                revision=revision,
                explained=all(review.reasons for review in shown),
                shuffled=all(quizzes[key].shuffle_options for key in keys),
            )
    return found


def _quizzes(keys: Collection[UUID]) -> dict[UUID, QuizPage]:
    """Return the quizzes with their rules, those of the source language."""
    found = kept_each("rules of a quiz", sorted(keys), _read_quizzes)
    return {key: quiz for key, quiz in found.items() if quiz is not None}


def _read_quizzes(keys: list[UUID]) -> dict[UUID, QuizPage | None]:
    pages = QuizPage.objects.filter(translation_key__in=keys, locale__language_code=SOURCE)
    by_key = {page.key: page for page in pages.select_related("locale")}
    return {key: by_key.get(key) for key in keys}


def _revisions(keys: Collection[UUID]) -> dict[UUID, int | None]:
    """Return the published revision of each question that the server can score alone."""
    return kept_each("revision to practise", sorted(keys), _read_revisions)


def _read_revisions(keys: list[UUID]) -> dict[UUID, int | None]:
    rows = in_source_language().filter(translation_key__in=keys)
    found = {
        key: revision
        for key, kind, revision in rows.values_list("translation_key", "kind", "live_revision_id")
        if kind in KINDS and KINDS[kind].is_scored and not KINDS[kind].is_graded
    }
    return {key: found.get(key) for key in keys}


def _running(enrolments: Sequence[Enrolment]) -> set[UUID]:
    """Return the questions that a running attempt of the learner holds, in whatever course."""
    learners = {enrolment.actor for enrolment in enrolments}
    own = Enrolment.objects.active().filter(actor__in=learners).values("registration")
    papers = Attempt.objects.filter(
        registration__in=own, started_at__isnull=False, finished_at=None
    )
    return {key for attempt in papers.only("drawn") for key in attempt.question_keys}


def _reviews(
    enrolments: Sequence[Enrolment], quizzes: Mapping[UUID, QuizPage], at: datetime
) -> dict[Place, Review]:
    """Return what each quiz shows now to each enrolment."""
    hiding = {key for key, quiz in quizzes.items() if not _shows_all(quiz)}
    attempts, grants = _tried(enrolments, hiding) if hiding else ({}, {})
    before = {key for key, quiz in quizzes.items() if quiz.is_pre_test}
    after = taken_after(before, _same(enrolments)) if before else set()
    reviews = {}
    for enrolment in enrolments:
        for key, quiz in quizzes.items():
            place = enrolment.registration, key
            reviews[place] = Review()
            if key in hiding:
                standing = standing_from(
                    registration=enrolment.registration,
                    attempts=attempts.get(key, []),
                    grants=grants.get(key, []),
                    quiz=quiz,
                    at=at,
                )
                reviews[place] = review_of(quiz, standing, after=key in after)
    return reviews


def _shows_all(quiz: QuizPage) -> bool:
    return quiz.answers_at_once and quiz.reasons_at_once and not quiz.is_pre_test


def _same(enrolments: Sequence[Enrolment]) -> QuerySet[Enrolment, UUID]:
    """Return the learner's enrolments of the same courses, also those that were left."""
    return Enrolment.objects.filter(
        actor__in={one.actor for one in enrolments},
        course_key__in={one.course_key for one in enrolments},
    ).values_list("registration", flat=True)


def _tried(
    enrolments: Sequence[Enrolment], quizzes: Collection[UUID]
) -> tuple[dict[UUID, list[Attempt]], dict[UUID, list[datetime | None]]]:
    """Return attempts and grants by quiz, also those of earlier enrolments of the courses."""
    where = {"registration__in": _same(enrolments), "quiz_key__in": quizzes}
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(**where).order_by("started_at", "number"):
        attempts[attempt.quiz_key].append(attempt)
    grants: dict[UUID, list[datetime | None]] = defaultdict(list)
    for grant in AttemptGrant.objects.filter(**where):
        grants[grant.quiz_key].append(grant.granted_at)
    return attempts, grants
