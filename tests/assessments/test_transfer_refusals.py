"""What is wrong with files is said with its place, and nothing of it reaches the site."""

from datetime import datetime
from pathlib import Path

import pytest

from assessments.models import Question
from assessments.transfer import folder as folders
from assessments.transfer.importing import import_course
from assessments.transfer.problems import TransferError
from assessments.transfer.reading import read_course
from courses.models import CataloguePage, CoursePage, Edition, LessonPage
from tests.assessments.course_folder import catalogue, edit, everything, write
from tests.factories.courses import small_course

FIRST, FIRST_SR = "lessons/first.en.yaml", "lessons/first.sr.yaml"
QUESTIONS, QUIZ = "questions/all.en.yaml", "quizzes/check.en.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


def said(folder: Path) -> list[str]:
    """Return what is said against a folder."""
    with pytest.raises(TransferError) as refused:
        read_course(folder)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # values
        (FIRST, "minutes: 7", "minutes: 7.5", ":2: minutes: must be a whole number"),
        (FIRST, "minutes: 7", "minutes: -1", ":2: minutes: Ensure this value is greater"),
        (FIRST, "title: First", "title: [a]", ":1: title: must be a text"),
        (FIRST, "title: First", "titel: First", ":1: titel: is not a field here"),
        (FIRST, "title: First", "title: A\ntitle: B", ":2: title: stands here twice"),
        (FIRST, "2026-11-01", "1.11.2026", ":3: law_as_of: must be a date"),
        (FIRST, "title: First", f"title: {'x' * 300}", ":1: title: Ensure this value has at most"),
        (FIRST, "title: First", "key: 17\ntitle: First", ":1: key: is not a key"),
        (FIRST, "title: First", "required: yes\ntitle: First", "must be true or false"),
        ("course.yaml", "level: core", "level: high", ":9: level: Value 'high' is not a valid"),
        ("course.yaml", "law_as_of", "law", "law_as_of: is missing"),
        ("course.yaml", "level: core", "languages: [en, de]", "has no content in de"),
        ("course.yaml", "{en: Small, sr: Мали}", "{en: Small}", "title: is not translated"),
        ("course.yaml", "{en: Small, sr: Мали}", "Small", "title: must be fields with values"),
        # structure
        ("course.yaml", "[one, two]", "[one]", "course.yaml does not name this module"),
        ("course.yaml", "[one, two]", "[one, two, six]", "no module-*.yaml with the slug six"),
        ("course.yaml", "modules:", "mods:", "modules: is missing"),
        ("module-1.yaml", "activities:", "lessons:", "activities: is missing"),
        ("module-1.yaml", "[first, check]", "[first, nowhere]", "neither lessons/nowhere.en.yaml"),
        ("module-1.yaml", "[first, check]", "[first, check, first]", "stands in the course twice"),
        ("module-1.yaml", "[first, check]", "[first]", "quizzes/check.en.yaml: belongs to nothing"),
        ("module-2.yaml", "slug: two", "slug: one", "needs a slug that no other module has"),
        # texts
        (FIRST, "## Heading", "# Heading", ":8: body[1].text: this heading is not possible"),
        (FIRST, "Words with", "<script>x</script>", ":9: body[1].text: HTML is not possible here"),
        (FIRST, "Words with", "![x](https://a.b/c.png)", "use an image block"),
        (FIRST, "*weight*", "[w](javascript:alert(1))", "not an address that can be linked to"),
        (FIRST, "*weight*", "[w](page:nowhere)", "there is no activity nowhere"),
        # blocks
        (FIRST, "- text: |", "- txt: |", ":7: body[1]: must be one block"),
        (FIRST, "correct: true", "correct: false", "body[2].self_check: Tick exactly one option"),
        (FIRST, "      source: art. 4\n", "", "body[2].self_check.source: is missing"),
        (FIRST, "- text: |", "- id: a,b\n    text: |", ":7: body[1].id: must be 1 to 36 letters"),
        (FIRST, "- self_check:", "- id: x\n    text: y\n  - id: x\n    self_check:", "given twice"),
        # translations
        (FIRST_SR, "title: Прва\n", "", ":1: title: is not translated"),
        (FIRST_SR, "title: Прва", "minutes: 3\ntitle: Прва", "minutes: is not a field here"),
        (
            FIRST_SR,
            "  - self_check:",
            "  - text: Још.\n  - self_check:",
            "has 3 entries, the source",
        ),
        (FIRST_SR, "- text: |", "- quotation: |", "is `quotation`, in the source language `text`"),
        (FIRST_SR, "text: Да,", "text: Да, correct: true,", "says otherwise about which option"),
        (
            FIRST_SR,
            "      question: Да ли је пристанак битан?\n",
            "",
            "question: is not translated",
        ),
        ("questions/all.sr.yaml", "slug: q-one", "slug: q-six", "has no words in the language sr"),
        ("questions/all.sr.yaml", "slug: q-one", "slug: q-six", "no question q-six in the source"),
        # questions and quizzes
        (QUESTIONS, "lesson: first", "lesson: nowhere", "[1].lesson: there is no lesson nowhere"),
        (QUESTIONS, "slug: q-two", "slug: q-one", "needs a slug that no other question"),
        (QUESTIONS, "tags: [easy]", "tags: [easy one]", "a tag is one word"),
        (QUESTIONS, "kind: choice", "kind: essay", "kind: Value 'essay' is not a valid choice"),
        (QUESTIONS, "true, reason: Because.", "false, reason: Because.", "exactly one option"),
        (QUESTIONS, "kind: choice", "kind: multiple\n  difficulty: 9", "Value 9 is not a valid"),
        (QUIZ, "count: 1", "count: 5", "draws 5 of the 2 questions tagged easy"),
        (QUIZ, "count: 1", "count: 0", "Ensure this value is greater than or equal to 1"),
        (QUIZ, "question: q-three", "question: q-six", "questions[2].question: there is no q-six"),
        (QUIZ, "title: Check", "pass_mark: 101\ntitle: Check", "less than or equal to 100"),
        (QUIZ, "tags: easy, count", "difficulty: 3, count", "draws 1 of the 0 questions of diff"),
        (QUIZ, "tags: easy, count", "count", "Give tags, a difficulty or an objective."),
        (QUIZ, "  - draw", "  - section: {heading: One}\n  - draw", "questions: is not translated"),
        (
            "quizzes/check.sr.yaml",
            "title",
            "questions: []\ntitle",
            "questions: is not a field here",
        ),
        # traps
        (FIRST, "title: First", "title: &a First\nsummary: *a", "anchors and references"),
        (FIRST, "title: First", "title: !!python/object:os.system x", "the tag tag:yaml.org"),
        (FIRST, "title: First", "title: 'First", "not YAML"),
        (FIRST, "title: First", f"title: {'[' * 60}{']' * 60}", ":1: nested too deeply"),
        (
            FIRST,
            "body:",
            "body:\n  - drawing: {name: ../../etc, alt: x, labels: []}",
            "valid choice",
        ),
        (
            FIRST,
            "body:",
            "body:\n  - download: {document: ../../../etc/passwd, title: x}",
            "there is no ../../../etc/passwd in files/",
        ),
        ("module-1.yaml", "[first, check]", "[../../first, check]", "there is neither"),
    ],
)
def test_a_fault_is_said_with_its_place(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    edit(folder, file, old, new)
    assert expected in "\n".join(said(folder))


def test_every_fault_is_said_at_once_and_in_order(folder: Path) -> None:
    edit(folder, FIRST, "minutes: 7", "minutes: x")
    edit(folder, "module-1.yaml", "title: {en: One, sr: Један}", "title: {en: One}")
    edit(folder, FIRST_SR, "      source: чл. 4\n", "")
    assert said(folder) == [
        "lessons/first.en.yaml:2: minutes: must be a whole number",
        "lessons/first.sr.yaml:9: body[2].self_check.source: is not translated",
        "module-1.yaml:1: title: is not translated",
    ]


@pytest.mark.parametrize("name", ["course.yaml", FIRST_SR, "quizzes/check.sr.yaml"])
def test_a_missing_file_is_said(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}: this file is missing" in said(folder)


def test_a_language_may_be_left_out_by_saying_so(folder: Path) -> None:
    edit(folder, "course.yaml", "level: core", "level: core\nlanguages: [en]")
    (folder / "quizzes/check.sr.yaml").unlink()
    course = read_course(folder)
    assert [list(a.contents) for a in course.activities()] == [["en", "sr"], ["en"], ["en", "sr"]]


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere")[0].endswith("there is no such folder")


@pytest.mark.parametrize("name", [FIRST, "files/secret.pdf", "lessons"])
def test_links_are_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.rename(outside)
    else:
        outside.write_text("secret")
    path.symlink_to(outside)
    assert said(folder) == [f"{name}: links are not followed"]


def test_big_files_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FIRST).write_text("title: " + "x" * folders.MAX_TEXT)
    assert f"{FIRST}: is too big" in said(folder)
    monkeypatch.setattr(folders, "MAX_TEXTS", 5)
    assert "there are too many files" in said(folder)[0]


