"""In the demo an integrator sees every kind of change, and can let one more of each happen."""

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from config.demo.accounts import DEMO_SECRET, DEMO_TOKEN, demo_client_id, load_accounts
from config.demo.loader import load_content
from config.demo.sandbox import load_sandbox
from reports.feed import CHANGES
from tests.reports.copies import Copy
from tests.reports.feed.told import on_postgresql

# Nothing is put back before the tables are emptied: the demo has put its pages where those of the
# migrations were. The next story begins with what the migrations wrote.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.long,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
]


@pytest.fixture
def demo(db: None, at: datetime) -> datetime:
    """The demo's courses and accounts, without its three hundred learners."""
    now = timezone.now()
    load_content(at=now)
    load_accounts(at=now)
    return now


def test_every_kind_of_change_is_there_from_the_start(demo: datetime, client: Client) -> None:
    load_sandbox(at=demo)
    said = StringIO()
    call_command("sandbox_happens", cursor=True, stdout=said)
    copy = Copy(client, DEMO_TOKEN, cursor=said.getvalue().strip())
    told = copy.pull()
    assert {entry["change"] for entry in told} == set(CHANGES)
    replaced = {one["change"] for one in told if one["replaces"]}
    assert replaced == {"corrected", "renewed", "revoked"}
    [forgotten] = [one for one in told if one["change"] == "withdrawn_from_scope"][-1:]
    assert forgotten["completion"] is None
    fresh = Copy(client, DEMO_TOKEN)
    fresh.pull()
    assert fresh.held == copy.held
    load_sandbox(at=demo)
    assert copy.pull() == []
    call_command("sandbox_happens", stdout=StringIO())
    assert {entry["change"] for entry in copy.pull()} >= set(CHANGES) - {"changed"}


def test_the_demos_client_gets_in_by_oauth_as_well(demo: datetime, client: Client) -> None:
    form = "application/x-www-form-urlencoded"
    said = f"grant_type=client_credentials&client_id={demo_client_id()}&client_secret={DEMO_SECRET}"
    answer = client.post("/api/v1/token", said, content_type=form)
    assert answer.status_code == 200
    load_accounts(at=demo)
    printed = StringIO()
    call_command("demo_accounts", stdout=printed)
    assert str(demo_client_id()) in printed.getvalue()


def test_nothing_happens_outside_of_the_demo(settings: Any, db: None) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("sandbox_happens")
