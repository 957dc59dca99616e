"""What a row that only names an enrolment belongs to: a profession, a course, a learner."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from courses.models import Enrolment
from courses.models.belonging import profession_then


def with_whose(rows: QuerySet[Any], enrolments: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Return the rows of these enrolments, each with `profession`, `course` and `actor`."""
    own = Enrolment.objects.filter(registration=OuterRef("registration"))
    return within(rows, enrolments).annotate(
        profession=Subquery(own.values(wanted=profession_then())[:1]),
        course=Subquery(own.values("course_key")[:1]),
        actor=Subquery(own.values("actor")[:1]),
    )


def within(rows: QuerySet[Any], enrolments: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Return the rows of these enrolments."""
    return rows.filter(registration__in=enrolments.order_by().values("pk"))
