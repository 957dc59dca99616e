"""A paper in trouble: the site is busy, the network gone, another tab was first, one is signed out.

Each time the learner is told in plain words, and no answer is lost.
"""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from config.turning_away import turn_away
from tests.config.test_gate import ask
from tests.e2e import answering
from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

LEAVING = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"


class Busy:
    """A site that turns away so many requests to an address, as its gate does."""

    def __init__(self, page: Page, address: str, times: int) -> None:
        self.asked: list[float] = []
        self.times = times
        page.route(address, self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(time.monotonic())
        if len(self.asked) > self.times:
            route.fallback()
            return
        _, headers, body = ask(turn_away, urlsplit(route.request.url).path)
        route.fulfill(status=503, headers=headers, body=body)

    def pauses(self) -> list[float]:
        """Return the seconds between requests."""
        return [b - a for a, b in zip(self.asked, self.asked[1:], strict=False)]


def at_a_paper(page: Page, site: Site, form: str) -> Learner:
    """Open the first quiz and begin, or go on."""
    learner = Learner(page, site, form)
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside .btn").first)
    expect(page.locator("#paper")).to_be_visible()
    return learner


def tick(question: Locator, number: int) -> str:
    """Choose an option by its place; return its key."""
    label = question.locator("[data-answer] label.choice").nth(number)
    label.click()
    return str(label.locator("input").get_attribute("value"))


def said(question: Locator) -> Locator:
    return question.locator("output.saved")


def test_while_the_site_is_busy_answers_wait_and_then_go_in(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("crowded")
    learner = at_a_paper(page, site, "sr-latn")
    question = learner.questions_to_tick()[0]
    saves = Busy(page, "**/save/", 2)
    key = tick(question, 1)
    waits = "Many are here at once. Your answer is kept here and sent again in a moment."
    expect(said(question)).to_have_text(learner.words(waits))
    assert page.evaluate(LEAVING), "nobody is warned on leaving"
    expect(said(question)).to_have_text(learner.words("Saved"))
    assert not page.evaluate(LEAVING)
    first, second = saves.pauses()
    assert first >= 1  # second, as the site has asked
    assert second >= 2  # and longer each time
    page.reload()
    expect(page.locator(f"#paper [value='{key}']")).to_be_checked()

    learner.answers_all(rightly=True)
    submissions = Busy(page, "**/submit/", 3)  # long enough to look at the page
    page.locator("#paper > button").click()
    waits = "Many are here at once. Your answers are kept here and submitted in a moment."
    expect(page.locator("#sent")).to_have_text(learner.words(waits))
    assert not found_amiss(page), found_amiss(page)
    page.wait_for_url("**/result/")
    expect(page.locator("h1")).to_contain_text(learner.words("passed"))
    assert len(submissions.asked) == 4


def test_what_is_chosen_and_submitted_without_network_arrives_with_it(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("cut-off")
    learner = at_a_paper(page, site, "en")
    learner.answers_all(rightly=True)
    question = learner.questions_to_tick()[0]
    wrong = learner.choices(question, rightly=False)
    page.context.set_offline(True)
    page.locator(f"label.choice:has([value='{wrong[0]}'])").click()
    learner.sees("No connection. Your answer is kept here and sent again.")
    page.locator("#paper > button").click()
    learner.sees("No connection. Your answers are kept here; they are submitted as soon as")
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    expect(page.locator(".choice.wrong")).to_have_count(1)


def test_two_tabs_show_both_answers_and_one_is_chosen(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("two-tabs")
    learner = at_a_paper(page, site, "en")
    other = Learner(page.context.new_page(), site, "en")
    other.page.goto(page.url)
    questions, others = learner.questions_to_tick(), other.questions_to_tick()
    theirs = tick(others[0], 0)
    expect(said(others[0])).to_have_text("Saved")
    mine = tick(questions[0], 1)
    learner.sees("This answer was changed in another window. What you see now is what is saved.")
    expect(questions[0].locator(f"[value='{theirs}']")).to_be_checked()
    beside = page.locator("#paper .other")
    expect(beside.locator(f"[value='{mine}']")).to_be_checked()
    assert not found_amiss(page), found_amiss(page)
    beside.get_by_role("button", name="Save this instead").click()
    expect(said(questions[0])).to_have_text("Saved")
    expect(beside).to_have_count(0)
    page.reload()
    expect(page.locator(f"#paper [value='{mine}']")).to_be_checked()

    # The other tab has not seen it, and has something unsaved when it submits.
    other.page.route("**/save/", lambda route: route.abort("internetdisconnected"))
    key = tick(others[0], 2)
    other.page.locator("#paper > button").click()
    other.sees("Some answers were changed in another window. Look at them, then submit again.")
    expect(others[0].locator(f"[value='{mine}']")).to_be_checked()
    expect(other.page.locator(f"#paper .other [value='{key}']")).to_be_checked()


def test_a_page_whose_attempt_was_submitted_elsewhere_leads_to_the_result(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("elsewhere")
    learner = at_a_paper(page, site, "en")
    other = Learner(page.context.new_page(), site, "en")
    other.page.goto(page.url)
    other.answers_all(rightly=True)
    other.submits()
    question = learner.questions_to_tick()[0]
    tick(question, 1)
    learner.sees("This attempt has been submitted; its answers can no longer be changed.")
    expect(question.locator("input").first).to_be_disabled()
    learner.submits()
    expect(page.locator("h1")).to_contain_text("passed")


def test_who_is_signed_out_while_answering_signs_in_beside_it(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("signed-out")
    learner = at_a_paper(page, site, "en")
    question = learner.questions_to_tick()[0]
    page.context.clear_cookies(name="sessionid")
    key = tick(question, 1)
    learner.sees(
        "You were signed out. Sign in in another tab; your answer is kept here and sent then."
    )
    page.locator("#paper > button").click()
    learner.sees("Sign in in another tab, then submit again; your answers are kept here.")
    assert page.evaluate(LEAVING)
    beside = Learner(page.context.new_page(), site, "en")
    beside.signs_in("signed-out@example.org")
    beside.page.close()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(said(question)).to_have_text("Saved")
    page.reload()
    expect(page.locator(f"#paper [value='{key}']")).to_be_checked()


def test_without_a_script_a_busy_site_says_how_to_send_again(
    window: Callable[..., Page], site: Site
) -> None:
    page = window("no-script", java_script_enabled=False)
    learner = at_a_paper(page, site, "en")
    for question in learner.questions():
        answering.give(question, learner.choices(question, rightly=True))
    submissions = Busy(page, "**/submit/", 1)
    page.locator("#paper > button").click()
    learner.sees("Answers that were saved before are safe.")
    page.reload()
    page.wait_for_url("**/result/")
    expect(page.locator("h1")).to_contain_text("passed")
    assert len(submissions.asked) == 2
