"""A council with its courts, a mandate over it, and people inside and outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from certificates.issuing import issue
from courses.enrolment import enrol
from courses.models import Enrolment
from people.clients import issue_token
from people.models import Institution, Mandate, Profession
from people.roles import REPORTING_OFFICER, sync_groups
from reports.models import Snapshot
from reports.snapshots import filling
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import (
    InstitutionFactory,
    MandateFactory,
    ProfessionFactory,
    UserFactory,
)
from tests.reports.freezing import freeze
from tests.support import complete, sign_in


@dataclass
class Justice:
    """What the Judicial Academy may see, and what it may not."""

    course: SmallCourse
    council: Institution
    court: Institution
    ministry: Institution
    judge: Profession
    officer: Profession
    mandate: Mandate
    at: datetime

    def learner(
        self,
        *,
        institution: Institution | None = None,
        profession: Profession | None = None,
        **about: Any,
    ) -> Enrolment:
        """Return the enrolment of a judge at the court, or of somebody else elsewhere."""
        user = UserFactory(
            institution=institution or self.court, profession=profession or self.judge, **about
        )
        return enrol(user=user, course=self.course.course, at=self.at)


@pytest.fixture
def _nobody_asked_yet() -> Iterator[None]:
    """Nothing is remembered of earlier questions: no count of them, no figures."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def justice(course: SmallCourse, at: datetime) -> Justice:
    council = InstitutionFactory(name_sr="Високи савет", name_en="High Council")
    judge = ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија")
    return Justice(
        course=course,
        council=council,
        court=InstitutionFactory(parent=council, name_sr="Виши суд", name_en="Higher Court"),
        ministry=InstitutionFactory(name_sr="Министарство", name_en="Ministry"),
        judge=judge,
        officer=ProfessionFactory(),
        mandate=MandateFactory(institutions=[council], professions=[judge]),
        at=at,
    )


@pytest.fixture
def officer(client: Client, justice: Justice) -> Client:
    """The reporting officer of the mandate, signed in with the second factor."""
    holder = justice.mandate.holder
    assert holder
    holder.groups.add(sync_groups()[REPORTING_OFFICER])
    return sign_in(client, holder, second_factor=True)


@pytest.fixture
def token(justice: Justice) -> str:
    """The token of a machine client whose mandate is that of the officer."""
    machine, token = issue_token(name="Judicial Academy")
    MandateFactory(
        holder=None,
        client=machine,
        institutions=[justice.council],
        professions=[justice.judge],
    )
    return token


@pytest.fixture
def _quickly_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates and summaries are told apart, and neither drawn nor sealed."""
    drawn_as(monkeypatch, lambda sheet: sheet.serial.encode())
    monkeypatch.setattr(filling, "summary", lambda snapshot, made, at: made.sha256.encode())
    monkeypatch.setattr(filling, "seal", lambda pdf, at: b"sealed " + pdf)


@pytest.fixture
def to_freeze(_quickly_drawn: None, justice: Justice, at: datetime) -> list[Enrolment]:
    """Six at the court, four of whom have completed, two with a certificate; one elsewhere."""
    made = [justice.learner() for _ in range(6)]
    for enrolment in made[:4]:
        complete(enrolment, justice.course, at + timedelta(hours=2))
    for enrolment in made[:2]:
        issue(registration=enrolment.pk, at=at + timedelta(hours=5))
    justice.learner(institution=justice.ministry)
    return made


@pytest.fixture
def frozen(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> Snapshot:
    return freeze(justice.mandate, at + timedelta(days=1))
