"""The reporting officer's page, its file and the machine's feed tell the same."""

import csv
import io
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK

pytestmark = pytest.mark.browser

Row = dict[str, str]


def test_page_file_and_feed_tell_the_same(
    window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    officer = Visitor(window(viewport=DESK), site, "en")
    officer.signs_in_twice("officer@example.org")
    officer.page.locator("details.drop summary").click()
    officer.page.locator("details.drop").get_by_role("link", name="Completion reports").click()
    everyone = _table(officer.page)
    _filters(officer)
    shown = _table(officer.page)
    assert 0 < len(shown) < len(everyone)
    filed = _file(officer.page, tmp_path)
    assert [_told(row) for row in shown] == [_told(row) for row in filed]
    assert {row["Profession"] for row in filed} == {"Judge"}
    pulled = _pulled(site, officer.page)
    assert pulled["participations"] == len(pulled["rows"]) == len(filed)
    assert [_in_feed(row) for row in pulled["rows"]] == [_in_file(row) for row in filed]
    # The machine of the demo has no right to names; the officer has.
    assert {row["name"] for row in pulled["rows"]} == {None}
    assert all(row["Name"] for row in filed)


def _filters(officer: Visitor) -> None:
    officer.chooses("Profession", "judge")
    officer.labelled("Institution, with all below it").select_option(label="Higher Court A1")
    officer.chooses("Status", "completed")
    officer.fills("Completed from", "2020-01-01")
    officer.clicks("Show these")
    expect(officer.page).to_have_url(re.compile("profession=judge"))


def _table(page: Page) -> list[Row]:
    heads = page.locator("table.data th").all_inner_texts()
    rows = page.locator("table.data tbody tr").all()
    return [dict(zip(heads, row.locator("td").all_inner_texts(), strict=True)) for row in rows]


def _file(page: Page, folder: Path) -> list[Row]:
    with page.expect_download() as expected:
        page.get_by_role("link", name="Download CSV").click()
    path = folder / "completions.csv"
    expected.value.save_as(path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _pulled(site: Site, page: Page) -> dict[str, Any]:
    """Ask the feed for what the page's address says."""
    query = urllib.parse.urlsplit(page.url).query
    request = urllib.request.Request(
        f"{site.url}/api/v1/completions?{query}&limit=1000",
        headers={"Authorization": f"Bearer {site.facts['token']}"},
    )
    with urllib.request.urlopen(request) as response:
        return dict(json.load(response))


def _told(row: Row) -> tuple[str, ...]:
    names = ("Name", "Official e-mail", "Profession", "Institution", "Certificate")
    return tuple(row[name] for name in names)


def _in_feed(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("enrolment", "profession_name", "institution_name", "status_name", "certificate")
    return tuple(str(row[name]) for name in names)


def _in_file(row: Row) -> tuple[str, ...]:
    names = ("Enrolment", "Profession", "Institution", "Status", "Certificate")
    return tuple(row[name] for name in names)
