"""What a holder is offered when a certificate ends: on the shelf, in the course, in My learning."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Certificate, Reason, Sheet
from certificates.revoking import revoke
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.support import complete, sign_in

pytestmark = pytest.mark.django_db

Ends = Callable[[int], None]


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")


@pytest.fixture
def short(course: SmallCourse, at: datetime) -> SmallCourse:
    return refresher(course, at)


@pytest.fixture
def held(
    course: SmallCourse, short: SmallCourse, enrolment: Enrolment, at: datetime
) -> Certificate:
    issue(registration=complete(enrolment, course, at).pk, at=at)
    return Certificate.objects.get()


@pytest.fixture
def ends(held: Certificate) -> Ends:
    """Let the certificate end in so many days from today."""

    def end(days: int) -> None:
        last: date = timezone.localdate() + timedelta(days=days)
        Certificate.objects.update(valid_until=last)
        Sheet.objects.update(valid_until=last)

    return end


def shown(user: User, address: str) -> str:
    return sign_in(Client(), user).get(address).content.decode()


@pytest.mark.parametrize(("days", "is_offered"), [(61, False), (60, True), (0, True), (-90, True)])
def test_the_shelf_offers_the_refresher_from_sixty_days_before(
    days: int, is_offered: bool, ends: Ends, short: SmallCourse, learner: User
) -> None:
    ends(days)
    shelf = shown(learner, reverse("my_certificates"))
    assert ("Renew: refresher Refresher, 18 min" in shelf) == is_offered
    assert (f'href="{short.course.url}"' in shelf) == is_offered


def test_what_does_not_end_is_not_renewed(held: Certificate, learner: User) -> None:
    assert "Renew: refresher" not in shown(learner, reverse("my_certificates"))
    assert "Renew your certificate" not in shown(learner, reverse("my_learning"))


def test_without_a_refresher_nothing_is_offered(
    ends: Ends, short: SmallCourse, learner: User
) -> None:
    ends(10)
    short.course.unpublish()
    assert "Renew" not in shown(learner, reverse("my_certificates"))


def test_what_was_revoked_is_not_renewed(
    held: Certificate, ends: Ends, learner: User, at: datetime
) -> None:
    ends(10)
    why = {"by": UserFactory(), "reason": Reason.ERROR, "words": "In error.", "at": at}
    revoke(certificate=held, **why)
    assert "Renew: refresher" not in shown(learner, reverse("my_certificates"))
    assert "Renew your certificate" not in shown(learner, reverse("my_learning"))


def test_my_learning_and_the_course_lead_to_it(
    ends: Ends, course: SmallCourse, short: SmallCourse, learner: User
) -> None:
    ends(30)
    for address in (reverse("my_learning"), course.course.url):
        page = shown(learner, address)
        assert "Renew your certificate: Refresher, 18 min" in page
        assert short.course.url in page


def test_the_refresher_tells_its_holder_what_it_renews(
    held: Certificate, ends: Ends, short: SmallCourse, learner: User
) -> None:
    assert f"Renews your certificate {held.serial}." in shown(learner, short.course.url)
    ends(-3)
    day = timezone.localdate() - timedelta(days=3)
    told = shown(learner, short.course.url)
    assert f"Renews your certificate {held.serial} (valid until {day.day} {day:%B %Y})." in told


def test_a_completed_refresher_says_that_it_has_renewed_and_no_more(
    held: Certificate, ends: Ends, short: SmallCourse, learner: User
) -> None:
    """Not that it renews the certificate that has just come of it."""
    ends(20)
    done = refresh(learner, short, timezone.now() - timedelta(hours=3))
    meanwhile = shown(learner, short.course.url)
    assert "Your certificate is being renewed" in meanwhile
    issue(registration=done.pk, at=timezone.now())
    renewed = Certificate.objects.exclude(key=held.key).get()
    page = shown(learner, short.course.url)
    assert f"Your certificate is renewed; the new one is {renewed.serial}." in page
    for text in (meanwhile, page):
        assert "Renews your certificate" not in text
        assert "whoever holds its certificate renews it here" not in text


def test_others_are_told_what_it_is(held: Certificate, short: SmallCourse) -> None:
    stranger = shown(UserFactory(), short.course.url)
    assert held.serial not in stranger
    assert "A short refresher of the course “Core”" in stranger


def test_it_can_be_taken_again_once_it_is_time(
    course: SmallCourse, short: SmallCourse, held: Certificate, ends: Ends, learner: User
) -> None:
    done = refresh(learner, short, timezone.now() - timedelta(hours=3))
    issue(registration=done.pk, at=timezone.now())
    assert "Take the refresher again" not in shown(learner, short.course.url)
    assert enrolled_again(learner, short) == done
    ends(20)
    assert "Take the refresher again" in shown(learner, short.course.url)
    again = enrolled_again(learner, short)
    assert again != done
    assert enrolled_again(learner, short) == again
    assert "Take the refresher again" not in shown(learner, short.course.url)


def enrolled_again(user: User, short: SmallCourse) -> Enrolment:
    browser = sign_in(Client(), user)
    browser.post(reverse("enrol", args=[short.course.translation_key]))
    return enrol(user=user, course=short.course, at=timezone.now())


def test_my_learning_asks_once_more_however_many_end(
    ends: Ends, course: SmallCourse, short: SmallCourse, learner: User
) -> None:
    browser = sign_in(Client(), learner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("my_learning"))
        return len(asked)

    ends(30)
    queries()
    with_one = queries()
    short.course.unpublish()
    queries()
    assert queries() == with_one - 1
