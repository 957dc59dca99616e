"""Whose certificate was corrected, renewed or revoked hears of it from us first."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from certificates.issuing import issue
from certificates.models import Certificate, Reason, Sheet
from certificates.revoking import correct, revoke
from courses.models import Enrolment
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.support import complete, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Certificate:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    issue(registration=complete(enrolment, course, at).pk, at=at)
    work()
    mail.outbox.clear()
    return Certificate.objects.get()


def test_a_first_certificate_brings_no_letter(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    complete(enrolment, course, at)
    work()
    assert Sheet.objects.get().sha256
    assert mail.outbox == []


def test_a_correction_is_told_with_the_new_serial(
    certificate: Certificate, learner: User, at: datetime
) -> None:
    learner.name_latin = "Jelena Novaković"
    learner.save()
    why = {"reason": Reason.NAME, "words": "Married."}
    correct(certificate=certificate, by=UserFactory(), at=at, **why)
    work()
    (letter,) = mail.outbox
    assert letter.to == [learner.email]
    assert letter.subject == "Your corrected certificate"
    assert Sheet.objects.get(generation=2).serial in letter.body
    assert "Married" not in letter.body


def test_a_renewal_is_told_in_the_script_of_its_reader(
    certificate: Certificate, course: SmallCourse, learner: User, at: datetime
) -> None:
    learner.language = "sr-latn"
    learner.save()
    later = at + timedelta(days=500)
    done = refresh(learner, refresher(course, at), later)
    issue(registration=done.pk, at=later)
    work()
    (letter,) = [one for one in mail.outbox if "obnovljen" in one.subject]
    assert Sheet.objects.get(generation=2).serial in letter.body
    assert "Poštovani," in letter.body


def test_a_revocation_is_told_with_the_kind_of_reason_and_no_word_more(
    certificate: Certificate, learner: User, at: datetime
) -> None:
    learner.language = "sr"
    learner.save()
    why = {"reason": Reason.ERROR, "words": "Two people of one name."}
    revoke(certificate=certificate, by=UserFactory(), at=at, **why)
    work()
    (letter,) = mail.outbox
    assert certificate.serial in letter.subject
    assert "Издат је грешком." in letter.body
    assert "Two people" not in letter.body


def test_nobody_is_written_to_once_erased(
    certificate: Certificate, learner: User, at: datetime
) -> None:
    why = {"reason": Reason.ERROR, "words": "Two people of one name."}
    revoke(certificate=certificate, by=UserFactory(), at=at, **why)
    erase(user=learner, own_wish=True, at=at)
    mail.outbox.clear()
    work()
    assert mail.outbox == []
