"""The same rows through three doors: page, file, API; and who may open them."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from courses.models import Enrolment
from people.models import ClientKey, MachineClient, Mandate
from reports.api import CompletionOut
from reports.completions import columns_for
from reports.files import csv_lines
from reports.mandated import is_valid
from reports.row import COLUMNS, CompletionRow
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.reports.filed import content, csv_rows, take
from tests.support import complete

pytestmark = pytest.mark.django_db

API = "/api/v1/completions"
OPENAPI = Path(settings.BASE_DIR) / "docs" / "openapi.json"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def refused(client: Client, token: str, **query: Any) -> tuple[int, str]:
    """Return status and sentence of an answer without rows."""
    answer = client.get(API, query, headers=bearer(token))
    return answer.status_code, answer.json()["detail"]


def pull(client: Client, token: str, **query: Any) -> Any:
    response = client.get(API, query, headers=bearer(token))
    assert response.status_code == 200
    return response.json()


def read_csv(client: Client, **query: str) -> list[dict[str, str]]:
    return csv_rows(content(take(client, "csv", query=query)))


def cell(value: Any) -> str:
    """Return a value of the API as the file shows it."""
    moment = parse_datetime(value) if isinstance(value, str) and "T" in value[10:11] else None
    if moment:
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def test_page_file_and_api_say_the_same(officer: Client, token: str, justice: Justice) -> None:
    for number in range(3):
        enrolment = justice.learner()
        if number:
            complete(enrolment, justice.course, justice.at + timedelta(days=number))
    justice.learner(institution=justice.ministry)
    page = officer.get(reverse("reports")).context
    file, pulled = read_csv(officer), pull(officer, token)
    names = [name for name in columns_for(justice.mandate) if name != "person"]
    on_page = [[getattr(row, name) for name in names] for row in page["rows"]]
    labels = [[row[name] for name in names] for row in pulled["rows"]]
    assert [json_ready(row) for row in on_page] == labels
    headings = dict(zip(columns_for(justice.mandate), file[0], strict=True))
    assert [[row[headings[name]].lower() for name in names] for row in file] == [
        [cell(value).lower() for value in row] for row in labels
    ]
    totals = ("participations", "persons", "completions", "persons_completed")
    assert {name: pulled[name] for name in totals} == vars(page["totals"])
    assert [pulled[name] for name in totals] == [3, 3, 2, 2]


def json_ready(row: list[Any]) -> list[Any]:
    text = json.dumps(row, default=lambda v: v.isoformat() if hasattr(v, "isoformat") else str(v))
    values: list[Any] = json.loads(text.replace("+00:00", "Z"))
    return values


def test_the_file_and_the_page_follow_the_filters(
    officer: Client, token: str, justice: Justice
) -> None:
    done = justice.learner()
    justice.learner()
    complete(done, justice.course, justice.at)
    query = {
        "status": "completed",
        "first_day": "2026-11-24",
        "institution": justice.court.key,
    }
    assert [row["Enrolment"] for row in read_csv(officer, **query)] == [str(done.pk)]  # type: ignore[arg-type]
    assert [row.enrolment for row in officer.get(reverse("reports"), query).context["rows"]] == [
        done.pk
    ]
    assert [row["enrolment"] for row in pull(officer, token, **query)["rows"]] == [str(done.pk)]


def test_a_filter_that_cannot_be_read_is_told_through_every_door(
    officer: Client, token: str
) -> None:
    query = {"status": "lost"}
    assert officer.get(reverse("reports"), query).status_code == 400
    assert take(officer, "csv", query=query).status_code == 400
    answer = officer.get(API, query, headers=bearer(token))
    assert (answer.status_code, "status" in answer.json()["detail"]) == (400, True)


def test_names_are_shown_to_the_identified_right_only(
    officer: Client, token: str, justice: Justice
) -> None:
    justice.learner(personnel_number="A-17")
    for identified in (False, True):
        Mandate.objects.update(identified=identified)
        page = officer.get(reverse("reports")).content.decode()
        file = str(read_csv(officer))
        pulled = pull(officer, token)["rows"][0]
        for door in (page, file, str(pulled)):
            assert ("A-17" in door) == ("Uzorković" in door) == identified
        assert set(pulled) == set(CompletionOut.model_fields)  # the same for every mandate


def line_of(language: str = "en", **values: Any) -> str:
    row = CompletionRow(**dict.fromkeys(COLUMNS) | values)
    return list(csv_lines(rows=[row], columns=list(values), language=language))[1]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n=x"])
def test_what_a_person_typed_is_no_formula(typed: str) -> None:
    assert next(csv.reader(StringIO(line_of(name=typed), newline=""))) == [f"'{typed}"]


def test_what_only_looks_like_one_stays() -> None:
    assert line_of(result=-1.5, name="Ana=Marija") == "-1.5,Ana=Marija\r\n"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "92.5,Завршено,Јела"),
        ("sr", "92,5;Завршено;Јела"),
        ("sr-latn", "92,5;Završeno;Јела"),
    ],
)
def test_the_file_opens_in_the_readers_spreadsheet(language: str, line: str) -> None:
    """Words of the site come in the reader's script; what people typed stays."""
    typed = {"result": 92.5, "status_name": "Завршено", "cohort": "Јела"}
    assert line_of(language, **typed) == f"{line}\r\n"


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_no_two_columns_of_the_file_have_one_heading(
    officer: Client, justice: Justice, language: str
) -> None:
    Mandate.objects.update(identified=True)
    file = content(take(officer, "csv", language=language))
    assert file.startswith(b"\xef\xbb\xbf")
    [headings] = csv.reader(
        StringIO(file.decode("utf-8-sig")), delimiter="," if language == "en" else ";"
    )
    assert len(set(headings)) == len(headings) == len(columns_for(Mandate.objects.get()))


