"""How questions fare: figures that were worked by hand, and words that somebody understands."""

import json
import random
from datetime import datetime, timedelta
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from assessments.attempts import start_attempt
from assessments.drafts import keep_form, save_choice
from assessments.grading import submit_attempt
from assessments.item_statistics import measures
from assessments.item_statistics.answers import Given
from assessments.item_statistics.facts import figures_of, quiz_figures
from assessments.item_statistics.tables import table_of
from assessments.item_statistics.usage import quizzes_using
from assessments.item_statistics.words import words_on
from assessments.kinds import JOIN, KINDS
from assessments.models import Attempt, Question, Response
from assessments.papers import frozen_questions
from courses.enrolment import enrol
from courses.models import Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from tests.assessments.every_kind import every_kind
from tests.factories.courses import SmallCourse, question
from tests.factories.kinds import parts_of
from tests.factories.people import UserFactory
from xapi import verbs

SHARES = st.floats(0, 1, allow_nan=False).map(lambda share: round(share, 3))


def test_discrimination_as_worked_by_hand() -> None:
    """Ten learners; the item is right for the last five; the rest scores are 0, .1, … .9.

    Mean of the rest .45; of those who were right .7, of the others .2. The standard deviation of
    the rest (over n) is sqrt(.0825) = .28723. Point-biserial: (.7 - .2) / .28723 * sqrt(.5 * .5) =
    .87039.
    """
    scores = [0.0] * 5 + [1.0] * 5
    rests = [number / 10 for number in range(10)]
    assert measures.discrimination(scores, rests) == pytest.approx(0.87039, abs=1e-5)
    assert measures.facility(scores) == 0.5


def test_alpha_as_worked_by_hand() -> None:
    """Ten learners, three items.

    Right in item 1: learners 1-8; in item 2: 1-6; in item 3: 1-3.
    Totals: 3, 3, 3, 2, 2, 2, 1, 1, 0, 0.
    Variances over n - 1: 8·2/10/9 = .17778, 6·4/10/9 = .26667, 3·7/10/9 = .23333; sum .67778.
    Of the totals: mean 1.7, sum of squares 41, (41 - 28.9) / 9 = 1.34444.
    Alpha = 3/2 · (1 - .67778 / 1.34444) = .74380.
    The standard error of the totals: sqrt(1.21) · sqrt(1 - .74380) = .55678.
    """
    rows = [[float(n <= 8), float(n <= 6), float(n <= 3)] for n in range(1, 11)]
    alpha = measures.alpha(rows)
    assert alpha == pytest.approx(0.74380, abs=1e-5)
    totals = [sum(row) for row in rows]
    assert alpha is not None
    assert measures.standard_error(totals, alpha) == pytest.approx(0.55678, abs=1e-5)


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), SHARES), min_size=10, max_size=40))
def test_discrimination_agrees_with_the_formula_of_the_point_biserial(
    pairs: list[tuple[float, float]],
) -> None:
    scores, rests = [s for s, _ in pairs], [r for _, r in pairs]
    counted = measures.discrimination(scores, rests)
    spread = pvariance(rests) ** 0.5
    if counted is None:
        assert len(set(scores)) == 1 or spread < 1e-9
        return
    right = [rest for score, rest in pairs if score]
    wrong = [rest for score, rest in pairs if not score]
    share = len(right) / len(pairs)
    if spread > 1e-6:
        by_formula = (fmean(right) - fmean(wrong)) / spread * (share * (1 - share)) ** 0.5
        assert counted == pytest.approx(by_formula, abs=1e-6)
    assert -1.000001 <= counted <= 1.000001


@given(st.lists(SHARES, max_size=30))
def test_thirds_are_of_one_size_and_nobody_is_in_both(rests: list[float]) -> None:
    low, high = measures.thirds(rests)
    assert len(low) == len(high) == len(rests) // 3
    assert not low & high
    if low:
        assert max(rests[place] for place in low) <= min(rests[place] for place in high)


def test_few_people_are_no_group() -> None:
    four, nine = [1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0] * 3
    assert measures.facility(four) is None
    assert measures.spread(four) is None
    assert measures.discrimination(nine, nine) is None
    assert measures.alpha([[1.0, 0.0]] * 9) is None
    assert measures.discrimination([1.0] * 10, [n / 10 for n in range(10)]) is None


