"""Pictures, films and documents travel with the course, once each."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from assessments.models import Question
from assessments.transfer.exporting import export_course
from assessments.transfer.importing import import_course, transfer_in
from assessments.transfer.problems import TransferError
from cms.blocks import LESSON_BLOCKS
from courses.models import CataloguePage, LessonPage
from tests.assessments.course_folder import catalogue, edit, everything, texts, undone, write

pytestmark = [pytest.mark.django_db, pytest.mark.long]
Image, Document = get_image_model(), get_document_model()

EVERY_BLOCK = """\
  - callout: {kind: warning, title: Mind, text: "Never **alone**."}
  - accordion:
      items:
        - {title: One, text: First.}
        - {title: Two, text: Second.}
  - table:
      caption: Two words
      header: ["", Smuggling, Trafficking]
      rows:
        - [Border, crossed, "No"]
        - [Consent, "yes", irrelevant]
  - law:
      act: Criminal Code
      article: art. 388
      as_of: 2026-11-01
      kind: paraphrase
      check: true
      text: |
        - one
        - two
      url: https://example.org/
  - key_terms: {items: [{term: consent, definition: Irrelevant.}]}
  - quotation: {text: "Said: so.", source: Somebody}
  - checklist: {title: Look, items: [Papers, Pay], source: own}
  - vignette: {title: Case, text: A case., question: What first?}
  - content_notice: {depicts: [violence], full: Long., shorter: Short.}
  - image: {image: map.png, alt: A map, caption: The map}
  - drawing: {name: status-first, alt: Steps, labels: [a, b, c, d]}
  - video: {title: Film, video: film.mp4, captions: film.vtt, transcript: "Hello.\\nBye."}
  - download: {document: list.pdf, title: The list}
"""
WORDS = """\
  - callout: {title: Пази, text: "Никада **сам**."}
  - accordion:
      items:
        - {title: Један, text: Први.}
        - {title: Два, text: Други.}
  - table:
      caption: Две речи
      header: ["", Кријумчарење, Трговина]
      rows:
        - [Граница, пређена, "не"]
        - [Пристанак, да, небитан]
  - law:
      act: Кривични законик
      article: чл. 388.
      text: |
        - један
        - два
  - key_terms: {items: [{term: пристанак, definition: Небитан.}]}
  - quotation: {text: "Рекао је.", source: Неко}
  - checklist: {title: Гледај, items: [Папири, Плата], source: сопствено}
  - vignette: {title: Случај, text: Један случај., question: Шта прво?}
  - content_notice: {depicts: [насиље], full: Дуго., shorter: Кратко.}
  - image: {image: karta.png, alt: Карта, caption: Та карта}
  - drawing: {alt: Степеници, labels: [а, б, в, г]}
  - video: {title: Филм, transcript: Здраво.}
  - download: {title: Списак}
"""


def picture(colour: str) -> bytes:
    made = BytesIO()
    Picture.new("RGB", (8, 6), colour).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A course with every kind of block, pictures in two languages among them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    made = write(tmp_path / "course")
    for name, blocks in (("lessons/first.en.yaml", EVERY_BLOCK), ("lessons/first.sr.yaml", WORDS)):
        with (made / name).open("a", encoding="utf-8") as file:
            file.write(blocks)
    files = {
        "map.png": picture("navy"),
        "karta.png": picture("olive"),
        "film.mp4": b"film",
        "film.vtt": b"WEBVTT",
        "list.pdf": b"%PDF-1.4",
    }
    (made / "files").mkdir()
    for name, content in files.items():
        (made / "files" / name).write_bytes(content)
    (made / "files.yaml").write_text("- {file: map.png, title: 'The map: ћ'}\n")
    return made


@pytest.fixture
def parent() -> CataloguePage:
    return catalogue()


def test_every_kind_of_block_and_its_files_make_the_journey(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with undone():
        course = import_course(folder=folder, parent=parent, at=at)
        english, serbian = LessonPage.objects.filter(slug="first").order_by("locale__id")
        assert {block.block_type for block in english.body} == {n for n, _ in LESSON_BLOCKS["body"]}
        assert Image.objects.get(title="The map: ћ").pk == english.body[11].value["image"].pk
        assert Image.objects.get(title="karta").pk == serbian.body[11].value["image"].pk
        assert serbian.body[13].value["video"] == english.body[13].value["video"]
        export_course(course=course, folder=first)
    with undone():
        assert not Image.objects.exists()
        course = import_course(folder=first, parent=parent, at=at)
        export_course(course=course, folder=second)
        outcome = transfer_in(folder=second, parent=parent, at=at)
        assert outcome.counts["made"] == outcome.counts["changed"] == 0
    assert texts(first) == texts(second)
    names = {name for name in texts(first) if name.startswith("files/")}
    assert names == {
        "files/the-map.png",
        "files/karta.png",
        "files/film.mp4",
        "files/film.vtt",
        "files/list.pdf",
    }
    assert texts(first)["files/the-map.png"] == picture("navy")


PLACES = """\
- slug: q-room
  kind: hotspot
  tags: [hard]
  lesson: first
  objective: elements
  law_as_of: 2026-11-01
  stem: What do you note?
  options:
    - picture: {image: map.png, alt: A room}
    - region: {text: A lock, left: 0, top: 0, width: 20, height: 20, correct: true, reason: Yes.}
    - region: {text: A cup, left: 50, top: 0, width: 20, height: 20, reason: No.}
  source: art. 4
