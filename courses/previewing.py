"""Drafts of this room as a learner will see them: nobody enrolled, nothing recorded."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page

from courses.editions import draft_edition
from courses.models import ActivityPage, CataloguePage, CoursePage, LessonPage, ModulePage
from courses.outline import Outline, OutlineActivity, OutlineModule, outline_of
from courses.serving import Seat, serve_catalogue


def preview_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Show a course as it would be with the outline of its live pages."""
    edition = draft_edition(page)
    edition.law_as_of = page.law_as_of
    edition.refresher_of = page.refresher_of and page.refresher_of.translation_key
    context = page.get_context(request) | {
        "course": page,
        "edition": edition,
        "outline": outline_of(course=page, edition=edition),
        "enrolment": None,
        "refreshed": page.refresher_of,
    }
    return TemplateResponse(request, page.template, context)


def preview_module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    """A module is read on the course page."""
    return preview_course(request, CoursePage.objects.ancestor_of(page).get())


def preview_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Show a lesson; to its authors and reviewers with the notes on what is still to be checked."""
    for block in page.body:
        block.id = block.id or str(uuid4())  # a block that was never saved has none yet
    context = page.get_context(request) | vars(preview_seat(page))
    return TemplateResponse(request, page.template, context)


def preview_seat(page: ActivityPage) -> Seat:
    """Return a seat that nobody sits in: the draft stands where it will stand once it is live."""
    course = CoursePage.objects.ancestor_of(page).get()
    outline = outline_of(course=course, edition=draft_edition(course))
    if outline.around(page.key) is None:
        _module_of(page, outline).activities.append(_line(page))
    position = outline.around(page.key)
    assert position is not None  # noqa: S101  # it was just put there
    return Seat(course=course, enrolment=None, outline=outline, position=position)


def _module_of(page: ActivityPage, outline: Outline) -> OutlineModule:
    parent = page.get_parent()
    for module in outline.modules:
        if module.key == parent.translation_key:
            return module
    number = len(outline.modules) + 1
    outline.modules.append(
        OutlineModule(key=parent.translation_key, number=number, title=parent.title)
    )
    return outline.modules[-1]


def _line(page: ActivityPage) -> OutlineActivity:
    return OutlineActivity(
        key=page.key,
        kind=page.kind,
        minutes=page.minutes,
        required=page.required,
        title=page.title,
    )


PREVIEWERS: dict[type[Page], Any] = {
    CataloguePage: serve_catalogue,
    CoursePage: preview_course,
    ModulePage: preview_module,
    LessonPage: preview_lesson,
}
