"""The CMS can be reached by everyone too: what is ours is clean, what is Wagtail's is named.

In light and dark, at a desk. Wagtail's own screens are looked at in one language; those with our
own templates and panels also in Serbian.
"""

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import Known, found_amiss_at_a_desk
from tests.e2e.people import Visitor
from tests.e2e.site import Site
from tests.e2e.windows import DESK, PHONE

pytestmark = pytest.mark.browser

ASKS_FOR = {"en": "en-GB", "sr": "sr-RS"}
# Wagtail 7.4's own markup. Whatever else axe finds, also on its screens, is a failure.
_LIST_ITEM = "[id$='-value'][aria-describedby$='-value-helptext']"
WAGTAILS_OWN = (
    Known("aria-input-field-name", ".public-DraftEditor-content", "Draftail names no editor"),
    Known("label", _LIST_ITEM, "an item of a ListBlock has a help text and no label"),
    Known("label-title-only", _LIST_ITEM, "the same, as another rule says it"),
    Known("label", ".tagit-new .ui-autocomplete-input", "tag-it labels the hidden field only"),
    Known("scrollable-region-focusable", ".w-minimap__list", "its links are hidden until hovered"),
    Known("page-has-heading-one", "html:has([data-edit-form])", "a form is headed by its crumbs"),
    Known("landmark-unique", "[data-streamfield-child] > section", "blocks of a kind, one name"),
    Known("link-in-text-block", ".messages + p a, p > a[href$='/multiple/add/']", "no underline"),
)


