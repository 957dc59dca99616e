"""Who received what: written down before a file leaves, kept when it is gone, told to each."""

import hashlib
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.actors import actor_id, people_of, person_key
from people.erasure import erase
from people.models import Mandate, User
from reports.disclosures.members import Members, holds
from reports.disclosures.received import files_with, received
from reports.exports import making
from reports.mandated import audience_of
from reports.models import Disclosure, Export, Included
from tests.factories.people import MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.reports.filed import break_off, content, export_of, take
from tests.support import sign_in, work

pytestmark = pytest.mark.django_db

API = "/api/v1/completions"


def person(enrolment: object) -> User:
    return people_of([enrolment.learner])[enrolment.learner]  # type: ignore[attr-defined]


# --- files ----------------------------------------------------------------------------------


def test_a_file_is_written_down_with_all_that_counts(officer: Client, justice: Justice) -> None:
    for _ in range(3):
        justice.learner()
    Mandate.objects.update(identified=True)
    sent = content(
        take(officer, "csv", query={"status": "enrolled"}, purpose_words="Yearly records")
    )
    [one] = Disclosure.objects.all()
    assert (one.by, one.mandate, one.mandate_name) == (
        justice.mandate.holder,
        justice.mandate,
        "Judicial Academy",
    )
    assert (one.kind, one.language, one.filters) == ("csv", "en", "status=enrolled")
    assert (one.rows, one.persons, one.identified) == (3, 3, True)
    assert (one.purpose, one.purpose_words) == ("records", "Yearly records")
    assert one.sha256 == hashlib.sha256(sent).hexdigest()
    assert (one.outcome, one.ended_at is not None) == ("sent", True)


def test_it_is_written_down_before_the_first_byte_leaves(officer: Client, justice: Justice) -> None:
    justice.learner()
    response = take(officer, "csv")
    [one] = Disclosure.objects.all()
    assert (one.outcome, one.rows, Included.objects.count()) == ("sending", 1, 1)
    content(response)
    one.refresh_from_db()
    assert one.outcome == "sent"


