"""The pages that trainers write: catalogue, course, module, and whatever can be done in one.

`ActivityPage` is the hinge: a lesson, and on upper floors a quiz, a case, a package, subclass it.
The permanent key of each is Wagtail's `translation_key`: kept across languages, new on copy.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.forms import Select
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models
from wagtail.search import index

from cms.blocks import LESSON_BLOCKS
from cms.models import BasePage
from courses.models.refreshing import FIELD, CourseForm, check_refresher
from people.models import Profession
from xapi import types

PLAIN = ["bold", "italic", "ol", "ul", "link"]


class CataloguePage(BasePage):
    """All courses, filtered by profession."""

    max_count_per_parent = 1
    subpage_types = ["courses.CoursePage"]
    parent_page_types = ["cms.HomePage"]
    template = "courses/catalogue_page.html"
    introduction = RichTextField(_("introduction"), features=PLAIN, blank=True)
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction", help_text=_("One or two sentences above the list of courses.")),
    ]

    class Meta:
        verbose_name = _("catalogue")


class CoursePage(BasePage):
    """A course: its words, whom it is for, and the date of the law it teaches."""

    class Level(models.TextChoices):
        CORE = "core", _("Core course")
        TRACK = "track", _("Course for one profession")

    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course_page.html"
    card_template = "courses/parts/course_card.html"

    summary = models.CharField(
        _("summary"), max_length=255, help_text=_("One sentence for the catalogue.")
    )
    introduction = RichTextField(
        _("introduction"),
        features=PLAIN,
        help_text=_("Who it is for, what one can do afterwards, how the certificate is earned."),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.CORE)
    law_as_of = models.DateField(
        _("law as of"), help_text=_("The day on which the law taught here was last checked.")
    )
    professions = ParentalManyToManyField(
        Profession,
        verbose_name=_("professions"),
        blank=True,
        help_text=_("Leave empty if the course is for everyone."),
    )
    refresher_of = models.ForeignKey(
        "courses.CoursePage",
        verbose_name=_("a short refresher of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Whoever holds a certificate of that course renews it by completing this one: the new "
            "certificate has the hours and the result of the old one, and the law as of the date "
            "given here. Everybody else gets a certificate of this course. Leave empty for a "
            "course of its own."
        ),
    )

    base_form_class = CourseForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "level",
                    help_text=_(
                        "The core course is for everybody; the others deepen it for one profession."
                    ),
                ),
                FieldPanel("law_as_of"),
                FieldPanel("professions"),
                FieldPanel(FIELD, widget=Select),
            ],
            heading=_("For whom, and as of when"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
    ]

    class Meta:
        verbose_name = _("course")

    def clean(self) -> None:
        super().clean()
        check_refresher(self)


class ModulePage(BasePage):
    """A part of a course. It has no page of its own: its address leads to the course."""

    parent_page_types = ["courses.CoursePage"]
    template = "courses/module_page.html"
    summary = models.CharField(_("summary"), max_length=255, blank=True)
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", help_text=_("What the module is about, in one sentence.")),
    ]

    class Meta:
        verbose_name = _("module")

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Any kind of activity may stand in a module, also one that an upper floor adds."""
        return [
            model
            for model in get_page_models()
            if issubclass(model, ActivityPage) and model.is_creatable
        ]


class ActivityPage(BasePage):
    """Whatever a learner can do inside a module."""

    is_creatable = False
    kind: ClassVar[str] = ""
    activity_type: ClassVar[str] = ""
    parent_page_types = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=8, help_text=_("How long it takes; a lesson takes 6 to 10 minutes.")
    )
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Needed to complete the course.")
    )
    counts_as_result = models.BooleanField(
        _("its score is the result of the course"), default=False
    )

    class Meta:
        verbose_name = _("activity")

    @property
    def key(self) -> UUID:
        """The permanent key under which the log knows this activity."""
        key: UUID = self.translation_key
        return key

    @property
    def address(self) -> str:
        """Where a reader of the active language finds it; what is foreign stands among their own.

        So nobody leaves the language of the site for the one page that lacks it.
        """
        return reverse("activity", args=[self.key]) if self.foreign else self.url


class LessonPage(ActivityPage):
    """Six to ten minutes of reading, looking and checking oneself."""

    kind = "lesson"
    activity_type = types.LESSON
    template = "courses/lesson_page.html"

    summary = models.CharField(_("summary"), max_length=255, blank=True)
    law_as_of = models.DateField(
        _("law as of"), help_text=_("The day on which the law taught here was last checked.")
    )
    objectives = StreamField(
        [("objective", LESSON_BLOCKS["objective"])],
        verbose_name=_("objectives"),
        blank=True,
        help_text=_("What the learner will be able to do; begin with a verb."),
    )
    sources = StreamField(
        [("source", LESSON_BLOCKS["source"])], verbose_name=_("sources"), blank=True
    )
    body = StreamField(LESSON_BLOCKS["body"], verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", help_text=_("What the lesson answers, in one sentence.")),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("required"), FieldPanel("law_as_of")],
            heading=_("About this lesson"),
        ),
        FieldPanel("objectives"),
        FieldPanel(
            "body", help_text=_("500 to 900 words; a picture, a case and a self-check in between.")
        ),
        FieldPanel("sources", help_text=_("Everything the lesson rests on, the law first.")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")

    def self_checks(self) -> list[str]:
        """Return the ids of the self-checks that must be answered before "Done"."""
        return [block.id for block in self.body if block.block_type == "self_check"]
