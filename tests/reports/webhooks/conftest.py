"""A client of the council with a webhook, and whoever waits for its hints."""

from collections.abc import Iterator

import pytest

from people.models import MachineClient
from reports.models import Webhook
from reports.webhooks.changing import begin
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.reports.webhooks.receiver import Receiver


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
