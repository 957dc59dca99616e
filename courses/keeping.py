"""What must stay because the log names it."""

from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import Page

from courses.models import ActivityProgress, Cohort, Enrolment


def has_statements(pages: Iterable[Page]) -> bool:
    """Return whether somebody enrolled in or worked on any of the pages or what is below them."""
    trees = Q(pk=None)
    for page in pages:
        trees |= Q(path__startswith=page.path)
    keys = set(Page.objects.filter(trees).values_list("translation_key", flat=True))
    return (
        Enrolment.objects.filter(course_key__in=keys).exists()
        or ActivityProgress.objects.filter(activity_key__in=keys).exists()
    )


def has_members(cohort: Cohort) -> bool:
    """Return whether anybody ever enrolled in the cohort."""
    return Enrolment.objects.filter(cohort_key=cohort.key).exists()
