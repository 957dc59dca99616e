"""Every page type can be reached by everyone: axe finds nothing, nothing runs off the screen.

The three forms, light and dark, on a narrow phone and a desk (`tests.e2e.axe`). A browser in the
tests also writes down any script error and any request to another host (`tests.e2e.windows`).
"""

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Learner, Visitor, code
from tests.e2e.site import BROKEN, Site

pytestmark = pytest.mark.browser

LESSON_BUDGET = 150_000  # bytes over the wire, without media (ux.md, "Reach")
CHECKS = 30  # verifications that one address has a minute (certificates.limits)
# What a browser asks for, where the address says no language.
ASKS_FOR = {"en": "en-GB", "sr": "sr-RS", "sr-latn": "sr-Latn-RS"}
# Addresses of documentation (RFC 5737): each form uses up the patience with its own.
ADDRESS = {"en": "192.0.2.1", "sr": "192.0.2.2", "sr-latn": "192.0.2.3"}

in_every_form = pytest.mark.parametrize("form", FORMS)


@pytest.mark.parametrize("form", ["en", "sr-latn"])  # Cyrillic and Latin are one text
def test_whoever_has_an_account_reaches_all_of_it(
    form: str, window: Callable[..., Page], site: Site
) -> None:
    newcomer = Learner(window(locale=ASKS_FOR[form]), site, form)
    _nothing_is_amiss(_from_sign_up_to_sign_out(newcomer, f"dohvat.{form}@example.org"))


@in_every_form
def test_a_learner_reaches_everything(form: str, window: Callable[..., Page], site: Site) -> None:
    _nothing_is_amiss(_pages_of_somebody_finished(Learner(window("finished"), site, form)))
    _nothing_is_amiss(_pages_of_a_holder(Learner(window("ending"), site, form)))
    _nothing_is_amiss(_pages_of_somebody_stuck(Learner(window("stuck"), site, form)))


@in_every_form
def test_a_visitor_reaches_everything(form: str, window: Callable[..., Page], site: Site) -> None:
    _nothing_is_amiss(_public_pages(Visitor(window(locale=ASKS_FOR[form]), site, form)))
    eager = {"X-Forwarded-For": ADDRESS[form]}
    _nothing_is_amiss(_pages_of_refusal(Visitor(window(extra_http_headers=eager), site, form)))


@in_every_form
def test_an_officer_reaches_the_reports(form: str, window: Callable[..., Page], site: Site) -> None:
    officer = Visitor(window("officer"), site, form)
    _nothing_is_amiss(_pages_of_an_officer(officer))


def test_a_lesson_is_light(window: Callable[..., Page], site: Site) -> None:
    learner = Learner(window("finished"), site, "sr")
    learner.opens(learner.facts["course"]["lessons"][0])
    learner.page.evaluate("document.fonts.ready.then(() => true)")
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


def _nothing_is_amiss(pages: Iterable[Page]) -> None:
    found = [amiss for page in pages for amiss in found_amiss(page)]
    assert not found, "\n".join(found)


def _public_pages(visitor: Visitor) -> Iterator[Page]:
    page = visitor.page
    course = visitor.facts["course"]
    account = ("account/login/", "account/signup/", "account/password/reset/", "account/inactive/")
    verify = ("verify/", "verify/offline/")
    found = ("courses/?profession=judge", course["path"], course["lessons"][0])
    for path in ("", "courses/", *found, "help/", "privacy/", *verify, *account):
        visitor.opens(path)
        yield page
    for missing in ("nothing-here/", "verify/AAAA-AAAA-AAAA/"):
        visitor.opens(missing, status=404)
        yield page
    for worn_out in ("account/confirm-email/nothing/", "account/password/reset/key/1-nothing/"):
        visitor.opens(worn_out)
        yield page
    visitor.opens("account/signup/")
    visitor.clicks("Create my account")
    visitor.sees("Please look at this again. Only the password has to be typed once more.")
    yield page
    visitor.opens("account/login/")
    page.locator("#id_login").fill("nobody@example.org")
    page.locator("#id_password").fill("not this one")
    page.locator("main form button").click()
    visitor.sees("Please look at this again. Only the password has to be typed once more.")
    yield page


def _pages_of_refusal(visitor: Visitor) -> Iterator[Page]:
    """Look at what the site says when it cannot, or will not: each in its own voice."""
    page = visitor.page
    visitor.opens(BROKEN, status=500)
    yield page
    visitor.opens("account/login/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'worn out'")
    page.locator("main form button").click()
    visitor.sees_heading("This form was open too long")
    yield page
    nobodys = f"/{visitor.form}/verify/AAAA-AAAA-AAAA/"
    for _ in range(CHECKS):
        page.request.get(nobodys)
    visitor.opens("verify/AAAA-AAAA-AAAA/", status=429)
    visitor.sees_heading("Too many tries in a short time")
    yield page


