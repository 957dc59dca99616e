"""A certificate renewed by a short refresher: decided once, said in the log, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from certificates import issuing
from certificates.bundles.filling import begin_bundle, fill
from certificates.claims import Claim, claim_of
from certificates.credential.status import revocation_list
from certificates.errors import BeingIssued, BeingReplaced
from certificates.issuing import finish, issue, issue_for_completion
from certificates.models import Certificate, Decision, Reason, Sheet
from certificates.personal import collect
from certificates.renewing import begin_renewal
from certificates.revoking import correct, revoke
from certificates.sharing import share
from certificates.verification import as_data, verify
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences, found_amiss, rebuild
from people.actors import actor_id
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.certificate_templates import template_of
from tests.factories.courses import SmallCourse, cohort, small_course
from tests.factories.people import UserFactory
from tests.factories.refreshers import NEW_LAW, refresh, refresher
from tests.support import complete, sign_in, work
from xapi import types, verbs

pytestmark = pytest.mark.django_db

# Completed on 24 November 2026, valid for 18 months; refreshed a fortnight before the last day.
LAST_DAY = date(2028, 5, 24)
THEN = datetime(2028, 5, 12, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    drawn: list[Sheet] = []

    def render(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        return f"%PDF {sheet.serial} {sheet.name_latin}".encode()

    drawn_as(monkeypatch, render)
    return drawn


@pytest.fixture
def short(course: SmallCourse, at: datetime) -> SmallCourse:
    template_of(course.course, validity_months=18)
    return refresher(course, at)


@pytest.fixture
def first(
    course: SmallCourse, short: SmallCourse, enrolment: Enrolment, at: datetime
) -> Certificate:
    issue(registration=complete(enrolment, course, at).pk, at=at)
    return Certificate.objects.get()


@pytest.fixture
def refreshed(first: Certificate, short: SmallCourse, learner: User) -> Enrolment:
    """The holder has completed the refresher; no worker has come by yet."""
    return refresh(learner, short, THEN)


def renewed(refreshed: Enrolment, at: datetime = THEN) -> Sheet:
    sheet = issue(registration=refreshed.pk, at=at)
    assert sheet
    return sheet


def earned() -> list[Event]:
    log = Statement.objects.filter(verb=verbs.EARNED.id).order_by("stored", "id")
    return [Event.of(row) for row in log]


def test_what_was_earned_stays_and_what_was_refreshed_is_new(
    first: Certificate, refreshed: Enrolment, short: SmallCourse
) -> None:
    old, new = Sheet.objects.get(), renewed(refreshed)
    for name in ("registration", "course_key", "course_title_sr", "edition", "minutes", "modules"):
        assert getattr(new, name) == getattr(old, name), name
    assert (new.certificate_class, new.score_band) == (old.certificate_class, old.score_band)
    assert new.completed_on == old.completed_on
    assert old.valid_until == LAST_DAY
    assert (new.renewed_on, new.valid_until) == (THEN.date(), date(2029, 11, 12))
    assert (new.law_as_of, new.refresher_minutes) == (NEW_LAW, 18)
    assert (new.refresher_title_en, new.refresher_edition) == ("Refresher", 1)
    assert new.refresher_key == short.course.translation_key
    assert (new.generation, new.replaces, new.corrects) == (2, old.key, "")
    assert new.serial != old.serial
    assert new.code != old.code


def test_completing_the_refresher_is_all_it_takes(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    work()
    first.refresh_from_db()
    new = Certificate.objects.get(key=first.replaced_by)
    assert first.status(THEN.date()) == "renewed"
    assert new.status(THEN.date()) == "valid"
    assert (new.actor, new.registration) == (actor_id(learner), first.registration)
    assert (new.renewed_on, new.course_key) == (THEN.date(), first.course_key)
    assert not Certificate.objects.filter(registration=refreshed.pk).exists()
    assert (differences(), found_amiss()) == ([], [])
    assert not DBTaskResult.objects.failed().exists()


def test_an_expired_certificate_is_renewed_as_well(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    late = THEN + timedelta(days=400)
    assert first.status(late.date()) == "expired"
    new = renewed(refresh(learner, short, late), late)
    assert new.replaces == first.key
    assert new.valid_until == date(2030, 12, 16)


def test_the_log_says_what_renewed_what_and_keeps_names_out(
    first: Certificate, refreshed: Enrolment, short: SmallCourse, learner: User
) -> None:
    renewed(refreshed)
    said = earned()[-1]
    assert said.registration == first.registration
    assert said.course == first.course_key
    expected = {
        "renews": str(first.key),
        "renewed-on": "2028-05-12",
        "refresher": str(short.course.translation_key),
        "refresher-edition": 1,
        "refresher-minutes": 18,
        "refresher-registration": str(refreshed.pk),
        "law-as-of": "2028-05-01",
        "valid-until": "2029-11-12",
        "generation": 2,
    }
    assert {name: said.facts[name] for name in expected} == expected
    assert "replaces" not in said.facts
    for private in (learner.name_latin, learner.name_cyrillic, "Refresher"):
        assert private not in said.text


def test_the_register_is_folded_from_the_log_alone(
    first: Certificate, refreshed: Enrolment
) -> None:
    renewed(refreshed)
    before = list(Certificate.objects.order_by("pk").values())
    rebuild()
    assert list(Certificate.objects.order_by("pk").values()) == before
    assert {one["is_renewed"] for one in before} == {True, False}


def test_replayed_nothing_is_renewed_twice(
    first: Certificate, refreshed: Enrolment, drawn_quickly: list[Sheet]
) -> None:
    new = renewed(refreshed)
    said = Statement.objects.get(
        registration=refreshed.pk, verb=verbs.COMPLETED.id, activity_type=types.COURSE
    )
    for _ in range(3):
        issue_for_completion.call(str(said.id))
    work()
    assert issue(registration=refreshed.pk, at=THEN + timedelta(days=900)) == new
    assert Sheet.objects.count() == len(earned()) == len(drawn_quickly) == 2


def test_of_two_workers_that_race_one_draws_and_the_other_comes_again(
    first: Certificate, refreshed: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(sheet: Sheet) -> bytes:
        with pytest.raises(BeingIssued):
            issue(registration=refreshed.pk, at=THEN + timedelta(seconds=1))
        return b"%PDF"

    drawn_as(monkeypatch, render)
    new = renewed(refreshed)
    assert issue(registration=refreshed.pk, at=THEN) == new
    assert Sheet.objects.count() == len(earned()) == 2


def test_a_worker_that_died_before_drawing_leaves_the_same_renewal_to_another(
    first: Certificate, refreshed: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "draw_sheet", None)
        with pytest.raises(TypeError):
            issue(registration=refreshed.pk, at=THEN)
    begun = Sheet.objects.get(sha256="")
    assert begun.refresher_registration == refreshed.pk
    first.refresh_from_db()
    assert first.status(THEN.date()) == "valid"  # until the new one is there
    assert renewed(refreshed, THEN + timedelta(minutes=5)).key == begun.key
    assert Sheet.objects.count() == 2


def test_a_worker_that_died_before_it_could_say_so_is_made_good(
    first: Certificate,
    refreshed: Enrolment,
    drawn_quickly: list[Sheet],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "_record_earned", None)
        with pytest.raises(TypeError):
            issue(registration=refreshed.pk, at=THEN)
    assert len(earned()) == 1
    work()
    assert len(earned()) == len(drawn_quickly) == 2


def test_without_a_certificate_the_refresher_gives_its_own(
    course: SmallCourse, short: SmallCourse, learner: User
) -> None:
    own = renewed(refresh(learner, short, THEN))
    assert (own.course_title_en, own.generation, own.renewed_on) == ("Refresher", 1, None)
    assert (own.minutes, own.valid_until) == (18, None)
    assert "renews" not in earned()[-1].facts


def test_what_was_decided_stays_decided(
    course: SmallCourse, short: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    done = refresh(learner, short, at)
    own = renewed(done, at)
    held = issue(registration=complete(enrolment, course, THEN).pk, at=THEN)
    assert held
    assert issue(registration=done.pk, at=THEN) == own
    assert Certificate.objects.standing().count() == 2


def test_somebody_elses_certificate_is_never_renewed(
    first: Certificate, short: SmallCourse
) -> None:
    stranger = UserFactory()
    own = renewed(refresh(stranger, short, THEN))
    assert own.course_title_en == "Refresher"
    first.refresh_from_db()
    assert first.replaced_by is None


def test_a_certificate_of_another_course_is_not_renewed(
    first: Certificate, learner: User, at: datetime
) -> None:
    of_another = refresher(small_course(at, slug="another"), at, slug="of-another")
    assert renewed(refresh(learner, of_another, THEN)).course_title_en == "Of-another"
    first.refresh_from_db()
    assert first.replaced_by is None


def test_what_the_edition_promised_is_kept_when_the_page_says_otherwise_now(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    enrol(user=learner, course=short.course, at=THEN - timedelta(days=1))
    short.course.refresher_of = None
    short.course.save_revision().publish()
    publish_edition(course=short.course, at=THEN)
    assert renewed(refresh(learner, short, THEN)).replaces == first.key


def test_two_refreshers_at_once_renew_one_after_the_other(
    first: Certificate, refreshed: Enrolment, course: SmallCourse, learner: User, at: datetime
) -> None:
    begun = begin_renewal(claim(refreshed), at=THEN)
    assert begun
    other = refresh(learner, refresher(course, at, slug="other"), THEN)
    with pytest.raises(BeingReplaced):
        issue(registration=other.pk, at=THEN)
    assert renewed(refreshed) == begun
    assert renewed(other).replaces == begun.key
    assert Certificate.objects.standing().count() == 1


def claim(enrolment: Enrolment) -> Claim:
    found = claim_of(enrolment.pk)
    assert found
    return found


def test_a_revoked_certificate_is_not_renewed(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    why = {"by": UserFactory(), "reason": Reason.ERROR, "words": "In error.", "at": THEN}
    revoke(certificate=first, **why)
    assert renewed(refresh(learner, short, THEN)).course_title_en == "Refresher"


def test_of_a_corrected_certificate_the_correction_is_renewed(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    second = corrected(first, learner)
    new = renewed(refresh(learner, short, THEN))
    assert (new.replaces, new.generation, new.corrects) == (second.key, 3, "")
    assert new.name_latin == learner.name_latin


def corrected(certificate: Certificate, learner: User, at: datetime = THEN) -> Sheet:
    learner.name_latin = f"{learner.name_latin}-Novaković"
    learner.save()
    why = {"by": UserFactory(), "reason": Reason.NAME, "words": "Misspelt.", "at": at}
    sheet = finish(correct(certificate=certificate, **why), at=at)
    assert sheet
    return sheet


def test_a_correction_keeps_what_the_renewal_says(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    new = renewed(refreshed)
    again = corrected(Certificate.objects.get(key=new.key), learner, THEN + timedelta(days=3))
    assert (again.renewed_on, again.refresher_title_en) == (new.renewed_on, "Refresher")
    assert (again.law_as_of, again.valid_until) == (new.law_as_of, new.valid_until)
    assert (again.corrects, again.refresher_registration) == (new.serial, None)
    said = earned()[-1].facts
    assert (said["replaces"], said["renewed-on"]) == (str(new.key), "2028-05-12")
    assert "renews" not in said
    statuses = [one.status(THEN.date()) for one in Certificate.objects.order_by("serial")]
    assert statuses == ["renewed", "replaced", "valid"]
    assert (differences(), found_amiss()) == ([], [])
    # The refresher is done: it brings nothing more, and its completion leads to the same renewal.
    assert issue(registration=refreshed.pk, at=THEN) == new


def test_it_is_renewed_again_and_again(
    first: Certificate, refreshed: Enrolment, short: SmallCourse, learner: User
) -> None:
    new = renewed(refreshed)
    later = THEN + timedelta(days=530)
    again = renewed(refresh(learner, short, later), later)
    assert (again.replaces, again.generation) == (new.key, 3)
    assert again.renewed_on == later.date()
    assert [one.is_renewed for one in Certificate.objects.order_by("serial")] == [True, True, False]
    told = verify(Sheet.objects.get(key=first.key).code)
    assert told
    assert told.successor == again.serial
    assert differences() == []


def test_while_it_is_being_renewed_nobody_decides_about_it(
    first: Certificate, refreshed: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = {"by": UserFactory(), "reason": Reason.ERROR, "words": "In error.", "at": THEN}

    def render(sheet: Sheet) -> bytes:
        with pytest.raises(BeingReplaced):
            revoke(certificate=first, **why)
        return b"%PDF"

    drawn_as(monkeypatch, render)
    new = renewed(refreshed)
    assert not Decision.objects.exists()
    revoke(certificate=Certificate.objects.get(key=new.key), **why)


def test_while_it_is_being_corrected_the_renewal_waits(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    learner.name_latin = "Jelena Novaković"
    learner.save()
    why = {"by": UserFactory(), "reason": Reason.NAME, "words": "Misspelt.", "at": THEN}
    begun = correct(certificate=first, **why)
    with pytest.raises(BeingReplaced):
        issue(registration=refreshed.pk, at=THEN)
    finish(begun, at=THEN)
    assert renewed(refreshed).replaces == begun.key


def test_the_newest_certificate_is_renewed_if_there_are_several(
    first: Certificate, refreshed: Enrolment
) -> None:
    older = Certificate.objects.get(key=first.key)
    older.key, older.serial = refreshed.pk, "PTK-2020-0000001"
    older.earned_at = THEN - timedelta(days=3000)
    older.save(force_insert=True)
    assert renewed(refreshed).replaces == first.key


def test_of_somebody_erased_nothing_is_renewed_and_nothing_stays(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    erase(user=learner, own_wish=True, at=THEN)
    assert issue(registration=refreshed.pk, at=THEN) is None
    assert Sheet.objects.count() == 1


def test_erased_afterwards_the_renewed_one_loses_its_name_too(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    new = renewed(refreshed)
    actor = actor_id(learner)
    (_, told) = collect(learner, actor)
    assert (told["renewed_on"], told["refresher_title_en"]) == (THEN.date(), "Refresher")
    erase(user=learner, own_wish=True, at=THEN)
    work()
    new.refresh_from_db()
    assert (new.name_latin, new.name_cyrillic, new.file.name) == ("", "", "")
    assert verify(new.code)
    assert found_amiss() == []


def test_who_verifies_the_old_one_is_told_that_it_was_renewed(
    first: Certificate, refreshed: Enrolment
) -> None:
    new, old = renewed(refreshed), Sheet.objects.get(key=first.key)
    shown = Client().get(reverse("verify_code", args=[old.code])).content.decode()
    assert "This certificate was renewed" in shown
    assert "Renewed; the new one is" in shown
    assert new.serial in shown
    assert "was replaced by another" not in shown
    now = Client().get(reverse("verify_code", args=[new.code])).content.decode()
    assert "This certificate was renewed" not in now
    assert "Renewed on" in now
    assert "18 min" in now


def test_machines_are_told_as_well(first: Certificate, refreshed: Enrolment) -> None:
    new, old = renewed(refreshed), Sheet.objects.get(key=first.key)
    before, after = verify(old.code), verify(new.code)
    assert before
    assert after
    assert (as_data(before)["status"], as_data(before)["replacedBy"]) == ("renewed", new.serial)
    assert as_data(before)["refresher"] is None
    assert as_data(after)["renewed"] == "2028-05-12"
    assert as_data(after)["refresher"]["minutes"] == 18
    (entry,) = revocation_list(old, before.status)["revokedCredential"]
    assert entry["revocationReason"].startswith("renewed")


def test_a_shared_address_of_the_old_one_names_the_new(
    first: Certificate, refreshed: Enrolment
) -> None:
    old = Sheet.objects.get()
    token = share(old)
    new = renewed(refreshed)
    shown = Client().get(reverse("shared_certificate", args=[token])).content.decode()
    assert new.serial in shown
    assert new.code not in shown


def test_the_shelf_tells_the_new_one_from_the_old(
    first: Certificate, refreshed: Enrolment, learner: User
) -> None:
    new = renewed(refreshed)
    shown = sign_in(Client(), learner).get(reverse("my_certificates")).content.decode()
    assert shown.index(new.serial) < shown.index(first.serial)
    assert "Renewed; the new one is" in shown
    assert "renewed on 12 May 2028" in shown


def test_the_shelf_asks_as_often_for_three_as_for_one(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    browser = sign_in(Client(), learner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("my_certificates"))
        return len(asked)

    queries()
    one = queries()
    for years in (0, 2):
        day = THEN + timedelta(days=365 * years)
        renewed(refresh(learner, short, day), day)
    assert queries() == one


def test_a_cohort_of_the_refresher_gathers_what_it_renewed(
    first: Certificate, short: SmallCourse, learner: User
) -> None:
    group = cohort(short.edition)
    done = refresh(learner, short, THEN)
    Enrolment.objects.filter(pk=done.pk).update(cohort_key=group.key)
    bundle = begin_bundle(cohort=group, by=UserFactory(), at=THEN)
    fill(bundle, at=THEN)
    bundle.refresh_from_db()
    assert bundle.is_ready
    new = Sheet.objects.get(generation=2)
    assert new.serial.encode() in bundle.file.read()


def test_the_template_of_today_says_how_long(
    first: Certificate, refreshed: Enrolment, course: SmallCourse
) -> None:
    def change(**fields: Any) -> None:
        template = course.course.templatecourse_set.get().template
        for name, value in fields.items():
            setattr(template, name, value)
        template.save_revision().publish()

    change(validity_months=6)
    new = renewed(refreshed)
    assert new.valid_until == date(2028, 11, 12)
    assert new.template_revision_id != Sheet.objects.get(key=first.key).template_revision_id
