"""Files that come with a statement (Data 2.4.11, 2.6)."""

from typing import Any

import pytest

from tests.xapi.test_data_examples import ATTACHMENT, BOTH, a_statement, refusal, without
from xapi.data import check_statement

SIGNATURE = {"usageType": "http://adlnet.gov/expapi/attachments/signature"}


@BOTH
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"description": {"en": "As signed"}, "fileUrl": "https://training.example/c.pdf"},
        {"contentType": "text/plain; charset=ascii"},
        {"contentType": 'multipart/mixed;boundary="a b"; x=y'},
        {"contentType": "application/vnd.api+json"},
        {"length": 0},
        {"sha2": "0" * 56},
        {"sha2": "A" * 96},
        {"sha2": "f" * 128},
        {**SIGNATURE, "contentType": "application/octet-stream"},
    ],
)
def test_a_file_is_described(changes: dict[str, Any], version: str) -> None:
    check_statement(a_statement(attachments=[{**ATTACHMENT, **changes}]), version)


@BOTH
@pytest.mark.parametrize("name", ATTACHMENT)
def test_what_must_be_said_of_a_file(name: str, version: str) -> None:
    refused = refusal(version, attachments=[without(ATTACHMENT, name)])
    assert (refused.path, name in refused.reason) == ("attachments[0]", True)


@BOTH
@pytest.mark.parametrize(
    "changes",
    [
        {"usageType": "certificate"},
        {"display": "Certificate"},
        {"display": {"a12345": "Certificate"}},
        {"description": 7},
        {"contentType": "pdf"},
        {"contentType": "text/plain;"},
        {"contentType": 7},
        {"length": "27"},
        {"length": 27.0},
        {"length": True},
        {"length": -1},
        {"sha2": "ab"},
        {"sha2": "z" * 64},
        {"sha2": 7},
        {"fileUrl": "training.example/c.pdf"},
        {"data": "JVBERi0="},
    ],
)
def test_what_describes_no_file(changes: dict[str, Any], version: str) -> None:
    refused = refusal(version, attachments=[ATTACHMENT, {**ATTACHMENT, **changes}])
    assert refused.path.startswith(f"attachments[1].{min(changes)}")


@BOTH
@pytest.mark.parametrize("attachments", [None, ATTACHMENT, "c.pdf", [None], ["c.pdf"], [[]]])
def test_files_stand_in_a_list(attachments: object, version: str) -> None:
    assert refusal(version, attachments=attachments).path.startswith("attachments")


@BOTH
def test_2_6_a_signature_has_its_own_media_type(version: str) -> None:
    refused = refusal(version, attachments=[{**ATTACHMENT, **SIGNATURE}])
    assert refused.path == "attachments[0].contentType"
