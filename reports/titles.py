"""What courses are called today."""

from collections.abc import Iterable
from uuid import UUID

from cms.languages import content_language
from courses.models import CoursePage


def titles_of(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the titles of courses in the active language, or else in English. One query."""
    # English comes first, so that the active language, if the course has it, wins.
    pages = CoursePage.objects.filter(
        translation_key__in=keys, locale__language_code__in={"en", content_language()}
    ).order_by("locale__language_code")
    return {page.translation_key: page.title for page in pages}
