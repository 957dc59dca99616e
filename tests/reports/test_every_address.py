"""What holds for each address of the API, through the site's own middleware."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client

from config.api import api
from people.clients import issue_token
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nobody_asked_yet")]

API = "/api/v1/completions"
# What cannot be asked without days has stories of its own.
ASKED_FOR_DAYS = {"/difference"}
PATHS = ["", "/changes", "/digest", "/rows", "/names", "/dictionary"]


@pytest.fixture
def headers(justice: Justice, token: str) -> dict[str, str]:
    for _ in range(3):
        justice.learner()
    return {"authorization": f"Bearer {token}"}


def test_there_is_no_other_address() -> None:
    """One that is added belongs into this table."""
    described = {
        path.removeprefix(API)
        for path, methods in api.get_openapi_schema()["paths"].items()
        if path.startswith(API) and "get" in methods
    }
    assert described == {*PATHS, *ASKED_FOR_DAYS}


# How far the feed has come depends, on PostgreSQL, on what else runs in the cluster.
BY_ITSELF = [
    pytest.param(path, marks=[pytest.mark.alone] if path == "/changes" else []) for path in PATHS
]


@pytest.mark.parametrize("path", BY_ITSELF)
def test_an_answer_that_is_known_is_not_sent_again(
    client: Client, headers: dict[str, str], path: str
) -> None:
    first = client.get(API + path, headers=headers)
    assert first.status_code == 200
    etag = first["ETag"]
    again = client.get(API + path, headers={**headers, "if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    weak = {**headers, "if-none-match": f"W/{etag}"}
    assert client.get(API + path, headers=weak).status_code == 304
    assert "private" in first["Cache-Control"]
    other = {**headers, "if-none-match": '"other"'}
    assert client.get(API + path, headers=other).status_code == 200


@pytest.mark.parametrize("path", BY_ITSELF)
def test_an_answer_is_compressed_for_whoever_can_read_it(
    client: Client, headers: dict[str, str], path: str
) -> None:
    plain = client.get(API + path, headers=headers)
    packed = client.get(API + path, headers={**headers, "accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content)
    said, before = json.loads(gzip.decompress(packed.content)), plain.json()
    if path == "/changes":  # until when it is complete moves on
        said.pop("complete_through"), before.pop("complete_through")
    assert said == before
    known = {**headers, "accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    assert client.get(API + path, headers=known).status_code == 304


@pytest.mark.parametrize("path", PATHS)
def test_who_asks_too_often_is_told_when_to_come_back(
    client: Client,
    justice: Justice,
    headers: dict[str, str],
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each client has a measure of its own."""
    made, other = issue_token(name="Other")
    MandateFactory(holder=None, client=made, institutions=[justice.council])
    throttles = _throttles()
    for throttle in throttles:
        monkeypatch.setattr(throttle, "num_requests", 2)
    codes = [client.get(API + path, headers=headers).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = client.get(API + path, headers=headers)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "detail" in answer.json()
    theirs = {"authorization": f"Bearer {other}"}
    assert client.get(API + path, headers=theirs).status_code == 200


def _throttles() -> list[Any]:
    """Return what counts the questions at each address."""
    found = []
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            found += [one for operation in view.operations for one in operation.throttle_objects]
    return found
