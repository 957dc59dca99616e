"""The courses that a list can ask for."""

from uuid import UUID

from django.utils.translation import get_language

from cms.languages import content_language
from courses.models import CoursePage, Edition
from serbian import sort_key


def courses_to_ask_for() -> list[tuple[UUID, str]]:
    """Return key and title of every course that was published, by the alphabet of the reader."""
    published = Edition.objects.values("course_key")
    pages = CoursePage.objects.filter(
        locale__language_code=content_language(), translation_key__in=published
    )
    language = get_language()
    titles = pages.values_list("translation_key", "title")
    return sorted(titles, key=lambda one: sort_key(one[1], language))
