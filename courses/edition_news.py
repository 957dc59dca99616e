"""What whoever runs a course has to know of its editions: whether it is time for another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from courses.editions import differs, draft_editions
from courses.missing import Missing, missing_in
from courses.models import CoursePage, Edition


@dataclass(frozen=True)
class EditionNews:
    """The newest edition, if any; whether the live pages differ from it; what a language lacks."""

    current: Edition | None
    is_changed: bool
    missing: list[Missing] = field(default_factory=list)


def news_of(courses: Sequence[CoursePage]) -> dict[UUID, EditionNews]:
    """Return the news of each course, by key, in a fixed number of queries."""
    keys = {course.translation_key for course in courses}
    sources: dict[UUID, CoursePage] = {}
    pages = CoursePage.objects.filter(translation_key__in=keys)
    for page in pages.order_by("locale__language_code"):  # "en", the source, comes first
        sources.setdefault(page.translation_key, page)
    drafts = draft_editions(list(sources.values()))
    missing = missing_in(list(drafts.values()))
    editions = Edition.objects.filter(course_key__in=keys).order_by("number")
    current = {edition.course_key: edition for edition in editions}
    return {key: _news(draft, current.get(key), missing[key]) for key, draft in drafts.items()}


def _news(draft: Edition, current: Edition | None, missing: list[Missing]) -> EditionNews:
    is_changed = current is not None and differs(draft, current)
    return EditionNews(current=current, is_changed=is_changed, missing=missing)
