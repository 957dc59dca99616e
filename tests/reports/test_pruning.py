"""Old changes of the feed are thrown away when somebody says so; who stopped before begins anew."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.models import Mandate
from reports.models import CompletionChange, Pruned
from reports.pruning import prune, prune_if_set
from tests.factories.courses import SmallCourse, small_course
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.reports.copies import Copy

on_postgresql = connection.vendor == "postgresql"
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]
MONTH = timedelta(days=30)


@pytest.fixture
def course(db: None, at: object) -> SmallCourse:
    return small_course(at) if on_postgresql else remembered_course(at)  # type: ignore[arg-type]


@pytest.fixture
def copy(client: Client, token: str) -> Copy:
    return Copy(client, token)


def age(days: int) -> None:
    """Let everything that is there have happened so many days ago."""
    CompletionChange.objects.update(made_at=timezone.now() - timedelta(days=days))


def test_what_is_old_goes_and_what_is_new_stays(justice: Justice, copy: Copy) -> None:
    for _ in range(3):
        justice.learner()
    age(40)
    copy.pull()
    kept = [str(justice.learner().pk) for _ in range(2)]
    assert prune(keep=MONTH, at=timezone.now()) == 3
    assert [str(one.registration) for one in CompletionChange.objects.all()] == kept
    assert copy.told() == [(key, "new") for key in kept]
    assert prune(keep=MONTH, at=timezone.now()) == 0


def test_a_reader_that_stopped_before_begins_anew(justice: Justice, copy: Copy) -> None:
    justice.learner()
    copy.pull()
    before = copy.cursor
    for _ in range(3):
        justice.learner()
    age(40)
    justice.learner()
    prune(keep=MONTH, at=timezone.now())
    answer = copy.ask(cursor=before)
    assert answer.status_code == 410
    copy.rows, copy.cursor = {}, answer.json()["next_cursor"]
    copy.pull()
    assert len(copy.held) == 5
    assert copy.told() == []


def test_the_newest_change_stays_so_that_the_end_is_known(justice: Justice, copy: Copy) -> None:
    justice.learner()
    justice.learner()
    age(400)
    assert prune(keep=MONTH, at=timezone.now()) == 1
    copy.pull()
    assert copy.told() == []
    again = Copy(copy.client, copy.token)
    assert len(again.pull()) == 2


def test_a_late_change_of_old_days_keeps_what_came_after_it(justice: Justice) -> None:
    """The order of the feed counts, not the clock: nothing goes that follows what stays."""
    for _ in range(4):
        justice.learner()
    age(40)
    first = CompletionChange.objects.order_by("transaction", "sequence")[1]
    CompletionChange.objects.filter(pk=first.pk).update(made_at=timezone.now())
    assert prune(keep=MONTH, at=timezone.now()) == 1


def test_nothing_goes_by_itself(justice: Justice, settings: object) -> None:
    for _ in range(3):
        justice.learner()
    age(4000)
    prune_if_set(at=timezone.now())
    assert CompletionChange.objects.count() == 3
    settings.FEED_KEEP_DAYS = 30  # type: ignore[attr-defined]
    prune_if_set(at=timezone.now())
    assert CompletionChange.objects.count() == 1


def test_the_command_says_how_many_went(
    justice: Justice, mandate_rows: int, capsys: pytest.CaptureFixture[str]
) -> None:
    age(40)
    call_command("prune_feed", keep_days=30)
    assert f"{mandate_rows - 1} changes" in capsys.readouterr().out
    assert Pruned.objects.count() == 1
    with pytest.raises(CommandError, match="one day"):
        call_command("prune_feed", keep_days=0)


@pytest.fixture
def mandate_rows(justice: Justice) -> int:
    for _ in range(3):
        justice.learner()
    return CompletionChange.objects.count()


def test_a_report_is_none_the_poorer(justice: Justice, copy: Copy) -> None:
    assert Mandate.objects.exists()
    keys = {str(justice.learner().pk) for _ in range(3)}
    age(40)
    prune(keep=MONTH, at=timezone.now())
    copy.pull()
    assert set(copy.held) == keys
