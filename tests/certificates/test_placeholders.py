"""Words with placeholders: filled in from the sheet, refused where they cannot be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certificates.design import USUAL
from certificates.models import ACHIEVEMENT
from certificates.placeholders import KNOWN, faults_in, filled, values_of
from tests.factories.sheets import sheet_of

DESIGN = USUAL[ACHIEVEMENT]


def said(words: str, language: str = "en", in_latin: bool = False, **fields: Any) -> str:
    design = replace(DESIGN, in_latin=in_latin)
    return filled(words, values_of(sheet_of(**fields), language, design))


def test_every_placeholder_has_a_value_in_both_languages() -> None:
    for language in ("en", "sr"):
        assert list(values_of(sheet_of(), language, DESIGN)) == list(KNOWN)


@pytest.mark.parametrize(
    ("language", "in_latin", "expected"),
    [
        ("en", False, "Jelena Uzorković: Core, 24 November 2026"),
        ("sr", False, "Јелена Узорковић: Основни курс, 24. новембра 2026."),
        ("sr", True, "Jelena Uzorković: Osnovni kurs, 24. novembra 2026."),
    ],
)
def test_facts_stand_in_the_language_and_script_of_the_words(
    language: str, in_latin: bool, expected: str
) -> None:
    assert said("{name}: {course}, {completed}", language, in_latin) == expected


def test_whoever_has_a_name_in_one_script_only_is_named_in_it() -> None:
    assert said("{name}", "sr", name_cyrillic="", name_latin="Gëzim Çelaj") == "Gëzim Çelaj"


def test_what_stands_in_brackets_is_left_out_without_a_value() -> None:
    words = "{hours}[ · valid until {valid_until}][, {score_band} %]"
    assert said(words) == "1 h 35 min"
    until = date(2029, 11, 24)
    assert said(words, valid_until=until) == "1 h 35 min · valid until 24 November 2029"


def test_a_fact_that_looks_like_a_placeholder_is_printed_as_it_is() -> None:
    assert said("{course}", course_title_en="Sets {a} [b]") == "Sets {a} [b]"


@pytest.mark.parametrize("words", ["{hours}", "[{valid_until} {hours}]", "no placeholder", ""])
def test_good_words_have_no_fault(words: str) -> None:
    assert faults_in(words) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{grade}", "There is no placeholder {grade}."),
        ("{Hours}", "There is no placeholder {Hours}."),
        ("{}", "There is no placeholder {}."),
        ("{hours", "“{” stands without its other half."),
        ("until {valid_until}]", "“]” stands without its other half."),
        ("[a [b] c]", "“[]” stands without its other half."),
    ],
)
def test_a_slip_is_named(words: str, fault: str) -> None:
    assert faults_in(words) == [fault]
