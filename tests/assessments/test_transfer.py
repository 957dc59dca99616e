"""A course moves between sites as files: the same on both, and all of it or nothing."""

import shutil
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Revision

from assessments.models import Question, QuizPage
from assessments.transfer.exporting import export_course
from assessments.transfer.importing import import_course, transfer_in
from assessments.transfer.problems import TransferError
from courses.enrolment import enrol
from courses.models import CataloguePage, CoursePage, Edition, LessonPage
from tests.assessments.course_folder import (
    FILES,
    catalogue,
    edit,
    everything,
    texts,
    undone,
    write,
)
from tests.factories.courses import small_course
from tests.factories.people import ProfessionFactory, UserFactory
from tests.support import read

pytestmark = [pytest.mark.django_db, pytest.mark.long]
OPTION = "        - {text: Maybe, reason: No.}\n"
DEMO = Path(settings.BASE_DIR) / "demo" / "courses" / "core"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small course, written by hand."""
    return write(tmp_path / "course")


@pytest.fixture
def parent() -> CataloguePage:
    return catalogue()


def journey(source: Path, tmp_path: Path, at: datetime) -> None:
    """Import on one site, export, import on another, export: nothing may differ."""
    parent = catalogue()
    first, second = tmp_path / "first", tmp_path / "second"
    with undone():
        course = import_course(folder=source, parent=parent, at=at)
        seen = everything()
        export_course(course=course, folder=first)
    with undone():
        assert not CoursePage.objects.exists()
        course = import_course(folder=first, parent=parent, at=at)
        assert everything() == seen
        export_course(course=course, folder=second)
        outcome = transfer_in(folder=second, parent=parent, at=at)
        assert outcome.counts["changed"] == outcome.counts["made"] == 0
    assert texts(first) == texts(second)


@pytest.mark.slow
def test_the_core_course_makes_the_journey_unchanged(tmp_path: Path, at: datetime) -> None:
    journey(DEMO, tmp_path, at)
    assert len(texts(tmp_path / "first")) == 6 + 2 * (12 + 6 + 4) + 2


def test_a_small_course_makes_the_journey_unchanged(
    folder: Path, tmp_path: Path, at: datetime
) -> None:
    journey(folder, tmp_path, at)


def test_keys_are_the_same_wherever_a_handwritten_course_is_imported(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    keys = []
    for _ in range(2):
        with undone():
            course = import_course(folder=folder, parent=parent, at=at)
            below = Page.objects.descendant_of(course, inclusive=True)
            lesson = LessonPage.objects.get(slug="first", locale__language_code="en")
            options = lesson.body[1].value["options"].bound_blocks
            keys.append(
                [
                    *below.values_list("translation_key", flat=True),
                    *Question.objects.order_by("slug").values_list("translation_key", flat=True),
                    *lesson.self_checks(),
                    *(option.id for option in options),
                ]
            )
    assert keys[0] == keys[1]
    assert len(set(map(str, keys[0]))) == 6 + 3 + 1 + 2


def test_both_languages_hold_the_same_keys_and_ids(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    english, serbian = LessonPage.objects.filter(slug="first").order_by("locale__language_code")
    assert (english.title, serbian.title) == ("First", "Прва")
    assert english.translation_key == serbian.translation_key
    assert serbian.get_parent().get_parent().get_parent().locale.language_code == "sr"
    for one, other in zip(english.body, serbian.body, strict=True):
        assert one.id == other.id
    one, other = english.body[1].value["options"], serbian.body[1].value["options"]
    assert [o.id for o in one.bound_blocks] == [o.id for o in other.bound_blocks]
    assert [o["correct"] for o in one] == [o["correct"] for o in other] == [False, True]
    assert [o["text"] for o in one] == ["Yes", "No"]
    question = Question.objects.get(slug="q-one", locale__language_code="sr")
    assert question.lesson == serbian
    assert [tag.name for tag in question.tags.all()] == ["easy"]


def test_an_imported_course_can_be_taken(folder: Path, at: datetime, parent: CataloguePage) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    enrolment = enrol(user=UserFactory(), course=course, at=at)
    lesson = LessonPage.objects.get(slug="first", locale__language_code="en")
    read(enrolment, lesson, at)
    edition = Edition.objects.get()
    assert edition.number == 1
    assert edition.minutes == 7 + 8 + 8
    quiz = QuizPage.objects.get(locale__language_code="en")
    assert edition.result_keys() == [quiz.key]


# --- again, and changed ---------------------------------------------------------------------
def test_importing_the_same_again_changes_nothing(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    before = everything(), Revision.objects.count()
    outcome = transfer_in(folder=folder, parent=parent, at=at + timedelta(days=1))
    assert outcome.counts["unchanged"] == 2 * (1 + 2 + 3 + 3)
    assert (everything(), Revision.objects.count()) == before


def test_a_change_of_words_is_one_revision_and_no_edition(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    count = Revision.objects.count()
    edit(folder, "lessons/second.sr.yaml", "Још речи", "Нове речи")
    outcome = transfer_in(folder=folder, parent=parent, at=at)
    assert outcome.counts["changed"] == 1
    assert Revision.objects.count() == count + 1
    page = LessonPage.objects.get(slug="second", locale__language_code="sr")
    assert "Нове речи" in page.body[0].value.source
    assert Edition.objects.count() == 1


def test_a_change_of_minutes_is_a_new_edition(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "lessons/first.en.yaml", "minutes: 7", "minutes: 9")
    outcome = transfer_in(folder=folder, parent=parent, at=at)
    assert outcome.counts["changed"] == 2  # the lesson, in both languages
    assert [edition.minutes for edition in Edition.objects.all()] == [25, 23]


def test_what_an_editor_stored_with_marks_of_its_own_is_not_a_change(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    page = LessonPage.objects.get(slug="first", locale__language_code="en")
    raw = list(page.body.raw_data)
    raw[0]["value"] = (
        '<h2 data-block-key="a">Heading</h2><p data-block-key="b">Words with <i>weight</i>.</p>'
    )
    page.body = raw
    page.save_revision().publish()
    assert transfer_in(folder=folder, parent=parent, at=at).counts["changed"] == 0


def test_a_draft_shows_nothing_to_learners(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at, draft=True)
    assert not course.live
    assert not Page.objects.descendant_of(course, inclusive=True).live().exists()
    assert not Question.objects.filter(live=True).exists()
    assert not Edition.objects.exists()
    again = transfer_in(folder=folder, parent=parent, at=at, draft=True)
    assert again.counts["unchanged"] == 18
    published = import_course(folder=folder, parent=parent, at=at)
    assert published.live
    assert Edition.objects.count() == 1


def test_a_draft_of_a_published_course_waits_beside_it(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "lessons/first.en.yaml", "Heading", "Another")
    edit(folder, "course.yaml", "[one, two]", "[two, one]")
    (folder / "module-2.yaml").write_text(FILES["module-2.yaml"].replace("[second]", "[]"))
    for name in ("lessons/second.en.yaml", "lessons/second.sr.yaml"):
        (folder / name).unlink()
    outcome = transfer_in(folder=folder, parent=parent, at=at, draft=True)
    assert outcome.counts["changed"] == 1
    page = LessonPage.objects.get(slug="first", locale__language_code="en")
    assert "Heading" in page.body[0].value.source
    assert "Another" in page.get_latest_revision_as_object().body[0].value.source
    assert LessonPage.objects.filter(slug="second", live=True).count() == 2
    assert Edition.objects.count() == 1


def test_what_left_the_folder_is_retired_not_deleted(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    edit(folder, "module-2.yaml", "[second]", "[]")
    for name in ("lessons/second.en.yaml", "lessons/second.sr.yaml"):
        (folder / name).unlink()
    for name in ("questions/all.en.yaml", "questions/all.sr.yaml"):
        edit(folder, name, "q-two", "q-new")
    outcome = transfer_in(folder=folder, parent=parent, at=at)
    assert outcome.counts["retired"] == 4  # a lesson and a question, in two languages
    assert [p.live for p in LessonPage.objects.filter(slug="second")] == [False, False]
    assert [q.live for q in Question.objects.filter(slug="q-two")] == [False, False]
    assert [len(m["activities"]) for m in Edition.objects.first().modules] == [2, 0]
    shutil.rmtree(folder)
    import_course(folder=write(folder), parent=parent, at=at)
    assert Page.objects.descendant_of(course).live().count() == 5


def test_other_courses_keep_their_questions(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    other = small_course(at, slug="other")
    import_course(folder=folder, parent=parent, at=at)
    assert Question.objects.filter(slug__startswith="other-", live=True).count() == 4
    assert all(
        page.live for page in LessonPage.objects.filter(pk__in=[p.pk for p in other.lessons])
    )


def test_activities_follow_the_order_of_the_file_and_move_between_modules(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "course.yaml", "[one, two]", "[two, one]")
    edit(folder, "module-1.yaml", "[first, check]", "[check]")
    edit(folder, "module-2.yaml", "[second]", "[second, first]")
    import_course(folder=folder, parent=parent, at=at)
    for code in ("en", "sr"):
        course = CoursePage.objects.get(locale__language_code=code)
        below = Page.objects.descendant_of(course).order_by("path")
        order = ["two", "second", "first", "one", "check"]
        assert list(below.values_list("slug", flat=True)) == order
        first = below.get(slug="first")
        assert first.url_path == f"{course.url_path}two/first/"
    assert Edition.objects.count() == 2


def test_a_retired_page_gives_up_its_short_name(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "lessons/first.en.yaml", "title: First", f"key: {'1' * 32}\ntitle: First")
    outcome = transfer_in(folder=folder, parent=parent, at=at)
    assert outcome.counts["retired"] == 2
    assert LessonPage.objects.get(slug="first", live=True, locale__language_code="en")
    assert LessonPage.objects.filter(slug__startswith="first-", live=False).count() == 2


def test_a_block_put_between_others_takes_nobodys_id(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    before = LessonPage.objects.get(slug="first", locale__language_code="en")
    export_course(course=course, folder=tmp_path / "out")
    for name, word in (("lessons/first.en.yaml", "New"), ("lessons/first.sr.yaml", "Ново")):
        edit(tmp_path / "out", name, "body:\n", f"body:\n  - text: {word}\n")
    for name in ("lessons/first.en.yaml", "lessons/first.sr.yaml"):
        edit(tmp_path / "out", name, "      options:\n", "      options:\n" + OPTION)
    for _ in range(2):
        import_course(folder=tmp_path / "out", parent=parent, at=at)
    after, serbian = LessonPage.objects.filter(slug="first").order_by("locale__language_code")
    assert [b.id for b in after.body][1:] == [b.id for b in before.body]
    assert [b.id for b in after.body] == [b.id for b in serbian.body]
    old, new = (p.body[-1].value["options"].bound_blocks for p in (before, after))
    assert [option.id for option in new][1:] == [option.id for option in old]


def test_a_draft_takes_no_address_from_what_is_published(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "lessons/first.en.yaml", "title: First", f"key: {'1' * 32}\ntitle: First")
    before = everything()
    with pytest.raises(TransferError, match="a published page has the address first"):
        import_course(folder=folder, parent=parent, at=at, draft=True)
    assert everything() == before


# --- what only the CMS makes ----------------------------------------------------------------
def test_a_course_made_in_the_cms_in_one_language_makes_the_journey(
    at: datetime, tmp_path: Path
) -> None:
    parent = catalogue()
    made = small_course(at)
    export_course(course=made.course, folder=tmp_path / "first")
    before = everything()
    outcome = transfer_in(folder=tmp_path / "first", parent=parent, at=at)
    assert outcome.counts["made"] == outcome.counts["changed"] == 0
    assert everything() == before
    edit(tmp_path / "first", "course.yaml", "[m1, m2]", "[m2, m1]")
    assert transfer_in(folder=tmp_path / "first", parent=parent, at=at).course == made.course
    assert "languages: [en]" in (tmp_path / "first" / "course.yaml").read_text()


def test_a_translation_with_other_blocks_than_its_source_makes_the_journey(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    with undone():
        course = import_course(folder=folder, parent=parent, at=at)
        page = LessonPage.objects.get(slug="first", locale__language_code="sr")
        page.body = [*reversed(page.body.raw_data), {"type": "text", "value": "<p>Само овде.</p>"}]
        page.slug = "prva"
        page.save_revision().publish()
        seen = everything()
        export_course(course=course, folder=tmp_path / "first")
    with undone():
        import_course(folder=tmp_path / "first", parent=parent, at=at)
        assert everything() == seen


def test_two_modules_may_have_activities_of_the_same_short_name(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    with undone():
        course = import_course(folder=folder, parent=parent, at=at)
        for page in LessonPage.objects.filter(slug="second"):
            page.slug = "first"
            page.save_revision().publish()
        seen = everything()
        export_course(course=course, folder=tmp_path / "first")
    assert (tmp_path / "first" / "lessons" / "two-first.sr.yaml").exists()
    with undone():
        import_course(folder=tmp_path / "first", parent=parent, at=at)
        assert everything() == seen


def test_a_stand_in_for_a_translation_becomes_the_translation(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    serbian = LessonPage.objects.get(slug="first", locale__language_code="sr")
    english = LessonPage.objects.get(slug="first", locale__language_code="en")
    Page.objects.filter(pk=serbian.pk).update(alias_of=english, title="First")
    import_course(folder=folder, parent=parent, at=at)
    english.save_revision().publish()
    serbian.refresh_from_db()
    assert (serbian.title, serbian.alias_of) == ("Прва", None)


def test_sections_and_what_draws_ask_for_go_along(
    folder: Path, tmp_path: Path, at: datetime
) -> None:
    draw = "draw: {tags: easy, count: 1}"
    finer = "draw: {tags: easy, difficulty: 2, objective: elements, count: 1}"
    head = "section: {heading: On patrol, text: One shift.}\n  - "
    edit(folder, "quizzes/check.en.yaml", draw, f"{head}{finer}")
    serbian = "questions:\n  - section: {heading: У патроли}\n  - draw: {}\n  - question: q-three\n"
    edit(folder, "quizzes/check.sr.yaml", "title", f"{serbian}title")
    with undone(), pytest.raises(TransferError, match="text: is not translated"):
        import_course(folder=folder, parent=catalogue(), at=at)
    edit(folder, "quizzes/check.sr.yaml", "У патроли", "У патроли, text: Једна смена.")
    with undone():
        journey(folder, tmp_path, at)
    import_course(folder=folder, parent=catalogue(), at=at)
    quiz = QuizPage.objects.get(locale__language_code="sr")
    [section, drawn, named] = quiz.questions
    assert section.value["heading"] == "У патроли"
    assert (drawn.value["tags"], drawn.value["difficulty"]) == ("easy", "2")
    assert named.value.slug == "q-three"


def test_a_question_of_another_course_that_a_quiz_can_draw_goes_along(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    with undone():
        course = import_course(folder=folder, parent=parent, at=at)
        other = small_course(at, slug="other")  # its questions are tagged easy, too
        lesson = other.lessons[0]
        for question in Question.objects.filter(slug="other-q0"):
            question.lesson = lesson
            question.save_revision().publish()
        export_course(course=course, folder=tmp_path / "out")
        assert transfer_in(folder=tmp_path / "out", parent=parent, at=at).counts["changed"] == 0
    exported = (tmp_path / "out" / "questions" / "others.en.yaml").read_text()
    assert f"lesson: {lesson.key}" in exported
    assert "slug: other-q1" in exported
    assert "slug: other-q2" not in exported
    import_course(folder=tmp_path / "out", parent=parent, at=at)
    assert Question.objects.get(slug="other-q0").lesson is None
    assert transfer_in(folder=tmp_path / "out", parent=parent, at=at).counts["changed"] == 0


def test_words_that_look_like_a_link_stay_words(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    words = f'href="page:{"1" * 8}-1111-1111-1111-{"1" * 12}" &lt;b&gt;'
    edit(folder, "lessons/first.en.yaml", "*weight*", words)
    import_course(folder=folder, parent=parent, at=at)
    page = LessonPage.objects.get(slug="first", locale__language_code="en")
    assert page.body[0].value.source.endswith(f"<p>Words with {words}.</p>")


def test_only_what_is_published_is_exported_unless_drafts_are_wanted(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    page = LessonPage.objects.get(slug="first", locale__language_code="en")
    page.title = "Not yet"
    page.save_revision()
    export_course(course=course, folder=tmp_path / "live")
    export_course(course=course, folder=tmp_path / "draft", draft=True)
    name = "lessons/first.en.yaml"
    assert b"title: First" in texts(tmp_path / "live")[name]
    assert b"title: Not yet" in texts(tmp_path / "draft")[name]


def test_a_course_that_was_never_published_is_exported_as_a_draft_only(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at, draft=True)
    with pytest.raises(TransferError, match="not published"):
        export_course(course=course, folder=tmp_path / "live")
    assert not (tmp_path / "live").exists()
    export_course(course=course, folder=tmp_path / "draft", draft=True)
    assert len(texts(tmp_path / "draft")) == len(FILES)


def test_professions_travel_by_key(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија")
    edit(folder, "course.yaml", "level: core", "level: core\nprofessions: [judge]")
    course = import_course(folder=folder, parent=parent, at=at)
    for page in CoursePage.objects.all():
        assert [profession.key for profession in page.professions.all()] == ["judge"]
    export_course(course=course, folder=tmp_path / "first")
    assert b"professions: [judge]" in texts(tmp_path / "first")["course.yaml"]


def test_a_refresher_names_its_course_by_short_name_or_key(
    folder: Path, at: datetime, tmp_path: Path, parent: CataloguePage
) -> None:
    refreshed = import_course(folder=folder, parent=parent, at=at)
    short = write(tmp_path / "short")
    edit(short, "course.yaml", "slug: small", "slug: short\nrefresher_of: small")
    for file in short.rglob("*.yaml"):  # questions and tags of its own, as each course has
        file.write_text(file.read_text().replace("q-", "s-").replace("easy", "simple"))
    course = import_course(folder=short, parent=parent, at=at)
    key = refreshed.translation_key
    assert Edition.objects.get(course_key=course.translation_key).refresher_of == key
    for page in CoursePage.objects.filter(translation_key=course.translation_key):
        assert page.refresher_of == refreshed
    export_course(course=course, folder=tmp_path / "out")
    assert f"refresher_of: {key}".encode() in texts(tmp_path / "out")["course.yaml"]
    again = transfer_in(folder=tmp_path / "out", parent=parent, at=at)
    assert again.counts["changed"] == again.counts["made"] == 0


@pytest.mark.slow
def test_the_refresher_of_the_demo_follows_the_core_course(
    tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    core = import_course(folder=DEMO, parent=parent, at=at)
    short = import_course(folder=DEMO.parent / "refresher", parent=parent, at=at)
    edition = Edition.objects.get(course_key=short.translation_key)
    assert (edition.refresher_of, edition.minutes) == (core.translation_key, 40)
    export_course(course=short, folder=tmp_path / "first")
    again = transfer_in(folder=tmp_path / "first", parent=parent, at=at)
    assert again.counts["changed"] == again.counts["made"] == 0


# --- the commands ---------------------------------------------------------------------------
def test_the_commands_find_the_only_catalogue(
    folder: Path, tmp_path: Path, parent: CataloguePage
) -> None:
    said = StringIO()
    call_command("import_course", folder, "--check", stdout=said)
    assert said.getvalue() == "3 activities and 3 questions, nothing wrong\n"
    assert not CoursePage.objects.exists()
    serbian = folder / "questions" / "all.sr.yaml"
    whole = serbian.read_text()
    serbian.write_text(whole[: whole.index("- slug: q-three")])
    edit(folder, "course.yaml", "slug: small\n", "slug: small\nlanguages: [en]\n")
    said = StringIO()
    call_command("import_course", folder, "--check", stdout=said)
    assert said.getvalue().splitlines()[1:] == ["note: not in sr yet: q-three"]
    serbian.write_text(whole)
    edit(folder, "course.yaml", "languages: [en]\n", "")
    said = StringIO()
    call_command("import_course", folder, stdout=said)
    assert said.getvalue() == "Small: 18 made, 2 objectives and topics, 0 retired\n"
    call_command("export_course", "small", tmp_path / "out", stdout=said)
    key = CoursePage.objects.first().translation_key
    call_command("export_course", str(key), tmp_path / "again", stdout=said)
    assert texts(tmp_path / "out") == texts(tmp_path / "again")
    with pytest.raises(SystemExit) as refused:
        call_command("export_course", "small", tmp_path / "out", stderr=said)
    assert refused.value.code == 1
    assert "is not empty" in said.getvalue()
    (tmp_path / "out" / "lessons" / "old.en.yaml").write_text("title: Old")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    call_command("export_course", "small", tmp_path / "out", "--replace", stdout=said)
    assert texts(tmp_path / "out").keys() - texts(tmp_path / "again").keys() == {"notes.txt"}


def test_bad_files_end_the_command_with_a_list_and_no_change(
    folder: Path, parent: CataloguePage
) -> None:
    edit(folder, "lessons/first.en.yaml", "minutes: 7", "minutes: many")
    edit(folder, "lessons/first.sr.yaml", "title: Прва\n", "")
    said = StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("import_course", folder, stderr=said)
    assert refused.value.code == 1
    assert said.getvalue().splitlines() == [
        "lessons/first.en.yaml:2: minutes: must be a whole number",
        "lessons/first.sr.yaml:1: title: is not translated",
        "Nothing was imported.",
    ]
    assert not CoursePage.objects.exists()
    assert not Question.objects.exists()


def test_the_command_says_when_there_is_no_catalogue(folder: Path) -> None:
    with pytest.raises(CommandError, match="0 catalogues"):
        call_command("import_course", folder)


def test_the_catalogue_needs_its_translation(folder: Path, at: datetime) -> None:
    small_course(at)
    parent = CataloguePage.objects.get()
    with pytest.raises(TransferError, match="no translation in sr"):
        import_course(folder=folder, parent=parent, at=at)
    Locale.objects.get_or_create(language_code="sr")
    with pytest.raises(TransferError, match="no translation in sr"):
        import_course(folder=folder, parent=parent, at=at)
