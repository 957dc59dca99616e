"""How statements become practice answers. Statements only: no page, setting or clock."""

from collections.abc import Iterable
from uuid import UUID

from assessments.models import PracticeAnswer
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import verbs


def fold_practice(event: Event) -> Iterable[Change]:
    """An answer given in practice: it names its round, and no attempt."""
    if event.registration is None or "practice" not in event.facts:
        return
    key = {
        "registration": event.registration,
        "round_key": UUID(event.facts["practice"]),
        "question_key": event.key,
    }
    fixed = {
        "response": event.facts["choices"],
        "success": event.result.get("success"),
        "scaled": event.scaled,
        "answered_at": event.timestamp,
    }
    yield Change(PracticeAnswer, key, fixed=fixed)


PROJECTION = Projection(
    name="practice answers",
    verbs=frozenset({verbs.ANSWERED.id}),
    models=(PracticeAnswer,),
    fold=fold_practice,
)
