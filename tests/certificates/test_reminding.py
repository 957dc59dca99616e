"""Who holds a certificate for a time is reminded before it ends, once."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from certificates.claims import claim_of
from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason, Sheet
from certificates.reminding import due_on, remind
from certificates.revoking import revoke
from certificates.sheets import begin_sheet
from courses.models import Enrolment
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresher
from tests.support import complete, work

pytestmark = pytest.mark.django_db

LAST_DAY = date(2029, 11, 24)


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")


@pytest.fixture
def sheet(course: SmallCourse, enrolment: Enrolment, at: datetime) -> Sheet:
    """A certificate that is valid for three years."""
    complete(enrolment, course, at)
    claim = claim_of(enrolment.pk)
    assert claim
    fields = claim.fields | {"valid_until": LAST_DAY}
    begun = begin_sheet(registration=enrolment.pk, generation=1, fields=fields, at=at)
    made = finish(begun, at=at)
    assert made
    work()
    mail.outbox.clear()
    return made


def test_the_letter_is_planned_for_sixty_days_before(sheet: Sheet) -> None:
    planned = DBTaskResult.objects.get(task_path__endswith="remind")
    assert planned.run_after == due_on(LAST_DAY)
    assert due_on(LAST_DAY).date() == LAST_DAY - timedelta(days=60)


def test_the_letter_names_certificate_day_and_course(sheet: Sheet, learner: User) -> None:
    remind.call(str(sheet.key))
    (letter,) = mail.outbox
    assert letter.to == [learner.email]
    assert sheet.serial in letter.body
    assert "24 November 2029" in letter.subject


def test_the_letter_names_the_refresher_and_leads_to_it(
    sheet: Sheet, learner: User, course: SmallCourse, at: datetime
) -> None:
    short = refresher(course, at)
    remind.call(str(sheet.key))
    (letter,) = mail.outbox
    assert "refresher “Refresher” (18 min)" in letter.body
    assert short.course.url in letter.body
    assert course.course.url not in letter.body.replace(short.course.url, "")


def test_the_letter_is_in_the_script_of_its_reader(
    sheet: Sheet, learner: User, course: SmallCourse, at: datetime
) -> None:
    refresher(course, at)
    learner.language = "sr-latn"
    learner.save()
    remind.call(str(sheet.key))
    (letter,) = mail.outbox
    assert "Obnovite ga kursom obnove znanja „Refresher“" in letter.body


def test_without_a_refresher_it_leads_to_the_course(sheet: Sheet, course: SmallCourse) -> None:
    remind.call(str(sheet.key))
    (letter,) = mail.outbox
    assert course.course.url in letter.body


def test_a_certificate_without_end_needs_no_letter(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    issue(registration=complete(enrolment, course, at).pk, at=at)
    work()
    assert not DBTaskResult.objects.filter(task_path__endswith="remind").exists()


def test_nobody_is_reminded_of_what_fell(sheet: Sheet, at: datetime) -> None:
    certificate = Certificate.objects.get()
    why = {"by": UserFactory(), "reason": Reason.ERROR, "words": "In error.", "at": at}
    revoke(certificate=certificate, **why)
    remind.call(str(sheet.key))
    assert mail.outbox == []


def test_nobody_is_reminded_who_has_a_newer_one(sheet: Sheet, at: datetime) -> None:
    held = Certificate.objects.get()
    held.pk = sheet.key.__class__(int=1)
    held.earned_at = at + timedelta(days=900)
    held.save(force_insert=True)
    remind.call(str(sheet.key))
    assert mail.outbox == []


def test_an_erased_person_gets_no_letter(sheet: Sheet, learner: User, at: datetime) -> None:
    erase(user=learner, own_wish=True, at=at)
    remind.call(str(sheet.key))
    assert mail.outbox == []
