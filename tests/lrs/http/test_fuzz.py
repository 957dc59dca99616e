"""Requests made up from the description of the store, right and wrong ones, by schemathesis."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.wsgi import application
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
STORE.app = application
OPERATIONS = {found.ok().label: found.ok() for found in STORE.get_all_operations()}
CHECKS = [
    general.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
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
