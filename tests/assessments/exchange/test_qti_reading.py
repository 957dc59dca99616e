"""Questions that others wrote in QTI come in with the meaning that they had."""

import re

import pytest

from tests.assessments.exchange.qti_items import (
    MAP_POINT,
    MAP_RESPONSE,
    MATCH_CORRECT,
    V2,
    V3,
    choices,
    item,
    package,
    picture,
    refused,
    response,
    taken,
    values,
)

pytestmark = pytest.mark.parametrize("version", [V2, V3])

ASK = '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{0}">{1}</choiceInteraction>'
PROMPT = "<prompt>Who is to be told?</prompt>"


def test_one_right_option(version: str) -> None:
    body = ASK.format(1, PROMPT + choices("Prosecutor", "Employer"))
    found = taken(item(response("P"), f"<p>A  <b>man</b>\n calls.</p>{body}", version=version))
    assert (found.kind, found.name) == ("choice", "An item")
    assert found.stem == "A man calls.\n\nWho is to be told?"
    assert values(found, "option", "text", "correct") == [("Prosecutor", True), ("Employer", False)]


def test_a_reason_for_each_option_from_its_own_feedback(version: str) -> None:
    inline = (
        '<simpleChoice identifier="P">Prosecutor<feedbackInline outcomeIdentifier="FEEDBACK" '
        'identifier="P" showHide="show"> By law.</feedbackInline></simpleChoice>'
    )
    modal = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="E" showHide="show">'
        "<p>Never.</p></modalFeedback>"
    )
    body = ASK.format(1, PROMPT + inline + choices("Employer"))
    found = taken(item(response("P"), body, version=version, extra=modal))
    assert values(found, "option", "text", "reason") == [
        ("Prosecutor", "By law."),
        ("Employer", "Never."),
    ]


def test_a_reason_that_the_processing_shows_after_a_right_or_wrong_answer(version: str) -> None:
    processing = (
        "<responseProcessing><responseCondition><responseIf><match>"
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">3</baseValue>'
        '</setOutcomeValue><setOutcomeValue identifier="FB"><baseValue baseType="identifier">yes'
        "</baseValue></setOutcomeValue></responseIf><responseElse>"
        '<setOutcomeValue identifier="FB"><baseValue baseType="identifier">no</baseValue>'
        "</setOutcomeValue></responseElse></responseCondition></responseProcessing>"
    )
    extra = "".join(
        f'<modalFeedback outcomeIdentifier="FB" identifier="{key}" showHide="show">{text}'
        "</modalFeedback>"
        for key, text in (("yes", "Right, article 4."), ("no", "Read article 4."))
    )
    body = ASK.format(1, PROMPT + choices("Prosecutor", "Employer"))
    found = taken(item(response("P"), body, processing, version=version, extra=extra))
    assert values(found, "option", "reason") == ["Right, article 4.", "Read article 4."]


def test_several_right_options_with_weights_that_are_alike(version: str) -> None:
    declared = response("a", "b", cardinality="multiple", points={"a": 2, "b": 2, "c": -1})
    body = ASK.format(0, PROMPT + choices("act", "bed", "chair"))
    found = taken(item(declared, body, MAP_RESPONSE, version=version))
    assert found.kind == "multiple"
    assert values(found, "option", "correct") == [True, True, False]


def test_several_right_options_of_which_all_are_needed(version: str) -> None:
    declared = response("a", "b", cardinality="multiple")
    body = ASK.format(0, PROMPT + choices("act", "bed", "chair"))
    assert taken(item(declared, body, version=version)).kind == "multiple"


def test_an_item_may_say_no_more_than_what_is_right(version: str) -> None:
    body = ASK.format(1, PROMPT + choices("Prosecutor", "Employer"))
    whole = item(response("P"), body, "", version=version)
    bare = re.sub(rb"<[\w-]*utcome-?[dD]eclaration[^>]*/>", b"", whole)
    assert bare != whole
    without_score = (
        "<responseProcessing><responseCondition><responseIf><match>"
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match></responseIf>'
        "</responseCondition></responseProcessing>"
    )
    for data in (bare, item(response("P"), body, without_score, version=version)):
        assert values(taken(data), "option", "correct") == [True, False]


def test_true_or_false_stands_in_that_order(version: str) -> None:
    two = (
        '<simpleChoice identifier="false">No</simpleChoice>'
        '<simpleChoice identifier="true">Yes</simpleChoice>'
    )
    found = taken(item(response("false"), ASK.format(1, PROMPT + two), version=version))
    assert found.kind == "true-false"
    assert values(found, "option", "text", "correct") == [("Yes", False), ("No", True)]


