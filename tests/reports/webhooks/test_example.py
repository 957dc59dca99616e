"""The receiver in docs/examples, run as it stands: a genuine hint starts the command."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.conf import settings
from django.utils import timezone

from people.models import MachineClient
from reports.models import Webhook
from reports.webhooks.changing import begin, try_out
from reports.webhooks.hints import NEWS, send

pytestmark = pytest.mark.django_db

EXAMPLE = Path(settings.BASE_DIR) / "docs" / "examples" / "webhook_receiver.py"
_PATIENCE = 600  # tenths of a second


def within_patience(is_so: Callable[[], bool]) -> bool:
    for _ in range(_PATIENCE):
        if is_so():
            return True
        time.sleep(0.1)
    return False


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def webhook(port: int) -> Webhook:
    client = MachineClient.objects.create(name="Academy")
    return Webhook(client=client, endpoint=f"http://127.0.0.1:{port}/hints")


@pytest.fixture
def fetched(webhook: Webhook, port: int, tmp_path: Path) -> Iterator[Path]:
    """Where the command of the receiver leaves its mark."""
    mark = tmp_path / "fetched"
    command = [sys.executable, str(EXAMPLE), str(port), "touch", str(mark)]
    environment = os.environ | {"PUTOKAZ_WEBHOOK_SECRET": begin(webhook)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    assert within_patience(lambda: listens(port))
    yield mark
    process.kill()
    process.wait()


def test_a_genuine_hint_fetches_what_is_new(webhook: Webhook, fetched: Path, port: int) -> None:
    forged = urllib.request.Request(webhook.endpoint, b"{}", {"webhook-id": "msg_1"})
    with pytest.raises(HTTPError, match="401"):
        urllib.request.urlopen(forged)
    assert try_out(webhook, at=timezone.now()).status == 204
    assert not fetched.exists()
    message = webhook.hints.get().message
    assert send(webhook, message=message, kind=NEWS, at=timezone.now()).status == 204
    assert within_patience(fetched.exists)
