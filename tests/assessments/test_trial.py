"""A trial of a quiz: a learner's paper, for authors and reviewers alone, and nothing stays."""

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import (
    Attempt,
    DraftAnswer,
    Feedback,
    Navigation,
    Question,
    QuizPage,
    Response,
    Writing,
)
from assessments.papers import FrozenQuestion, frozen
from assessments.results import result_of
from assessments.trial.results import result_of_trial, reviews_of
from assessments.trial.sitting import TrialSitting, Wanted, begin_trial
from assessments.trial.tried import tried_quiz
from config.demo.answering import right_answer, wrong_answer
from config.roles import sync_roles
from courses.enrolment import enrol
from courses.models import Enrolment
from lrs.models import Statement
from people.models import User
from people.roles import REVIEWER, TRAINER, sync_groups
from tests.assessments.every_kind import every_kind
from tests.factories.courses import SmallCourse, in_serbian, question, question_in_serbian
from tests.factories.forms import pair_of_tests
from tests.factories.kinds import question_of
from tests.factories.people import ProfessionFactory, UserFactory
from tests.support import sign_in

pytestmark = pytest.mark.django_db
RECORDED = (Statement, Attempt, Response, DraftAnswer, Writing)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    sync_roles()
    return course.quizzes[0]


def with_role(role: str) -> User:
    user: User = UserFactory.create()
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def trainer(quiz: QuizPage) -> User:
    return with_role(TRAINER)


@pytest.fixture
def browser(trainer: User) -> Client:
    return sign_in(Client(), trainer, second_factor=True)


def changed(quiz: QuizPage, **fields: Any) -> QuizPage:
    for name, value in fields.items():
        setattr(quiz, name, value)
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def begin(browser: Client, quiz: QuizPage, **asked: str) -> str:
    """Begin a trial; return the address of its paper."""
    found = browser.post(reverse("trial", args=[quiz.key]), {"version": "live"} | asked)
    assert found.status_code == 302, found.content.decode()
    return str(found["Location"])


