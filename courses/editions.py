"""Freeze what a course promises, and find what was promised."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max, Q

from cms.published import kept
from courses.missing import NotInEveryLanguage, missing_in
from courses.models import ActivityPage, CoursePage, Edition, ModulePage


def draft_edition(course: CoursePage) -> Edition:
    """Return the unsaved edition that the live pages of `course` would make now.

    Order, required flags and minutes come from the source-language tree; translations give words.
    """
    return draft_editions([source_page(course.translation_key) or course])[course.translation_key]


def draft_editions(sources: Sequence[CoursePage]) -> dict[UUID, Edition]:
    """Return the same for pages of the source language, by key, in two queries for all of them.

    One more is asked where a course is a refresher.
    """
    trees = Q(pk=None)
    for course in sources:
        trees |= Q(path__startswith=course.path)
    modules, activities = defaultdict(list), defaultdict(list)
    for module in ModulePage.objects.live().filter(trees).order_by("path"):
        modules[_above(module.path)].append(module)
    for activity in ActivityPage.objects.live().filter(trees).order_by("path"):
        activities[_above(activity.path)].append(activity)
    refreshed = _refreshed(sources)
    drafts = {}
    for course in sources:
        tree = [(module, activities[module.path]) for module in modules[course.path]]
        draft = _draft(course, tree)
        draft.refresher_of = refreshed.get(course.refresher_of_id)
        drafts[course.translation_key] = draft
    return drafts


def _refreshed(sources: Sequence[CoursePage]) -> dict[int | None, UUID]:
    """Return the keys of the courses that any of these is a refresher of, by id of the page."""
    chosen = {course.refresher_of_id for course in sources} - {None}
    keys = CoursePage.objects.filter(pk__in=chosen).values_list("pk", "translation_key")
    return dict(keys)


def _above(path: str) -> str:
    return path[: -ModulePage.steplen]


def _draft(course: CoursePage, tree: list[tuple[ModulePage, list[ActivityPage]]]) -> Edition:
    counted = [str(page.key) for _, pages in tree for page in pages if page.counts_as_result]
    modules = [
        {"key": str(module.translation_key), "activities": [_activity(page) for page in pages]}
        for module, pages in tree
    ]
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
    """Freeze the live outline as the next edition; return the current one if nothing changed.

    Raises NotInEveryLanguage where learners of a language could not complete it.
    """
    draft = draft_edition(course)
    with transaction.atomic():
        editions = Edition.objects.select_for_update().filter(course_key=draft.course_key)
        current = editions.first()
        if current and not differs(draft, current):
            return current
        lacking = [one for one in missing_in([draft])[draft.course_key] if one.required]
        if lacking:
            raise NotInEveryLanguage(lacking)
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


def differs(draft: Edition, current: Edition) -> bool:
    """Say whether an edition promises anything else than another."""
    return _promise(draft) != _promise(current)


def _promise(edition: Edition) -> tuple[Any, ...]:
    return (
        edition.outline,
        edition.rule,
        edition.minutes,
        edition.law_as_of,
        edition.refresher_of,
    )


def _activity(page: ActivityPage) -> dict[str, Any]:
    return {
        "key": str(page.key),
        "kind": page.specific_class.kind,
        "required": page.required,
        "minutes": page.minutes,
    }
