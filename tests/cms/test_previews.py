"""A draft as its reader will see it, in the script of the mode; looking records nothing."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from assessments.models import Question
from courses.enrolment import enrol
from courses.models import LessonPage
from lrs.models import Statement
from tests.cms.conftest import person, sign_in
from tests.cms.forms import lesson_form, question_form
from tests.factories.courses import LAW, SmallCourse

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


def preview(client: Client, url: str, form: dict[str, object], mode: str = "") -> str:
    """Send the form as the editor does, and return what the preview panel shows."""
    assert client.post(url, form).json()["is_valid"]
    shown = client.get(f"{url}?mode={mode}")
    assert shown.status_code == 200
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    return shown.content.decode()


def test_a_lesson_is_previewed_as_a_learner_sees_it(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    lesson = course.lessons[1]
    trainer = person("trainer")
    enrol(user=trainer, course=course.course, at=at)
    before = Statement.objects.count()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    shown = preview(sign_in(trainer), url, lesson_form(lesson, "<p>Draft words.</p>"))
    assert "Draft words." in shown
    assert "Module 2" in shown
    assert reverse("finish_lesson", args=[lesson.key]) not in shown  # nobody studies here
    assert Statement.objects.count() == before


def test_a_lesson_that_was_never_saved_can_be_previewed(
    course: SmallCourse, as_role: AsRole
) -> None:
    module = course.lessons[1].get_parent()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "lessonpage", module.pk])
    form = lesson_form(course.lessons[1], "<p>Brand new.</p>", title="New", slug="new")
    shown = preview(as_role("trainer"), url, form)
    assert "Brand new." in shown
    assert "Module 2" in shown


@pytest.mark.parametrize("what", ["course", "quiz"])
def test_courses_and_quizzes_can_be_previewed(
    what: str, course: SmallCourse, as_role: AsRole
) -> None:
    page = course.course if what == "course" else course.quizzes[0]
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    shown = as_role("trainer").get(url)
    assert shown.status_code == 200
    assert page.title in shown.content.decode()


def serbian(course: SmallCourse) -> LessonPage:
    """Return the Serbian version of the second lesson."""
    sr = Locale.objects.get(language_code="sr")
    page = course.lessons[1]
    for ancestor in page.get_ancestors(inclusive=True).filter(depth__gte=2):
        if not ancestor.has_translation(sr):
            ancestor.specific.copy_for_translation(sr, copy_parents=True)
    there: LessonPage = page.get_translation(sr)
    there.title = "Други час"
    there.law_as_of = LAW
    there.save_revision().publish()
    return there


def test_serbian_is_previewed_in_both_scripts(course: SmallCourse, as_role: AsRole) -> None:
    lesson = serbian(course)
    assert [mode for mode, _ in lesson.preview_modes] == ["", "latin"]
    assert [mode for mode, _ in course.lessons[1].preview_modes] == [""]
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    admin = as_role("administrator")
    form = lesson_form(lesson, "<p>Људи и џак.</p>")
    assert "Људи и џак." in preview(admin, url, form)
    latin = preview(admin, url, form, "latin")
    assert "Ljudi i džak." in latin
    assert "Drugi čas" in latin
    assert 'lang="sr-Latn"' in latin


def test_a_question_is_previewed_in_its_own_language(course: SmallCourse, as_role: AsRole) -> None:
    english = Question.objects.get(slug="core-q0")
    sr = english.copy_for_translation(Locale.objects.get(language_code="sr"))
    sr.stem = "Шта прво?"
    sr.save()
    trainer = as_role("trainer")
    url = reverse("wagtailsnippets_assessments_question:preview_on_edit", args=[sr.pk])
    assert "Шта прво?" in preview(trainer, url, question_form(sr, "Шта прво?"))
    assert "Šta prvo?" in preview(trainer, url, question_form(sr, "Шта прво?"), "latin")
    url = reverse("wagtailsnippets_assessments_question:preview_on_add")
    form = question_form(english, "Brand new?", slug=f"new-{uuid4().hex[:6]}")
    assert "Brand new?" in preview(trainer, url, form)


def test_translating_makes_a_draft_that_keeps_the_keys(
    course: SmallCourse, as_role: AsRole
) -> None:
    """What is translated is reviewed as anything else: nothing is public at once."""
    question = Question.objects.get(slug="core-q0")
    sr = Locale.objects.get(language_code="sr")
    where = ["assessments", "question", question.pk]
    url = reverse("wagtail_localize:submit_snippet_translation", args=where)
    assert as_role("trainer").post(url, {"locales": [sr.pk]}).status_code == 302
    there = Question.objects.get(translation_key=question.translation_key, locale=sr)
    draft = there.get_latest_revision_as_object()
    assert not there.live
    assert [option.id for option in draft.options] == [option.id for option in question.options]
