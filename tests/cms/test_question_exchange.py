"""Files of questions in the CMS: what came in and what not, and what leaves."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments.models import Question
from tests.assessments.every_kind import every_kind
from tests.assessments.exchange.test_gift import FILE
from tests.factories.courses import SmallCourse
from tests.factories.kinds import question_of

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def send(browser: Client, data: bytes, **more: str) -> str:
    form = {"language": "en", "law_as_of": "2026-11-01"} | more
    file = SimpleUploadedFile("questions.txt", data)
    response = browser.post(reverse("import_questions"), {**form, "file": file})
    return str(response.content.decode())


def test_a_trainer_imports_a_file_and_finds_the_drafts(
    course: SmallCourse, as_role: AsRole
) -> None:
    browser = as_role("trainer")
    listing = browser.get(reverse("wagtailsnippets_assessments_question:list")).content.decode()
    assert reverse("import_questions") in listing
    assert reverse("export_questions") in listing
    page = send(browser, f"{FILE}\n::Note::Only <b>words</b>.\n".encode())
    assert "10 questions taken" in page
    assert "cost points here" in page
    assert "There are no answers in braces" in page
    assert "<b>words</b>" not in page
    made = Question.objects.get(slug="consent")
    edit = reverse("wagtailsnippets_assessments_question:edit", args=[made.pk])
    assert edit in page
    assert browser.get(edit).status_code == 200


def test_a_draft_without_source_and_reasons_is_kept_and_not_submitted(
    course: SmallCourse, as_role: AsRole
) -> None:
    browser = as_role("trainer")
    send(browser, b"::Consent::Does consent matter?{=No ~Yes}")
    made = Question.objects.get(slug="consent")
    edit = reverse("wagtailsnippets_assessments_question:edit", args=[made.pk])
    options = [
        ("option", {"text": "No", "correct": "on", "reason": ""}),
        ("option", {"text": "Yes", "correct": "", "reason": ""}),
    ]
    form = {
        **nested_form_data({"options": streamfield(options)}),
        "slug": "consent",
        "kind": "choice",
        "stem": "Does consent matter?",
        "source": "",
        "objective": "",
        "difficulty": "2",
        "law_as_of": "2026-11-01",
        "tags": "",
    }
    assert browser.post(edit, form).status_code == 302, "a draft may wait"
    refused = browser.post(edit, form | {"action-submit": "1"})
    assert refused.status_code == 200
    assert {"source", "objective", "options"} <= set(refused.context["form"].errors)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<quiz>\n<question>", "Line 2:"),
        ("питање".encode("cp1251"), "neither UTF-8 nor UTF-16"),
        (b"", "empty"),
        (b"Is it so?{T}\n\n" * 1001, "at most 1000 at once"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_line(
    data: bytes, words: str, course: SmallCourse, as_role: AsRole
) -> None:
    before = Question.objects.count()
    assert words in send(as_role("trainer"), data)
    assert Question.objects.count() == before


@pytest.mark.parametrize("role", ["reviewer", "officer", "learner"])
def test_who_may_not_write_questions_imports_none(
    role: str, course: SmallCourse, as_role: AsRole
) -> None:
    before = Question.objects.count()
    browser = as_role(role)
    assert browser.get(reverse("import_questions")).status_code in (302, 403)
    send(browser, b"Is it so?{T}")
    assert Question.objects.count() == before


@pytest.mark.parametrize("role", ["officer", "learner"])
def test_who_may_not_read_the_bank_exports_none(
    role: str, course: SmallCourse, as_role: AsRole
) -> None:
    asked = {"format": "gift", "language": "en", "download": "1"}
    response = as_role(role).get(reverse("export_questions"), asked)
    assert response.status_code in (302, 403)


def test_what_leaves_is_shown_before_it_does(course: SmallCourse, as_role: AsRole) -> None:
    question_of("sequencing", every_kind(0)["sequencing"], slug="order", tags=["easy"])
    browser = as_role("trainer")
    tag = str(Tag.objects.get(name="easy").pk)
    asked = {"format": "gift", "language": "en", "tag": tag}
    page = browser.get(reverse("export_questions"), asked).content.decode()
    assert "Download 2 questions" in page
    assert "order: GIFT has no questions of this kind." in page
    file = browser.get(reverse("export_questions"), asked | {"download": "1"})
    assert "attachment" in file["Content-Disposition"]
    assert "core-q0" in file.content.decode()
    nothing = browser.get(reverse("export_questions"), asked | {"language": "sr"})
    assert "nothing to download" in nothing.content.decode()
