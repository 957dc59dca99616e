"""What programs are told of the record store is what it does."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from lrs.http.door import RESOURCES
from lrs.http.openapi import description, text

COMMITTED = Path(settings.BASE_DIR) / "docs" / "xapi-openapi.json"


def test_the_description_is_the_committed_one() -> None:
    """After a change on purpose:

    manage.py shell -v 0 -c "from lrs.http.openapi import text; print(text(), end='')" \
        > docs/xapi-openapi.json
    """
    assert COMMITTED.read_text() == text()


@pytest.mark.parametrize("mount", ["/xapi/", "/xapi/1.0.3/", "/xapi/2.0/"])
def test_anybody_may_read_the_description(mount: str) -> None:
    answer = Client().get(f"{mount}openapi.json")
    assert answer.status_code == 200
    assert answer.json() == json.loads(text())


def test_every_resource_is_described_with_all_its_parameters() -> None:
    described = description()
    assert {path.removeprefix("/") for path in described["paths"]} == set(RESOURCES)
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert {"400"} < operation["responses"].keys()
    assert all(one["description"] for one in described["components"]["parameters"].values())


def test_every_reference_leads_somewhere() -> None:
    described, places = description(), text().split('"$ref": "#/')[1:]
    for place in places:
        found = described
        for step in place.partition('"')[0].split("/"):
            found = found[step]
