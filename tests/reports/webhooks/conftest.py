"""A client of the council with a webhook, and whoever waits for its hints."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection

from people.models import MachineClient
from reports.models import Webhook
from reports.webhooks.changing import begin
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import MandateFactory
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.reports.webhooks.receiver import Receiver


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """The small course, in rows that are committed where a story is many transactions."""
    committed = connection.vendor == "postgresql"
    return small_course(at) if committed else remembered_course(at)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def machine(justice: Justice) -> MachineClient:
    made = MachineClient.objects.create(name="Academy")
    MandateFactory(
        holder=None, client=made, institutions=[justice.council], professions=[justice.judge]
    )
    return made


@pytest.fixture
def secret(machine: MachineClient, receiver: Receiver) -> str:
    """The secret of a webhook that was just begun."""
    return begin(Webhook(client=machine, endpoint=receiver.endpoint))


@pytest.fixture
def webhook(secret: str) -> Webhook:
    return Webhook.objects.get()
