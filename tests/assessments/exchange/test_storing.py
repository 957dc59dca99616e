"""Questions from a file become drafts in the bank: each whole, or not at all."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale

from assessments.exchange.collecting import item_of, items_of
from assessments.exchange.formats import FORMATS, read_file
from assessments.exchange.hardened_xml import Unreadable
from assessments.exchange.item import Item
from assessments.exchange.storing import Outcome, store
from assessments.models import Question
from tests.assessments.every_kind import every_kind
from tests.assessments.exchange.test_gift import FILE
from tests.factories.courses import SmallCourse, objective, question
from tests.factories.kinds import question_of

pytestmark = pytest.mark.django_db
LAW = date(2026, 11, 1)


def option(text: str, correct: bool, **more: Any) -> tuple[str, dict[str, Any]]:
    return "option", {"text": text, "correct": correct, "reason": "", **more}


def choice(name: str = "consent", **more: Any) -> Item:
    parts = (option("Yes", False), option("No", True))
    return Item(**({"name": name, "kind": "choice", "stem": f"{name}?", "parts": parts} | more))


def put(*items: Item, **how: Any) -> Outcome:
    Locale.objects.get_or_create(language_code="sr")
    return store(items, **({"language": "en", "law_as_of": LAW, "user": None} | how))


def why(outcome: Outcome) -> str:
    assert outcome.taken == []
    (refusal,) = outcome.refused
    return str(refusal.reason)


def test_an_item_becomes_a_draft_that_nobody_is_asked_yet() -> None:
    known = objective("elements")
    put(choice(tags=("module 1",), source="CoE, art. 4", objective="ELEMENTS", difficulty=3))
    made = Question.objects.get()
    assert made.objective == known
    assert (made.live, made.slug, made.law_as_of, made.difficulty) == (False, "consent", LAW, 3)
    assert [part.text for part in made.parts()] == ["Yes", "No"]
    assert made.tag_names == "module-1"
    assert made.get_latest_revision_as_object().source == "CoE, art. 4"


def test_an_objective_that_is_not_known_is_named_and_left_to_the_author() -> None:
    outcome = put(choice(objective="Fly"))
    ((_item, made),) = outcome.taken
    assert made.objective is None
    assert "no objective “Fly”" in str(outcome.changed[0].reason)


def test_one_that_is_wrong_keeps_no_other_out() -> None:
    wrong = choice("wrong", parts=(option("Yes", True), option("No", True)), line=7)
    outcome = put(choice("first"), wrong, choice("last"))
    assert [item.name for item, _question in outcome.taken] == ["first", "last"]
    assert [(one.line, one.name) for one in outcome.refused] == [(7, "wrong")]
    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (choice(kind="telepathy"), "no questions of this kind"),
        (choice(parts=(option("Yes", True),)), "2 to 8"),
        (choice(parts=(option("x" * 500, True), option("No", False))), "400"),
        (choice(parts=(("step", {"text": "a"}),) * 2), "part that questions"),
        (choice(source="s" * 300), "too long"),
        (
            choice(kind="numeric", parts=(("number", {"value": "many"}),)),
            "Enter a number",
        ),
    ],
)
def test_what_the_bank_would_not_take_is_refused_with_the_reason(item: Item, reason: str) -> None:
    assert reason in why(put(item))
    assert not Question.objects.exists()


def test_the_same_question_does_not_come_twice() -> None:
    put(choice())
    assert "already" in why(put(choice("another name", stem="Consent?")))
    outcome = put(choice("consent", stem="Another?"))
    assert outcome.taken[0][1].slug == "consent-2"


def test_what_files_leave_unsaid_is_said_in_the_language_of_the_question() -> None:
    _format, reading = read_file("x", "::tvrdnja::Да ли је тако?{T}\n\n::esej::Зашто?{}".encode())
    outcome = put(*reading.items, language="sr")
    truth, essay = (question for _item, question in outcome.taken)
    assert [part.text for part in truth.parts()] == ["Тачно", "Нетачно"]
    assert essay.parts()[0].text == "Одговор у целини"


def test_what_no_database_keeps_is_refused_and_the_rest_comes_in() -> None:
    outcome = put(choice("odd", stem="A\0B?"), choice("tagged", tags=("a\0b",)), choice("fine"))
    assert [item.name for item, _question in outcome.taken] == ["fine"]
    assert {str(one.reason) for one in outcome.refused} == {
        "It has a character that cannot be kept."
    }


@pytest.mark.parametrize("name", FORMATS)
def test_lines_end_in_files_as_files_end_them(name: str) -> None:
    put(choice("lines", stem="First.\r\nSecond?"))
    items = items_of(Question.objects.all())
    assert items[0].stem == "First.\nSecond?"
    data, _refused = FORMATS[name].write(items)
    _format, reading = read_file("bank", data)
    assert reading.items[0].stem == "First.\nSecond?"
    assert "already" in why(put(*reading.items))


def test_a_look_beforehand_keeps_nothing() -> None:
    outcome = put(choice(), hotspot(picture()), keep=False)
    assert len(outcome.taken) == 2
    assert not Question.objects.exists()
    assert not get_image_model().objects.exists()


def picture(size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at the house of somebody"
    Image.new("RGB", size, "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


def hotspot(data: bytes) -> Item:
    box = {"left": 5, "width": 20, "top": 5, "height": 20, "reason": ""}
    parts = (
        ("picture", {"image": "room.jpg", "alt": "A room"}),
        ("region", box | {"text": "a safe", "correct": True}),
        ("region", box | {"text": "a window", "left": 50, "correct": False}),
    )
    return Item("room", "hotspot", "Where?", parts, pictures={"room.jpg": data})


def test_a_picture_is_encoded_anew_and_says_nothing_of_where_it_was_taken() -> None:
    put(hotspot(picture()))
    (kept,) = get_image_model().objects.all()
    with kept.open_file() as file:
        data = file.read()
    assert data.startswith(b"\x89PNG")
    assert b"house of somebody" not in data
    assert Question.objects.get().parts()[0].value["image"] == kept.pk


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'/>", b"GIF89a", b"", b"%PDF-1.4"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert "cannot be read" in why(put(hotspot(data)))
    assert "missing" in why(put(Item(**{**vars(hotspot(b"")), "pictures": {}})))
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("name", FORMATS)
def test_the_bank_leaves_and_comes_back(name: str, course: SmallCourse) -> None:
    parts = every_kind(0)
    for kind in ("matching", "fill-in", "multiple"):
        question_of(kind, parts[kind], slug=f"a-{kind}", tags=["easy"])
    items = items_of(Question.objects.all())
    data, refused = FORMATS[name].write(items)
    assert refused == ()
    _format, reading = read_file(f"bank.{FORMATS[name].ending}", data)
    assert reading.refused == ()
    left = {(item.kind, item.stem, item.tags) for item in items}
    assert {(item.kind, item.stem, item.tags) for item in reading.items} == left
    outcome = put(*reading.items)
    assert outcome.taken == []
    assert {str(one.reason) for one in outcome.refused} == {
        "The bank has this very question already."
    }


def test_a_question_takes_its_picture_along() -> None:
    put(hotspot(picture()))
    item = item_of(Question.objects.get())
    (name,) = item.pictures
    assert dict(item.parts[0][1])["image"] == name


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\x00\xd8", "UTF-8"),
        ("питање".encode("cp1251"), "UTF-8"),
        (b"", "no question"),
        (b" " * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_file("a.txt", data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_known_by_what_is_in_them(encoding: str) -> None:
    format_, reading = read_file("x", "Да ли је тако?{T}".encode(encoding))
    assert (format_, reading.items[0].stem) == ("GIFT", "Да ли је тако?")
    quiz = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?><quiz></quiz>"
    assert read_file("x", quiz.encode(encoding))[0] == "Moodle XML"


def test_the_command_says_what_is_taken_and_what_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], course: SmallCourse
) -> None:
    file = tmp_path / "questions.gift"
    file.write_text(f"{FILE}\n::Note::Only words.\n")
    before = Question.objects.count()
    call_command("import_questions", file, "--check")
    assert "10 would be taken, 1 refused." in capsys.readouterr().out
    assert Question.objects.count() == before
    call_command("import_questions", file, "--law-as-of", "2026-11-01")
    said = capsys.readouterr().out
    assert "line 2: taken: Consent (choice)" in said
    assert "note: Which two?" in said
    assert "refused: Note: There are no answers in braces" in said
    assert "GIFT: 10 taken as drafts, 1 refused." in said
    with pytest.raises(SystemExit):
        call_command("import_questions", file)
    with pytest.raises(CommandError, match="no account"):
        call_command("import_questions", file, "--user", "nobody@example.org")
    file.write_bytes(b"<quiz>")
    with pytest.raises(CommandError, match=r"line 1.*well-formed"):
        call_command("import_questions", file)


def test_the_command_writes_the_bank_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], course: SmallCourse
) -> None:
    question_of("sequencing", every_kind(0)["sequencing"], slug="order", tags=["easy"])
    question("other", tags=["elsewhere"])
    file = tmp_path / "bank.gift"
    call_command("export_questions", file, "--format", "gift", "--tag", "easy")
    said = capsys.readouterr().out
    assert "left out: order: GIFT has no questions of this kind." in said
    assert "core-q0" in file.read_text()
    assert "other" not in file.read_text()
    with pytest.raises(SystemExit):
        call_command("export_questions", file, "--format", "gift", "--tag", "nothing")
    for command in ("import_questions", "export_questions"):
        with pytest.raises(CommandError, match="“sr-latn”; content languages are en, sr"):
            call_command(command, file, "--language", "sr-latn")
