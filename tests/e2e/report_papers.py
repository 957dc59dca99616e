"""Pictures of the statistics as they are printed, in each language and script."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.people import Learner
from tests.e2e.site import Site
from tests.e2e.windows import Window

_DPI, _PAGES = "60", "2"
_PAPERS = ("statistics", "articles")
_FORMS = ("en", "sr", "sr-latn")


def take_reports(browser: Browser, site: Site, target: Path) -> Iterator[str]:
    """Take the sealed papers as an officer, and a picture of their first pages; yield names."""
    window = Window(browser, site.url)
    Learner(window.page, site, "en").signs_in_twice("officer@example.org")
    with tempfile.TemporaryDirectory() as folder:
        for form in _FORMS:
            for what in _PAPERS:
                answer = window.page.request.get(f"/{form}/reports/statistics/{what}.pdf")
                pdf = Path(folder) / f"paper-{what}-{form}.pdf"
                pdf.write_bytes(answer.body())
                command = ("pdftoppm", "-r", _DPI, "-l", _PAGES, "-png", pdf, target / pdf.stem)
                subprocess.run(command, check=True)
                yield pdf.stem
    window.close()
