"""A trial of a quiz in the browser: from the form of the CMS to the result, and back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser
NAME = "Try it as a learner"


@pytest.mark.parametrize(
    ("form", "screen", "scripts"),
    [("en", DESK, True), ("sr", PHONE, True), ("sr-latn", PHONE, False)],
)
def test_a_trainer_walks_through_a_quiz(
    form: str, screen: dict[str, int], scripts: bool, window: Callable[..., Page], site: Site
) -> None:
    page = window(viewport=screen, java_script_enabled=scripts)
    trainer = Learner(page, site, form)
    trainer.signs_in_twice("trainer@example.org")
    trainer.opens(trainer.facts["course"]["quizzes"][0])
    trainer.clicks(NAME)
    page.wait_for_url("**/trial/")
    is_fine(page, scripts)
    trainer.clicks("Begin the trial")
    page.wait_for_url("**/trial/*-*/")
    trainer.sees("Trial: nothing is recorded.")
    is_fine(page, scripts)
    first = trainer.questions_to_tick()[0]
    first.locator("label.choice").first.click()
    if scripts:
        expect(first.locator("output.saved")).to_have_text(trainer.words("Saved"))
        before = page.url
        page.reload()  # what was chosen is still there
        expect(page.locator("label.choice :checked")).to_have_count(1)
        assert page.url == before
    page.locator("#paper > button").last.click()
    page.wait_for_url("**/unanswered/")
    is_fine(page, scripts)
    trainer.clicks("Submit as it is")
    page.wait_for_url("**/result/")
    trainer.sees("Trial: nothing is recorded.")
    is_fine(page, scripts)
    page.locator(".trial form button").click()
    page.wait_for_url("**/trial/*-*/")
    expect(page.locator("label.choice :checked")).to_have_count(0)
    trainer.clicks("Back to the CMS")
    page.wait_for_url("**/cms/pages/*/edit/")
    expect(page.locator(f"a[href*='/trial/']:has-text('{NAME}')").first).to_be_attached()


def is_fine(page: Page, scripts: bool) -> None:
    assert not scripts or found_amiss(page) == []
