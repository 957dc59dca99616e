"""What the QR code carries: short, whole, and ours or nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm

from certificates import drawing
from certificates.compact import Compact, compact, read_compact
from certificates.credential import (
    Altered,
    CredentialRefused,
    KeyRetired,
    NotOurs,
    NotUnderstood,
    as_jwt,
    credential_of,
)
from certificates.keys import key_in_use, published_keys, rotate_key
from certificates.keys.forms import base64url, from_base64url
from certificates.keys.private import private_key
from certificates.models import ATTENDANCE, Sheet, SigningKey
from tests.factories.certificates import sheet

pytestmark = pytest.mark.django_db

_ES256 = ECAlgorithm(ECAlgorithm.SHA256)


def signed(fields: list[str], *, version: str = "1", key: Any = None) -> str:
    """Return fields of one's own, signed by our key or by another."""
    kid = key_in_use(SigningKey.Purpose.CREDENTIAL).kid
    said = f"{version}.{base64url(chr(10).join(fields).encode())}"
    return f"{said}.{base64url(_ES256.sign(said.encode(), key or private_key(kid)))}"


def fields_of(text: str) -> list[str]:
    return from_base64url(text.split(".")[1]).decode().split("\n")


def test_it_says_what_stands_on_the_paper() -> None:
    assert read_compact(compact(sheet()), published_keys()) == Compact(
        kid=key_in_use(SigningKey.Purpose.CREDENTIAL).kid,
        code="ABCD-EFGH-JKMN",
        serial="PTK-2026-0000042",
        name_cyrillic="Јелена Узорковић",
        name_latin="Jelena Uzorković",
        course="3f1c9a52",
        minutes=390,
        certificate_class="achievement",
        completed_on=date(2026, 11, 24),
        issued_on=date(2026, 11, 24),
        valid_until=date(2029, 11, 24),
    )


def test_every_certificate_that_is_drawn_carries_it(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = []

    def drawn(sheet: Sheet, attached: Any, *, line: str) -> bytes:
        carried.append(line)
        return b"%PDF"

    monkeypatch.setattr(drawing, "render_sheet", drawn)
    monkeypatch.setattr(drawing, "seal", lambda pdf, at: pdf)
    drawing.draw_sheet(sheet(), at=at)
    assert [read_compact(line, published_keys()).code for line in carried] == ["ABCD-EFGH-JKMN"]


@pytest.mark.parametrize(
    ("cyrillic", "latin", "carried"),
    [
        ("Њ Џоговић", "Nj Džogović", ""),
        ("Ковач Адам", "Kovács Ádám", "Kovács Ádám"),
        ("", "Kovács Ádám", "Kovács Ádám"),
        ("Јелена Узорковић", "", ""),
    ],
)
def test_the_latin_name_is_carried_only_where_no_rule_makes_it(
    cyrillic: str, latin: str, carried: str
) -> None:
    text = compact(sheet(name_cyrillic=cyrillic, name_latin=latin))
    assert fields_of(text)[3:5] == [cyrillic, carried]


def test_a_certificate_of_attendance_without_an_end() -> None:
    text = compact(sheet(certificate_class=ATTENDANCE, valid_until=None, minutes=0))
    read = read_compact(text, published_keys())
    assert (read.certificate_class, read.valid_until, read.minutes) == (ATTENDANCE, None, 0)


@pytest.mark.parametrize("name", ["Јелена Узорковић", "Александра Станојевић Симић"])
def test_it_is_short_enough_for_a_code_on_paper(name: str) -> None:
    text = compact(sheet(name_cyrillic=name, name_latin=""))
    assert len(text) <= 255
    code = segno.make(f"https://putokaz.example/verify/ABCD-EFGH-JKMN#{text}", error="m")
    assert code.version <= 14


def test_the_longest_names_can_be_read() -> None:
    text = compact(sheet(name_cyrillic="Ш" * 200, name_latin="X" * 200))
    assert read_compact(text, published_keys()).name_cyrillic == "Ш" * 200


def test_the_day_of_issue_is_the_one_on_the_paper() -> None:
    # Midnight in Serbia is an hour earlier by the clock of the world.
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert read_compact(compact(sheet(issued_at=late)), published_keys()).issued_on == date(
        2026, 11, 25
    )


def test_it_needs_no_escape_after_a_hash_sign() -> None:
    text = compact(sheet())
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in text)


def test_with_any_letter_changed_it_is_refused() -> None:
    text, keys = compact(sheet()), published_keys()
    for place in range(len(text)):
        for other in "A9_.":
            if text[place] != other:
                with pytest.raises(CredentialRefused):
                    read_compact(text[:place] + other + text[place + 1 :], keys)


def test_with_any_field_changed_it_is_refused() -> None:
    text, keys = compact(sheet()), published_keys()
    for number in range(1, 11):
        fields = fields_of(text)
        fields[number] += "1"
        payload = base64url("\n".join(fields).encode())
        with pytest.raises(Altered):
            read_compact(f"1.{payload}.{text.split('.')[2]}", keys)


def test_another_key_is_refused() -> None:
    fields = fields_of(compact(sheet()))
    with pytest.raises(Altered):
        read_compact(signed(fields, key=generate_private_key(SECP256R1())), published_keys())
    with pytest.raises(NotOurs):
        read_compact(signed(["unknown1", *fields[1:]]), published_keys())
    proof = key_in_use(SigningKey.Purpose.PROOF).kid
    with pytest.raises(NotOurs):
        read_compact(signed([proof, *fields[1:]]), published_keys())


@pytest.mark.parametrize(
    "change",
    [{1: "ABCDEFGHJKMI"}, {6: "!"}, {6: "1_0"}, {7: "x"}, {8: ""}, {9: "zzzzzzzz"}, {10: "?"}],
)
def test_a_field_that_cannot_be_read_is_refused(change: dict[int, str]) -> None:
    fields = fields_of(compact(sheet()))
    for number, value in change.items():
        fields[number] = value
    with pytest.raises(NotUnderstood):
        read_compact(signed(fields), published_keys())


def test_another_version_or_more_fields_are_not_guessed_at() -> None:
    fields = fields_of(compact(sheet()))
    for text in (signed(fields, version="2"), signed([*fields, "more"]), signed(fields[:-1])):
        with pytest.raises(NotUnderstood):
            read_compact(text, published_keys())


def test_it_verifies_after_its_key_was_replaced_and_nothing_newer_does(at: datetime) -> None:
    old = compact(sheet())
    late = compact(sheet(issued_at=at + timedelta(days=3)))
    rotate_key("credential", at + timedelta(days=1))
    assert read_compact(old, published_keys()).serial == "PTK-2026-0000042"
    with pytest.raises(KeyRetired):
        read_compact(late, published_keys())


def test_a_token_is_no_qr_code_and_a_qr_code_no_token(at: datetime) -> None:
    with pytest.raises(NotUnderstood):
        read_compact(as_jwt(credential_of(sheet()), at), published_keys())


def test_a_name_in_two_lines_is_not_signed() -> None:
    with pytest.raises(ValueError, match="line feed"):
        compact(sheet(name_cyrillic="Јелена\nУзорковић"))


@given(st.text(max_size=60) | st.sampled_from(["1..", "1.AA.AA", "x" * 3000]))
def test_whatever_a_camera_reads_is_refused_politely(text: str) -> None:
    with pytest.raises(CredentialRefused):
        read_compact(text, {})