def test_a_scale_has_no_right_answer(version: str) -> None:
    scale = ASK.format(1, PROMPT + choices("1", "2", "3"))
    scale = scale.replace("<choiceInteraction", '<choiceInteraction class="likert"')
    found = taken(item(response(), scale, "", version=version))
    assert found.kind == "likert"
    assert values(found, "point", "text") == ["1", "2", "3"]


def test_steps_come_in_their_right_order(version: str) -> None:
    body = (
        f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{PROMPT}'
        f"{choices('act', 'bed', 'chair')}</orderInteraction>"
    )
    found = taken(item(response("c", "a", "b", cardinality="ordered"), body, version=version))
    assert found.kind == "sequencing"
    assert values(found, "step", "text") == ["chair", "act", "bed"]


def match_of(ones: str, others: str) -> str:
    return (
        f'<matchInteraction responseIdentifier="RESPONSE">{PROMPT}<simpleMatchSet>{ones}'
        f"</simpleMatchSet><simpleMatchSet>{others}</simpleMatchSet></matchInteraction>"
    )


def test_pairs_and_what_belongs_to_nothing(version: str) -> None:
    ones, others = (
        choices(*texts, name="simpleAssociableChoice")
        for texts in (("act", "means"), ("Recruiting", "Threat", "Zebra"))
    )
    declared = response("m T", "a R", cardinality="multiple", base="directedPair")
    found = taken(item(declared, match_of(ones, others), version=version))
    assert found.kind == "matching"
    assert values(found, "pair", "text", "match") == [("act", "Recruiting"), ("means", "Threat")]
    assert values(found, "decoy", "text") == ["Zebra"]


def test_what_is_paired_off_in_one_list(version: str) -> None:
    body = (
        f'<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2">{PROMPT}'
        f"{choices('act', 'means', 'Recruiting', 'Threat', name='simpleAssociableChoice')}"
        "</associateInteraction>"
    )
    declared = response("a R", "T m", cardinality="multiple", base="pair")
    found = taken(item(declared, body, version=version))
    assert values(found, "pair", "text", "match") == [("act", "Recruiting"), ("Threat", "means")]


def test_a_word_with_all_its_right_forms(version: str) -> None:
    declared = response("purpose", base="string", points={"purpose": 1, "the purpose": 1})
    body = '<p>The third element is <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>'
    found = taken(item(declared, body, MAP_RESPONSE, version=version))
    assert (found.kind, found.stem) == ("fill-in", "The third element is")
    assert values(found, "accepted", "answers", "typos") == [("purpose\nthe purpose", 0)]


def test_a_word_within_a_sentence_leaves_a_blank(version: str) -> None:
    body = '<p>Act, <textEntryInteraction responseIdentifier="RESPONSE"/> and purpose.</p>'
    found = taken(item(response("means", base="string"), body, version=version))
    assert found.stem == "Act, _____ and purpose."


def numeric(tolerance: str, mode: str = "absolute") -> str:
    return (
        "<responseProcessing><responseCondition><responseIf>"
        f'<equal toleranceMode="{mode}" tolerance="{tolerance}"><correct identifier="RESPONSE"/>'
        '<variable identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>'
        "</responseCondition></responseProcessing>"
    )


@pytest.mark.parametrize(
    ("processing", "tolerance"),
    [(MATCH_CORRECT, 0), (numeric("2 2"), 2), (numeric("10", "relative"), 9)],
)
def test_a_number_with_tolerance_and_unit(version: str, processing: str, tolerance: float) -> None:
    body = '<p>How long?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/> days</p>'
    found = taken(item(response("90", base="float"), body, processing, version=version))
    assert (found.kind, found.stem) == ("numeric", "How long?")
    assert values(found, "number", "value", "tolerance", "unit") == [(90, tolerance, "days")]


def test_a_text_with_fields_and_lists(version: str) -> None:
    declared = response("act", base="string", name="A") + response("m", name="B")
    body = (
        '<p>Fill in.</p><p>First <textEntryInteraction responseIdentifier="A"/>, then '
        f'<inlineChoiceInteraction responseIdentifier="B">'
        f"{choices('means', 'damage', name='inlineChoice')}</inlineChoiceInteraction>.</p>"
    )
    found = taken(item(declared, body, "", version=version))
    assert (found.kind, found.stem) == ("cloze", "Fill in.")
    assert values(found, "passage", "text") == ["First [1], then [2]."]
    assert values(found, "gap", "answers", "decoys") == [("act", ""), ("means", "damage")]


