"""A site for the session, a browser for the session, a window for each story."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.people import session_of
from tests.e2e.site import ROOT, Site, build, collect, copy_of
from tests.e2e.windows import PATIENCE, Window, chromium

FORMS = ("en", "sr", "sr-latn")
# The longest stories, the longest first: where several processes share the work, none is left
# with one of these when the others are done.
LONG = ("to_the_certificate", "without_javascript", "reache", "reviewed")
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""

    def turn(item: pytest.Item) -> int:
        if not item.path.is_relative_to(_HERE):
            return -1
        return next((n for n, words in enumerate(LONG) if words in item.name), len(LONG))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def static() -> Path:
    """The collected files of the site, the same for every process of this run."""
    if not (ROOT / "var" / "vendor" / "icons" / "sprite.svg").exists():
        pytest.fail("the browser's assets are missing: run `make setup`")
    kept = ROOT / "var" / "e2e"
    kept.mkdir(parents=True, exist_ok=True)
    with _alone(kept / "lock"):
        return collect(kept)


@pytest.fixture(scope="session")
def prepared(static: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with content, made once also where pytest runs in several processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with _alone(shared / "lock"):
        folder = shared / "prepared"
        if not (folder / "facts.json").exists():
            build(folder, static=static)
    return folder


@pytest.fixture(scope="session")
def site(prepared: Path, static: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site, with a worker, as `make run` starts it."""
    running = copy_of(prepared, tmp_path_factory.mktemp("site") / "var", static=static)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # As long as a window waits for anything else: a busy machine is no fault of a page.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = chromium(playwright)
        yield launched
        launched.close()


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open browsers of people who do not know each other; at the end nothing may be amiss.

    `who` is signed in already: see `tests.e2e.people.session_of`.
    """
    opened: list[Window] = []

    def open_window(who: str = "", **options: object) -> Page:
        if who:
            options["storage_state"] = session_of(browser, site, f"{who}@example.org")
        opened.append(Window(browser, site.url, **options))
        return opened[-1].page

    yield open_window
    for each in opened:
        each.close()
    assert [amiss for each in opened for amiss in each.amiss] == []


class _alone:
    """Only one process at a time passes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *error: object) -> None:
        self.file.close()
