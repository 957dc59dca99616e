"""Say in the CMS that what is live is not yet what learners are promised."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from courses.edition_news import EditionNews, news_of
from courses.models import ActivityPage, CoursePage, ModulePage


def note_on_opening(request: HttpRequest, page: Page) -> None:
    """Say it whenever the page of a changed course is opened."""
    if request.method == "GET" and page.specific_class is CoursePage:
        _note(request, page)


def note_on_publishing(request: HttpRequest, page: Page) -> None:
    """Say it when a page of a course has just gone live."""
    kind = page.specific_class
    in_course = kind in (CoursePage, ModulePage) or issubclass(kind, ActivityPage)
    now = Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False)
    if in_course and now.exists():
        _note(request, page)


def button_label(course: Page) -> str:
    """Return what the way to a new edition is called."""
    news = _news(course)
    if not news.is_changed:
        return _("Publish a new edition…")
    words = _("Changed since edition %(number)d: publish a new edition…")
    return words % {"number": _number(news)}


def _note(request: HttpRequest, page: Page) -> None:
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    if course is None or not (news := _news(course)).is_changed:
        return
    may = request.user.has_perm("courses.publish_edition")
    said = (
        _("Changed since edition %(number)d: publish a new edition.")
        if may
        else _("Changed since edition %(number)d: a reviewer can publish a new edition.")
    )
    why = _("New words are live. Learners see a new outline, length or date only in an edition.")
    address = reverse("publish_edition", args=[course.pk])
    buttons = [messages.button(address, _("New edition…"))] if may else []
    messages.warning(request, f"{said % {'number': _number(news)}} {why}", buttons=buttons)


def _news(course: Page) -> EditionNews:
    return news_of([course])[course.translation_key]


def _number(news: EditionNews) -> int:
    return news.current.number if news.current else 0
