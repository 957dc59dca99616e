"""What questions are to show: objectives with their articles, and for which professions."""

import random
from datetime import datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from assessments.attempts import start_attempt
from assessments.drawing import Reader, draw
from assessments.models import Objective, Question, QuizPage, Topic
from assessments.objectives import names_of, objective_named
from assessments.results import result_of
from assessments.transfer.exporting import export_course
from assessments.transfer.importing import import_course
from assessments.transfer.problems import TransferError
from courses.models import CataloguePage, Enrolment
from tests.assessments.course_folder import catalogue, edit, texts, write
from tests.factories.courses import SmallCourse, objective, published, question
from tests.factories.people import ProfessionFactory
from tests.support import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small")


@pytest.fixture
def parent() -> CataloguePage:
    return catalogue()


# --- words ----------------------------------------------------------------------------------
def test_an_objective_is_named_in_the_language_of_the_screen() -> None:
    Objective.objects.create(key="means", name_en="Means", name_sr="Средства")
    assert names_of({"means", "gone"}) == {"means": "Means", "gone": "gone"}
    with override("sr"):
        assert names_of({"means"}) == {"means": "Средства"}
    assert objective_named("  MEANS ") == objective_named("средства")
    assert objective_named("") is objective_named("nothing like it") is None


@pytest.mark.parametrize("article", ["4", "4(a)", "10-12", "12, 13", "4(c), 10"])
def test_articles_are_numbers_as_the_convention_has_them(article: str) -> None:
    Objective(key="x", name_en="X", name_sr="Икс", article=article).full_clean()


@pytest.mark.parametrize("article", ["art. 4", "4 a", "4,", "4(a", "четири", "4\n"])
def test_anything_else_is_no_article(article: str) -> None:
    with pytest.raises(Exception, match="Write only the number"):
        Objective(key="x", name_en="X", name_sr="Икс", article=article).full_clean()


# --- attempts -------------------------------------------------------------------------------
def test_an_attempt_says_what_its_questions_are_about(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    attempt = start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=at)
    assert {one["objective"] for one in attempt.drawn} == {"elements"}


def test_a_result_sums_up_by_objective_in_the_words_of_today(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    attempt = take(enrolment, course.quizzes[0], right=True, at=at)
    Objective.objects.filter(key="elements").update(name_en="The elements")
    (summed,) = result_of(attempt).objectives
    assert (summed.name, summed.right, summed.total) == ("The elements", 2, 2)


# --- professions ----------------------------------------------------------------------------
@pytest.fixture
def judges(course: SmallCourse) -> Question:
    """One question of the quiz is meant for judges, the others for everyone."""
    made = Question.objects.get(slug="core-q0")
    made.professions.add(ProfessionFactory(key="judge"))
    made.save()
    return published(made)


def drawn_for(quiz: QuizPage, profession: str, count: int) -> set[str]:
    """Return whatever questions a profession may be asked, over many attempts."""
    quiz.questions = [("draw", {"tags": "easy", "count": count})]
    found: set[str] = set()
    for seed in range(20):
        reader = Reader(profession=profession)
        found |= {q["key"] for q in draw(quiz, chance=random.Random(seed), reader=reader)}
    return found


def test_a_question_for_judges_is_drawn_for_judges(course: SmallCourse, judges: Question) -> None:
    quiz, only = course.quizzes[0], str(judges.key)
    question("core-more", tags=["easy"])
    assert only in drawn_for(quiz, "judge", 1)
    assert only not in drawn_for(quiz, "police", 1)
    assert only not in drawn_for(quiz, "", 1)


def test_rather_than_ask_nothing_a_quiz_asks_what_is_for_others(
    course: SmallCourse, judges: Question
) -> None:
    every = Question.objects.filter(tags__name="easy", live=True).distinct().count()
    assert str(judges.key) in drawn_for(course.quizzes[0], "police", every)


# --- in files -------------------------------------------------------------------------------
def test_objectives_and_topics_travel_with_the_course(
    folder: Path, parent: CataloguePage, at: datetime, tmp_path: Path
) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    made = Objective.objects.get(key="elements")
    assert (made.name_sr, made.article, made.recommendation_en) == (
        "Елементи",
        "4(a)",
        "GRETA, 2023",
    )
    assert made.topic == Topic.objects.get(key="law", name_sr="Право", order=1)
    assert Question.objects.exclude(objective=made).count() == 0
    export_course(course=course, folder=tmp_path / "first")
    edit(folder, "objectives.yaml", "Elements", "Act and means")
    import_course(folder=folder, parent=parent, at=at)
    assert Objective.objects.get().name_en == "Act and means"
    import_course(folder=tmp_path / "first", parent=parent, at=at)
    export_course(course=course, folder=tmp_path / "second")
    assert texts(tmp_path / "first") == texts(tmp_path / "second")


def test_a_draft_changes_no_objective_that_results_are_named_by(
    folder: Path, parent: CataloguePage, at: datetime
) -> None:
    objective("elements")
    import_course(folder=folder, parent=parent, at=at, draft=True)
    assert Objective.objects.get().article == ""


def test_for_whom_a_question_is_asked_travels_by_key(
    folder: Path, parent: CataloguePage, at: datetime, tmp_path: Path
) -> None:
    ProfessionFactory(key="judge")
    edit(folder, "questions/all.en.yaml", "tags: [hard]", "tags: [hard]\n  professions: [judge]")
    course = import_course(folder=folder, parent=parent, at=at)
    meant = Question.objects.filter(professions__key="judge")
    assert [one.slug for one in meant] == ["q-three", "q-three"]
    export_course(course=course, folder=tmp_path / "first")
    assert b"professions: [judge]" in texts(tmp_path / "first")["questions/one.en.yaml"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("objectives.yaml", "topic: law", "topic: lore", "topic"),
        ("objectives.yaml", "4(a)", "four", "article: Write only the number"),
        ("objectives.yaml", "Елементи", "Elementi", "Write this in Cyrillic"),
        ("objectives.yaml", "  - key: elements", "  - key: two words", "key: Enter a valid"),
        ("objectives.yaml", "sr: Елементи", "de: Elemente", "de: is not a field here"),
        ("questions/all.en.yaml", "objective: elements", "objective: means", "no objective means"),
        ("questions/all.en.yaml", "  objective: elements\n", "", "objective: is missing"),
    ],
)
def test_a_fault_is_said_and_nothing_comes_in(
    file: str, old: str, new: str, said: str, folder: Path, parent: CataloguePage, at: datetime
) -> None:
    edit(folder, file, old, new)
    with pytest.raises(TransferError) as refused:
        import_course(folder=folder, parent=parent, at=at)
    assert any(said in str(problem) for problem in refused.value.problems), refused.value.problems
    assert not Question.objects.exists()
    assert not Objective.objects.exists()
