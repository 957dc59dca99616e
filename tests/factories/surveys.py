"""The two surveys, short, and people who have completed a course."""

import uuid
from datetime import datetime
from typing import Any

from assessments.models import Survey, SurveyAnswer, SurveyKind, SurveyVersion
from assessments.surveys.tickets import give_tickets
from assessments.surveys.versions import freeze
from courses.models import Enrolment
from people.actors import actor_id
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory

CLEAR = {"en": "The lessons are clear.", "sr": "Лекције су јасне."}
RECOMMEND = {"en": "I would recommend it.", "sr": "Препоручио бих га.", "recommends": True}
HELP = {
    "en": "What would help more?",
    "sr": "Шта би још помогло?",
    "several": True,
    "optional": True,
    "options": [
        {"type": "item", "id": "cases", "value": {"en": "More cases", "sr": "Више случајева"}},
        {"type": "item", "id": "time", "value": {"en": "More time", "sr": "Више времена"}},
    ],
}
USED = {
    "en": "Have you used an indicator?",
    "sr": "Да ли сте применили показатељ?",
    "options": [
        {"type": "item", "id": "yes", "value": {"en": "Yes", "sr": "Да"}},
        {"type": "item", "id": "no", "value": {"en": "No", "sr": "Не"}},
    ],
}
GIVEN = {"clear": ["4"], "recommend": ["5"], "help": ["cases"]}


def satisfaction(at: datetime) -> SurveyVersion:
    """Return the survey at the end of a course, published."""
    blocks = [
        ("scale", "clear", CLEAR),
        ("scale", "recommend", RECOMMEND),
        ("choice", "help", HELP),
    ]
    return survey(SurveyKind.SATISFACTION, blocks, at)


def pulse(at: datetime) -> SurveyVersion:
    """Return the survey three months later, published."""
    return survey(SurveyKind.PULSE, [("choice", "used", USED)], at)


def survey(
    kind: SurveyKind, blocks: list[tuple[str, str, dict[str, Any]]], at: datetime
) -> SurveyVersion:
    made = Survey.objects.filter(kind=kind).first() or Survey(kind=kind)
    made.questions = [{"type": t, "id": key, "value": value} for t, key, value in blocks]
    made.save()
    return freeze(made, at=at)


def completed(
    course: SmallCourse, at: datetime, *, by: User | None = None, profession: str = "judge"
) -> Enrolment:
    """Return an enrolment that was completed at a moment, with its tickets."""
    user = by or UserFactory()
    enrolment = Enrolment.objects.create(
        registration=uuid.uuid4(),
        actor=actor_id(user),
        course_key=course.course.translation_key,
        edition=1,
        profession_key=profession,
        completed_profession_key=profession,
        enrolled_at=at,
        completed_at=at,
    )
    give_tickets([enrolment.registration])
    return enrolment


def said(
    version: SurveyVersion, course: uuid.UUID, week: datetime, *points: int, **more: Any
) -> None:
    """Let so many answers be there, with these points for clarity and for recommending."""
    for point in points:
        SurveyAnswer.objects.create(
            kind=version.kind,
            version=version.number,
            course_key=course,
            profession_key=more.get("profession", "judge"),
            week=week.date(),
            answers={
                "clear": [str(point)],
                "recommend": [str(point)],
                "help": more.get("help", []),
            },
        )
