"""How `earned` becomes the register."""

from collections.abc import Iterable

from certificates.models import Certificate
from lrs.events import Event
from lrs.folding import Change, Projection
from xapi import types, verbs


def fold_certificate(event: Event) -> Iterable[Change]:
    """A certificate that was earned."""
    if event.registration is None or event.activity_type != types.CERTIFICATE:
        return
    facts = event.facts
    yield Change(
        Certificate,
        {"key": event.key},
        fixed={
            "registration": event.registration,
            "actor": event.actor,
            "course_key": event.course,
            "edition": facts["edition"],
            "serial": facts["serial"],
            "sha256": facts["sha256"],
            "minutes": facts["minutes"],
            "earned_at": event.timestamp,
        },
    )


PROJECTION = Projection(
    name="certificates",
    verbs=frozenset({verbs.EARNED.id}),
    models=(Certificate,),
    fold=fold_certificate,
)