def test_the_page_shows_what_is_looked_for_first_and_says_it_on_a_phone(
    officer: Client, justice: Justice
) -> None:
    enrolment = justice.learner()
    page = officer.get(reverse("reports"))
    row = page.context["rows"][0]
    assert [name for name, _ in page.context["columns"]][:4] == [
        "person",
        "status_name",
        "completed_at",
        "score_band",
    ]
    html = page.content.decode()
    assert f'<abbr title="{row.person}">{row.person[:8]}</abbr>' in html
    assert 'data-label="Institution"' in html
    assert read_csv(officer)[0]["Person key"] == row.person
    Mandate.objects.update(identified=True)
    columns = [name for name, _ in officer.get(reverse("reports")).context["columns"]]
    assert (columns[0], columns[-1]) == ("name", "person")
    assert set(columns) < set(columns_for(Mandate.objects.get()))
    assert enrolment.pk == row.enrolment


def test_on_a_phone_headings_are_in_the_script_of_the_page(
    officer: Client, justice: Justice
) -> None:
    justice.learner()
    assert 'data-label="Институција"' in officer.get("/sr/reports/").content.decode()
    assert 'data-label="Institucija"' in officer.get("/sr-latn/reports/").content.decode()


def test_a_period_that_ends_before_it_begins_is_told_and_kept(officer: Client) -> None:
    query = {"first_day": "2026-12-01", "last_day": "2026-11-01"}
    page = officer.get(reverse("reports"), query)
    assert page.status_code == 400
    html = page.content.decode()
    assert "The first day is later than the last day." in html
    assert 'value="2026-12-01"' in html
    assert 'value="2026-11-01"' in html
    assert take(officer, "csv", query=query).status_code == 400


def test_in_serbian_a_state_is_no_noun(officer: Client, justice: Justice) -> None:
    complete(justice.learner(), justice.course, justice.at)
    assert "Завршено" in officer.get("/sr/reports/").content.decode()


def test_a_mandate_is_called_what_it_was_called(officer: Client) -> None:
    page = officer.get("/sr/reports/").content.decode()
    assert 'Овлашћење: <span translate="no">Judicial Academy</span>' in page


