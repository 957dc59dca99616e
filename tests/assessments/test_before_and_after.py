"""A learner before and after: nothing is decided, nothing is told too early, and the own gain."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.attempts import standing_in, start_attempt
from assessments.forms.after import has_taken_after
from assessments.forms.own import own_gain
from assessments.models import Attempt, DraftAnswer
from assessments.practice.survey import survey_of
from assessments.reviewing import EVERYTHING, hidden_scores, review_of
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import Edition, Enrolment
from courses.outline import outline_of
from courses.study import edition_of
from people.models import User
from tests.factories.courses import SmallCourse, in_serbian
from tests.factories.forms import TwoTests, pair_of_tests, sit, sit_both
from tests.factories.people import UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(course: SmallCourse, at: datetime) -> TwoTests:
    made = pair_of_tests(course)
    publish_edition(course=course.course, at=at)
    return made


@pytest.fixture
def then() -> datetime:
    return timezone.now() - timedelta(days=3)


@pytest.fixture
def somebody(pair: TwoTests, course: SmallCourse, learner: User, then: datetime) -> Enrolment:
    """The learner, enrolled in the edition with the two tests."""
    return enrol(user=learner, course=course.course, at=then)


@pytest.fixture
def browser(somebody: Enrolment, client: Client, learner: User) -> Client:
    return sign_in(client, learner)


def page(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def result(browser: Client, attempt: Attempt) -> str:
    return page(browser, reverse("result", args=[attempt.quiz_key, attempt.number]))


# --- before -----------------------------------------------------------------------------------


def test_the_page_of_a_test_before_says_that_it_decides_nothing(
    pair: TwoTests, browser: Client
) -> None:
    said = page(browser, pair.before.url)
    assert "This test decides nothing." in said
    assert "You can also leave it out." in said
    assert "you see after “What you have learned”." in said
    assert "Pass mark" not in said
    assert "after the last, the next opens" not in said
    assert "Begin: 4 questions" in said
    after = page(browser, pair.after.url)
    assert "Pass mark 70" in after
    assert "If you have taken “What you know”" in after


def test_its_paper_shows_no_pass_mark(
    pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    attempt = start_attempt(enrolment=somebody, quiz=pair.before, at=then)
    said = page(browser, reverse("attempt", args=[attempt.quiz_key, 1]))
    assert "This test decides nothing." in said
    assert "Pass mark" not in said


def test_it_is_done_once_it_is_handed_in_however_much_was_wrong(
    pair: TwoTests, course: SmallCourse, somebody: Enrolment, then: datetime
) -> None:
    attempt = sit(somebody, pair.before, then)
    assert (attempt.raw, attempt.passed, attempt.decides) == (0, True, False)
    outline = outline_of(course=course.course, edition=edition_of(somebody), enrolment=somebody)
    line = next(one for one in outline.activities() if one.key == pair.before.key)
    assert (line.state, line.shows_score) == ("done", False)
    somebody.refresh_from_db()
    assert somebody.completed_at is None


def test_a_test_before_that_the_course_requires_is_required(
    pair: TwoTests, course: SmallCourse, then: datetime
) -> None:
    pair.before.required = True
    pair.before.save_revision().publish()
    publish_edition(course=course.course, at=then)
    assert pair.before.key in Edition.objects.order_by("-number")[0].required_keys()
    other = enrol(user=UserFactory(), course=course.course, at=then)
    said = page(sign_in(Client(), UserFactory()), course.course.url)
    assert "You can also leave it out." not in said
    assert sit(other, pair.before, then).passed


def test_nothing_is_told_until_the_test_after_was_handed_in(
    pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    before = sit(somebody, pair.before, then, right=[0])
    said = result(browser, before)
    assert "Handed in" in said
    assert "It decides nothing: nobody passes or fails." in said
    assert "you see after “What you have learned”." in said
    for told in ("Because", "Passed", "passed", "Right.", "Not right.", "1 of 4", "Source:"):
        assert told not in said, told
    quiz = page(browser, pair.before.url)
    assert "Attempt 1</a>: handed in" in quiz or "Attempt 1: handed in" in quiz.replace("</a>", "")
    assert "1 / 4" not in quiz
    start_attempt(enrolment=somebody, quiz=pair.after, at=then + timedelta(days=1))
    assert "Because" not in result(browser, before)
    sit(somebody, pair.after, then + timedelta(days=1), right=range(4))
    said = result(browser, before)
    assert "1 of 4" in said
    assert "Because" in said
    assert "passed" not in said


def test_feedback_after_each_question_would_tell_and_is_not_given(
    pair: TwoTests, somebody: Enrolment, then: datetime
) -> None:
    pair.before.feedback, pair.before.mastery = "immediate", 50
    pair.before.save_revision().publish()
    attempt = sit(somebody, pair.before, then)
    assert (attempt.feedback, attempt.mastery, attempt.passed) == ("deferred", None, True)


def test_what_was_wrong_is_not_practised_before(
    pair: TwoTests, somebody: Enrolment, then: datetime
) -> None:
    sit(somebody, pair.before, then)
    assert survey_of(somebody, at=timezone.now()) == []
    sit(somebody, pair.after, then + timedelta(days=1), right=range(4))
    assert len(survey_of(somebody, at=timezone.now())) == 4


def test_the_outline_hides_the_score_of_a_test_before_only(pair: TwoTests) -> None:
    assert hidden_scores() == {pair.before.key: False}


def test_reviews_of_other_quizzes_stay_as_they_are(
    pair: TwoTests,
    somebody: Enrolment,
    then: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    standing = standing_in(enrolment=somebody, quiz=pair.after, at=then)
    assert review_of(pair.after, standing, after=False) == EVERYTHING
    with django_assert_num_queries(0):
        assert not has_taken_after(somebody, pair.after)


# --- after ------------------------------------------------------------------------------------


def test_a_learner_sees_the_own_gain_after_the_second_test(
    pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    _, after = sit_both(somebody, pair, then, before=[0], after=[0, 1, 2])
    for said in (result(browser, after), page(browser, pair.after.url)):
        assert "Before and now" in said
        assert "50 points more than before." in said
        assert "<td>25 %</td><td>75 %</td>" in said
        assert said.index("Consent") < said.index("Elements")
    again = sit(somebody, pair.after, then + timedelta(days=2), right=range(4))
    assert "50 points more than before." in result(browser, again)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([0, 1], [0], "25 points less than before."),
        ([0], [3], "You reached as many points as before."),
    ],
)
def test_it_is_said_as_it_is(
    before: list[int],
    after: list[int],
    words: str,
    pair: TwoTests,
    somebody: Enrolment,
    then: datetime,
) -> None:
    sit_both(somebody, pair, then, before=before, after=after)
    found = own_gain(somebody, pair.after, EVERYTHING)
    assert found
    assert found.words == words


def test_without_both_tests_there_is_no_gain(
    pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    after = sit(somebody, pair.after, then)
    assert "Before and now" not in result(browser, after)
    assert own_gain(somebody, pair.before, EVERYTHING) is None


@pytest.mark.parametrize("which", ["before", "after"])
def test_points_that_are_kept_back_are_not_told_by_the_gain(
    which: str, pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    quiz = getattr(pair, which)
    quiz.marks_at_once = quiz.marks_in_the_end = False
    quiz.save_revision().publish()
    _, after = sit_both(somebody, pair, then)
    assert "Before and now" not in result(browser, after)


def test_somebody_elses_gain_is_nobodys(
    pair: TwoTests, course: SmallCourse, browser: Client, then: datetime
) -> None:
    other = enrol(user=UserFactory(), course=course.course, at=then)
    _, after = sit_both(other, pair, then)
    address = reverse("result", args=[after.quiz_key, after.number])
    assert browser.get(address).status_code == 404
    assert "Before and now" not in page(browser, pair.after.url)


def test_reading_any_of_it_writes_nothing(
    pair: TwoTests, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    before, after = sit_both(somebody, pair, then)
    count = Attempt.objects.count(), DraftAnswer.objects.count()
    for attempt in (before, after):
        result(browser, attempt)
    assert (Attempt.objects.count(), DraftAnswer.objects.count()) == count


def test_in_serbian_the_rules_of_the_source_language_hold(
    pair: TwoTests, course: SmallCourse, browser: Client, somebody: Enrolment, then: datetime
) -> None:
    translated = in_serbian(course).quizzes[0]
    type(translated).objects.filter(pk=translated.pk).update(role="", pre_test=None)
    said = page(browser, translated.get_url())
    assert "Овај тест не одлучује ни о чему." in said
    assert "Пролазна граница" not in said
    sit_both(somebody, pair, then)
    after = course.quizzes[1].get_translations().get()
    assert "Пре и сада" in page(browser, after.specific.get_url())
