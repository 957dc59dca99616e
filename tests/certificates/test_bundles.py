"""A cohort's certificates in one file: gathered by a task, given up, begun anew, thrown away."""

import csv
import io
import zipfile
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from certificates.bundles import filling
from certificates.bundles.filling import begin_bundle, cancel, fill, throw_away
from certificates.errors import BeingIssued
from certificates.issuing import issue
from certificates.models import Bundle, Certificate, Reason, Sheet
from certificates.revoking import revoke
from config.roles import sync_roles
from courses.models import Cohort, Enrolment
from lrs.leases import at_work_on
from lrs.models import Statement
from people.erasure import erase
from people.models import User
from tests.cms.conftest import person, sign_in
from tests.drawing import drawn_as
from tests.factories.cohorts import join
from tests.factories.courses import SmallCourse, cohort
from tests.support import complete, work
from xapi import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: f"%PDF {sheet.serial}".encode())


@pytest.fixture
def group(course: SmallCourse, at: datetime) -> Cohort:
    sync_roles()
    return cohort(course.edition)


@pytest.fixture
def tutor(group: Cohort) -> User:
    tutor = person("trainer")
    group.tutors.add(tutor)
    return tutor


@pytest.fixture
def graduates(group: Cohort, course: SmallCourse, at: datetime) -> list[Enrolment]:
    """Three who have completed the course and have no certificate yet; a fourth still studies."""
    joined = [join(group, course, at, f"Person {number}", "") for number in range(4)]
    return [complete(one, course, at) for one in joined[:3]]


def parcel(bundle: Bundle) -> zipfile.ZipFile:
    bundle.refresh_from_db()
    return zipfile.ZipFile(io.BytesIO(bundle.file.read()))


def test_one_zip_holds_each_certificate_and_a_list(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    work()
    gathered = parcel(bundle)
    assert (bundle.state, bundle.done, bundle.total) == ("ready", 3, 3)
    sheets = list(Sheet.objects.order_by("serial"))
    assert sorted(gathered.namelist()) == [*(f"{s.serial}.pdf" for s in sheets), "certificates.csv"]
    assert gathered.read(f"{sheets[0].serial}.pdf") == f"%PDF {sheets[0].serial}".encode()
    lines = list(csv.DictReader(io.StringIO(gathered.read("certificates.csv").decode("utf-8-sig"))))
    assert {line["sha256"] for line in lines} == {sheet.sha256 for sheet in sheets}


def test_while_it_is_gathered_its_lease_goes_on(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    task = DBTaskResult.objects.get(task_path__contains="fill_bundle")
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=at - timedelta(hours=1))
    with at_work_on(task.pk):
        fill(bundle, at=at)
    task.refresh_from_db()
    assert task.started_at > at - timedelta(hours=1)


def test_asked_twice_it_is_gathered_once(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    first = begin_bundle(cohort=group, by=tutor, at=at)
    assert begin_bundle(cohort=group, by=tutor, at=at) == first
    assert DBTaskResult.objects.filter(task_path__contains="fill_bundle").count() == 1


def test_a_revoked_certificate_is_not_handed_out(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    issue(registration=graduates[0].pk, at=at)
    fallen = Certificate.objects.get()
    revoke(certificate=fallen, by=tutor, reason=Reason.ERROR, words="In error.", at=at)
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    work()
    assert f"{fallen.serial}.pdf" not in parcel(bundle).namelist()
    assert len(parcel(bundle).namelist()) == 3


def test_given_up_in_the_middle_it_leaves_no_file(
    group: Cohort,
    tutor: User,
    graduates: list[Enrolment],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filling, "_STEP", 1)
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    drawn = []

    def render(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        cancel(bundle)
        return b"%PDF"

    drawn_as(monkeypatch, render)
    fill(bundle, at=at)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file.name, len(drawn)) == ("cancelled", "", 1)


def test_a_worker_that_died_has_not_worked_in_vain(
    group: Cohort,
    tutor: User,
    graduates: list[Enrolment],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    drawn: list[Sheet] = []

    def dies_at_the_third(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        if len(drawn) == 3:
            raise SystemExit
        return b"%PDF"

    with monkeypatch.context() as patched:
        drawn_as(patched, dies_at_the_third)
        with pytest.raises(SystemExit):
            fill(bundle, at=at)
    with pytest.raises(BeingIssued):  # the third may still be drawn by somebody
        fill(bundle, at=at)
    later = at + timedelta(minutes=1)
    fill(bundle, at=later)
    assert len(parcel(bundle).namelist()) == 4
    assert Statement.objects.filter(verb=verbs.EARNED.id).count() == 3


def test_it_is_thrown_away_when_its_time_is_over_or_somebody_in_it_is_erased(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    work()
    bundle.refresh_from_db()
    storage, path = bundle.file.storage, bundle.file.name
    planned = DBTaskResult.objects.filter(task_path__contains="throw_away").get()
    assert planned.run_after > at + timedelta(days=6)
    erase(user=User.objects.get(name_latin="Person 1"), own_wish=True, at=at)
    work()
    assert not Bundle.objects.exists()
    assert not storage.exists(path)
    throw_away.call(str(bundle.key))  # a second time there is nothing to do


# --- in the CMS -----------------------------------------------------------------------------


def test_a_tutor_gathers_watches_and_downloads(
    group: Cohort, tutor: User, graduates: list[Enrolment]
) -> None:
    browser = sign_in(tutor)
    here = reverse("cohort_certificates", args=[group.pk])
    members = browser.get(reverse("cohorts:members", args=[group.pk])).content.decode()
    assert here in members
    assert "3 members have completed the course." in browser.get(here).content.decode()
    running = browser.post(reverse("begin_bundle", args=[group.pk]), follow=True).content.decode()
    assert "0 of 0" in running
    assert "Give up" in running
    work()
    assert "Download the ZIP" in browser.get(here).content.decode()
    bundle = Bundle.objects.get()
    sent = browser.get(reverse("download_bundle", args=[group.pk, bundle.key]))
    assert sent["Content-Disposition"].endswith('.zip"')
    assert b"".join(sent.streaming_content).startswith(b"PK")


def test_given_up_it_can_be_begun_again(
    group: Cohort, tutor: User, graduates: list[Enrolment]
) -> None:
    browser = sign_in(tutor)
    browser.post(reverse("begin_bundle", args=[group.pk]))
    bundle = Bundle.objects.get()
    page = browser.post(reverse("give_up_bundle", args=[group.pk, bundle.key]), follow=True)
    assert "Gather the certificates" in page.content.decode()


@pytest.mark.parametrize("who", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_elses_cohort_is_gathered(
    who: str, group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    work()
    browser = sign_in(person(who))
    for name, args in (("cohort_certificates", []), ("download_bundle", [bundle.key])):
        answer = browser.get(reverse(name, args=[group.pk, *args]))
        assert answer.status_code in (302, 403, 404)
    browser.post(reverse("begin_bundle", args=[group.pk]))
    browser.post(reverse("give_up_bundle", args=[group.pk, bundle.key]))
    assert Bundle.objects.get().is_ready


def test_an_administrators_own_bundle_is_not_the_tutors(
    group: Cohort, tutor: User, graduates: list[Enrolment], at: datetime, client: Client
) -> None:
    bundle = begin_bundle(cohort=group, by=tutor, at=at)
    work()
    browser = sign_in(person("administrator"))
    address = reverse("download_bundle", args=[group.pk, bundle.key])
    assert browser.get(address, follow=True).status_code == 404
    assert browser.get(reverse("cohort_certificates", args=[group.pk])).status_code == 200
