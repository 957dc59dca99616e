"""An officer looks back, compares two days, and freezes the report of a year."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

DAY = "2026-06-30"


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("form", FORMS)
def test_an_officer_looks_back_compares_and_freezes(
    form: str, screen: dict[str, int], window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    officer = Visitor(window("officer", viewport=screen), site, form)
    officer.opens("reports/")
    if screen == PHONE:  # where the filters are folded
        officer.page.locator(".filters > summary").click()
    officer.fills("As it stood on", DAY)
    officer.clicks("Show these")
    expect(officer.page.get_by_role("status")).to_be_visible()
    looked_at(officer, "past", screen)
    officer.clicks("What has changed")
    officer.sees_heading("What has changed")
    officer.fills("Since the end of", DAY)
    officer.clicks("Compare")
    expect(officer.page.locator("table.data tbody tr").first).to_be_visible()
    looked_at(officer, "difference", screen)
    officer.opens("reports/?status=completed")
    officer.clicks("Frozen snapshots")
    officer.sees_heading("Frozen snapshots")
    officer.fills("Title", "Godina 2026")
    officer.chooses("For what", "supervision")
    looked_at(officer, "snapshots", screen)
    officer.clicks("Freeze this report")
    ready = officer.named(officer.words("Download all as a ZIP"))
    expect(ready).to_be_visible(timeout=60_000)
    looked_at(officer, "snapshot", screen)
    with officer.page.expect_download() as expected:
        ready.click()
    path = tmp_path / "snapshot.zip"
    expected.value.save_as(path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parcel:
        assert "summary.pdf" in parcel.namelist()
        kept = parcel.read("completions.csv").decode("utf-8-sig").splitlines()
    assert len(kept) > 1


def looked_at(officer: Visitor, name: str, screen: dict[str, int]) -> None:
    """Let axe and a ruler look at a page; then the window is as wide as before."""
    assert found_amiss(officer.page) == []
    officer.page.set_viewport_size(screen)  # type: ignore[arg-type]