@pytest.mark.parametrize(
    ("language", "institution", "name"),
    [
        ("en", "Higher Court", "Jelena Uzorković"),
        ("sr", "Виши суд", "Јелена Узорковић"),
        ("sr-latn", "Viši sud", "Jelena Uzorković"),
    ],
)
def test_the_file_is_in_the_readers_script(
    officer: Client, justice: Justice, language: str, institution: str, name: str
) -> None:
    justice.learner()
    Mandate.objects.update(identified=True)
    text = content(take(officer, "csv", language=language)).decode("utf-8-sig")
    assert institution in text
    assert name in text
    if language == "sr-latn":
        assert not [char for char in text if "\u0400" <= char <= "\u04ff"]


# --- who may open them ----------------------------------------------------------------------


def test_without_a_mandate_there_is_no_report(officer: Client, justice: Justice) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 2))
    assert officer.get(reverse("reports")).status_code == 403
    assert take(officer, "csv").status_code == 403


def test_an_officer_chooses_among_own_mandates_only(officer: Client, justice: Justice) -> None:
    second = MandateFactory(name="Second", holder=justice.mandate.holder)
    others = MandateFactory(name="Others")
    address = reverse("reports")
    assert officer.get(address, {"mandate": second.pk}).context["mandate"] == second
    assert officer.get(address, {"mandate": others.pk}).status_code == 403
    assert officer.get(address, {"mandate": "x"}).status_code == 403


def spoil(how: str, token: str) -> dict[str, str]:
    past = timezone.now() - timedelta(minutes=1)
    if how == "missing":
        return {}
    if how == "wrong":
        return bearer(token + "x")
    if how == "expired":
        ClientKey.objects.update(expires_at=past)
    if how == "revoked":
        MachineClient.objects.update(revoked_at=past)
    if how == "mandate over":
        Mandate.objects.update(valid_to=date(2026, 1, 2))
    if how == "mandate not begun":
        Mandate.objects.update(valid_from=date(2999, 1, 1))
    if how == "no mandate":
        Mandate.objects.all().delete()
    return bearer(token)


@pytest.mark.parametrize("how", ["missing", "wrong", "expired", "revoked"])
def test_the_api_opens_to_a_valid_token_only(client: Client, token: str, how: str) -> None:
    assert client.get(API, headers=bearer(token)).status_code == 200
    answer = client.get(API, headers=spoil(how, token))
    assert answer.status_code == 401
    # Whoever forgot the token and whoever has a bad one mend different things (RFC 6750, 3.1).
    is_bad = how != "missing"
    assert ("opens nothing" in answer.json()["detail"]) is is_bad
    assert ('error="invalid_token"' in answer["WWW-Authenticate"]) is is_bad


@pytest.mark.parametrize("how", ["mandate over", "mandate not begun", "no mandate"])
def test_a_client_without_a_mandate_is_told_so(client: Client, token: str, how: str) -> None:
    spoil(how, token)
    status, said = refused(client, token)
    assert (status, "no mandate that holds today" in said) == (403, True)


def test_a_signed_in_person_is_no_machine(officer: Client) -> None:
    assert officer.get(API).status_code == 401


def test_a_mandate_begins_by_the_calendar_of_belgrade(justice: Justice) -> None:
    mandate = MandateFactory(valid_from=date(2026, 11, 10), valid_to=date(2026, 11, 10))
    assert is_valid(mandate, datetime(2026, 11, 9, 23, 0, tzinfo=UTC))
    assert not is_valid(mandate, datetime(2026, 11, 10, 23, 0, tzinfo=UTC))


