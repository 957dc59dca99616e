"""A trainer writes, a reviewer compares and approves; only then is it live.

The CMS speaks English or Serbian; whoever reads Latin on the site uses it in Cyrillic.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from serbian import to_latin
from tests.e2e.people import Learner, Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK

pytestmark = pytest.mark.browser

# What each language of the CMS asks for, and the forms in which its content is read.
ASKS_FOR = {"en": "en-GB", "sr": "sr-RS"}
READ_IN = {"en": ("en",), "sr": ("sr", "sr-latn")}
TITLE = {"en": "What it is not, looked at again", "sr": "Шта није, још једном изблиза"}
STEM = {
    "en": "A driver says that nobody may speak with the passengers. What do you note first?",
    "sr": "Возач каже да нико не сме да разговара са путницима. Шта прво бележите?",
}
OPTIONS = {
    "en": ("Who speaks for whom, and who holds the papers.", "Nothing."),
    "sr": ("Ко говори у чије име и код кога су исправе.", "Ништа."),
}
REASON = {"en": "Indicators are read together.", "sr": "Показатељи се читају заједно."}

in_each_language = pytest.mark.parametrize("language", ASKS_FOR)


@in_each_language
def test_a_lesson_is_live_once_it_was_reviewed(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    trainer = _author(window, site, "trainer", language)
    reviewer = _author(window, site, "reviewer", language)
    learner = Learner(window("finished"), site, language)
    _changes_the_title(trainer)
    for form in READ_IN[language]:
        expect(_preview(trainer, form).locator("h1")).to_have_text(_title(form))
    _submits(trainer)
    for form in READ_IN[language]:
        expect(_lesson(learner, form)).not_to_have_text(_title(form))
    _compares_and_approves(reviewer)
    for form in READ_IN[language]:
        expect(_lesson(learner, form)).to_have_text(_title(form))


@in_each_language
def test_a_question_is_drawn_once_it_was_reviewed(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    trainer = _author(window, site, "trainer", language)
    reviewer = _author(window, site, "reviewer", language)
    _writes_a_question(trainer)
    for form in READ_IN[language]:
        stem = Visitor(trainer.page, site, form).in_script(STEM[language])
        expect(_preview(trainer, form).locator("body")).to_contain_text(stem)
    _submits(trainer)
    _status_of_question(reviewer, "in moderation")
    _approves(reviewer, STEM[language])
    _status_of_question(reviewer, "live")


@in_each_language
def test_a_trainer_sees_who_is_where(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    trainer = _author(window, site, "trainer", language)
    trainer.opens_exactly(f"/cms/cohorts/{trainer.facts['cohort']}/")
    trainer.sees("Where they are")
    members = trainer.page.locator("#members-content")
    everyone = members.locator("tbody tr").count()
    expect(members.locator("tbody progress")).to_have_count(everyone)
    trainer.page.locator("#q").fill("izmišljenović")
    trainer.clicks("Show")
    expect(members.locator("tbody tr")).to_have_count(1)
    expect(members).to_contain_text("3 / 17")
    assert everyone > 1


def _author(window: Callable[..., Page], site: Site, role: str, language: str) -> Visitor:
    return Visitor(window(role, viewport=DESK, locale=ASKS_FOR[language]), site, language)


def _title(form: str) -> str:
    return to_latin(TITLE["sr"]) if form == "sr-latn" else TITLE[form]


def _lesson(learner: Learner, form: str) -> Locator:
    reader = Learner(learner.page, learner.site, form)
    reader.opens(reader.facts["course"]["lessons"][1])
    return reader.page.locator("h1")


def _changes_the_title(trainer: Visitor) -> None:
    page = trainer.facts["course"]["lesson_pages"][trainer.form]
    trainer.opens_exactly(f"/cms/pages/{page}/edit/")
    trainer.page.locator("#id_title").fill(TITLE[trainer.form])


def _preview(trainer: Visitor, form: str) -> FrameLocator:
    """Show the draft beside the form, as a learner reads it in a language and script."""
    page = trainer.page
    frame = page.frame_locator("iframe#w-preview-iframe")
    if not page.locator("iframe#w-preview-iframe").is_visible():
        page.get_by_role("button", name=trainer.words("Toggle preview")).click()
    if form == "sr-latn":
        page.locator("#id_preview_mode").select_option("latin")
    return frame


def _submits(trainer: Visitor) -> None:
    page = trainer.page
    page.get_by_role("button", name=trainer.words("More actions")).click()
    submit = trainer.words("Submit to %(workflow_name)s", workflow_name="Legal review")
    page.get_by_role("button", name=submit).click()
    expect(page.locator(".messages .success")).to_be_visible()


def _compares_and_approves(reviewer: Visitor) -> None:
    page, title = reviewer.page, TITLE[reviewer.form]
    compare = reviewer.words("Compare with live version")
    _acts_on(reviewer, title).get_by_role("link", name=compare).click()
    expect(page.locator(".addition").first).to_be_visible()
    _approves(reviewer, title)


def _approves(reviewer: Visitor, what: str) -> None:
    waiting = _acts_on(reviewer, what)
    waiting.get_by_role("button", name=reviewer.words("Approve"), exact=True).click()
    actions = reviewer.words("Actions")
    expect(waiting.get_by_role("button", name=actions)).to_have_count(0)


def _acts_on(reviewer: Visitor, what: str) -> Locator:
    """Open the menu of what waits for review, on the first page of the CMS."""
    reviewer.opens_exactly("/cms/")
    row = reviewer.page.locator("tr", has_text=what)
    row.get_by_role("button", name=reviewer.words("Actions")).click()
    return row


def _writes_a_question(trainer: Visitor) -> None:
    page, language = trainer.page, trainer.form
    trainer.opens_exactly(f"/cms/questions/add/?locale={language}")
    page.get_by_role("link", name=trainer.words("One right option")).click()
    page.locator("#id_slug").fill(f"driver-speaks-for-them-{language}")
    page.locator("#id_stem").fill(STEM[language])
    for number, text in enumerate(OPTIONS[language]):
        page.locator(f"#options-{number}-value-text").fill(text)
        page.locator(f"#options-{number}-value-reason").fill(REASON[language])
    page.locator("#options-0-value-correct").check()
    page.locator("#id_source").fill("NRM indicators")
    page.locator("#id_objective").select_option("indicators")
    page.locator("#id_law_as_of").fill("2026-11-01")
    page.get_by_role("button", name=trainer.words("Save draft")).click()
    page.wait_for_url("**/questions/edit/*/")


def _status_of_question(author: Visitor, status: str) -> None:
    author.opens_exactly(f"/cms/questions/?q=driver-speaks&locale={author.form}")
    row = author.page.locator("tr", has_text=STEM[author.form])
    expect(row).to_contain_text(author.words(status), ignore_case=True)
