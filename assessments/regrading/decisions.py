"""Decide what becomes of answers that an earlier key has scored: they stay, or are scored anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django_tasks import task

from assessments.drawing import SOURCE
from assessments.errors import ReasonMissing
from assessments.models import KeyDecision, Question, Remark, Response
from assessments.regrading.keys import differ, is_regradable, keys_of
from assessments.regrading.recording import Cause, NewScore, rescore
from assessments.regrading.rescoring import Rescored, rescored, scored_by_another_key
from courses.models import Enrolment
from lrs.leases import still_at_work
from lrs.queueing import give_way

_CACHE_KEY = "changed-keys"
_TEN_MINUTES = 600


@dataclass(frozen=True)
class Undecided:
    """A question with answers that were scored by an earlier key, and how many."""

    question: Question
    answers: int


def undecided(only: UUID | None = None) -> list[Undecided]:
    """Return the questions whose key changed after use, and about which nobody has decided.

    `only` asks about one question.
    """
    rows = Response.objects.filter(overridden=False, graders=0).exclude(revision=None)
    rows = rows.filter(question_key=only) if only else rows
    used = list(
        rows.order_by()
        .values("question_key", "revision")
        .annotate(n=Count("pk"), newest=Max("answered_at"))
    )
    questions = _live({row["question_key"] for row in used})
    keys = keys_of(
        {row["revision"] or 0 for row in used if row["question_key"] in questions}
        | {question.live_revision_id or 0 for question in questions.values()}
    )
    decided = _decided(questions)
    counts: dict[UUID, int] = defaultdict(int)
    for row in used:
        question = questions.get(row["question_key"])
        today = keys.get(question.live_revision_id or 0) if question else None
        then = keys.get(row["revision"] or 0)
        if question is None or not differ(then, today):
            continue
        if not any(is_todays and at >= row["newest"] for is_todays, at in decided[question.key]):
            counts[question.key] += row["n"]
    return [Undecided(questions[key], count) for key, count in counts.items()]


def undecided_lately() -> list[Undecided]:
    """Return the same from memory: it is at most ten minutes old."""
    found: list[Undecided] | None = cache.get(_CACHE_KEY)
    if found is None:
        found = undecided()
        cache.set(_CACHE_KEY, found, _TEN_MINUTES)
    return found


def _live(keys: Iterable[UUID]) -> dict[UUID, Question]:
    found = Question.objects.filter(translation_key__in=set(keys), live=True)
    found = found.filter(locale__language_code=SOURCE)
    return {question.key: question for question in found if is_regradable(question.kind)}


def _decided(questions: dict[UUID, Question]) -> dict[UUID, list[tuple[bool, datetime]]]:
    """Return, for each question, whether a decision was about its key of today, and when."""
    decisions = list(KeyDecision.objects.filter(question_key__in=questions))
    numbers = {decision.revision for decision in decisions}
    numbers |= {question.live_revision_id or 0 for question in questions.values()}
    keys = keys_of(numbers) if decisions else {}
    decided: dict[UUID, list[tuple[bool, datetime]]] = defaultdict(list)
    for one in decisions:
        today = keys.get(questions[one.question_key].live_revision_id or 0)
        decided[one.question_key].append((keys.get(one.revision) == today, one.decided_at))
    return decided


def decide(*, question: Question, keeps: bool, reason: str, by: UUID, at: datetime) -> KeyDecision:
    """Record the decision; what is to be scored anew, a worker scores. Raises ReasonMissing."""
    text = reason.strip()
    if not text:
        raise ReasonMissing
    with transaction.atomic():
        remark = Remark.objects.create(text=text, written_at=at)
        decision = KeyDecision.objects.create(
            question_key=question.key,
            revision=question.live_revision_id or 0,
            keeps=keeps,
            remark=remark.key,
            decided_by=by,
            decided_at=at,
        )
        cache.delete(_CACHE_KEY)
        if not keeps:
            regrade.enqueue(decision.pk)
    return decision


@task()
def regrade(decision: int) -> None:
    """Score anew what a decision says; done twice it changes nothing more."""
    made = KeyDecision.objects.get(pk=decision)
    question = _live([made.question_key]).get(made.question_key)
    if question is not None:
        cause = Cause(made.decided_by, Remark.objects.get(key=made.remark), made.decided_at)
        for registration, answers in _by_enrolment(question).items():
            enrolment = Enrolment.objects.get(registration=registration)
            scores = [
                NewScore(answer.response, answer.scored, question.live_revision_id)
                for answer in answers
            ]
            rescore(enrolment=enrolment, scores=scores, cause=cause)
            still_at_work()
            give_way()
    KeyDecision.objects.filter(pk=decision).update(done_at=timezone.now())


@dataclass(frozen=True)
class Progress:
    """How many of how many answers have been scored anew."""

    done: int
    total: int


def progress_of(question: Question) -> Progress | None:
    """Return how far scoring anew has come; None while nothing of it is going on."""
    going_on = KeyDecision.objects.filter(question_key=question.key, keeps=False, done_at=None)
    decision = going_on.order_by("decided_at").last()
    if decision is None:
        return None
    done = Response.objects.filter(question_key=question.key, remark=decision.remark).count()
    return Progress(done, done + len(scored_by_another_key(question)))


def _by_enrolment(question: Question) -> dict[UUID, list[Rescored]]:
    answers: dict[UUID, list[Rescored]] = defaultdict(list)
    for answer in rescored(question, scored_by_another_key(question)):
        answers[answer.response.registration].append(answer)
    return answers