def answered(mark: str, rest: float, scaled: float) -> Given:
    return Given(frozenset([mark]) if mark else frozenset(), scaled, rest, None)


def test_a_distractor_table_as_worked_by_hand() -> None:
    """Nine answered: b by the three best, a (right) by the next three, c by the weakest."""
    parts = parts_of([("option", {"text": t, "correct": t == "a", "reason": ""}) for t in "abcd"])
    key = {part.text: part.key for part in parts}
    rests = {"c": (0.0, 0.1, 0.2), "a": (0.3, 0.4, 0.5), "b": (0.6, 0.7, 0.8)}
    all_of_them = [
        answered(key[name], rest, float(name == "a")) for name in "cab" for rest in rests[name]
    ]
    table = table_of("choice", parts, [*all_of_them, answered("", 0.5, 0.0)])
    assert table.unanswered == 1
    rows = {line.outcome.text: (line.count, line.best, line.weakest) for line in table.lines}
    assert rows == {"a": (3, 0, 0), "b": (3, 1, 0), "c": (3, 0, 1), "d": (0, 0, 0)}
    assert [line.rest for line in table.lines] == pytest.approx([0.4, 0.7, 0.1, None])
    said = words_on(count=10, facility=0.3, discrimination=0.05, table=table, kind="choice")
    assert "Nobody chose “d”: replace it." in said
    assert "Those who know the rest like “b”: it may be right as well." in said
    assert not any("“c”" in words for words in said)


def test_words_come_only_with_enough_answers() -> None:
    table = table_of("choice", [], [])
    few = words_on(count=3, facility=None, discrimination=None, table=table, kind="choice")
    assert few == ["3 answers so far: too few to say anything (10 are needed)."]
    sound = words_on(count=30, facility=0.7, discrimination=0.4, table=table, kind="choice")
    assert sound == []
    wrong = words_on(count=30, facility=0.2, discrimination=-0.3, table=table, kind="choice")
    assert ["check the key" in words for words in wrong] == [True, False]


@pytest.mark.parametrize("kind", [k for k in every_kind(0) if k != "long-answer"])
def test_each_kind_has_a_line_for_what_is_right(kind: str) -> None:
    parts = parts_of(every_kind(0)[kind])
    scored = KINDS[kind].score(parts, KINDS[kind].perfect(parts))
    marks = frozenset(one for one in scored.choices.split(JOIN) if one)
    table = table_of(kind, parts, [Given(marks, scored.scaled, 0.5, None)] * 6)
    assert table.lines
    right = [line for line in table.lines if line.outcome.is_right]
    assert all(line.share == 1.0 for line in right)
    assert bool(right) == KINDS[kind].is_scored


@pytest.fixture
def bank(course: SmallCourse) -> list[Question]:
    """The final test asks the same four questions of everybody."""
    quiz = course.quizzes[1]
    made = list(Question.objects.order_by("slug")[:4])
    quiz.questions = [("question", one) for one in made]
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    return made


def take_final(course: SmallCourse, at: datetime, *, right: int, wait: int = 30) -> Enrolment:
    """Answer the first so many questions rightly and the others wrongly, one after the other."""
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    again(enrolment, course, at, right=right, wait=wait)
    return enrolment


def again(
    enrolment: Enrolment, course: SmallCourse, at: datetime, *, right: int, wait: int = 30
) -> None:
    quiz = course.quizzes[1]
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(1))
    order = sorted(frozen_questions(attempt), key=lambda asked: asked.stem)
    for number, asked in enumerate(order):
        keys = asked.of_kind.perfect(asked.options)
        others = [part.key for part in asked.options if part.key not in keys]
        save_choice(
            attempt=attempt,
            question_key=asked.key,
            choices=keys if number < right else others[:1],
            version=0,
            at=at + timedelta(seconds=wait * (number + 1)),
        )
    over = at + timedelta(minutes=10)
    submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=over)


