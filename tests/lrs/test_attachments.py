"""Attachments: they come with their statements, fit them, and are kept once."""

import json
from hashlib import sha256, sha384, sha512
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from lrs.attachments import Enclosure, attachments_of, keep
from lrs.http.multipart import Part, parts_of, write
from lrs.http.parcels import match, pack, unpack
from lrs.models import Attachment
from lrs.refusals import Refusal

ESSAY, PHOTO = b"What I learned\r\n--not-a-boundary", bytes(range(256))
STATEMENTS = Part({"content-type": "application/json"}, b"{}")


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def attachment(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "usageType": "https://example.org/usage/essay",
        "display": {"en": "Essay"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": digest(content),
    } | more


def statement(*attachments: dict[str, Any]) -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:ana@example.org"},
        "verb": {"id": "https://example.org/verbs/wrote"},
        "object": {"id": "https://example.org/activities/essay"},
        "attachments": list(attachments),
    }


def planned(*attachments: dict[str, Any]) -> dict[str, Any]:
    """A statement about one that is still to come, which has the attachments."""
    inner = statement(*attachments) | {"objectType": "SubStatement"}
    return statement() | {"object": inner}


def part(content: bytes, **headers: str) -> Part:
    given = {"content-transfer-encoding": "binary", "x-experience-api-hash": digest(content)}
    return Part(given | {name.replace("_", "-"): value for name, value in headers.items()}, content)


def parts(*contents: bytes) -> dict[str, Part]:
    return {digest(content): part(content) for content in contents}


def refusal_of_match(statements: list[dict[str, Any]], found: dict[str, Part]) -> str:
    with pytest.raises(Refusal) as refused:
        match(statements, found)
    assert refused.value.status == 400
    return refused.value.reason


def refusal_of_parcel(*found: Part) -> str:
    with pytest.raises(Refusal) as refused:
        unpack(*write(found))
    assert refused.value.status == 400
    return refused.value.reason


def test_a_parcel_holds_statements_and_attachments() -> None:
    text, found = unpack(*write([STATEMENTS, part(ESSAY), part(PHOTO)]))
    assert text == b"{}"
    assert {sha2: one.content for sha2, one in found.items()} == {
        digest(ESSAY): ESSAY,
        digest(PHOTO): PHOTO,
    }


def test_a_parcel_may_hold_statements_alone() -> None:
    assert unpack(*write([STATEMENTS])) == (b"{}", {})


def test_the_first_part_must_be_json() -> None:
    assert "first part" in refusal_of_parcel(Part({"content-type": "text/plain"}, b"{}"))
    assert "first part" in refusal_of_parcel(Part({}, b"{}"))


def test_each_further_part_names_its_hash_and_is_binary() -> None:
    second = Part({"content-type": "application/json"}, b"{}")
    assert "part 2" in refusal_of_parcel(STATEMENTS, second, part(ESSAY))
    base64 = part(ESSAY, content_transfer_encoding="base64")
    assert "Content-Transfer-Encoding" in refusal_of_parcel(STATEMENTS, base64)
    nameless = part(ESSAY, x_experience_api_hash="")
    assert "X-Experience-API-Hash" in refusal_of_parcel(STATEMENTS, nameless)


def test_a_part_may_come_twice_but_only_as_the_same() -> None:
    assert len(unpack(*write([STATEMENTS, part(ESSAY), part(ESSAY)]))[1]) == 1
    other = part(PHOTO, x_experience_api_hash=digest(ESSAY))
    assert "differ" in refusal_of_parcel(STATEMENTS, part(ESSAY), other)


def test_attachments_find_their_contents() -> None:
    statements = [statement(attachment(ESSAY), attachment(PHOTO)), statement(attachment(ESSAY))]
    assert match(statements, parts(ESSAY, PHOTO)) == {digest(ESSAY): ESSAY, digest(PHOTO): PHOTO}


def test_attachments_of_a_statement_still_to_come_count_too() -> None:
    assert match([planned(attachment(ESSAY))], parts(ESSAY)) == {digest(ESSAY): ESSAY}
    assert "neither" in refusal_of_match([planned(attachment(ESSAY))], {})


