"""How statements become attempts, responses and grants."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from assessments.models import Attempt, AttemptGrant, Response
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs
from xapi.iris import activity_key


def fold_attempt(event: Event) -> Iterable[Change]:
    """An attempt that began, or was judged."""
    if event.registration is None or event.activity_type != types.ASSESSMENT:
        return
    facts = event.facts
    key = {
        "registration": event.registration,
        "quiz_key": event.key,
        "number": facts["attempt"],
    }
    if event.verb == verbs.ATTEMPTED.id:
        deadline = facts.get("deadline")
        fixed = {
            "started_at": event.timestamp,
            "drawn": facts["questions"],
            "sections": facts.get("sections", []),
            "pass_mark": facts["pass-mark"],
            "deadline": datetime.fromisoformat(deadline) if deadline else None,
        }
    else:
        score = event.result["score"]
        fixed = {
            "finished_at": event.timestamp,
            "passed": event.verb == verbs.PASSED.id,
            "raw": score["raw"],
            "maximum": score["max"],
        }
    yield Change(Attempt, key, fixed=fixed)


def fold_response(event: Event) -> Iterable[Change]:
    """An answer given in an attempt; self-checks in lessons carry no attempt."""
    if event.registration is None or "attempt" not in event.facts:
        return
    key = {
        "registration": event.registration,
        "quiz_key": activity_key(event.parent),
        "number": event.facts["attempt"],
        "question_key": event.key,
    }
    fixed = {
        "response": event.facts["choices"],
        "success": event.result.get("success"),
        "scaled": event.scaled,
        "answered_at": event.timestamp,
        "writing": UUID(writing) if (writing := event.facts.get("writing")) else None,
    }
    yield Change(Response, key, fixed=fixed)


def fold_grant(event: Event) -> Iterable[Change]:
    """One more attempt, granted by a trainer."""
    if event.registration is None:
        return
    key = {
        "registration": event.registration,
        "quiz_key": event.key,
        "reason_key": UUID(event.facts["reason"]),
    }
    yield Change(
        AttemptGrant,
        key,
        fixed={"granted_by": event.actor, "granted_at": event.timestamp},
    )


PROJECTIONS = (
    Projection(
        name="attempts",
        verbs=frozenset({verbs.ATTEMPTED.id, verbs.PASSED.id, verbs.FAILED.id}),
        models=(Attempt,),
        fold=fold_attempt,
    ),
    Projection(
        name="responses",
        verbs=frozenset({verbs.ANSWERED.id}),
        models=(Response,),
        fold=fold_response,
    ),
    Projection(
        name="attempt grants",
        verbs=frozenset({verbs.AUTHORIZED.id}),
        models=(AttemptGrant,),
        fold=fold_grant,
    ),
)