@pytest.mark.django_db
def test_a_question_fares_by_the_first_answer_of_each_learner(
    course: SmallCourse, bank: list[Question], at: datetime
) -> None:
    """Twelve learners: three each with 1, 2, 3 and 4 right answers; six get the third right.

    Its rest scores: (1, 2, 2, 3)/3, three learners each. Corrected correlation with (0, 0, 1, 1):
    means of the rest 5/6 and 1/2, over all 2/3; standard deviation sqrt(3·(1/9 + 1/9)/12) = .23570;
    (1/3) / .23570 · .5 = .70711.
    """
    learners = [take_final(course, at, right=right) for right in (1, 2, 3, 4) for _ in range(3)]
    again(learners[0], course, at + timedelta(days=1), right=4)
    figures = figures_of(bank[2])
    assert (figures.count, figures.earlier, figures.facility) == (12, 0, 0.5)
    assert figures.discrimination == pytest.approx(0.70711, abs=1e-5)
    assert figures.seconds is not None
    assert figures.seconds.middle == 30
    assert figures.table is not None
    assert sum(line.count for line in figures.table.lines) == 12
    assert quizzes_using(bank[2]) == [course.quizzes[1]]
    quiz = quiz_figures(course.quizzes[1])
    assert (quiz.count, quiz.mean, quiz.middle) == (12, 0.625, 0.625)
    assert quiz.passed == 0.5
    assert quiz.is_fixed
    # Items: right for 12, 9, 6, 3 of 12; variances 0, .20455, .27273, .20455; totals' 1.36364.
    assert quiz.alpha == pytest.approx(4 / 3 * (1 - 0.681818 / 1.363636), abs=1e-5)


@pytest.mark.django_db
def test_answers_to_an_earlier_key_are_counted_apart(
    course: SmallCourse, bank: list[Question], at: datetime
) -> None:
    for _ in range(5):
        take_final(course, at, right=4)
    asked = bank[0]
    asked.refresh_from_db()
    blocks = list(asked.options.get_prep_value())
    for number, block in enumerate(blocks):
        block["value"]["correct"] = number == 2
    asked.options = blocks
    asked.save_revision().publish()
    asked.refresh_from_db()
    figures = figures_of(asked)
    assert (figures.count, figures.earlier, figures.table) == (0, 5, None)


@pytest.mark.django_db
def test_more_answers_ask_no_more_queries(
    course: SmallCourse,
    bank: list[Question],
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(2):
        take_final(course, at, right=2)
        take_final(course, at, right=3)
        with django_assert_num_queries(2):
            figures_of(bank[0])
        with django_assert_num_queries(2):
            quiz_figures(course.quizzes[1])


@pytest.mark.django_db
def test_the_log_says_how_long_each_answer_took(
    course: SmallCourse, bank: list[Question], at: datetime
) -> None:
    take_final(course, at, right=4, wait=45)
    bodies = Statement.objects.filter(verb=verbs.ANSWERED.id).values_list("body", flat=True)
    assert {json.loads(body)["result"]["duration"] for body in bodies} == {"PT45S"}
    assert set(Response.objects.values_list("seconds", flat=True)) == {45.0}
    assert differences() == []


@pytest.mark.django_db
def test_of_a_form_sent_whole_and_of_a_long_break_nothing_is_known(
    course: SmallCourse, bank: list[Question], enrolment: Enrolment, at: datetime
) -> None:
    quiz = course.quizzes[1]
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    first, *others = frozen_questions(attempt)
    save_choice(
        attempt=attempt,
        question_key=first.key,
        choices=first.of_kind.perfect(first.options),
        version=0,
        at=at + timedelta(hours=2),
    )
    form = {asked.key: asked.of_kind.perfect(asked.options) for asked in others}
    keep_form(attempt=attempt, form=form, at=at + timedelta(hours=3))
    submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at + timedelta(hours=3))
    assert Attempt.objects.get().passed
    assert set(Response.objects.values_list("seconds", flat=True)) == {None}


def test_a_question_with_a_tag_is_used_where_the_tag_is_drawn(course: SmallCourse) -> None:
    lonely = question("lonely", tags=["nowhere"])
    assert quizzes_using(lonely) == []
    lonely.tags.add("hard")
    lonely.save()
    assert quizzes_using(lonely) == [course.quizzes[1]]
