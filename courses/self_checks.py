"""Self-checks in a lesson: instant feedback, recorded as `answered`, never counted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from courses.errors import NotInEdition
from courses.models import Enrolment, LessonPage, SelfCheckAnswer
from courses.study import record, require_in_edition
from xapi import statements, types


def answer_self_check(
    *,
    enrolment: Enrolment,
    page: LessonPage,
    block_id: str,
    choice: str,
    token: str,
    at: datetime,
) -> bool:
    """Record an answer; return whether it is right.

    `token` is the form's one-time token, so that a repeated request records nothing new.
    Raises NotInEdition if the lesson has no such question or the question no such option.
    """
    require_in_edition(enrolment, page.key)
    options = _options(page, block_id)
    if choice not in options:
        raise NotInEdition
    right = [key for key, option in options.items() if option["correct"]]
    statement = statements.answered(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        parent=statements.activity(page.key, types.LESSON),
        key=page.key,
        part=block_id,
        kind="choice",
        correct=["[,]".join(right)],
        response=choice,
        success=choice in right,
        at=at,
        occurrence=token,
        facts={"revision": page.live_revision_id},
    )
    record(enrolment=enrolment, statements=[statement], at=at)
    return choice in right


def answers_of(*, enrolment: Enrolment, activity_key: UUID) -> dict[str, str]:
    """Return the chosen option by block id."""
    rows = SelfCheckAnswer.objects.filter(
        registration=enrolment.registration, activity_key=activity_key
    )
    return {row.block: row.choice for row in rows}


def _options(page: LessonPage, block_id: str) -> dict[str, Any]:
    for block in page.body:
        if block.id == block_id and block.block_type == "self_check":
            return {child.id: child.value for child in block.value["options"].bound_blocks}
    return {}
