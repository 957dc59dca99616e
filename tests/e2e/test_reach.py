"""Every page type can be reached by everyone: axe finds nothing, nothing runs off the screen.

The three forms, light on a narrow phone and dark on a desk. A browser in the tests also writes
down any script error and any request to another host (`tests.e2e.windows`).
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import FORMS
from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
Screen = dict[str, int]
NARROW = {"width": 320, "height": 700}
TARGET = 44  # pixels each way (ux.md, "Reach")
# What is pressed; a link within a sentence is as large as its words.
_CONTROLS = (
    ".btn, .bar summary, .chip, label.choice, select, textarea,"
    " input:not([type=hidden], [type=radio], [type=checkbox])"
)
LESSON_BUDGET = 150_000  # bytes over the wire, without media (ux.md, "Reach")


@pytest.mark.parametrize(("scheme", "screen"), [("light", NARROW), ("dark", DESK)])
@pytest.mark.parametrize("form", FORMS)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(
    form: str, scheme: str, screen: Screen, window: Callable[..., Page], site: Site
) -> None:
    found: list[str] = []
    for page in _every_page(form, scheme, screen, window, site):
        page.wait_for_load_state("networkidle")
        found += _violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} runs off a screen of {screen['width']} px")
    assert found == []


def test_a_lesson_is_light(window: Callable[..., Page], site: Site) -> None:
    learner = Learner(window(), site, "sr")
    learner.signs_in("finished@example.org")
    learner.opens(learner.facts["course"]["lessons"][0])
    learner.page.wait_for_load_state("networkidle")
    sizes = learner.page.evaluate(
        """["navigation", "resource"].flatMap((kind) =>
            performance.getEntriesByType(kind).map((entry) => entry.encodedBodySize))"""
    )
    assert 20_000 < sum(sizes) < LESSON_BUDGET


def test_leaving_quickly_leaves_nothing_to_go_back_to(
    window: Callable[..., Page], site: Site
) -> None:
    visitor = Visitor(window(), site, "en")
    visitor.opens("verify/")
    visitor.opens("help/")
    # Wherever "away" is, the help page is not in the history any more.
    visitor.page.evaluate(
        "document.querySelector('[data-leave]').href = location.origin + '/en/courses/'"
    )
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_url("**/en/courses/")
    visitor.page.go_back()
    assert visitor.page.url.endswith("/verify/")


def test_a_keyboard_is_enough(window: Callable[..., Page], site: Site) -> None:
    visitor = Visitor(window(), site, "en")
    visitor.opens()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
    menu = visitor.page.locator("details.menu")
    menu.locator("summary").press("Enter")
    assert menu.evaluate("menu => menu.open")
    visitor.page.keyboard.press("Escape")
    assert not menu.evaluate("menu => menu.open")


def _every_page(
    form: str, scheme: str, screen: Screen, window: Callable[..., Page], site: Site
) -> Iterator[Page]:
    options = {"color_scheme": scheme, "viewport": screen}
    yield from _public_pages(Visitor(window(**options), site, form))
    yield from _pages_of_a_learner(Learner(window(**options), site, form))
    officer = Visitor(window(**options), site, form)
    officer.signs_in_twice("officer@example.org")
    officer.opens("reports/")
    yield officer.page


def _public_pages(visitor: Visitor) -> Iterator[Page]:
    course = visitor.facts["course"]["path"]
    account = ("account/login/", "account/signup/", "account/password/reset/")
    for path in ("", "courses/", course, "help/", "privacy/", "verify/", *account):
        visitor.opens(path)
        yield visitor.page
    for missing in ("nothing-here/", "verify/AAAA-AAAA-AAAA/"):
        visitor.page.goto(f"/{visitor.form}/{missing}")
        yield visitor.page
    visitor.page.goto("/demo/mail")
    yield visitor.page


def _pages_of_a_learner(learner: Learner) -> Iterator[Page]:
    learner.signs_in("finished@example.org")
    course = learner.facts["course"]
    studied = (course["path"], course["lessons"][0], course["quizzes"][0])
    own = ("my/", "my/certificates/", "my/profile/", "my/erase/", "account/2fa/")
    for path in (*studied, *own):
        learner.opens(path)
        yield learner.page
    learner.opens(course["quizzes"][0])
    learner.page.locator(".acts a").first.click()
    yield learner.page
    stuck = Learner(learner.page, learner.site, learner.form)
    learner.page.context.clear_cookies()
    stuck.signs_in("stuck@example.org")
    stuck.opens(course["quizzes"][0])
    yield stuck.page
    stuck.opens(course["quizzes"][1])
    stuck.page.locator(".aside .btn").first.click()
    yield stuck.page


def _violations(page: Page) -> list[str]:
    results = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{page.url} {broken['id']}: {node['html'][:160]}"
        for broken in results
        for node in broken["nodes"]
    ]


def test_a_finger_hits_what_it_means(window: Callable[..., Page], site: Site) -> None:
    small: set[str] = set()
    seen = 0
    for page in _every_page("sr", "light", PHONE, window, site):
        for control in page.locator(_CONTROLS).all():
            box = control.bounding_box()
            if box is None or not control.is_visible():
                continue
            seen += 1
            if round(min(box["width"], box["height"])) < TARGET:
                said = control.inner_text()[:30] or control.get_attribute("id")
                small.add(f"{page.url}: {said} is {box['width']:.0f} × {box['height']:.0f}")
    assert seen > 100
    assert small == set()
