"""No dead end: every attempt used up, no JavaScript, signed out in the middle."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK

pytestmark = pytest.mark.browser


def test_after_the_last_attempt_there_is_a_waiting_time_and_a_trainer(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window(), site, "en")
    learner.signs_in("stuck@example.org")
    quiz = learner.facts["course"]["quizzes"][0]
    learner.opens(quiz)
    learner.sees("You have used your attempts.")
    expect(learner.page.locator(".aside")).to_contain_text(re.compile(r"opens on \d"))
    expect(learner.page.locator("form[action*='/begin/']")).to_have_count(0)
    _grants(Visitor(window(viewport=DESK), site, "en"))
    learner.opens(quiz)
    learner.passes_the_quiz()


def _grants(trainer: Visitor) -> None:
    """The trainer finds who is stuck on the cohort's page and opens one more attempt."""
    trainer.signs_in_twice("trainer@example.org")
    page = trainer.page
    page.goto(f"/cms/cohorts/{trainer.facts['cohort']}/")
    row = page.locator("tr", has=page.get_by_role("link", name="Grant one more attempt"))
    row.filter(has_text="Izmišljenović").get_by_role("link").click()
    page.get_by_label("Reason").fill("The screen broke in the middle of the last attempt.")
    page.get_by_role("button", name="Grant one more attempt").click()
    expect(page.locator("body")).to_contain_text("One more attempt is open for")


def test_a_browser_without_javascript_can_do_it_all(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window(java_script_enabled=False), site, "sr-latn")
    learner.opens_course()
    learner.clicks("Sign up and enrol")
    learner.signs_up(
        "bez.skripta@example.org", name="Đorđe Bezskriptić", municipality="Bor", personnel_number=""
    )
    learner.confirms("bez.skripta@example.org")
    learner.signs_in("bez.skripta@example.org")
    learner.opens_course()
    learner.enrols()
    learner.goes_on()
    while not learner.at_a_quiz():
        _reads_without_script(learner)
    _answers_without_script(learner)


def _reads_without_script(learner: Learner) -> None:
    """Each answer opens the lesson anew, at the place of the question."""
    checks = learner.page.locator("[data-check]")
    for number in range(checks.count()):
        checks.nth(number).locator("label.choice").last.click()
        checks.nth(number).locator("button").click()
        expect(checks.nth(number).locator(".choice.right .why")).to_have_count(1)
    learner.leaves_by(learner.page.locator(".stepper form button"))


def _answers_without_script(learner: Learner) -> None:
    page = learner.page
    page.locator(".aside form[action*='/begin/'] button").click()
    questions = learner.questions()
    for question in questions[1:]:
        _chooses(learner, page, question.get_attribute("data-question"))
    page.locator("#paper > button").click()
    expect(page.locator("h1")).to_have_text(
        learner.words.some("%(n)s question has no answer", "%(n)s questions have no answer", 1)
    )
    learner.clicks("Back to the questions")
    expect(page.locator("#paper input:checked").first).to_be_checked()
    _chooses(learner, page, learner.questions()[0].get_attribute("data-question"))
    learner.submits()
    expect(page.locator("h1")).to_contain_text(learner.words("passed"))


def _chooses(learner: Learner, page: Page, key: str | None) -> None:
    question = page.locator(f"[data-question='{key}']")
    for choice in learner.choices(question, rightly=True):
        question.locator("label.choice", has=page.locator(f"[value='{choice}']")).click()
