"""What a learner may do in a course beside the way on; upper floors tell it through `register`."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.models import Enrolment


@dataclass(frozen=True)
class Invitation:
    """What it is called, in the active language, and where it begins."""

    label: str
    url: str


Source = Callable[[Sequence[Enrolment], datetime], Mapping[UUID, Invitation]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Make a source of invitations known; called once from `AppConfig.ready()`."""
    _sources[name] = source


def invitations(enrolments: Sequence[Enrolment], *, at: datetime) -> dict[UUID, list[Invitation]]:
    """Return what one learner is invited to, by registration; nothing is asked for nobody."""
    found: dict[UUID, list[Invitation]] = defaultdict(list)
    for source in _sources.values() if enrolments else ():
        for registration, invitation in source(enrolments, at).items():
            found[registration].append(invitation)
    return found
