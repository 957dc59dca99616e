"""What axe-core and a ruler say about a page: in light and dark, on a narrow screen and a desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.windows import DESK

Screen = dict[str, int]
NARROW = {"width": 320, "height": 700}
TARGET = 44  # pixels each way (docs: every target of a finger)
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_EVERY_RULE = {"type": "tag", "values": _TAGS}
# Nothing but colours depends on the light: the style sheets ask for it in their tokens alone.
_COLOURS = {"type": "rule", "values": ("color-contrast", "link-in-text-block")}
# At each width every rule looks once; at a desk every colour in both lights.
_LOOKS = (
    (NARROW, "light", _EVERY_RULE),
    (DESK, "dark", _EVERY_RULE),
    (DESK, "light", _COLOURS),
)
_AXE = Axe().axe_script
_RUN = """async ([options, known]) => (await axe.run(document, options)).violations.flatMap(
    (broken) => broken.nodes
        .filter((node) => !known.some(([rule, selector]) =>
            rule === broken.id && document.querySelector(node.target[0])?.matches(selector)))
        .map((node) => [broken.id, node.target.flat().join(" "), node.html.slice(0, 160)].join(" "))
)"""
# A change of light fades, however briefly: half-way colours are nobody's.
_SETTLE = """() => document.fonts.ready
    .then(() => new Promise(requestAnimationFrame))
    .then(() => document.getAnimations().forEach((animation) => animation.finish()))"""
# What is pressed; a link within a sentence is as large as its words.
_CONTROLS = (
    ".btn, .bar summary, .chip, label.choice, select, textarea,"
    " input:not([type=hidden], [type=radio], [type=checkbox])"
)
_MEASURE = """([controls, target]) => [...document.querySelectorAll(controls)]
    .filter((control) => control.checkVisibility({visibilityProperty: true}))
    .map((control) => [control, control.getBoundingClientRect()])
    .map(([control, box]) => Math.round(Math.min(box.width, box.height)) >= target ? "" :
        `${control.innerText || control.id} is ${box.width} × ${box.height}`)"""


@dataclass(frozen=True)
class Known:
    """A violation in markup that is not ours: one rule at one kind of element, and why."""

    rule: str
    selector: str
    reason: str


def found_amiss(page: Page) -> list[str]:
    """Return what is wrong with a page of the site as it stands: it is not loaded anew."""
    found = _seen_by_axe(page, _LOOKS, known=())
    return [*dict.fromkeys(found)]


def found_amiss_at_a_desk(page: Page, known: Iterable[Known]) -> list[str]:
    """Return the same of a page of the CMS, which is made for a desk."""
    looks = [look for look in _LOOKS if look[0] is DESK]
    return [*dict.fromkeys(_seen_by_axe(page, looks, known))]


def _seen_by_axe(page: Page, looks: Iterable[Any], known: Iterable[Known]) -> list[str]:
    page.wait_for_load_state("load")
    page.evaluate(_AXE)
    excused = [[each.rule, each.selector] for each in known]
    found: list[str] = []
    for screen, light, rules in looks:
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=light)
        page.evaluate(_SETTLE)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found += [f"{page.url} in {light}: {it}" for it in page.evaluate(_RUN, [options, excused])]
        found += _measured(page, screen)
    return found


def _measured(page: Page, screen: Screen) -> list[str]:
    found = []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{page.url} runs off a screen of {screen['width']} px")
    if screen is NARROW:
        sizes = page.evaluate(_MEASURE, [_CONTROLS, TARGET])
        found += [f"{page.url}: {small}" for small in sizes if small]
        if not sizes:
            found.append(f"{page.url}: there was nothing to press, so nothing was measured")
    return found
