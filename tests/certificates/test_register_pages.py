"""The register in the CMS: found, read, corrected and revoked there; by administrators alone."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates.claims import claim_of
from certificates.issuing import issue
from certificates.models import Certificate, Decision, Sheet
from certificates.renewing import begin_renewal
from config.roles import sync_roles
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from tests.cms.conftest import person, sign_in
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.support import complete, work

pytestmark = pytest.mark.django_db

WHY = {"reason": "name", "words": "Spelled wrongly in the list of the institution."}
ERROR = {"reason": "error", "words": "Two people of one name.", "sure": "on"}


@pytest.fixture(autouse=True)
def roles(course: SmallCourse) -> None:
    sync_roles()


@pytest.fixture
def certificate(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Certificate:
    drawn_as(monkeypatch, lambda sheet: sheet.name_latin.encode())
    issue(registration=complete(enrolment, course, at).pk, at=at)
    return Certificate.objects.get()


@pytest.fixture
def administrator(course: SmallCourse) -> Client:
    return sign_in(person("administrator"))


def page(browser: Client, certificate: Certificate) -> str:
    address = reverse("certificate_in_cms", args=[certificate.key])
    return browser.get(address).content.decode()


def decide(browser: Client, certificate: Certificate, act: str, **form: str) -> str:
    address = reverse("decide_certificate", args=[certificate.key])
    sent = {f"{act}-{name}": value for name, value in form.items()} | {act: "1"}
    return browser.post(address, sent, follow=True).content.decode()


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_but_administrators_gets_in(
    role: str, certificate: Certificate, course: SmallCourse
) -> None:
    browser = sign_in(person(role))
    for name, args in (("certificate_register", []), ("certificate_in_cms", [certificate.key])):
        assert "PTK-" not in browser.get(reverse(name, args=args), follow=True).content.decode()
    decide(browser, certificate, "revoke", **ERROR)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "words", ["Узорковић", "uzorkov", "uzorkovic", "UZORKOVIĆ", "PTK-2026", "code", ""]
)
def test_a_certificate_is_found_by_name_serial_or_code(
    words: str, certificate: Certificate, administrator: Client
) -> None:
    typed = Sheet.objects.get().code.lower().replace("-", " ") if words == "code" else words
    listed = administrator.get(reverse("certificate_register"), {"q": typed}).content.decode()
    assert certificate.serial in listed


def test_what_nobody_has_finds_nothing(certificate: Certificate, administrator: Client) -> None:
    listed = administrator.get(reverse("certificate_register"), {"q": "Nobody"}).content.decode()
    assert certificate.serial not in listed
    assert "No certificate is here" in listed


def test_the_list_asks_as_often_for_three_as_for_one(
    certificate: Certificate,
    course: SmallCourse,
    administrator: Client,
    at: datetime,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            administrator.get(reverse("certificate_register"))
        return len(asked)

    one = queries()
    for _ in range(2):
        enrolment = enrol(user=UserFactory(), course=course.course, at=at)
        issue(registration=complete(enrolment, course, at).pk, at=at)
    assert queries() == one


def test_a_name_is_corrected_and_both_papers_tell_it(
    certificate: Certificate, learner: User, administrator: Client
) -> None:
    assert "change it in the account first" in page(administrator, certificate)
    learner.name_latin = "Jelena Novaković"
    learner.save()
    shown = page(administrator, certificate)
    assert "Jelena Uzorković" in shown
    assert "Jelena Novaković" in shown
    answer = decide(administrator, certificate, "correct", **WHY)
    assert "the corrected certificate is being drawn" in answer.lower()
    assert "A corrected certificate is being drawn" in page(administrator, certificate)
    work()
    after = page(administrator, certificate)
    assert "replaced" in after
    assert "was issued in place of the one before" in after
    assert WHY["words"] in after


def test_revoking_takes_a_reason_and_cannot_be_done_twice(
    certificate: Certificate, administrator: Client
) -> None:
    for missing in ERROR:
        how = {**ERROR, missing: ""}
        assert "This field is required." in decide(administrator, certificate, "revoke", **how)
    corrected = {**ERROR, "reason": "name"}
    assert "Select a valid choice" in decide(administrator, certificate, "revoke", **corrected)
    assert not Decision.objects.exists()
    assert "The certificate is revoked." in decide(administrator, certificate, "revoke", **ERROR)
    again = decide(administrator, certificate, "revoke", **ERROR)
    assert "This certificate was revoked or replaced already." in again
    listed = administrator.get(reverse("certificate_register"), {"status": "revoked"})
    assert certificate.serial in listed.content.decode()
    assert certificate.serial not in (
        administrator.get(reverse("certificate_register"), {"status": "valid"}).content.decode()
    )


def test_what_ends_within_sixty_days_is_listed_apart(
    certificate: Certificate, administrator: Client
) -> None:
    today = timezone.localdate()
    cases = {-1: False, 0: True, 60: True, 61: False}
    for days, is_there in cases.items():
        Certificate.objects.update(valid_until=today + timedelta(days=days))
        listed = administrator.get(reverse("certificate_register"), {"status": "ending"})
        assert (certificate.serial in listed.content.decode()) == is_there, days


def test_what_replaced_what_and_why_is_told(
    certificate: Certificate,
    course: SmallCourse,
    learner: User,
    administrator: Client,
    at: datetime,
) -> None:
    done = refresh(learner, refresher(course, at), at + timedelta(days=500))
    new = issue(registration=done.pk, at=at + timedelta(days=500))
    assert new
    shown = page(administrator, certificate)
    assert "renewed" in shown
    assert "was issued in place of the one before: renewed with the refresher “Refresher”" in shown
    for status, is_there in (("renewed", True), ("replaced", False), ("valid", False)):
        listed = administrator.get(reverse("certificate_register"), {"status": status})
        words = listed.content.decode()
        assert (certificate.serial in words) == is_there
        assert (f">{new.serial}</a>" in words) == (status != "replaced")


def test_while_a_renewal_is_drawn_nothing_is_offered(
    certificate: Certificate,
    course: SmallCourse,
    learner: User,
    administrator: Client,
    at: datetime,
) -> None:
    done = refresh(learner, refresher(course, at), at + timedelta(days=500))
    claim = claim_of(done.pk)
    assert claim
    begin_renewal(claim, at=at + timedelta(days=500))
    shown = page(administrator, certificate)
    assert "A renewed certificate is being drawn" in shown
    assert "Explanation" not in shown
    answer = decide(administrator, certificate, "revoke", **ERROR)
    assert "being replaced at this moment" in answer
    assert not Decision.objects.exists()


def test_expired_ones_are_listed_apart(
    certificate: Certificate, administrator: Client, at: datetime
) -> None:
    Certificate.objects.update(valid_until=at.date() - timedelta(days=400))
    for status, is_there in (("expired", True), ("valid", False), ("revoked", False)):
        listed = administrator.get(reverse("certificate_register"), {"status": status})
        assert (certificate.serial in listed.content.decode()) == is_there


def test_the_way_to_it_stands_in_the_menu(certificate: Certificate, administrator: Client) -> None:
    assert reverse("certificate_register") in administrator.get("/cms/").content.decode()
    trainer = sign_in(person("trainer"))
    assert reverse("certificate_register") not in trainer.get("/cms/").content.decode()


def test_an_administrator_opens_the_paper_and_nobody_else_does(
    certificate: Certificate, administrator: Client
) -> None:
    address = reverse("certificate_paper", args=[certificate.key])
    answer = administrator.get(address)
    assert b"".join(answer) == b"Jelena Uzorkovi\xc4\x87"
    assert sign_in(person("trainer")).get(address).status_code in (302, 403)


def test_the_account_is_one_step_away(
    certificate: Certificate, learner: User, administrator: Client
) -> None:
    way = reverse("wagtailusers_users:edit", args=[learner.pk])
    assert way in page(administrator, certificate)
