"""A group that takes a course together."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_enrolment_key() -> str:
    """Return a key that a tutor can read out in a classroom; letters that look alike left out."""
    alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(alphabet) for _ in range(8))


class CohortQuerySet(models.QuerySet["Cohort"]):
    def tutored_by(self, user: object) -> "CohortQuerySet":
        return self.filter(tutors=user)


class Cohort(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    course_key = models.UUIDField(_("course"))
    edition = models.PositiveIntegerField(_("edition"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    tutors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("tutors"), related_name="cohorts"
    )
    enrolment_key = models.CharField(
        _("enrolment key"),
        max_length=20,
        unique=True,
        default=new_enrolment_key,
        help_text=_("Whoever types this key on the course page joins the cohort."),
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message=_("The cohort must end on or after the day it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name
