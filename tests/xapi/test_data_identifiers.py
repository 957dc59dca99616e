"""Identifiers, language tags and moments (Data 2.2, 4.2, 4.5; IEEE 9274.1.1 4.2.7)."""

from datetime import UTC, datetime

import pytest

from xapi.data import (
    V2,
    Malformed,
    check_iri,
    check_language_map,
    check_timestamp,
    check_uuid,
)


@pytest.mark.parametrize(
    "iri",
    [
        "http://adlnet.gov/expapi/verbs/passed",
        "https://обука.срб/лекције/показатељи?q=1#део",
        "urn:uuid:5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa",
        "tag:training.example,2026:hours",
        "mailto:ana@court.example",
        "http://[2001:db8::1]/x",
        "x:%20",
        "https://training.example/" + "x" * 1000,
    ],
)
def test_2_2_an_iri_has_a_scheme(iri: str) -> None:
    assert check_iri(iri, "activity") == iri


@pytest.mark.parametrize(
    "given",
    [
        "",
        "passed",
        "training.example/verbs/passed",
        "//training.example",
        "ab=c://training.example",
        "1http://training.example",
        "http:",
        "http://",
        "https:///path",
        "http:training.example",
        "http://training.example/a b",
        "http://training.example/<b>",
        "http://training.example/%2",
        "http://training.example\n",
        "http://training.example/\ud800",
        "passed" * 100,
        None,
        7,
        ["x:y"],
    ],
)
def test_2_2_what_is_no_iri(given: object) -> None:
    with pytest.raises(Malformed, match="IRI") as refused:
        check_iri(given, "activity")
    assert refused.value.path == "activity"


def test_2_4_1_a_uuid_is_kept_as_it_is_spelled() -> None:
    for uuid in ("5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa", "5B1F9A3E-2F0E-4F0C-9A56-0D6EF3D3C1AA"):
        assert check_uuid(uuid, "statementId") == uuid


@pytest.mark.parametrize(
    "given",
    [
        "",
        "wrong",
        "5b1f9a3e2f0e4f0c9a560d6ef3d3c1aa",
        "{5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa}",
        "urn:uuid:5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa",
        "5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aaa",
        "gb1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa",
        "5b1f9a3e-2f0e-4f0c-9a56-0d6ef3d3c1aa\n",
        None,
        7,
    ],
)
def test_2_4_1_what_is_no_uuid(given: object) -> None:
    with pytest.raises(Malformed, match="UUID"):
        check_uuid(given, "statementId")


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "sr",
        "sr-Latn",
        "sr-Cyrl-RS",
        "SR-LATN-rs",
        "zh-cmn-Hans-CN",
        "cmn",
        "tlh",
        "es-419",
        "de-CH-1901",
        "sl-rozaj-biske",
        "en-a-bbb-x-a-ccc",
        "x-whatever",
        "i-klingon",
        "en-GB-oed",
        "zh-min-nan",
        "art-lojban",
        "qaa-Qaaa-QM-x-southern",
        "de-u-co-phonebk",
        "hy-Latn-IT-arevela",
    ],
)
def test_4_2_a_language_tag(tag: str) -> None:
    check_language_map({tag: "word"}, "display")


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "e",
        "a12345",
        "something",
        "en-something-AU",
        "en_US",
        "en-",
        "-en",
        "en US",
        "en\n",
        "zh-z-aaa-z-bbb-c-ccc",
        "de-1901-1901",
        "en-x",
        "en-a",
        "i-serbian",
        "ср",
        "en" * 200,
    ],
)
def test_4_2_what_is_no_language_tag(tag: str) -> None:
    with pytest.raises(Malformed, match="language tag") as refused:
        check_language_map({"en": "word", tag: "word"}, "display")
    assert refused.value.path == f'display["{tag[:80]}"]'


@pytest.mark.parametrize("given", [None, "word", ["en"], {"en": 7}, {"en": None}, {"en": {}}])
def test_4_2_what_is_no_language_map(given: object) -> None:
    with pytest.raises(Malformed):
        check_language_map(given, "display")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-18T05:32:34Z", (5, 32, 34, 0)),
        ("2026-03-18T05:32:34.804Z", (5, 32, 34, 804000)),
        ("2026-03-18t05:32:34.123456789z", (5, 32, 34, 123456)),
        ("2026-03-18T05:32:34+00:00", (5, 32, 34, 0)),
        ("2026-03-18T06:32:34+01:00", (5, 32, 34, 0)),
        ("2026-03-18T04:32:34-01:00", (5, 32, 34, 0)),
        ("2026-03-18T05:02:34-00:30", (5, 32, 34, 0)),
        ("2026-03-18T05:32:60Z", (5, 33, 0, 0)),
    ],
)
def test_4_5_a_moment_with_its_offset(written: str, moment: tuple[int, ...]) -> None:
    wanted = datetime(2026, 3, 18, *moment, tzinfo=UTC)
    assert check_timestamp(written, "since") == wanted
    assert check_timestamp(written, "since", V2) == wanted


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-18T05:32:00",
        "2026-03-18T05:32:00.0",
        "2026-03-18T05:32Z",
        "2026-03-18T05:32:00,0Z",
        "2026-03-18T06:32:00+01",
        "2026-03-18T06:32:00+0100",
    ],
)
def test_4_5_iso_8601_is_wider_than_rfc_3339(written: str) -> None:
    assert check_timestamp(written, "since") == datetime(2026, 3, 18, 5, 32, tzinfo=UTC)
    with pytest.raises(Malformed, match="RFC 3339"):
        check_timestamp(written, "since", V2)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "yesterday",
        "2026-03-18",
        "01/011/2015",
        "20260318T053234Z",
        "2026-W12-3T05:32:34Z",
        "2026-03-18 05:32:34Z",
        "2026-03-18T05:32:34-00",
        "2026-03-18T05:32:34-0000",
        "2026-03-18T05:32:34.601-00:00",
        "2026-02-30T05:32:34Z",
        "2026-13-01T05:32:34Z",
        "2026-03-18T24:00:00Z",
        "2026-03-18T05:61:34Z",
        "2026-03-18T05:32:34+25:00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:60Z",
        "2026-03-18T05:32:34Z\n",
        "٢٠٢٦-03-18T05:32:34Z",
        1774000000,
        None,
    ],
)
def test_4_5_what_is_no_moment(given: object) -> None:
    for version in ("1.0.3", V2):
        with pytest.raises(Malformed) as refused:
            check_timestamp(given, "since", version)
        assert refused.value.path == "since"
