"""The officer uploads who is obliged, looks, confirms, and sees who is missing: without a mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("form", FORMS)
def test_an_officer_sees_who_is_missing(
    form: str, window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    scripted = form != "sr"
    officer = Visitor(window("officer", viewport=PHONE, java_script_enabled=scripted), site, form)
    page = officer.page
    officer.opens("reports/")
    officer.clicks("Obliged persons and coverage")
    officer.sees_heading("Obliged persons")
    officer.clicks("Upload a list")
    officer.fills("Name of the list", f"Judges {form}")
    page.get_by_label(officer.title_of_course(), exact=True).check()
    officer.fills("Due day", "2099-12-31")
    _gives(officer, tmp_path, "learner1@example.org", "nobody@example.org", "no address")
    officer.clicks("Read the file")
    officer.sees_heading("What was read")
    officer.sees("Its e-mail is no address.")
    _nothing_is_amiss(officer, form)
    page.locator("button[value=confirm]").click()
    expect(page.locator("h1")).to_have_text(f"Judges {form}")
    officer.sees("No account found")
    expect(page.locator("#people ~ .tablewrap")).to_contain_text("nobody@example.org")
    _nothing_is_amiss(officer, form)
    page.locator(".downloads > summary").click()
    _nothing_is_amiss(officer, form)
    officer.chooses("File", "csv")
    officer.chooses("For what", "planning")
    with page.expect_download() as expected:
        officer.clicks("Get the file")
    assert "nobody@example.org" in expected.value.path().read_text(encoding="utf-8-sig")
    officer.clicks("Replace the list")
    _gives(officer, tmp_path, "nobody@example.org", "another@example.org")
    officer.clicks("Read the file")
    officer.sees("What would change")
    _nothing_is_amiss(officer, form)
    page.locator("button[value=confirm]").click()
    officer.clicks("Delete the list")
    _nothing_is_amiss(officer, form)
    officer.clicks("Delete the list for good")
    officer.sees("The list is deleted, with every name on it.")


def _gives(officer: Visitor, folder: Path, *addresses: str) -> None:
    file = folder / "obliged.csv"
    file.write_text("\n".join(["Службена е-пошта", *addresses]), encoding="cp1251")
    officer.page.locator("#id_file").set_input_files(file)


def _nothing_is_amiss(officer: Visitor, form: str) -> None:
    """Axe needs scripts, and so does not look where the story goes without them."""
    if form != "sr":
        assert found_amiss(officer.page) == []
        officer.page.set_viewport_size(PHONE)
