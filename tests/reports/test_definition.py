"""One definition of the completion row: page, file, API and dictionary are made from it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.models import Mandate
from reports.columns import RIGHTS, SOURCES, TYPES, Right, Shown
from reports.completions import columns_for, page_columns_for
from reports.dictionary import data_dictionary
from reports.joining import rows
from reports.row import COLUMNS
from reports.schema import as_json
from tests.reports.conftest import Justice
from tests.reports.filed import content, take

pytestmark = pytest.mark.django_db

OPENAPI = Path(settings.BASE_DIR) / "docs" / "openapi.json"
RIGHT_SETS = [(False, False), (True, False), (False, True), (True, True)]


def seen_by(identified: bool, exact: bool) -> set[str]:
    rights = {Right.EVERYONE} | ({Right.IDENTIFIED} if identified else set())
    rights |= {Right.EXACT} if exact else set()
    return {one.name for one in COLUMNS.values() if one.right in rights}


@pytest.mark.parametrize(("identified", "exact"), RIGHT_SETS)
def test_a_mandate_has_values_only_where_it_has_the_right(
    justice: Justice, identified: bool, exact: bool
) -> None:
    justice.mandate.identified, justice.mandate.exact_results = identified, exact
    [row] = rows(mandate=justice.mandate, enrolments=[justice.learner(personnel_number="A-1")])
    visible = seen_by(identified, exact)
    assert set(columns_for(justice.mandate)) == visible
    assert set(page_columns_for(justice.mandate)) <= visible
    values = as_json(row, "en")
    assert list(values) == list(COLUMNS)
    assert {name for name in COLUMNS if name not in visible and values[name] is not None} == set()


def test_everything_is_said_of_every_column() -> None:
    for one in COLUMNS.values():
        assert one.type in TYPES, one.name
        assert one.right in RIGHTS, one.name
        assert one.source in SOURCES, one.name
        assert str(one.description).endswith("."), one.name
        # Without the right a value is null: the schema must allow it.
        assert one.right == Right.EVERYONE or one.optional, one.name
    places = [one.place for one in COLUMNS.values() if one.place is not None]
    assert len(set(places)) == len(places)


def test_the_schema_has_the_columns_and_their_descriptions() -> None:
    schema = json.loads(OPENAPI.read_text())["components"]["schemas"]["CompletionOut"]
    assert schema["properties"].keys() == COLUMNS.keys()
    assert set(schema["required"]) == set(COLUMNS)
    for name, one in COLUMNS.items():
        assert schema["properties"][name]["description"].startswith(str(one.description))


@pytest.mark.parametrize(
    ("language", "heading", "seen"),
    [
        ("en", "Official e-mail", "mandates with the identified right"),
        ("sr", "Службена е-пошта", "овлашћења са правом на имена"),
        ("sr-latn", "Službena e-pošta", "ovlašćenja sa pravom na imena"),
    ],
)
def test_the_dictionary_of_the_api(
    client: Client, token: str, language: str, heading: str, seen: str
) -> None:
    headers = {"authorization": f"Bearer {token}"}
    address = "/api/v1/completions/dictionary"
    entries = client.get(address, {"language": language}, headers=headers).json()
    assert [entry["name"] for entry in entries] == list(COLUMNS)
    [email] = [entry for entry in entries if entry["name"] == "email"]
    assert (email["heading"], email["seen_by"]) == (heading, seen)
    assert client.get(address).status_code == 401
    assert client.get(address, {"language": "de"}, headers=headers).status_code == 400
    assert client.get(address, {"profession": "judge"}, headers=headers).status_code == 400


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_the_dictionary_beside_the_file(officer: Client, justice: Justice, language: str) -> None:
    Mandate.objects.update(identified=True)
    response = officer.get(f"/{language}/reports/dictionary.csv")
    assert "data-dictionary-" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter="," if language == "en" else ";"))
    assert [line[0] for line in lines[1:]] == columns_for(Mandate.objects.get())
    file = content(take(officer, "csv", language=language))
    [headings] = csv.reader(
        StringIO(file.decode("utf-8-sig")),
        delimiter="," if language == "en" else ";",
    )
    assert [line[1] for line in lines[1:]] == headings
    if language == "sr-latn":
        assert not [char for char in text if "\u0400" <= char <= "\u04ff"]


def test_the_page_leads_to_the_dictionary(officer: Client) -> None:
    page = officer.get(reverse("reports")).content.decode()
    assert reverse("dictionary_csv") in page


def test_no_word_of_a_person_is_converted() -> None:
    typed = {one.name for one in COLUMNS.values() if one.shown == Shown.TYPED}
    assert {"name", "email", "personnel_number", "cohort", "person"} <= typed
    assert [entry.name for entry in data_dictionary(names=["cohort"], language="en")] == ["cohort"]
