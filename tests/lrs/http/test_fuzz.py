"""Requests made up from the description of the store, right and wrong ones, by schemathesis."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.wsgi import site
from lrs.http.openapi import description
from tests.lrs.credentials import credential

schemathesis = pytest.importorskip("schemathesis", reason="the group dev is not installed")
general = pytest.importorskip("schemathesis.checks")
conformance = pytest.importorskip("schemathesis.specs.openapi.checks")

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

schemathesis.openapi.format(
    "iri", st.from_regex(r"https://example\.org/[a-z]{1,8}", fullmatch=True)
)
STORE = schemathesis.openapi.from_dict(description())
STORE.app = site
OPERATIONS = {found.ok().label: found.ok() for found in STORE.get_all_operations()}
CHECKS = [
    general.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A story is one transaction: no request of it may close the connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def stories() -> Iterator[Any]:
    """Yield each operation with right and with wrong requests; some can hardly be wrong."""
    for label, operation in OPERATIONS.items():
        for mode in schemathesis.GenerationMode:
            if mode.is_positive or operation.query or operation.headers or operation.body:
                yield pytest.param(label, mode, id=f"{label} {mode.value}")


@pytest.mark.parametrize(("operation", "mode"), list(stories()))
def test_nothing_made_up_from_the_description_breaks_the_store(
    db: None, operation: str, mode: Any
) -> None:
    _, headers = credential()

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[operation].as_strategy(generation_mode=mode))
    def no_request_breaks_it(case: Any) -> None:
        # The version is made up, too; the credential is a good one.
        case.headers = dict(case.headers or {}) | {"Authorization": headers["Authorization"]}
        case.call_and_validate(checks=CHECKS)

    no_request_breaks_it()