def read(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def drawn_in(browser: Client, paper: str) -> list[FrozenQuestion]:
    row = browser.session["trials"][paper.rstrip("/").split("/")[-1]]
    return frozen(row["facts"]["questions"])


def filled(questions: list[FrozenQuestion], answer: Callable[..., list[str]]) -> dict[str, Any]:
    """Return the form of a paper, as a browser without a script sends it."""
    form: dict[str, Any] = {"flags": "1"}
    for one in questions:
        form |= {f"q-{one.key}": answer(one), f"v-{one.key}": "0"}
    return form


def wrongly(one: FrozenQuestion) -> list[str]:
    return wrong_answer(one, random.Random(1))


def test_an_author_goes_from_the_cms_through_the_quiz_to_its_result(
    browser: Client, quiz: QuizPage
) -> None:
    edit = read(browser, reverse("wagtailadmin_pages:edit", args=[quiz.pk]))
    front = reverse("trial", args=[quiz.key])
    assert f'href="{front}"' in edit
    listing = read(browser, reverse("wagtailadmin_explore", args=[quiz.get_parent().pk]))
    assert f'href="{front}"' in listing
    first = read(browser, front)
    assert "Trial: nothing is recorded." in first
    assert "Begin the trial" in first
    paper = begin(browser, quiz)
    page = read(browser, paper)
    assert "Trial: nothing is recorded." in page
    assert reverse("wagtailadmin_pages:edit", args=[quiz.pk]) in page
    assert page.count("data-question=") == 2
    form = filled(drawn_in(browser, paper), right_answer)
    result = browser.post(f"{paper}submit/", form, follow=True).content.decode()
    assert "2 of 2: passed" in result
    assert "Because 0" in result  # the reasons
    assert "Trial: nothing is recorded." in result


def test_nothing_is_recorded(browser: Client, quiz: QuizPage) -> None:
    changed(quiz, feedback=Feedback.IMMEDIATE, asks_confidence=True)
    before = [model.objects.count() for model in RECORDED]
    paper = begin(browser, quiz)
    first, second = drawn_in(browser, paper)
    saved = browser.post(
        f"{paper}save/",
        {"question": str(first.key), "version": "0", f"q-{first.key}": right_answer(first)},
    )
    assert saved.json() == {"version": 1}
    sure = {"question": str(first.key), "confidence": "3"}
    assert browser.post(f"{paper}mark/", sure).status_code == 200
    flag = {"question": str(second.key), "flagged": "1"}
    assert browser.post(f"{paper}mark/", flag).status_code == 200
    browser.post(f"{paper}submit/", {"check": str(first.key), "flags": "1"})
    browser.post(f"{paper}submit/", {"anyway": "1"})
    read(browser, f"{paper}result/")
    browser.post(f"{paper}again/")
    assert [model.objects.count() for model in RECORDED] == before


def test_looking_changes_nothing_that_is_kept(browser: Client, quiz: QuizPage) -> None:
    paper = begin(browser, quiz)
    kept = dict(browser.session)
    read(browser, reverse("trial", args=[quiz.key]))
    read(browser, paper)
    read(browser, f"{paper}unanswered/")
    assert browser.get(f"{paper}result/")["Location"] == paper
    assert dict(browser.session) == kept


def test_what_is_chosen_is_kept_and_open_questions_are_named(
    browser: Client, quiz: QuizPage
) -> None:
    paper = begin(browser, quiz)
    first, second = drawn_in(browser, paper)
    form = {f"q-{first.key}": right_answer(first), f"v-{first.key}": "0", "flags": "1"}
    asked = browser.post(f"{paper}submit/", form, follow=True).content.decode()
    assert "1 question has no answer" in asked
    assert second.stem in asked
    assert "checked" in read(browser, paper)
    done = browser.post(f"{paper}submit/", {"anyway": "1"}, follow=True).content.decode()
    assert "1 of 2: not passed yet" in done


def test_another_paper_is_drawn_from_the_bank(browser: Client, quiz: QuizPage) -> None:
    for number in range(30):
        question(f"more-{number}", tags=["easy"])
    paper = begin(browser, quiz)
    papers = {frozenset(one.key for one in drawn_in(browser, paper))}
    for _ in range(3):
        paper = browser.post(f"{paper}again/")["Location"]
        papers.add(frozenset(one.key for one in drawn_in(browser, paper)))
    assert len(papers) > 1
    assert len(browser.session["trials"]) == 3  # the oldest is gone


def test_the_draft_and_what_is_live_are_tried_apart(browser: Client, quiz: QuizPage) -> None:
    quiz.title, quiz.pass_mark = "Quiz, written anew", 90
    quiz.save_revision()
    front = read(browser, reverse("trial", args=[quiz.key]))
    assert "Quiz, written anew" in front  # by itself the latest
    assert 'value="live"' in front
    assert "Pass mark 90 %" in read(browser, begin(browser, quiz, version="draft"))
    live = read(browser, begin(browser, quiz, version="live"))
    assert "Pass mark 70 %" in live
    assert "written anew" not in live


def test_a_quiz_that_is_not_live_can_be_tried(browser: Client, quiz: QuizPage) -> None:
    quiz.unpublish()
    paper = browser.post(reverse("trial", args=[quiz.key]), {"version": "draft"})["Location"]
    assert "the latest draft" in read(browser, paper)


def test_it_says_why_a_learner_could_not_begin(browser: Client, quiz: QuizPage) -> None:
    Question.objects.filter(slug="core-q0").update(live=False)
    front = read(browser, reverse("trial", args=[quiz.key]))
    assert "A learner could not begin" in front
    assert "1 question matches, 2 are drawn" in front
    after = browser.post(reverse("trial", args=[quiz.key]), {"version": "live"}, follow=True)
    assert "A learner could not begin" in after.content.decode()


def test_questions_are_drawn_for_the_profession_that_is_chosen(
    browser: Client, quiz: QuizPage
) -> None:
    profession = ProfessionFactory()
    judge = ProfessionFactory(key="judge", name_en="Judge", track="justice")
    for one in Question.objects.filter(slug__in=("core-q0", "core-q1")):
        one.professions.set([judge])
        one.save()
    for number in range(2):
        meant = question(f"police-{number}", tags=["easy"])
        meant.professions.set([profession])
        meant.save()
    paper = begin(browser, quiz, profession=profession.key)
    assert {one.stem for one in drawn_in(browser, paper)} == {"police-0?", "police-1?"}
    assert "Police officer" in read(browser, paper)


def test_it_is_shown_in_each_form_of_the_language(
    browser: Client, course: SmallCourse, quiz: QuizPage
) -> None:
    in_serbian(course)
    sync_roles()
    for number in range(2):
        question_in_serbian(Question.objects.get(slug=f"core-q{number}"), f"Питање {number}?")
    with override("sr"):
        cyrillic = begin(browser, quiz)
    assert cyrillic.startswith("/sr/")
    page = read(browser, cyrillic)
    assert "Питање 0?" in page
    assert "Проба" in page
    latin = cyrillic.replace("/sr/", "/sr-latn/")
    assert f'href="{latin}"' in page
    assert "Pitanje 0?" in read(browser, latin)
    assert "Option 1" in read(browser, cyrillic.replace("/sr/", "/en/"))


def test_one_question_comes_after_the_other(browser: Client, quiz: QuizPage) -> None:
    changed(quiz, navigation=Navigation.SEQUENTIAL)
    paper = begin(browser, quiz)
    first, second = drawn_in(browser, paper)
    page = read(browser, paper)
    assert first.stem in page
    assert second.stem not in page
    form = {f"q-{first.key}": right_answer(first), f"v-{first.key}": "0"}
    gone_on = browser.post(f"{paper}submit/", form | {"next": str(first.key)}, follow=True)
    assert second.stem in gone_on.content.decode()
    # What was left behind stays; what comes later was not open.
    late = {"question": str(first.key), "version": "1", f"q-{first.key}": wrongly(first)}
    assert browser.post(f"{paper}save/", late).status_code == 400
    form = {f"q-{second.key}": right_answer(second), f"v-{second.key}": "0"}
    assert "2 of 2" in browser.post(f"{paper}submit/", form, follow=True).content.decode()


def test_a_checked_answer_stays(browser: Client, quiz: QuizPage) -> None:
    changed(quiz, feedback=Feedback.IMMEDIATE)
    paper = begin(browser, quiz)
    first, _second = drawn_in(browser, paper)
    nothing = browser.post(f"{paper}submit/", {"check": str(first.key)}, follow=True)
    assert "Answer this question first" in nothing.content.decode()
    form = {f"q-{first.key}": wrongly(first), f"v-{first.key}": "0", "check": str(first.key)}
    page = browser.post(f"{paper}submit/", form, follow=True).content.decode()
    assert "Checked: this answer stays as it is." in page
    other = {"question": str(first.key), "version": "1", f"q-{first.key}": right_answer(first)}
    assert browser.post(f"{paper}save/", other).status_code == 400


def test_after_the_time_what_was_kept_before_counts(
    browser: Client, quiz: QuizPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(quiz, time_limit=10)
    paper = begin(browser, quiz)
    first, second = drawn_in(browser, paper)
    early = {"question": str(first.key), "version": "0", f"q-{first.key}": right_answer(first)}
    browser.post(f"{paper}save/", early)
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = read(browser, paper)
    assert "Your time is over" in page
    form = {f"q-{second.key}": right_answer(second), f"v-{second.key}": "0"}
    assert "1 of 2" in browser.post(f"{paper}submit/", form, follow=True).content.decode()


def test_the_result_hides_what_a_learner_does_not_see_yet(browser: Client, quiz: QuizPage) -> None:
    changed(quiz, answers_at_once=False, reasons_at_once=False)
    paper = begin(browser, quiz)
    form = filled(drawn_in(browser, paper), wrongly)
    page = browser.post(f"{paper}submit/", form, follow=True).content.decode()
    assert "Because 0" not in page
    assert "once no attempt is left" in page
    assert "Because 0" in read(browser, f"{paper}result/?when=later")


def test_a_test_before_is_tried_in_the_form_that_is_chosen(
    browser: Client, quiz: QuizPage, course: SmallCourse
) -> None:
    """It decides nothing, and shows nothing before the test after it."""
    before = pair_of_tests(course).before
    assert "Form B" in read(browser, reverse("trial", args=[before.key]))
    forms = set()
    for form in ("A", "B"):
        paper = begin(browser, before, form=form)
        page = read(browser, paper)
        assert f"Form {form}" in page
        assert "This test decides nothing." in page
        forms.add(frozenset(one.stem for one in drawn_in(browser, paper)))
    assert len(forms) == 2
    answers = filled(drawn_in(browser, paper), right_answer)
    handed_in = browser.post(f"{paper}submit/", answers, follow=True).content.decode()
    assert "Handed in" in handed_in
    assert "Because 0" not in handed_in
    assert "What learners see after the second test" in handed_in
    assert "Because 0" in read(browser, f"{paper}result/?when=later")
    by_chance = {drawn_form(browser, begin(browser, before)) for _ in range(20)}
    assert by_chance == {"A", "B"}


def drawn_form(browser: Client, paper: str) -> str:
    row = browser.session["trials"][paper.rstrip("/").split("/")[-1]]
    return str(row["facts"]["form"])


# --- it can never differ --------------------------------------------------------------------

KINDS = sorted(every_kind(1))


def only(kind: str, course: SmallCourse) -> QuizPage:
    image = get_image_model().objects.create(title="A room", file=get_test_image_file())
    Question.objects.all().delete()
    question_of(kind, every_kind(image.pk)[kind], slug=f"of-{kind}", tags=["alone"])
    quiz = course.quizzes[0]
    return changed(quiz, questions=[("draw", {"tags": "alone", "count": 1})])


def tried(quiz: QuizPage, trainer: User, at: datetime) -> TrialSitting:
    found = tried_quiz(key=quiz.key, user=trainer)
    course = quiz.get_parent().get_parent().specific
    return begin_trial(tried=found, course=course, wanted=Wanted(), at=at, chance=random.Random(1))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_right", [True, False])
def test_every_kind_is_scored_and_shown_as_in_an_attempt(
    kind: str, is_right: bool, course: SmallCourse, trainer: User, enrolment: Enrolment
) -> None:
    quiz, at = only(kind, course), timezone.now()
    real = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(1))
    trial = tried(quiz, trainer, at)
    assert trial.attempt.drawn == real.drawn
    (one,) = frozen(real.drawn)
    given = right_answer(one) if is_right else wrongly(one)
    given = given or ["In my own words."]
    save_choice(attempt=real, question_key=one.key, choices=given, version=0, at=at)
    trial.save(question_key=one.key, choices=given, version=0, at=at)
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at)
    trial.submit(at=at)
    verdict = (done.passed, done.raw, done.maximum, done.short)
    mine = trial.attempt
    assert (mine.passed, mine.raw, mine.maximum, mine.short) == verdict
    [theirs], [own] = (
        result_of(done).questions,
        result_of_trial(trial, reviews_of(trial)[1]).questions,
    )
    assert (own.scaled, own.is_waiting) == (theirs.scaled, theirs.is_waiting)
    assert own.reviewed == theirs.reviewed
    assert own.answered == theirs.answered


