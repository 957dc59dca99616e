"""What is written: a word, a number, the words missing in a text."""

import json
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds import JOIN, KINDS, WITH
from assessments.kinds.numeric import readings
from assessments.kinds.written import folded, is_one_of
from assessments.models import Attempt, Response, Writing
from assessments.results import result_of
from courses.models import Enrolment
from lrs.models import Statement
from people.erasure import erase
from people.models import User
from serbian import to_cyrillic, to_latin
from tests.assessments.playing import alone, begin, play
from tests.factories.courses import SmallCourse
from tests.factories.kinds import Blocks, parts_of, question_of, question_of_in_serbian
from tests.support import sign_in
from xapi import verbs

pytestmark = pytest.mark.django_db
FILL_IN, NUMERIC, CLOZE = KINDS["fill-in"], KINDS["numeric"], KINDS["cloze"]


def accepted(answers: str = "purpose\nthe purpose", slips: int = 1) -> Blocks:
    return [("accepted", {"answers": answers, "typos": slips, "reason": "Art. 4(a)."})]


def number(value: float = 90, tolerance: float = 0, unit: str = "days") -> Blocks:
    return [
        ("number", {"value": value, "tolerance": tolerance, "unit": unit, "reason": "Art. 13."})
    ]


ELEMENTS: Blocks = [
    ("passage", {"text": "Three elements: act, [1] and [2]."}),
    ("gap", {"answers": "means", "decoys": "damage\nconsent", "reason": "Art. 4(a)."}),
    ("gap", {"answers": "purpose\naim", "decoys": "", "reason": "Art. 4(a)."}),
]
WORDS = st.text("абвгдђежзијклљмнњопрстћуфхцчџш", min_size=4, max_size=12)


# --- what somebody wrote --------------------------------------------------------------------


@given(word=WORDS)
def test_a_word_is_itself_in_either_script_and_any_letters(word: str) -> None:
    for written in (word, to_latin(word), word.upper(), f"  {to_latin(word).upper()}. "):
        assert is_one_of(written, [word])
        assert is_one_of(word, [written])
        assert is_one_of(to_cyrillic(to_latin(word)), [word])


@given(one=WORDS, other=WORDS, slips=st.integers(0, 3))
def test_two_words_are_alike_or_not_whichever_is_the_answer(
    one: str, other: str, slips: int
) -> None:
    if len(folded(one)) == len(folded(other)):
        assert is_one_of(one, [other], slips=slips) == is_one_of(other, [one], slips=slips)


@pytest.mark.parametrize(
    ("written", "slips", "is_right"),
    [
        ("svrha", 0, True),
        ("СВРХА", 0, True),
        ("„Сврха“.", 0, True),
        ("svhra", 1, True),  # two letters changed places
        ("svra", 1, True),
        ("svraha", 1, True),
        ("svra", 0, False),
        ("vra", 2, False),
        ("sredstvo", 3, False),
        ("", 3, False),
        (" . ", 3, False),
    ],
)
def test_slips_of_the_pen(written: str, slips: int, is_right: bool) -> None:
    assert is_one_of(written, ["сврха"], slips=slips) is is_right


def test_short_words_forgive_nothing() -> None:
    assert not is_one_of("ga", ["da"], slips=3)
    assert is_one_of("rad", ["rod"], slips=3)


def test_djordje_may_be_typed_without_our_letters() -> None:
    for written in ("đorđe", "djordje", "Ђорђе", "ĐORĐE"):
        assert is_one_of(written, ["Ђорђе"])
    for written in ("zrtva", "žrtva", "ŽRTVA", "жртва"):
        assert is_one_of(written, ["жртва"])


# --- a word ---------------------------------------------------------------------------------


