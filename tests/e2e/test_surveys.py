"""The survey at the end of a course: answered by keyboard, declined without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser

INVITED = "Two minutes: tell us, anonymously"


def test_it_is_answered_by_keyboard_and_nothing_is_lost(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window("asked-en"), site, "en")
    page = learner.page
    learner.opens("my/")
    learner.leaves_by(invitation(learner))
    learner.sees_heading("Tell us how the course was")
    is_fine(learner)
    # As a browser that looks at nothing would send it.
    page.locator("form.survey").evaluate("form => { form.noValidate = true; }")
    press(page.locator("fieldset").first.locator("input").nth(3))
    send(learner)
    learner.sees("Some questions have no answer yet. What you chose is still there.")
    expect(page.locator("fieldset").first.locator("input").nth(3)).to_be_checked()
    is_fine(learner)
    questions = page.locator("fieldset:has(input[required])")
    for number in range(questions.count()):
        press(questions.nth(number).locator("input").nth(4))
    send(learner)
    learner.sees("Thank you. Your answers are in, without your name.")
    is_fine(learner)
    learner.opens("my/")
    expect(invitation(learner)).to_have_count(0)


def test_a_no_is_taken_without_scripts(window: Callable[..., Page], site: Site) -> None:
    learner = Learner(window("asked-sr-latn", java_script_enabled=False), site, "sr-latn")
    learner.opens(learner.facts["course"]["path"])
    invited = invitation(learner)
    expect(invited).to_have_text(learner.words(INVITED))
    learner.leaves_by(invited)
    learner.sees("There is no field to write into: how somebody writes tells who it is.")
    learner.leaves_by(learner.named(learner.words("No, thanks")).first)
    learner.sees("Understood. You will not be asked this again.")
    learner.clicks("Do not write to me about it")
    expect(learner.named(learner.words("Do not write to me about it"))).to_have_count(0)
    learner.opens("my/")
    expect(invitation(learner)).to_have_count(0)


def invitation(learner: Learner) -> Locator:
    return learner.page.locator("main a[href*='/survey/']")


def press(control: Locator) -> None:
    control.focus()
    control.press("Space")


def send(learner: Learner) -> None:
    button = learner.named(learner.words("Send my answers"))
    with learner.page.expect_navigation():
        button.focus()
        button.press("Enter")


def is_fine(learner: Learner) -> None:
    assert found_amiss(learner.page) == []
    learner.page.set_viewport_size(PHONE)
