"""The browser reads a signed line as Python does: the same fields, the same refusals."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm
from playwright.sync_api import Page

from certificates import compact as lines
from certificates.compact import compact, read_compact
from certificates.credential.refusals import (
    Altered,
    CredentialRefused,
    KeyRetired,
    NotOurs,
    NotUnderstood,
)
from certificates.keys.forms import base64url, from_base64url, jwk_of, kid_of
from certificates.models import ACHIEVEMENT, ATTENDANCE, SigningKey
from certificates.offline.kept_data import keys_of_lines
from tests.e2e.site import Site
from tests.e2e.windows import Window
from tests.factories.certificates import sheet

pytestmark = pytest.mark.browser

_ES256 = ECAlgorithm(ECAlgorithm.SHA256)
_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_PRIVATE = {name: generate_private_key(SECP256R1()) for name in ("new", "old")}
# What the browser calls a refusal of ours.
_REASONS = {
    NotUnderstood: "not-understood",
    NotOurs: "unknown-key",
    Altered: "altered",
    KeyRetired: "retired",
}
_READ = """async ([lines, keys]) => {
    const { readLine } = await import("/static/js/signed-line.js");
    const why = (refused) => refused.reason ?? String(refused);
    return Promise.all(lines.map((line) => readLine(line, keys).catch(why)));
}"""
Read = Callable[[list[str]], list[Any]]


def _key(name: str, retired_at: datetime | None = None) -> SigningKey:
    jwk = jwk_of(_PRIVATE[name].public_key())
    return SigningKey(
        kid=kid_of(jwk),
        purpose=SigningKey.Purpose.CREDENTIAL,
        algorithm="ES256",
        public_jwk=jwk,
        begins_at=_AT - timedelta(days=9),
        retired_at=retired_at,
    )


NEW, OLD = _key("new"), _key("old", retired_at=_AT - timedelta(days=1))
KEYS = {key.kid: key for key in (NEW, OLD)}


@pytest.fixture(scope="module")
def page(browser: Any, site: Site) -> Iterator[Page]:
    window = Window(browser, site.url)
    window.page.goto("/en/verify/")
    yield window.page
    window.close()
    assert window.amiss == []


@pytest.fixture
def read(page: Page) -> Read:
    return lambda lines: page.evaluate(_READ, [lines, keys_of_lines(KEYS)])


@pytest.fixture(autouse=True)
def _signed_by_the_new_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "key_in_use", lambda purpose: NEW)
    monkeypatch.setattr(lines, "private_key", lambda kid: _PRIVATE["new"])


def in_python(line: str) -> Any:
    """Return what Python reads in the form in which the browser says it; or why it is refused."""
    try:
        said = asdict(read_compact(line, KEYS))
    except CredentialRefused as refused:
        return _REASONS[type(refused)]
    until = said["valid_until"]
    return {
        "kid": said["kid"],
        "code": said["code"].replace("-", ""),
        "serial": said["serial"],
        "cyrillic": said["name_cyrillic"],
        "latin": said["name_latin"],
        "course": said["course"],
        "class": {ACHIEVEMENT: "a", ATTENDANCE: "t"}[said["certificate_class"]],
        "minutes": said["minutes"],
        "completed": said["completed_on"].isoformat(),
        "issued": said["issued_on"].isoformat(),
        "until": until.isoformat() if until else "",
    }


def in_the_browser(said: Any) -> Any:
    if isinstance(said, str):
        return said
    fields = said.pop("fields")
    return {name: fields[name] for name in fields} | said


def agree(read: Read, lines: list[str]) -> list[Any]:
    """Assert that both say the same of each line; return what they say."""
    ours = [in_python(line) for line in lines]
    theirs = [in_the_browser(said) for said in read(lines)]
    for line, one, other in zip(lines, ours, theirs, strict=True):
        assert one == other, line
    return ours


def signed(fields: list[str], *, version: str = "1", key: str = "new") -> str:
    said = f"{version}.{base64url(chr(10).join(fields).encode())}"
    return f"{said}.{base64url(_ES256.sign(said.encode(), _PRIVATE[key]))}"


def fields_of(line: str) -> list[str]:
    return from_base64url(line.split(".")[1]).decode().split("\n")


_SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
_LETTERS = st.text(st.sampled_from(f"{_SERBIAN} -'абЉЊЏљњџaŠđ"), max_size=40)
_ANY = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n"), max_size=40)
_DAYS = st.dates(date(2000, 1, 1), date(6500, 1, 1))
_SHEETS = st.builds(
    lambda **fields: sheet(**fields),
    name_cyrillic=_LETTERS | _ANY,
    name_latin=st.just("") | _ANY,
    minutes=st.integers(0, 2**31 - 1),
    certificate_class=st.sampled_from([ACHIEVEMENT, ATTENDANCE]),
    completed_on=_DAYS,
    valid_until=st.none() | _DAYS,
    course_key=st.none() | st.uuids(),
)
_slowly = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_slowly
@given(made=st.lists(_SHEETS, min_size=1, max_size=12))
def test_every_certificate_is_read_alike(read: Read, made: list[Any]) -> None:
    said = agree(read, [compact(one) for one in made])
    assert not [reason for reason in said if isinstance(reason, str)]


def test_with_any_letter_changed_it_is_refused_alike(read: Read) -> None:
    line = compact(sheet())
    changed = [
        line[:place] + other + line[place + 1 :]
        for place in range(len(line))
        for other in "A9_."
        if line[place] != other
    ]
    said = agree(read, changed)
    assert set(said) == {"not-understood", "unknown-key", "altered"}


def test_what_is_not_as_we_write_it_is_refused_alike(read: Read) -> None:
    line = compact(sheet())
    fields = fields_of(line)
    version, payload, signature = line.split(".")
    odd = [
        "", "1", "1.", "1..", "1.AA.AA", "...", "x" * 2001, f"{line}.", f".{line}", f" {line}",
        f"{line}=", f"{version}.{payload}=.{signature}", f"{version}.{payload}+.{signature}",
        f"{version}.{payload}.{signature}AAAA", f"{version}.{payload}.{signature[:-4]}",
        f"{version}.{payload}.", f"{version}.{payload}", f"{version}.{payload}A.{signature}",
        f"{version}.{base64url(bytes([0xFF, 0xFE]))}.{signature}",
        f"{version}.{base64url(bytes([0xED, 0xA0, 0x80]))}.{signature}",
        signed(fields, version="2"), signed(fields, version="01"), signed(fields[:-1]),
        signed([*fields, ""]), signed(["unknown1", *fields[1:]]), signed(["", *fields[1:]]),
        signed(["__proto__", *fields[1:]]), signed(["\ufeff" + fields[0], *fields[1:]]),
    ]  # fmt: skip
    said = agree(read, odd)
    assert all(isinstance(reason, str) for reason in said)
    assert agree(read, [line]) == [in_python(line)]


def test_a_field_that_is_not_as_we_write_it_is_refused_alike(read: Read) -> None:
    fields = fields_of(compact(sheet()))
    wrong = {
        1: ("", "ABCDEFGHJKM", "ABCDEFGHJKMI", "abcdefghjkmn", "ABCD-EFGH-JKMN", "ABCDEFGHJKMN "),
        6: ("", "-1", "+1", " 1", "1_0", "A", "١", "zzzzzzz", "1.0"),
        7: ("", "x", "aa", "A"),
        8: ("", "zzzzz", "-1", "?"),
        9: ("", " 1", "1\r"),
        10: ("?", "zzzzz", "0X"),
    }
    changed = [
        signed([*fields[:place], value, *fields[place + 1 :]])
        for place, values in wrong.items()
        for value in values
    ]
    assert set(agree(read, changed)) == {"not-understood"}


def test_a_retired_key_is_believed_for_what_it_signed_before(read: Read) -> None:
    fields = [OLD.kid, *fields_of(compact(sheet()))[1:]]
    late = signed(fields, key="old")
    issued = lines._days(date(2026, 11, 23))
    in_time = signed([*fields[:9], issued, fields[10]], key="old")
    said = agree(read, [late, in_time, signed(fields, key="new")])
    assert (said[0], said[1]["issued"], said[2]) == ("retired", "2026-11-23", "altered")


@_slowly
@given(found=st.lists(st.text(max_size=60), min_size=1, max_size=20))
def test_whatever_a_camera_reads_is_refused_alike(read: Read, found: list[str]) -> None:
    assert all(isinstance(reason, str) for reason in agree(read, found))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("https://x.rs/verify/7Q4K-M2XD-9RTB#1.A.B", "7Q4KM2XD9RTB", "1.A.B"),
        ("https://x.rs/sr/verify/7q4k-m2xd-9rtb/#1.A.B", "7Q4KM2XD9RTB", "1.A.B"),
        ("https://x.rs/verify/7Q4K-M2XD-9RTB", "7Q4KM2XD9RTB", ""),
        ("https://x.rs/en/verify/offline/#1.A.B", "", "1.A.B"),
        (" 1.A.B ", "", "1.A.B"),
    ],
)
def test_an_address_is_taken_apart(page: Page, text: str, code: str, line: str) -> None:
    taken = """async (text) => {
        const { codeAndLine } = await import("/static/js/qr-text.js");
        return codeAndLine(text);
    }"""
    assert page.evaluate(taken, text) == {"code": code, "line": line}
