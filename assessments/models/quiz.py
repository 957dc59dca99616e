"""A quiz: which questions, how many right, how many tries."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from assessments.models.quiz_blocks import question_blocks
from assessments.models.quiz_form import PoolPanel, QuizForm
from assessments.models.role_form import FormsPanel
from assessments.models.roles import Role, WithRole, role_panel
from assessments.models.sitting import Counting, Feedback, Navigation
from cms.languages import code_of
from courses.models import ActivityPage
from xapi import types

_MARKS = _("The points, and which answers were right. Whether one has passed is always said.")
_ANSWERS = _("What would have been right.")
_REASONS = _("Why it is, with the source. Only together with the right answers.")


class QuizPage(WithRole, ActivityPage):
    """Questions that are scored by the server."""

    kind = "quiz"
    activity_type = types.ASSESSMENT
    subpage_types: ClassVar[list[str]] = []
    parent_page_types = ["courses.ModulePage"]
    template = "assessments/quiz_page.html"
    base_form_class = QuizForm

    introduction = RichTextField(
        _("introduction"), features=["bold", "italic", "ol", "ul", "link"], blank=True
    )
    questions = StreamField(question_blocks(), verbose_name=_("questions"))
    role = models.CharField(
        _("what it is for"),
        max_length=10,
        choices=Role,
        default=Role.ORDINARY,
        blank=True,
        help_text=_(
            "Two tests, one before and one after, show what learners have gained. Write the first "
            "with its questions in form A and form B, then copy the page for the second: both "
            "have the same two forms, and half of each cohort has them the other way round."
        ),
    )
    pre_test = models.ForeignKey(
        "assessments.QuizPage",
        verbose_name=_("the test before"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For a test after: the quiz of this course with which it is compared."),
    )

    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In per cent of the points."),
    )
    mastery = models.PositiveSmallIntegerField(
        _("mastery of each objective"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_(
            "In per cent of the points of each objective; empty for none. Whoever stays below it "
            "in one objective has not passed, whatever the other points. Ask several questions "
            "for each objective."
        ),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts"), default=3, validators=[MinValueValidator(1)]
    )
    counting = models.CharField(
        _("which attempt counts"),
        max_length=10,
        choices=Counting,
        default=Counting.HIGHEST,
        help_text=_(
            "Whose score is shown, and stands as the result when the course is completed. "
            "Passing does not depend on it: a pass stays a pass, and a certificate a certificate, "
            "whatever a later attempt brings."
        ),
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("waiting time after the last attempt"),
        default=24,
        help_text=_("In hours. After it one more attempt opens; a trainer may grant one sooner."),
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"), null=True, blank=True, help_text=_("In minutes; empty for none.")
    )
    shuffle_questions = models.BooleanField(_("shuffle questions"), default=True)
    shuffle_options = models.BooleanField(_("shuffle options"), default=True)

    second_grader = models.BooleanField(
        _("long answers are graded twice"),
        default=False,
        help_text=_(
            "Two people grade, neither knowing what the other gave. If they are far apart a third "
            "decides."
        ),
    )

    feedback = models.CharField(
        _("feedback"),
        max_length=10,
        choices=Feedback,
        default=Feedback.DEFERRED,
        help_text=_(
            "“After each question” gives every question a button that shows at once what is right, "
            "and why. The answer then stays as it is, and counts. Good for practice; for a final "
            "test choose “after the attempt”."
        ),
    )
    navigation = models.CharField(
        _("navigation"),
        max_length=10,
        choices=Navigation,
        default=Navigation.FREE,
        help_text=_(
            "One after the other: each question is shown alone, and what was left behind stays as "
            "it is. It suits cases that unfold; it asks more of whoever reads slowly."
        ),
    )
    asks_confidence = models.BooleanField(
        _("ask how sure they are"),
        default=False,
        help_text=_(
            "Beside each question learners may say how sure they are. It changes no points; "
            "afterwards they see where they were sure, and wrong."
        ),
    )
    marks_at_once = models.BooleanField(_("marks"), default=True)
    answers_at_once = models.BooleanField(_("right answers"), default=True)
    reasons_at_once = models.BooleanField(_("reasons"), default=True)
    marks_in_the_end = models.BooleanField(_("marks"), default=True)
    answers_in_the_end = models.BooleanField(_("right answers"), default=True)
    reasons_in_the_end = models.BooleanField(_("reasons"), default=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "introduction",
            help_text=_("What is asked, and what one may have at hand. May stay empty."),
        ),
        FieldPanel(
            "questions",
            help_text=_(
                "Draw from the bank, or ask particular questions; both can be mixed, and "
                "divided into sections."
            ),
        ),
        PoolPanel(heading=_("What the bank holds")),
        role_panel(),
        FormsPanel(heading=_("Form A and form B")),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("pass_mark"),
                        FieldPanel(
                            "attempts_allowed",
                            help_text=_("How many a learner has before the waiting time."),
                        ),
                    ]
                ),
                FieldPanel("mastery"),
                FieldPanel("counting"),
                FieldPanel("feedback"),
                FieldPanel("navigation"),
                FieldPanel("asks_confidence"),
                FieldRowPanel([FieldPanel("wait_hours"), FieldPanel("time_limit")]),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "shuffle_questions",
                            help_text=_("Another order in every attempt, within each section."),
                        ),
                        FieldPanel(
                            "shuffle_options",
                            help_text=_("Except true and false, which keep their places."),
                        ),
                    ]
                ),
                FieldPanel("second_grader"),
            ],
            heading=_("Rules"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("marks_at_once", help_text=_MARKS),
                FieldPanel("answers_at_once", help_text=_ANSWERS),
                FieldPanel("reasons_at_once", help_text=_REASONS),
            ],
            heading=_("Shown right after each attempt"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("marks_in_the_end", help_text=_MARKS),
                FieldPanel("answers_in_the_end", help_text=_ANSWERS),
                FieldPanel("reasons_in_the_end", help_text=_REASONS),
            ],
            heading=_("Shown once the quiz is passed, or no attempt is left"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("required"),
                FieldPanel("counts_as_result", help_text=_("Tick it for the final test alone.")),
            ],
            heading=_("In the course"),
        ),
    ]

    class Meta:
        verbose_name = _("quiz")

    def clean(self) -> None:
        super().clean()
        for phase in ("at_once", "in_the_end"):
            if getattr(self, f"reasons_{phase}") and not getattr(self, f"answers_{phase}"):
                words = _("Reasons tell the right answers: show those too, or neither.")
                raise ValidationError({f"reasons_{phase}": words})

    def in_source_language(self) -> "QuizPage":
        """Return the page whose rules count in every language; translations give words."""
        if code_of(self.locale_id) == "en":
            return self
        pages = QuizPage.objects.filter(translation_key=self.translation_key)
        return pages.filter(locale__language_code="en").first() or self

    def tests_after(self) -> "models.QuerySet[QuizPage]":
        """Return the published tests that are compared with this one, in its language."""
        named = QuizPage.objects.filter(pre_test__translation_key=self.translation_key)
        return named.filter(live=True, role=Role.POST_TEST, locale=self.locale).order_by("path")
