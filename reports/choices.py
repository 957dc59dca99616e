"""What the filters of a report can be set to, within a mandate."""

from dataclasses import dataclass
from uuid import UUID

from cms.languages import content_language
from courses.models import CoursePage, Edition
from people.mandates import institution_keys, profession_keys
from people.models import Institution, Mandate, Profession


@dataclass(frozen=True)
class Choices:
    professions: list[Profession]
    institutions: list[Institution]
    courses: list[tuple[UUID, str]]


def choices_for(mandate: Mandate) -> Choices:
    """Return professions and institutions of the mandate, and every course that was published."""
    published = Edition.objects.values("course_key")
    courses = CoursePage.objects.filter(
        locale__language_code=content_language(), translation_key__in=published
    ).order_by("title")
    return Choices(
        professions=list(
            Profession.objects.filter(key__in=profession_keys(mandate)).order_by("order")
        ),
        institutions=list(
            Institution.objects.filter(key__in=institution_keys(mandate)).order_by("path")
        ),
        courses=[(course.translation_key, course.title) for course in courses],
    )
