"""A frozen report: kept for good, made again from the log to the byte, opened by few."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate, Reason
from certificates.revoking import revoke
from courses.models import Edition, Enrolment
from lrs.leases import at_work_on
from people.actors import people_of
from people.erasure import erase
from people.models import Institution, Mandate, Profession, User
from reports.completions import all_rows
from reports.filters import Filters
from reports.models import Snapshot
from reports.snapshots import filling
from reports.snapshots.checking import found_amiss
from reports.snapshots.filling import SETTLED, begin_snapshot, cancel, fill
from reports.snapshots.frozen import OF_ROUNDED_ROWS, Frozen
from reports.snapshots.making import make
from reports.snapshots.summary import contents
from tests.factories.courses import cohort
from tests.factories.people import InstitutionFactory, MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.reports.freezing import WISH, freeze, parcel
from tests.reports.happenings import JUDGE, OFFICER, Maker, prepare
from tests.support import complete, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quickly_drawn")]

# --- what it holds --------------------------------------------------------------------------


def test_it_holds_rows_manifest_and_summary(
    frozen: Snapshot, justice: Justice, to_freeze: list[Enrolment]
) -> None:
    files = parcel(frozen)
    assert list(files) == ["summary.pdf", "completions.csv", "completions.jsonl", "manifest.json"]
    manifest = json.loads(files["manifest.json"])
    for name, said in manifest["files"].items():
        assert said["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert said["bytes"] == len(files[name])
    assert frozen.manifest_sha256 == hashlib.sha256(files["manifest.json"]).hexdigest()
    counts = manifest["counts"]
    assert (counts["persons"], counts["participations"], counts["completions"]) == (6, 6, 4)
    assert manifest["scope"]["institutions"] == sorted(
        str(one.key) for one in (justice.council, justice.court)
    )
    edition = Edition.objects.get(course_key=to_freeze[0].course)
    [rule] = manifest["rules"]
    assert (rule["course"], rule["edition"]) == (str(to_freeze[0].course), edition.number)
    lines = [json.loads(line) for line in files["completions.jsonl"].splitlines()]
    assert [line["enrolment"] for line in lines] == [
        str(row.enrolment) for row in all_rows(mandate=justice.mandate, filters=Filters())
    ]
    assert sorted(lines[0]) == sorted(manifest["columns"])
    table = files["completions.csv"].decode()
    assert table.startswith("\ufeffenrolment,person,profession,institution,")
    assert len(table.splitlines()) == 7


def test_it_holds_nothing_that_is_looked_up(justice: Justice, at: datetime) -> None:
    Mandate.objects.update(identified=True, exact_results=True)
    justice.mandate.refresh_from_db()
    enrolment = complete(justice.learner(), justice.course, at)
    files = parcel(freeze(justice.mandate, at + timedelta(days=1)))
    person = people_of([enrolment.learner])[enrolment.learner]
    kept = b"".join(files.values()).decode()
    for word in (person.email, person.name_latin, "Judge", "Higher Court", str(enrolment.learner)):
        assert word not in kept
    assert json.loads(files["completions.jsonl"])["result"] is not None


def test_it_is_of_the_day_that_was_chosen_and_at_the_latest_of_a_minute_ago(
    justice: Justice, to_freeze: list[Enrolment], at: datetime
) -> None:
    now = at + timedelta(days=1)
    assert freeze(justice.mandate, now).as_of == now - SETTLED
    early = freeze(justice.mandate, now, as_of="2026-11-23", status="")
    assert json.loads(parcel(early)["manifest.json"])["counts"]["persons"] == 0
    done = freeze(justice.mandate, now, status="completed", first_day="2026-01-01")
    manifest = json.loads(parcel(done)["manifest.json"])
    assert manifest["filters"] == {"status": "completed", "first_day": "2026-01-01"}
    assert manifest["counts"]["participations"] == 4


# --- the same, whatever happens later -------------------------------------------------------


def erased(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    for user in people_of([one.learner for one in to_freeze]).values():
        erase(user=user, own_wish=False, at=at)


def revoked(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    first = Certificate.objects.order_by("serial")[0]
    revoke(certificate=first, reason=Reason.ERROR, words="-", by=UserFactory(), at=at)


def went_on(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    complete(to_freeze[5], justice.course, at)
    replace(justice, at=at).learner()


def moved(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    """The tree and the mandate become others, and so does the holder."""
    justice.court.refresh_from_db()
    justice.ministry.refresh_from_db()
    justice.court.move(justice.ministry, pos="last-child")
    justice.mandate.institutions.set([justice.ministry])
    justice.mandate.professions.clear()
    Mandate.objects.update(exact_results=True, identified=True, name="Another")


def renamed(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    Institution.objects.update(name_en="X", name_sr="X")
    Profession.objects.update(name_en="X", name_sr="X")
    User.objects.update(name_latin="X")
    cohort(justice.course.edition)


def gone(justice: Justice, to_freeze: list[Enrolment], at: datetime) -> None:
    Mandate.objects.all().delete()


@pytest.mark.parametrize("happens", [erased, revoked, went_on, moved, renamed, gone])
def test_made_again_it_is_the_same_to_the_byte(
    frozen: Snapshot,
    justice: Justice,
    to_freeze: list[Enrolment],
    at: datetime,
    happens: Callable[[Justice, list[Enrolment], datetime], None],
) -> None:
    before = parcel(frozen)
    happens(justice, to_freeze, at + timedelta(days=3))
    frozen.refresh_from_db()
    assert found_amiss(frozen) == []
    assert parcel(frozen) == before
    said = StringIO()
    call_command("snapshot_check", str(frozen.key), stdout=said)
    assert frozen.manifest_sha256 in said.getvalue()


def test_a_branch_that_is_filtered_by_is_frozen_with_the_rest(
    justice: Justice, to_freeze: list[Enrolment], at: datetime
) -> None:
    other = InstitutionFactory(parent=justice.council)
    justice.learner(institution=other)
    kept = freeze(justice.mandate, at + timedelta(days=1), institution=str(justice.court.key))
    assert json.loads(parcel(kept)["manifest.json"])["counts"]["persons"] == 6
    other.refresh_from_db()
    justice.court.refresh_from_db()
    other.move(justice.court, pos="last-child")
    assert found_amiss(kept) == []


def test_after_much_has_happened_the_hash_is_the_same(db: None) -> None:
    prepare()
    maker = Maker(8)
    maker.mandate_changes = lambda: None  # type: ignore[method-assign]
    mandate = MandateFactory(
        institutions=[Institution.objects.order_by("path")[0]],
        professions=Profession.objects.filter(key__in=[JUDGE, OFFICER]),
        exact_results=True,
    )
    kept = []
    for query in ({}, {"status": "completed"}, {"first_day": "2026-01-01"}):
        maker.happen(60)
        maker.count += 120
        kept.append(freeze(mandate, maker.now, **query))
    maker.happen(150)
    assert {tuple(found_amiss(one)) for one in kept} == {()}
    assert len({one.manifest_sha256 for one in kept}) == 3


@pytest.mark.parametrize(
    "name", ["summary.pdf", "completions.csv", "completions.jsonl", "manifest.json"]
)
def test_a_byte_that_was_changed_is_found(frozen: Snapshot, name: str) -> None:
    files = parcel(frozen)
    files[name] = files[name].replace(b"e", b"3", 1)
    with frozen.file.storage.open(frozen.file.name, "wb") as place:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as altered:
            for one, content in files.items():
                altered.writestr(one, content)
        place.write(buffer.getvalue())
    found = " ".join(found_amiss(frozen))
    assert name in found or "cannot be read" in found
    with pytest.raises(SystemExit):
        call_command("snapshot_check", stderr=StringIO(), stdout=StringIO())


def test_a_file_that_is_gone_or_spoilt_is_found(frozen: Snapshot) -> None:
    with frozen.file.storage.open(frozen.file.name, "wb") as place:
        place.write(b"PK nothing")
    assert "cannot be read" in found_amiss(frozen)[0]
    frozen.file.storage.delete(frozen.file.name)
    assert "cannot be read" in found_amiss(frozen)[0]


def test_a_log_that_was_changed_is_found(frozen: Snapshot, justice: Justice, at: datetime) -> None:
    """Somebody slips in what was never recorded at that time."""
    replace(justice, at=at + timedelta(hours=1)).learner()
    [line] = found_amiss(frozen)
    assert "Made again from the log" in line


def test_what_the_first_definition_summed_is_made_again(
    justice: Justice, to_freeze: list[Enrolment], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its hours in all were those of rounded rows: such a snapshot is still what it was."""
    monkeypatch.setattr("reports.snapshots.frozen.DEFINITION", OF_ROUNDED_ROWS)
    old = freeze(justice.mandate, at + timedelta(days=1))
    monkeypatch.undo()
    manifest = json.loads(parcel(old)["manifest.json"])
    rows = [json.loads(line) for line in parcel(old)["completions.jsonl"].splitlines()]
    assert manifest["report_definition"] == OF_ROUNDED_ROWS
    assert manifest["counts"]["hours"] == round(sum(row["hours"] or 0 for row in rows), 2)
    assert [one for one in found_amiss(old) if "manifest" in one] == []


