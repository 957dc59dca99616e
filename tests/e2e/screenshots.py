"""Take the pictures of `docs/screenshots/`: `python -m tests.e2e.screenshots`.

Every page type on a phone and a desk, in light and dark; lesson and certificate in the three forms.
The site is the one of the browser tests: invented people, the demo's course.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()

from tests.e2e.papers import take_papers
from tests.e2e.people import Learner
from tests.e2e.report_papers import take_reports
from tests.e2e.site import BROKEN, ROOT, Site, build, collect
from tests.e2e.windows import DESK, PHONE, Window, chromium

TARGET = ROOT / "docs" / "screenshots"
SCREENS = {"phone": PHONE, "desk": DESK}
LIGHTS = ("light", "dark")
FORMS = ("en", "sr", "sr-latn")
TALLEST = 1400
COLOURS = 200


@dataclass(frozen=True)
class Shot:
    """A page type: who looks at it, and how they get there."""

    name: str
    who: str
    open: Callable[[Learner], None]
    forms: tuple[str, ...] = ("en",)


def _at(path: str) -> Callable[[Learner], None]:
    return lambda person: person.opens(path)


def _course(person: Learner) -> None:
    person.opens_course()


def _lesson(person: Learner) -> None:
    person.opens(person.facts["course"]["lessons"][0])


def _quiz(person: Learner) -> None:
    person.opens(person.facts["course"]["quizzes"][0])


def _result(person: Learner) -> None:
    _quiz(person)
    person.page.locator(".acts a").last.click()
    person.page.wait_for_url("**/result/")


def _attempt(person: Learner) -> None:
    """Begin the second quiz, or go on with it, and answer the first question."""
    person.opens(person.facts["course"]["quizzes"][1])
    person.leaves_by(person.page.locator(".aside .btn").first)
    person.answers(person.questions_to_tick()[0], rightly=True)


def _practice_case(person: Learner) -> None:
    """Begin what is optional, or go on with it: a picture, a long answer, a scale."""
    person.opens(person.facts["course"]["practice_case"])
    person.leaves_by(person.page.locator(".aside .btn").first)


def _verified(person: Learner) -> None:
    person.opens("my/certificates/")
    person.clicks("Verification page")
    person.page.wait_for_url("**/verify/*/")


def _verified_offline(person: Learner) -> None:
    """Get ready, then check what a QR code says."""
    person.opens("verify/offline/")
    person.page.locator("offline-ready button:visible").click()
    person.page.locator("p[data-state=ready]:visible").wait_for()
    person.page.locator("#said").fill(person.facts["qr_code"])
    person.page.locator("offline-check form button").click()
    person.page.locator("[data-answer]:visible").wait_for()


def _unanswered(person: Learner) -> None:
    """Submit with questions left open."""
    _attempt(person)
    person.leaves_by(person.page.locator("#paper > button"))


def _withdraw(person: Learner) -> None:
    person.opens_course()
    person.leaves_by(person.named("Withdraw from this course"))


def _whatever_it_answers(path: str) -> Callable[[Learner], None]:
    def go(person: Learner) -> None:
        person.page.goto(f"/{person.form}/{path}")

    return go


def _cms(path: str) -> Callable[[Learner], None]:
    return lambda person: _open_cms(person, path)


def _open_cms(person: Learner, path: str) -> None:
    person.page.goto(path.format(**person.facts, lesson=person.facts["course"]["lesson_page"]))


def _registered(person: Learner) -> None:
    _open_cms(person, "/cms/certificates/")
    person.page.locator("td.title a").first.click()
    person.page.locator("form textarea").wait_for()


def _coverage(person: Learner) -> None:
    person.opens("reports/coverage/")
    person.leaves_by(person.page.locator(".card a").first)


def _survey(person: Learner) -> None:
    person.opens("my/")
    person.leaves_by(person.page.locator("a[href*='/survey/']").first)


SHOTS = (
    Shot("home", "", _at("")),
    Shot("catalogue", "", _at("courses/?profession=judge")),
    Shot("course", "", _course),
    Shot("sign-up", "", _at("account/signup/")),
    Shot("sign-in", "", _at("account/login/")),
    Shot("verify", "", _at("verify/"), FORMS),
    Shot("verify-offline", "", _at("verify/offline/"), FORMS),
    Shot("certificate-offline", "", _verified_offline, FORMS),
    Shot("help", "", _at("help/")),
    Shot("privacy", "", _at("privacy/")),
    Shot("password-reset", "", _at("account/password/reset/")),
    Shot("demo-mail", "", _at("demo/mail/")),
    Shot("not-found", "", _whatever_it_answers("nothing-here/")),
    Shot("broken", "", _whatever_it_answers(BROKEN)),
    Shot("my-learning", "finished", _at("my/")),
    Shot("course-completed", "finished", _course),
    Shot("lesson", "finished", _lesson, FORMS),
    Shot("certificates", "finished", _at("my/certificates/")),
    Shot("certificate", "finished", _verified, FORMS),
    Shot("certificates-ending", "ending", _at("my/certificates/")),
    Shot("profile", "finished", _at("my/profile/")),
    Shot("erase", "finished", _at("my/erase/")),
    Shot("not-yours", "finished", _whatever_it_answers("reports/")),
    Shot("course-learner", "stuck", _course),
    Shot("withdraw", "stuck", _withdraw),
    Shot("quiz-waiting", "stuck", _quiz),
    Shot("quiz-result", "stuck", _result),
    Shot("quiz-attempt", "stuck", _attempt),
    Shot("quiz-unanswered", "stuck", _unanswered),
    Shot("practice-case", "stuck", _practice_case, FORMS),
    Shot("second-factor", "officer", _at("account/2fa/")),
    Shot("reports", "officer", _at("reports/")),
    Shot("reports-month", "officer", _at("reports/?by=month")),
    Shot("reports-outside", "officer", _at("reports/?by=profession&outside=1"), FORMS),
    Shot("reports-past", "officer", _at(f"reports/?as_of={date.today() - timedelta(days=7)}")),
    Shot("reports-difference", "officer", _at("reports/difference/?since=2026-01-01")),
    Shot("reports-file", "officer", _at("reports/files/new/")),
    Shot("reports-snapshots", "officer", _at("reports/snapshots/")),
    Shot("statistics", "officer", _at("reports/statistics/"), FORMS),
    Shot("coverage", "officer", _coverage, FORMS),
    Shot("survey", "asked-en", _survey),
    Shot("cms-home", "trainer", _cms("/cms/")),
    Shot("cms-cohort", "trainer", _cms("/cms/cohorts/{cohort}/")),
    Shot("cms-lesson", "trainer", _cms("/cms/pages/{lesson}/edit/")),
    Shot("cms-question-bank", "trainer", _cms("/cms/questions/")),
    Shot("cms-gain", "trainer", _cms("/cms/attempts/{measured[key]}/gain/")),
    Shot("cms-certificates", "admin", _cms("/cms/certificates/")),
    Shot("cms-certificate", "admin", _registered),
    Shot("cms-certificate-template", "admin", _cms("/cms/certificate-templates/edit/{template}/")),
    Shot("cms-received", "admin", _cms("/cms/disclosures/")),
    Shot("cms-bundle", "admin", _cms("/cms/cohorts/{cohort}/certificates/")),
)


def take(browser: Browser, site: Site, target: Path) -> Iterator[str]:
    """Take every picture; yield each file's name. One sign-in serves all screens and lights."""
    for who in dict.fromkeys(shot.who for shot in SHOTS):
        window = Window(browser, site.url)
        for form in FORMS:
            shots = [shot for shot in SHOTS if shot.who == who and form in shot.forms]
            person = Learner(window.page, site, form)
            if who and form == FORMS[0]:
                _signs_in(person, f"{who}@example.org")
            for shot in shots:
                shot.open(person)
                yield from _portraits(window.page, shot, form, target)
        window.close()