def test_a_file_that_breaks_off_says_so(
    officer: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exports.sending._CHUNK", 50)
    learner = justice.learner()
    break_off(take(officer, "csv"))
    assert Disclosure.objects.get().outcome == "broken"
    assert len(files_with(learner.learner)) == 1  # it may have arrived


def test_a_file_that_cannot_be_made_is_given_to_nobody(
    officer: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(making, "all_rows", broken)
    with pytest.raises(RuntimeError):
        take(officer, "csv")
    assert not Disclosure.objects.exists()


def test_looking_writes_nothing(officer: Client, justice: Justice) -> None:
    justice.learner()
    for address in (reverse("reports"), reverse("new_file"), reverse("files")):
        assert officer.get(address).status_code == 200
    assert not Disclosure.objects.exists()


def test_it_stays_when_mandate_and_officer_are_gone(
    officer: Client, justice: Justice, at: datetime
) -> None:
    learner = justice.learner()
    content(take(officer, "csv"))
    holder = justice.mandate.holder
    assert holder
    justice.mandate.delete()
    erase(user=holder, own_wish=True, at=at)
    [one] = Disclosure.objects.all()
    assert (one.mandate, one.mandate_name) == (None, "Judicial Academy")
    assert [found.mandate for found in received(learner.learner)] == ["Judicial Academy"]


# --- who was in it --------------------------------------------------------------------------


def test_members_are_found_exactly(justice: Justice, at: datetime) -> None:
    """Ten thousand keys, some of them twice; each is found, and no other."""
    export = export_of(justice.mandate, UserFactory(), at)
    members = Members()
    keys = [hashlib.sha256(str(number).encode()).hexdigest()[:24] for number in range(10_000)]
    for key in [*keys, *keys[:500]]:
        members.add(key)
    assert members.keep(export.disclosure) == 10_000
    blocks = list(Included.objects.order_by("first"))
    assert [len(bytes(block.keys)) // 12 for block in blocks] == [4096, 4096, 1808]
    assert all(a.last < b.first for a, b in pairwise(blocks))

    def found(key: str) -> bool:
        within = Included.objects.filter(first__lte=key, last__gte=key)
        return any(holds(block, key) for block in within)

    assert all(found(key) for key in keys[::97])
    others = [hashlib.sha256(f"x{number}".encode()).hexdigest()[:24] for number in range(200)]
    assert not any(found(key) for key in others)
    assert not found("0" * 24)
    assert not found("f" * 24)


def test_a_learner_sees_the_files_that_had_a_row_about_them(
    officer: Client, justice: Justice
) -> None:
    here, there = justice.learner(), justice.learner(institution=justice.council)
    outside = justice.learner(institution=justice.ministry)
    Mandate.objects.update(identified=True)
    content(take(officer, "xlsx", query={"institution": str(justice.court.key)}))
    content(take(officer, "csv", purpose="planning"))
    told = {one: received(one.learner) for one in (here, there, outside)}
    assert [(one.kind, one.purpose) for one in told[here]] == [
        ("csv", "planning"),
        ("xlsx", "records"),
    ]
    assert [one.kind for one in told[there]] == ["csv"]
    assert told[outside] == []
    browser = sign_in(Client(), person(here))
    page = browser.get(reverse("who_received")).content.decode()
    assert "Judicial Academy" in page
    assert "Planning of further training" in page
    assert "with your name" in page
    assert "Nobody has received" in (
        sign_in(Client(), person(outside)).get(reverse("who_received")).content.decode()
    )


def test_what_nobody_fetched_was_given_to_nobody(
    officer: Client, justice: Justice, at: datetime
) -> None:
    learner, holder = justice.learner(), justice.mandate.holder
    assert holder
    export = export_of(justice.mandate, holder, at)
    work()
    assert received(learner.learner) == []
    content(officer.post(reverse("file", args=[export.pk])))
    assert [one.kind for one in received(learner.learner)] == ["csv"]


def test_it_is_among_ones_own_data(officer: Client, justice: Justice) -> None:
    learner = justice.learner()
    content(take(officer, "csv"))
    mine = sign_in(Client(), person(learner)).get(reverse("my_data")).json()
    [one] = mine["disclosures"]["received by others"]
    assert (one["mandate"], one["purpose"], one["identified"]) == (
        "Judicial Academy",
        "records",
        False,
    )
    assert mine["disclosures"]["received by me"] == []
    [taken] = officer.get(reverse("my_data")).json()["disclosures"]["received by me"]
    assert (taken["kind"], taken["rows"]) == ("csv", 1)


def test_the_question_costs_the_same_however_many_files_there_are(
    officer: Client, justice: Justice, django_assert_num_queries: object
) -> None:
    learner = justice.learner()
    content(take(officer, "csv"))
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert len(received(learner.learner)) == 1
    for _ in range(3):
        content(take(officer, "csv"))
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert len(received(learner.learner)) == 4


# --- machines -------------------------------------------------------------------------------


def pull(client: Client, token: str, path: str = "", **query: object) -> int:
    headers = {"authorization": f"Bearer {token}"}
    return client.get(API + path, query, headers=headers).status_code


def test_machines_are_summed_up_by_day(client: Client, token: str, justice: Justice) -> None:
    for _ in range(3):
        justice.learner()
    assert pull(client, token, limit=2) == 200
    assert pull(client, token, limit=2, offset=2) == 200
    assert pull(client, token, offset=9) == 200  # nothing was given: nothing is written down
    [one] = Disclosure.objects.all()
    assert (one.client_name, one.kind, one.rows, one.requests) == ("Judicial Academy", "api", 3, 2)
    assert (one.day, one.outcome, one.purpose) == (timezone.localdate(), "sent", "")
    assert pull(client, token, purpose="statistics") == 200
    assert {(o.purpose, o.rows) for o in Disclosure.objects.all()} == {("", 3), ("statistics", 3)}
    assert pull(client, token, purpose="fun") == 400


def test_another_scope_is_another_sum(client: Client, token: str, justice: Justice) -> None:
    justice.learner()
    pull(client, token)
    Mandate.objects.filter(client__isnull=False).update(identified=True)
    pull(client, token)
    assert sorted(Disclosure.objects.values_list("identified", "rows")) == [(False, 1), (True, 1)]


def test_a_learner_reads_which_machine_may_have_received_what(
    client: Client, token: str, justice: Justice
) -> None:
    inside, outside = justice.learner(), justice.learner(institution=justice.ministry)
    pull(client, token)
    Disclosure.objects.update(day=timezone.localdate() + timedelta(days=1))
    pull(client, token)
    justice.course.course.refresh_from_db()
    [one] = received(inside.learner)
    assert (one.reader, one.days, one.identified) == ("Judicial Academy", 2, False)
    assert received(outside.learner) == []
    browser = sign_in(Client(), person(inside))
    page = browser.get(reverse("who_received")).content.decode()
    assert "may have included you" in page
    assert "on 2 days" in page


def test_who_enrolled_later_was_not_in_it(client: Client, token: str, justice: Justice) -> None:
    late = justice.learner()
    pull(client, token)
    Disclosure.objects.update(day=justice.at.date() - timedelta(days=1))
    assert received(late.learner) == []


# --- erasure --------------------------------------------------------------------------------


def test_a_kept_file_that_names_somebody_erased_is_thrown_away(
    justice: Justice, at: datetime
) -> None:
    learner, other = justice.learner(), justice.learner(institution=justice.council)
    Mandate.objects.update(identified=True)
    justice.mandate.refresh_from_db()
    by = justice.mandate.holder
    assert by
    named = export_of(justice.mandate, by, at)
    without = export_of(justice.mandate, by, at, institution=justice.council.key, profession="x")
    work()
    key = person_key(learner.learner, audience_of(justice.mandate))
    assert Included.objects.filter(first__lte=key, last__gte=key).count() == 1
    erase(user=person(learner), own_wish=True, at=at)
    work()
    assert [export.pk for export in Export.objects.all()] == [without.pk]
    assert Disclosure.objects.filter(pk=named.pk).exists()
    assert actor_id(person(other)) == other.learner


def test_a_keyed_file_stays(justice: Justice, at: datetime) -> None:
    learner = justice.learner()
    export = export_of(justice.mandate, MandateFactory().holder, at)  # type: ignore[arg-type]
    work()
    erase(user=person(learner), own_wish=True, at=at)
    work()
    assert Export.objects.filter(pk=export.pk).exists()
