"""Tests before and after travel in the files of a course: role, forms and what is compared."""

from datetime import datetime
from pathlib import Path

import pytest

from assessments.models import QuizPage
from assessments.transfer.exporting import export_course
from assessments.transfer.importing import import_course
from assessments.transfer.problems import TransferError
from courses.models import CataloguePage
from tests.assessments.course_folder import catalogue, edit, everything, texts, undone, write

pytestmark = [pytest.mark.django_db, pytest.mark.long]

BEFORE = """\
title: What you know
required: false
role: pre-test
questions:
  - form: A
  - question: q-one
  - form: B
  - section: {heading: The same once more}
  - question: q-two
"""
AFTER = BEFORE.replace("What you know", "What you have learned").replace(
    "required: false\nrole: pre-test", "role: post-test\npre_test: before"
)
IN_SERBIAN = """\
title: {title}
questions:
  - form: A
  - question: q-one
  - form: B
  - section: {{heading: Још једном исто}}
  - question: q-two
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small course, with a test before its first lesson and one after its second."""
    made = write(tmp_path / "course")
    edit(made, "module-1.yaml", "[first, check]", "[before, first, check]")
    edit(made, "module-2.yaml", "[second]", "[second, after]")
    for name, text in (("before", BEFORE), ("after", AFTER)):
        (made / f"quizzes/{name}.en.yaml").write_text(text, encoding="utf-8")
        serbian = IN_SERBIAN.format(title="Тест")
        (made / f"quizzes/{name}.sr.yaml").write_text(serbian, encoding="utf-8")
    return made


@pytest.fixture
def parent() -> CataloguePage:
    return catalogue()


def test_they_make_the_journey_unchanged(folder: Path, tmp_path: Path, at: datetime) -> None:
    above = catalogue()
    with undone():
        course = import_course(folder=folder, parent=above, at=at)
        seen = everything()
        export_course(course=course, folder=tmp_path / "first")
    with undone():
        course = import_course(folder=tmp_path / "first", parent=above, at=at)
        assert everything() == seen
        export_course(course=course, folder=tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")
    written = (tmp_path / "first/quizzes/after.en.yaml").read_text(encoding="utf-8")
    assert "pre_test: before" in written
    assert "role: post-test" in written
    assert "form: A" in written
    assert "role" not in (tmp_path / "first/quizzes/check.en.yaml").read_text(encoding="utf-8")


def test_the_site_has_the_pair(folder: Path, parent: CataloguePage, at: datetime) -> None:
    import_course(folder=folder, parent=parent, at=at)
    before = QuizPage.objects.get(slug="before", locale__language_code="en")
    for after in QuizPage.objects.filter(slug="after"):
        assert (after.is_post_test, after.pre_test) == (True, before)
        assert [block.value for block in after.questions if block.block_type == "form"] == [
            "A",
            "B",
        ]
    assert (before.question_count, before.is_pre_test, before.required) == (1, True, False)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("after", "pre_test: before", "pre_test: nowhere", "there is no quiz nowhere"),
        ("after", "pre_test: before", "pre_test: first", "is no quiz"),
        ("after", "pre_test: before", "pre_test: check", "“Check” is no test before"),
        ("after", "pre_test: before", "pre_test: after", "cannot be compared with itself"),
        ("after", "pre_test: before\n", "", "Choose the test before."),
        ("after", "form: B", "form: A", "There is no question in form B"),
        ("after", "form: B", "form: C", "form"),
        ("before", "- question: q-two", "- question: q-one", "may come in both forms"),
        (
            "before",
            "- question: q-two",
            "- draw: {tags: hard, count: 1}",
            "must name its objective",
        ),
        ("after", "- question: q-two", "- question: q-three", "asks other questions"),
        ("before", "role: pre-test\n", "", "Only a test before or after has form A and form B."),
        ("before", "role: pre-test", "role: test", "role"),
        ("before", "role: pre-test", "role: pre-test\nfeedback: immediate", "tells nothing until"),
        ("after", "- question: q-two", "- draw: {tags: hard, count: 2}", "draws 2 of the 1"),
    ],
)
def test_what_could_not_measure_a_gain_is_refused(
    name: str, old: str, new: str, words: str, folder: Path, parent: CataloguePage, at: datetime
) -> None:
    edit(folder, f"quizzes/{name}.en.yaml", old, new)
    if "draw" in new or "form" in new:
        for code in ("before", "after"):
            (folder / f"quizzes/{code}.sr.yaml").unlink()
        edit(folder, "course.yaml", "modules:", "languages: [en]\nmodules:")
    with pytest.raises(TransferError) as refused:
        import_course(folder=folder, parent=parent, at=at)
    assert words in str(refused.value)
    assert not QuizPage.objects.exists()
