"""How statements become enrolments and progress. Statements only: no page, setting or clock."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from courses.models import ActivityProgress, Enrolment, ModuleProgress, SelfCheckAnswer
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs

ACTIVITY_TYPES = {types.LESSON, types.ASSESSMENT}


def fold_enrolment(event: Event) -> Iterable[Change]:
    """Everything with a registration touches its enrolment."""
    if event.registration is None:
        return
    key = {"registration": event.registration}
    is_course = event.activity_type == types.COURSE
    touched = {"last_activity_at": _acted_at(event)}
    if event.verb == verbs.REGISTERED.id:
        yield Change(Enrolment, key, fixed=_registration(event))
    elif event.verb == verbs.LEFT.id:
        yield Change(Enrolment, key, earliest={"withdrawn_at": event.timestamp})
    elif event.verb == verbs.COMPLETED.id and is_course:
        yield Change(Enrolment, key, fixed=_completion(event), latest=touched)
    else:
        yield Change(Enrolment, key, earliest={"started_at": event.timestamp}, latest=touched)


def _acted_at(event: Event) -> datetime:
    """Return when the learner did something: a verdict may come long after the attempt."""
    ended = event.facts.get("finished-at")
    return datetime.fromisoformat(ended) if ended else event.timestamp


def _registration(event: Event) -> dict[str, object]:
    facts = event.facts
    # An enrolment has at most one cohort in the log: it began in it, or joined it once.
    cohort = {"cohort_key": UUID(facts["cohort"])} if facts.get("cohort") else {}
    if cohort and "edition" not in facts:
        return {**cohort}
    return {
        **cohort,
        "actor": event.actor,
        "course_key": event.key,
        "edition": facts["edition"],
        "profession_key": facts.get("profession", ""),
        "institution_key": _uuid(facts.get("institution")),
        "function_key": facts.get("function", ""),
        "enrolled_at": event.timestamp,
    }


def _completion(event: Event) -> dict[str, object]:
    facts = event.facts
    return {
        "completed_at": event.timestamp,
        "completed_profession_key": facts.get("profession", ""),
        "completed_institution_key": _uuid(facts.get("institution")),
        "completed_function_key": facts.get("function", ""),
        "language": event.language,
        "minutes": facts["minutes"],
        "result": event.scaled,
    }


def fold_activity(event: Event) -> Iterable[Change]:
    """A started, completed, attempted or judged activity."""
    if event.registration is None or event.activity_type not in ACTIVITY_TYPES:
        return
    change = Change(
        ActivityProgress,
        {"registration": event.registration, "activity_key": event.key},
        earliest={"initialized_at": event.timestamp},
        latest={"touched_at": event.timestamp},
    )
    if event.verb in (verbs.COMPLETED.id, verbs.PASSED.id):
        change.earliest["completed_at"] = event.timestamp
    if event.scaled is not None:
        change.latest["best_scaled"] = event.scaled
    yield change


def fold_module(event: Event) -> Iterable[Change]:
    """A satisfied module."""
    if event.registration is not None:
        key = {"registration": event.registration, "module_key": event.key}
        yield Change(ModuleProgress, key, earliest={"satisfied_at": event.timestamp})


def fold_self_check(event: Event) -> Iterable[Change]:
    """An answer inside a lesson; answers of a quiz carry the number of their attempt."""
    if event.registration is None or "attempt" in event.facts or not event.part:
        return
    stamp = event.timestamp.astimezone(UTC).isoformat(timespec="microseconds")
    yield Change(
        SelfCheckAnswer,
        {"registration": event.registration, "activity_key": event.key, "block": event.part},
        latest={"newest": f"{stamp} {event.result.get('response', '')}"},
    )


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None


_STUDY = (verbs.INITIALIZED, verbs.COMPLETED, verbs.ATTEMPTED, verbs.PASSED, verbs.FAILED)
PROJECTIONS = (
    Projection(
        name="enrolments",
        verbs=frozenset(v.id for v in (verbs.REGISTERED, verbs.LEFT, verbs.ANSWERED, *_STUDY)),
        models=(Enrolment,),
        fold=fold_enrolment,
    ),
    Projection(
        name="activities",
        verbs=frozenset(v.id for v in _STUDY),
        models=(ActivityProgress,),
        fold=fold_activity,
    ),
    Projection(
        name="modules",
        verbs=frozenset({verbs.SATISFIED.id}),
        models=(ModuleProgress,),
        fold=fold_module,
    ),
    Projection(
        name="self-checks",
        verbs=frozenset({verbs.ANSWERED.id}),
        models=(SelfCheckAnswer,),
        fold=fold_self_check,
    ),
)
