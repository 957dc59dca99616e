"""The courses on offer."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from cms.languages import content_language
from courses.models import CoursePage, Edition
from people.models import Profession


@dataclass
class CatalogueCard:
    """A course that can be taken, with its newest edition."""

    page: CoursePage
    edition: Edition


def courses_for(*, profession: str = "") -> list[CatalogueCard]:
    """Return the courses open to everyone or, with a profession's key, to that profession."""
    pages: QuerySet[CoursePage] = (
        CoursePage.objects.live()
        .filter(locale__language_code=content_language())
        .prefetch_related("professions")
        .order_by("level", "path")
    )
    if profession:
        pages = pages.filter(Q(professions__key=profession) | Q(professions=None)).distinct()
    editions = _newest({page.translation_key for page in pages})
    return [
        CatalogueCard(page=page, edition=editions[page.translation_key])
        for page in pages
        if page.translation_key in editions
    ]


def professions_in_use() -> QuerySet[Profession]:
    """Return the professions that the catalogue can be filtered by."""
    return Profession.objects.order_by("order")


def _newest(keys: set[UUID]) -> dict[UUID, Edition]:
    editions = Edition.objects.filter(course_key__in=keys).order_by("course_key", "number")
    return {edition.course_key: edition for edition in editions}
