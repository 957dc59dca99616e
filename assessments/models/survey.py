"""Anonymous surveys: what is asked, who may still answer, and answers that are nobody's.

The one exception to "every event is a statement". No row leads from an answer to a person, and no
moment or order does: see docs/decisions/0016-anonymous-surveys.md before adding a column here.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from assessments.models.survey_blocks import survey_blocks


class SurveyKind(models.TextChoices):
    SATISFACTION = "satisfaction", _("At the end of a course")
    PULSE = "pulse", _("Three months later")


class SurveyForm(WagtailAdminModelForm):
    """A survey is of one kind for good, and asks once whether somebody would recommend."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["kind"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        asking = [one for one in cleaned.get("questions") or () if one.value.get("recommends")]
        if len(asking) > 1:
            words = _("Only one sentence can ask whether they would recommend the course.")
            self.add_error("questions", ValidationError(words))
        return cleaned


class Survey(models.Model):
    """What is asked from now on; what was asked before stands in its versions."""

    kind = models.CharField(_("when it is asked"), max_length=20, choices=SurveyKind, unique=True)
    is_offered = models.BooleanField(_("offered to learners"), default=True)
    questions = StreamField(survey_blocks(), verbose_name=_("questions"))

    base_form_class = SurveyForm
    panels = [
        FieldPanel("kind", help_text=_("There is one survey for each.")),
        FieldPanel("is_offered", help_text=_("Without it nobody is invited or written to.")),
        FieldPanel(
            "questions",
            help_text=_(
                "Few and short: two minutes in all. Whatever you change begins a new version; "
                "figures of different versions are never mixed."
            ),
        ),
    ]

    class Meta:
        ordering = ["-kind"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SurveyVersion(models.Model):
    """The questions of a survey as they were asked: never changed, so that figures stay true."""

    kind = models.CharField(max_length=20, choices=SurveyKind)
    number = models.PositiveIntegerField()
    questions = models.JSONField(help_text="Keys, types and words in both languages.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint("kind", "number", name="one_survey_version_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class SurveyTicket(models.Model):
    """That an enrolment may answer a survey once.

    Answering and declining spend it alike: nobody can read here who has answered. It is made when
    a course is completed and only ever updated, so that its place in the table tells nothing.
    """

    registration = models.UUIDField()
    kind = models.CharField(max_length=20, choices=SurveyKind)
    is_spent = models.BooleanField(default=False)
    is_written_to = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("registration", "kind", name="one_ticket_each")]

    def __str__(self) -> str:
        return f"{self.registration} {self.kind}"


class SurveyUrn(models.Model):
    """Where answers wait until there are five of one profession: sealed, shuffled, one text."""

    kind = models.CharField(max_length=20, choices=SurveyKind)
    version = models.PositiveIntegerField()
    course_key = models.UUIDField()
    profession_key = models.CharField(max_length=50, blank=True)
    sealed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind", "course_key", "version", "profession_key", name="one_urn_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} {self.course_key} {self.profession_key}"


class SurveyAnswer(models.Model):
    """What somebody answered: nobody knows who. Never fewer than five are written at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=SurveyKind)
    version = models.PositiveIntegerField()
    course_key = models.UUIDField()
    profession_key = models.CharField(
        max_length=50, blank=True, help_text="Empty where fewer than five would share it."
    )
    week = models.DateField(help_text="The Monday of the week in which the urn was emptied.")
    answers = models.JSONField(help_text="Keys of what was chosen, by question.")

    class Meta:
        indexes = [models.Index("kind", "version", "course_key", "week", name="survey_answers")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} {self.week}"
