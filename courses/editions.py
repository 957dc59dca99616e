"""Freeze what a course promises, and find what was promised."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from cms.published import kept
from courses.models import ActivityPage, CoursePage, Edition, ModulePage


def draft_edition(course: CoursePage) -> Edition:
    """Return the unsaved edition that the live pages of `course` would make now.

    Order, required flags and minutes come from the source-language tree; translations give words.
    """
    course = source_page(course.translation_key) or course
    modules = []
    counted = []
    for module in ModulePage.objects.child_of(course).live():
        pages = list(ActivityPage.objects.child_of(module).live().specific(defer=True))
        counted += [str(page.key) for page in pages if page.counts_as_result]
        modules.append(
            {"key": str(module.translation_key), "activities": [_activity(p) for p in pages]}
        )
    edition = Edition(
        course_key=course.translation_key,
        outline={"modules": modules},
        rule={"complete": "all required", "result": counted},
        law_as_of=course.law_as_of,
    )
    # The hours on a certificate are those that everybody has spent.
    edition.minutes = sum(a["minutes"] for a in edition.activities() if a["required"])
    return edition


def publish_edition(*, course: CoursePage, at: datetime) -> Edition:
    """Freeze the live outline as the next edition; return the current one if nothing changed."""
    draft = draft_edition(course)
    with transaction.atomic():
        editions = Edition.objects.select_for_update().filter(course_key=draft.course_key)
        current = editions.first()
        if current and _promise(current) == _promise(draft):
            return current
        draft.number = (editions.aggregate(last=Max("number"))["last"] or 0) + 1
        draft.published_at = at
        draft.save()
    return draft


def frozen_edition(*, course_key: UUID, number: int) -> Edition:
    """Return an edition by its number, remembered for good: an edition never changes.

    Raises Edition.DoesNotExist.
    """
    key = f"edition:{course_key}:{number}"
    edition: Edition | None = cache.get(key)
    if edition is None:
        edition = Edition.objects.get(course_key=course_key, number=number)
        cache.set(key, edition, None)
    return edition


def current_edition(course_key: UUID) -> Edition | None:
    """Return the newest edition, the one that new enrolments get."""
    return kept(
        ("current edition", course_key),
        lambda: Edition.objects.filter(course_key=course_key).first(),
    )


def source_page(course_key: UUID) -> CoursePage | None:
    """Return the page of a course in the source language, from which its editions are made."""
    pages = CoursePage.objects.filter(translation_key=course_key)
    # "en", the source language, comes first
    return pages.order_by("locale__language_code").first()


def _promise(edition: Edition) -> tuple[Any, ...]:
    return edition.outline, edition.rule, edition.minutes, edition.law_as_of


def _activity(page: ActivityPage) -> dict[str, Any]:
    return {
        "key": str(page.key),
        "kind": page.specific_class.kind,
        "required": page.required,
        "minutes": page.minutes,
    }
