"""The pages of the obliged: upload, look, confirm, replace, delete; and their files."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from people.models import Mandate
from reports.coverage import reading
from reports.models import ObligedList, ObligedPerson
from tests.factories.people import MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.reports.filed import content, take_people
from tests.reports.obliged import by_email, csv_of, listed, with_names, workbook_of
from tests.support import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeing(officer: Client, justice: Justice) -> Client:
    """The officer, whose mandate sees names."""
    with_names(justice)
    return officer


def upload(client: Client, justice: Justice, file: io.BytesIO, **about: Any) -> Any:
    said = {
        "name": "Judges of 2026",
        "courses": [str(justice.course.course.translation_key)],
        "due_on": "2100-12-31",
        "counts_from": "",
        "file": file,
    }
    return client.post(reverse("coverage_new"), said | about, follow=True)


def confirmed(client: Client, response: Any, what: str = "confirm") -> Any:
    address = reverse("coverage_check", args=[response.context["obliged"].key])
    said = {"upload": response.context["upload"].key, "what": what}
    return client.post(address, said, follow=True)


def test_an_officer_uploads_looks_and_confirms(seeing: Client, justice: Justice) -> None:
    complete(justice.learner(email="done@sud.example"), justice.course, justice.at)
    file = csv_of("E-mail;Име", "done@sud.example;Ана", "nobody@sud.example;Бојан", "x;Вера")
    looked = upload(seeing, justice, file)
    assert looked.templates[0].name == "reports/coverage/check.html"
    assert (looked.context["all"].obliged, looked.context["all"].matched) == (2, 1)
    [refusal] = looked.context["refused"]
    assert (refusal.line, refusal.reason) == (4, "email")
    shown = confirmed(seeing, looked)
    assert shown.context["all"].percent == 50
    assert [one.person.name for one in shown.context["page"]] == ["Бојан"]
    assert "Judges of 2026" in seeing.get(reverse("coverage")).content.decode()
    told = seeing.get(reverse("coverage_refused", args=[ObligedList.objects.get().key]))
    assert "Line 4:" in told.content.decode()


def test_what_was_not_looked_at_is_not_confirmed(seeing: Client, justice: Justice) -> None:
    first = upload(seeing, justice, by_email("a@sud.example"))
    key = ObligedList.objects.get().key
    seeing.post(reverse("coverage_replace", args=[key]), {"file": by_email("b@sud.example")})
    again = confirmed(seeing, first)
    assert again.templates[0].name == "reports/coverage/check.html"
    assert not ObligedList.objects.filter(uploads__confirmed_at__isnull=False).exists()
    confirmed(seeing, again, what="discard")
    assert not ObligedList.objects.exists()


def test_a_list_without_anybody_cannot_be_put_in_force(seeing: Client, justice: Justice) -> None:
    looked = upload(seeing, justice, by_email("no address"))
    assert "nothing to put in force" in looked.content.decode()
    assert confirmed(seeing, looked).status_code == 404


def test_a_newer_file_says_what_changes(seeing: Client, justice: Justice) -> None:
    key = listed(justice, "stays@sud.example", "goes@sud.example").obliged.key
    file = by_email("stays@sud.example", "comes@sud.example")
    looked = seeing.post(reverse("coverage_replace", args=[key]), {"file": file}, follow=True)
    assert [one.email for one in looked.context["added"]] == ["comes@sud.example"]
    assert [one.email for one in looked.context["gone"]] == ["goes@sud.example"]
    shown = confirmed(seeing, looked)
    assert "1 new, 1 gone" in " ".join(shown.content.decode().split())


def test_a_file_or_form_with_a_slip_says_so(
    seeing: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    slips: list[tuple[io.BytesIO, dict[str, Any], str]] = [
        (csv_of("Name", "Ana"), {}, "file"),
        (by_email("a@sud.example"), {"name": ""}, "name"),
        (by_email("a@sud.example"), {"courses": []}, "courses"),
        (by_email("a@sud.example"), {"counts_from": "2101-01-01"}, "counts_from"),
        (by_email("a@sud.example"), {"due_on": "0001-01-01"}, "due_on"),
    ]
    for file, about, field in slips:
        answer = upload(seeing, justice, file, **about)
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    monkeypatch.setattr("reports.coverage.forms.MOST_BYTES", 10)
    answer = upload(seeing, justice, by_email("a@sud.example"))
    assert "larger than 5 MB" in answer.content.decode()
    assert not ObligedPerson.objects.exists()
    assert reading.MOST_BYTES == 5 * 1024 * 1024


def test_an_officer_who_sees_no_names_is_told_why(officer: Client, justice: Justice) -> None:
    answer = upload(officer, justice, by_email("a@sud.example"))
    assert answer.status_code == 403
    assert "figures without names" in answer.content.decode()
    assert not ObligedList.objects.exists()


def test_a_list_is_read_with_its_own_mandate_only(seeing: Client, justice: Justice) -> None:
    mine = listed(justice, "a@sud.example").obliged
    other = MandateFactory(holder=justice.mandate.holder, institutions=[justice.ministry])
    listed(justice, "b@sud.example", mandate=MandateFactory(identified=True))
    first = seeing.get(reverse("coverage"), {"mandate": justice.mandate.pk})
    assert list(first.context["lists"]) == [mine]
    assert seeing.get(reverse("coverage"), {"mandate": other.pk}).status_code == 403
    others = Mandate.objects.exclude(holder=justice.mandate.holder).get()
    assert seeing.get(reverse("coverage_new"), {"mandate": others.pk}).status_code == 403


def test_a_list_whose_time_is_over_is_gone(seeing: Client, justice: Justice) -> None:
    key = listed(justice, "a@sud.example").obliged.key
    ObligedList.objects.update(ends_on=date(2020, 1, 1))
    assert seeing.get(reverse("coverage_list", args=[key])).status_code == 404
    assert not seeing.get(reverse("coverage")).context["lists"]


def test_a_list_is_deleted_by_its_holder(seeing: Client, justice: Justice) -> None:
    key = listed(justice, "a@sud.example").obliged.key
    address = reverse("coverage_delete", args=[key])
    assert seeing.get(address).status_code == 200
    assert ObligedPerson.objects.exists()
    seeing.post(address)
    assert not ObligedPerson.objects.exists()


def test_filters_stand_in_the_address_and_in_the_files(seeing: Client, justice: Justice) -> None:
    complete(justice.learner(email="done@sud.example"), justice.course, justice.at)
    key = listed(justice, "done@sud.example", "nobody@sud.example").obliged.key
    address = reverse("coverage_list", args=[key])
    everybody = seeing.get(address, {"state": "all", "order": "line"})
    assert everybody.context["page"].paginator.count == 2
    some = seeing.get(address, {"state": "all", "institution": str(justice.court.key)})
    assert [one.person.email for one in some.context["page"]] == ["done@sud.example"]
    file = take_people(seeing, key, state="completed")
    heads, row = csv.reader(io.StringIO(content(file).decode("utf-8-sig")))
    assert dict(zip(heads, row, strict=True))["State"] == "Completed"
    assert file["Cache-Control"] == "no-store, private"


def test_a_cell_of_the_file_runs_nothing(seeing: Client, justice: Justice) -> None:
    looked = upload(seeing, justice, csv_of("E-mail,Name", 'a@sud.example,"=HYPERLINK(1)"'))
    key = confirmed(seeing, looked).context["obliged"].key
    text = content(take_people(seeing, key)).decode()
    assert "'=HYPERLINK(1)" in text
    book = content(take_people(seeing, key, "xlsx"))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book)).active for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]


def test_what_one_downloads_one_can_upload_again(seeing: Client, justice: Justice) -> None:
    template = seeing.get(reverse("coverage_template", args=["xlsx"])).content
    book = openpyxl.load_workbook(io.BytesIO(template))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    looked = upload(seeing, justice, workbook_of(*rows))
    assert (looked.context["all"].obliged, looked.context["refused"]) == (1, [])
    assert seeing.get("/en/reports/coverage/template.pdf").status_code == 404


def test_figures_for_others_hide_small_cells(seeing: Client, justice: Justice) -> None:
    for number in range(7):
        UserFactory(
            email=f"j{number}@sud.example", institution=justice.court, profession=justice.judge
        )
    key = listed(justice, *(f"j{number}@sud.example" for number in range(9))).obliged.key
    file = seeing.get(reverse("coverage_figures", args=[key, "profession", "csv"]))
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    # Two without an account have no profession: so few are hidden, and the seven with them.
    assert {cell for line in lines[1:] for cell in line[1:]} == {"hidden"}
    assert seeing.get(f"/en/reports/coverage/{key}/by-name.csv").status_code == 404


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_asks_the_same_for_one_and_for_many(
    seeing: Client, justice: Justice, count: int, django_assert_num_queries: Any
) -> None:
    addresses = [f"judge{number}@sud.example" for number in range(count)]
    for address in addresses:
        justice.learner(email=address)
    key = listed(justice, *addresses).obliged.key
    page = reverse("coverage_list", args=[key])
    seeing.get(page)
    with django_assert_num_queries(26):
        assert seeing.get(page).context["page"].paginator.count == count
