"""A case in a learner's own words: graded in the CMS by keyboard, then read by the learner."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.all_kinds import WORDS
from tests.e2e.axe import found_amiss, found_amiss_at_a_desk
from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.test_reach_cms import WAGTAILS_OWN
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser


def test_a_case_is_graded_and_its_learner_reads_how(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window("writer", viewport=PHONE), site, "en")
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.sees("Your answers are being graded.")
    learner.page.get_by_role("link", name="submitted, not graded yet").click()
    expect(learner.page.locator("h1")).to_have_text("Submitted; not graded yet")
    assert not found_amiss(learner.page), found_amiss(learner.page)
    result = learner.page.url

    trainer = Visitor(window("trainer", viewport=DESK), site, "en")
    trainer.opens_exactly("/cms/grading/")
    page = trainer.page
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)
    expect(page.locator("tr", has_text="Practice case: the workers' room")).to_have_count(1)
    page.locator("tr", has_text="Quiz: what trafficking is").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.locator("main")).not_to_contain_text("Izmišljenović")
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)
    for points in ("3", "4", "2", "4"):  # the first criterion has the cursor
        page.keyboard.type(points)
        page.keyboard.press("Tab")
    page.keyboard.type("Say which article.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("The points are recorded.")

    learner.page.goto(result)
    expect(learner.page.locator("main")).to_contain_text("3 / 4")
    expect(learner.page.locator("main")).to_contain_text("Say which article.")
    expect(learner.page.locator("h1")).to_contain_text("passed")
    assert not found_amiss(learner.page), found_amiss(learner.page)