@pytest.mark.parametrize("language", ASKS_FOR)
def test_a_trainer_reaches_everything(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    _nothing_is_amiss(_pages_of_a_trainer(_author(window, site, "trainer", language)))


def test_wagtails_screens_of_a_trainer_are_reached_too(
    window: Callable[..., Page], site: Site
) -> None:
    trainer = _author(window, site, "trainer", "en")
    _nothing_is_amiss(_opened(trainer, *_wagtails_screens_of_a_trainer(trainer)))


@pytest.mark.parametrize("language", ASKS_FOR)
def test_a_reviewer_reaches_everything(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    _nothing_is_amiss(_pages_of_a_reviewer(_author(window, site, "reviewer", language)))


@pytest.mark.parametrize("language", ASKS_FOR)
def test_an_administrator_reaches_everything(
    language: str, window: Callable[..., Page], site: Site
) -> None:
    _nothing_is_amiss(_pages_of_an_administrator(_author(window, site, "admin", language)))


def test_the_list_of_questions_is_read_on_a_phone(window: Callable[..., Page], site: Site) -> None:
    """Title, kind and state; nothing moves sideways."""
    trainer = _author(window, site, "trainer", "en")
    trainer.page.set_viewport_size(PHONE)
    trainer.opens_exactly("/cms/questions/")
    heads = trainer.page.locator(".listing thead th:visible")
    words = [" ".join(text.split()) for text in heads.all_inner_texts()]
    assert [word for word in words if word] == ["Question", "Kind", "Status"]
    moves = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not trainer.page.evaluate(moves)


def _author(window: Callable[..., Page], site: Site, role: str, language: str) -> Visitor:
    return Visitor(window(role, viewport=DESK, locale=ASKS_FOR[language]), site, language)


def _nothing_is_amiss(pages: Iterable[Page]) -> None:
    found = [amiss for page in pages for amiss in found_amiss_at_a_desk(page, WAGTAILS_OWN)]
    assert not found, "\n".join(found)


def _opened(author: Visitor, *addresses: str) -> Iterator[Page]:
    for address in addresses:
        author.opens_exactly(f"/cms/{address}")
        yield author.page


def _pages_of_a_trainer(trainer: Visitor) -> Iterator[Page]:
    facts, page = trainer.facts, trainer.page
    cohort, lesson = facts["cohort"], facts["course"]["lesson_pages"][trainer.form]
    trainer.opens_exactly("/cms/")
    trainer.sees("Questions that need a look")
    yield page
    yield from _opened(trainer, f"cohorts/{cohort}/", f"cohorts/{cohort}/?q=nobody")
    trainer.opens_exactly(f"/cms/cohorts/{cohort}/")
    page.locator("#in-need-content a.button").first.click()
    expect(page.locator("form textarea")).to_be_visible()
    yield page
    quiz = facts["quiz_key"]
    yield from _opened(trainer, f"attempts/{quiz}/", f"attempts/{quiz}/?state=passed&cohort=0")
    trainer.opens_exactly(f"/cms/attempts/{quiz}/fares/")
    yield page
    page.locator("main tbody a").first.click()
    expect(page.locator(".fares-bar").first).to_be_visible()
    yield page
    trainer.opens_exactly(f"/cms/attempts/{quiz}/?state=failed")
    page.locator("main table td.title a").first.click()
    page.wait_for_url("**/attempts/of/*/")
    yield page
    page.locator("main table td.title a").first.click()
    expect(page.locator(".shown-question").first).to_be_visible()
    yield page
    page.locator(".shown-question a.button").first.click()
    expect(page.locator("form textarea")).to_be_visible()
    yield page
    trainer.opens_exactly("/cms/what-learners-say/?survey=pulse")
    expect(page.locator(".said-question").first).to_be_visible()
    yield page
    # The draft as its reader will see it, in the frame of the preview or by itself.
    yield from _opened(trainer, f"pages/{lesson}/view_draft/")


def _wagtails_screens_of_a_trainer(trainer: Visitor) -> tuple[str, ...]:
    course, cohort = trainer.facts["course"], trainer.facts["cohort"]
    pages = (f"pages/{course['page']}/", f"pages/{course['page']}/edit/")
    question = f"questions/edit/{trainer.facts['question']}/"
    questions = ("questions/", question, "questions/add/")
    cohorts = ("cohorts/", "cohorts/add/", f"cohorts/edit/{cohort}/")
    lesson = f"pages/{course['lesson_page']}/edit/"
    return ("pages/", *pages, lesson, *questions, *cohorts, "images/", "documents/", "account/")


def _pages_of_a_reviewer(reviewer: Visitor) -> Iterator[Page]:
    facts, page = reviewer.facts, reviewer.page
    waiting = facts["waiting"]
    reviewer.opens_exactly("/cms/")
    expect(page.locator("main tr", has_text="worded anew").first).to_be_visible()
    yield page
    compared = f"pages/{waiting['page']}/revisions/compare/live...{waiting['revision']}/"
    yield from _opened(reviewer, compared)
    reviewer.opens_exactly("/cms/questions/")
    page.locator("td.title a").first.click()
    expect(page.locator(".shown-key")).to_be_visible()
    yield page
    reviewer.opens_exactly(f"/cms/courses/{facts['course']['page']}/edition/")
    expect(page.locator(".edition-changes tbody tr").first).to_be_visible()
    yield page


def _pages_of_an_administrator(admin: Visitor) -> Iterator[Page]:
    admin.opens_exactly("/cms/")
    admin.sees("Tasks that failed for good")
    yield admin.page
    somebody = admin.facts["account"]
    yield from _opened(admin, f"questions/{admin.facts['changed_key']}/regrade/")
    yield from _opened(admin, f"users/edit/{somebody}/", f"users/delete/{somebody}/", "users/")
    admin.opens_exactly("/cms/certificates/")
    yield admin.page
    admin.page.locator("td.title a").first.click()
    expect(admin.page.locator("form textarea")).to_be_visible()
    yield admin.page
    yield from _opened(admin, f"cohorts/{admin.facts['cohort']}/certificates/")
    yield from _opened(admin, f"certificate-templates/edit/{admin.facts['template']}/")
    yield from _opened(admin, "surveys/", f"surveys/edit/{admin.facts['survey']}/")
    if admin.form == "en":
        people = ("institution/", "institution/add/", "profession/", "mandate/", "mandate/add/")
        clients = ("machineclient/", "machineclient/add/")
        yield from _opened(admin, *(f"snippets/people/{path}" for path in (*people, *clients)))
        yield from _opened(admin, "snippets/cms/hotline/", "settings/cms/sitesettings/")
        yield from _opened(admin, "certificate-templates/", "certificate-templates/add/")
        yield from _opened(admin, "statements/", "statements/?agent=%7B&verb=read")
        admin.opens_exactly("/cms/statements/")
        admin.page.locator(".statement-object").first.wait_for()
        admin.page.locator("td.title a").first.click()
        expect(admin.page.locator(".statement-json")).to_be_visible()
        yield admin.page
        yield from _opened(admin, "lrs-credentials/", "lrs-credentials/new/")
