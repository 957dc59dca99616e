"""Practice: by keyboard, by touch and without scripts, one question after the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import answering
from tests.e2e.axe import found_amiss
from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.test_kinds import by_keyboard, by_touch
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser

SIZE, KINDS = 5, 9  # questions a round; kinds that the server scores
ONE, MANY = (f"Practise what you got wrong (%(n)d question{s})" for s in ("", "s"))


@pytest.mark.parametrize(
    ("form", "hand"), [("en", by_keyboard), ("sr", by_touch), ("sr-latn", None)]
)
def test_what_was_wrong_is_practised_until_nothing_is_left_for_today(
    form: str, hand: Callable[..., None] | None, window: Callable[..., Page], site: Site
) -> None:
    options = {"has_touch": form == "sr", "java_script_enabled": hand is not None}
    learner = Learner(window(f"practiser-{form}", **options), site, form)
    page = learner.page
    for place in ("my/", learner.facts["course"]["path"]):
        learner.opens(place)
        expect(invitation(learner)).to_have_text(learner.words.some(ONE, MANY, KINDS))
    learner.opens(learner.facts["course"]["quizzes"][0])
    learner.leaves_by(page.locator(".acts a").first)
    learner.leaves_by(invitation(learner))
    learner.sees("Nothing here counts: no attempt is used, and your results stay as they are.")
    is_fine(learner)
    begin = page.locator("main form button")
    press(learner, begin, hand)
    kinds = {answers(learner, hand, number, rightly=number > 1) for number in range(1, SIZE + 1)}
    learner.sees_heading("%(right)s of %(answered)s right", right=SIZE - 1, answered=SIZE)
    is_fine(learner)
    press(learner, begin, hand)
    kinds.add(answers(learner, hand, 1, rightly=True))
    learner.opens("my/")  # stops, and comes back
    expect(invitation(learner)).to_have_text(learner.words.some(ONE, MANY, SIZE - 1))
    learner.leaves_by(invitation(learner))
    way = learner.words.some("Go on: %(n)s question left", "Go on: %(n)s questions left", SIZE - 1)
    learner.leaves_by(learner.named(way))
    kinds |= {answers(learner, hand, number, rightly=True) for number in range(2, SIZE + 1)}
    learner.sees_heading("%(right)s of %(answered)s right", right=SIZE, answered=SIZE)
    learner.sees("There is nothing to practise now.")
    assert len(kinds) == KINDS
    learner.opens("my/")
    expect(invitation(learner)).to_have_count(0)


def invitation(learner: Learner) -> Locator:
    return learner.page.locator("main a[href*='/practice/']")


def answers(
    learner: Learner, hand: Callable[..., None] | None, number: int, *, rightly: bool
) -> str:
    """Answer a question, read what is right and go on; return its kind."""
    page = learner.page
    learner.sees_heading("Question %(number)s of %(total)s", number=number, total=SIZE)
    question = page.locator("[data-question]")
    key = str(question.get_attribute("data-question"))
    given = learner.choices(question, rightly=rightly)
    if number == 1:
        is_fine(learner)
    (hand or answering.give)(question, given)
    press(learner, page.locator("main form button.btn"), hand)
    learner.sees_heading("Right." if rightly else "Not right.")
    learner.sees("Source:")
    expect(page.locator(".choice:is(.right, .missed)").first).to_be_visible()
    if number == 1:
        is_fine(learner)
    learner.leaves_by(page.locator("main .row a.btn").first)
    return str(learner.facts["kinds"][key])


def press(learner: Learner, button: Locator, hand: Callable[..., None] | None) -> None:
    """Press by the same hand, and wait for the page that follows."""
    before = learner.page.url
    if hand:
        hand(None, [], button)
    else:
        button.click()
    learner.page.wait_for_url(lambda url: url != before, wait_until="domcontentloaded")


def is_fine(learner: Learner) -> None:
    """Let axe look at the page, where scripts may run; then go on on the phone."""
    if learner.form != "sr-latn":
        assert not found_amiss(learner.page), found_amiss(learner.page)
        learner.page.set_viewport_size(PHONE)
