"""What was gained: figures worked by hand, pairs that are pairs, and nobody told of alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from assessments.attempts import start_attempt
from assessments.forms.gain import Figures, difference_of, figures_of, mean_of
from assessments.forms.pairing import Change, Pair, pairs_of
from assessments.forms.words import rounded, signed, words_on
from assessments.models import Attempt, Form
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from lrs.rebuilding import differences, rebuild
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.forms import TwoTests, pair_of_tests, sit, sit_both
from tests.factories.people import UserFactory

NIS, BOR = UUID(int=1), UUID(int=2)
HAND = [10.0, 20.0, 0.0, 30.0, 15.0]


# --- by hand ----------------------------------------------------------------------------------


def test_the_mean_gain_as_worked_by_hand() -> None:
    """Five people gain 10, 20, 0, 30, 15 points: mean 15.

    Squares of what lies between each and the mean: 25 + 25 + 225 + 225 + 0 = 500; over n - 1: 125.
    Standard error: sqrt(125 / 5) = 5. t of 4 at 97.5 %: 2.776445. So 15 ± 13.882.
    """
    found = mean_of(HAND)
    assert (found.mean, found.low, found.high) == pytest.approx((15, 1.117775, 28.882225))
    assert found.is_certain


def test_forms_are_compared_as_worked_by_hand() -> None:
    """A first: 10, 20, 30, 20, 20, mean 20, variance 50. B first: 0, 10, 0, 10, 5, mean 5, 25.

    Squared standard errors 10 and 5, together 15. Freedom: 15² / (10²/4 + 5²/4) = 7.2. t of it
    lies between 2.365 (7) and 2.306 (8). The difference is 15, and form A half of that harder.
    """
    found = difference_of([10, 20, 30, 20, 20], [0, 10, 0, 10, 5])
    around = (found.high - found.low) / 2
    assert found.mean == 15
    assert 2.306 < around / 15**0.5 < 2.365


def test_figures_of_a_group_as_worked_by_hand() -> None:
    pairs = [
        *(person(gain, form="A") for gain in (10, 20, 30, 20, 20)),
        *(person(gain, form="B") for gain in (0, 10, 0, 10, 5)),
    ]
    found = figures_of(pairs, cohort=None, seen=())
    assert found.whole
    assert (found.whole.count, found.whole.before, found.whole.after) == pytest.approx(
        (10, 50, 62.5)
    )
    means = {form: one.gain.mean for form, one in found.orders.items()}
    assert means == pytest.approx({Form.A: 20, Form.B: 5})
    assert found.harder
    assert found.harder.mean == pytest.approx(7.5)
    # All ten: mean 12.5, squares 862.5, standard error sqrt(862.5 / 90) = 3.0957, t of 9: 2.2622.
    said = words_on(found, {})
    assert said[0] == "On average 13 points more, 95 % between 5 and 20, of 10 people."
    assert "It is hardly chance: the whole interval lies above 0." in said
    assert "Form A seems to be harder than form B, by about 8 points." in said
    assert "The mean gain is not moved by it: about as many began with each form." in said


def test_words_for_what_was_lost_or_may_be_chance() -> None:
    def said(*gains: float) -> list[str]:
        return words_on(figures_of([person(g) for g in gains], cohort=None, seen=()), {})

    lost = said(-10, -10, -10, -11, -9)
    assert lost[0] == "On average 10 points less, 95 % between −11 and −9, of 5 people."
    assert "Look at the course." in lost[1]
    chance = said(-20, 20, 1, -1, 0)
    assert chance[0].startswith("On average as much as before, 95 % between −")
    assert chance[1] == "It may as well be chance: the interval holds 0."


def test_a_form_that_is_harder_and_had_by_more_moves_the_mean() -> None:
    pairs = [person(30 + n % 2, form="A") for n in range(15)]
    pairs += [person(n % 2, form="B") for n in range(5)]
    said = words_on(figures_of(pairs, cohort=None, seen=()), {})
    assert "It moves the mean gain by about 8." in said


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=40), st.floats(-50, 50))
def test_an_interval_moves_with_what_it_measures(gains: list[float], more: float) -> None:
    one, other = mean_of(gains), mean_of([gain + more for gain in gains])
    assert one.low <= one.mean <= one.high
    assert other.mean == pytest.approx(one.mean + more, abs=1e-6)
    assert other.high - other.low == pytest.approx(one.high - one.low, abs=1e-6)


def test_points_are_rounded_alike_on_both_sides() -> None:
    assert [rounded(x) for x in (2.5, -2.5, 2.4, -2.4, 0.2, -0.2)] == [3, -3, 2, -2, 0, 0]
    assert [signed(x) for x in (3, -3, -0.2)] == ["3", "−3", "0"]


# --- nobody is told of alone --------------------------------------------------------------------


def person(
    gain: float = 10, *, cohort: UUID | None = None, form: str = "A", about: Iterable[str] = ()
) -> Pair:
    change = Change(0.5, 0.5 + gain / 100)
    return Pair(uuid4(), cohort, form, change, dict.fromkeys(about, change))


def people(count: int, **said: object) -> list[Pair]:
    return [person(10 + number % 3, **said) for number in range(count)]  # type: ignore[arg-type]


def all_of(pairs: list[Pair], *seen: UUID) -> Figures:
    return figures_of(pairs, cohort=None, seen=seen)


def test_a_group_under_five_is_not_shown() -> None:
    four, five = all_of(people(4)), all_of(people(5))
    assert (four.is_few, four.whole, four.orders, four.objectives) == (True, None, {}, {})
    assert five.whole
    assert "Fewer than 5 people" in words_on(four, {})[0]


def test_a_total_that_would_tell_of_a_small_group_is_not_shown() -> None:
    """Twenty of Niš and three of nobody's: who sees Niš and all would know of the three."""
    pairs = people(20, cohort=NIS) + people(3)
    told = all_of(pairs, NIS)
    assert (told.is_few, told.whole) == (False, None)
    assert "Choose a cohort." in words_on(told, {})[0]
    assert figures_of(pairs, cohort=NIS, seen=[NIS]).whole
    assert all_of(pairs).whole  # whoever sees no cohort can take nothing away
    assert all_of(pairs + people(2), NIS).whole


