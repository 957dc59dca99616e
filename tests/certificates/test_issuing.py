"""A certificate: issued once, stored once, never made again."""

import hashlib
import re
import zlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from certificates import issuing
from certificates.issuing import issue
from certificates.models import Certificate, Sheet, new_code
from certificates.rendering import StaticFilesOnly, render_sheet
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences
from people.actors import actor_id
from people.erasure import erase
from people.models import User
from tests.factories.courses import SmallCourse
from tests.support import complete, work
from xapi import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def completed(course: SmallCourse, enrolment: Enrolment, at: datetime) -> Enrolment:
    return complete(enrolment, course, at)


@pytest.fixture
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """Sheets that were drawn; for stories in which the picture does not matter."""
    drawn: list[Sheet] = []

    def render(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        return f"%PDF of {sheet.serial}".encode()

    monkeypatch.setattr(issuing, "render_sheet", render)
    return drawn


def test_completing_a_course_is_all_it_takes(
    completed: Enrolment, learner: User, drawn_quickly: list[Sheet]
) -> None:
    work()
    sheet, certificate = Sheet.objects.get(), Certificate.objects.get()
    assert (sheet.name_cyrillic, sheet.name_latin) == ("Јелена Узорковић", "Jelena Uzorković")
    assert (sheet.course_title_en, sheet.edition, sheet.minutes) == ("Core", 1, 36)
    assert str(sheet.law_as_of) == "2026-11-01"
    assert (certificate.serial, certificate.sha256) == (sheet.serial, sheet.sha256)
    assert (certificate.actor, certificate.registration) == (actor_id(learner), completed.pk)
    assert re.fullmatch(r"PTK-\d{4}-\d{7}", sheet.serial)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", sheet.code)
    assert differences() == []


def test_the_file_is_the_one_whose_fingerprint_is_in_the_log(
    completed: Enrolment, at: datetime
) -> None:
    issue(registration=completed.pk, at=at)
    sheet = Sheet.objects.get()
    stored = sheet.file.read()
    assert stored.startswith(b"%PDF")
    earned = Event.of(Statement.objects.get(verb=verbs.EARNED.id))
    assert earned.facts["sha256"] == sheet.sha256 == hashlib.sha256(stored).hexdigest()
    assert sheet.name_latin not in earned.text


def test_issued_again_nothing_changes(
    completed: Enrolment, at: datetime, drawn_quickly: list[Sheet]
) -> None:
    first = issue(registration=completed.pk, at=at)
    again = issue(registration=completed.pk, at=at + timedelta(days=400))
    work()
    assert first == again == Sheet.objects.get()
    assert len(drawn_quickly) == 1
    assert Statement.objects.filter(verb=verbs.EARNED.id).count() == 1


def test_a_changed_name_or_title_changes_no_certificate(
    completed: Enrolment,
    learner: User,
    course: SmallCourse,
    at: datetime,
    drawn_quickly: list[Sheet],
) -> None:
    issue(registration=completed.pk, at=at)
    before = Sheet.objects.values().get()
    learner.name_latin = "Jelena Nova"
    learner.save()
    course.course.title = "Another title"
    course.course.save()
    issue(registration=completed.pk, at=at)
    assert Sheet.objects.values().get() == before


def test_of_two_workers_that_race_one_certificate_remains(
    completed: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    racing = iter([True])

    def render(sheet: Sheet) -> bytes:
        if next(racing, False):  # while the first draws, the second does all of it
            issue(registration=completed.pk, at=at)
        return f"%PDF of {sheet.serial}".encode()

    monkeypatch.setattr(issuing, "render_sheet", render)
    slow = issue(registration=completed.pk, at=at)
    sheet = Sheet.objects.get()
    assert slow == sheet
    assert hashlib.sha256(sheet.file.read()).hexdigest() == sheet.sha256
    folder = sheet.file.name.rpartition("/")[0]
    kept = [name for name in sheet.file.storage.listdir(folder)[1] if str(sheet.key) in name]
    assert kept == [sheet.file.name.rpartition("/")[2]]
    assert Statement.objects.filter(verb=verbs.EARNED.id).count() == 1


def test_a_worker_that_died_after_storing_is_made_good(
    completed: Enrolment,
    at: datetime,
    drawn_quickly: list[Sheet],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "_record_earned", None)
        with pytest.raises(TypeError):
            issue(registration=completed.pk, at=at)
    assert Sheet.objects.exists()
    assert not Certificate.objects.exists()
    work()
    assert Certificate.objects.get().sha256 == Sheet.objects.get().sha256
    assert len(drawn_quickly) == 1
    assert not DBTaskResult.objects.failed().exists()


def test_serials_count_up_and_begin_anew_each_year(
    course: SmallCourse, at: datetime, drawn_quickly: list[Sheet]
) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Belgrade
    serials = [issuing._next_serial(moment) for moment in (at, at, new_year)]
    assert serials == ["PTK-2026-0000001", "PTK-2026-0000002", "PTK-2027-0000001"]


def test_what_is_not_completed_or_whose_owner_is_erased_earns_nothing(
    enrolment: Enrolment, course: SmallCourse, learner: User, at: datetime
) -> None:
    assert issue(registration=enrolment.pk, at=at) is None
    complete(enrolment, course, at)
    erase(user=learner, own_wish=True, at=at)
    assert issue(registration=enrolment.pk, at=at) is None
    work()
    assert not Sheet.objects.exists()


def sheet(at: datetime, **fields: object) -> Sheet:
    about = {
        "registration": uuid4(),
        "serial": "PTK-2026-0000001",
        "name_cyrillic": "Јелена Узорковић",
        "name_latin": "Jelena Uzorković",
        "course_title_en": "Core",
        "course_title_sr": "Основни курс",
        "edition": 1,
        "minutes": 95,
        "law_as_of": at.date(),
        "completed_on": at.date(),
        "issuer": "Invented Institute",
        "issued_at": at,
    }
    return Sheet(**(about | fields))


def paper(made: Sheet) -> str:
    around = {"qr": "", "site_url": "s"}
    return render_to_string("certificates/sheet.html", around | {"sheet": made})


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_the_sheet_carries_both_names_and_every_field(at: datetime, language: str) -> None:
    made = sheet(at)
    with override(language):
        text = paper(made)
    for shown in ("Јелена Узорковић", "Jelena Uzorković", "Core", "Основни курс", made.code):
        assert shown in text
    for shown in ("PTK-2026-0000001", "1 h 35 min", "24 November 2026", "Edition 1"):
        assert shown in text
    assert "Issued by Invented Institute" in text
    assert "2026-11-24" not in text


def test_the_word_victim_stands_on_no_sheet(at: datetime) -> None:
    assert "victim" not in paper(sheet(at)).lower()
    assert "жртв" not in paper(sheet(at)).lower()


def test_what_a_person_typed_is_text_and_never_markup(at: datetime) -> None:
    text = paper(sheet(at, name_latin='<img src="file:///etc/passwd">'))
    assert "<img" not in text


def test_one_name_is_enough(at: datetime) -> None:
    assert "Jelena" in paper(sheet(at, name_cyrillic=""))


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "file:///etc/passwd", "static:///../../manage.py", "data:,x"],
)
def test_a_sheet_fetches_nothing_but_the_sites_own_files(address: str) -> None:
    with pytest.raises((ValueError, FileNotFoundError, SuspiciousFileOperation)):
        StaticFilesOnly().fetch(address)


def test_the_pdf_names_its_language_and_holds_its_fonts(at: datetime) -> None:
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", render_sheet(sheet(at)), re.DOTALL)
    pdf = b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x")
    for mark in (b"/Lang (en)", b"/MarkInfo", b"/StructTreeRoot", b"/FontFile"):
        assert mark in pdf


def test_no_two_codes_are_alike() -> None:
    assert len({new_code() for _ in range(200)}) == 200
