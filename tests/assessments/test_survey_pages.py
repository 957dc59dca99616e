"""The pages of a survey, its invitation, and the one letter three months later."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import Survey, SurveyKind, SurveyTicket, SurveyUrn
from assessments.surveys import writing
from assessments.surveys.answering import decline
from assessments.surveys.sealing import unseal
from assessments.surveys.versions import freeze
from assessments.surveys.writing import ask_later, due_at, plan_surveys
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.remembered import remembered_in_serbian
from tests.factories.surveys import CLEAR, HELP, completed, pulse, satisfaction, survey
from tests.support import complete, sign_in, work
from xapi import types, verbs

pytestmark = pytest.mark.django_db

GIVEN = {"version": "1", "clear": "4", "recommend": "5", "help": ["cases", "time"]}
LATER = timedelta(days=95)


class Clock:
    """What time it is on the pages of the site."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(at: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(at)
    told = SimpleNamespace(
        now=clock.now, localdate=timezone.localdate, make_aware=timezone.make_aware
    )
    for room in (
        "assessments.surveys.desk",
        "assessments.surveys.writing",
        "courses.views.learning",
    ):
        monkeypatch.setattr(f"{room}.timezone", told)
    return clock


@pytest.fixture
def done(course: SmallCourse, learner: User, at: datetime, clock: Clock) -> Enrolment:
    """The learner's course, completed; both surveys are offered."""
    satisfaction(at)
    pulse(at)
    return completed(course, at, by=learner)


@pytest.fixture
def browser(client: Client, learner: User) -> Client:
    return sign_in(client, learner)


def page(done: Enrolment, kind: str = "satisfaction", name: str = "survey") -> str:
    return reverse(name, args=[done.course, kind])


