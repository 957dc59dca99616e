"""What the home page shows of a course."""

from typing import Any, Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from cms.languages import in_words
from cms.published import kept
from courses.bodies import Check, Segment, render_segments, segments_of, terms_of
from courses.editions import current_edition
from courses.models import CoursePage, LessonPage
from courses.outline import Outline, outline_of

register = template.Library()


class Titled(Protocol):
    """A page, or a line of an outline. `foreign` is its language where it is not the reader's."""

    title: str
    foreign: str


@register.simple_tag
def lang_of(thing: Titled) -> SafeString:
    """Return the attribute that tells the language of what is not in the reader's."""
    return format_html(' lang="{}"', thing.foreign) if thing.foreign else mark_safe("")


@register.filter
def titled(thing: Titled) -> SafeString:
    """Return a title, marked with its language where that is not the reader's."""
    shown = '<span lang="{1}">{0}</span>' if thing.foreign else "{0}"
    return format_html(shown, thing.title, thing.foreign)


@register.filter
def language_in_words(thing: Titled) -> str:
    """Return "in English" for what is not in the reader's language, else nothing."""
    return in_words(thing.foreign) if thing.foreign else ""


@register.simple_tag
def course_brief(course: CoursePage) -> Outline | None:
    """Return the outline of a course's newest edition, or None if it cannot be taken yet."""
    edition = current_edition(course.translation_key)
    return outline_of(course=course, edition=edition) if edition else None


@register.simple_tag(takes_context=True)
def lesson_segments(context: template.Context, page: LessonPage) -> list[Segment]:
    """Return the body of a lesson; in a preview always of the draft, with the reviewers' notes."""
    if getattr(context.get("request"), "is_preview", False):
        return render_segments(page, reviewing=True)
    # The words that the blocks bring with them are then in the language of the page as well.
    with override(page.foreign or get_language()):
        return segments_of(page)


@register.simple_tag
def lesson_terms(page: LessonPage) -> list[str]:
    """Return the key terms of a lesson."""
    return terms_of(page)


@register.simple_tag
def chosen_option(check: Check, answers: dict[str, str] | None) -> dict[str, Any] | None:
    """Return the option that the learner chose last in a self-check, or None."""
    return check.option((answers or {}).get(check.id, ""))


@register.simple_tag
def dot(state: str, required: bool = True) -> SafeString:
    """Return the mark of an activity in the outline: done, the one to go on with, to do.

    What is not required is never the one to go on with: it is begun, or open.
    """
    shown = {"state": state, "required": required}
    return kept(
        ("dot", get_language(), state, required),
        lambda: render_to_string("courses/parts/dot.html", shown),
    )
