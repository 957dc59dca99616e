"""Letters about kept reports: at their time, once, without anybody's data, and while allowed."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Mandate, User
from people.roles import REPORTING_OFFICER, sync_groups
from reports.models import Every, SavedView
from reports.saved import sending
from reports.saved.due import due_after
from reports.saved.keeping import keep
from reports.saved.sending import schedule, write
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.support import work

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)  # seven in the morning in Belgrade
CYRILLIC = re.compile("[\u0400-\u04ff]")


@pytest.fixture
def owner(justice: Justice) -> User:
    user = justice.mandate.holder
    assert user
    user.groups.add(sync_groups()[REPORTING_OFFICER])
    User.objects.filter(pk=user.pk).update(language="en")
    return user


@pytest.fixture
def view(justice: Justice, owner: User) -> SavedView:
    """A report of which a letter is due: its time is over."""
    made = keep(user=owner, mandate=justice.mandate, name="Weekly", query="", at=justice.at)
    schedule(view=made, every=Every.WEEK, is_paused=False, at=timezone.now() - timedelta(days=9))
    return made


def run(view: SavedView) -> None:
    """Write the letter that is due, as the worker does."""
    view.refresh_from_db()
    assert view.due_at
    write.call(str(view.key), view.due_at.isoformat())
    view.refresh_from_db()


# --- when -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "at", "due"),
    [
        (Every.WEEK, MONDAY - timedelta(hours=1), MONDAY),
        (Every.WEEK, MONDAY, MONDAY + timedelta(weeks=1)),
        (Every.WEEK, MONDAY + timedelta(days=6), MONDAY + timedelta(weeks=1)),
        (Every.MONTH, MONDAY, datetime(2026, 12, 1, 6, 0, tzinfo=UTC)),
        (Every.MONTH, datetime(2026, 12, 1, 6, 0, tzinfo=UTC), datetime(2027, 1, 1, 6, tzinfo=UTC)),
        (Every.QUARTER, MONDAY, datetime(2027, 1, 1, 6, 0, tzinfo=UTC)),
        # In summer Belgrade is two hours ahead.
        (Every.QUARTER, datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 4, 1, 5, tzinfo=UTC)),
    ],
)
def test_a_letter_is_due_on_a_morning_in_belgrade(every: str, at: datetime, due: datetime) -> None:
    assert due_after(every, at) == due


# --- what it holds --------------------------------------------------------------------------


def test_the_worker_writes_it_and_plans_the_next(view: SavedView, justice: Justice) -> None:
    for _ in range(5):
        justice.learner()
    work()
    [letter] = mail.outbox
    assert letter.to == [justice.mandate.holder.email]  # type: ignore[union-attr]
    assert letter.subject == "Your report “Weekly” is there"
    assert reverse("open_report", args=[view.key]) in letter.body
    assert "Persons: 5\nParticipations: 5" in letter.body
    assert reverse("change_report", args=[view.key]) in letter.body
    view.refresh_from_db()
    assert view.sent_at
    assert view.due_at
    assert view.due_at > timezone.now()
    planned = DBTaskResult.objects.get(task_path="reports.saved.sending.write", status="READY")
    assert planned.run_after == view.due_at


def test_it_holds_nobodys_data(view: SavedView, justice: Justice) -> None:
    learners = [justice.learner(personnel_number=f"A-{n}") for n in range(6)]
    run(view)
    body = mail.outbox[0].body
    told = ["Uzorković", "Узорковић", "A-1", "learner", justice.court.name_en]
    told += [str(one.pk) for one in learners] + [str(one.actor) for one in learners]
    assert [word for word in told if word in body] == []


@pytest.mark.parametrize("people", [1, 4])
def test_small_totals_are_not_told(view: SavedView, justice: Justice, people: int) -> None:
    for _ in range(people):
        justice.learner()
    run(view)
    assert "Persons" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("language", "said"), [("sr", "Ваш извештај"), ("sr-latn", "Vaš izveštaj")]
)
def test_it_is_in_the_officers_language(
    view: SavedView, owner: User, language: str, said: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    run(view)
    assert mail.outbox[0].subject.startswith(said)
    assert bool(CYRILLIC.search(mail.outbox[0].body)) == (language == "sr")


# --- once -----------------------------------------------------------------------------------


def test_a_turn_is_written_once_however_often_it_runs(view: SavedView) -> None:
    assert view.due_at
    due = view.due_at.isoformat()
    for _ in range(3):
        write.call(str(view.key), due)
    assert len(mail.outbox) == 1


def test_a_crash_after_the_claim_never_sends_twice(
    view: SavedView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies while the letter leaves: it may have left, so it is not sent again."""
    assert view.due_at
    due = view.due_at.isoformat()

    def dies(**_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(sending, "send_letter", dies)
    with pytest.raises(SystemExit):
        write.call(str(view.key), due)
    monkeypatch.undo()
    write.call(str(view.key), due)
    assert mail.outbox == []
    view.refresh_from_db()
    assert view.due_at
    assert view.due_at > timezone.now()


def test_a_post_office_that_is_closed_is_tried_again(
    view: SavedView, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert view.due_at
    due = view.due_at.isoformat()

    def closed(**_: Any) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(sending, "send_letter", closed)
    with pytest.raises(OSError, match="no route"):
        write.call(str(view.key), due)
    view.refresh_from_db()
    assert view.sent_at is None
    monkeypatch.undo()
    write.call(str(view.key), due)
    assert len(mail.outbox) == 1


def test_a_worker_that_was_away_for_long_writes_one_letter(
    view: SavedView, justice: Justice
) -> None:
    schedule(view=view, every=Every.WEEK, is_paused=False, at=justice.at - timedelta(days=90))
    run(view)
    assert len(mail.outbox) == 1
    assert view.due_at
    assert view.due_at > timezone.now()


# --- while it is wanted and allowed ---------------------------------------------------------


def test_paused_changed_or_deleted_none_comes(view: SavedView, officer: Client) -> None:
    address = reverse("change_report", args=[view.key])
    officer.post(address, {"name": "Weekly", "every": "week", "is_paused": "on"})
    work()
    officer.post(address, {"name": "Weekly", "every": "month"})
    work()
    officer.post(address, {"name": "Weekly", "every": ""})
    work()
    view.delete()
    work()
    assert mail.outbox == []


def test_another_name_moves_no_letter(view: SavedView, officer: Client) -> None:
    officer.post(reverse("change_report", args=[view.key]), {"name": "Other", "every": "week"})
    due = view.due_at
    view.refresh_from_db()
    assert (view.name, view.due_at) == ("Other", due)


def test_the_mandate_ends_and_a_last_letter_says_so(view: SavedView) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 2))
    run(view)
    assert (view.every, view.due_at) == ("", None)
    [letter] = mail.outbox
    assert letter.subject == "No more letters about “Weekly”"
    assert "The mandate within which you kept it has ended." in letter.body
    assert "Persons" not in letter.body


def test_the_mandate_is_given_to_somebody_else(view: SavedView, justice: Justice) -> None:
    Mandate.objects.all().delete()
    run(view)
    assert "has ended" in mail.outbox[0].body


def test_the_role_goes_and_a_last_letter_says_so(view: SavedView, owner: User) -> None:
    owner.groups.clear()
    run(view)
    assert "You are not a reporting officer any more." in mail.outbox[0].body
    assert view.due_at is None


def test_an_account_that_is_closed_gets_nothing(view: SavedView, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)
    run(view)
    assert mail.outbox == []
    assert view.due_at is None


def test_with_another_mandate_letters_come_again(
    view: SavedView, justice: Justice, officer: Client
) -> None:
    MandateFactory(holder=justice.mandate.holder, institutions=[justice.council])
    justice.mandate.delete()
    run(view)
    mail.outbox.clear()
    officer.post(reverse("change_report", args=[view.key]), {"name": "Weekly", "every": "month"})
    SavedView.objects.update(due_at=timezone.now())
    run(view)
    assert mail.outbox[0].subject == "Your report “Weekly” is there"
