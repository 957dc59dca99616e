"""Before a paper is submitted: what is open is named, what was flagged is found again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser


def test_what_is_open_is_named_and_found_again(window: Callable[..., Page], site: Site) -> None:
    learner = Learner(window("looker"), site, "en")
    page = learner.page
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside a.btn"))
    first = learner.questions_to_tick()[0]
    learner.answers(first, rightly=True)
    summary = page.locator(".overview summary")
    expect(summary).to_have_text("Overview: 1 / 11 answered, 0 to look at again")
    with page.expect_response("**/mark/"):
        page.get_by_label("Look at it again: question 1", exact=True).check()
    expect(summary).to_have_text("Overview: 1 / 11 answered, 1 to look at again")
    page.reload()
    expect(summary).to_have_text("Overview: 1 / 11 answered, 1 to look at again")
    summary.click()
    assert not found_amiss(page), found_amiss(page)
    page.set_viewport_size(PHONE)
    learner.leaves_by(page.locator("#paper > button"))
    expect(page.locator("h1")).to_have_text(
        learner.words.some("%(n)s question has no answer", "%(n)s questions have no answer", 10)
    )
    expect(page.locator(".open-questions a")).to_have_count(11)
    assert not found_amiss(page), found_amiss(page)
    page.set_viewport_size(PHONE)
    way = page.locator(".open-questions a").nth(3)
    number = way.inner_text().split(".")[0]
    learner.leaves_by(way)
    expect(page.locator(".asked:target legend")).to_contain_text(f"{number}. ")
    expect(page.locator(".asked:target")).to_be_in_viewport()
