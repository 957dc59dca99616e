"""What the filters of a report can be set to, within a mandate."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from cms.languages import content_language
from courses.models import CoursePage, Edition
from people.institutions import in_tree_order
from people.mandates import institution_keys, profession_keys
from people.models import Institution, Mandate, Profession
from serbian import sort_key


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
    )
    return Choices(
        professions=list(
            Profession.objects.filter(key__in=profession_keys(mandate)).order_by("order")
        ),
        institutions=in_tree_order(Institution.objects.filter(key__in=institution_keys(mandate))),
        courses=sorted(
            ((course.translation_key, course.title) for course in courses),
            key=lambda one: sort_key(one[1], get_language()),
        ),
    )