def test_the_log_knows_whether_and_not_what(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    made = alone(course, question_of("fill-in", accepted(), slug="purpose", tags=["alone"]))
    response, shown = play(enrolment, course, ["Petar from Niš told me"], at)
    (key,) = [option.id for option in made.options]
    assert (response.scaled, response.answer) == (0.0, ["other"])
    statement = Statement.objects.get(verb=verbs.ANSWERED.id)
    assert "Petar" not in statement.body
    assert json.loads(statement.body)["object"]["definition"]["correctResponsesPattern"] == [
        "purpose",
        "the purpose",
    ]
    kept = Writing.objects.get(key=response.writing)
    assert (kept.answer, len(kept.sha256)) == (["Petar from Niš told me"], 64)
    assert kept.sha256 in statement.body
    assert shown.reviewed["written"] == "Petar from Niš told me"
    assert (shown.reviewed["is_right"], shown.reviewed["right"]) == (False, "purpose")
    assert key not in response.response


@pytest.mark.parametrize("written", ["purpose", "The Purpose.", "purpsoe", "сврха", "svrha"])
def test_a_right_word_in_any_language_and_script(
    course: SmallCourse, enrolment: Enrolment, at: datetime, written: str
) -> None:
    made = alone(course, question_of("fill-in", accepted(), slug="purpose", tags=["alone"]))
    question_of_in_serbian(made, accepted("сврха"))
    response, _ = play(enrolment, course, [written], at)
    assert (response.scaled, response.answer) == (1.0, [made.options[0].id])
    assert json.loads(Statement.objects.get(verb=verbs.ANSWERED.id).body)["result"]["response"] == (
        "purpose"
    )


def test_what_was_written_goes_with_the_person(
    course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    alone(course, question_of("fill-in", accepted(), slug="purpose", tags=["alone"]))
    response, _ = play(enrolment, course, ["something"], at)
    erase(user=learner, own_wish=True, at=at)
    assert not Writing.objects.exists()
    assert Response.objects.get().scaled == response.scaled == 0.0
    (shown,) = result_of(Attempt.objects.get()).questions
    assert shown.reviewed["written"] == ""


@pytest.mark.parametrize("forged", [["a", "b"], ["x" * 201]])
def test_one_short_text_is_taken(forged: list[str]) -> None:
    assert not FILL_IN.knows(parts_of(accepted()), forged)
    assert FILL_IN.knows(parts_of(accepted()), ["x" * 200])


def test_without_right_answers_it_is_no_question() -> None:
    with pytest.raises(ValidationError, match="one in each line"):
        FILL_IN.check(parts_of(accepted("\n  \n")))


# --- a number -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90", [90]),
        (" 90 ", [90]),
        ("2,5", [2.5]),
        ("2.5", [2.5]),
        ("-3", [-3]),
        ("−3", [-3]),
        ("1 000", [1000]),
        ("1.000", [1, 1000]),
        ("1,000", [1, 1000]),
        ("1.000.000", [1_000_000]),
        ("1.234,5", [1234.5]),
        ("1,234.5", [1234.5]),
        ("ninety", []),
        ("90 days", []),
        ("1e5", []),
        ("-", []),
        ("", []),
        ("1.00.000", []),
        ("½", []),
    ],
)
def test_numbers_as_people_write_them(written: str, meant: list[float]) -> None:
    assert readings(written) == meant


@given(value=st.integers(-10_000, 10_000), tolerance=st.integers(0, 50), off=st.integers(-60, 60))
def test_a_number_within_the_tolerance_is_right(value: int, tolerance: int, off: int) -> None:
    parts = parts_of(number(value / 4, tolerance / 4))
    scored = NUMERIC.score(parts, [str((value + off) / 4)])
    assert scored.scaled == float(abs(off) <= tolerance)
    best = NUMERIC.score(parts, NUMERIC.perfect(parts))
    low, high = (float(end) for end in best.correct[0].split("[:]"))
    assert (best.scaled, low <= float(best.response) <= high) == (1.0, True)


@given(written=st.text(max_size=40))
def test_nothing_but_numbers_reaches_the_log(written: str) -> None:
    parts = parts_of(number())
    assert NUMERIC.knows(parts, [written])
    scored = NUMERIC.score(parts, [written])
    assert scored.response == "" or float(scored.response) in readings(written)
    assert scored.choices in ("", "other", scored.response)


def test_a_number_is_scored_and_shown(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("numeric", number(30), slug="days", tags=["alone"]))
    response, shown = play(enrolment, course, ["30,0"], at)
    assert (response.scaled, response.answer, response.writing) == (1.0, ["30"], None)
    assert (shown.reviewed["is_right"], shown.reviewed["written"]) == (True, "30")


def test_what_is_no_number_is_said_to_be_none(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("numeric", number(30), slug="days", tags=["alone"]))
    response, shown = play(enrolment, course, ["thirty"], at)
    assert (response.scaled, response.answer) == (0.0, ["other"])
    assert (shown.reviewed["is_no_number"], shown.reviewed["is_right"]) == (True, False)