def test_words_that_are_put_into_a_text(version: str) -> None:
    body = (
        f'<gapMatchInteraction responseIdentifier="RESPONSE">{PROMPT}'
        f"{choices('act', 'means', 'zeal', name='gapText')}"
        '<p>First <gap identifier="G1"/>, then <gap identifier="G2"/>.</p></gapMatchInteraction>'
    )
    declared = response("a G1", "m G2", cardinality="multiple", base="directedPair")
    found = taken(item(declared, body, version=version))
    assert (found.kind, found.stem) == ("cloze", "Who is to be told?")
    assert values(found, "passage", "text") == ["First [1], then [2]."]
    assert values(found, "gap", "answers", "decoys") == [
        ("act", "means\nzeal"),
        ("means", "act\nzeal"),
    ]


def test_a_long_answer_with_points_and_what_scorers_are_told(version: str) -> None:
    body = (
        f'<extendedTextInteraction responseIdentifier="RESPONSE">{PROMPT}</extendedTextInteraction>'
        '<rubricBlock view="scorer"><p>Look for the article.</p></rubricBlock>'
        '<rubricBlock view="candidate"><p>At most a page.</p></rubricBlock>'
    )
    most = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>4</value></defaultValue></outcomeDeclaration>"
    )
    declared = response("Article 4 says so.", base="string")
    found = taken(item(declared + most, body, "", version=version))
    assert found.kind == "long-answer"
    assert values(found, "sample", "text") == ["Article 4 says so."]
    assert found.stem == "Who is to be told?\n\nAt most a page."
    assert values(found, "criterion", "text", "points", "guidance") == [
        ("The answer as a whole", 4, "Look for the article.")
    ]


def spots(*coords: str, shape: str = "rect") -> str:
    return "".join(
        f'<hotspotChoice identifier="{key}" shape="{shape}" coords="{one}" '
        f'hotspotLabel="Place {key}"/>'
        for key, one in zip("AB", coords, strict=True)
    )


def in_picture(spots: str, name: str = "hotspotInteraction") -> str:
    return (
        f'<{name} responseIdentifier="RESPONSE" maxChoices="1">{PROMPT}'
        '<object data="room.png" type="image/png" width="400" height="200">A room</object>'
        f"{spots}</{name}>"
    )


def test_places_in_a_picture_in_per_cent_of_its_declared_size(version: str) -> None:
    data = item(response("B"), in_picture(spots("0,0,40,20", "200,100,400,200")), version=version)
    room = picture()
    found = taken(package({"items/i.xml": data, "items/room.png": room}))
    assert (found.kind, found.pictures) == ("hotspot", {"room.png": room})
    assert values(found, "picture", "image", "alt") == [("room.png", "A room")]
    fields = ("text", "left", "top", "width", "height", "correct")
    assert values(found, "region", *fields) == [
        ("Place A", 0, 0, 10, 10, False),
        ("Place B", 50, 50, 50, 50, True),
    ]


def test_circles_become_the_rectangles_around_them_unless_these_overlap(version: str) -> None:
    apart, close = (
        item(response("A"), in_picture(spots(*coords, shape="circle")), version=version)
        for coords in (("40,40,20", "300,100,40"), ("40,40,20", "60,60,20"))
    )
    room = {"room.png": picture()}
    found = taken(package({"i.xml": apart, **room}))
    assert values(found, "region", "left", "top", "width", "height")[0] == (5, 10, 10, 20)
    assert "too close together" in refused(package({"i.xml": close, **room})).reason


def test_points_on_a_picture_become_places(version: str) -> None:
    areas = "".join(
        f'<areaMapEntry shape="rect" coords="{coords}" mappedValue="{points}"/>'
        for coords, points in (("0,0,40,40", 1), ("100,100,140,140", 0))
    )
    inner = f'<areaMapping defaultValue="0">{areas}</areaMapping>'
    body = in_picture("", "selectPointInteraction")
    data = item(response(base="point", inner=inner), body, MAP_POINT, version=version)
    found = taken(package({"i.xml": data, "room.png": picture()}))
    assert values(found, "region", "left", "top", "width", "height", "correct") == [
        (0, 0, 10, 20, True),
        (25, 50, 10, 20, False),
    ]
