"""What leaves by other doors: frozen snapshots, and who is obliged by name."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Enrolment
from people.actors import people_of
from people.erasure import erase
from people.models import Mandate
from people.roles import DATA_PROTECTION_OFFICER
from reports.disclosures.received import received
from reports.filters import Filters
from reports.models import Disclosure, Included, ObligedList, Snapshot
from reports.snapshots import filling
from reports.snapshots.filling import begin_snapshot, cancel, fill
from tests.reports.conftest import Justice
from tests.reports.filed import break_off, content, take, take_people
from tests.reports.freezing import ASKED, WISH, freeze, parcel
from tests.reports.obliged import listed, with_names
from tests.reports.test_audit_pages import HERE, somebody
from tests.support import complete, sign_in, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quickly_drawn")]


# --- frozen snapshots -----------------------------------------------------------------------


def test_a_snapshot_is_written_down_when_it_is_ready(
    frozen: Snapshot, justice: Justice, to_freeze: list[Enrolment]
) -> None:
    [one] = Disclosure.objects.all()
    assert (one.kind, one.outcome, one.by) == ("snapshot", "kept", justice.mandate.holder)
    assert (one.mandate, one.audience) == (justice.mandate, justice.mandate.audience_key)
    assert (one.scope_id, one.as_of) == (frozen.scope_id, frozen.as_of)
    assert (one.identified, one.exact_results, one.purpose) == (False, False, "supervision")
    assert (one.rows, one.persons) == (6, 6)
    manifest = parcel(frozen)["manifest.json"]
    assert one.sha256 == hashlib.sha256(manifest).hexdigest() == frozen.manifest_sha256
    assert json.loads(manifest)["counts"]["participations"] == one.rows


def test_each_learner_in_it_reads_of_it_and_no_other(
    justice: Justice, to_freeze: list[Enrolment], at: datetime
) -> None:
    Mandate.objects.update(exact_results=True, identified=True)
    justice.mandate.refresh_from_db()
    freeze(justice.mandate, at + timedelta(days=1), status="completed")
    inside, outside = to_freeze[:4], to_freeze[4:]
    for enrolment in inside:
        [one] = received(enrolment.learner)
        assert (one.kind, one.purpose, one.identified) == ("snapshot", "supervision", False)
    assert [received(enrolment.learner) for enrolment in outside] == [[], []]
    assert Disclosure.objects.get().exact_results
    browser = sign_in(Client(), people_of([inside[0].learner])[inside[0].learner])
    page = browser.get(reverse("who_received")).content.decode()
    assert "Frozen snapshot: person keys, no names" in page
    assert "under a key, without your name" in page


def test_the_audit_tells_what_was_frozen(frozen: Snapshot) -> None:
    privacy = somebody(DATA_PROTECTION_OFFICER)
    page = privacy.get(HERE, {"kind": "snapshot"}).content.decode()
    for words in ("kept, open to whoever holds the mandate", frozen.manifest_sha256):
        assert words in page
    assert "As it stood on: " in page
    lines = content(privacy.get("/cms/disclosures.csv")).decode().splitlines()
    assert len(lines) == 2
    assert "Supervision" in lines[1]


def test_downloading_it_writes_nothing_more(officer: Client, frozen: Snapshot) -> None:
    before = list(Disclosure.objects.values())
    for name in ("snapshot.zip", "completions.csv"):
        content(officer.get(reverse("snapshot_file", args=[frozen.key, name])))
    assert list(Disclosure.objects.values()) == before


def test_the_purpose_is_asked_for_and_proposed_the_next_time(
    officer: Client, justice: Justice, to_freeze: list[Enrolment]
) -> None:
    address = reverse("begin_snapshot")
    unsaid = officer.post(address, ASKED | {"purpose": ""})
    other = officer.post(address, ASKED | {"purpose": "other"})
    assert [list(answer.context["form"].errors) for answer in (unsaid, other)] == [
        ["purpose"],
        ["purpose_words"],
    ]
    officer.post(address, ASKED | {"purpose": "other", "purpose_words": "For the archive"})
    work()
    assert Disclosure.objects.get().purpose_words == "For the archive"
    for name in ("snapshots", "new_file"):
        initial = officer.get(reverse(name)).context["form"].initial
        assert (initial["purpose"], initial["purpose_words"]) == ("other", "For the archive")
    # What a file shall be is asked as for a file.
    assert initial["kind"] == "xlsx"


@pytest.mark.parametrize("happens", ["given up", "a fault"])
def test_what_does_not_become_ready_was_given_to_nobody(
    justice: Justice,
    to_freeze: list[Enrolment],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    happens: str,
) -> None:
    holder = justice.mandate.holder
    assert holder
    about: dict[str, Any] = {"mandate": justice.mandate, "wish": WISH, "by": holder, "at": at}
    snapshot = begin_snapshot(**about, filters=Filters())

    def seal(*_: Any, **__: Any) -> bytes:
        cancel(snapshot)
        return b""

    def broken(*_: Any) -> None:
        raise RuntimeError("no disk")

    if happens == "given up":
        monkeypatch.setattr(filling, "seal", seal)
        fill(snapshot, at=at)
    else:
        monkeypatch.setattr(filling, "keep_members", broken)
        with pytest.raises(RuntimeError):
            fill(snapshot, at=at)
        snapshot.refresh_from_db()
        assert (snapshot.state, bool(snapshot.file)) == ("running", False)
        assert not snapshot.file.storage.exists(f"snapshots/{snapshot.key}.zip")
    assert not Disclosure.objects.exists()
    assert not Included.objects.exists()


# --- who is obliged, by name ----------------------------------------------------------------


@pytest.fixture
def seeing(officer: Client, justice: Justice) -> Client:
    """The officer, whose mandate sees names."""
    with_names(justice)
    return officer


def test_people_of_a_list_are_written_down_with_who_was_found(
    seeing: Client, justice: Justice
) -> None:
    done = complete(justice.learner(email="done@sud.example"), justice.course, justice.at)
    missing = justice.learner(email="missing@sud.example")
    abroad = justice.learner(email="abroad@sud.example", institution=justice.ministry)
    named = ("done@sud.example", "missing@sud.example", "abroad@sud.example", "nobody@sud.example")
    key = listed(justice, *named).obliged.key
    response = take_people(seeing, key)
    [one] = Disclosure.objects.all()
    assert (one.kind, one.outcome, one.identified) == ("coverage", "sending", True)
    # Three lines are missing; one of them is somebody whom the mandate knows.
    assert (one.rows, one.persons, one.exact_results) == (3, 1, False)
    assert parse_qs(one.filters) == {"list": ["Judges"], "state": ["missing"]}
    assert one.sha256 == hashlib.sha256(content(response)).hexdigest()
    one.refresh_from_db()
    assert (one.outcome, one.ended_at is not None) == ("sent", True)
    [told] = received(missing.learner)
    assert (told.kind, told.purpose, told.identified) == ("coverage", "planning", True)
    assert received(done.learner) == received(abroad.learner) == []


def test_a_file_of_people_that_breaks_off_says_so(
    seeing: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exports.sending._CHUNK", 20)
    learner = justice.learner(email="a@sud.example")
    break_off(take_people(seeing, listed(justice, "a@sud.example").obliged.key))
    assert Disclosure.objects.get().outcome == "broken"
    assert len(received(learner.learner)) == 1


def test_without_a_purpose_nobody_is_named(seeing: Client, justice: Justice) -> None:
    key = listed(justice, "a@sud.example").obliged.key
    address = reverse("coverage_people", args=[key])
    assert b"a@sud.example" not in seeing.get(address).content
    for said in ({"file": "csv"}, {"file": "pdf", "purpose": "records"}):
        assert seeing.post(address, said).status_code == 400
    assert not Disclosure.objects.exists()
    content(take_people(seeing, key))
    for name in ("coverage_people", "coverage_list"):
        page = seeing.get(reverse(name, args=[key]))
        assert page.context["take_form"].initial["purpose"] == "planning"


def test_looking_at_a_list_and_its_figures_writes_nothing(seeing: Client, justice: Justice) -> None:
    key = listed(justice, "a@sud.example").obliged.key
    seeing.get(reverse("coverage_list", args=[key]))
    seeing.get(reverse("coverage_figures", args=[key, "institution", "csv"]))
    assert not Disclosure.objects.exists()


def test_the_audit_tells_which_people_and_not_who_was_searched_for(
    seeing: Client, justice: Justice
) -> None:
    justice.learner(email="a@sud.example")
    key = listed(justice, "a@sud.example").obliged.key
    typed = "Суд који не постоји"
    content(take_people(seeing, key, state="all", words="Petrović", institution=typed))
    content(take_people(seeing, key, state="started", institution=str(justice.court.key)))
    ObligedList.objects.all().delete()
    page = somebody(DATA_PROTECTION_OFFICER).get(HERE).content.decode()
    for words in ("Name of the list: Judges", "State: Started", ": Higher Court", typed):
        assert words in page
    assert "Searched by name, e-mail or number: yes" in page
    assert "Petrovi" not in page


def test_that_a_list_was_taken_stays_after_erasure(
    seeing: Client, justice: Justice, at: datetime
) -> None:
    learner = justice.learner(email="a@sud.example")
    key = listed(justice, "a@sud.example").obliged.key
    content(take_people(seeing, key))
    content(take(seeing, "csv"))
    erase(user=people_of([learner.learner])[learner.learner], own_wish=True, at=at)
    assert sorted(Disclosure.objects.values_list("kind", flat=True)) == ["coverage", "csv"]
    content(take_people(seeing, key))
    assert Disclosure.objects.filter(kind="coverage").latest("at").persons == 0
