"""Every kind of question, by keyboard alone and by touch, in each form of the language."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser
_WITH = "[.]"


@pytest.mark.parametrize("form", FORMS)
def test_each_kind_is_played_and_reached_by_everyone(
    form: str, window: Callable[..., Page], site: Site
) -> None:
    hand = by_touch if form == "sr" else by_keyboard
    learner = Learner(window(f"player-{form}", has_touch=form == "sr"), site, form)
    page = learner.page
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".aside a.btn"))
    assert not found_amiss(page), found_amiss(page)
    page.set_viewport_size(PHONE)
    kinds = set()
    for question in learner.questions():
        key = str(question.get_attribute("data-question"))
        hand(question, learner.facts["right"][key] or _any_point(question))
        expect(question.locator(".saved")).to_have_text(learner.words("Saved"))
        kinds.add(learner.facts["kinds"][key])
    assert len(kinds) == len(learner.questions()) == 11
    page.reload()  # what was saved is there
    hand(None, [], page.locator("#paper > button"))
    expect(page.locator("h1")).to_have_text(learner.words("Submitted; not graded yet"))
    expect(page.locator(".choice.wrong")).to_have_count(0)
    assert not found_amiss(page), found_amiss(page)


def by_keyboard(question: Locator | None, answer: list[str], button: Locator | None = None) -> None:
    """Answer with nothing but keys: the focus goes where Tab would bring it."""
    if button:
        button.focus()
        button.press("Enter")
    elif question:
        _give(question, answer, _key_choose, _key_select, _key_order)


def by_touch(question: Locator | None, answer: list[str], button: Locator | None = None) -> None:
    """Answer with a finger: taps, and one long drag for what has an order."""
    if button:
        _tap_away(button)
    elif question:
        _give(question, answer, _tap, _tap_select, _drag_order)


def _give(
    question: Locator,
    answer: list[str],
    choose: Callable[[Locator], None],
    select: Callable[[Locator, str], None],
    order: Callable[[Locator, list[str]], None],
) -> None:
    if question.locator("[data-steps]").count():
        order(question, [one.partition(_WITH)[0] for one in answer])
        return
    for one in answer:
        inner, has_inner, value = one.partition(_WITH)
        field = question.locator(f"[name$='.{inner}']" if has_inner else "[name]").first
        kind = field.get_attribute("type")
        if kind == "text" or _is_long(field):
            field.focus()
            field.press_sequentially(value if has_inner else one)
        elif kind:
            choose(question.locator(f"[value='{one}']"))
        else:
            select(field, value)


def _is_long(field: Locator) -> bool:
    return bool(field.evaluate("field => field.matches('textarea')"))


def _key_choose(box: Locator) -> None:
    box.focus()
    box.press("Space")


def _key_select(field: Locator, value: str) -> None:
    field.focus()
    for _ in range(field.locator("option").count()):
        if field.input_value() == value:
            return
        field.press("ArrowDown")


def _key_order(question: Locator, keys: list[str]) -> None:
    _is_touched(question)
    for place, key in enumerate(keys):
        step = _step(question, key)
        while _place(question, key) > place:
            step.locator("[data-move='-1']").press("Enter")


def _tap(box: Locator) -> None:
    """Tap until it is chosen: on a busy machine a finger may rest too long, which is no tap."""
    for _ in range(3):
        box.locator("xpath=ancestor::label").tap()
        with suppress(AssertionError):
            return expect(box).to_be_checked(timeout=2000)
    raise AssertionError(f"Three taps do not choose {box}")


def _tap_away(button: Locator) -> None:
    """Tap until it leads to another page."""
    before = button.page.url
    for _ in range(3):
        button.tap()
        with suppress(TimeoutError):
            return button.page.wait_for_url(
                lambda url: url != before, wait_until="commit", timeout=4000
            )
    raise AssertionError(f"Three taps on {button} lead nowhere")


def _tap_select(field: Locator, value: str) -> None:
    field.tap()
    field.select_option(value)


def _drag_order(question: Locator, keys: list[str]) -> None:
    """Drag each step above what stands in its place."""
    _is_touched(question)
    for place, key in enumerate(keys):
        if _place(question, key) > place:
            _drag(_step(question, key), question.locator("li").nth(place))
            assert _place(question, key) == place


def _drag(step: Locator, target: Locator) -> None:
    step.scroll_into_view_if_needed()
    grip, above = step.locator(".grip").bounding_box(), target.bounding_box()
    assert grip
    assert above
    x, start = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    finger = step.page.context.new_cdp_session(step.page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": start}]),
        ("touchMove", [{"x": x, "y": (start + above["y"]) / 2}]),
        ("touchMove", [{"x": x, "y": above["y"] + 4}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _is_touched(question: Locator) -> None:
    """Move a step down and up again: an order that nobody touched is no answer."""
    question.locator("[data-move='1']").first.press("Enter")
    question.locator("[data-move='-1']").nth(1).press("Enter")


def _step(question: Locator, key: str) -> Locator:
    return question.locator("li", has=question.page.locator(f"[name$='.{key}']"))


def _place(question: Locator, key: str) -> int:
    names = [str(field.get_attribute("name")) for field in question.locator("li select").all()]
    return next(at for at, name in enumerate(names) if name.endswith(f".{key}"))


def _any_point(question: Locator) -> list[str]:
    return [str(question.locator("input").first.get_attribute("value"))]
