"""A quiz under fire: whatever is sent, and when, there is one outcome and a clear word."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.drafts import drafts_of
from assessments.grading import submit_attempt
from assessments.models import Attempt, DraftAnswer, QuizPage, Response
from assessments.papers import FrozenQuestion, frozen_questions
from courses.enrolment import enrol
from courses.models import Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone
from tests.crowds import all_at_once
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import sign_in
from xapi import verbs

pytestmark = pytest.mark.django_db
everybody_commits = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SCRIPT = {"accept": "application/json"}
LIMIT = timedelta(minutes=20)
GONE = "This attempt has been submitted; its answers can no longer be changed."
LATE = "Your time was over: what was saved before counts."


class Tab:
    """One tab of a browser, with the paper as it was when it was opened."""

    def __init__(self, browser: Client, attempt: Attempt) -> None:
        self.browser = browser
        self.where = [attempt.quiz_key, attempt.number]
        page = browser.get(reverse("attempt", args=self.where)).context
        self.versions = {item.key: item.version for item in page["questions"]}
        self.shown = saved(attempt)

    def save(self, question: FrozenQuestion, /, *choices: str, **tampered: Any) -> Any:
        """Save one choice, as the script of the page does."""
        fields = {
            "question": question.key,
            "version": self.versions[question.key],
            f"q-{question.key}": list(choices),
        }
        said = self.browser.post(reverse("save_choice", args=self.where), fields | tampered)
        if said.status_code == 200 and not tampered:
            self.versions[question.key] = said.json()["version"]
            self.shown[question.key] = list(choices)
        return said

    def submit(self, *answers: tuple[FrozenQuestion, str], **options: Any) -> Any:
        """Submit the whole form, as a browser without a script does."""
        fields: dict[str, Any] = {f"v-{key}": at for key, at in self.versions.items()}
        fields |= {f"q-{key}": choices for key, choices in self.shown.items()}
        fields |= {f"q-{question.key}": choice for question, choice in answers}
        fields |= options.pop("fields", {})
        return self.browser.post(reverse("submit_attempt", args=self.where), fields, **options)


@pytest.fixture
def quiz(course: SmallCourse) -> QuizPage:
    quiz = course.quizzes[0]
    quiz.time_limit = 20
    return quiz


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage) -> Attempt:
    return start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())


@pytest.fixture
def browser(client: Client, learner: User) -> Client:
    return sign_in(client, learner)


@pytest.fixture
def tab(browser: Client, attempt: Attempt) -> Tab:
    return Tab(browser, attempt)


def right(question: FrozenQuestion) -> str:
    return next(option.key for option in question.options if option.correct)


def wrong(question: FrozenQuestion) -> str:
    return next(option.key for option in question.options if not option.correct)


def paper_of(attempt: Attempt) -> list[FrozenQuestion]:
    return frozen_questions(attempt)


def saved(attempt: Attempt) -> dict[Any, list[str]]:
    return {key: draft.choices for key, draft in drafts_of(attempt).items()}


def count(*names: Any) -> int:
    return Statement.objects.filter(verb__in=[verb.id for verb in names]).count()


def one_verdict() -> bool:
    return count(verbs.PASSED, verbs.FAILED) == 1 and differences() == []


# --- at the same moment -----------------------------------------------------------------------


def crowd_begins(crowded: SmallCourse) -> tuple[User, Attempt]:
    learner = UserFactory()
    enrolment = enrol(user=learner, course=crowded.course, at=timezone.now())
    quiz = crowded.quizzes[0]
    return learner, start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())


@everybody_commits
def test_a_double_click_on_submit_is_one_verdict(crowded: SmallCourse) -> None:
    learner, attempt = crowd_begins(crowded)
    answers = [(question, right(question)) for question in paper_of(attempt)]
    tabs = [Tab(sign_in(Client(), learner), attempt) for _ in range(4)]
    got = all_at_once(lambda n: tabs[n].submit(*answers).headers["Location"], crowd=4)
    assert set(got) == {reverse("result", args=[attempt.quiz_key, 1])}
    assert Attempt.objects.get().passed
    assert count(verbs.ANSWERED) == 2
    assert one_verdict()


@everybody_commits
def test_a_choice_beside_a_submission_is_scored_or_refused(crowded: SmallCourse) -> None:
    learner, attempt = crowd_begins(crowded)
    question = paper_of(attempt)[0]
    tabs = [Tab(sign_in(Client(), learner), attempt) for _ in range(2)]

    def act(number: int) -> int:
        if number:
            return int(tabs[1].submit(fields={"anyway": "1"}).status_code)
        return int(tabs[0].save(question, right(question)).status_code)

    status, submitted = all_at_once(act, crowd=2)
    assert submitted == 302
    answer = Response.objects.get(question_key=question.key).answer
    assert (status, answer) in [(200, [right(question)]), (410, [])]
    assert one_verdict()


# --- two tabs ---------------------------------------------------------------------------------


def test_a_stale_form_overwrites_nothing_and_shows_both(
    tab: Tab, browser: Client, attempt: Attempt
) -> None:
    first, second = paper_of(attempt)
    Tab(browser, attempt).save(first, right(first))
    said = tab.submit((first, wrong(first)), (second, right(second)))
    assert said.status_code == 409
    assert saved(attempt) == {first.key: [right(first)], second.key: [right(second)]}
    page = said.content.decode()
    assert "Some answers were changed in another window." in page
    assert f'name="q-{first.key}" value="{right(first)}" checked' in page
    assert f'name="other-{first.key}" value="{wrong(first)}" checked' in page
    assert f"other-{second.key}" not in page
    again = Tab(browser, attempt).submit((first, wrong(first)), (second, right(second)))
    assert again.status_code == 302
    assert Response.objects.get(question_key=first.key).answer == [wrong(first)]
    assert one_verdict()


def test_a_stale_script_is_told_what_is_saved(tab: Tab, browser: Client, attempt: Attempt) -> None:
    first, second = paper_of(attempt)
    Tab(browser, attempt).save(first, right(first))
    said = tab.submit((first, wrong(first)), (second, right(second)), headers=SCRIPT)
    assert said.status_code == 409
    assert said.json()["saved"] == {str(first.key): {"choices": [right(first)], "version": 1}}
    assert count(verbs.PASSED, verbs.FAILED) == 0


def test_a_form_that_saw_no_answer_erases_none(tab: Tab, browser: Client, attempt: Attempt) -> None:
    first, second = paper_of(attempt)
    Tab(browser, attempt).save(first, right(first))
    assert tab.submit((second, right(second))).status_code == 302
    assert Attempt.objects.get().passed


def test_a_form_that_saw_an_answer_can_take_it_back(
    course: SmallCourse, enrolment: Enrolment, browser: Client
) -> None:
    parts = every_kind(0)["multiple"]
    alone(course, question_of("multiple", parts, slug="one", tags=["alone"]))
    attempt = start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=timezone.now())
    (question,) = paper_of(attempt)
    Tab(browser, attempt).save(question, right(question))
    tab = Tab(browser, attempt)
    tab.shown.clear()
    assert tab.submit()["Location"] == reverse("unanswered", args=[attempt.quiz_key, 1])
    assert saved(attempt) == {question.key: []}


# --- stale, late, signed out --------------------------------------------------------------------


def test_a_page_whose_attempt_was_submitted_elsewhere(
    tab: Tab, browser: Client, attempt: Attempt
) -> None:
    first, second = paper_of(attempt)
    Tab(browser, attempt).submit((first, right(first)), (second, right(second)))
    late = tab.save(first, wrong(first))
    assert (late.status_code, late.json()) == (410, {"error": GONE})
    said = tab.submit((first, wrong(first)), headers=SCRIPT)
    assert said.json() == {"next": reverse("result", args=[attempt.quiz_key, 1])}
    assert Attempt.objects.get().passed
    assert one_verdict()


@pytest.fixture
def overdue(enrolment: Enrolment, quiz: QuizPage) -> Attempt:
    return start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now() - 2 * LIMIT)


def test_when_the_deadline_passed_meanwhile_what_was_saved_in_time_counts(
    overdue: Attempt, browser: Client
) -> None:
    first, second = paper_of(overdue)
    tab = Tab(browser, overdue)
    DraftAnswer.objects.create(
        registration=overdue.registration,
        quiz_key=overdue.quiz_key,
        number=1,
        question_key=first.key,
        choices=[right(first)],
        version=1,
        saved_at=overdue.started_at,
    )
    late = tab.save(second, right(second))
    assert (late.status_code, late.json()) == (410, {"error": LATE})
    said = tab.submit((first, wrong(first)), (second, right(second)), follow=True)
    # A question stays open, and nobody is sent back to it: the time is over.
    assert said.redirect_chain == [(reverse("result", args=[overdue.quiz_key, 1]), 302)]
    assert LATE in said.content.decode()
    done = Attempt.objects.get()
    assert (done.raw, done.finished_at) == (1.0, done.deadline)
    assert one_verdict()


def test_a_paper_that_is_opened_too_late_says_so(overdue: Attempt, browser: Client) -> None:
    page = browser.get(reverse("attempt", args=[overdue.quiz_key, 1])).content.decode()
    assert "Your time is over. What was saved before counts" in page
    assert page.count('" disabled><legend>') == len(paper_of(overdue))


def test_who_was_signed_out_comes_back_to_the_paper(
    tab: Tab, browser: Client, attempt: Attempt, learner: User
) -> None:
    first, second = paper_of(attempt)
    tab.save(first, right(first))
    browser.logout()
    assert "/account/login/" in tab.save(second, right(second))["Location"]
    sent = tab.submit((first, right(first)), (second, right(second)))
    assert "/account/login/" in sent["Location"]
    sign_in(browser, learner)
    back = browser.get(sent["Location"].partition("next=")[2], follow=True)
    assert "Your form did not arrive." in back.content.decode()
    assert saved(attempt) == {first.key: [right(first)]}
    assert Attempt.objects.get().finished_at is None


def test_who_was_signed_out_before_beginning_comes_back_to_the_quiz(
    browser: Client, quiz: QuizPage, enrolment: Enrolment
) -> None:
    assert browser.get(reverse("begin_attempt", args=[quiz.key]))["Location"] == quiz.url
    assert not Attempt.objects.exists()


def test_who_has_left_the_course_meanwhile_gets_no_verdict(
    tab: Tab, attempt: Attempt, enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves(*, at: datetime, **_: Any) -> dict[Any, Any]:
        Enrolment.objects.update(withdrawn_at=at)
        return {}

    monkeypatch.setattr("assessments.sitting.keep_form", leaves)
    assert tab.submit(fields={"anyway": "1"}).status_code == 302
    assert count(verbs.PASSED, verbs.FAILED) == 0


# --- replayed -----------------------------------------------------------------------------------


def test_a_captured_save_that_is_sent_again_changes_nothing(tab: Tab, attempt: Attempt) -> None:
    question = paper_of(attempt)[0]
    captured = {"version": 0}
    assert tab.save(question, wrong(question), **captured).json() == {"version": 1}
    assert tab.save(question, wrong(question), **captured).json() == {"version": 1}
    tab.versions[question.key] = 1
    assert tab.save(question, right(question)).json() == {"version": 2}
    assert tab.save(question, wrong(question), **captured).status_code == 409
    assert saved(attempt) == {question.key: [right(question)]}
    tab.submit(fields={"anyway": "1"})
    assert tab.save(question, wrong(question), **captured).status_code == 410
    assert Response.objects.get(question_key=question.key).answer == [right(question)]


def test_a_captured_submission_that_is_sent_again_changes_nothing(
    tab: Tab, attempt: Attempt
) -> None:
    answers = [(question, right(question)) for question in paper_of(attempt)]
    first = tab.submit(*answers)
    statements = Statement.objects.count()
    again = tab.submit(*answers, fields={"anyway": "1"})
    assert again["Location"] == first["Location"]
    assert Statement.objects.count() == statements
    assert one_verdict()


# --- forged -------------------------------------------------------------------------------------


def refused(said: Any) -> bool:
    return said.status_code == 400 and not DraftAnswer.objects.exists()


def test_forged_choices_are_refused(tab: Tab, attempt: Attempt) -> None:
    question, other = paper_of(attempt)
    pair = f"{right(question)}[.]{right(question)}"
    assert refused(tab.save(question, right(other)))
    assert refused(tab.save(question, "00000000-0000-4000-8000-000000000000"))
    assert refused(tab.save(question, pair))
    assert refused(tab.save(question, **{f"q-{question.key}.{right(question)}": "1"}))
    assert refused(tab.save(question, right(question), wrong(question)))  # one can be right
    assert refused(tab.save(question, *[right(question)] * 900))
    assert refused(tab.save(question, *[right(question)] * 10_000))
    assert refused(tab.save(question, "x" * 1_000_000))
    assert refused(tab.save(question, f"{right(question)}\0"))


def test_a_forged_choice_in_a_form_costs_no_other_answer(tab: Tab, attempt: Attempt) -> None:
    first, second = paper_of(attempt)
    said = tab.submit((first, "forged"), (second, right(second)), follow=True)
    assert "This is not an option of this question." in said.content.decode()
    assert saved(attempt) == {second.key: [right(second)]}
    assert Attempt.objects.get().finished_at is None


@pytest.fixture
def written(course: SmallCourse, enrolment: Enrolment) -> Attempt:
    """An attempt whose only question asks for a word."""
    parts = every_kind(0)["fill-in"]
    alone(course, question_of("fill-in", parts, slug="one", tags=["alone"]))
    return start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=timezone.now())


def test_what_no_database_can_keep_is_refused(written: Attempt, browser: Client) -> None:
    tab, (question,) = Tab(browser, written), paper_of(written)
    assert refused(tab.save(question, "pur\0pose"))
    assert refused(tab.save(question, "x" * 1_000_000))
    assert refused(tab.save(question, "purpose", "purpose"))
    said = tab.submit((question, "pur\0pose"), follow=True)
    assert "This is not an option of this question." in said.content.decode()


def test_half_a_letter_is_kept_as_a_letter_that_cannot_be_read(
    written: Attempt, browser: Client
) -> None:
    tab, (question,) = Tab(browser, written), paper_of(written)
    body = f"question={question.key}&version=0&q-{question.key}=aim%ED%A0%BD"
    where = reverse("save_choice", args=tab.where)
    said = browser.post(where, body, content_type="application/x-www-form-urlencoded")
    assert said.status_code == 200
    (text,) = saved(written)[question.key]
    assert text.startswith("aim\N{REPLACEMENT CHARACTER}")
    assert Tab(browser, written).submit().status_code == 302
    assert one_verdict()


@pytest.mark.parametrize("key", ["", "\0", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_forged_question_is_refused(tab: Tab, attempt: Attempt, key: str) -> None:
    question = paper_of(attempt)[0]
    said = tab.save(question, question=key, **{f"q-{key}": right(question)})
    assert refused(said)
    assert said.json()["error"]


@pytest.mark.parametrize("version", ["", "zero", "1.5", "NaN", "1" * 5000])
def test_a_version_that_is_no_number_is_refused(tab: Tab, attempt: Attempt, version: str) -> None:
    question = paper_of(attempt)[0]
    assert refused(tab.save(question, right(question), version=version))


@pytest.mark.parametrize("version", ["-1", "7", str(2**63), "1" * 40])
def test_a_version_that_never_was_is_stale(tab: Tab, attempt: Attempt, version: str) -> None:
    question = paper_of(attempt)[0]
    said = tab.save(question, right(question), version=version)
    assert (said.status_code, said.json()["version"]) == (409, 0)
    assert saved(attempt) == {}


def test_nobody_says_what_they_scored(tab: Tab, attempt: Attempt) -> None:
    first, second = paper_of(attempt)
    claims = {"score": "1", "scaled": "1.0", "success": "true", "passed": "true", "raw": "2"}
    assert tab.save(first, wrong(first), **claims).status_code == 200
    tab.submit((second, wrong(second)), fields=claims | {"at": "2020-01-01", "pass_mark": "0"})
    done = Attempt.objects.get()
    assert (done.raw, done.passed) == (0.0, False)
    assert all(response.success is False for response in Response.objects.all())


def test_the_attempt_of_another_learner_is_not_there(
    course: SmallCourse, tab: Tab, attempt: Attempt, at: datetime
) -> None:
    question = paper_of(attempt)[0]
    stranger = sign_in(Client(), UserFactory())
    enrolled = UserFactory()
    enrol(user=enrolled, course=course.course, at=at)
    fields = {"question": question.key, "version": "0", f"q-{question.key}": right(question)}
    for somebody in (stranger, sign_in(Client(), enrolled)):
        for name in ("save_choice", "submit_attempt"):
            assert somebody.post(reverse(name, args=tab.where), fields).status_code == 404
    for number in (0, 2, 2**63, 10**30):
        for name in ("save_choice", "submit_attempt"):
            where = reverse(name, args=[attempt.quiz_key, number])
            assert tab.browser.post(where, fields).status_code == 404
    for key in (course.quizzes[1].key, course.lessons[0].key, question.key):
        where = reverse("save_choice", args=[key, 1])
        assert tab.browser.post(where, fields).status_code == 404
    assert saved(attempt) == {}


# --- the server's clock -------------------------------------------------------------------------


def times() -> list[datetime]:
    """Return when things happened, in the order in which they were recorded."""
    bodies = Statement.objects.order_by("pk").values_list("body", flat=True)
    return [datetime.fromisoformat(json.loads(body)["timestamp"]) for body in bodies]


def test_a_clock_that_is_put_back_ends_nothing_before_it_began(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at + timedelta(hours=1))
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at)
    assert done.finished_at == done.started_at == attempt.started_at
    ended = Statement.objects.get(verb=verbs.FAILED.id)
    assert datetime.fromisoformat(json.loads(ended.body)["timestamp"]) == attempt.started_at
    assert one_verdict()


def test_a_clock_that_is_put_back_ends_nothing_before_it_was_answered(
    enrolment: Enrolment, quiz: QuizPage, at: datetime, browser: Client
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    question = paper_of(attempt)[0]
    answered = at + timedelta(minutes=10)
    DraftAnswer.objects.create(
        registration=attempt.registration,
        quiz_key=attempt.quiz_key,
        number=1,
        question_key=question.key,
        choices=[right(question)],
        version=1,
        saved_at=answered,
    )
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at + timedelta(minutes=1))
    assert (done.finished_at, done.raw) == (answered, 1.0)


def test_a_clock_that_is_put_forward_ends_an_attempt_at_its_own_deadline(
    enrolment: Enrolment, quiz: QuizPage, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at)
    quiz.time_limit = 90  # changed since: not for whoever has begun
    quiz.save_revision().publish()
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at + timedelta(days=400))
    assert done.finished_at == done.deadline == attempt.deadline == at + LIMIT


# --- what it costs ------------------------------------------------------------------------------


def test_a_save_asks_the_database_ten_times_at_most(
    tab: Tab, attempt: Attempt, django_assert_max_num_queries: Any
) -> None:
    question = paper_of(attempt)[0]
    tab.save(question, wrong(question))
    with django_assert_max_num_queries(10):
        tab.save(question, right(question))
