"""No dead end: every attempt used up, no JavaScript, signed out in the middle."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import answering
from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK

pytestmark = pytest.mark.browser


def test_after_the_last_attempt_there_is_a_waiting_time_and_a_trainer(
    window: Callable[..., Page], site: Site
) -> None:
    learner = Learner(window("spent"), site, "en")
    quiz = learner.facts["course"]["quizzes"][0]
    learner.opens(quiz)
    learner.sees("You have used your attempts.")
    expect(learner.page.locator(".aside")).to_contain_text(re.compile(r"opens on \d"))
    expect(learner.page.locator("form[action*='/begin/']")).to_have_count(0)
    _grants(Visitor(window("trainer", viewport=DESK), site, "en"))
    learner.opens(quiz)
    learner.passes_the_quiz()


def _grants(trainer: Visitor) -> None:
    """The trainer finds who is stuck on the cohort's page and opens one more attempt."""
    page = trainer.page
    trainer.opens_exactly(f"/cms/cohorts/{trainer.facts['cohort']}/")
    row = page.locator("tr", has=page.get_by_role("link", name="Grant one more attempt"))
    row.filter(has_text="Potrošić").get_by_role("link").click()
    page.get_by_label("Reason").fill("The screen broke in the middle of the last attempt.")
    page.get_by_role("button", name="Grant one more attempt").click()
    expect(page.locator("body")).to_contain_text("One more attempt is open for")


def test_a_browser_without_javascript_can_do_it_all(
    window: Callable[..., Page], site: Site, tmp_path: Path
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
    _takes_the_course_without_script(learner)
    learner.sees("Course completed")
    learner.clicks("Open your certificate")
    with learner.page.expect_download() as expected:
        learner.waits_for_the_certificate().click()
    sheet = tmp_path / "sheet.pdf"
    expected.value.save_as(sheet)
    assert sheet.read_bytes().startswith(b"%PDF-")


def _takes_the_course_without_script(learner: Learner) -> None:
    """Go on from the course page until it offers nothing more; leave a gap in the first quiz."""
    go_on = learner.page.locator(".aside form button.block")
    learner.opens_course()
    gaps = 1
    while go_on.count():
        learner.leaves_by(go_on)
        if learner.at_a_quiz():
            _answers_without_script(learner, gaps)
            gaps = 0
        else:
            _reads_without_script(learner)
        learner.opens_course()


def _reads_without_script(learner: Learner) -> None:
    """Each answer opens the lesson anew, at the place of the question."""
    checks = learner.page.locator("[data-check]")
    for number in range(checks.count()):
        checks.nth(number).locator("label.choice").last.click()
        checks.nth(number).locator("button").click()
        expect(checks.nth(number).locator(".choice.right .why")).to_have_count(1)
    learner.leaves_by(learner.page.locator(".stepper form button"))


def _answers_without_script(learner: Learner, gaps: int) -> None:
    page = learner.page
    learner.begins()
    keys = [question.get_attribute("data-question") for question in learner.questions()]
    for key in keys[gaps:]:
        _chooses(learner, page, key)
    if gaps:
        _is_asked_about_the_gap(learner)
        _chooses(learner, page, keys[0])
    learner.submits()
    expect(page.locator("h1")).to_contain_text(learner.words("passed"))


def _is_asked_about_the_gap(learner: Learner) -> None:
    page = learner.page
    page.locator("#paper > button").click()
    expect(page.locator("h1")).to_have_text(
        learner.words.some("%(n)s question has no answer", "%(n)s questions have no answer", 1)
    )
    learner.clicks("Back to the questions")
    expect(page.locator("#paper input:checked").first).to_be_checked()


def _chooses(learner: Learner, page: Page, key: str | None) -> None:
    question = page.locator(f"[data-question='{key}']")
    answering.give(question, learner.choices(question, rightly=True))
