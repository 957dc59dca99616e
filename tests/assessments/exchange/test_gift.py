"""GIFT: what its documentation shows comes in, what it cannot mean here is listed with its line."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange.gift import read
from assessments.exchange.gift_writing import write
from assessments.exchange.item import Item
from tests.assessments.exchange.items import choices, matchings, numeric, truths, written

FILE = """\
// A file as somebody would write it. [tag:elements] [tag:module-1]
::Consent::Does consent matter
once a means was used?{
  =No#Art. 4(b): it is irrelevant.
  ~Yes#It is irrelevant. ~Only of adults
}

$CATEGORY: recognition

// True or false
A child needs no means.{T#Art. 4(c).#Right, art. 4(c).}

[html]<p>Which are <b>means</b>?</p><script>alert(1)</script>{
  ~%50%Threat ~%50%Deceit ~%-50%Recruiting ~%-50%Payment to nobody
}

Which two?{~%50%a ~%50%b ~c}

Act, means and {=purpose =aim} make trafficking.

Match them.{=act -> recruiting =means -> deceit = -> a passport}

How many days?{#30:0}

How many?{#=1..5#Between.}

What do you do first?{}

Escaped \\{braces\\}, \\= and \\~ and a\\nline.{=a \\= b#\\#1 ~c\\:d}
"""


def values(item: Item) -> list[dict[str, Any]]:
    return [dict(value) for _type, value in item.parts]


def test_a_file_comes_in_with_every_kind() -> None:
    reading = read(FILE)
    assert reading.refused == ()
    assert [item.kind for item in reading.items] == [
        *("choice", "true-false", "multiple", "multiple", "fill-in"),
        *("matching", "numeric", "numeric", "long-answer", "choice"),
    ]
    consent, child, means, which, purpose, match, days, many, first, escaped = reading.items
    assert (consent.name, consent.line) == ("Consent", 2)
    assert consent.stem == "Does consent matter\nonce a means was used?"
    assert consent.tags == ("elements", "module-1")
    assert values(consent)[0] == {
        "text": "No",
        "correct": True,
        "reason": "Art. 4(b): it is irrelevant.",
    }
    assert [value["correct"] for value in values(consent)] == [True, False, False]
    assert [value["reason"] for value in values(child)] == ["Right, art. 4(c).", "Art. 4(c)."]
    assert means.stem == "Which are means?"
    assert [value["correct"] for value in values(means)] == [True, True, False, False]
    assert purpose.stem == "Act, means and _____ make trafficking."
    assert values(purpose)[0]["answers"] == "purpose\naim"
    assert match.parts[2] == ("decoy", {"text": "a passport"})
    assert (values(days)[0]["value"], values(many)[0]["tolerance"]) == (30, 2)
    assert values(first)[0]["points"] == 10
    assert escaped.stem == "Escaped {braces}, = and ~ and a\nline."
    assert [value["text"] for value in values(escaped)] == ["a = b", "c:d"]
    assert [change.name for change in reading.changed] == [which.name]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("::Note::Just words.", 1, "description"),
        ("\n\nWhich?{=a =b ~c}", 3, "Exactly one"),
        ("Which?{=a ~%50%b}", 1, "part of the points"),
        ("Which?{~%70%a ~%30%b}", 1, "different shares"),
        ("Which?{~a ~b}", 1, "No option"),
        ("Which?{=a ~}", 1, "no words"),
        ("{=a ~b}", 1, "no words"),
        ("Which?{=pur*}", 1, "wildcard"),
        ("Which?{=a =%50%b}", 1, "part of the points"),
        ("How many?{#some}", 1, "no number"),
        ("How many?{#=1:0 =%50%2:1}", 1, "several answers"),
        ("Act {=a -> b =c -> d} means.", 1, "missing word"),
        ("Which?{words}", 1, "begin neither"),
    ],
)
def test_what_cannot_be_taken_is_listed_and_the_rest_comes_in(
    text: str, line: int, why: str
) -> None:
    reading = read(f"{text}\n\n::Fine::Is it so?{{T}}\n")
    assert [item.name for item in reading.items] == ["Fine"]
    (refusal,) = reading.refused
    assert refusal.line == line
    assert why in str(refusal.reason)


def test_words_that_look_like_a_format_are_words() -> None:
    part = {"answers": "[plain]a", "typos": 0, "reason": "[html]<b>"}
    item = Item("[html]", "fill-in", "[html]<b>bold</b>", (("accepted", part),))
    text, _refused = write([item])
    assert list(read(text).items) == [item]


def test_what_gift_cannot_hold_is_not_written() -> None:
    step = {"text": "first", "reason": ""}
    items = [
        Item("order", "sequencing", "In order?", (("step", step), ("step", step))),
        Item("fill", "fill-in", "?", (("accepted", {"answers": "a*", "reason": ""}),)),
        Item("fine", "fill-in", "?", (("accepted", {"answers": "a", "reason": ""}),)),
    ]
    text, refused = write(items)
    assert [(one.line, one.name) for one in refused] == [(1, "order"), (2, "fill")]
    assert "fine" in text


carried = st.one_of(
    choices("choice"), choices("multiple"), truths(), matchings(reasoned=True), written(), numeric()
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(carried, min_size=1, max_size=4))
def test_what_was_written_reads_the_same(items: list[Item]) -> None:
    text, refused = write(items)
    assert refused == ()
    reading = read(text)
    assert reading.refused == ()
    assert reading.changed == ()
    assert list(reading.items) == items


@settings(max_examples=200)
@given(st.text(" \n{}=~#:\\%->TF1[]html/$a", max_size=80))
def test_whatever_stands_in_a_file_is_taken_or_listed(text: str) -> None:
    reading = read(text)
    for one in (*reading.items, *reading.refused):
        assert 1 <= one.line <= text.count("\n") + 1
