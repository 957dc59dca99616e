"""Statistics for the action as a page and as files, with what is small hidden in all of them."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook

from assessments.models import SurveyAnswer
from config.roles import sync_roles
from people.models import Profession
from people.roles import REPORTING_OFFICER, TRAINER, sync_groups
from reports.statistics.sheets import SHEETS
from serbian import in_script
from tests.factories.courses import SmallCourse
from tests.factories.people import ProfessionFactory
from tests.factories.surveys import pulse, said, satisfaction
from tests.reports.cohorts import RIGHT, Cohort, cohort
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/en/reports/statistics/"


@pytest.fixture
def taken(course: SmallCourse, at: Any) -> Cohort:
    """Ten judges and ten social workers who miss consent, and three lawyers."""
    judge = ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија", track="justice")
    social = ProfessionFactory(
        key="social-worker", name_en="Social worker", name_sr="Социјални радник", track="social"
    )
    lawyer = ProfessionFactory(key="lawyer", name_en="Lawyer", name_sr="Адвокат", track="")
    group = cohort(course, [judge, social, lawyer], at)
    for profession, right in ((judge, RIGHT), (social, (0, 1)), (lawyer, RIGHT)):
        for one in group.learners(3 if profession is lawyer else 10, profession):
            group.before(one)
            group.after(one, *right)
            group.complete(one)
    return group


@pytest.fixture
def officer(client: Client, taken: Cohort) -> Client:
    holder = taken.mandate.holder
    assert holder
    holder.groups.add(sync_groups()[REPORTING_OFFICER])
    return sign_in(client, holder, second_factor=True)


def tables_on(page: Any) -> dict[str, dict[str, list[str]]]:
    return {
        table.name: {row.head.text: [cell.text for cell in row.cells] for row in table.rows}
        for _section, tables in page.context["sections"]
        for table in tables
    }


def test_few_are_hidden_and_cannot_be_worked_out(officer: Client) -> None:
    tables = tables_on(officer.get(ADDRESS))
    people = tables["professions"]
    assert people["Lawyer"] == ["*"] * 5
    hidden = [name for name, figures in people.items() if figures[0] == "*"]
    assert len(hidden) == 2, "the total less the other two would be the three lawyers"
    assert tables["passing"]["Lawyer"] == ["*"] * 3
    assert tables["tracks"]["Without a track"] == ["*"] * 5
    by_article = tables["articles-people"]["13"]
    assert sum(cell == "*" for cell in by_article) >= 2


def test_a_question_leads_trainers_to_its_figures(
    officer: Client, taken: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each form has other questions, so that five of ten have answered one.
    monkeypatch.setattr("reports.statistics.weak_spots.ENOUGH", 5)
    # With three lawyers beside them either of the others would be hidden, too.
    taken.mandate.professions.remove(Profession.objects.get(key="lawyer"))
    said = officer.get(ADDRESS).content.decode()
    assert "Social worker: “Consent” (article 4(b), 13) was right for 0 % at the first" in said
    assert "/fares/" not in said
    assert taken.mandate.holder
    sync_roles()
    taken.mandate.holder.groups.add(sync_groups()[TRAINER])
    assert re.search(
        r'href="/cms/questions/[0-9a-f-]+/fares/"', officer.get(ADDRESS).content.decode()
    )


def test_filters_stand_in_the_address(officer: Client) -> None:
    page = officer.get(ADDRESS, {"profession": "judge"})
    assert tables_on(page)["professions"].keys() == {"Judge"}
    assert 'statistics.xlsx?profession=judge"' in page.content.decode()
    assert officer.get(ADDRESS, {"course": "no course"}).status_code == 400
    assert officer.get(f"{ADDRESS}statistics.xlsx", {"course": "x"}).status_code == 400
    assert officer.get(f"{ADDRESS}people.xlsx").status_code == 404


def test_no_style_stands_in_the_page(officer: Client) -> None:
    said = officer.get(ADDRESS).content.decode()
    assert " style=" not in said
    assert "<style" not in said


def test_the_workbook_has_real_numbers_and_says_what_they_are(officer: Client) -> None:
    book = load_workbook(BytesIO(officer.get(f"{ADDRESS}statistics.xlsx").content))
    assert book.sheetnames[0] == "About"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Mandate"] == "Judicial Academy"
    assert about["Persons"].startswith("Distinct people")
    assert "fewer than five" in about["*"]
    people = {row[0].value: row for row in book["Reach by profession"].iter_rows(min_row=2)}
    assert people["Lawyer"][1].value == "*"
    told = [row[1].value for row in people.values() if row[1].value != "*"]
    assert told == [10]
    gain = {row[0].value: row for row in book["Gain by objective"].iter_rows(min_row=2)}
    assert gain["All together"][2].value == 23
    assert gain["Elements"][4].value == 100


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_sheets_have_whole_names(language: str) -> None:
    with override(language):
        names = [in_script(str(name), language) for name in SHEETS.values()]
    assert max(len(name) for name in names) <= 31
    assert len(set(names)) == len(names)
    assert not set("[]:*?/\\'") & set("".join(names))


def test_page_and_workbook_warn_of_a_second_pack(officer: Client) -> None:
    warning = "can tell, by subtraction, what each of them hides: publish one."
    assert warning in officer.get(ADDRESS).content.decode()
    book = load_workbook(BytesIO(officer.get(f"{ADDRESS}statistics.xlsx").content))
    assert any(warning in str(row[1].value) for row in book["About"].iter_rows())


def test_each_table_has_a_sheet(officer: Client, taken: Cohort, at: datetime) -> None:
    course = taken.course.course.translation_key
    said(satisfaction(at), course, at, 4, 4, 5, 5, 5, 5, help=["cases"])
    for _ in range(6):
        SurveyAnswer.objects.create(
            kind=pulse(at).kind,
            version=1,
            course_key=course,
            profession_key="judge",
            week=at.date(),
            answers={"used": ["yes"]},
        )
    book = load_workbook(BytesIO(officer.get(f"{ADDRESS}statistics.xlsx").content))
    assert "Course end, agreement" in book.sheetnames
    assert "After 3 months, choices" in book.sheetnames


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [("sr", "О чему", "Судија"), ("sr-latn", "O čemu", "Sudija")],
)
def test_the_workbook_speaks_serbian_in_either_script(
    officer: Client, language: str, name: str, said: str
) -> None:
    with override(language):
        answer = officer.get(f"/{language}/reports/statistics/statistics.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[0] == name
    words = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert said in words


def test_training_by_article_is_a_file_of_its_own(officer: Client) -> None:
    book = load_workbook(BytesIO(officer.get(f"{ADDRESS}articles.xlsx").content))
    assert len(book.sheetnames) == 3
    lines = {row[0].value: row for row in book.worksheets[1].iter_rows(min_row=2)}
    assert lines[13][2].value == "Consent"
    assert lines[26][2].value == "No objective yet"
    assert lines[26][4].value is None
