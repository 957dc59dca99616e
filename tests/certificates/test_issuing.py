"""A certificate: issued once, stored once, never made again."""

import hashlib
import re
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from certificates import issuing, sheets
from certificates.claims import band_of, claim_of, class_of
from certificates.design import design_for
from certificates.errors import BeingIssued
from certificates.issuing import issue
from certificates.models import ACHIEVEMENT, ATTENDANCE, Certificate, Sheet, new_code
from certificates.paper import sheet_html
from certificates.printing import OwnFilesOnly
from certificates.rendering import render_sheet
from certificates.sheets import LEASE, begin_sheet
from courses.models import Enrolment, ModulePage
from lrs.events import Event
from lrs.models import Statement
from lrs.rebuilding import differences, found_amiss
from people.actors import actor_id
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
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

    drawn_as(monkeypatch, render)
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


def test_of_two_workers_that_race_one_draws_and_the_other_comes_again(
    completed: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(sheet: Sheet) -> bytes:
        with pytest.raises(BeingIssued):  # while the first draws, the second is sent away
            issue(registration=completed.pk, at=at + timedelta(seconds=1))
        return f"%PDF of {sheet.serial}".encode()

    drawn_as(monkeypatch, render)
    made = issue(registration=completed.pk, at=at)
    assert made == issue(registration=completed.pk, at=at) == Sheet.objects.get()
    assert files_of(made) == [made.file.name]
    assert Statement.objects.filter(verb=verbs.EARNED.id).count() == 1


def test_a_worker_that_died_between_file_and_row_leaves_no_file_behind(
    completed: Enrolment, at: datetime, drawn_quickly: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = dies_after_the_file(completed, at, monkeypatch)
    assert len(files_of(begun)) == 1
    with pytest.raises(BeingIssued):  # it may still live
        issue(registration=completed.pk, at=at + LEASE)
    made = issue(registration=completed.pk, at=at + LEASE + timedelta(seconds=1))
    assert made is not None
    assert (made.serial, made.code) == (begun.serial, begun.code)
    assert files_of(made) == [made.file.name]
    assert Certificate.objects.get().sha256 == made.sha256


def test_a_worker_that_wakes_after_its_lease_changes_nothing(
    completed: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = at + LEASE + timedelta(seconds=1)
    asleep = iter([True])

    def render(sheet: Sheet) -> bytes:
        if next(asleep, False):
            issue(registration=completed.pk, at=late)
            return b"%PDF that came too late"
        return b"%PDF in time"

    drawn_as(monkeypatch, render)
    with pytest.raises(BeingIssued):
        issue(registration=completed.pk, at=at)
    made = Sheet.objects.get()
    assert files_of(made) == [made.file.name]
    assert made.file.read() == b"%PDF in time"
    assert Certificate.objects.get().sha256 == made.sha256


def files_of(sheet: Sheet) -> list[str]:
    """Return the stored files of this certificate, known to a row or not."""
    storage = sheet.file.storage
    folders = [Path(storage.location) / "certificates"]
    found = [file for folder in folders for file in folder.rglob(f"{sheet.key}*")]
    return [str(file.relative_to(storage.location)) for file in found]


def dies_after_the_file(
    completed: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Sheet:
    """Let a worker die once the file is written; return the sheet that it leaves."""

    def die(content: bytes) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(sheets, "fingerprint", die)
        with pytest.raises(SystemExit):
            issue(registration=completed.pk, at=at)
    return Sheet.objects.get()


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
    completed: Enrolment, at: datetime, drawn_quickly: list[Sheet]
) -> None:
    fields = claim_of(completed.pk).fields
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Belgrade
    serials = [
        begin_sheet(registration=uuid4(), generation=1, fields=fields, at=moment).serial
        for moment in (at, at, new_year)
    ]
    assert serials == ["PTK-2026-0000001", "PTK-2026-0000002", "PTK-2027-0000001"]


def test_the_published_rule_decides_on_the_class(completed: Enrolment) -> None:
    fields = claim_of(completed.pk).fields
    assert (fields["certificate_class"], fields["score_band"]) == (ACHIEVEMENT, "90–100")
    assert class_of({"complete": "all required", "result": []}) == ATTENDANCE
    assert [band_of(one) for one in (None, 0.0, 0.7, 0.799, 0.89999, 1.0)] == [
        "", "0–9", "70–79", "70–79", "80–89", "90–100",
    ]  # fmt: skip


def test_the_sheet_names_the_modules_of_the_edition(completed: Enrolment) -> None:
    modules = claim_of(completed.pk).fields["modules"]
    titles = ModulePage.objects.filter(locale__language_code="en").values_list("title", flat=True)
    assert [module["title"]["en"] for module in modules] == list(titles)
    assert sum(module["minutes"] for module in modules) == completed.minutes


def test_files_that_are_missing_or_altered_are_named(
    completed: Enrolment, learner: User, at: datetime, drawn_quickly: list[Sheet]
) -> None:
    made = issue(registration=completed.pk, at=at)
    assert made is not None
    assert found_amiss() == []
    path = Path(made.file.path)
    path.write_bytes(b"%PDF with more hours")
    assert found_amiss() == [f"certificates: {made.serial}: the file was altered"]
    path.unlink()
    assert found_amiss() == [f"certificates: {made.serial}: the file is missing"]
    erase(user=learner, own_wish=True, at=at)
    assert found_amiss() == []


def test_erasing_somebody_leaves_no_name_on_a_sheet_that_is_being_drawn(
    completed: Enrolment, learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(sheet: Sheet) -> bytes:
        erase(user=learner, own_wish=True, at=at)
        return b"%PDF with a name"

    drawn_as(monkeypatch, render)
    with pytest.raises(BeingIssued):
        issue(registration=completed.pk, at=at)
    assert not Sheet.objects.exists()
    assert issue(registration=completed.pk, at=at) is None


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
    return sheet_html(made, design_for(made))


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
    assert '<img src="file' not in text
    assert "&lt;img src=&quot;file" in text


def test_one_name_is_enough(at: datetime) -> None:
    assert "Jelena" in paper(sheet(at, name_cyrillic=""))


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "file:///etc/passwd", "static:///../../manage.py", "data:,x"],
)
def test_a_sheet_fetches_nothing_but_the_sites_own_files(address: str) -> None:
    with pytest.raises((ValueError, FileNotFoundError, SuspiciousFileOperation)):
        OwnFilesOnly().fetch(address)


def test_the_pdf_names_its_language_and_holds_its_fonts(at: datetime) -> None:
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", render_sheet(sheet(at)), re.DOTALL)
    pdf = b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x")
    for mark in (b"/Lang (en)", b"/MarkInfo", b"/StructTreeRoot", b"/FontFile"):
        assert mark in pdf


def test_no_two_codes_are_alike() -> None:
    assert len({new_code() for _ in range(200)}) == 200
