"""How an answer becomes points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds import JOIN, KINDS, Part
from assessments.verdicts import is_passed

KEYS = "abcdefgh"
CHOICES = ("choice", "multiple", "true-false")


def option(key: str, correct: bool) -> Part:
    value = {"text": key, "correct": correct, "reason": ""}
    return Part(key, "option", value, value)


def points_for(options: list[Part], chosen: set[str]) -> float:
    points = KINDS["multiple"].score(options, sorted(chosen)).scaled
    assert points is not None
    return points


@st.composite
def papers(draw: st.DrawFn, kind: str) -> tuple[list[Part], set[str]]:
    """Return the options of a well-formed question and some choice among them."""
    count = 2 if kind == "true-false" else draw(st.integers(2, 8))
    keys = list(KEYS[:count])
    right = st.sets(st.sampled_from(keys), min_size=1, max_size=None if kind == "multiple" else 1)
    correct = draw(right)
    options = [option(key, key in correct) for key in keys]
    return options, draw(st.sets(st.sampled_from(keys)))


@pytest.mark.parametrize("kind", CHOICES)
@given(data=st.data())
def test_points_are_between_nothing_and_one(kind: str, data: st.DataObject) -> None:
    options, chosen = data.draw(papers(kind))
    scored = KINDS[kind].score(options, sorted(chosen))
    assert scored.scaled is not None
    assert 0.0 <= scored.scaled <= 1.0
    assert scored.success == (scored.scaled == 1.0)


@pytest.mark.parametrize("kind", CHOICES)
@given(data=st.data())
def test_all_right_and_nothing_else_earns_the_point(kind: str, data: st.DataObject) -> None:
    options, chosen = data.draw(papers(kind))
    right = {one.key for one in options if one.correct}
    assert KINDS[kind].score(options, sorted(right)).scaled == 1.0
    assert KINDS[kind].score(options, sorted(chosen)).success == (chosen == right)
    assert KINDS[kind].score(options, []).scaled == 0.0
    best = KINDS[kind].score(options, KINDS[kind].perfect(options))
    assert (best.response,) == best.correct


@pytest.mark.parametrize("kind", CHOICES)
@given(data=st.data())
def test_the_order_of_choosing_does_not_matter(kind: str, data: st.DataObject) -> None:
    options, chosen = data.draw(papers(kind))
    forwards, backwards = sorted(chosen), sorted(chosen, reverse=True)
    assert KINDS[kind].score(options, forwards) == KINDS[kind].score(options, backwards)


@pytest.mark.parametrize("kind", ["choice", "multiple"])
@given(data=st.data())
def test_the_order_of_options_changes_no_points(kind: str, data: st.DataObject) -> None:
    options, chosen = data.draw(papers(kind))
    shuffled = data.draw(st.permutations(options))
    one, other = (
        KINDS[kind].score(options, sorted(chosen)),
        KINDS[kind].score(shuffled, sorted(chosen)),
    )
    assert one.scaled == other.scaled
    assert set(one.response.split(JOIN)) == set(other.response.split(JOIN))


@given(data=st.data())
def test_one_more_right_option_never_costs_and_a_wrong_one_never_pays(data: st.DataObject) -> None:
    options, chosen = data.draw(papers("multiple"))
    points = points_for(options, chosen)
    for one in options:
        more = points_for(options, chosen | {one.key})
        assert more >= points if one.correct else more <= points


@pytest.mark.parametrize(
    ("chosen", "scaled"), [("ab", 1.0), ("a", 0.5), ("ac", 0.0), ("abc", 0.5), ("cd", 0.0)]
)
def test_each_right_option_adds_its_share_and_each_wrong_one_takes_it(
    chosen: str, scaled: float
) -> None:
    options = [option(key, key in "ab") for key in "abcd"]
    assert KINDS["multiple"].score(options, list(chosen)).scaled == scaled


def test_what_is_not_an_option_earns_nothing() -> None:
    options = [option("a", True), option("b", False)]
    for name in CHOICES:
        kind = KINDS[name]
        assert kind.score(options, ["z"]).scaled == 0.0
        assert "z" not in kind.score(options, ["z"]).response


def test_true_and_false_are_said_in_the_words_of_xapi() -> None:
    options = [option("k1", False), option("k2", True)]
    scored = KINDS["true-false"].score(options, ["k1"])
    assert (scored.response, scored.correct, scored.scaled) == ("true", ("false",), 0.0)


@pytest.mark.parametrize(
    ("raw", "maximum", "mark", "passed"),
    [
        (7, 10, 70, True),
        (6.9999, 10, 70, False),
        (2.1, 3, 70, True),  # 2.1 is a little less than that in a computer
        (0, 0, 0, False),
        (0, 5, 0, True),
        (5, 5, 100, True),
    ],
)
def test_the_pass_mark_is_reached_or_not(
    raw: float, maximum: float, mark: int, passed: bool
) -> None:
    assert is_passed(raw=raw, maximum=maximum, pass_mark=mark) == passed
