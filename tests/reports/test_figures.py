"""Figures by group on the page and in files: true inside the mandate, suppressed outside."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Enrolment
from people.models import Institution
from reports.aggregates import Figures
from reports.charts import MONTHS, SHOWN, chart_of
from reports.tabs import TABS, Group
from tests.factories.people import InstitutionFactory
from tests.reports.conftest import Justice

pytestmark = pytest.mark.django_db


def completed(
    justice: Justice, count: int, at: datetime, institution: Institution | None = None
) -> None:
    """Let so many people complete the course on a day."""
    keys = [justice.learner(institution=institution).pk for _ in range(count)]
    Enrolment.objects.filter(pk__in=keys).update(completed_at=at, minutes=90)


MARCH, MAY = datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 5, 5, tzinfo=UTC)


@pytest.fixture
def courts(justice: Justice) -> None:
    """Seven at the court, two at another court: the second are too few to be told of."""
    completed(justice, 7, MARCH)
    small = InstitutionFactory(parent=justice.council, name_en="Small Court", name_sr="Мали суд")
    completed(justice, 2, MAY, small)


def lines(client: Client, **query: Any) -> dict[str, list[str]]:
    table = client.get(reverse("reports"), query).context["table"]
    return {label: [said for _heading, said in cells] for label, cells in table.lines}


def test_inside_the_mandate_figures_are_true(officer: Client, courts: None) -> None:
    assert lines(officer, by="institution") == {
        "Higher Court": ["7", "7", "7", "7", "10.5"],
        "Small Court": ["2", "2", "2", "2", "3.0"],
    }
    assert lines(officer, by="month") == {
        "March 2026": ["7", "7", "10.5"],
        "May 2026": ["2", "2", "3.0"],
    }


def test_outside_small_ones_are_hidden_and_what_would_tell_them(
    officer: Client, courts: None
) -> None:
    stars = ["*"] * 5
    outside = lines(officer, by="institution", outside="1")
    assert outside == {"Higher Court": stars, "Small Court": stars}
    page = officer.get(reverse("reports"), {"by": "institution", "outside": "1"})
    html = page.content.decode()
    assert "fewer than five people is hidden" in html
    assert "10.5" not in html


def test_outside_small_totals_are_hidden_too(officer: Client, justice: Justice) -> None:
    completed(justice, 3, MARCH)
    page = officer.get(reverse("reports"), {"by": "profession", "outside": "1"})
    assert page.context["totals"].persons is None
    assert officer.get(reverse("reports")).context["totals"].persons == 3


def test_filters_hold_for_figures(officer: Client, courts: None) -> None:
    asked = {"by": "institution", "first_day": "2026-05-01", "last_day": "2026-05-31"}
    assert list(lines(officer, **asked)) == ["Small Court"]


@pytest.mark.parametrize("by", list(TABS))
def test_files_hold_suppressed_figures_alone(officer: Client, courts: None, by: str) -> None:
    text = officer.get(reverse("figures_csv"), {"by": by}).content.decode("utf-8-sig")
    [headings, *rows] = list(csv.reader(StringIO(text)))
    assert headings[-1] == "Credited hours"
    hidden = by in ("institution", "month")
    assert ("*" in rows[0][1:]) == hidden
    assert ("hidden: it would tell" in text) == hidden


def test_a_file_is_in_the_readers_language_and_script(officer: Client, courts: None) -> None:
    for language, heading in (("sr", "Професија;Особе"), ("sr-latn", "Profesija;Osobe")):
        address = f"/{language}/reports/figures.csv?by=profession"
        text = officer.get(address).content.decode("utf-8-sig")
        assert text.startswith(heading)
        assert "13,5" in text


def test_the_workbook_has_numbers_and_says_of_what_it_is(officer: Client, courts: None) -> None:
    answer = officer.get(reverse("figures_xlsx"), {"by": "profession", "status": "completed"})
    book = ZipFile(BytesIO(answer.content))
    figures = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>13.5</v>" in figures
    words = book.read("xl/worksheets/sheet2.xml").decode()
    for said in ("Judicial Academy", "Status", "Completed"):
        assert said in words
    assert answer["Content-Disposition"].endswith('-by-profession.xlsx"')


@pytest.mark.parametrize(
    ("query", "status"),
    [({"by": "name"}, 404), ({"by": "month", "status": "lost"}, 400), ({}, 200)],
)
def test_a_file_is_refused_where_the_page_is(
    officer: Client, courts: None, query: dict[str, str], status: int
) -> None:
    for name in ("figures_csv", "figures_xlsx"):
        assert officer.get(reverse(name), query).status_code == status


# --- the picture ----------------------------------------------------------------------------


def group(label: str, count: int | None, key: str = "") -> Group:
    return Group(label, Figures(key or label, count, count, count, count, None))


def test_a_picture_shows_the_most_and_says_how_many_are_left_out() -> None:
    groups = [group(f"Court {number}", 20 - number) for number in range(SHOWN + 2)]
    chart = chart_of(groups, "institution")
    assert (len(chart.bars), chart.left_out) == (SHOWN, 2)
    assert chart.bars[0].whole == "70.00%"
    assert chart.bars[0].said == "20 / 20"


def test_what_is_hidden_has_no_length() -> None:
    [bar] = chart_of([group("Court", None)], "institution").bars
    assert (bar.whole, bar.part, bar.said) == ("0.00%", "0.00%", "* / *")


def test_a_long_name_takes_two_lines() -> None:
    [bar] = chart_of([group("Centre for social work of the city " * 4, 5)], "institution").bars
    assert len(bar.lines) == 2
    assert bar.lines[-1].text.endswith("…")


def test_months_without_completions_stand_in_the_picture() -> None:
    chart = chart_of([group("a", 4, "2026-11"), group("b", 8, "2027-02")], "month")
    assert [one.said for one in chart.bars] == ["4", "0", "0", "8"]
    assert [one.height for one in chart.bars] == [80, 0, 0, 160]


def test_of_many_months_the_last_are_shown_and_some_are_named() -> None:
    chart = chart_of([group("a", 4, "2020-01"), group("b", 8, "2026-02")], "month")
    assert len(chart.bars) == MONTHS
    assert chart.left_out == 74 - MONTHS
    assert sum(bool(one.lines) for one in chart.bars) == 6


def test_a_picture_of_nobody_is_empty() -> None:
    assert chart_of([], "month").bars == chart_of([], "course").bars == []


def test_a_page_without_rows_says_what_will_be_here(officer: Client) -> None:
    assert "Nobody of your mandate has enrolled" in officer.get(reverse("reports")).content.decode()
    html = officer.get(reverse("reports"), {"status": "completed"}).content.decode()
    assert "Nobody matches these filters." in html


def test_no_month_yet_is_told(officer: Client, justice: Justice) -> None:
    justice.learner()
    html = officer.get(reverse("reports"), {"by": "month"}).content.decode()
    assert "Nobody has completed a course yet" in html


def test_outside_hours_do_not_tell_what_is_hidden(officer: Client, justice: Justice) -> None:
    """Twenty judges completed one course and one another: by month nothing else is hidden."""
    completed(justice, 21, MARCH)
    outside = {"by": "month", "outside": "1"}
    assert lines(officer, **outside) == {"March 2026": ["21", "21", "31.5"]}
    one = Enrolment.objects.first()
    assert one
    Enrolment.objects.filter(pk=one.pk).update(course_key=uuid4(), minutes=40)
    assert lines(officer, **outside) == {"March 2026": ["21", "21", "*"]}
