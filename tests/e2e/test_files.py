"""An officer takes files; the data protection officer and the learner read of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss, found_amiss_at_a_desk
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("form", FORMS)
def test_a_summary_is_made_and_fetched(
    form: str, window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    officer = Visitor(window("officer", viewport=PHONE if form == "sr" else DESK), site, form)
    officer.opens("reports/?status=completed")
    officer.page.locator(".downloads > summary").click()
    assert found_amiss(officer.page) == []
    officer.chooses("File", "pdf")
    officer.chooses("Language and script of the file", form)
    officer.chooses("For what", "supervision")
    officer.leaves_by(officer.named(officer.words("Get the file")))
    officer.sees_heading("My files")
    # The worker makes it; the page follows by itself.
    ready = officer.named(officer.words("Download")).first
    expect(ready).to_be_visible()
    assert found_amiss(officer.page) == []
    with officer.page.expect_download() as expected:
        ready.click()
    path = tmp_path / "summary.pdf"
    expected.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-1.7")


def test_without_a_purpose_nothing_is_given(window: Callable[..., Page], site: Site) -> None:
    officer = Visitor(window("police-officer", viewport=PHONE), site, "en")
    officer.opens("reports/files/new/?status=completed")
    officer.page.locator("form").last.evaluate("form => { form.noValidate = true; }")
    officer.clicks("Get the file")
    expect(officer.page.locator(".errors").first).to_be_visible()
    assert found_amiss(officer.page) == []


def test_it_is_read_by_whoever_watches_and_by_whom_it_concerns(
    window: Callable[..., Page], site: Site
) -> None:
    officer = Visitor(window("officer", viewport=DESK), site, "en")
    officer.opens("reports/")
    officer.page.locator(".downloads > summary").click()
    officer.chooses("File", "xlsx")
    officer.chooses("For what", "request")
    with officer.page.expect_download() as expected:
        officer.clicks("Get the file")
    assert expected.value.suggested_filename.endswith(".xlsx")
    privacy = Visitor(window("privacy", viewport=DESK), site, "en")
    privacy.opens_exactly("/cms/disclosures/?kind=xlsx")
    expect(privacy.page.get_by_text("Answer to a lawful request").last).to_be_visible()
    assert found_amiss_at_a_desk(privacy.page, ()) == []
    # A judge of the mandate, whose certificate ends soon.
    holder = Visitor(window("holder", viewport=PHONE), site, "en")
    holder.opens("my/profile/")
    holder.clicks("Who received my data")
    holder.sees("Answer to a lawful request")
    holder.sees("with your name")
    assert found_amiss(holder.page) == []
