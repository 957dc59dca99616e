"""The feed of completions: filled once, then kept in step; nothing is missed, nothing stays."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason
from certificates.revoking import correct, revoke
from courses.enrolment import join_cohort, withdraw
from lrs.log import record
from lrs.models import Statement
from people.actors import actor_id, person_key
from people.erasure import erase
from people.models import Mandate, User
from reports.models import CompletionChange
from tests.factories.certificate_templates import template_of
from tests.factories.courses import cohort
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.reports.conftest import Justice
from tests.reports.copies import Copy
from tests.reports.feed.told import MARKS, person, same
from tests.support import complete, read, sign_in, take
from xapi import statements, verbs

pytestmark = MARKS


def test_a_copy_is_filled_page_by_page_and_each_row_comes_once(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    made = {str(justice.learner().pk) for _ in range(5)}
    sizes = []
    for _ in range(4):
        sizes.append(len(copy.page(limit=2)))
    assert sizes == [2, 2, 1, 0]
    assert copy.held.keys() == made
    assert (copy.last["more"], copy.last["rows"]) == (False, [])
    assert same(copy, mandate)
    assert copy.pull() == []


def test_each_thing_that_happens_comes_as_a_row(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    copy.pull()
    enrolment = justice.learner()
    key = str(enrolment.pk)
    assert copy.told() == [(key, "new")]
    group = cohort(justice.course.edition)
    join_cohort(enrolment=enrolment, cohort=group, at=at)
    assert copy.told() == [(key, "changed")]
    assert copy.held[key]["cohort"] == group.name
    read(enrolment, justice.course.lessons[0], at)
    assert copy.told() == [(key, "started")]
    take(enrolment, justice.course.quizzes[1], at, right=False)
    assert copy.told() == [(key, "tested")]
    complete(enrolment, justice.course, at + timedelta(days=1))
    assert copy.told()[-1] == (key, "completed")
    assert copy.held[key]["status"] == "completed"
    issue(registration=enrolment.pk, at=at)
    assert copy.told() == [(key, "certified")]
    assert copy.held[key]["certificate"]
    assert same(copy, mandate)


def test_what_only_shows_that_somebody_is_there_is_no_change(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    enrolment = justice.learner()
    read(enrolment, justice.course.lessons[0], at)
    copy.pull()
    before = CompletionChange.objects.count()
    read(enrolment, justice.course.lessons[1], at + timedelta(days=1))
    assert CompletionChange.objects.count() == before
    assert copy.told() == []


def test_who_leaves_comes_as_withdrawn(justice: Justice, copy: Copy, at: datetime) -> None:
    enrolment = justice.learner()
    copy.pull()
    withdraw(user=person(enrolment), enrolment=enrolment, at=at)
    assert copy.told() == [(str(enrolment.pk), "withdrawn")]


def test_corrections_and_revocations_say_why_and_who(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    issue(registration=enrolment.pk, at=at)
    copy.pull()
    admin = UserFactory()
    author = person_key(actor_id(admin), mandate.audience_key)
    User.objects.filter(actor=enrolment.learner).update(name_latin="Another Name")
    why = {"by": admin, "words": "Misspelt.", "at": at}
    first = Certificate.objects.get()
    finish(correct(certificate=first, reason=Reason.NAME, **why), at=at)
    [corrected] = copy.pull()
    told = (corrected["change"], corrected["reason"], corrected["author"])
    assert told == ("corrected", "name", author)
    assert corrected["replaces"] == first.serial
    assert corrected["completion"]["certificate"] != first.serial
    second = Certificate.objects.get(replaced_by=None)
    revoke(certificate=second, reason=Reason.ERROR, **why)
    [revoked] = copy.pull()
    told = (revoked["change"], revoked["reason"], revoked["author"])
    assert told == ("revoked", "error", author)
    assert revoked["replaces"] == second.serial
    assert revoked["completion"]["certificate_revoked_at"]
    assert "Misspelt" not in str(copy.last)


def test_a_renewal_comes_with_the_row_whose_certificate_it_renews(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    template_of(justice.course.course, validity_months=18)
    short = refresher(justice.course, at)
    enrolment = complete(justice.learner(), justice.course, at)
    issue(registration=enrolment.pk, at=at)
    copy.pull()
    key, before = str(enrolment.pk), copy.held[str(enrolment.pk)]
    later = at + timedelta(days=500)
    refreshed = refresh(person(enrolment), short, later)
    issue(registration=refreshed.pk, at=later)
    [renewed] = [one for one in copy.pull() if one["enrolment"] == key]
    assert (renewed["change"], renewed["replaces"]) == ("renewed", before["certificate"])
    after = copy.held[key]
    assert after["certificate"] != before["certificate"]
    assert after["certificate_valid_until"] > before["certificate_valid_until"]
    assert (after["hours"], after["result"]) == (before["hours"], before["result"])


def test_what_is_taken_back_comes_as_corrected(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    copy.pull()
    done = Statement.objects.get(
        registration=enrolment.pk, verb=verbs.COMPLETED.id, activity__contains=str(enrolment.course)
    )
    by = uuid4()
    record([statements.voided(actor=by, target=done.id, at=at)], at=at)
    [entry] = copy.pull()
    assert (entry["change"], entry["author"]) == ("corrected", person_key(by, mandate.audience_key))
    told = CompletionChange.objects.get(statement=done.id)
    assert entry["replaces"] == f"{told.transaction}/{told.sequence}"
    assert entry["completion"]["status"] == "started"
    assert same(copy, mandate)


def test_who_is_erased_comes_again_without_a_name(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    Mandate.objects.update(identified=True)
    enrolment = justice.learner(personnel_number="A-17")
    done = complete(enrolment, justice.course, at)
    copy.pull()
    key, before = str(done.pk), copy.held[str(done.pk)]
    assert (before["name"], before["personnel_number"]) == ("Jelena Uzorković", "A-17")
    erase(user=person(enrolment), own_wish=True, at=at)
    assert copy.told() == [(key, "pseudonymised")]
    after = copy.held[key]
    assert (after["name"], after["email"], after["personnel_number"]) == (None, None, None)
    assert after["person"] == before["person"]
    assert after["completed_at"] == before["completed_at"]
    assert not CompletionChange.objects.exclude(statement=None).filter(change="pseudonymised")


def test_who_is_called_otherwise_comes_again(
    justice: Justice, copy: Copy, mandate: Mandate, client: Client
) -> None:
    Mandate.objects.update(identified=True)
    enrolment = justice.learner(municipality="Београд")
    copy.pull()
    user = person(enrolment)
    said = {"name_cyrillic": "Ана Друга", "name_latin": "Ana Druga", "language": "en"}
    said |= {"profession": str(justice.judge.pk), "municipality": "Београд"}
    said |= {"institution": str(justice.council.pk)}
    signed_in = sign_in(Client(), user)
    assert signed_in.post(reverse("profile"), said).status_code == 302
    assert copy.told() == [(str(enrolment.pk), "changed")]
    row = copy.held[str(enrolment.pk)]
    assert (row["name"], row["institution_now_name"]) == ("Ana Druga", "High Council")
    assert row["institution_name"] == "Higher Court"
    signed_in.post(reverse("profile"), said)
    assert copy.told() == []
