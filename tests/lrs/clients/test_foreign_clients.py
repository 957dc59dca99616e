"""Clients nobody here wrote, each as its own users would use it, against the real server.

What they cannot do, all under 1.0.3, which is all that they speak:

- `tincan` (Python) cannot create a profile: the specification wants If-None-Match, and it knows
  If-Match alone. It never finds the ETag of what it reads, so that its user has to hand it over.
  It cannot read an answer of the About Resource that names 2.0, and knows nothing of attachments.
- `@xapi/xapi` deletes profiles without an ETag; the specification leaves that to the client.
- `tincanjs` has no synchronous requests outside a browser.
"""

import http.client
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import tincan

from tests.lrs.clients.packages import installed, run
from tests.lrs.store import Store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def packages() -> Path:
    return installed()


@pytest.fixture
def script(packages: Path, store: Store) -> Callable[..., dict[str, Any]]:
    """Run a script that knows where the store is, and how to get in."""

    def with_store(name: str, **told: str) -> dict[str, Any]:
        key, secret = store.pair
        return run(name, packages, ENDPOINT=store.url, KEY=key, SECRET=secret, **told)

    return with_store


@pytest.mark.parametrize("adapter", ["axios", "fetch"])
def test_xapi_of_npm(script: Callable[..., dict[str, Any]], adapter: str) -> None:
    said = script("xapi.mjs", ADAPTER=adapter)
    (sent,), batch = said["sent"], said["batch"]
    assert [each["id"] for each in said["found"]] == batch[::-1]
    assert [each["id"] for each in said["rest"]] == [sent]
    assert said["one"]["object"]["definition"]["name"] == {"sr-Latn": "Čitanka"}
    assert said["voided"]["id"] == sent
    assert (said["state"], said["states"], said["after"]) == ({"page": 7}, ["place"], [])
    assert (said["profile"], said["profiles"]) == ({"script": "Cyrillic"}, [])
    assert "1.0.3" in said["about"]["version"]
    assert said["person"]["mbox"] == [f"mailto:{adapter}@example.org"]
    assert said["known"]["id"] == f"https://example.org/{adapter}"


def test_tincanjs_of_npm(script: Callable[..., dict[str, Any]]) -> None:
    said = script("tincanjs.mjs")
    assert said["found"] == said["batch"][::-1]
    assert (said["rest"], said["one"]) == ([said["first"]], said["first"])
    assert said["carried"] == "Потврда"
    assert (said["state"], said["states"], said["after"]) == ({"page": 7}, ["place"], None)
    assert (said["profile"], said["profiles"]) == ({"rooms": 4}, [])
    assert "1.0.3" in said["versions"]


AGENT = tincan.Agent(mbox="mailto:tincan@example.org")
ACTIVITY = tincan.Activity(id="https://example.org/tincan")


@pytest.fixture
def remote(store: Store) -> tincan.RemoteLRS:
    """The store as tincan sees it."""
    username, password = store.pair
    return tincan.RemoteLRS(
        endpoint=store.url, version="1.0.3", username=username, password=password
    )


def _statement() -> tincan.Statement:
    verb = tincan.Verb(id="http://adlnet.gov/expapi/verbs/experienced")
    return tincan.Statement(actor=AGENT, verb=verb, object=ACTIVITY)


def test_tincan_of_python_keeps_and_finds_statements(remote: tincan.RemoteLRS) -> None:
    one = remote.save_statement(_statement())
    batch = remote.save_statements([_statement(), _statement()])
    assert (one.success, batch.success) == (True, True), batch.data
    page = remote.query_statements({"agent": AGENT, "limit": 2}).content
    more = remote.more_statements(page.more).content
    ids = [str(each.id) for each in batch.content]
    assert [str(each.id) for each in page.statements] == ids[::-1]
    assert [each.id for each in more.statements] == [one.content.id]
    assert remote.retrieve_statement(one.content.id).content.actor.mbox == AGENT.mbox
    with pytest.raises(ValueError, match=r"2\.0\.0"):
        remote.about()


def test_tincan_of_python_keeps_state(remote: tincan.RemoteLRS) -> None:
    state = tincan.StateDocument(
        id="place", agent=AGENT, activity=ACTIVITY, content='{"page":7}',
        content_type="application/json",
    )  # fmt: skip
    assert remote.save_state(state).success
    found = remote.retrieve_state(ACTIVITY, AGENT, "place").content
    assert json.loads(found.content) == {"page": 7}
    assert remote.retrieve_state_ids(ACTIVITY, AGENT).content == ["place"]
    assert remote.delete_state(state).success
    assert remote.retrieve_state_ids(ACTIVITY, AGENT).content == []


def test_tincan_of_python_changes_a_profile_that_is_there(
    remote: tincan.RemoteLRS, store: Store
) -> None:
    profile = tincan.ActivityProfileDocument(
        id="map", activity=ACTIVITY, content='{"rooms":3}', content_type="application/json"
    )
    refused = remote.save_activity_profile(profile)
    assert (refused.success, refused.response.status) == (False, 400)

    place = urlencode({"activityId": ACTIVITY.id, "profileId": "map"})
    connection = http.client.HTTPConnection("127.0.0.1", store.port)
    only_new = store.headers | {"If-None-Match": "*"}
    connection.request("PUT", f"/xapi/activities/profile?{place}", b'{"rooms":3}', only_new)
    assert connection.getresponse().status == 204

    answer = remote.retrieve_activity_profile(ACTIVITY, "map")
    found, etag = answer.content, answer.response.getheader("ETag")
    assert (json.loads(found.content), found.etag) == ({"rooms": 3}, None)
    found.content, found.etag, found.content_type = '{"rooms":4}', etag, "application/json"
    saved = remote.save_activity_profile(found)
    assert saved.success, saved.data
    changed = remote.retrieve_activity_profile(ACTIVITY, "map").content
    assert json.loads(changed.content) == {"rooms": 4}
    assert remote.delete_activity_profile(changed).success
    assert remote.retrieve_activity_profile_ids(ACTIVITY).content == []
