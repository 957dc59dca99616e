"""One's own data: to take along, and to be forgotten."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.granting import grant_attempt
from assessments.models import DraftAnswer, GrantReason
from assessments.papers import frozen_questions
from certificates.issuing import issue
from certificates.models import Sheet
from courses.models import Enrolment, StudyPlace
from courses.places import save_place
from lrs.models import AgentName, Credential, Document, Statement
from lrs.rebuilding import differences
from people.actors import actor_id, people_of
from people.erasure import erase
from people.models import Actor, Erasure, User
from people.second_factor import enrol_totp
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import complete, sign_in, work
from xapi.iris import ACTOR_HOME
from xapi.mentions import AGENT, agent_identifier, key

pytestmark = pytest.mark.django_db

REASON = "Jelena was in hospital."
PASSWORD = "correct horse battery"


@pytest.fixture
def jelena(
    learner: User,
    enrolment: Enrolment,
    course: SmallCourse,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> User:
    """Somebody who has left a trace in every room."""
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    complete(enrolment, course, at)
    issue(registration=enrolment.registration, at=at)
    quiz = course.quizzes[1]
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at + timedelta(days=1))
    question = frozen_questions(attempt)[0]
    save_choice(
        attempt=attempt,
        question_key=question.key,
        choices=[question.options[0].key],
        version=0,
        at=at,
    )
    trainer = UserFactory(name_cyrillic="Марко", name_latin="Marko")
    grant_attempt(trainer=trainer, enrolment=enrolment, quiz=quiz, reason=REASON, at=at)
    key = course.lessons[0].key
    save_place(enrolment=enrolment, activity_key=key, position=9, video={}, version=1, at=at)
    learner.emailaddress_set.create(email=learner.email, verified=True, primary=True)
    enrol_totp(user=learner, secret="JBSWY3DPEHPK3PXP")
    learner.set_password(PASSWORD)
    learner.personnel_number = "A-17"
    learner.save()
    return learner


def test_everything_is_handed_over(client: Client, jelena: User) -> None:
    response = sign_in(client, jelena).get(reverse("my_data"))
    data = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"]
    assert data["account"]["email"] == jelena.email
    assert data["account"]["personnel number"] == "A-17"
    study = data["enrolments"][0]
    assert study["completed_at"]
    assert (len(study["activities"]), len(study["self-checks"]), len(study["places"])) == (4, 1, 1)
    attempts = data["assessments"]["attempts"]
    assert sorted(len(attempt["answers"]) for attempt in attempts) == [0, 2, 4]
    assert len(attempts[-1]["saved choices"]) == 1
    assert data["assessments"]["extra attempts"][0]["text"] == REASON
    assert data["certificates"][0]["name_cyrillic"] == jelena.name_cyrillic
    assert len(data["log"]) == Statement.objects.filter(actor=actor_id(jelena)).count() > 10


def test_it_is_ones_own_and_nobody_elses(client: Client, jelena: User) -> None:
    data = sign_in(client, UserFactory()).get(reverse("my_data")).json()
    assert (data["enrolments"], data["certificates"], data["log"]) == ([], [], [])


def test_the_person_is_forgotten_and_the_figures_stay(jelena: User, at: datetime) -> None:
    actor, names = actor_id(jelena), {jelena.name_cyrillic, jelena.name_latin, jelena.email}
    before = list(Enrolment.objects.order_by("pk").values()), Statement.objects.count()
    file = Sheet.objects.get().file
    erase(user=User.objects.get(pk=jelena.pk), own_wish=True, at=at)
    work()
    assert not file.storage.exists(file.name)
    assert people_of([actor]) == {}
    assert (list(Enrolment.objects.order_by("pk").values()), Statement.objects.count()) == before
    assert differences() == []
    assert [where for where in kept_words() if any(name in where[1] for name in names)] == []
    assert not [word for word in kept_words() if REASON in word[1] or "A-17" in word[1]]
    assert Erasure.objects.get().erased_at == at


def kept_words() -> Iterator[tuple[str, str]]:
    """Yield every word the database holds, with where it stands."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            yield model._meta.label, " ".join(str(value) for value in row.values())


@pytest.mark.parametrize("mailboxes", ["keep", "map"])
def test_the_record_store_forgets_all_but_statements(
    jelena: User, at: datetime, settings: Any, mailboxes: str
) -> None:
    """Whatever other programs called her, and nothing of anybody else's."""
    settings.LRS_MAILBOXES = mailboxes
    account = {"account": {"homePage": ACTOR_HOME, "name": str(actor_id(jelena))}}
    address = {"mbox": f"mailto:{jelena.email}"}
    marko = {"mbox": "mailto:marko@example.org"}
    for agent in (account, address, marko):
        known = key(AGENT, agent_identifier(agent) or "")
        Document.objects.create(kind="state", agent=known, activity=1, name="page", updated=at)
        AgentName.objects.create(agent=known, name="A name")
    launched = Credential.objects.create(name="launch", key="a", scopes=["state"], agent=account)
    other = Credential.objects.create(name="launch", key="b", scopes=["state"], agent=marko)
    before = Statement.objects.count()
    erase(user=jelena, own_wish=True, at=at)
    left = [key(AGENT, agent_identifier(marko) or "")]
    assert list(Document.objects.values_list("agent", flat=True)) == left
    assert list(AgentName.objects.values_list("agent", flat=True)) == left
    launched.refresh_from_db()
    other.refresh_from_db()
    assert (launched.revoked_at is None, other.revoked_at is None) == (False, True)
    assert Statement.objects.count() == before
    assert differences() == []


def test_nothing_leads_back(jelena: User, at: datetime) -> None:
    erase(user=jelena, own_wish=False, at=at)
    assert not Actor.objects.filter(user=jelena).exists()
    rooms: list[type[models.Model]] = [Authenticator, DraftAnswer, GrantReason, StudyPlace]
    assert [room._meta.label for room in rooms if room._default_manager.exists()] == []
    jelena.refresh_from_db()
    assert not jelena.is_active
    assert not jelena.has_usable_password()
    assert not jelena.emailaddress_set.exists()
    sheet = Sheet.objects.get()
    assert (sheet.name_cyrillic, sheet.name_latin, sheet.file.name) == ("", "", "")


def test_nobody_erases_an_account_without_its_password(client: Client, jelena: User) -> None:
    sign_in(client, jelena)
    refused = client.post(reverse("erase_me"), {"password": "wrong"})
    assert refused.context["form"].errors
    assert client.get(reverse("erase_me")).status_code == 200
    assert not Erasure.objects.exists()
    client.post(reverse("erase_me"), {"password": PASSWORD})
    assert Erasure.objects.get().own_wish
    assert client.get(reverse("my_learning")).status_code == 302


def test_other_devices_are_signed_out(client: Client, jelena: User, at: datetime) -> None:
    sign_in(client, jelena)
    erase(user=jelena, own_wish=True, at=at + timedelta(days=1))
    assert client.get(reverse("my_learning")).status_code == 302