def test_paper_and_result_are_those_of_a_learner(
    browser: Client, quiz: QuizPage, learner: User, course: SmallCourse
) -> None:
    """Ids and addresses apart, the same page, but for the banner."""
    asked = [("question", one) for one in Question.objects.filter(slug__in=("core-q0", "core-q1"))]
    quiz = changed(quiz, questions=asked, shuffle_questions=False, shuffle_options=False)
    enrolment = enrol(user=learner, course=course.course, at=timezone.now())
    start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    own = sign_in(Client(), learner)
    theirs = read(own, reverse("attempt", args=[quiz.key, 1]))
    paper = begin(browser, quiz)
    mine = read(browser, paper)

    def form(page: str) -> str:
        inner = page[page.index('<form id="paper"') : page.index("</form></div></main>")]
        inner = re.sub(r'(action|data-save|data-mark)="[^"]*"', "", inner)
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", inner)

    theirs, mine = (page.replace("</div></div></main>", "</div></main>") for page in (theirs, mine))
    assert form(mine) == form(theirs)


# --- who may --------------------------------------------------------------------------------


def test_a_reviewer_may_try_a_quiz(quiz: QuizPage) -> None:
    reviewer = sign_in(Client(), with_role(REVIEWER), second_factor=True)
    paper = begin(reviewer, quiz)
    page = read(reviewer, paper)
    # Not in review: nothing to edit there, so the way back is the list.
    assert reverse("wagtailadmin_explore", args=[quiz.get_parent().pk]) in page


