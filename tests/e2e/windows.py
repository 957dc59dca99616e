"""Browsers: how one is started, and what none may ever do."""

import os
from typing import Any
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Playwright, Request

from tests.e2e.site import BROKEN

PHONE = {"width": 390, "height": 844}
PATIENCE = 10_000  # milliseconds
DESK = {"width": 1280, "height": 900}
# What the site says on purpose to a page that is not there, not open, or asked for too often.
_ANSWERS = ("(Forbidden)", "(Not Found)", "(Too Many Requests)")
# What a paper is told of its answers, and tells the learner.
_OF_ANSWERS = ("(Conflict)", "(Gone)", "(Service Unavailable)")
_CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium(playwright: Playwright) -> Browser:
    """Start the machine's Chromium, or the one that Playwright has downloaded."""
    found = (path for path in _CHROMIUM if os.path.exists(path))
    path = os.environ.get("PUTOKAZ_CHROMIUM") or next(found, None)
    return playwright.chromium.launch(executable_path=path, args=_ARGS)


class Window:
    """A browser with cookies of its own; it writes down whatever no page may do."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.amiss: list[str] = []
        self.host = urlsplit(url).netloc
        here = {"viewport": PHONE, "base_url": url, "timezone_id": "Europe/Belgrade"}
        options = here | {"reduced_motion": "reduce"} | options
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.amiss.append(f"script: {error}"))
        self.context.on("request", self._asked)

    def close(self) -> None:
        self.context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        # A lost network is told to the user and to the console: that is no fault of the page.
        # Nor is the answer to the very page that a test asks for; that of a part of it is.
        is_page = urldefrag(message.location.get("url", "")).url == urldefrag(self.page.url).url
        if is_page and _says(message, _ANSWERS):
            return
        if is_page and self.page.url.endswith(BROKEN) and "(Internal Server" in message.text:
            return
        address = message.location.get("url", "")
        if address.endswith(("/save/", "/submit/")) and _says(message, _OF_ANSWERS):
            return
        # Wagtail tries to save a new draft by itself, also before it is whole.
        if urlsplit(address).path.endswith("/questions/add/") and "(Bad Request)" in message.text:
            return
        if "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        if message.type in ("error", "warning"):
            self.amiss.append(f"console on {self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.amiss.append(f"{self.page.url} asks another host: {request.url}")


def _says(message: ConsoleMessage, words: tuple[str, ...]) -> bool:
    return any(word in message.text for word in words)