def test_the_paper_hides_what_the_exported_one_hides(
    frozen: Snapshot, justice: Justice, to_freeze: list[Enrolment], tmp_path: Path
) -> None:
    """Four of six have completed: neither the total nor a table says so, and no hours."""
    made = make(Frozen.of(frozen), tmp_path, say=lambda done, total: None)
    told = contents(frozen, made)
    figures = [told["totals"], *(line.figures for _kind, lines in told["tables"] for line in lines)]
    assert {(one.persons, one.completions, one.hours) for one in figures} == {(6, None, None)}


def test_by_another_definition_it_is_not_made_again(frozen: Snapshot) -> None:
    frozen.definition = 0
    [line] = found_amiss(frozen)
    assert "cannot be made again" in line


def test_the_command_knows_no_other_snapshot() -> None:
    with pytest.raises(CommandError):
        call_command("snapshot_check", "00000000-0000-0000-0000-000000000000")


# --- the task -------------------------------------------------------------------------------


def test_asked_twice_it_is_made_once(
    justice: Justice, to_freeze: list[Enrolment], at: datetime
) -> None:
    holder = justice.mandate.holder
    assert holder
    about: dict[str, Any] = {"mandate": justice.mandate, "filters": Filters(), "by": holder}
    first = begin_snapshot(**about, wish=WISH, at=at + timedelta(days=1))
    assert begin_snapshot(**about, wish=WISH, at=at + timedelta(days=1)) == first
    work()
    first.refresh_from_db()
    assert (first.state, first.done, first.total) == ("ready", 6, 6)