def _pages_of_somebody_finished(learner: Learner) -> Iterator[Page]:
    page = learner.page
    course = learner.facts["course"]
    studied = (course["path"], course["lessons"][0], course["quizzes"][0], course["practice_case"])
    for path in (*studied, "my/", "my/certificates/", "my/profile/", "my/erase/", "account/2fa/"):
        learner.opens(path)
        yield page
    learner.opens(f"survey/{course['key']}/satisfaction/")
    learner.sees("How this stays anonymous")
    yield page
    learner.opens(f"survey/{course['key']}/pulse/")
    learner.sees_heading("This survey is not open now")
    yield page
    learner.opens("my/certificates/")
    learner.leaves_by(learner.named(learner.words("Verification page")))
    learner.sees_heading("This certificate is valid")
    yield page
    learner.opens(course["quizzes"][0])
    learner.leaves_by(page.locator(".acts a").first)
    yield page
    learner.opens("my/profile/")
    for name in ("#id_name_cyrillic", "#id_name_latin"):
        page.locator(name).fill("")
    learner.clicks("Save my profile")
    learner.sees("Please look at this again. Nothing you typed is lost.")
    yield page
    learner.opens("reports/", status=403)
    learner.sees_heading("This is not yours to see")
    yield page


def _pages_of_a_holder(learner: Learner) -> Iterator[Page]:
    """Look where somebody is led whose certificate ends soon."""
    for path in ("my/", "my/certificates/", learner.facts["refresher"]):
        learner.opens(path)
        yield learner.page


def _pages_of_somebody_stuck(learner: Learner) -> Iterator[Page]:
    page = learner.page
    course = learner.facts["course"]
    learner.opens(course["quizzes"][0])
    learner.sees("You have used your attempts.")
    yield page
    learner.leaves_by(page.locator(".acts a").first)
    learner.sees("Read these again")
    yield page
    learner.opens(course["path"])
    yield page
    learner.clicks("Withdraw from this course")
    learner.sees_heading("Withdraw from this course")
    yield page
    learner.opens(course["lessons"][3])
    learner.answers_check(page.locator("[data-check]").first)
    yield page
    learner.opens(course["quizzes"][1])
    learner.leaves_by(page.locator(".aside .btn").first)
    yield page
    page.locator("#paper > button").click()
    expect(learner.named(learner.words("Back to the questions"))).to_be_visible()
    yield page


def _pages_of_an_officer(officer: Visitor) -> Iterator[Page]:
    officer.opens("reports/")
    yield officer.page
    officer.opens("reports/?profession=judge&status=completed&first_day=2020-01-01")
    yield officer.page
    officer.opens("reports/?profession=ngo&first_day=2099-01-01")
    yield officer.page


def _from_sign_up_to_sign_out(newcomer: Learner, email: str) -> Iterator[Page]:
    page = newcomer.page
    newcomer.opens("account/signup/")
    newcomer.signs_up(email, name="Đurđa Dohvatić", municipality="Bor", personnel_number="")
    yield page
    newcomer.opens_mail()
    yield page
    newcomer.follows_mail(email, "confirm-email")
    yield page
    page.locator("main form button").first.click()
    newcomer.signs_in(email)
    for empty in ("my/", "my/certificates/"):
        newcomer.opens(empty)
        yield page
    newcomer.opens_course()
    yield page
    for own in ("email/", "password/change/", "sessions/", "2fa/"):
        newcomer.opens(f"account/{own}")
        yield page
    yield from _sets_up_a_second_factor(newcomer)
    newcomer.opens("account/logout/")
    yield page
    page.locator("main form button").click()
    page.wait_for_url(f"**/{newcomer.form}/")
    newcomer.signs_in(email)
    assert "/2fa/authenticate/" in page.url
    yield page
    yield from _forgets_the_password(newcomer, email)


def _sets_up_a_second_factor(person: Learner) -> Iterator[Page]:
    page = person.page
    person.opens("account/2fa/totp/activate/")
    assert "/reauthenticate/" in page.url
    yield page
    page.locator("#id_password").fill(person.facts["password"])
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/totp/activate/")
    yield page
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(code(secret))
    page.locator("main form button").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    yield page
    for path in ("", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/"):
        person.opens(f"account/2fa/{path}")
        yield page


def _forgets_the_password(person: Learner, email: str) -> Iterator[Page]:
    page = person.page
    page.context.clear_cookies()
    person.opens("account/password/reset/")
    page.locator("#id_email").fill(email)
    page.locator("main form button").click()
    page.wait_for_url("**/password/reset/done/")
    yield page
    person.opens_mail()
    person.follows_mail(email, "password/reset/key")
    yield page
    for field in ("#id_password1", "#id_password2"):
        page.locator(field).fill("a longer one than before")
    page.locator("main form button").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    yield page
