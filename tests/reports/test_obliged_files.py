"""A file of the obliged: read whatever the office wrote it with, and every line told."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reports.coverage import reading
from reports.coverage.checking import REASONS, Refusal
from reports.coverage.errors import (
    ColumnTwice,
    FileTooLarge,
    JmbgColumn,
    NobodyOnIt,
    NoHeadings,
    TooManyLines,
    UnreadableList,
)
from reports.models import ObligedList, ObligedUpload
from tests.factories.people import InstitutionFactory
from tests.reports.conftest import Justice
from tests.reports.obliged import by_email, csv_of, read, refused, taken, workbook_of

pytestmark = pytest.mark.django_db

QUESTIONS = 23
ANA, BOJAN = "ana@sud.example", "bojan@sud.example"


@pytest.mark.parametrize(
    ("heading", "mark", "encoding"),
    [
        ("Official e-mail{0}Name{0}Institution", ",", "utf-8"),
        ("OFFICIAL E-MAIL{0}full name{0}Court", ";", "utf-8-sig"),
        ("Службена е-пошта{0}Име и презиме{0}Установа", ";", "utf-8"),
        ("Службена е-пошта{0}Име и презиме{0}Установа", ";", "cp1251"),
        ("Službena e-pošta{0}Ime i prezime{0}Ustanova", ",", "cp1250"),
        ("E-pošta{0}Ime i prezime{0}Sud", "\t", "utf-8"),
    ],
)
def test_offices_write_files_in_many_ways(
    justice: Justice, heading: str, mark: str, encoding: str
) -> None:
    cyrillic = encoding == "cp1251" or "пошта" in heading
    name, place = ("Љиља Ћирић", "Виши суд") if cyrillic else ("Đorđe Šćepić", "Viši sud")
    place = "Higher Court" if "FFICIAL" in heading.upper() else place
    file = csv_of(heading.format(mark), f"{ANA}{mark}{name}{mark}{place}", encoding=encoding)
    [person] = read(justice, file).people.all()
    assert (person.email, person.name) == (ANA, name)
    assert person.institution_key == justice.court.key


def test_a_workbook_is_read_too_with_its_numbers(justice: Justice) -> None:
    file = workbook_of(
        ["Персонални број", "Име", "Установа", "Е-пошта"],
        [1042, "Ана", "Виши суд", None],
        [None, None, None, None],
        [77.0, "Бојан", "ВИШИ  СУД", "Bojan@Sud.example"],
    )
    upload = read(justice, file)
    assert taken(upload) == {2: "1042", 4: BOJAN}
    assert [one.personnel_number for one in upload.people.order_by("line")] == ["1042", "77"]


def test_every_line_is_taken_or_told_with_its_reason(justice: Justice) -> None:
    InstitutionFactory(name_sr="Друго министарство", name_en="Another")
    file = csv_of(
        "Official e-mail,Personnel number,Name,Institution",
        f"{ANA},,Ana,Higher Court",
        ",,Nobody at all,",
        "not an address,,,",
        ",7,,Another",
        ",7,,High Council",
        "",
        f" {ANA.upper()} ,,Ana again,",
        ",7,,High Council",
        f"{BOJAN},0101990710006,,",
        "c@sud.example,,0101990 710006,",
        f"{'x' * 260}@sud.example,,,",
        '"d@sud.example",,"two',
        'lines",',
        "e@sud.example",
    )
    upload = read(justice, file)
    assert taken(upload) == {2: ANA, 6: "7", 13: "d@sud.example", 15: "e@sud.example"}
    assert refused(upload) == {
        3: "nobody",
        4: "email",
        5: "place",
        8: "double",
        9: "double",
        10: "jmbg",
        11: "jmbg",
        12: "long",
    }


def test_an_institution_outside_of_the_mandate_is_refused_beside_an_address_too(
    justice: Justice,
) -> None:
    """It would make a group of its own in figures that are of the mandate's institutions."""
    InstitutionFactory(name_sr="Полицијска управа", name_en="Police Directorate")
    file = csv_of(
        "Official e-mail,Institution",
        f"{ANA},Police Directorate",
        f"{BOJAN},Неки измишљени орган",
        "c@sud.example,",
        "d@sud.example,ВИШИ СУД",
    )
    upload = read(justice, file)
    assert taken(upload) == {4: "c@sud.example", 5: "d@sud.example"}
    assert refused(upload) == {2: "institution", 3: "institution"}
    with override("sr"):
        assert "оставите празно" in Refusal(2, "institution").words


