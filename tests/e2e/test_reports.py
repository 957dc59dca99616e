"""An officer's afternoon: filters, figures, a report that is kept, shared and sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_filtered_kept_and_sent(
    form: str, window: Callable[..., Page], site: Site
) -> None:
    officer = Visitor(window("officer"), site, form)
    page, name = officer.page, f"Тромесечно {form}"
    officer.opens("reports/")
    _opens_filters(page)
    page.locator("button[name=quick][value=this-year]").click()
    page.wait_for_url("**/reports/?days=this-year")
    _opens_filters(page)
    officer.chooses("Status", "completed")
    officer.clicks("Show these")
    chips = page.locator(".chosen .chip")
    expect(chips).to_have_count(2)
    _nothing_is_amiss(page)
    page.locator(".tabs a[href*='by=month']").click()
    expect(page.locator(".chart rect.done").first).to_be_attached()
    _nothing_is_amiss(page)
    page.locator(".keep-report summary").click()
    page.locator("#id_name").fill(name)
    officer.clicks("Keep it")
    expect(page.locator(".my-reports .chip", has_text=name)).to_have_attribute(
        "aria-current", "true"
    )
    _nothing_is_amiss(page)
    officer.clicks("Change my reports")
    _nothing_is_amiss(page)
    page.locator(".card", has_text=name).locator(".btn.quiet").click()
    officer.chooses("Letter that the report is there", "month")
    officer.labelled("Whoever has the link may open it").check()
    officer.clicks("Save these changes")
    officer.sees("Your changes are saved.")
    _nothing_is_amiss(page)
    page.locator("details.keep-report summary").click()
    officer.clicks("Delete this report")
    page.wait_for_url("**/reports/views/")


def test_filters_work_without_javascript_on_a_phone(
    window: Callable[..., Page], site: Site
) -> None:
    officer = Visitor(window("officer", java_script_enabled=False, viewport=PHONE), site, "en")
    page = officer.page
    officer.opens("reports/")
    expect(page.locator("#f-status")).to_be_hidden()
    page.locator(".filters summary").click()
    officer.chooses("Status", "completed")
    page.locator("button[name=quick][value=this-year]").click()
    page.wait_for_url("**/reports/?status=completed&days=this-year")
    page.locator(".chosen .chip").first.click()
    page.wait_for_url("**/reports/?days=this-year")


def _opens_filters(page: Page) -> None:
    """On a phone they are folded; at a desk they stand open."""
    if not page.locator("#f-status").is_visible():
        page.locator(".filters summary").click()


def _nothing_is_amiss(page: Page) -> None:
    found = found_amiss(page)
    assert not found, "\n".join(found)
