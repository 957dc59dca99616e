"""The question bank. A question is written once per language; its key is common to all."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from assessments.kinds import KINDS, Part
from assessments.models.objective import Objective
from assessments.models.parts import PartsBlock
from assessments.models.question_form import QuestionForm
from cms.previewing import InBothScripts, shown_in
from courses.models import LessonPage
from people.models import Profession


def kind_choices() -> list[tuple[str, Any]]:
    """Return names and labels of the kinds."""
    return [(kind.name, kind.label) for kind in KINDS.values()]


class QuestionTag(TaggedItemBase):
    content_object = ParentalKey(
        "assessments.Question", on_delete=models.CASCADE, related_name="tagged_items"
    )


class UntranslatedPanel(HelpPanel):
    """Says on the form of a published question that it has no published Serbian form yet."""

    def __init__(self, **kwargs: Any) -> None:
        words = _(
            "This question is not published in Serbian yet. Quizzes in Serbian draw it, in "
            "English, only if there are not enough others."
        )
        super().__init__(**({"content": words} | kwargs))

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            question: Question = self.instance
            live = question.pk and question.live
            return bool(super().is_shown() and live and not question.is_in_serbian())


class Question(
    InBothScripts,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A question with its options, the reason for each, and the source it rests on."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        MIDDLE = 2, _("Middle")
        HARD = 3, _("Hard")

    slug = models.SlugField(
        _("short name"), max_length=80, help_text=_("To find it again; never shown to learners.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices, default="choice")
    stem = models.TextField(
        _("question"), help_text=_("Describe a situation and ask what to do, where you can.")
    )
    options = StreamField(
        PartsBlock(), verbose_name=_("answer"), help_text=_("What is right, and why.")
    )
    source = models.CharField(
        _("source"), max_length=255, help_text=_("The article or indicator the answer rests on.")
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Results are summed up by objective."),
    )
    professions = ParentalManyToManyField(
        Profession,
        verbose_name=_("professions"),
        blank=True,
        help_text=_("For whom it is asked; leave it open for everyone."),
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty, default=Difficulty.MIDDLE
    )
    lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("lesson to go back to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    law_as_of = models.DateField(_("law as of"))
    tags = ClusterTaggableManager(
        through=QuestionTag, blank=True, help_text=_("Quizzes draw questions by tag.")
    )

    base_form_class = QuestionForm
    panels = [
        UntranslatedPanel(),
        FieldPanel("slug"),
        FieldPanel("kind", help_text=_("Decides how it is shown and how points are given.")),
        FieldPanel("stem"),
        FieldPanel("options"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("objective", widget=Select),
                FieldPanel(
                    "lesson", help_text=_("Where a learner who was wrong is sent to read again.")
                ),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "difficulty",
                            help_text=_("Your estimate; the list shows how it really fares."),
                        ),
                        FieldPanel(
                            "law_as_of",
                            help_text=_(
                                "The day on which the answer was last checked against the law."
                            ),
                        ),
                    ]
                ),
                FieldPanel("professions", widget=CheckboxSelectMultiple),
                FieldPanel("tags"),
            ],
            heading=_("Where it belongs"),
        ),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("stem"),
        index.AutocompleteField("stem"),
        index.SearchField("slug"),
        index.FilterField("kind"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["slug"]

    def __str__(self) -> str:
        return Truncator(self.stem).chars(100)

    @property
    def key(self) -> UUID:
        """The permanent key under which the log knows this question."""
        key: UUID = self.translation_key
        return key

    @property
    def tag_names(self) -> str:
        """The tags for lists, in the order of the alphabet."""
        return ", ".join(sorted(item.tag.name for item in self.tagged_items.all()))

    def is_in_serbian(self) -> bool:
        """Return whether there is a published Serbian form of this question."""
        forms = Question.objects.filter(translation_key=self.translation_key, live=True)
        return forms.filter(locale__language_code="sr").exists()

    def clean(self) -> None:
        super().clean()
        if self.kind not in KINDS:
            return  # the field itself says so
        try:
            KINDS[self.kind].check(self.parts())
        except ValidationError as error:
            raise ValidationError({"options": error.messages}) from error

    def parts(self) -> list[Part]:
        """Return the parts in this question's own words, as they are written."""
        blocks = self.options.get_prep_value()
        return [Part(b["id"], b["type"], b["value"], b["value"], (b["value"],)) for b in blocks]

    def serve_preview(self, request: Any, mode_name: str) -> HttpResponse:
        """Show the draft in its own language, whatever the author's."""
        return shown_in(
            self.preview_language,
            mode_name,
            lambda: super(Question, self).serve_preview(request, mode_name),
        )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "assessments/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        kind, parts = KINDS[self.kind], self.parts()
        context = {"question": self, "kind": kind}
        try:
            kind.check(parts)
        except ValidationError as error:
            return context | {"missing": error.messages}
        return context | {
            "shown": kind.laid_out(parts, []),
            "reviewed": kind.reviewed(parts, kind.perfect(parts), parts),
        }
