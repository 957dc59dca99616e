"""What is not translated, and a clock that runs: nobody is lost, nothing is hidden."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner, session_of
from tests.e2e.site import Site, copy_of
from tests.e2e.windows import DESK, PHONE, Window

pytestmark = pytest.mark.browser

# The first quiz has no Serbian page any more, and twenty minutes.
CHANGE = """
from assessments.models import QuizPage
from wagtail.models import Locale
key = "{key}"
for page in QuizPage.objects.filter(translation_key=key):
    page.time_limit = 20
    page.save_revision().publish()
QuizPage.objects.get(translation_key=key, locale__language_code="sr").unpublish()
"""


@pytest.fixture(scope="module")
def changed(
    prepared: Path, static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site of its own, whose first quiz is not in Serbian."""
    site = copy_of(prepared, tmp_path_factory.mktemp("other") / "var", static=static)
    site.manage("shell", "-c", CHANGE.format(key=site.facts["quiz_key"]))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def open_window(browser: Browser, changed: Site) -> Iterator[Callable[[str], Page]]:
    opened: list[Window] = []

    def open_(who: str) -> Page:
        state = session_of(browser, changed, f"{who}@example.org")
        opened.append(Window(browser, changed.url, storage_state=state, viewport=PHONE))
        return opened[-1].page

    yield open_
    for each in opened:
        each.close()
    assert [amiss for each in opened for amiss in each.amiss] == []


@pytest.mark.parametrize("form", ["sr", "sr-latn"])
def test_a_quiz_that_is_not_translated_is_taken_all_the_same(
    form: str, open_window: Callable[[str], Page], changed: Site
) -> None:
    learner = Learner(open_window("crowded" if form == "sr" else "cut-off"), changed, form)
    page = learner.page
    learner.opens("courses/" + learner.facts["course"]["quizzes"][0].split("/")[1] + "/")
    row = page.locator(".acts a", has=page.locator("span[lang=en]"))
    expect(row).to_have_count(1)
    expect(page.locator(".in-language")).to_have_text(learner.words("in English"))
    assert not found_amiss(page), found_amiss(page)
    learner.leaves_by(row)
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    learner.sees("Once you begin, your time goes on, also while the page is closed.")
    assert not found_amiss(page), found_amiss(page)
    page.set_viewport_size(PHONE)
    page.locator(".menu summary").click()
    learner.leaves_by(page.locator(".menu a[hreflang=en]"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_back()
    learner.leaves_by(page.locator(".aside button.btn"))
    clock = page.locator(".clock")
    expect(clock.locator("b")).to_have_text(learner.words("{n} min left").replace("{n}", "19"))
    assert not found_amiss(page), found_amiss(page)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.locator("#paper > .btn").scroll_into_view_if_needed()
        expect(clock).to_be_in_viewport()


def test_the_clock_covers_nothing_that_has_the_focus(
    open_window: Callable[[str], Page], changed: Site
) -> None:
    learner = Learner(open_window("two-tabs"), changed, "en")
    page = learner.page
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside button.btn"))
    page.locator("#paper > .btn").focus()
    covered = """() => {
        const at = document.activeElement, clock = document.querySelector(".clock");
        const inside = document.getElementById("paper").contains(at);
        return inside && at.getBoundingClientRect().top < clock.getBoundingClientRect().bottom - 1;
    }"""
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(300)  # it scrolls smoothly
        assert not page.evaluate(covered)
