"""Places of a hotspot question are drawn in its picture: by mouse, by touch and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import found_amiss_at_a_desk
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.test_reach_cms import WAGTAILS_OWN
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

NEW = "/cms/questions/add/?locale=en&kind=hotspot"
PLACES = ("A cupboard with a lock", "A window", "A notice on the wall")
EDGES = ("left", "top", "width", "height")


def test_places_are_drawn_by_mouse_and_by_keyboard(window: Callable[..., Page], site: Site) -> None:
    trainer = Visitor(window("trainer", viewport=DESK), site, "en")
    page = trainer.page
    trainer.opens_exactly(NEW)
    expect(page.locator(".places-tool")).to_be_hidden()
    _chooses_the_picture(page, "Workers' room")

    _drags(page, (10, 20), (40, 60))
    assert _numbers(page, 1) == [10, 20, 30, 40]
    expect(_shape(page, 1)).to_be_focused()
    page.keyboard.press("Enter")  # leads to its words
    page.keyboard.type(PLACES[0])
    page.locator("#options-1-value-correct").check()
    expect(_shape(page, 1)).to_have_accessible_name(f"1. {PLACES[0]} – right")
    expect(_shape(page, 1).locator("text")).to_have_text("1 ✓")

    page.get_by_role("button", name=trainer.words("Draw a place in the middle")).focus()
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert _numbers(page, 2) == [42, 39, 19, 21]
    expect(page.locator(".places-tool [role=status]")).to_have_text(
        "2. no words yet: 42 per cent from the left, 39 from the top, 19 wide, 21 high."
    )
    page.locator("#options-2-value-text").fill(PLACES[1])
    expect(_shape(page, 2).locator("text")).to_have_text("2 ✗")

    _drags(page, (60, 70), (80, 90))
    _drags(page, (70, 80), (65, 80))  # moves it
    _drags(page, (75, 90), (85, 95), outside=6)  # pulls at its corner
    page.locator("#options-3-value-text").fill(PLACES[2])
    drawn = [_numbers(page, number) for number in (1, 2, 3)]
    assert drawn[2] == [55, 70, 30, 25]
    assert not found_amiss_at_a_desk(page, WAGTAILS_OWN)

    _fills_in_the_rest(page)
    page.get_by_role("button", name=trainer.words("Save draft")).click()
    page.wait_for_url("**/questions/edit/*/")
    expect(page.locator(".place")).to_have_count(3)
    assert [_numbers(page, number) for number in (1, 2, 3)] == drawn
    expect(_shape(page, 1)).to_have_accessible_name(f"1. {PLACES[0]} – right")


def test_the_drawing_follows_the_form(window: Callable[..., Page], site: Site) -> None:
    trainer = Visitor(window("trainer", viewport=PHONE, has_touch=True), site, "en")
    page = trainer.page
    trainer.opens_exactly(NEW)
    _chooses_the_picture(page, "Workers' room")
    for edge, number in zip(EDGES, (5, 10, 20, 30), strict=True):
        page.locator(f"#options-1-value-{edge}").fill(str(number))
    expect(_shape(page, 1).locator(".place-edge")).to_have_attribute("x", "5%")
    page.locator("#options-1-value-left").fill("50")
    expect(_shape(page, 1).locator(".place-edge")).to_have_attribute("x", "50%")

    _drags_by_finger(page, (10, 60), (40, 90))
    assert _numbers(page, 2) == [10, 60, 30, 30]
    for _ in range(2):  # one more takes the last empty block, the next a new one
        page.get_by_role("button", name=trainer.words("Draw a place in the middle")).click()
    expect(page.locator(".place")).to_have_count(4)
    assert _numbers(page, 4) == [40, 40, 20, 20]

    page.locator("#options-4-value-text").fill(PLACES[0])
    _block(page, 4).locator("[data-streamfield-action=MOVE_UP]").click()
    expect(_shape(page, 3)).to_have_accessible_name(f"3. {PLACES[0]} – not right")
    _block(page, 1).locator("[data-streamfield-action=DELETE]").click()
    expect(page.locator(".place")).to_have_count(3)
    expect(_shape(page, 2)).to_have_accessible_name(f"2. {PLACES[0]} – not right")
    _block(page, 2).locator("[data-streamfield-action=DUPLICATE]").click()
    expect(page.locator(".place")).to_have_count(4)

    before = page.locator(".places-picture img").get_attribute("src")
    _chooses_the_picture(page, "Yard", again=True)
    expect(page.locator(".places-picture img")).not_to_have_attribute("src", before or "")
    expect(page.locator(".place")).to_have_count(4)


def _fills_in_the_rest(page: Page) -> None:
    page.locator("#id_slug").fill("lodging-drawn")
    page.locator("#id_stem").fill("What do you note in this room?")
    page.locator("#options-0-value-alt").fill("A plan of a lodging with six beds")
    for number in (1, 2, 3):
        page.locator(f"#options-{number}-value-reason").fill("Indicators are read together.")
    page.locator("#id_source").fill("ILO indicators")
    page.locator("#id_objective").select_option(label="Indicators")
    page.locator("#id_law_as_of").fill("2026-11-01")


def _chooses_the_picture(page: Page, title: str, *, again: bool = False) -> None:
    chooser = page.locator("#options-0-value-image-chooser")
    if again:
        chooser.get_by_role("button", name="Actions").click()
    chooser.locator("[data-chooser-action-choose]:visible").click()
    page.locator(".modal-body .image-choice", has_text=title).click()
    picture = page.locator(".places-picture img")
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)


def _block(page: Page, number: int) -> Locator:
    return page.locator(f"[data-streamfield-child]:has(> [name=options-{number}-type])")


def _shape(page: Page, number: int) -> Locator:
    return page.locator(".place").nth(number - 1)


def _numbers(page: Page, block: int) -> list[int]:
    fields = [page.locator(f"#options-{block}-value-{edge}") for edge in EDGES]
    for field in fields:  # they are filled in once the pointer has come to rest
        expect(field).not_to_have_value("")
    return [int(field.input_value()) for field in fields]


def _at(page: Page, point: tuple[int, int]) -> tuple[float, float]:
    """Return where a point of the picture, in per cent, is in the window."""
    picture = page.locator(".places-picture > svg")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    return box["x"] + box["width"] * point[0] / 100, box["y"] + box["height"] * point[1] / 100


def _drags(page: Page, start: tuple[int, int], end: tuple[int, int], *, outside: int = 0) -> None:
    """Drag the mouse; a handle lies some pixels outside of its corner."""
    (x, y), (to_x, to_y) = _at(page, start), _at(page, end)
    page.mouse.move(x + outside, y + outside)
    page.mouse.down()
    page.mouse.move(to_x + outside, to_y + outside, steps=4)
    page.mouse.up()


def _drags_by_finger(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    touch = page.context.new_cdp_session(page)
    (x, y), (to_x, to_y) = _at(page, start), _at(page, end)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": to_x, "y": to_y}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