def test_a_small_cohort_is_hidden_in_a_crowd_only() -> None:
    small = people(20, cohort=NIS) + people(3, cohort=BOR)
    assert all_of(small, NIS, BOR).whole is None
    assert figures_of(small, cohort=BOR, seen=[NIS, BOR]).is_few
    assert all_of(small + people(6), NIS, BOR).whole


def test_figures_by_form_are_shown_for_both_forms_or_for_none() -> None:
    uneven = people(20, form="A") + people(3, form="B")
    found = all_of(uneven)
    assert found.whole
    assert (found.orders, found.harder) == ({}, None)
    assert "How the two forms compare is not shown" in " ".join(words_on(found, {}))
    even = all_of(people(6, form="A") + people(6, form="B"))
    assert set(even.orders) == set(Form)


def test_figures_by_form_of_all_do_not_tell_of_a_part_of_a_cohort() -> None:
    """Six outside of Niš are enough in all, but of them only two began with A."""
    pairs = people(6, cohort=NIS, form="A") + people(6, cohort=NIS, form="B")
    pairs += people(2, form="A") + people(4, form="B")
    found = all_of(pairs, NIS)
    assert found.whole
    assert found.orders == {}


def test_an_objective_that_few_were_asked_about_is_not_shown() -> None:
    pairs = people(6, about=["elements"]) + people(3, about=["elements", "consent"])
    found = all_of(pairs)
    assert set(found.objectives) == {"elements"}
    assert found.objectives["elements"].count == 9


SIZES = st.lists(st.tuples(st.sampled_from([NIS, BOR, None]), st.sampled_from("AB")), max_size=40)


