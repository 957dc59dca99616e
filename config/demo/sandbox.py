"""One of each kind of change in the feed of completions, for whoever writes a client.

Invented people of the demo client's mandate go through all that can become of a row, by the
site's own functions.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason
from certificates.revoking import correct, revoke
from config.demo.accounts import DEMO_TOKEN
from config.demo.files import key_of
from config.demo.names import invented_names
from config.demo.population import Course, Story, required_of, study
from courses.enrolment import enrol, enrolment_of, withdraw
from courses.models import CoursePage, Enrolment
from lrs.feed import Place, current_epoch
from lrs.log import record
from lrs.models import Statement
from people import corrections
from people.actors import actor_id
from people.clients import client_of
from people.erasure import erase
from people.models import Institution, Profession, User
from reports.cursors import Cursor
from reports.mandated import audience_of, mandate_today
from reports.scopes import covered_by
from serbian import to_latin
from xapi import statements, types, verbs

_INSIDE, _OUTSIDE = "higher-court-a1", "police-administration-a"
_BEGAN = timedelta(days=60)
_WHOLE = Story(share=1.0)
_SEED = 6


class _Sure(random.Random):
    """Whoever answers by it is never wrong: what is drawn stays below what anybody knows."""

    def random(self) -> float:
        return super().random() * 0.7


@dataclass(frozen=True)
class Scene:
    """The courses, and who decides."""

    core: Course
    refresher: Course
    admin: User
    at: datetime


def load_sandbox(*, at: datetime) -> None:
    """Let one of each kind have happened, if that has not been done yet."""
    if not _people().exists():
        happen(at=at)


def happen(*, at: datetime) -> dict[str, str]:
    """Let one more of each kind happen; return what, and the key of the enrolment."""
    scene = Scene(
        core=_course("trafficking-core"),
        refresher=_course("trafficking-refresher"),
        admin=User.objects.get(email="admin@example.org"),
        at=at,
    )
    number = _people().count()
    return {
        name: str(play(scene, _learner(number + place, at)).registration)
        for place, (name, play) in enumerate(_PLAYS.items())
    }


def cursor_before_everything(*, at: datetime) -> str:
    """Return a cursor of the demo's client after which all changes come, from the first on.

    Whoever begins without a cursor gets each row once, and what happened to it is over.
    """
    client = client_of(DEMO_TOKEN, at=at)
    mandate = mandate_today(client=client, at=at) if client else None
    if mandate is None:
        raise LookupError("the demo's machine client has no mandate today")
    held = (covered_by(mandate).digest,)
    return str(Cursor(audience_of(mandate), Place(current_epoch()), held))


def _corrected_and_revoked(scene: Scene, learner: User) -> Enrolment:
    """A name was misspelt; then it turns out that the certificate should not be there at all."""
    enrolment = _completes(scene, learner)
    issue(registration=enrolment.registration, at=scene.at)
    with transaction.atomic():
        learner.name_cyrillic += "-Исправљен"
        learner.name_latin = to_latin(learner.name_cyrillic)
        learner.save()
        corrections.tell(learner)
    said: dict[str, Any] = {"by": scene.admin, "words": "A story of the sandbox.", "at": scene.at}
    old = Certificate.objects.standing().get(registration=enrolment.registration)
    finish(correct(certificate=old, reason=Reason.NAME, **said), at=scene.at)
    new = Certificate.objects.standing().get(registration=enrolment.registration)
    revoke(certificate=new, reason=Reason.ERROR, **said)
    return enrolment


def _renewed_and_pseudonymised(scene: Scene, learner: User) -> Enrolment:
    """The short refresher renews a certificate; then the person asks to be forgotten."""
    enrolment = _completes(scene, learner)
    issue(registration=enrolment.registration, at=scene.at)
    _studies(scene.refresher, learner, scene.at - timedelta(days=4))
    refreshed = _enrolment(learner, scene.refresher)
    issue(registration=refreshed.registration, at=scene.at)
    erase(user=learner, own_wish=True, at=scene.at)
    return enrolment


def _taken_back(scene: Scene, learner: User) -> Enrolment:
    """A completion was recorded that did not happen."""
    enrolment = _completes(scene, learner)
    done = Statement.objects.get(
        registration=enrolment.registration,
        verb=verbs.COMPLETED.id,
        activity_type=types.COURSE,
    )
    taken = statements.voided(actor=actor_id(scene.admin), target=done.id, at=scene.at)
    record([taken], at=scene.at)
    return enrolment


def _withdrawn(scene: Scene, learner: User) -> Enrolment:
    """Somebody begins, and leaves."""
    enrolment = enrol(user=learner, course=scene.core.page, at=scene.at - _BEGAN)
    withdraw(user=learner, enrolment=enrolment, at=scene.at)
    return enrolment


def _withdrawn_from_scope(scene: Scene, learner: User) -> Enrolment:
    """Somebody enrols at a court and completes with the police: the mandate covers it no more."""
    enrol(user=learner, course=scene.core.page, at=scene.at - _BEGAN)
    learner.institution = Institution.objects.get(key=key_of(_OUTSIDE))
    learner.save()
    return _completes(scene, learner)


def _new(scene: Scene, learner: User) -> Enrolment:
    """Somebody enrols, and no more."""
    return enrol(user=learner, course=scene.core.page, at=scene.at)


_PLAYS: dict[str, Callable[[Scene, User], Enrolment]] = {
    "corrected, revoked": _corrected_and_revoked,
    "renewed, pseudonymised": _renewed_and_pseudonymised,
    "taken back (corrected)": _taken_back,
    "withdrawn": _withdrawn,
    "withdrawn_from_scope": _withdrawn_from_scope,
    "new": _new,
}


def _people() -> QuerySet[User]:
    """Return those who were invented for this; the erased are nobody any more."""
    return User.objects.filter(email__startswith="sandbox", is_demo=True)


def _learner(number: int, at: datetime) -> User:
    names = invented_names(number + 1, chance=random.Random(_SEED))
    cyrillic, latin = names[number]
    place = Institution.objects.get(key=key_of(_INSIDE))
    return User.objects.create(
        email=f"sandbox{number}-{at:%Y%m%d%H%M%S}@example.org",
        password="!",
        name_cyrillic=cyrillic,
        name_latin=latin,
        profession=Profession.objects.get(key="judge"),
        institution=place,
        municipality=place.municipality,
        personnel_number=f"S{number:04d}",
        is_demo=True,
    )


def _completes(scene: Scene, learner: User) -> Enrolment:
    _studies(scene.core, learner, scene.at - _BEGAN)
    return _enrolment(learner, scene.core)


def _studies(course: Course, learner: User, began: datetime) -> None:
    with transaction.atomic():
        study(learner, course, _WHOLE, None, began, _Sure(_SEED))


def _enrolment(learner: User, course: Course) -> Enrolment:
    found = enrolment_of(user=learner, course_key=course.page.translation_key)
    if found is None or not found.completed_at:
        raise LookupError(f"{learner} has not completed {course.page}")
    return found


def _course(slug: str) -> Course:
    page = CoursePage.objects.live().get(slug=slug, locale__language_code="en")
    return Course(page=page, activities=required_of(page), cohorts=[])
