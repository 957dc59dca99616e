"""The demo's surveys: what is asked, and what invented learners answer, from a fixed seed."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models import Survey, SurveyAnswer, SurveyKind, SurveyUrn, SurveyVersion
from assessments.surveys.answering import Given, answer
from assessments.surveys.tickets import PULSE_AFTER, give_tickets
from assessments.surveys.urn import Place, drop
from assessments.surveys.versions import POINTS, freeze
from config.demo.files import read
from courses.models import CoursePage, Enrolment

_SEED = 90
_WILLING = 0.7  # so many of those who are asked answer
_SILENT, _ANOTHER = 0.25, 0.15
# Whom the pulse has reached: those of an earlier year, of whom the demo has no more than that.
_EARLIER = {"police-officer": 23, "judge": 12, "prosecutor": 11, "social-worker": 17}


def load_surveys(*, course: CoursePage, at: datetime) -> int:
    """Publish the surveys; let learners of a course answer them, if nobody has."""
    said = read("surveys.yaml")
    versions = {kind: _publish(kind, said[kind], at) for kind in SurveyKind}
    if SurveyUrn.objects.exists():
        return 0
    chance = random.Random(_SEED)
    with transaction.atomic():
        _answer_at_the_end(course, versions[SurveyKind.SATISFACTION], said, at, chance)
        _answer_later(course, versions[SurveyKind.PULSE], said, at, chance)
    return SurveyAnswer.objects.count()


def _publish(kind: SurveyKind, questions: list[dict[str, Any]], at: datetime) -> SurveyVersion:
    survey = Survey.objects.filter(kind=kind).first() or Survey(kind=kind)
    survey.questions = [_block(one) for one in questions]
    survey.save()
    return freeze(survey, at=at)


def _block(entry: dict[str, Any]) -> dict[str, Any]:
    names = ("en", "sr", "recommends", "several", "optional")
    value = {name: entry[name] for name in names if name in entry}
    if "options" in entry:
        value["options"] = [
            {"type": "item", "id": one["key"], "value": {"en": one["en"], "sr": one["sr"]}}
            for one in entry["options"]
        ]
    return {"type": entry["type"], "id": entry["key"], "value": value}


def _answer_at_the_end(
    course: CoursePage, version: SurveyVersion, said: Any, at: datetime, chance: random.Random
) -> None:
    """Let most of those answer who have completed the course lately."""
    completed = Enrolment.objects.active().filter(
        course_key=course.translation_key, completed_at__gt=at - PULSE_AFTER
    )
    in_turn = list(completed.order_by("completed_at", "registration"))
    give_tickets([one.registration for one in in_turn])
    for enrolment in in_turn:
        given = _given(said[SurveyKind.SATISFACTION], chance)
        if chance.random() < _WILLING and enrolment.completed_at:
            moment = enrolment.completed_at + timedelta(minutes=5)
            answer(enrolment=enrolment, version=version, given=given, at=moment, chance=chance)


def _answer_later(
    course: CoursePage, version: SurveyVersion, said: Any, at: datetime, chance: random.Random
) -> None:
    for profession in _earlier(chance):
        given = _given(said[SurveyKind.PULSE], chance)
        place = Place(version.kind, version.number, course.translation_key, profession)
        moment = timezone.localtime(at) - timedelta(weeks=chance.randint(1, 7))
        drop(given, into=place, at=moment, chance=chance)


def _earlier(chance: random.Random) -> Iterator[str]:
    people = [profession for profession, count in _EARLIER.items() for _ in range(count)]
    chance.shuffle(people)
    yield from people


def _given(questions: list[dict[str, Any]], chance: random.Random) -> Given:
    return {question["key"]: list(_chosen(question, chance)) for question in questions}


def _chosen(question: dict[str, Any], chance: random.Random) -> Iterator[str]:
    """Yield what somebody chooses, as likely as the file says; sometimes nothing, or more."""
    if question.get("optional") and chance.random() < _SILENT:
        return
    options = question.get("options")
    keys = [one["key"] for one in options] if options else list(POINTS)
    first = chance.choices(keys, question["answers"])[0]
    yield first
    if question.get("several") and first != keys[-1]:  # the last one is "nothing"
        yield from (key for key in keys[:-1] if key != first and chance.random() < _ANOTHER)
