"""A council with its courts, a mandate over it, and people inside and outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from courses.enrolment import enrol
from courses.models import Enrolment
from people.clients import issue_token
from people.models import Institution, Mandate, Profession
from people.roles import REPORTING_OFFICER, sync_groups
from tests.factories.courses import SmallCourse
from tests.factories.people import (
    InstitutionFactory,
    MandateFactory,
    ProfessionFactory,
    UserFactory,
)
from tests.support import sign_in


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
