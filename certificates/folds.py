"""How `earned` and `revoked` become the register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from certificates.models import ACHIEVEMENT, Certificate
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs


def fold_certificate(event: Event) -> Iterable[Change]:
    """A certificate that was earned, or that was revoked.

    One that was earned may stand in place of another, which it corrects or renews.
    """
    if event.registration is None or event.activity_type != types.CERTIFICATE:
        return
    row = {"key": event.key}
    if event.verb == verbs.REVOKED.id:
        state = {"registration": event.registration}
        yield Change(Certificate, row, fixed=state, earliest={"revoked_at": event.timestamp})
        return
    facts = event.facts
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
            "valid_until": _day(facts.get("valid-until")),
            "renewed_on": _day(facts.get("renewed-on")),
        },
    )
    for word in ("replaces", "renews"):
        if old := facts.get(word):
            fallen: dict[str, object] = {
                "registration": event.registration,
                "replaced_by": event.key,
                "is_renewed": word == "renews",
            }
            yield Change(Certificate, {"key": UUID(old)}, fixed=fallen)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


PROJECTION = Projection(
    name="certificates",
    verbs=frozenset({verbs.EARNED.id, verbs.REVOKED.id}),
    models=(Certificate,),
    fold=fold_certificate,
)