def test_learners_and_trainers_without_the_right_do_not_get_in(
    browser: Client, quiz: QuizPage, course: SmallCourse, learner: User
) -> None:
    paper = begin(browser, quiz)
    key = UUID(paper.rstrip("/").split("/")[-1])
    enrol(user=learner, course=course.course, at=timezone.now())
    outsider = with_role(TRAINER)
    trainers = sync_groups()[TRAINER]
    own = sign_in(Client(), learner)
    for who in (own, sign_in(Client(), outsider, second_factor=True)):
        if who is not own:
            GroupPagePermission.objects.filter(group=trainers).delete()
        for address in every_address(quiz, key):
            assert who.get(address).status_code in (404, 405), address
            assert who.post(address).status_code in (404, 405), address
    assert "trials" not in own.session


def test_a_visitor_signs_in_first(client: Client, quiz: QuizPage) -> None:
    for address in every_address(quiz, uuid4()):
        response = client.post(address)
        assert response.status_code in (302, 405)
        assert response.status_code == 405 or "/account/login/" in response["Location"]


def test_the_trial_of_another_does_not_exist(browser: Client, quiz: QuizPage) -> None:
    paper = begin(browser, quiz)
    other = sign_in(Client(), with_role(TRAINER), second_factor=True)
    assert other.get(paper)["Location"] == reverse("trial", args=[quiz.key])


def test_a_trial_whose_question_was_deleted_is_over(browser: Client, quiz: QuizPage) -> None:
    paper = begin(browser, quiz)
    first, _second = drawn_in(browser, paper)
    Question.objects.get(translation_key=first.key).delete()
    page = browser.get(paper, follow=True)
    assert "That trial is over" in page.content.decode()


def every_address(quiz: QuizPage, trial: UUID) -> list[str]:
    names = ("paper", "save", "mark", "submit", "unanswered", "again", "result")
    front = reverse("trial", args=[quiz.key])
    return [front, *(reverse(f"trial_{name}", args=[quiz.key, trial]) for name in names)]


def test_a_page_takes_few_queries(
    browser: Client, quiz: QuizPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper = begin(browser, quiz)
    browser.get(paper)
    with django_assert_num_queries(10):
        browser.get(paper)
    changed(quiz, questions=[("draw", {"tags": "easy hard", "count": 4})])
    paper = begin(browser, quiz)
    browser.get(paper)
    with django_assert_num_queries(10):
        browser.get(paper)