def test_a_jmbg_is_found_wherever_it_hides(justice: Justice) -> None:
    """Also in a column that nobody asked for, amid words, or as a number without its zero."""
    file = workbook_of(
        ["Official e-mail", "Remark"],
        [ANA, "born 0101990710006, Niš"],
        [BOJAN, 101990710006],
        ["c@sud.example", "+381 11 1234567"],
    )
    upload = read(justice, file)
    assert refused(upload) == {2: "jmbg", 3: "jmbg"}
    assert "0101990710006" not in str(list(ObligedUpload.objects.values()))


def test_reasons_are_told_in_the_language_of_the_reader() -> None:
    with override("sr"):
        assert "2" in Refusal(5, "double", 2).words
        words = [Refusal(5, reason, 2).words for reason in REASONS]
    assert all("А" <= text[0] <= "ш" or text[0] in "ЈЉЊЏЂЋ" for text in words)


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (csv_of("Name,Institution", "Ana,Higher Court"), NoHeadings),
        (csv_of("Personnel number,Name", "7,Ana"), NoHeadings),
        (csv_of("Official e-mail,JMBG", f"{ANA},"), JmbgColumn),
        (csv_of("Е-пошта,Матични број", f"{ANA},"), JmbgColumn),
        (csv_of("E-mail,Official e-mail", f"{ANA},{ANA}"), ColumnTwice),
        (csv_of("Official e-mail"), NobodyOnIt),
        (csv_of(""), NoHeadings),
        (io.BytesIO(b"Official e-mail\x00"), UnreadableList),
        (io.BytesIO(b"PK\x03\x04 this is no workbook"), UnreadableList),
    ],
)
def test_a_file_that_says_too_little_or_too_much_is_refused_whole(
    justice: Justice, file: io.BytesIO, error: type[UnreadableList]
) -> None:
    with pytest.raises(error):
        read(justice, file)
    assert not ObligedList.objects.exists()


def test_a_zip_that_is_no_workbook_is_refused(justice: Justice) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parcel:
        parcel.writestr("xl/nothing.xml", "<a/>")
    with pytest.raises(UnreadableList):
        read(justice, file)


def test_a_workbook_that_swells_is_not_unpacked(
    justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_UNPACKED", 1000)
    with pytest.raises(FileTooLarge):
        read(justice, workbook_of(["Official e-mail"], [ANA]))


def test_what_is_too_much_is_refused(justice: Justice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 2)
    assert len(taken(read(justice, by_email(ANA, BOJAN)))) == 2
    with pytest.raises(TooManyLines):
        read(justice, by_email(ANA, BOJAN, "c@sud.example"))
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(FileTooLarge):
        read(justice, by_email(ANA))


def test_an_institution_name_that_two_have_finds_neither(justice: Justice) -> None:
    InstitutionFactory(parent=justice.council, name_sr="Виши суд", name_en="Higher Court in B")
    file = csv_of("Personnel number,Institution", "1,Виши суд", "2,Higher Court in B")
    upload = read(justice, file)
    assert (taken(upload), refused(upload)) == ({3: "2"}, {2: "place"})


@pytest.mark.parametrize(("people", "batches"), [(1, 1), (900, 1), (20_000, 20)])
def test_the_largest_file_asks_one_more_question_a_thousand(
    justice: Justice, people: int, batches: int
) -> None:
    file = by_email(*(f"person{number}@sud.example" for number in range(people)))
    with CaptureQueriesContext(connection) as asked:
        upload = read(justice, file)
    assert upload.people.count() == people
    stored = [one for one in asked if 'INSERT INTO "reports_obligedperson"' in one["sql"]]
    # SQLite takes fewer rows in one statement than PostgreSQL.
    assert len(asked) - len(stored) == QUESTIONS
    assert len(stored) >= batches
