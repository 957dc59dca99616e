"""How `earned` and `revoked` become the register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from certificates.models import ACHIEVEMENT, Certificate
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs


def fold_certificate(event: Event) -> Iterable[Change]:
    """A certificate that was earned, in place of an earlier one perhaps; or that was revoked."""
    if event.registration is None or event.activity_type != types.CERTIFICATE:
        return
    row = {"key": event.key}
    if event.verb == verbs.REVOKED.id:
        state = {"registration": event.registration}
        yield Change(Certificate, row, fixed=state, earliest={"revoked_at": event.timestamp})
        return
    facts = event.facts
    until = facts.get("valid-until")
    yield Change(
        Certificate,
        row,
        fixed={
            "registration": event.registration,
            "actor": event.actor,
            "course_key": event.course,
            "edition": facts["edition"],
            "serial": facts["serial"],
            "sha256": facts["sha256"],
            "minutes": facts["minutes"],
            # Certificates from before classes were told apart were all given for a test passed.
            "certificate_class": facts.get("class", ACHIEVEMENT),
            "earned_at": event.timestamp,
            "valid_until": date.fromisoformat(until) if until else None,
        },
    )
    if replaced := facts.get("replaces"):
        state = {"registration": event.registration, "replaced_by": event.key}
        yield Change(Certificate, {"key": UUID(replaced)}, fixed=state)


PROJECTION = Projection(
    name="certificates",
    verbs=frozenset({verbs.EARNED.id, verbs.REVOKED.id}),
    models=(Certificate,),
    fold=fold_certificate,
)
