"""Moodle XML: its types of questions come in, or are listed with the line and the reason."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange.hardened_xml import Unreadable
from assessments.exchange.item import Item, Reading
from assessments.exchange.moodle_xml import read, write
from tests.assessments.exchange.items import (
    choices,
    clozes,
    matchings,
    numeric,
    sequences,
    tagged,
    truths,
    words,
    written,
)

HEAD = "<name><text>Named</text></name><questiontext format='html'><text>{}</text></questiontext>"


def one(type_: str, inner: str, text: str = "&lt;p&gt;Which?&lt;/p&gt;") -> Reading:
    body = f"<question type='{type_}'>\n{HEAD.format(text)}{inner}</question>"
    return read(f"<quiz><question type='category'/>\n{body}</quiz>".encode())


def answer(text: str, fraction: object = 0, feedback: str = "") -> str:
    said = f"<feedback format='html'><text>{feedback}</text></feedback>" if feedback else ""
    return f"<answer fraction='{fraction}'><text>{text}</text>{said}</answer>"


def values(reading: Reading) -> list[dict[str, Any]]:
    assert reading.refused == ()
    (item,) = reading.items
    return [dict(value) for _type, value in item.parts]


def test_options_come_with_their_feedback_and_clean_words() -> None:
    reading = one(
        "multichoice",
        "<single>true</single><tags><tag><text>module-1</text></tag></tags>"
        + answer("&lt;b&gt;Deceit&lt;/b&gt;", 100, "Art. 4(a).")
        + answer("&lt;script&gt;x&lt;/script&gt;Payment"),
        "&lt;p&gt;Which are&amp;nbsp;&lt;i&gt;means&lt;/i&gt;?&lt;br&gt;Choose.&lt;/p&gt;",
    )
    assert values(reading) == [
        {"text": "Deceit", "correct": True, "reason": "Art. 4(a)."},
        {"text": "Payment", "correct": False, "reason": ""},
    ]
    (item,) = reading.items
    assert (item.name, item.stem, item.line) == ("Named", "Which are means?\nChoose.", 2)
    assert item.tags == ("module-1",)


def test_several_right_options_by_our_rule_or_with_a_word_that_they_are_not() -> None:
    same = one(
        "multichoice",
        "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", -50),
    )
    assert [value["correct"] for value in values(same)] == [True, True, False]
    assert same.changed == ()
    milder = one("multichoice", "<single>false</single>" + answer("a", 100) + answer("b", 0))
    assert "cost points here" in str(milder.changed[0].reason)


def test_the_other_types_come_in() -> None:
    true = one("truefalse", answer("false", 100, "Art. 4(b).") + answer("true", 0))
    assert [v["correct"] for v in values(true)] == [False, True]
    pairs = one(
        "matching",
        "<subquestion><text>act</text><answer><text>recruiting</text></answer></subquestion>"
        "<subquestion><text></text><answer><text>a passport</text></answer></subquestion>",
    )
    assert [type_ for type_, _ in pairs.items[0].parts] == ["pair", "decoy"]
    word = one(
        "shortanswer",
        "<usecase>1</usecase>" + answer("purpose", 100) + answer("aim", 100) + answer("x", 0),
    )
    assert values(word)[0]["answers"] == "purpose\naim"
    assert "capitals" in str(word.changed[0].reason)
    days = one(
        "numerical",
        "<answer fraction='100'><text>30</text><tolerance>0.5</tolerance></answer>"
        "<units><unit><unit_name>days</unit_name></unit></units>",
    )
    assert values(days)[0] | {"reason": ""} == {
        "value": 30.0,
        "tolerance": 0.5,
        "unit": "days",
        "reason": "",
    }
    case = one(
        "essay",
        "<defaultgrade>6</defaultgrade><graderinfo><text>Two means.</text></graderinfo>",
    )
    assert (values(case)[0]["points"], values(case)[0]["guidance"]) == (6, "Two means.")
    steps = one("ordering", answer("first", 1) + answer("second", 2))
    assert [v["text"] for v in values(steps)] == ["first", "second"]
    assert steps.changed


def test_gaps_are_fields_or_lists() -> None:
    reading = one(
        "cloze",
        "",
        "&lt;h4&gt;Fill in.&lt;/h4&gt;&lt;p&gt;Act, {1:SHORTANSWER:=means#Art. 4~=the means~"
        "%0%harm} and {1:MULTICHOICE:=purpose~pay\\}ment~%-100%consent}.&lt;/p&gt;",
    )
    assert values(reading) == [
        {"text": "Act, [1] and [2]."},
        {"answers": "means\nthe means", "decoys": "", "reason": "Art. 4"},
        {"answers": "purpose", "decoys": "pay}ment\nconsent", "reason": ""},
    ]
    assert reading.items[0].stem == "Fill in."
    dragged = one(
        "ddwtos",
        "".join(
            f"<dragbox><text>{word}</text><group>{group}</group></dragbox>"
            for word, group in (("act", 1), ("harm", 1), ("purpose", 2))
        ),
        "An [[1]] and a [[3]].",
    )
    assert values(dragged)[1:] == [
        {"answers": "act", "decoys": "harm", "reason": ""},
        {"answers": "purpose", "decoys": "", "reason": ""},
    ]


@pytest.mark.parametrize(
    ("type_", "inner", "why"),
    [
        ("description", "", "no question"),
        ("calculated", "", "“calculated”"),
        ("multichoice", answer("a", 50) + answer("b", 50), "Exactly one"),
        ("multichoice", answer("a", 100) + answer("", 0), "no words"),
        ("multichoice", answer("a", "many"), "no number"),
        ("truefalse", answer("yes", 100) + answer("no", 0), "true"),
        ("shortanswer", answer("a*", 100), "wildcard"),
        ("shortanswer", answer("a", 100) + answer("b", 50), "part of the points"),
        ("shortanswer", answer("a", 0), "No answer"),
        ("numerical", answer("1", 100) + answer("2", 100), "several answers"),
        ("numerical", answer("pi", 100), "no number"),
        ("cloze", "", "no gaps"),
        ("essay", "<attachmentsrequired>1</attachmentsrequired>", "handed in"),
        ("essay", "<responseformat>noinline</responseformat>", "handed in"),
        ("ordering", "<selecttype>RANDOM</selecttype>" + answer("a") + answer("b"), "a part of"),
        ("shortanswer", answer("York", 100) + answer("york", 0), "capitals"),
        (
            "numerical",
            answer("1", 100)
            + "<units><unit><multiplier>10</multiplier><unit_name>mm</unit_name></unit></units>",
            "No unit",
        ),
        ("truefalse", "<answer fraction='100'><text>true<b>!</b></text></answer>", "CDATA"),
    ],
)
def test_what_cannot_be_taken_is_listed(type_: str, inner: str, why: str) -> None:
    reading = one(type_, inner)
    assert reading.items == ()
    (refusal,) = reading.refused
    assert (refusal.line, refusal.name) == (2, "Named")
    assert why in str(refusal.reason)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("&lt;img src='@@PLUGINFILE@@/a.png'&gt; Which?", "picture"),
        ("&lt;img alt=' ' src='a.png'&gt; Which?", "picture"),
        ("&lt;audio src='@@PLUGINFILE@@/a.mp3'&gt;&lt;/audio&gt; Which?", "sound"),
    ],
)
def test_pictures_and_sounds_are_not_lost_in_silence(text: str, why: str) -> None:
    (refusal,) = one("truefalse", answer("true", 100) + answer("false"), text).refused
    assert why in str(refusal.reason)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It is {1:SA:=means", "no end"),
        ("It is {1:MULTIRESPONSE:=means~harm}", "MULTIRESPONSE"),
        ("It is {1:MC:=York~york}", "capitals"),
        ("It is {1:MC:=York~#No.~Nis}", "no words"),
        ("It is {1:SA:=a} and {2:SA:=b}", "differently"),
        ("It is {1:NM:=5:1}", "tolerance"),
        ("It is {1:MC:=a~%50%b}", "part of the points"),
        ("It is [1] and {1:SA:=a}", "numbers in brackets"),
    ],
)
def test_gaps_that_cannot_be_taken_are_not_left_in_the_text(text: str, why: str) -> None:
    (refusal,) = one("cloze", "", text).refused
    assert why in str(refusal.reason)


def test_numbers_in_brackets_are_no_gaps() -> None:
    box = "<selectoption><text>act</text><group>1</group></selectoption>"
    (refusal,) = one("gapselect", box, "An [[1]], see [1].").refused
    assert "numbers in brackets" in str(refusal.reason)


@pytest.mark.parametrize(
    ("type_", "inner", "text", "why"),
    [
        ("cloze", "", "It is {1:MC:=a}.", "a field to write in"),
        ("cloze", "", "It is { 1 : sac : =a }.", "capitals"),
        ("multichoice", answer("a", 100) + answer("b", -50), "Which?", "costs nothing"),
        ("essay", "<responsetemplate><text>Dear …</text></responsetemplate>", "Which?", "empty"),
        (
            "numerical",
            answer("2", 100)
            + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
            "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>",
            "How long?",
            "first unit only",
        ),
    ],
)
def test_what_differs_here_is_said(type_: str, inner: str, text: str, why: str) -> None:
    reading = one(type_, inner, text)
    assert len(reading.items) == 1
    assert why in str(reading.changed[0].reason)


def test_a_file_made_to_take_for_ever_does_not() -> None:
    for hostile in ("{1:SA:", "{1:SA:=a~", "&lt;img", "&lt;h4&gt;", "\\"):
        assert one("cloze", "", hostile * (40_000 // len(hostile))).refused


def test_what_xml_cannot_hold_keeps_no_other_question_out() -> None:
    part = ("accepted", {"answers": "a", "typos": 0, "reason": ""})
    items = [Item(name, "fill-in", name, (part,)) for name in ("a\x0bb", "fine")]
    data, refused = write(items)
    assert [found.line for found in refused] == [1]
    assert [item.name for item in read(data).items] == ["fine"]


def test_a_picture_with_a_text_alternative_is_its_words() -> None:
    text = "&lt;img alt='A room with six beds' src='a.png'&gt; Which sign?"
    reading = one("truefalse", answer("true", 100) + answer("false"), text)
    assert reading.items[0].stem == "[A room with six beds] Which sign?"


@pytest.mark.parametrize(
    "data", [b"<html/>", b"<quiz>", b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>"]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


carried = st.one_of(
    choices("choice"),
    choices("multiple"),
    truths(),
    matchings(reasoned=False),
    written(),
    numeric(units=words),
    sequences(),
    clozes(),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tagged(carried), min_size=1, max_size=3))
def test_what_was_written_reads_the_same(items: list[Item]) -> None:
    data, refused = write(items)
    assert refused == ()
    reading = read(data)
    assert reading.refused == ()
    assert reading.changed == ()
    assert list(reading.items) == items


def test_gaps_may_hold_what_means_points_in_moodle() -> None:
    gap = {"answers": "=50", "decoys": "=\n%60%", "reason": ""}
    parts = (("passage", {"text": "It is [1]."}), ("gap", gap))
    item = Item("marks", "cloze", "Which?", parts)
    data, _refused = write([item])
    assert list(read(data).items) == [item]


def test_what_moodle_has_not_is_not_written() -> None:
    scale = Item("scale", "likert", "How sure?", (("point", {"text": "a"}),) * 2)
    _data, refused = write([scale])
    assert [(one.line, one.name) for one in refused] == [(1, "scale")]
