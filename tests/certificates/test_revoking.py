"""What becomes of a certificate: corrected, revoked, expired; each of it once, and in the log."""

from datetime import date, datetime, timedelta

import pytest

from certificates.errors import HolderUnknown, NothingToCorrect, NotStanding, WordsMissing
from certificates.issuing import issue
from certificates.models import Certificate, Decision, Reason, Sheet
from certificates.revoking import correct, corrections_of, revoke
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences, found_amiss
from people.actors import actor_id
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import complete, work
from xapi import verbs

pytestmark = pytest.mark.django_db

WHY = "The name was spelled wrongly in the list of the institution."


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: f"%PDF {sheet.serial} {sheet.name_latin}".encode())


@pytest.fixture
def first(course: SmallCourse, enrolment: Enrolment, at: datetime) -> Certificate:
    issue(registration=complete(enrolment, course, at).pk, at=at)
    return Certificate.objects.get()


@pytest.fixture
def administrator() -> User:
    return UserFactory()


def renamed(learner: User) -> None:
    learner.name_latin = "Jelena Uzorković Novaković"
    learner.save()


def today(at: datetime) -> date:
    return at.date()


def test_a_corrected_name_brings_a_second_sheet_and_the_first_is_replaced(
    first: Certificate, learner: User, administrator: User, at: datetime
) -> None:
    renamed(learner)
    later = at + timedelta(days=3)
    sheet = correct(certificate=first, by=administrator, reason=Reason.NAME, words=WHY, at=later)
    first.refresh_from_db()
    assert first.status(today(later)) == "valid"  # until the new one is there
    work()
    first.refresh_from_db()
    second = Certificate.objects.get(key=sheet.key)
    assert (first.status(today(later)), second.status(today(later))) == ("replaced", "valid")
    assert first.replaced_by == second.key
    sheet.refresh_from_db()
    old = Sheet.objects.get(key=first.key)
    assert (old.name_latin, sheet.name_latin) == ("Jelena Uzorković", learner.name_latin)
    assert (sheet.completed_on, sheet.minutes) == (old.completed_on, old.minutes)
    assert sheet.course_key == first.course_key
    assert sheet.serial != old.serial
    assert sheet.code != old.code
    assert (differences(), found_amiss()) == ([], [])


def test_the_log_says_what_replaces_what_and_keeps_the_words_out(
    first: Certificate, learner: User, administrator: User, at: datetime
) -> None:
    renamed(learner)
    correct(certificate=first, by=administrator, reason=Reason.NAME, words=WHY, at=at)
    work()
    log = Statement.objects.filter(verb=verbs.EARNED.id).order_by("stored", "id")
    said = [Event.of(row) for row in log]
    (second,) = [event for event in said if "replaces" in event.facts]
    decision = Decision.objects.get()
    assert second.facts["replaces"] == str(first.key)
    assert (second.facts["reason"], second.facts["words"]) == ("name", str(decision.key))
    assert second.facts["by"] == str(actor_id(administrator))
    for private in (WHY, learner.name_latin, learner.name_cyrillic):
        assert not any(private in event.text for event in said)


def test_where_nothing_would_be_printed_differently_nothing_is_corrected(
    first: Certificate, administrator: User, at: datetime
) -> None:
    with pytest.raises(NothingToCorrect):
        correct(certificate=first, by=administrator, reason=Reason.NAME, words=WHY, at=at)
    assert not Decision.objects.exists()


def test_what_would_change_can_be_seen_before(first: Certificate, learner: User) -> None:
    renamed(learner)
    sheet = Sheet.objects.get()
    assert corrections_of(sheet) == {"name_latin": ("Jelena Uzorković", learner.name_latin)}


def test_a_revoked_certificate_stays_in_the_register_with_day_and_reason(
    first: Certificate, administrator: User, at: datetime
) -> None:
    later = at + timedelta(days=1)
    revoke(certificate=first, by=administrator, reason=Reason.ERROR, words=WHY, at=later)
    first.refresh_from_db()
    assert (first.status(today(later)), first.revoked_at) == ("revoked", later)
    said = Event.of(Statement.objects.get(verb=verbs.REVOKED.id))
    assert said.facts["reason"] == "error"
    assert WHY not in said.text
    assert differences() == []


def test_what_fell_once_cannot_fall_again(
    first: Certificate, learner: User, administrator: User, at: datetime
) -> None:
    renamed(learner)
    how = {"by": administrator, "words": WHY, "at": at}
    correct(certificate=first, reason=Reason.NAME, **how)
    with pytest.raises(NotStanding):  # decided, though the new sheet is not drawn yet
        revoke(certificate=first, reason=Reason.ERROR, **how)
    work()
    with pytest.raises(NotStanding):
        correct(certificate=first, reason=Reason.NAME, **how)
    assert Statement.objects.filter(verb=verbs.REVOKED.id).count() == 0
    assert Sheet.objects.count() == 2


def test_nobody_decides_without_a_word(
    first: Certificate, administrator: User, at: datetime
) -> None:
    with pytest.raises(WordsMissing):
        revoke(certificate=first, by=administrator, reason=Reason.OTHER, words="  ", at=at)
    assert not Statement.objects.filter(verb=verbs.REVOKED.id).exists()


def test_there_is_no_name_to_correct_of_somebody_erased(
    first: Certificate, learner: User, administrator: User, at: datetime
) -> None:
    erase(user=learner, own_wish=True, at=at)
    with pytest.raises(HolderUnknown):
        correct(certificate=first, by=administrator, reason=Reason.NAME, words=WHY, at=at)
    revoke(certificate=first, by=administrator, reason=Reason.ERROR, words=WHY, at=at)
    first.refresh_from_db()
    assert first.status(today(at)) == "revoked"


def test_a_certificate_that_is_valid_for_a_time_expires_after_its_last_day(
    first: Certificate,
) -> None:
    first.valid_until = date(2029, 11, 24)
    assert first.status(date(2029, 11, 24)) == "valid"
    assert first.status(date(2029, 11, 25)) == "expired"
