"""What a learner has to practise: answered wrongly, and not answered rightly since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from assessments.models import PracticeAnswer, Response
from assessments.practice.opening import Opening, openings
from courses.models import Enrolment

DUE, RESTING, DONE = "due", "resting", "done"
ENOUGH_DAYS = 2  # on so many days answered rightly in practice, a question is done


@dataclass
class History:
    """What became of a question: `asked` in quizzes and `practised`, when and whether rightly."""

    asked: list[tuple[datetime, bool]] = field(default_factory=list)
    practised: list[tuple[datetime, bool]] = field(default_factory=list)
    quizzes: set[UUID] = field(default_factory=set)

    @property
    def wrong_at(self) -> datetime | None:
        """When it was last answered wrongly, wherever it was."""
        return max((at for at, right in (*self.asked, *self.practised) if not right), default=None)

    @property
    def practised_at(self) -> datetime | None:
        return max((at for at, _ in self.practised), default=None)


@dataclass(frozen=True)
class Item:
    """A question that may be practised, and how it stands: due, resting for today, or done."""

    question: UUID
    state: str
    opening: Opening
    wrong_at: datetime
    practised_at: datetime | None


def state_of(history: History, today: date) -> str:
    """Return how a question stands that was answered wrongly once.

    A right answer in a quiz since then is the end of it. In practice it takes one on each of two
    days; after the first the question rests until another day. A wrong one begins anew.
    """
    wrong_at = history.wrong_at
    if wrong_at is None or any(right and at > wrong_at for at, right in history.asked):
        return DONE
    since = (at for at, right in history.practised if right and at > wrong_at)
    days = {timezone.localdate(at) for at in since}
    if len(days) >= ENOUGH_DAYS:
        return DONE
    return RESTING if today in days else DUE


def survey(enrolments: Sequence[Enrolment], *, at: datetime) -> dict[UUID, list[Item]]:
    """Return what one learner may practise, by registration: what was not practised longest first.

    One query for somebody who has answered nothing wrongly; else those of `openings` and one more.
    """
    histories = _histories([enrolment.registration for enrolment in enrolments])
    asked = {place: history.quizzes for place, history in histories.items()}
    today = timezone.localdate(at)
    items: dict[UUID, list[Item]] = defaultdict(list)
    for place, opening in (openings(enrolments, asked, at) if asked else {}).items():
        history = histories[place]
        if (wrong_at := history.wrong_at) is not None:
            state = state_of(history, today)
            items[place[0]].append(Item(place[1], state, opening, wrong_at, history.practised_at))
    return {registration: sorted(found, key=_turn) for registration, found in items.items()}


def survey_of(enrolment: Enrolment, *, at: datetime) -> list[Item]:
    """Return what may be practised in one enrolment."""
    return survey([enrolment], at=at).get(enrolment.registration, [])


def due_of(items: Sequence[Item]) -> list[Item]:
    """Return what is to be practised now, in its turn."""
    return [item for item in items if item.state == DUE]


def _turn(item: Item) -> tuple[bool, datetime, datetime, UUID]:
    practised = item.practised_at
    return practised is not None, practised or item.wrong_at, item.wrong_at, item.question


def _histories(registrations: list[UUID]) -> dict[tuple[UUID, UUID], History]:
    """Return what became of each question that was answered wrongly once."""
    histories: dict[tuple[UUID, UUID], History] = defaultdict(History)
    answered = Response.objects.filter(registration__in=registrations).exclude(scaled=None)
    for registration, quiz, question, at, scaled in answered.values_list(
        "registration", "quiz_key", "question_key", "answered_at", "scaled"
    ):
        if at is not None:
            history = histories[registration, question]
            history.asked.append((at, scaled == 1.0))
            history.quizzes.add(quiz)
    wrong = {place: one for place, one in histories.items() if one.wrong_at}
    if not wrong:
        return {}
    practised = PracticeAnswer.objects.filter(registration__in=registrations)
    for registration, question, at, success in practised.values_list(
        "registration", "question_key", "answered_at", "success"
    ):
        if (registration, question) in wrong and at is not None:
            wrong[registration, question].practised.append((at, bool(success)))
    return wrong