def words(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def waiting() -> list[object]:
    return [slip for urn in SurveyUrn.objects.all() for slip in unseal(urn.sealed)["slips"]]


# --- the invitation -------------------------------------------------------------------------


def test_the_invitation_leads_there_and_is_gone_afterwards(
    browser: Client, done: Enrolment
) -> None:
    my_learning = words(browser.get(reverse("my_learning")))
    assert "Two minutes: tell us, anonymously" in my_learning
    assert page(done) in my_learning
    browser.post(page(done), GIVEN)
    assert page(done) not in words(browser.get(reverse("my_learning")))


def test_a_no_is_remembered(browser: Client, done: Enrolment) -> None:
    response = browser.post(page(done), {"refuse": "satisfaction"}, follow=True)
    assert "Understood. You will not be asked this again." in words(response)
    assert waiting() == []
    assert page(done) not in words(browser.get(reverse("my_learning")))
    assert browser.get(page(done)).headers["Location"] == page(done, name="survey_done")


def test_three_months_later_the_other_one_is_offered(
    browser: Client, done: Enrolment, clock: Clock
) -> None:
    clock.moment += LATER
    my_learning = words(browser.get(reverse("my_learning")))
    assert page(done, "pulse") in my_learning
    assert page(done) not in my_learning
    clock.moment += LATER
    assert "/survey/" not in words(browser.get(reverse("my_learning")))


def test_what_is_offered_no_more_invites_nobody(browser: Client, done: Enrolment) -> None:
    Survey.objects.update(is_offered=False)
    assert "/survey/" not in words(browser.get(reverse("my_learning")))
    assert "This survey is not open now" in words(browser.get(page(done), follow=True))


# --- the page -------------------------------------------------------------------------------


def test_the_page_says_how_it_stays_anonymous_and_asks(browser: Client, done: Enrolment) -> None:
    said = words(browser.get(page(done)))
    assert "How this stays anonymous" in said
    assert said.count('type="radio"') == 10
    assert said.count('type="checkbox"') == 2
    assert "textarea" not in said


def test_an_answer_is_taken(browser: Client, done: Enrolment) -> None:
    response = browser.post(page(done), GIVEN, follow=True)
    assert "Your answers are in, without your name." in words(response)
    assert waiting() == [{"clear": ["4"], "recommend": ["5"], "help": ["cases", "time"]}]


def test_pressing_twice_counts_once(browser: Client, done: Enrolment) -> None:
    browser.post(page(done), GIVEN)
    response = browser.post(page(done), GIVEN, follow=True)
    assert "Nothing was counted twice" in words(response)
    assert len(waiting()) == 1


def test_what_is_missing_is_named_and_what_was_chosen_stays(
    browser: Client, done: Enrolment
) -> None:
    said = words(browser.post(page(done), {"version": "1", "clear": "4", "help": "time"}))
    assert '<a href="#q-recommend">I would recommend it.</a>' in said
    assert 'value="4" checked' in said
    assert 'value="time" checked' in said
    assert waiting() == []


def test_who_began_before_the_questions_changed_answers_what_they_read(
    browser: Client, done: Enrolment, at: datetime
) -> None:
    survey = Survey.objects.get(kind=SurveyKind.SATISFACTION)
    survey.questions = [{"type": "scale", "id": "pace", "value": {"en": "New", "sr": "Ново"}}]
    survey.save()
    freeze(survey, at=at)
    browser.post(page(done), GIVEN)
    assert SurveyUrn.objects.get().version == 1
    assert len(waiting()) == 1


def test_answer_and_refusal_have_one_address(browser: Client, done: Enrolment) -> None:
    """A log of requests cannot tell them apart, nor whose they were."""
    answered = browser.post(page(done), GIVEN)
    SurveyTicket.objects.update(is_spent=False)
    declined = browser.post(page(done), {"refuse": "satisfaction"})
    assert answered.status_code == declined.status_code == 302
    assert answered.headers["Location"] == declined.headers["Location"]
    assert str(done.registration) not in page(done) + answered.headers["Location"]


def test_the_letter_can_be_declined_ahead(browser: Client, done: Enrolment, clock: Clock) -> None:
    thanks = words(browser.post(page(done), GIVEN, follow=True))
    assert "Do not write to me about it" in thanks
    response = browser.post(page(done, "pulse"), {"refuse": "satisfaction"}, follow=True)
    assert "Do not write to me about it" not in words(response)
    assert response.redirect_chain[-1][0] == page(done, name="survey_done")
    clock.moment += LATER
    ask_later.call(str(done.registration))
    assert mail.outbox == []


def test_in_serbian_it_is_asked_in_both_scripts(
    course: SmallCourse, browser: Client, done: Enrolment
) -> None:
    remembered_in_serbian(course)
    for language, asked in (("sr", "Лекције су јасне."), ("sr-latn", "Lekcije su jasne.")):
        assert asked in words(browser.get(f"/{language}/survey/{done.course}/satisfaction/"))


@pytest.mark.parametrize("kind", ["satisfaction", "pulse", "another"])
def test_somebody_elses_course_has_no_such_page(
    kind: str, client: Client, done: Enrolment, django_user_model: type[User]
) -> None:
    stranger = django_user_model.objects.create_user("stranger@example.org", language="en")
    for method in ("get", "post"):
        assert getattr(sign_in(client, stranger), method)(page(done, kind)).status_code == 404
    assert waiting() == []


# --- the letter -----------------------------------------------------------------------------


def test_completion_gives_tickets_and_plans_one_letter(
    course: SmallCourse,
    enrolment: Enrolment,
    at: datetime,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    finished = complete(enrolment, course, at)
    work()
    tickets = SurveyTicket.objects.filter(registration=enrolment.registration)
    assert {one.kind for one in tickets} == set(SurveyKind.values)
    for statement in Statement.objects.all():
        event = Event.of(statement)
        if (event.verb, event.activity_type) == (verbs.COMPLETED.id, types.COURSE):
            plan_surveys.call(str(statement.id))  # done again: nothing more is planned
    planned = DBTaskResult.objects.get(task_path__endswith="ask_later")
    assert finished.completed_at
    assert planned.run_after == due_at(finished.completed_at)
    assert due_at(at).date() == at.date() + timedelta(days=90)


def test_the_letter_comes_once_and_leads_to_the_page(
    learner: User, done: Enrolment, clock: Clock
) -> None:
    clock.moment += LATER
    for _ in range(2):
        ask_later.call(str(done.registration))
    (letter,) = mail.outbox
    assert letter.to == [learner.email]
    assert letter.subject == "A minute, anonymously: Core, three months later"
    assert page(done, "pulse") in letter.body
    assert "This is the only letter about it." in letter.body


def test_the_letter_is_in_the_script_of_its_reader(
    course: SmallCourse, learner: User, done: Enrolment, clock: Clock
) -> None:
    remembered_in_serbian(course)
    learner.language = "sr-latn"
    learner.save()
    clock.moment += LATER
    ask_later.call(str(done.registration))
    (letter,) = mail.outbox
    assert "pre tri meseca završili ste kurs „Osnovni kurs“" in letter.body
    assert "/sr-latn/survey/" in letter.body


def test_a_letter_that_could_not_be_sent_is_tried_again(
    done: Enrolment, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**letter: object) -> None:
        raise OSError("no mail server")

    clock.moment += LATER
    with monkeypatch.context() as without_mail:
        without_mail.setattr(writing, "send_letter", broken)
        with pytest.raises(OSError, match="no mail server"):
            ask_later.call(str(done.registration))
    ask_later.call(str(done.registration))
    assert len(mail.outbox) == 1


def test_who_has_answered_or_declined_is_not_written_to(done: Enrolment, clock: Clock) -> None:
    decline(enrolment=done, kind=SurveyKind.PULSE, at=clock.moment)
    clock.moment += LATER
    ask_later.call(str(done.registration))
    assert mail.outbox == []


def test_nobody_is_written_to_too_late_or_after_erasure(
    learner: User, done: Enrolment, clock: Clock, at: datetime
) -> None:
    clock.moment = at + timedelta(days=3 * 365)
    ask_later.call(str(done.registration))
    clock.moment = at + LATER
    erase(user=learner, own_wish=True, at=clock.moment)
    ask_later.call(str(done.registration))
    assert mail.outbox == []


# --- what is asked of whom ------------------------------------------------------------------


def test_a_no_is_offered_before_the_questions_and_after_them(
    browser: Client, done: Enrolment
) -> None:
    text = words(browser.get(page(done)))
    before, *_, after = text.split("<fieldset")
    assert "No, thanks" in before
    assert "No, thanks" in after


def test_it_says_which_questions_need_an_answer(
    browser: Client, done: Enrolment, clock: Clock, at: datetime
) -> None:
    assert "All but the last need an answer." in words(browser.get(page(done)))
    blocks: list[tuple[str, str, dict[str, Any]]] = [
        ("choice", "help", HELP),
        ("scale", "clear", CLEAR),
    ]
    survey(SurveyKind.SATISFACTION, blocks, at)
    assert "but for those that say that you may leave them open" in words(browser.get(page(done)))
    clock.moment += LATER
    assert "All of them need an answer." in words(browser.get(page(done, "pulse")))


def test_the_promise_does_not_contradict_itself(browser: Client, done: Enrolment) -> None:
    text = words(browser.get(page(done)))
    assert "without the day or the hour: only with the course, your profession and the week" in text
