"""What QTI can ask and the platform cannot is refused with the reason, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.exchange.qti import read
from tests.assessments.exchange.qti_items import (
    MAP_RESPONSE,
    choices,
    item,
    refused,
    response,
)

ASK = '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{0}">{1}</choiceInteraction>'
TWO = choices("Prosecutor", "Employer")
FIELD = '<p>Act, <textEntryInteraction responseIdentifier="RESPONSE"/></p>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (item("", "<p>Only text.</p>"), "no interaction"),
        (item(response("P"), ASK.format(1, TWO) * 2), "Several questions"),
        (item(response("Z"), ASK.format(1, TWO)), "not among those"),
        (item(response(), ASK.format(1, TWO)), "No right answer"),
        (item(response("P"), ASK.format(1, TWO), "<responseProcessing template='x/own'/>"), "own"),
        (item(response("P"), f"<p><math/></p>{ASK.format(1, TWO)}"), "formula"),
        (item(response("P"), f"<p><img src='a' alt='A map'/></p>{ASK.format(1, TWO)}"), "picture"),
        (item(response("P"), ASK.format(1, TWO.replace("Employer", "<img alt=''/>"))), "picture"),
        (item(response("P"), f"<p>x<sup>ab</sup></p>{ASK.format(1, TWO)}"), "raised"),
        (item(response("P"), f"<p><audio/></p>{ASK.format(1, TWO)}"), "sound"),
        (item(response("P"), "<uploadInteraction responseIdentifier='RESPONSE'/>"), "upload"),
        (item(response("P") + "<templateDeclaration/>", ASK.format(1, TWO)), "by chance"),
        (item(response("P"), "<choiceInteraction responseIdentifier='Q'/>"), "not declared"),
        (item(response("P"), ASK.format(1, choices("Prosecutor"))), "two options"),
    ],
)
def test_what_has_no_equal_is_refused(data: bytes, reason: str) -> None:
    found = refused(data)
    assert reason in found.reason
    assert found.name == "An item"
    assert found.line >= 1


def test_a_refusal_says_the_line() -> None:
    data = item(response("P"), f"\n\n<p><math/></p>{ASK.format(1, TWO)}")
    assert refused(data).line == 4


def test_an_item_that_changes_with_each_answer_is_refused() -> None:
    data = item(response("P"), ASK.format(1, TWO)).replace(b'adaptive="false"', b'adaptive="true"')
    assert "changes with each answer" in refused(data).reason


def test_right_answers_that_weigh_differently_are_refused() -> None:
    declared = response("a", "b", cardinality="multiple", points={"a": 2, "b": 1})
    body = ASK.format(0, choices("act", "bed", "chair"))
    assert "different points" in refused(item(declared, body, MAP_RESPONSE)).reason


def test_a_wrong_option_that_earns_a_part_is_refused() -> None:
    declared = response("P", points={"P": 1, "E": 0.5})
    assert "“Employer” earns" in refused(item(declared, ASK.format(1, TWO), MAP_RESPONSE)).reason


def test_a_part_of_the_right_answers_that_is_enough_is_refused() -> None:
    declared = response("a", "b", cardinality="multiple", points={"a": 1, "b": 1})
    declared = declared.replace("<mapping", '<mapping upperBound="1"')
    body = ASK.format(0, choices("act", "bed", "chair"))
    assert "is enough" in refused(item(declared, body, MAP_RESPONSE)).reason


@pytest.mark.parametrize(
    ("points", "reason"),
    [({"York": 1, "york": 0.5}, "they are alike"), ({"York": 1, "Kent": 0.5}, "a part of")],
)
def test_words_that_are_right_in_part_are_refused(points: dict[str, float], reason: str) -> None:
    declared = response("York", base="string", points=points)
    assert reason in refused(item(declared, FIELD, MAP_RESPONSE)).reason


def test_a_text_that_only_contains_the_answer_is_not_the_answer() -> None:
    processing = (
        "<responseProcessing><responseCondition><responseIf>"
        '<stringMatch caseSensitive="false" substring="true"><variable identifier="RESPONSE"/>'
        '<baseValue baseType="string">york</baseValue></stringMatch>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>'
        "</setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )
    assert "Other texts" in refused(item(response(base="string"), FIELD, processing)).reason


def test_more_tolerance_to_one_side_is_refused() -> None:
    processing = (
        '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" '
        'tolerance="1 5"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>'
        "</setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )
    reason = refused(item(response("9", base="float"), FIELD, processing)).reason
    assert "to one side" in reason


def test_scoring_that_is_not_known_is_refused_by_its_name() -> None:
    processing = (
        '<responseProcessing><setOutcomeValue identifier="SCORE"><customOperator class="x"/>'
        "</setOutcomeValue></responseProcessing>"
    )
    assert "customOperator" in refused(item(response("P"), ASK.format(1, TWO), processing)).reason


def test_two_things_that_belong_to_the_same_are_refused() -> None:
    ones, others = (
        choices(*texts, name="simpleAssociableChoice") for texts in (("a", "b"), ("X", "Y"))
    )
    body = (
        f'<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>{ones}</simpleMatchSet>'
        f"<simpleMatchSet>{others}</simpleMatchSet></matchInteraction>"
    )
    declared = response("a X", "b X", cardinality="multiple", base="directedPair")
    assert "more than one" in refused(item(declared, body)).reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<assessmentTest identifier='t'/>", "take the package"),
        (b"<qti-assessment-section identifier='s'/>", "take the package"),
        (b"<questestinterop/>", "QTI 1"),
        (b"<quiz/>", "no item of QTI"),
        (b"<assessmentItem identifier='i'/>", "no body"),
    ],
)
def test_what_is_no_item_is_refused(data: bytes, reason: str) -> None:
    assert reason in refused(data).reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<a>",
        b"PK\x03\x04 but no zip",
        b'<!DOCTYPE a [<!ENTITY x "y">]><assessmentItem>&x;</assessmentItem>',
        b'<?xml version="1.0" encoding="none"?><assessmentItem/>',
        b"<a>" * 500 + b"</a>" * 500,
    ],
)
def test_what_cannot_be_read_is_refused_and_never_raises(data: bytes) -> None:
    found = refused(data, "broken.xml")
    assert found.name == "broken.xml"
    assert str(found.reason)


@given(cut=st.integers(0, 900), put=st.text(max_size=3))
def test_a_damaged_item_is_taken_or_refused_but_never_raises(cut: int, put: str) -> None:
    whole = item(response("P", points={"P": 1}), ASK.format(1, TWO), MAP_RESPONSE)
    damaged = whole[:cut] + put.encode("utf-8", "ignore") + whole[cut + len(put) :]
    reading = read("i.xml", damaged)
    assert len(reading.items) + len(reading.refused) == 1