def _signs_in(person: Learner, email: str) -> None:
    if email in person.facts["secrets"]:
        person.signs_in_twice(email)
    else:
        person.signs_in(email)


def _portraits(page: Page, shot: Shot, form: str, target: Path) -> Iterator[str]:
    # The CMS is made for a desk.
    screens = {"desk": DESK} if shot.name.startswith("cms") else SCREENS
    for screen, size in screens.items():
        _stretch(page, size)
        for light in LIGHTS:
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            page.evaluate("document.activeElement?.blur(), scrollTo(0, 0)")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(250)  # a change of light fades, however briefly
            name = "-".join(filter(None, (shot.name, "" if form == "en" else form, screen, light)))
            (target / f"{name}.png").write_bytes(_small(page.screenshot()))
            yield name


def _stretch(page: Page, size: dict[str, int]) -> None:
    """Make the window as tall as the page, within reason, so that what sticks is at its edge."""
    page.set_viewport_size(size)
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(size | {"height": min(whole, TALLEST)})


def _small(png: bytes) -> bytes:
    """Return the picture in its most frequent colours: paper, ink and accents stay exact."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    colours = [colour for _, colour in counted[:COLOURS]]
    palette = Image.new("P", (1, 1))
    # A palette of 256 has no gap that would add a black of its own.
    palette.putpalette([part for n in range(256) for part in colours[min(n, len(colours) - 1)]])
    out = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    kept = ROOT / "var" / "e2e"
    kept.mkdir(parents=True, exist_ok=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        static = collect(kept)
        site = Site(build(Path(folder) / "var", static=static), static=static)
        try:
            site.start()
            with sync_playwright() as playwright:
                browser = chromium(playwright)
                for name in take(browser, site, TARGET):
                    sys.stdout.write(f"{name}\n")
                for name in take_reports(browser, site, TARGET):
                    sys.stdout.write(f"{name}\n")
                browser.close()
            for name in take_papers(TARGET):
                sys.stdout.write(f"{name}\n")
        finally:
            site.stop()


if __name__ == "__main__":
    main()
