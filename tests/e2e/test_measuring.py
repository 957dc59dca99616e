"""A test before and a test after: a learner takes both, and the trainer reads the gain."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss, found_amiss_at_a_desk
from tests.e2e.measured import MEMBERS
from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.test_reach_cms import ASKS_FOR, WAGTAILS_OWN
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser


def test_a_learner_takes_both_tests_and_the_trainer_reads_the_gain(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window("measured"), site, "en")
    takes_the_first(learner)
    takes_the_second(learner)
    trainer = Visitor(window("trainer", viewport=DESK), site, "en")
    reads_the_gain(trainer)


def takes_the_first(learner: Learner) -> None:
    page = learner.page
    learner.opens(learner.facts["measured"]["before"])
    learner.sees("This test decides nothing.")
    learner.sees("You can also leave it out.")
    expect(page.locator("main")).not_to_contain_text("Pass mark")
    is_fine(learner)
    learner.begins()
    expect(page.locator("main")).not_to_contain_text("Pass mark")
    is_fine(learner)
    learner.answers_all(rightly=False)
    learner.submits()
    learner.sees_heading("Handed in")
    expect(page.locator("main")).to_contain_text("you see after “What you have learned”")
    expect(page.locator(".choice.right, .choice.wrong")).to_have_count(0)
    is_fine(learner)


def takes_the_second(learner: Learner) -> None:
    page = learner.page
    learner.opens(learner.facts["measured"]["after"])
    expect(page.locator("main")).to_contain_text("If you have taken “What you know”")
    learner.begins()
    learner.answers_all(rightly=True)
    learner.submits()
    learner.sees("Before and now")
    expect(page.locator(".own-gain .lead")).to_have_text("100 points more than before.")
    expect(page.locator(".own-gain tbody tr")).to_have_count(2)
    is_fine(learner)
    learner.opens(learner.facts["measured"]["before"])
    learner.leaves_by(page.locator(".acts a").first)
    learner.sees_heading("0 of 4")
    learner.sees("Right, but not chosen.")
    is_fine(learner)


def reads_the_gain(trainer: Visitor) -> None:
    page, measured = trainer.page, trainer.facts["measured"]
    trainer.opens_exactly(f"/cms/cohorts/{measured['cohort']}/")
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)
    page.get_by_role("link", name="Gain: What you have learned").click()
    expect(page.locator("#cohort option:checked")).to_have_text("Measured")
    expect(page.locator(".fares-words")).to_contain_text(f"of {MEMBERS + 1} people.")
    expect(page.get_by_role("img", name="What was known before and after")).to_be_visible()
    expect(page.locator(".gain tbody tr")).to_have_count(3)
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)


@pytest.mark.parametrize("language", ASKS_FOR)
def test_the_pages_of_a_gain_are_reached(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    page = window("trainer", viewport=DESK, locale=ASKS_FOR[language])
    trainer = Visitor(page, site, language)
    measured = trainer.facts["measured"]
    for address in (f"attempts/{measured['key']}/gain/", f"attempts/{measured['key']}/fares/"):
        trainer.opens_exactly(f"/cms/{address}")
        assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)
    trainer.opens_exactly(f"/cms/pages/{measured['before_page']}/edit/")
    expect(page.locator("#id_role")).to_be_attached()
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)


def is_fine(learner: Learner) -> None:
    assert not found_amiss(learner.page), found_amiss(learner.page)
    learner.page.set_viewport_size(PHONE)
