"""Large files as tasks: how far they are, given up, made again, kept for a week, by owner only."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from lrs.leases import at_work_on
from people.erasure import erase
from people.models import Mandate, User
from people.roles import REPORTING_OFFICER, sync_groups
from reports.exports import filling
from reports.exports.filling import SomebodyErased, cancel, make, throw_away
from reports.models import Disclosure, Export, Included
from reports.workbook import SheetFull
from tests.factories.people import MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.reports.filed import break_off, content, csv_rows, export_of, take
from tests.support import sign_in, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def always_by_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.exports.views.AT_ONCE", -1)


@pytest.fixture
def holder(justice: Justice) -> User:
    assert justice.mandate.holder
    return justice.mandate.holder


def fetched(browser: Client, export: Export) -> Any:
    return browser.post(reverse("file", args=[export.pk]))


def test_a_file_is_begun_made_and_fetched(officer: Client, justice: Justice) -> None:
    made = {str(justice.learner().pk) for _ in range(3)}
    page = officer.post(
        reverse("new_file"), {"kind": "csv", "language": "en", "purpose": "records"}, follow=True
    ).content.decode()
    assert "0 of 3 rows" in page
    assert "Filters: none: everything that the mandate covers" in page
    work()
    export = Export.objects.get()
    assert (export.state, export.done, export.total) == ("ready", 3, 3)
    page = officer.get(reverse("files")).content.decode()
    assert '<span lang="en" translate="no">English</span>' in page
    assert export.disclosure.sha256 in page
    assert "data-follows" not in page
    assert Disclosure.objects.get().outcome == "made"
    rows = csv_rows(content(fetched(officer, export)))
    assert {row["Enrolment"] for row in rows} == made
    assert Disclosure.objects.get().outcome == "sent"
    break_off(fetched(officer, export))
    assert Disclosure.objects.get().outcome == "sent"  # it was, once


def test_it_says_how_far_it_is(
    justice: Justice, holder: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_STEP", 2)
    for _ in range(5):
        justice.learner()
    export, said = export_of(justice.mandate, holder, at), []
    say = filling._say

    def heard(export: Export, **fields: Any) -> None:
        say(export, **fields)
        said.append(fields.get("done"))

    monkeypatch.setattr(filling, "_say", heard)
    make(export, at=at)
    assert said == [2, 4, 5]


def test_given_up_in_the_middle_it_leaves_no_file_and_no_members(
    justice: Justice, holder: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_STEP", 1)
    for _ in range(3):
        justice.learner()
    export = export_of(justice.mandate, holder, at)
    say = filling._say

    def changes_their_mind(export: Export, **fields: Any) -> None:
        cancel(export)
        say(export, **fields)

    monkeypatch.setattr(filling, "_say", changes_their_mind)
    make(export, at=at)
    export.refresh_from_db()
    assert (export.state, export.file.name, Included.objects.count()) == ("cancelled", "", 0)
    assert Disclosure.objects.get().outcome == "given up"


def test_a_worker_that_died_is_followed_by_another(
    justice: Justice, holder: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_STEP", 1)
    for _ in range(3):
        justice.learner()
    export = export_of(justice.mandate, holder, at)
    say = filling._say

    def dies_at_the_second(export: Export, **fields: Any) -> None:
        say(export, **fields)
        if fields.get("done") == 2:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(filling, "_say", dies_at_the_second)
        with pytest.raises(SystemExit):
            make(export, at=at)
    export.refresh_from_db()
    assert (export.state, export.done) == ("running", 2)
    work()
    export.refresh_from_db()
    assert (export.state, export.done) == ("ready", 3)
    assert len(csv_rows(export.file.read())) == 3
    assert export.disclosure.persons == 3


def test_two_workers_make_one_file(justice: Justice, holder: User, at: datetime) -> None:
    justice.learner()
    export = export_of(justice.mandate, holder, at)
    late = Export.objects.select_related("disclosure__mandate").get()
    make(export, at=at)
    make(late, at=at + timedelta(minutes=1))  # as one whose lease was over
    export.refresh_from_db()
    assert (export.state, export.finished_at) == ("ready", at)
    storage, (_folders, names) = export.file.storage, export.file.storage.listdir("exports")
    assert [name for name in names if name.startswith(str(export.pk))] == [
        export.file.name.rpartition("/")[2]
    ]
    assert storage.exists(export.file.name)


def test_while_it_is_made_its_lease_goes_on(
    justice: Justice, holder: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_STEP", 1)
    justice.learner()
    export_of(justice.mandate, holder, at)
    task = DBTaskResult.objects.get(task_path__contains="make_export")
    begun = at - timedelta(hours=1)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=begun)
    with at_work_on(task.pk):
        make(Export.objects.get(), at=at)
    task.refresh_from_db()
    assert task.started_at > begun


def test_somebody_erased_meanwhile_is_not_in_it(
    justice: Justice, holder: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_STEP", 1)
    learner = justice.learner()
    Mandate.objects.update(identified=True)
    justice.mandate.refresh_from_db()
    export = export_of(justice.mandate, holder, at)
    say = filling._say

    def erases(export: Export, **fields: Any) -> None:
        say(export, **fields)
        erase(user=User.objects.get(actor=learner.learner), own_wish=True, at=at)

    with monkeypatch.context() as patched:
        patched.setattr(filling, "_say", erases)
        with pytest.raises(SomebodyErased):
            make(export, at=at)
    make(export, at=at)
    export.refresh_from_db()
    assert "Uzorković" not in export.file.read().decode()


def test_a_sheet_that_is_full_is_told_and_not_tried_again(
    officer: Client,
    justice: Justice,
    holder: User,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    justice.learner()
    export = export_of(justice.mandate, holder, at, kind="xlsx")
    monkeypatch.setattr("reports.workbook.ROWS", 1)
    make(export, at=at)
    export.refresh_from_db()
    assert export.state == "failed"
    assert "Choose CSV" in officer.get(reverse("files")).content.decode()
    assert SheetFull


def test_it_is_kept_for_a_week(justice: Justice, holder: User, at: datetime) -> None:
    justice.learner()
    export = export_of(justice.mandate, holder, at)
    make(export, at=at)
    planned = DBTaskResult.objects.get(task_path__contains="throw_away")
    assert planned.run_after == at + timedelta(days=7)
    export.refresh_from_db()
    storage, path = export.file.storage, export.file.name
    throw_away.call(str(export.pk))
    assert not Export.objects.exists()
    assert not storage.exists(path)
    assert Disclosure.objects.get().rows == 1  # what it was stays written down
    throw_away.call(str(export.pk))  # a second time there is nothing to do


# --- who may fetch it -----------------------------------------------------------------------


def others(justice: Justice) -> dict[str, Client]:
    """A learner, and an officer whose mandate covers the very same."""
    colleague = UserFactory()
    colleague.groups.add(sync_groups()[REPORTING_OFFICER])
    MandateFactory(holder=colleague, institutions=[justice.council], professions=[justice.judge])
    return {
        "visitor": Client(),
        "learner": sign_in(Client(), UserFactory()),
        "colleague": sign_in(Client(), colleague, second_factor=True),
    }


def test_nobody_else_fetches_or_gives_it_up(
    officer: Client, justice: Justice, holder: User, at: datetime
) -> None:
    justice.learner()
    ready, running = (export_of(justice.mandate, holder, at) for _ in range(2))
    make(ready, at=at)
    for who, browser in others(justice).items():
        wanted = {"visitor": 302, "learner": 403, "colleague": 404}[who]
        assert fetched(browser, ready).status_code == wanted, who
        answer = browser.post(reverse("give_up_file", args=[running.pk]))
        assert answer.status_code == wanted, who
    running.refresh_from_db()
    assert running.is_running
    assert Disclosure.objects.get(pk=ready.pk).outcome == "made"
    assert fetched(officer, ready).status_code == 200


def test_a_file_is_fetched_by_post_alone(officer: Client, justice: Justice, at: datetime) -> None:
    export = export_of(justice.mandate, justice.mandate.holder, at)  # type: ignore[arg-type]
    for name in ("file", "give_up_file"):
        assert officer.get(reverse(name, args=[export.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer.cookies
    assert fetched(strict, export).status_code == 403


@pytest.mark.parametrize("how", ["over", "narrower", "without names", "of another"])
def test_it_cannot_be_fetched_when_the_mandate_is_another(
    officer: Client, justice: Justice, holder: User, at: datetime, how: str
) -> None:
    justice.learner()
    Mandate.objects.update(identified=True)
    justice.mandate.refresh_from_db()
    export = export_of(justice.mandate, holder, at)
    make(export, at=at)
    MandateFactory(name="Second", holder=holder)  # that somebody has another does not open it
    mandate = justice.mandate
    if how == "over":
        Mandate.objects.filter(pk=mandate.pk).update(valid_to=date(2026, 1, 2))
    elif how == "narrower":
        mandate.institutions.set([justice.court])
    elif how == "without names":
        Mandate.objects.update(identified=False)
    else:
        Mandate.objects.filter(pk=mandate.pk).update(holder=UserFactory())
    assert fetched(officer, export).status_code == 404
    assert "cannot be fetched any more" in officer.get(reverse("files")).content.decode()


def test_what_is_begun_is_not_made_once_the_mandate_is_another(
    justice: Justice, holder: User, at: datetime
) -> None:
    justice.learner()
    export = export_of(justice.mandate, holder, at)
    justice.mandate.institutions.set([justice.ministry])
    make(Export.objects.get(), at=at)
    export.refresh_from_db()
    assert export.state == "cancelled"


def test_without_a_mandate_there_are_no_files(officer: Client, justice: Justice) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 2))
    assert officer.get(reverse("files")).status_code == 403
    assert officer.get(reverse("new_file")).status_code == 403
    assert take(officer, "csv").status_code == 403


def test_the_page_costs_the_same_however_many_files(
    officer: Client, justice: Justice, holder: User, at: datetime, django_assert_num_queries: Any
) -> None:
    officer.get(reverse("files"))  # what the bar of the page asks for is remembered
    for number in (1, 3):
        while Export.objects.count() < number:
            make(export_of(justice.mandate, holder, at, institution=justice.court.key), at=at)
        with django_assert_num_queries(12):
            officer.get(reverse("files"))
