"""The main job, end to end, in the three forms, on a phone and a desk: front page to sheet."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import FORMS
from tests.e2e.people import Learner, Visitor, facts_of, path_of
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

NAME = {"en": "Đurđa Primerić", "sr": "Ђурђа Примерић", "sr-latn": "Đurđa Primerić"}
WORK = {"municipality": "Ниш", "personnel_number": "4711"}


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("form", FORMS)
def test_from_the_front_page_to_the_certificate(
    form: str, screen: dict[str, int], window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    learner = Learner(window(viewport=screen), site, form)
    email = f"djurdja.{form}.{screen['width']}@example.org"
    _finds_the_course(learner)
    _signs_up_and_enrols(learner, email)
    _leaves_in_the_middle(learner)
    elsewhere = Learner(window(viewport=screen), site, form)
    _continues_at_the_same_place(elsewhere, email)
    _fills_the_outline(elsewhere)
    _fails_reads_again_and_passes(elsewhere)
    _finishes(elsewhere)
    code = _takes_the_certificate(elsewhere, tmp_path)
    _is_verified_by_anyone(Visitor(window(), site, form), code)


def _finds_the_course(learner: Learner) -> None:
    learner.opens()
    expect(learner.page.locator("h1")).to_be_visible()
    learner.page.locator("a.way.justice").click()
    chosen = learner.page.locator(".chips [href$='profession=judge']")
    expect(chosen).to_have_attribute("aria-current", "true")
    learner.page.get_by_role("link", name=learner.title_of_course()).click()
    expect(learner.page.locator("h1")).to_have_text(learner.title_of_course())
    learner.sees("Law as of")
    course = learner.facts["course"]
    activities = [*course["lessons"], *course["quizzes"], course["practice_case"]]
    expect(learner.page.locator(".outline .acts li")).to_have_count(len(activities))


def _signs_up_and_enrols(learner: Learner, email: str) -> None:
    learner.clicks("Sign up and enrol")
    learner.signs_up(email, name=NAME[learner.form], **WORK)
    learner.confirms(email)
    learner.signs_in(email)
    learner.opens_course()
    learner.enrols()


def _leaves_in_the_middle(learner: Learner) -> None:
    learner.goes_on()
    learner.page.wait_for_url(re.compile(re.escape(learner.facts["course"]["lessons"][0])))

    def kept(response: Response) -> bool:
        return response.url.endswith("/place/") and response.ok

    with learner.page.expect_response(kept):
        learner.page.evaluate(
            "scrollTo(0, (document.documentElement.scrollHeight - innerHeight) / 2)"
        )
    learner.page.context.close()


def _continues_at_the_same_place(learner: Learner, email: str) -> None:
    learner.signs_in(email)
    learner.page.locator(".card .btn").click()
    learner.page.wait_for_url(re.compile(re.escape(learner.facts["course"]["lessons"][0])))
    learner.page.wait_for_function(
        "Math.abs(scrollY / (document.documentElement.scrollHeight - innerHeight) - 0.5) < 0.03"
    )


def _fills_the_outline(learner: Learner) -> None:
    learner.reads_the_lesson()
    learner.opens_course()
    assert learner.activities_done() == 1


def _fails_reads_again_and_passes(learner: Learner) -> None:
    _reads_up_to_a_quiz(learner)
    learner.begins()
    _loses_browser_and_network(learner)
    learner.answers_all(rightly=False)
    learner.submits()
    expect(learner.page.locator("h1")).to_contain_text(learner.words("not passed yet"))
    _is_told_why_and_where_to_read(learner)
    learner.clicks("Try again")
    learner.answers_all(rightly=True)
    learner.submits()
    expect(learner.page.locator("h1")).to_contain_text(learner.words("passed"))


def _is_told_why_and_where_to_read(learner: Learner) -> None:
    page = learner.page
    reason = page.locator(".choice .why")
    explained = page.locator(".question", has=reason, has_text=learner.words("Source:"))
    expect(explained).to_have_count(page.locator(".question").count())
    learner.sees("Read these again")
    page.locator("section.stack li a").first.click()
    assert path_of(page) in learner.facts["course"]["lessons"]
    page.go_back()


def _reads_up_to_a_quiz(learner: Learner) -> None:
    learner.goes_on()
    while not learner.at_a_quiz():
        learner.reads_the_lesson()


def _loses_browser_and_network(learner: Learner) -> None:
    """A choice is saved as it is made; one made without network is sent as soon as there is."""
    page = learner.page
    first, second = learner.questions_to_tick()[:2]
    chosen = learner.answers(first, rightly=True)
    page.reload()
    for key in chosen:
        expect(page.locator(f"#paper [value='{key}']")).to_be_checked()
    page.context.set_offline(True)
    key = learner.choices(second, rightly=True)[0]
    second.locator("label.choice", has=page.locator(f"[value='{key}']")).click()
    said = second.locator(".saved")
    expect(said).to_have_text(
        learner.words("No connection. Your answer is kept here and sent again.")
    )
    page.context.set_offline(False)
    expect(said).to_have_text(learner.words("Saved"))


def _finishes(learner: Learner) -> None:
    learner.opens_course()
    while learner.page.locator(".aside form button.block").count():
        learner.leaves_by(learner.page.locator(".aside form button.block"))
        if learner.at_a_quiz():
            learner.passes_the_quiz()
        else:
            learner.reads_the_lesson()
        learner.opens_course()
    learner.sees("Course completed")
    expect(learner.page.locator(".ring b")).to_have_text("100 %")


def _takes_the_certificate(learner: Learner, folder: Path) -> str:
    learner.clicks("Open your certificate")
    download = learner.waits_for_the_certificate()
    with learner.page.expect_download() as expected:
        download.click()
    sheet = folder / "sheet.pdf"
    expected.value.save_as(sheet)
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert sheet.stat().st_size > 10_000
    assert "victim" not in expected.value.suggested_filename.lower()
    address = learner.named(learner.words("Verification page")).get_attribute("href")
    return str(address).rstrip("/").rpartition("/")[2]


def _is_verified_by_anyone(visitor: Visitor, code: str) -> None:
    visitor.opens("verify/")
    visitor.fills("Code", code.lower().replace("-", " "))
    visitor.clicks("Check this certificate")
    visitor.sees_heading("This certificate is valid")
    shown = facts_of(visitor.page)
    assert shown[visitor.words("Name")].split("\n") == [NAME["sr"], NAME["en"]]
    assert visitor.facts["course"]["title"]["en"] in shown[visitor.words("Course")]
    assert re.fullmatch(r"[0-9a-f]{64}", shown[visitor.words("Fingerprint of the file (SHA-256)")])
    assert shown[visitor.words("Code")].replace("-", "") == code.replace("-", "")