def test_what_was_given_up_keeps_nothing(
    justice: Justice, to_freeze: list[Enrolment], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = justice.mandate.holder
    assert holder
    about: dict[str, Any] = {"mandate": justice.mandate, "filters": Filters(), "by": holder}
    snapshot = begin_snapshot(**about, wish=WISH, at=at + timedelta(days=1))

    def given_up(*_: Any, **__: Any) -> bytes:
        cancel(snapshot)
        return b""

    monkeypatch.setattr(filling, "seal", given_up)
    fill(snapshot, at=at)
    snapshot.refresh_from_db()
    assert (snapshot.state, bool(snapshot.file)) == ("cancelled", False)
    work()
    snapshot.refresh_from_db()
    assert snapshot.state == "cancelled"


def test_while_it_is_filled_its_lease_goes_on(
    justice: Justice, to_freeze: list[Enrolment], at: datetime
) -> None:
    holder = justice.mandate.holder
    assert holder
    about: dict[str, Any] = {"mandate": justice.mandate, "filters": Filters(), "by": holder}
    snapshot = begin_snapshot(**about, wish=WISH, at=at + timedelta(days=1))
    task = DBTaskResult.objects.get(task_path__contains="fill_snapshot")
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=at - timedelta(hours=1))
    with at_work_on(task.pk):
        fill(snapshot, at=at)
    task.refresh_from_db()
    assert task.started_at > at - timedelta(hours=1)


def test_tried_again_after_a_fault_it_is_whole(
    justice: Justice, to_freeze: list[Enrolment], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = justice.mandate.holder
    assert holder
    about: dict[str, Any] = {"mandate": justice.mandate, "filters": Filters(), "by": holder}
    snapshot = begin_snapshot(**about, wish=WISH, at=at + timedelta(days=1))
    sealed = filling.seal

    def fails(*_: Any, **__: Any) -> bytes:
        raise RuntimeError("The seal is away.")

    monkeypatch.setattr(filling, "seal", fails)
    with pytest.raises(RuntimeError):
        fill(snapshot, at=at)
    monkeypatch.setattr(filling, "seal", sealed)
    fill(snapshot, at=at)
    snapshot.refresh_from_db()
    assert snapshot.is_ready
    assert found_amiss(snapshot) == []
