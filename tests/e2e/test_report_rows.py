"""The reporting officer's page, its file and the machine's feed tell the same."""

import csv
import io
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

Row = dict[str, str]
TOLD = ("Name", "Official e-mail", "Profession", "Institution", "Certificate")
# A column of the file, and the name of the same in the feed.
FED = {
    "Enrolment": "enrolment",
    "Profession": "profession_name",
    "Institution": "institution_name",
    "Status": "status_name",
    "Certificate": "certificate",
}


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("form", FORMS)
def test_page_file_and_feed_tell_the_same(
    form: str, screen: dict[str, int], window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    officer = Visitor(window("officer", viewport=screen), site, form)
    _finds_the_reports(officer)
    everyone = _table(officer.page)
    _filters(officer)
    shown = _table(officer.page)
    assert 0 < len(shown) < len(everyone)
    filed = _file(officer, tmp_path)
    told = [officer.words(column) for column in TOLD]
    assert _cells(shown, told) == _cells(filed, told)
    assert len({row[officer.words("Profession")] for row in filed}) == 1
    pulled = _pulled(officer)
    assert pulled["participations"] == len(pulled["rows"]) == len(filed)
    fed = [{key: str(row[key]) for key in row} for row in pulled["rows"]]
    assert _cells(fed, FED.values()) == _cells(filed, [officer.words(column) for column in FED])
    # The machine of the demo has no right to names; the officer has.
    assert {row["name"] for row in pulled["rows"]} == {None}
    assert all(row[officer.words("Name")] for row in filed)


def test_on_a_phone_a_card_says_first_what_is_looked_for_most(
    window: Callable[..., Page], site: Site
) -> None:
    officer = Visitor(window("officer", viewport=PHONE), site, "en")
    _finds_the_reports(officer)
    first, second = (officer.page.locator("table.data tbody tr").nth(place) for place in (0, 1))
    serial = "[data-label='Certificate']"
    expect(first.locator("[data-label='Name']")).to_be_visible()
    expect(first.locator(serial)).to_be_hidden()
    first.get_by_label("All details").check()
    expect(first.locator(serial)).to_be_visible()
    expect(second.locator(serial)).to_be_hidden()
    assert found_amiss(officer.page) == []


def _finds_the_reports(officer: Visitor) -> None:
    officer.opens("my/")
    menu = officer.page.locator(".bar details:visible").last
    menu.locator("summary").click()
    menu.get_by_role("link", name=officer.words("Completion reports")).click()
    officer.sees_heading("Completion reports")


def _filters(officer: Visitor) -> None:
    folded = officer.page.locator(".filters > summary")
    if folded.is_visible():  # on a phone
        folded.click()
    officer.chooses("Profession", "judge")
    officer.chooses("Institution, with all below it", officer.facts["institution_key"])
    officer.chooses("Status", "completed")
    officer.fills("First day", "2020-01-01")
    officer.clicks("Show these")
    expect(officer.page).to_have_url(re.compile("profession=judge"))


def _table(page: Page) -> list[Row]:
    heads, *rows = page.locator("table.data").evaluate(
        "table => [...table.rows].map("
        "row => [...row.cells].filter(cell => !cell.matches('.whole')).map(cell => cell.innerText))"
    )
    # A page says by a dash that there is nothing.
    told = [["" if cell == "–" else cell for cell in row] for row in rows]
    return [dict(zip(heads, row, strict=True)) for row in told]


def _cells(rows: list[Row], columns: Iterable[str]) -> list[list[str]]:
    return [[row[column] for column in columns] for row in rows]


def _file(officer: Visitor, folder: Path) -> list[Row]:
    officer.page.locator(".downloads > summary").click()
    officer.chooses("File", "csv")
    officer.chooses("Language and script of the file", officer.form)
    officer.chooses("For what", "records")
    with officer.page.expect_download() as expected:
        officer.clicks("Get the file")
    path = folder / "completions.csv"
    expected.value.save_as(path)
    mark = "," if officer.form == "en" else ";"  # as the reader's spreadsheet expects it
    text = io.StringIO(path.read_text(encoding="utf-8-sig"))
    heads, *rows = csv.reader(text, delimiter=mark)
    assert len(set(heads)) == len(heads), "two columns of the file are called the same"
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _pulled(officer: Visitor) -> dict[str, Any]:
    """Ask the feed for what the page's address says."""
    query = urllib.parse.urlsplit(officer.page.url).query
    request = urllib.request.Request(
        f"{officer.site.url}/api/v1/completions?{query}&limit=1000&language={officer.form}",
        headers={"Authorization": f"Bearer {officer.facts['token']}"},
    )
    with urllib.request.urlopen(request) as response:
        return dict(json.load(response))
