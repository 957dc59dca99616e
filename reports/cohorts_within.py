"""The cohorts of a mandate: those with somebody whom its holder may see."""

from django.db.models import Exists, OuterRef, QuerySet

from courses.models import Cohort
from people.models import Mandate
from reports.mandated import enrolments_within


def cohorts_within(mandate: Mandate, cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Return those of some cohorts that have somebody of the mandate in them, newest first."""
    seen = enrolments_within(mandate).filter(cohort_key=OuterRef("key"))
    return cohorts.filter(Exists(seen)).order_by("-starts_on", "name", "pk")
