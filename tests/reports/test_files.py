"""Files of a report: each format says what page and API say, with real types and a dictionary."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import Enrolment
from people.models import Mandate
from reports.completions import columns_for
from reports.exports import views
from reports.models import Disclosure, Export
from reports.row import COLUMNS
from tests.factories.courses import cohort
from tests.reports.conftest import Justice
from tests.reports.filed import (
    content,
    csv_rows,
    in_parcel,
    json_lines,
    sheets,
    take,
)
from tests.support import complete

pytestmark = pytest.mark.django_db

API = "/api/v1/completions"
CYRILLIC = {chr(letter) for letter in range(0x400, 0x500)}


@pytest.fixture
def people(justice: Justice) -> list[Enrolment]:
    """Three at the court, two of whom have completed; and one whom the officer may not see."""
    found = [justice.learner(personnel_number=f"=A-{number}") for number in range(3)]
    for number, enrolment in enumerate(found[1:]):
        complete(enrolment, justice.course, justice.at + timedelta(days=number))
    justice.learner(institution=justice.ministry)
    group = cohort(justice.course.edition, name="Друга група")
    Enrolment.objects.filter(pk=found[0].pk).update(cohort_key=group.key)
    Mandate.objects.update(identified=True, exact_results=True)
    return found


def api_rows(client: Client, token: str, language: str, **query: str) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    return client.get(API, {"language": language, **query}, headers=headers).json()["rows"]


def as_text(value: Any, language: str) -> str:
    """Return a value of the API as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",") if language != "en" else str(value)
    if isinstance(value, str) and value[10:11] == "T":
        moment = timezone.localtime(datetime.fromisoformat(value))
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    return f"'{value}" if str(value).startswith("=") else str(value)


def as_cell(value: Any, name: str) -> Any:
    """Return a value of the API as a workbook has it: numbers and moments are what they are."""
    if value is None or value == "":
        return None
    if COLUMNS[name].type is datetime:
        moment = timezone.localtime(datetime.fromisoformat(value)).replace(tzinfo=None)
        return moment.replace(microsecond=0)
    if COLUMNS[name].type is date:
        return datetime.fromisoformat(value)
    return value


@pytest.mark.parametrize("query", [{}, {"status": "completed"}], ids=["all", "completed"])
@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_every_file_says_what_page_and_api_say(
    officer: Client,
    token: str,
    justice: Justice,
    people: list[Enrolment],
    language: str,
    query: dict[str, str],
) -> None:
    told = api_rows(officer, token, language, **query)
    for row in told:
        del row["person"]  # each reader has another key of the same person
    columns = columns_for(Mandate.objects.get(holder=justice.mandate.holder))
    rest = [name for name in columns if name != "person"]

    lines = json_lines(content(take(officer, "jsonl-zip", language=language, query=query)))
    for line in lines:
        assert len(line.pop("person")) == 24
    assert lines == told

    mark = "," if language == "en" else ";"
    alone = content(take(officer, "csv", language=language, query=query))
    parcel = content(take(officer, "csv-zip", language=language, query=query))
    assert in_parcel(parcel, "completions.csv") == alone
    rows = [list(row.values()) for row in csv_rows(alone, delimiter=mark)]
    assert [
        [cell for name, cell in zip(columns, row, strict=True) if name != "person"] for row in rows
    ] == [[as_text(row[name], language) for name in rest] for row in told]

    [heads, *cells] = sheets(content(take(officer, "xlsx", language=language, query=query)))[0]
    assert [
        [cell for name, cell in zip(columns, row, strict=True) if name != "person"] for row in cells
    ] == [[as_cell(row[name], name) for name in rest] for row in told]
    assert list(csv_rows(alone, delimiter=mark)[0]) == list(heads)

    page = officer.get(f"/{language}/reports/", query).context["rows"]
    assert [str(row.enrolment) for row in page] == [row["enrolment"] for row in told]


def test_a_workbook_has_types_a_dictionary_and_says_what_it_is(
    officer: Client, justice: Justice, people: list[Enrolment]
) -> None:
    query = {"status": "completed", "institution": str(justice.court.key)}
    rows, dictionary, about = sheets(content(take(officer, "xlsx", query=query)))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert isinstance(first["Completed on"], datetime)
    assert (first["Hours"], first["Result, per cent"], first["Edition"]) == (0.6, 100, 1)
    assert UUID(str(first["Enrolment"]))
    assert first["Personnel number"] == "=A-2"  # a text, as it was typed
    assert [line[1] for line in dictionary[1:]] == list(rows[0])
    said = dict(line[:2] for line in about[1:])
    assert said["Mandate"] == "Judicial Academy"
    assert said["Institution, with all below it"] == "Higher Court"
    assert said["Status"] == "Completed"
    assert said["Rows"] == "2"
    assert said["Names"] == "yes: the file is about people by name"
    assert "one enrolment" in str(said["Definition"])


@pytest.mark.parametrize(
    ("language", "sheet", "institution", "typed"),
    [
        ("sr", "О овом извештају", "Виши суд", "Друга група"),
        ("sr-latn", "O ovom izveštaju", "Viši sud", "Друга група"),
    ],
)
def test_a_file_is_in_the_language_that_was_asked_for_and_not_that_of_the_page(
    officer: Client,
    people: list[Enrolment],
    language: str,
    sheet: str,
    institution: str,
    typed: str,
) -> None:
    rows, dictionary, about = sheets(content(take(officer, "xlsx", language=language)))
    assert about[0][0] == sheet
    assert institution in str(rows)
    assert typed in str(rows)  # what a tutor typed is never converted
    if language == "sr-latn":
        texts = f"{rows[0]} {dictionary} {about}"
        assert not CYRILLIC & set(texts)


