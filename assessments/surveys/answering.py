"""Answer a survey, or say no to it: once, and without a way back to the person."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from assessments.models import SurveyKind, SurveyVersion
from assessments.surveys.errors import NotAllAnswered, SurveyClosed
from assessments.surveys.tickets import kind_open, spend, ticket_of
from assessments.surveys.urn import BY_CHANCE, Place, drop
from assessments.surveys.versions import newest_version, questions_of
from courses.models import Enrolment

Given = Mapping[str, Sequence[str]]


def answers_in(version: SurveyVersion, given: Given) -> dict[str, list[str]]:
    """Return what was chosen, by question; what is no answer of a question is left out."""
    found = {}
    for asked in questions_of(version):
        chosen = [one.key for one in asked.options if one.key in given.get(asked.key, ())]
        found[asked.key] = chosen if asked.several else chosen[:1]
    return found


def answer(
    *,
    enrolment: Enrolment,
    version: SurveyVersion,
    given: Given,
    at: datetime,
    chance: random.Random = BY_CHANCE,
) -> None:
    """Take the answers of somebody who has completed a course.

    Raises NotYours, SurveyClosed, NotAllAnswered, TicketSpent.
    """
    _require_open(enrolment, version.kind, at)
    answers = answers_in(version, given)
    asked = questions_of(version)
    missing = [one.key for one in asked if not (answers[one.key] or one.optional)]
    if missing:
        raise NotAllAnswered(missing)
    _settle(enrolment, version, answers, at, chance)


def decline(*, enrolment: Enrolment, kind: str, at: datetime) -> None:
    """Remember that somebody is not to be asked again, also before the time has come.

    Raises NotYours, SurveyClosed, TicketSpent.
    """
    ticket_of(enrolment, kind)
    version = newest_version(kind)
    if version is None:
        raise SurveyClosed
    _settle(enrolment, version, None, at)


@transaction.atomic
def _settle(
    enrolment: Enrolment,
    version: SurveyVersion,
    answers: Given | None,
    at: datetime,
    chance: random.Random = BY_CHANCE,
) -> None:
    """Spend the ticket and put the answer, or nothing, into the urn: both or neither."""
    spend(enrolment, version.kind)
    profession = enrolment.completed_profession_key or enrolment.profession_key
    place = Place(version.kind, version.number, enrolment.course, profession)
    drop(answers, into=place, at=at, chance=chance)


def _require_open(enrolment: Enrolment, kind: str, at: datetime) -> None:
    ticket_of(enrolment, kind)
    if kind_open(enrolment, at=at) != SurveyKind(kind) or newest_version(kind) is None:
        raise SurveyClosed