def test_what_is_not_text_is_refused(folder: Path) -> None:
    (folder / FIRST).write_bytes(b"title: \xff\xfe")
    assert f"{FIRST}: is not text in UTF-8" in said(folder)
    (folder / FIRST).write_bytes(b"")
    assert f"{FIRST}: is empty" in said(folder)


# --- what only the site can know ------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (FIRST, "minutes: 7", "minutes: x", "minutes: must be"),
        ("course.yaml", "level: core", "level: core\nprofessions: [king]", "no profession king"),
        (FIRST, "*weight*", f"[w](page:{'1' * 32})", "which this site does not have"),
        ("course.yaml", "level: core", "level: core\nrefresher_of: lost", "there is no course"),
        ("course.yaml", "level: core", "level: core\nrefresher_of: small", "of itself"),
        ("course.yaml", "slug: small", "slug: other", "another course has the short name other"),
        (FIRST, "title: First", "key: {other}\ntitle: First", "belongs to a page elsewhere"),
        (FIRST, "title: First", "key: {quiz}\ntitle: First", "a page of another kind (quiz)"),
    ],
)
def test_nothing_is_changed_when_anything_is_refused(
    folder: Path, at: datetime, file: str, old: str, new: str, expected: str
) -> None:
    parent = catalogue()
    other = small_course(at, slug="other")
    keys = {"{other}": other.lessons[0].key, "{quiz}": other.quizzes[0].key}
    for name, key in keys.items():
        new = new.replace(name, str(key))
    before = everything()
    edit(folder, file, old, new)
    with pytest.raises(TransferError, match=expected.replace("(", r"\(").replace(")", r"\)")):
        import_course(folder=folder, parent=parent, at=at)
    assert everything() == before


