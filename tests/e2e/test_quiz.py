"""A paper before it is submitted: what is open is named, flags are kept, answers are checked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import answering
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


def test_what_was_chosen_before_the_scripts_came_is_saved(
    window: Callable[..., Page], site: Site
) -> None:
    """On a slow line the page can be read, and answered, before anything listens."""
    learner = Learner(window("early"), site, "en")
    page = learner.page
    late: list[Route] = []
    page.route("**/js/quiz*.js", lambda route: late.append(route))
    learner.opens(learner.facts["course"]["quizzes"][0])
    page.locator(".aside a.btn").click(no_wait_after=True)
    question = page.locator("#paper [data-question]", has=page.locator("label.choice")).first
    choice = question.locator("label.choice").first
    choice.click()
    value = choice.locator("input").get_attribute("value")
    expect(question.locator(".saved")).to_have_text("")
    assert late, "the script is on its way"
    late[0].continue_()
    expect(question.locator(".saved")).to_have_text("Saved")
    page.unroute("**/js/quiz*.js")
    page.reload()
    expect(page.locator(f"#paper [value='{value}']")).to_be_checked()


def test_answers_are_checked_one_by_one_and_stay(window: Callable[..., Page], site: Site) -> None:
    learner = Learner(window("checker"), site, "sr")
    page = learner.page
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside a.btn"))
    expect(page.locator("h2.section")).to_have_text("У патроли")
    question = next(one for one in learner.questions_to_tick() if _kind(learner, one) == "choice")
    key = question.get_attribute("data-question")
    place = page.locator(f"[id='q-{key}']")
    learner.answers(question, rightly=False)
    learner.leaves_by(place.locator("button[name=check]"))
    expect(place.locator(".choice.wrong .why")).to_be_visible()
    expect(place.locator("input:not([type=hidden], [name=flag])")).to_have_count(0)
    expect(place).to_be_in_viewport()
    expect(page.locator("[data-count=answered]")).to_have_text("1")
    assert not found_amiss(page), found_amiss(page)
    page.set_viewport_size(PHONE)
    # The Enter key in a field checks nothing: it saves what is written.
    field = page.locator("#paper [data-question] input[type=text]").first
    field.fill("7")
    with page.expect_navigation():
        field.press("Enter")
    expect(page.locator("#paper .choice.wrong")).to_have_count(1)
    expect(page.locator("#paper [data-question] input[type=text]").first).to_have_value("7")


@pytest.mark.parametrize("scripted", [True, False])
def test_one_question_comes_after_the_other(
    scripted: bool, window: Callable[..., Page], site: Site
) -> None:
    name = "one-by-one" if scripted else "one-by-one-plain"
    learner = Learner(window(name, java_script_enabled=scripted), site, "sr-latn")
    page = learner.page
    page.set_viewport_size(PHONE)
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside a.btn"))
    for number in (1, 2, 3):
        learner.sees("Question %(number)s of %(count)s", number=number, count=3)
        (question,) = learner.questions_to_tick()
        if number == 2:
            learner.leaves_by(page.locator("button[name=next]"))
            learner.sees("This question has no answer yet, and you cannot come back to it.")
            if scripted:
                assert not found_amiss(page), found_amiss(page)
                page.set_viewport_size(PHONE)
            learner.leaves_by(page.locator("button[name=next]"))
            continue
        if scripted:
            learner.answers(question, rightly=number == 1)
        else:  # nothing says that it is saved before the form is sent
            answering.give(question, learner.choices(question, rightly=number == 1))
        page.locator(".sure input").last.check()
        learner.leaves_by(page.locator("#paper > button").first)
    expect(page.locator("h1")).to_contain_text("1")
    learner.sees("Where you were sure and wrong, read first.")
    if scripted:
        assert not found_amiss(page), found_amiss(page)


def _kind(learner: Learner, question: Locator) -> str:
    return str(learner.facts["kinds"][question.get_attribute("data-question")])