# --- a text with gaps -----------------------------------------------------------------------


@given(data=st.data())
def test_each_right_gap_earns_its_share(data: st.DataObject) -> None:
    parts = parts_of(ELEMENTS)
    first, second = parts[1:]
    words = st.sampled_from(["", "means", "MEANS", "purpose", "aim", "damage", "Petar"])
    written = {first.key: data.draw(words), second.key: data.draw(words)}
    answer = [f"{key}{WITH}{text}" for key, text in written.items() if text]
    assert CLOZE.knows(parts, answer)
    scored = CLOZE.score(parts, data.draw(st.permutations(answer)))
    right = [written[first.key].lower() == "means", written[second.key] in ("purpose", "aim")]
    assert scored.scaled == sum(right) / 2
    assert "Petar" not in f"{scored.response}{scored.choices}{scored.correct}"
    assert scored.choices.count("[.]right") == sum(right)


def test_all_gaps_filled_is_what_xapi_calls_right() -> None:
    parts = parts_of(ELEMENTS)
    best = CLOZE.score(parts, CLOZE.perfect(parts))
    assert (best.scaled, (best.response,), best.correct) == (
        1.0,
        best.correct,
        (JOIN.join(["means", "purpose"]),),
    )


@pytest.mark.parametrize("forged", [["x[.]means"], ["{1}[.]a", "{1}[.]b"], ["{0}[.]a"], ["{1}"]])
def test_a_forged_gap_is_refused(forged: list[str]) -> None:
    parts = parts_of(ELEMENTS)
    keys = [part.key for part in parts]
    known = CLOZE.knows(parts, [one.format(*keys) for one in forged])
    assert known is (forged == ["{1}"])  # an empty gap is no forgery


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (ELEMENTS[1:], "exactly one text"),
        (ELEMENTS[:2], "needs its mark"),
        ([*ELEMENTS, ELEMENTS[2]], "needs its mark"),
        ([("passage", {"text": "[1] and [1]"}), *ELEMENTS[1:]], "needs its mark"),
        (
            [("passage", {"text": "[1]"}), ("gap", {"answers": " ", "decoys": "", "reason": ""})],
            "one in each line",
        ),
    ],
)
def test_marks_and_gaps_belong_together(parts: Blocks, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CLOZE.check(parts_of(parts))


def test_gaps_are_filled_scored_and_shown(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("cloze", ELEMENTS, slug="gaps", tags=["alone"]))
    _, question = begin(enrolment, course, at)
    _, first, second = question.options
    response, shown = play(enrolment, course, [f"{first.key}[.]consent", f"{second.key}[.]Aim"], at)
    assert response.scaled == 0.5
    assert response.answer == [f"{first.key}[.]other", f"{second.key}[.]right"]
    gaps = shown.reviewed["gaps"]
    assert [(gap.written, gap.right, gap.is_right) for gap in gaps] == [
        ("consent", "means", False),
        ("Aim", "purpose", True),
    ]
    assert [piece.text for piece in shown.reviewed["pieces"]] == [
        "Three elements: act, ",
        " and ",
        ".",
    ]


def test_the_page_shows_lists_and_fields_and_a_form_alone_says_it_all(
    course: SmallCourse, enrolment: Enrolment, learner: User, client: Client, at: datetime
) -> None:
    alone(course, question_of("cloze", ELEMENTS, slug="gaps", tags=["alone"]))
    attempt, question = begin(enrolment, course, at)
    _, first, second = question.options
    where = [attempt.quiz_key, attempt.number]
    page = sign_in(client, learner).get(reverse("attempt", args=where)).content.decode()
    assert f'<select class="gap-field" name="q-{question.key}.{first.key}"' in page
    assert f'<input class="gap-field" type="text" name="q-{question.key}.{second.key}"' in page
    assert page.index(">consent<") < page.index(">damage<") < page.index(">means<")
    form = {
        f"q-{question.key}.{first.key}": "means",
        f"q-{question.key}.{second.key}": "purpose",
    }
    client.post(reverse("submit_attempt", args=where), form)
    assert Attempt.objects.get().passed
    result = client.get(reverse("result", args=where)).content.decode()
    assert "Art. 4(a)." in result
