"""A trainer writes, a reviewer compares and approves; only then is it live."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK

pytestmark = pytest.mark.browser

TITLE = "What it is not, looked at again"
STEM = "A driver says that nobody may speak with the passengers. What do you note first?"


def test_a_lesson_is_live_once_it_was_reviewed(window: Callable[..., Page], site: Site) -> None:
    trainer, reviewer = _author(window, site, "trainer"), _author(window, site, "reviewer")
    learner = Learner(window(), site, "en")
    learner.signs_in("finished@example.org")
    _changes_the_title(trainer)
    expect(_preview(trainer.page).locator("h1")).to_have_text(TITLE)
    _submits(trainer.page)
    _does_not_read(learner)
    _compares_and_approves(reviewer)
    learner.opens(learner.facts["course"]["lessons"][1])
    expect(learner.page.locator("h1")).to_have_text(TITLE)


def test_a_question_is_drawn_once_it_was_reviewed(window: Callable[..., Page], site: Site) -> None:
    trainer, reviewer = _author(window, site, "trainer"), _author(window, site, "reviewer")
    _writes_a_question(trainer.page)
    expect(_preview(trainer.page).locator("body")).to_contain_text(STEM)
    _submits(trainer.page)
    _status_of_question(reviewer.page, "in moderation")
    _approves(reviewer.page, STEM)
    _status_of_question(reviewer.page, "live")


def _author(window: Callable[..., Page], site: Site, role: str) -> Visitor:
    author = Visitor(window(viewport=DESK), site, "en")
    author.signs_in_twice(f"{role}@example.org")
    return author


def _changes_the_title(trainer: Visitor) -> None:
    page = trainer.page
    page.goto(f"/cms/pages/{trainer.facts['course']['lesson_page']}/edit/")
    page.locator("#id_title").fill(TITLE)


def _preview(page: Page) -> FrameLocator:
    """Open the preview beside the form."""
    page.get_by_role("button", name="Toggle preview").click()
    return page.frame_locator("iframe#w-preview-iframe")


def _submits(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Legal review").click()
    expect(page.locator(".messages")).to_contain_text("submitted")


def _does_not_read(learner: Learner) -> None:
    learner.opens(learner.facts["course"]["lessons"][1])
    expect(learner.page.locator("h1")).not_to_have_text(TITLE)


def _compares_and_approves(reviewer: Visitor) -> None:
    page = reviewer.page
    _acts_on(page, TITLE).get_by_role("link", name="Compare with live version").click()
    expect(page.locator(".addition").first).to_be_visible()
    _approves(page, TITLE)


def _approves(page: Page, what: str) -> None:
    waiting = _acts_on(page, what)
    waiting.get_by_role("button", name="Approve", exact=True).click()
    expect(waiting.get_by_role("button", name="Actions")).to_have_count(0)


def _acts_on(page: Page, what: str) -> Locator:
    """Open the menu of what waits for review, on the first page of the CMS."""
    page.goto("/cms/")
    row = page.locator("tr", has_text=what)
    row.get_by_role("button", name="Actions").click()
    return row


def _writes_a_question(page: Page) -> None:
    page.goto("/cms/questions/add/")
    page.locator("#id_slug").fill("driver-speaks-for-them")
    page.locator("#id_stem").fill(STEM)
    for number, text in enumerate(("Who speaks for whom, and who holds the papers.", "Nothing.")):
        page.locator(f"#options-{number}-value-text").fill(text)
        page.locator(f"#options-{number}-value-reason").fill("Indicators are read together.")
    page.locator("#options-0-value-correct").check()
    page.locator("#id_source").fill("NRM indicators")
    page.locator("#id_objective").fill("Read indicators together")
    page.locator("#id_law_as_of").fill("2026-11-01")


def _status_of_question(page: Page, status: str) -> None:
    page.goto("/cms/questions/?q=driver-speaks")
    row = page.locator("tr", has_text=STEM)
    expect(row).to_contain_text(status, ignore_case=True)