def test_pages_of_the_api_join_into_the_whole(client: Client, token: str, justice: Justice) -> None:
    made = {str(justice.learner().pk) for _ in range(5)}
    pages = [pull(client, token, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [len(page["rows"]) for page in pages] == [2, 2, 1, 0]
    assert {row["enrolment"] for page in pages for row in page["rows"]} == made
    assert {page["participations"] for page in pages} == {5}


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"offset": -1}])
def test_the_api_gives_so_much_at_a_time(client: Client, token: str, query: dict[str, int]) -> None:
    status, said = refused(client, token, **query)
    assert (status, next(iter(query)) in said) == (400, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("proffesion", "judge"),
        ("mandate", "1"),
        ("profession", "jugde"),
        ("institution", "4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11"),
        ("course", "4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11"),
        ("language", "de"),
        ("limit", "many"),
        ("first_day", "2026-13-01"),
        ("days", "next-year"),
        ("period", "born"),
        ("cohort", "4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11"),
    ],
)
def test_a_wrong_filter_is_never_read_as_everybody(
    client: Client, token: str, name: str, value: str
) -> None:
    status, said = refused(client, token, **{name: value})
    assert (status, name in said) == (400, True)
    if name in ("profession", "institution", "course", "cohort"):
        assert value in said


def test_too_many_requests_are_told_when_to_come_back(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda *_: False)
    answer = client.get(API, headers=bearer(token))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_row_names_things_by_key_and_in_words(
    client: Client, token: str, justice: Justice
) -> None:
    justice.learner()
    [row] = pull(client, token)["rows"]
    assert (row["profession"], row["profession_name"]) == ("judge", "Judge")
    assert (row["institution"], row["institution_name"]) == (
        str(justice.court.key),
        "Higher Court",
    )
    assert (row["course"], row["course_name"]) == (str(justice.course.edition.course_key), "Core")
    assert (row["status"], row["status_name"]) == ("enrolled", "Enrolled")
    again = pull(client, token, profession=row["profession"], institution=row["institution"])
    assert again["rows"] == [row]


def test_the_language_of_names_is_asked_for_and_never_guessed(
    client: Client, token: str, justice: Justice
) -> None:
    justice.learner()
    for language, name, status in (
        ("sr", "Виши суд", "Уписано"),
        ("sr-latn", "Viši sud", "Upisano"),
    ):
        headers = bearer(token) | {"accept-language": language}
        [row] = client.get(API, headers=headers).json()["rows"]
        assert row["institution_name"] == "Higher Court"
        [row] = pull(client, token, language=language)["rows"]
        assert (row["institution_name"], row["status_name"]) == (name, status)
        assert row["institution"] == str(justice.court.key)


def test_every_parameter_and_every_refusal_is_described() -> None:
    described = json.loads(OPENAPI.read_text())["paths"]["/api/v1/completions"]["get"]
    assert [p["name"] for p in described["parameters"] if not p.get("description")] == []
    for code in ("400", "401", "403", "429"):
        assert described["responses"][code]["content"]["application/json"]["schema"]


def test_the_description_of_the_api_is_the_committed_one() -> None:
    """After a change on purpose:

    manage.py export_openapi_schema --api config.api.api --indent 2 --sorted > docs/openapi.json
    """
    wanted = ["--api=config.api.api", "--indent=2", "--sorted"]
    described = StringIO()
    call_command("export_openapi_schema", *wanted, stdout=described)
    assert OPENAPI.read_text() == described.getvalue()


def test_a_slip_in_an_address_is_told_as_one(client: Client) -> None:
    for slip in ("/api/v1/completion", "/api/v2/completions", "/api/"):
        answer = client.get(slip)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
        assert "/api/v1/docs" in answer.json()["detail"]


def test_the_description_can_be_read_by_anyone(client: Client) -> None:
    assert client.get("/api/v1/openapi.json").json() == json.loads(OPENAPI.read_text())
    docs = client.get("/api/v1/docs")
    assert docs.status_code == 200
    assert list(foreign_addresses(docs.content.decode())) == []


def foreign_addresses(html: str) -> Iterator[str]:
    for part in html.split('="')[1:]:
        address = part.split('"')[0]
        if address.startswith(("http://", "https://", "//")):
            yield address


def test_no_enrolment_is_named_twice(officer: Client, justice: Justice) -> None:
    for _ in range(3):
        justice.learner()
    listed = [row["Enrolment"] for row in read_csv(officer)]
    assert len(listed) == len(set(listed)) == Enrolment.objects.count()
