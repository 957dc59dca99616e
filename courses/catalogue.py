"""The courses on offer."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from cms.languages import content_language
from cms.published import kept
from courses.models import CoursePage, Edition
from people.models import Profession
from serbian import sort_key


@dataclass(frozen=True)
class CatalogueCard:
    """A course that can be taken, with its newest edition, and for whom: nobody is everybody."""

    page: CoursePage
    edition: Edition
    professions: list[Profession]


def courses_for(*, professions: Collection[str] = ()) -> list[CatalogueCard]:
    """Return all courses or, with keys of professions, those open to everyone or any of these.

    The core courses come first, then those for one profession, each by the reader's alphabet.
    """
    cards = kept(("catalogue", get_language()), _cards)
    return [
        card
        for card in cards
        if not professions
        or not card.professions
        or any(known.key in professions for known in card.professions)
    ]


def professions_in_use() -> list[Profession]:
    """Return the professions that the catalogue can be filtered by."""
    return kept("professions", lambda: list(Profession.objects.order_by("order")))


def _cards() -> list[CatalogueCard]:
    pages = (
        CoursePage.objects.live()
        .filter(locale__language_code=content_language())
        .prefetch_related("professions")
        .order_by("path")
    )
    ordered = sorted(pages, key=lambda page: (page.level, sort_key(page.title, get_language())))
    editions = _newest({page.translation_key for page in pages})
    return [
        CatalogueCard(
            page=page,
            edition=editions[page.translation_key],
            professions=list(page.professions.all()),
        )
        for page in ordered
        if page.translation_key in editions
    ]


def _newest(keys: set[UUID]) -> dict[UUID, Edition]:
    editions = Edition.objects.filter(course_key__in=keys).order_by("course_key", "number")
    return {edition.course_key: edition for edition in editions}