"""
PLACES_IN_SERBIAN = """\
- slug: q-room
  stem: Шта бележите?
  options:
    - picture: {alt: Соба}
    - region: {text: Катанац, reason: Да.}
    - region: {text: Шоља, reason: Не.}
  source: чл. 4
"""


def test_the_picture_of_a_question_makes_the_journey(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    edit(folder, "lessons/first.en.yaml", "image: map.png", "image: karta.png")
    (folder / "questions/places.en.yaml").write_text(PLACES)
    (folder / "questions/places.sr.yaml").write_text(PLACES_IN_SERBIAN)
    edit(folder, "quizzes/check.en.yaml", "question: q-three", "question: q-room")
    first, second = tmp_path / "first", tmp_path / "second"
    with undone():
        course = import_course(folder=folder, parent=parent, at=at)
        shown = {question.options[0].value["image"].title for question in _asking("q-room")}
        assert shown == {"The map: ћ"}
        export_course(course=course, folder=first)
    with undone():
        course = import_course(folder=first, parent=parent, at=at)
        export_course(course=course, folder=second)
        assert len(_asking("q-room")) == 2
    assert texts(first) == texts(second)
    assert texts(first)["files/the-map.png"] == picture("navy")


def _asking(slug: str) -> list[Question]:
    """Return a question in each of its languages."""
    source = Question.objects.get(slug=slug, locale__language_code="en")
    return list(source.get_translations(inclusive=True))


def test_a_picture_that_is_there_is_not_kept_twice(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    import_course(folder=folder, parent=parent, at=at)
    edit(folder, "lessons/first.en.yaml", "alt: A map", "alt: This map")
    (folder / "files/map.png").rename(folder / "files/again.png")
    edit(folder, "lessons/first.en.yaml", "image: map.png", "image: again.png")
    import_course(folder=folder, parent=parent, at=at)
    assert (Image.objects.count(), Document.objects.count()) == (2, 3)


def test_two_pictures_of_one_title_keep_apart(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    (folder / "files.yaml").write_text(
        "- {file: map.png, title: Map}\n- {file: karta.png, title: Map}"
    )
    course = import_course(folder=folder, parent=parent, at=at)
    export_course(course=course, folder=tmp_path / "first")
    names = sorted((tmp_path / "first" / "files").glob("*.png"))
    assert [len(name.stem) for name in names] == [12, 12]
    assert {name.read_bytes() for name in names} == {picture("navy"), picture("olive")}


@pytest.mark.parametrize("content", [b"<svg onload='x()'/>", picture("navy")[:40]])
def test_a_picture_that_is_none_is_refused_and_nothing_stays(
    folder: Path, at: datetime, parent: CataloguePage, content: bytes
) -> None:
    (folder / "files/map.png").write_bytes(content)
    before = everything()
    with pytest.raises(TransferError, match=r"files/map\.png: .*([Nn]ot a|cannot be read)"):
        import_course(folder=folder, parent=parent, at=at)
    assert everything() == before
    assert not Document.objects.exists()
    left = folder.parent / "media"
    assert not [path for path in left.rglob("*") if path.is_file()]


def test_a_kind_of_file_that_the_site_does_not_keep_is_refused(
    folder: Path, at: datetime, parent: CataloguePage
) -> None:
    (folder / "files/list.exe").write_bytes(b"MZ")
    edit(folder, "lessons/first.en.yaml", "list.pdf", "list.exe")
    with pytest.raises(TransferError, match=r"files/list\.exe: .*exe"):
        import_course(folder=folder, parent=parent, at=at)
    left = folder.parent / "media"
    assert not [path for path in left.rglob("*") if path.is_file()]


def test_a_picture_that_is_gone_stops_the_export(
    folder: Path, tmp_path: Path, at: datetime, parent: CataloguePage
) -> None:
    course = import_course(folder=folder, parent=parent, at=at)
    Image.objects.all().delete()
    with pytest.raises(TransferError, match="this image is gone"):
        export_course(course=course, folder=tmp_path / "first")
    assert not (tmp_path / "first").exists()
