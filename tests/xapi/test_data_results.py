"""What came of it (Data 2.4.5, 4.6)."""

from math import inf, nan
from typing import Any

import pytest

from tests.xapi.test_data_examples import BOTH, a_statement, refusal
from xapi.data import check_statement


@BOTH
@pytest.mark.parametrize(
    "score",
    [
        {},
        {"scaled": 1},
        {"scaled": -1.0},
        {"raw": -3.5},
        {"raw": 10**400},
        {"raw": 0, "min": 0, "max": 1},
        {"raw": 20, "min": 0, "max": 20},
        {"min": -1, "max": -0.5},
        {"raw": 5, "max": 5},
    ],
)
def test_2_4_5_1_a_score(score: dict[str, Any], version: str) -> None:
    check_statement(a_statement(result={"score": score}), version)


@BOTH
@pytest.mark.parametrize(
    ("score", "path"),
    [
        (7, ""),
        ({"scaled": 1.01}, ".scaled"),
        ({"scaled": -1.01}, ".scaled"),
        ({"scaled": "0.5"}, ".scaled"),
        ({"scaled": True}, ".scaled"),
        ({"raw": nan}, ".raw"),
        ({"max": inf}, ".max"),
        ({"raw": None}, ".raw"),
        ({"raw": 21, "max": 20}, ".raw"),
        ({"raw": -1, "min": 0}, ".raw"),
        ({"min": 5, "max": 5}, ".min"),
        ({"min": 6, "max": 5}, ".min"),
        ({"percent": 50}, ".percent"),
    ],
)
def test_2_4_5_1_what_is_no_score(score: object, path: str, version: str) -> None:
    assert refusal(version, result={"score": score}).path == f"result.score{path}"


@BOTH
@pytest.mark.parametrize(
    ("result", "path"),
    [
        ([], "result"),
        ({"success": "true"}, "result.success"),
        ({"success": 1}, "result.success"),
        ({"completion": 0}, "result.completion"),
        ({"response": 7}, "result.response"),
        ({"Success": True}, "result.Success"),
        ({"extensions": {"attempt": 1}}, 'result.extensions["attempt"]'),
        ({"duration": 60}, "result.duration"),
    ],
)
def test_2_4_5_what_is_no_result(result: object, path: str, version: str) -> None:
    assert refusal(version, result=result).path == path


@BOTH
@pytest.mark.parametrize(
    "duration",
    [
        "PT0S",
        "P4W",
        "P0.5W",
        "P3Y",
        "P1M",
        "PT1M",
        "P1DT12H",
        "PT16559.14S",
        "PT1,5H",
        "P3Y1M29DT4H35M59.14567S",
    ],
)
def test_4_6_a_duration(duration: str, version: str) -> None:
    check_statement(a_statement(result={"duration": duration}), version)


@BOTH
@pytest.mark.parametrize(
    "duration",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "P1",
        "P1S",
        "PT1D",
        "P1D1M",
        "P4W1D",
        "-PT1S",
        "P0.5DT1H",
        "pt1s",
        "PT1S ",
        "PT1S\n",
        "P0003-06-04T12:30:05",
        "PT١S",
        "P1.5D\nT1H",
    ],
)
def test_4_6_what_is_no_duration(duration: str, version: str) -> None:
    assert refusal(version, result={"duration": duration}).path == "result.duration"
