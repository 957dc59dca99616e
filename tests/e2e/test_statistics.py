"""The reporting officer looks at the statistics of the action, and takes them along."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("form", FORMS)
def test_an_officer_takes_the_figures_along(
    form: str, window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    officer = Visitor(window("officer", viewport=PHONE), site, form)
    officer.opens("reports/statistics/")
    officer.sees_heading("Statistics for the action")
    officer.page.locator("details.filters summary").click()
    officer.chooses("Profession", "judge")
    officer.clicks("Show these")
    rows = officer.page.locator("#t-professions + .tablewrap tbody tr")
    expect(rows).to_have_count(1)
    told = rows.first.locator("td").first.inner_text().strip()
    with officer.page.expect_download() as expected:
        officer.clicks("Donor pack: workbook (XLSX)")
    path = tmp_path / "pack.xlsx"
    expected.value.save_as(path)
    book = load_workbook(path)
    [_heads, judges] = book.worksheets[1].iter_rows()
    assert str(judges[1].value) == told
    with officer.page.expect_download() as expected:
        officer.clicks("Donor pack: sealed summary (PDF)")
    expected.value.save_as(tmp_path / "pack.pdf")
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert found_amiss(officer.page) == []