def test_a_parcel_explains_itself(officer: Client, people: list[Enrolment]) -> None:
    data = content(take(officer, "jsonl-zip", query={"status": "completed"}))
    about = json.loads(in_parcel(data, "about.json"))
    assert (about["rows"], about["persons"], about["filters"]) == (2, 2, "status=completed")
    assert about["in_words"]["Status"] == "Completed"
    assert about["identified"] is True
    schema = json.loads(in_parcel(data, "schema.json"))
    assert list(schema["properties"]) == list(COLUMNS) == list(json_lines(data)[0])
    entries = csv_rows(in_parcel(data, "dictionary.csv"))
    assert [entry["Column in the API"] for entry in entries] == about["columns"]


def test_without_the_right_no_file_has_names(officer: Client, people: list[Enrolment]) -> None:
    Mandate.objects.update(identified=False, exact_results=False)
    for kind in ("csv", "xlsx", "jsonl-zip"):
        data = content(take(officer, kind))
        said = str(sheets(data)) if kind == "xlsx" else str(data)
        if kind == "jsonl-zip":
            said = str(json_lines(data))
        assert "Uzorković" not in said
        assert "A-1" not in said


def test_a_filter_that_cannot_be_read_is_named(officer: Client, people: list[Enrolment]) -> None:
    for query, said in (
        ({"status": "lost"}, "“Status”"),
        ({"institution": "x"}, "“Institution, with all below it”"),
        ({"first_day": "2026-12-01", "last_day": "2026-11-01"}, "first day"),
    ):
        refused = take(officer, "csv", query=query)
        assert (refused.status_code, said in refused.content.decode()) == (400, True)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"purpose": ""}, "This field is required"),
        ({"purpose": "fun"}, "not one of the available choices"),
        ({"kind": "doc"}, "not one of the available choices"),
        ({"language": "de"}, "not one of the available choices"),
        ({"purpose": "other"}, "Say in a few words what it is for."),
    ],
)
def test_nothing_is_given_without_a_purpose(
    officer: Client, people: list[Enrolment], wrong: dict[str, str], said: str
) -> None:
    asked = {"kind": "csv", "language": "en", "purpose": "records", **wrong}
    refused = officer.post(reverse("new_file"), asked)
    assert said in refused.content.decode()
    assert not Disclosure.objects.exists()


def test_what_was_chosen_is_proposed_the_next_time(officer: Client, justice: Justice) -> None:
    assert officer.get(reverse("reports")).context["file_form"].initial["kind"] == "xlsx"
    content(take(officer, "csv", language="sr", purpose="other", purpose_words="Audit of 2026"))
    form = officer.get(reverse("reports")).context["file_form"]
    assert form.initial == {
        "kind": "csv",
        "language": "en",
        "purpose": "other",
        "purpose_words": "Audit of 2026",
    }


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_a_new_file_is_proposed_in_the_language_of_the_page(
    officer: Client, people: list[Enrolment], language: str
) -> None:
    content(take(officer, "csv", language="sr"))
    form = officer.get(f"/{language}/reports/").context["file_form"]
    assert form.initial["language"] == language


@pytest.mark.parametrize(
    ("language", "label", "help_text"),
    [
        ("en", "In a few words<", "Needed for “Something else”."),
        ("sr", "Укратко, својим речима<", "Потребно је ако изаберете „Нешто друго“."),
    ],
)
def test_whoever_chooses_something_else_is_told_that_it_needs_words(
    officer: Client, justice: Justice, language: str, label: str, help_text: str
) -> None:
    text = officer.get(f"/{language}/reports/").content.decode()
    assert label in text
    assert help_text in text


def test_a_sheet_that_would_be_too_long_is_refused_with_advice(
    officer: Client, people: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exports.forms.ROWS", 3)
    refused = take(officer, "xlsx")
    assert "Choose CSV" in refused.content.decode()
    assert not Disclosure.objects.exists()
    assert take(officer, "csv").streaming


def test_many_rows_become_a_task(
    officer: Client, people: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    assert take(officer, "csv")["Location"] == reverse("files")
    assert Export.objects.get().total == 3
    assert take(officer, "csv", query={"status": "completed"}).status_code == 200


def test_the_dictionary_is_open_to_read_and_writes_nothing(officer: Client) -> None:
    response = officer.get("/sr/reports/dictionary.csv")
    assert "data-dictionary-" in response["Content-Disposition"]
    assert "Службена е-пошта" not in content(response).decode()  # not seen by this mandate
    page = officer.get(reverse("reports")).content.decode()
    assert reverse("dictionary_csv") in page


def test_a_file_says_the_day_in_its_name_and_is_not_kept_by_browsers(
    officer: Client, people: list[Enrolment]
) -> None:
    response = take(officer, "csv-zip")
    day = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="completions-csv-{day}.zip"'
    assert response["Cache-Control"] == "private, no-store"
    content(response)


def test_a_file_of_the_past_says_so_and_a_summary_is_of_now(
    officer: Client, justice: Justice, people: list[Enrolment]
) -> None:
    query = {"as_of": justice.at.date().isoformat()}
    data = content(take(officer, "csv-zip", query=query))
    about = json.loads(in_parcel(data, "about.json"))
    assert (about["rows"], about["participations"], about["completions"]) == (3, 3, 1)
    assert about["as_of"].startswith(f"{justice.at:%Y-%m-%d}T22:59:59")
    assert about["in_words"]["As it stood on"] == "24 November 2026, 23:59"
    assert str(Disclosure.objects.get().as_of).startswith(f"{justice.at:%Y-%m-%d} 22:59:59")
    assert "Of the past take a snapshot." in take(officer, "pdf", query=query).content.decode()
