"""GIFT: what its documentation shows comes in, what it cannot mean here is listed with its line."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange.gift import read
from assessments.exchange.gift_writing import write
from assessments.exchange.item import Item
from tests.assessments.exchange.items import choices, matchings, numeric, tagged, truths, written

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
        ("Act is {=recruiting} and means {=deceit}.", 1, "two places"),
        ("Which?{=a } b}", 1, "within the answers"),
        ("Which?{=a ~b", 1, "no partner"),
        ("Match.{=act -> recruiting =means}", 1, "lacks the"),
        ("Which?{=york =%0%York}", 1, "capitals"),
        ("Which?{~%100%a ~%100%b ~%-100%c}", 1, "more or less than all"),
        ("[html]Which sign? <img src='a.png'>{T}", 1, "no text alternative"),
        ("[html]Watch. <video src='a.mp4'></video>{T}", 1, "A file belongs"),
        ("[html]Is it <del>not</del> so?{T}", 1, "struck out"),
        ("[html]x<sup>why</sup>{T}", 1, "raised or lowered"),
        ("How many?{#%50%3}", 1, "part of the points"),
        (f"How many?{{#{'1' * 400}}}", 1, "no number"),
        (f"[html]{'<a b=' * 20_000}{{T}}", 1, "longer than"),
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


def test_an_answer_may_come_without_its_sign_and_a_number_with_words_for_the_rest() -> None:
    word, number = read("Which?{purpose#Art. 4}\n\nHow many?{#30:1 ~#Read again.}").items
    assert values(word)[0] == {"answers": "purpose", "typos": 0, "reason": "Art. 4"}
    assert (values(number)[0]["value"], values(number)[0]["tolerance"]) == (30, 1)


def test_what_is_wrong_there_needs_not_be_said() -> None:
    word, number = read("Which?{=%100%Frog =%0%*#No.}\n\nHow many?{#=3.1..3.2 =%0%4}").items
    assert values(word)[0]["answers"] == "Frog"
    assert (values(number)[0]["value"], values(number)[0]["tolerance"]) == (3.15, 0.05)


def test_a_wrong_option_that_costs_points_there_is_taken_with_a_word() -> None:
    reading = read("Which?{=a ~%-50%b}")
    assert [value["correct"] for value in values(reading.items[0])] == [True, False]
    assert "costs nothing" in str(reading.changed[0].reason)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("What is the <head> of a page?", "What is the <head> of a page?"),
        ("Is 3 < 4 and 5 > 4?", "Is 3 < 4 and 5 > 4?"),
        ("<p>Which <b>two</b>?</p><p>Choose.</p>", "Which two?\n\nChoose."),
        ("[html]10<sup>2</sup> m, H<sub>2</sub>O", "10² m, H₂O"),
        ("[html]Which?<ol><li>act</li><li>means</li></ol>", "Which?\n\n1. act\n2. means"),
        ("[html]<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("[html]<pre>one\ntwo</pre>", "one\ntwo"),
        ("[html]is 3 <4?", "is 3 <4?"),
        ("[html]<img src='a.png' alt='' role='presentation'> Which?", "Which?"),
        ("[markdown]Which **two**, \\n *please*?", "Which two,\nplease?"),
        ("AT&amp;T", "AT&T"),
    ],
)
def test_no_word_of_a_question_is_lost(text: str, stem: str) -> None:
    (item,) = read(f"{text}{{T}}").items
    assert item.stem == stem


def test_a_file_made_to_take_for_ever_does_not() -> None:
    for hostile in ("<a", "<!--", "<a b='", "[tag:", "&#", "<ol><li>"):
        text = hostile * (40_000 // len(hostile))
        assert read(f"[html]{text}{{T}}\n\n// {text}\n\n{text}{{T}}")


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
@given(st.lists(tagged(carried), min_size=1, max_size=4))
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
