"""Nothing a trainer writes is public before a reviewer has compared and approved it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.attempts import start_attempt
from assessments.models import Question, QuizPage
from assessments.papers import frozen_questions
from courses.enrolment import enrol
from people.models import User
from people.roles import ADMINISTRATOR
from tests.cms.conftest import person, sign_in
from tests.cms.forms import lesson_form, question_form
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


def task() -> TaskState:
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def decide(client: Client, where: str, pk: int, action: str, comment: str = "") -> None:
    url = reverse(f"{where}:workflow_action", args=[pk, action, task().pk])
    assert client.post(url, {"comment": comment}).status_code in (200, 302)


def test_a_lesson_is_public_only_after_approval(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    lesson = course.lessons[1]
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    learner = UserFactory()
    enrol(user=learner, course=course.course, at=at)
    reader, trainer, reviewer = sign_in(learner), as_role("trainer"), as_role("reviewer")

    def read() -> str:
        return reader.get(lesson.url).content.decode()

    draft = lesson_form(lesson, "<p>New words.</p>")
    assert trainer.post(edit, draft).status_code == 302
    assert trainer.post(edit, draft | {"action-publish": "1"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.has_unpublished_changes
    assert "Words." in read()
    assert "New words." not in read()
    assert reviewer.get(edit).status_code == 302  # not in review: nothing to edit here

    assert trainer.post(edit, draft | {"action-submit": "1"}).status_code == 302
    assert "New words." not in read()
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[lesson.pk, "live", task().revision_id]
    )
    shown = reviewer.get(compare).content.decode()
    assert '<span class="deletion">Words.</span>' in shown
    assert '<span class="addition">New words.</span>' in shown
    assert "New words." not in read()
    assert reviewer.post(edit, draft | {"action-publish": "1"}).status_code == 302
    assert "New words." not in read()  # a reviewer publishes by approving alone

    decide(reviewer, "wagtailadmin_pages", lesson.pk, "approve")
    assert "New words." in read()


def test_what_is_sent_back_comes_with_a_comment(course: SmallCourse, as_role: AsRole) -> None:
    lesson = course.lessons[1]
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    trainer, reviewer = as_role("trainer"), as_role("reviewer")
    trainer.post(edit, lesson_form(lesson, "<p>Wrong.</p>") | {"action-submit": "1"})
    decide(reviewer, "wagtailadmin_pages", lesson.pk, "reject", "Art. 4 says otherwise.")
    lesson.refresh_from_db()
    assert lesson.has_unpublished_changes
    assert "Wrong." not in str(lesson.body)
    assert "Art. 4 says otherwise." in trainer.get(edit).content.decode()
    home = trainer.get(reverse("wagtailadmin_home")).content.decode()
    assert "Changes requested at" in home


def test_a_trainer_cannot_decide(course: SmallCourse, as_role: AsRole) -> None:
    lesson = course.lessons[1]
    trainer = as_role("trainer")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    trainer.post(edit, lesson_form(lesson, "<p>Mine.</p>") | {"action-submit": "1"})
    decide(trainer, "wagtailadmin_pages", lesson.pk, "approve")
    lesson.refresh_from_db()
    assert "Mine." not in str(lesson.body)
    assert task()


def test_a_question_is_drawn_as_it_was_until_approved(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    question = Question.objects.get(slug="core-q0")
    where = Question.snippet_viewset.get_url_name("edit")
    edit = reverse(where, args=[question.pk])
    namespace = where.split(":")[0]
    trainer, reviewer = as_role("trainer"), as_role("reviewer")
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    running = start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=at)

    def stems(attempt: object) -> set[str]:
        return {q.stem for q in frozen_questions(attempt) if q.key == question.key}

    data = question_form(question, "Rewritten?")
    trainer.post(edit, data | {"action-publish": "1"})
    question.refresh_from_db()
    assert question.stem == "core-q0?"
    assert trainer.post(edit, data | {"action-submit": "1"}).status_code == 302
    assert reviewer.get(reverse(f"{namespace}:list")).status_code == 200
    compare = reverse(
        f"{namespace}:revisions_compare", args=[question.pk, "live", task().revision_id]
    )
    assert "Rewritten?" in reviewer.get(compare).content.decode()
    decide(reviewer, namespace, question.pk, "approve")
    question.refresh_from_db()
    assert question.stem == "Rewritten?"
    assert [option.id for option in question.options]  # the keys of the choices stay
    assert stems(running) == {"core-q0?"}
    other = enrol(user=UserFactory(), course=course.course, at=at)
    later = start_attempt(enrolment=other, quiz=course.quizzes[0], at=at + timedelta(hours=1))
    assert stems(later) == {"Rewritten?"}


def test_the_reviewer_finds_what_waits_on_the_first_page(
    course: SmallCourse, as_role: AsRole
) -> None:
    lesson = course.lessons[1]
    trainer = sign_in(person("trainer", name_latin="Una Pisac", name_cyrillic="Уна Писац"))
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    trainer.post(edit, lesson_form(lesson, "<p>Look.</p>") | {"action-submit": "1"})
    home = as_role("reviewer").get(reverse("wagtailadmin_home")).content.decode()
    assert "Awaiting your review" in home
    assert "Compare with live version" in home
    assert "Una Pisac" in home


def test_titles_lead_the_reviewer_to_what_waits(course: SmallCourse, as_role: AsRole) -> None:
    """A question had no link at all: it can be edited while it is in review only."""
    lesson, question = course.lessons[1], Question.objects.get(slug="core-q0")
    trainer, reviewer = as_role("trainer"), as_role("reviewer")
    there = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    trainer.post(there, lesson_form(lesson, "<p>Look.</p>") | {"action-submit": "1"})
    edit = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    trainer.post(edit, question_form(question, "Rewritten?") | {"action-submit": "1"})
    home = reviewer.get(reverse("wagtailadmin_home")).content.decode()
    waiting = home[home.index("Awaiting your review") :]
    assert f'<a href="{edit}">Rewritten?</a>' in waiting
    assert f'<a href="{there}">{lesson.title}</a>' in waiting
    assert reviewer.get(edit).status_code == 200
    assert reviewer.get(there).status_code == 200


def test_a_reviewer_reads_a_published_question(course: SmallCourse, as_role: AsRole) -> None:
    question = Question.objects.get(slug="core-q0")
    viewset = Question.snippet_viewset
    edit = reverse(viewset.get_url_name("edit"), args=[question.pk])
    reading = reverse(viewset.get_url_name("inspect"), args=[question.pk])
    reviewer = as_role("reviewer")
    assert reviewer.get(edit)["Location"] == reading
    page = reviewer.get(reading).content.decode()
    assert "core-q0?" in page
    assert "Because 0" in page
    assert "CoE Convention, art. 4" in page
    assert edit not in page
    sent = question_form(question, "Rewritten by a reviewer?")
    assert reviewer.post(edit, sent)["Location"] == reading  # to read, and no more
    question.refresh_from_db()
    assert question.get_latest_revision_as_object().stem == "core-q0?"
    assert as_role("officer").get(reading).status_code in (302, 403)
    assert as_role("officer").get(edit).status_code in (302, 403)


# --- decided twice --------------------------------------------------------------------------


def quiz_form(quiz: QuizPage, **more: object) -> dict[str, object]:
    """Return the form of a quiz, unchanged."""
    data: dict[str, object] = nested_form_data(
        {
            "title": quiz.title,
            "slug": quiz.slug,
            "introduction": rich_text("<p>Look.</p>"),
            "questions": streamfield([("draw", {"tags": "easy", "count": 2})]),
            "pass_mark": 70,
            "attempts_allowed": 3,
            "counting": "highest",
            "feedback": "deferred",
            "navigation": "free",
            "wait_hours": 24,
            "minutes": 10,
            "required": "on",
            "comments": inline_formset([]),
        }
    )
    return data | {"questions-0-id": quiz.questions[0].id} | more


APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
TWICE = "is no longer waiting for review"


@pytest.mark.parametrize("runs_the_site", [False, True])
def test_a_quiz_approved_twice_is_published_once(
    course: SmallCourse, as_role: AsRole, runs_the_site: bool
) -> None:
    """A double click, or another reviewer: Wagtail answered the second with an error."""
    quiz = course.quizzes[0]
    edit = reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    assert (
        as_role("trainer").post(edit, quiz_form(quiz, **{"action-submit": "1"})).status_code == 302
    )
    state = task()
    people = [person("reviewer"), person("reviewer")]
    for one in people if runs_the_site else []:
        one.groups.add(Group.objects.get(name=ADMINISTRATOR))
    first, second = (sign_in(one) for one in people)
    assert first.post(edit, quiz_form(quiz) | APPROVE).status_code == 302
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_APPROVED
    published = QuizPage.objects.get(pk=quiz.pk).live_revision_id
    for browser in (first, second):
        answer = browser.post(edit, quiz_form(quiz) | APPROVE)
        assert answer["Location"] == reverse("wagtailadmin_home")
        assert TWICE in browser.get(answer["Location"]).content.decode()
    window = reverse("wagtailadmin_pages:workflow_action", args=[quiz.pk, "approve", state.pk])
    answer = first.post(window, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": reverse("wagtailadmin_home")}
    assert QuizPage.objects.get(pk=quiz.pk).live_revision_id == published


def test_a_question_approved_twice_is_published_once(course: SmallCourse, as_role: AsRole) -> None:
    question = Question.objects.get(slug="core-q0")
    edit = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    sent = question_form(question, "Rewritten?")
    as_role("trainer").post(edit, sent | {"action-submit": "1"})
    reviewer = as_role("reviewer")
    for _ in range(2):
        answer = reviewer.post(edit, sent | APPROVE)
        assert answer.status_code == 302
    assert TWICE in reviewer.get(answer["Location"]).content.decode()
    assert Question.objects.get(pk=question.pk).stem == "Rewritten?"


def test_who_may_not_decide_hears_nothing_of_it(course: SmallCourse) -> None:
    """Only the CMS tells what is in review."""
    quiz = course.quizzes[0]
    edit = reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    learner = sign_in(UserFactory())
    answer = learner.post(edit, APPROVE)
    assert answer.status_code in (302, 403)
    assert TWICE not in learner.get("/en/").content.decode()


# --- the mail about it ----------------------------------------------------------------------


def letter_to(user: User) -> str:
    """Return subject and text of the last mail to a person."""
    found = [letter for letter in mail.outbox if letter.to == [user.email]][-1]
    return f"{found.subject}\n{found.body}"


def test_a_reviewer_is_led_to_the_question_itself(course: SmallCourse) -> None:
    reviewer = person("reviewer")
    trainer = person("trainer", name_latin="Una Pisac", name_cyrillic="Уна Писац")
    question = Question.objects.get(slug="core-q0")
    edit = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    sent = question_form(question, "Rewritten?") | {"action-submit": "1"}
    sign_in(trainer).post(edit, sent)
    letter = letter_to(reviewer)
    assert "Putokaz: for your review: “Rewritten?”" in letter
    assert "Una Pisac asks you" in letter
    assert f"\n{settings.SITE_URL}{edit}\n" in letter
    assert sign_in(reviewer).get(edit).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "has been approved and is live"),
        ("sr", "одобрено је и објављено"),
        ("sr-latn", "odobreno je i objavljeno"),
    ],
)
def test_an_author_hears_in_the_own_language_at_the_address_of_the_site(
    course: SmallCourse, as_role: AsRole, language: str, words: str
) -> None:
    lesson = course.lessons[1]
    author = person("trainer", language=language)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    sign_in(author).post(edit, lesson_form(lesson, "<p>Look.</p>") | {"action-submit": "1"})
    decide(as_role("reviewer"), "wagtailadmin_pages", lesson.pk, "approve")
    letter = letter_to(author)
    assert words in letter
    assert f"\n{settings.SITE_URL}/en/" in letter
    assert ("Поштовани" in letter) == (language == "sr")
    assert ("page" in letter) is False


def test_an_author_reads_what_is_to_be_changed(course: SmallCourse, as_role: AsRole) -> None:
    lesson = course.lessons[1]
    author = person("trainer", language="sr-latn")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    sign_in(author).post(edit, lesson_form(lesson, "<p>Wrong.</p>") | {"action-submit": "1"})
    decide(as_role("reviewer"), "wagtailadmin_pages", lesson.pk, "reject", "Члан 4 каже друкчије.")
    letter = letter_to(author)
    assert "Član 4 kaže drukčije." in letter
    assert f"\n{settings.SITE_URL}{edit}\n" in letter


def test_whoever_runs_the_site_and_reviews_gets_one_letter(course: SmallCourse) -> None:
    both = person("reviewer", is_superuser=True)
    both.groups.add(Group.objects.get(name=ADMINISTRATOR))
    lesson = course.lessons[1]
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    sent = lesson_form(lesson, "<p>Look.</p>") | {"action-submit": "1"}
    sign_in(person("trainer")).post(edit, sent)
    assert [letter.to for letter in mail.outbox] == [[both.email]]
