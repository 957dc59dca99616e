"""How statements become attempts, responses and grants."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.models import (
    Attempt,
    AttemptGrant,
    Counting,
    ExtraTime,
    Feedback,
    Mark,
    Navigation,
    Response,
)
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs
from xapi.iris import activity_key


def fold_attempt(event: Event) -> Iterable[Change]:
    """An attempt that began, was given more time, or was judged."""
    if event.registration is None:
        return
    if event.verb == verbs.AUTHORIZED.id:
        yield from _prolonged(event)
        return
    if event.activity_type != types.ASSESSMENT:
        return
    facts = event.facts
    key = {
        "registration": event.registration,
        "quiz_key": event.key,
        "number": facts["attempt"],
    }
    latest: dict[str, datetime] = {}
    if event.verb == verbs.ATTEMPTED.id:
        fixed = as_begun(facts, event.timestamp)
        deadline = fixed.pop("deadline")
        latest = {"deadline": deadline} if deadline else {}
    elif event.verb == verbs.SUBMITTED.id:
        fixed = {"finished_at": event.timestamp}
    else:
        score = event.result["score"]
        # A verdict that took its time, or replaces another, says when the attempt was over.
        ended = facts.get("finished-at")
        fixed = {
            "finished_at": datetime.fromisoformat(ended) if ended else event.timestamp,
            "passed": event.verb == verbs.PASSED.id,
            "raw": score["raw"],
            "maximum": score["max"],
            "short": facts.get("short", []),
            "generation": facts.get("generation", 1),
        }
    yield Change(Attempt, key, fixed=fixed, latest=latest)


def as_begun(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return the fields of an attempt that began so."""
    deadline = facts.get("deadline")
    return {
        "started_at": at,
        "drawn": facts["questions"],
        "sections": facts.get("sections", []),
        "form": facts.get("form", ""),
        "pre_test_key": UUID(before) if (before := facts.get("pre-test")) else None,
        "pass_mark": facts["pass-mark"],
        "mastery": facts.get("mastery"),
        "counting": facts.get("counting", Counting.HIGHEST),
        "feedback": facts.get("feedback", Feedback.DEFERRED),
        "navigation": facts.get("navigation", Navigation.FREE),
        "asks_confidence": facts.get("asks-confidence", False),
        "time_limit": facts.get("time-limit"),
        "deadline": datetime.fromisoformat(deadline) if deadline else None,
    }


def _prolonged(event: Event) -> Iterable[Change]:
    """A deadline only moves on, so it does not matter which statement is read first."""
    for moved in event.facts.get("deadlines", []):
        key = {
            "registration": event.registration,
            "quiz_key": UUID(moved["quiz"]),
            "number": moved["attempt"],
        }
        yield Change(Attempt, key, latest={"deadline": datetime.fromisoformat(moved["deadline"])})


def fold_response(event: Event) -> Iterable[Change]:
    """An answer given in an attempt; self-checks in lessons carry no attempt."""
    if event.registration is None or "attempt" not in event.facts:
        return
    facts = event.facts
    key = {
        "registration": event.registration,
        "quiz_key": activity_key(event.parent),
        "number": facts["attempt"],
        "question_key": event.key,
    }
    if event.verb == verbs.SCORED.id:
        if (settled := facts.get("settled")) is not None:
            fixed = {"scaled": settled, "success": settled == 1.0}
            yield Change(Response, key, fixed=fixed)
        return
    graders = facts.get("graders", 0)
    score = {"success": event.result.get("success"), "scaled": event.scaled}
    fixed = {
        "response": facts["choices"],
        "answered_at": event.timestamp,
        "seconds": event.seconds,
        "confidence": facts.get("confidence"),
        "writing": UUID(writing) if (writing := facts.get("writing")) else None,
        "graders": graders,
        "revision": facts.get("revision"),
        "generation": facts.get("generation", 1),
        "remark": UUID(remark) if (remark := facts.get("remark")) else None,
        "overridden": facts.get("overridden", False),
        # Who grades it says what it is worth.
        **({} if graders else score),
    }
    yield Change(Response, key, fixed=fixed)


def fold_mark(event: Event) -> Iterable[Change]:
    """What one person gave a long answer."""
    if event.registration is None:
        return
    facts = event.facts
    key = {
        "registration": event.registration,
        "writing": UUID(facts["writing"]),
        "round": facts["round"],
    }
    fixed = {
        "grader": event.actor,
        "points": facts["points"],
        "scaled": event.scaled,
        "remark": UUID(remark) if (remark := facts.get("remark")) else None,
        "marked_at": event.timestamp,
    }
    yield Change(Mark, key, fixed=fixed)


def fold_grant(event: Event) -> Iterable[Change]:
    """One more attempt, granted by a trainer."""
    if event.registration is None or event.activity_type != types.ASSESSMENT:
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


def fold_extra_time(event: Event) -> Iterable[Change]:
    """More time in a course, given by a trainer."""
    if event.registration is None or event.activity_type != types.COURSE:
        return
    key = {"registration": event.registration, "reason_key": UUID(event.facts["reason"])}
    fixed = {
        "percent": event.facts["extra-time"],
        "granted_by": event.actor,
        "granted_at": event.timestamp,
    }
    yield Change(ExtraTime, key, fixed=fixed)


_ATTEMPT = (verbs.ATTEMPTED, verbs.SUBMITTED, verbs.PASSED, verbs.FAILED, verbs.AUTHORIZED)
PROJECTIONS = (
    Projection(
        name="attempts",
        verbs=frozenset(verb.id for verb in _ATTEMPT),
        models=(Attempt,),
        fold=fold_attempt,
    ),
    Projection(
        name="responses",
        verbs=frozenset({verbs.ANSWERED.id, verbs.SCORED.id}),
        models=(Response,),
        fold=fold_response,
    ),
    Projection(
        name="marks",
        verbs=frozenset({verbs.SCORED.id}),
        models=(Mark,),
        fold=fold_mark,
    ),
    Projection(
        name="attempt grants",
        verbs=frozenset({verbs.AUTHORIZED.id}),
        models=(AttemptGrant,),
        fold=fold_grant,
    ),
    Projection(
        name="extra time",
        verbs=frozenset({verbs.AUTHORIZED.id}),
        models=(ExtraTime,),
        fold=fold_extra_time,
    ),
)