def test_an_attachment_stands_elsewhere_or_comes_along() -> None:
    elsewhere = attachment(ESSAY, fileUrl="https://example.org/essay.txt")
    assert match([statement(elsewhere)], {}) == {}
    assert match([statement(elsewhere)], parts(ESSAY)) == {digest(ESSAY): ESSAY}
    assert "neither" in refusal_of_match([statement(attachment(ESSAY))], {})
    assert "neither" in refusal_of_match([statement(elsewhere, attachment(PHOTO))], parts(ESSAY))


def test_a_part_without_an_attachment_is_refused() -> None:
    found = parts(ESSAY, PHOTO)
    assert "belongs to no attachment" in refusal_of_match([statement(attachment(ESSAY))], found)


def test_a_part_must_have_the_hash_it_goes_under() -> None:
    found = {digest(ESSAY): part(PHOTO)}
    assert "another hash" in refusal_of_match([statement(attachment(ESSAY))], found)


@pytest.mark.parametrize("algorithm", [sha256, sha384, sha512])
def test_each_sha_2_is_understood(algorithm: Any) -> None:
    sha2 = algorithm(ESSAY).hexdigest()
    found = {sha2: part(ESSAY)}
    assert match([statement(attachment(ESSAY, sha2=sha2.upper()))], found) == {sha2: ESSAY}


def test_another_hash_than_sha_2_is_refused() -> None:
    wrong = attachment(ESSAY, sha2="abc")
    assert "not a SHA-2" in refusal_of_match([statement(wrong)], {"abc": part(ESSAY)})


def test_the_length_does_not_decide_where_the_hash_agrees() -> None:
    assert match([statement(attachment(ESSAY, length=1))], parts(ESSAY)) == {digest(ESSAY): ESSAY}


@pytest.mark.django_db
def test_contents_are_kept_once() -> None:
    keep({})
    keep({digest(PHOTO): PHOTO, digest(ESSAY): ESSAY})
    keep({digest(ESSAY): ESSAY})
    rows = Attachment.objects.order_by("sha2")
    assert {row.sha2: bytes(row.content) for row in rows} == {
        digest(ESSAY): ESSAY,
        digest(PHOTO): PHOTO,
    }


@pytest.mark.django_db
def test_attachments_come_back_once_and_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keep({digest(PHOTO): PHOTO, digest(ESSAY): ESSAY})
    elsewhere = attachment(b"never sent", fileUrl="https://example.org/never")
    statements = [
        statement(attachment(PHOTO, contentType="image/png", sha2=digest(PHOTO).upper())),
        planned(attachment(ESSAY), elsewhere) | {"id": str(uuid4())},
        statement(attachment(PHOTO)),
    ]
    # One of them for what has a fileUrl: whether it came here too.
    with django_assert_num_queries(2):
        found = attachments_of(statements)
    assert found == [
        Enclosure(digest(PHOTO).upper(), "image/png", PHOTO),
        Enclosure(digest(ESSAY), "text/plain", ESSAY),
    ]


@pytest.mark.django_db
def test_statements_without_attachments_need_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert attachments_of([statement()]) == []


@pytest.mark.django_db
def test_a_content_type_that_cannot_be_a_header_does_not_go_out() -> None:
    keep({digest(ESSAY): ESSAY})
    for wrong in ("text/plain\r\nX-Evil: yes", "text/" + "x" * 300):
        found = attachments_of([statement(attachment(ESSAY, contentType=wrong))])
        assert found[0].content_type == "application/octet-stream"


def test_statements_go_out_with_their_attachments() -> None:
    text = json.dumps(statement(attachment(PHOTO))).encode()
    sent = pack(text, [Enclosure(digest(PHOTO), "image/png", PHOTO)])
    assert unpack(*sent)[0] == text
    assert parts_of(*sent)[1] == Part(
        {
            "content-type": "image/png",
            "content-transfer-encoding": "binary",
            "x-experience-api-hash": digest(PHOTO),
            "content-length": "256",
        },
        PHOTO,
    )