@given(SIZES, st.sets(st.sampled_from([NIS, BOR])))
def test_whatever_is_shown_nobody_is_left_over(
    members: list[tuple[UUID | None, str]], seen: set[UUID]
) -> None:
    pairs = [person(n % 5, cohort=cohort, form=form) for n, (cohort, form) in enumerate(members)]
    whole = all_of(pairs, *seen)
    parts = [figures_of(pairs, cohort=key, seen=seen) for key in seen]
    told = [one.whole.count for one in parts if one.whole]
    if whole.whole:
        assert whole.whole.count - sum(told) not in (1, 2, 3, 4)
    for one in (whole, *parts):
        shown = [gain.count for gain in one.orders.values()]
        assert all(count >= 5 for count in shown)
        assert not shown or (one.whole and sum(shown) == one.whole.count)
    for form, gain in whole.orders.items():
        apart = [one.orders[form].count for one in parts if form in one.orders]
        assert gain.count - sum(apart) not in (1, 2, 3, 4)


# --- who is a pair ------------------------------------------------------------------------------


pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(course: SmallCourse) -> TwoTests:
    return pair_of_tests(course)


def somebody(course: SmallCourse, at: datetime, user: User | None = None) -> Enrolment:
    return enrol(user=user or UserFactory(), course=course.course, at=at)


def test_a_pair_says_what_was_known_before_and_after(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    """Of four questions one on the elements before; after it all but one on consent."""
    before, _ = sit_both(somebody(course, at), pair, at, before=[0], after=[0, 1, 2])
    (found,) = pairs_of(pair.after.key)
    assert (found.whole, found.began_with) == (Change(0.25, 0.75), before.form)
    assert found.objectives == {"consent": Change(0.0, 0.5), "elements": Change(0.5, 1.0)}
    assert found.whole.gain == 50
    rebuild()
    assert pairs_of(pair.after.key) == [found]
    assert differences() == []


def test_the_first_attempts_count_alone(pair: TwoTests, course: SmallCourse, at: datetime) -> None:
    enrolment = somebody(course, at)
    sit_both(enrolment, pair, at, before=[0], after=[0, 1])
    sit(enrolment, pair.after, at + timedelta(days=2), right=range(4))
    sit(enrolment, pair.before, at + timedelta(days=3), right=range(4))
    (found,) = pairs_of(pair.after.key)
    assert found.whole == Change(0.25, 0.5)


def test_who_took_one_test_or_the_second_first_is_no_pair(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    sit(somebody(course, at), pair.before, at)
    sit(somebody(course, at), pair.after, at)
    late = somebody(course, at)
    sit(late, pair.after, at)
    sit(late, pair.before, at + timedelta(days=1))
    running = somebody(course, at)
    sit(running, pair.before, at)
    start_attempt(enrolment=running, quiz=pair.after, at=at + timedelta(days=1), chance=Random(1))
    overlapping = somebody(course, at)
    start_attempt(enrolment=overlapping, quiz=pair.before, at=at, chance=Random(1))
    sit(overlapping, pair.after, at)
    sit(overlapping, pair.before, at + timedelta(hours=1))
    assert pairs_of(pair.after.key) == []


def test_a_learner_who_comes_back_counts_once(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    user = UserFactory()
    first = somebody(course, at, user)
    sit_both(first, pair, at, before=[0])
    withdraw(user=user, enrolment=first, at=at + timedelta(days=2))
    sit_both(somebody(course, at + timedelta(days=3), user), pair, at + timedelta(days=3))
    (found,) = pairs_of(pair.after.key)
    assert found.whole == Change(0.25, 1.0)


def test_two_halves_of_different_enrolments_are_no_pair(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    user = UserFactory()
    first = somebody(course, at, user)
    sit(first, pair.before, at)
    withdraw(user=user, enrolment=first, at=at + timedelta(days=1))
    sit(somebody(course, at + timedelta(days=2), user), pair.after, at + timedelta(days=2))
    assert pairs_of(pair.after.key) == []


def test_what_a_quiz_was_compared_with_stands_in_the_log(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    """The page may say something else today: the pair stays one."""
    sit_both(somebody(course, at), pair, at)
    pair.after.pre_test, pair.after.role = None, ""
    pair.after.save_revision().publish()
    assert len(pairs_of(pair.after.key)) == 1


def test_more_people_ask_no_more_queries(
    pair: TwoTests,
    course: SmallCourse,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        sit_both(somebody(course, at), pair, at)
        with django_assert_num_queries(4):
            assert len(pairs_of(pair.after.key)) == number + 1
    assert Attempt.objects.count() == 6