@pytest.mark.django_db
def test_what_is_locked_in_the_cms_is_left_alone(folder: Path, at: datetime) -> None:
    parent = catalogue()
    import_course(folder=folder, parent=parent, at=at)
    LessonPage.objects.filter(slug="first").update(locked=True)
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, FIRST, "Heading", "Another")
    edit(folder, QUESTIONS, "Question one?", "Question 1?")
    before = everything()
    with pytest.raises(TransferError, match=r"first\.en\.yaml: is locked in the CMS"):
        import_course(folder=folder, parent=parent, at=at)
    assert everything() == before


@pytest.mark.django_db
def test_it_starts_from_the_catalogue_in_the_source_language(folder: Path, at: datetime) -> None:
    serbian = CataloguePage.objects.get(
        translation_key=catalogue().translation_key, locale__language_code="sr"
    )
    with pytest.raises(TransferError, match="must be the one in en"):
        import_course(folder=folder, parent=serbian, at=at)
    assert not CoursePage.objects.exists()
    assert not Question.objects.exists()


@pytest.mark.django_db
def test_what_is_required_comes_in_every_language_of_the_course(folder: Path, at: datetime) -> None:
    parent = catalogue()
    import_course(folder=folder, parent=parent, at=at)
    (folder / "lessons/third.en.yaml").write_text((folder / "lessons/second.en.yaml").read_text())
    edit(folder, "lessons/third.en.yaml", "title: Second", "title: Third")
    edit(folder, "module-2.yaml", "[second]", "[second, third]")
    edit(folder, "course.yaml", "level: core", "level: core\nlanguages: [en]")
    before = everything()
    with pytest.raises(TransferError, match=r"not live in every language.*Third \(in Serbian\)"):
        import_course(folder=folder, parent=parent, at=at)
    assert everything() == before
    edit(folder, "lessons/third.en.yaml", "title: Third", "title: Third\nrequired: false")
    import_course(folder=folder, parent=parent, at=at)
    assert Edition.objects.count() == 2
