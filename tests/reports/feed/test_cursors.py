"""Cursors: those of others, of a former life of the site, and those that go on."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from courses.models import Enrolment
from lrs.rebuilding import differences, rebuild
from people.clients import issue_token
from people.models import Mandate
from reports.cursors import read_cursor
from reports.models import Scope
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.reports.copies import Copy
from tests.reports.feed.told import MARKS, narrowed, same
from tests.support import complete

pytestmark = MARKS


@pytest.mark.parametrize("spoilt", ["nonsense", "a:b", "{cursor}x", "x{cursor}"])
def test_a_word_that_is_no_cursor_is_refused(justice: Justice, copy: Copy, spoilt: str) -> None:
    copy.pull()
    answer = copy.ask(cursor=spoilt.format(cursor=copy.cursor))
    assert (answer.status_code, "cursor" in answer.json()["detail"]) == (400, True)


def test_what_is_no_parameter_is_refused(copy: Copy) -> None:
    for wrong in ({"offset": "1"}, {"limit": "0"}, {"limit": "1001"}, {"language": "de"}):
        assert copy.ask(**wrong).status_code == 400


def test_after_a_restore_a_reader_starts_again(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    justice.learner()
    copy.pull()
    call_command("begin_epoch")
    answer = copy.ask()
    assert answer.status_code == 410
    copy.rows, copy.cursor = {}, answer.json()["next_cursor"]
    justice.learner()
    copy.pull()
    assert same(copy, mandate)


def test_a_cursor_of_another_mandate_is_worth_nothing(
    justice: Justice, copy: Copy, client: Client
) -> None:
    copy.pull()
    machine, token = issue_token(name="Ministry")
    MandateFactory(holder=None, client=machine, institutions=[justice.ministry])
    other = Copy(client, token, cursor=copy.cursor)
    assert other.ask().status_code == 410


def test_a_scope_that_was_lost_lets_a_reader_start_again(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    copy.pull()
    narrowed(justice, mandate)
    Scope.objects.all().delete()
    assert copy.ask().status_code == 410


def test_making_projections_anew_leaves_cursors_as_they_are(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    complete(justice.learner(), justice.course, at)
    copy.pull()
    before = copy.cursor
    rebuild()
    assert copy.told() == []
    assert copy.cursor == before
    assert differences() == []


def test_a_row_that_was_repaired_comes_as_corrected(justice: Justice, copy: Copy) -> None:
    enrolment = justice.learner()
    Enrolment.objects.update(withdrawn_at=justice.at)
    copy.pull()
    rebuild()
    assert copy.told() == [(str(enrolment.pk), "corrected")]


def test_one_mandate_at_a_time_keeps_one_scope(justice: Justice, copy: Copy) -> None:
    justice.learner()
    copy.pull()
    copy.pull()
    assert Scope.objects.count() == 1
    assert read_cursor(copy.cursor).held == (Scope.objects.get().digest,)
