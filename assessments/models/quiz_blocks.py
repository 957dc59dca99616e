"""What the questions of a quiz are made of: draws, particular questions, sections."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import Select
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from assessments.models.objective import Objective
from assessments.models.pools import objective_of, tags_of
from assessments.models.question import Question
from assessments.models.roles import Form


class TermBlock(CharBlock):
    """Words by which something is found: the same in every language."""


def objective_choices() -> list[tuple[str, str]]:
    """Return keys and names of the objectives, and one for none."""
    named = [(objective.key, objective.name) for objective in Objective.objects.all()]
    return [*BLANK_CHOICE_DASH, *named]


class ObjectiveBlock(TermBlock):
    """The key of an objective, chosen from a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget = Select(choices=CallableChoiceIterator(objective_choices))


class DrawBlock(StructBlock):
    """So many questions, drawn anew for each attempt from those that fit."""

    tags = TermBlock(
        label=_("Tags"),
        required=False,
        help_text=_("Separated by spaces; any of them will do."),
    )
    difficulty = ChoiceBlock(
        label=_("Difficulty"),
        choices=[(str(value), label) for value, label in Question.Difficulty.choices],
        required=False,
        help_text=_("Only questions of this difficulty; leave it open for any."),
    )
    objective = ObjectiveBlock(
        label=_("Objective"),
        required=False,
        help_text=_("Only questions with this objective; leave it open for any."),
    )
    count = IntegerBlock(
        label=_("How many"),
        min_value=1,
        max_value=100,
        help_text=_("The bank must hold at least as many published questions that fit."),
    )

    class Meta:
        icon = "resubmit"
        label = _("Draw from the bank")
        group = _("Questions")
        description = _("So many questions from the bank, drawn anew for each attempt.")
        preview_template = "assessments/admin/preview_draw.html"
        preview_value = {"tags": "module-1", "count": 5}

    def clean(self, value: Any) -> Any:
        """Refuse a draw from the whole bank: it would ask about other courses, too."""
        cleaned = super().clean(value)
        if not (tags_of(cleaned) or cleaned["difficulty"] or objective_of(cleaned)):
            words = _("Give tags, a difficulty or an objective.")
            raise StructBlockValidationError({"tags": ValidationError(words)})
        return cleaned


class SectionBlock(StructBlock):
    """The head of a part of the paper; what follows it stands in it."""

    heading = CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Shown above the questions that follow.")
    )
    text = TextBlock(
        label=_("Text"),
        required=False,
        help_text=_("What these questions are about, or what to keep in mind. May stay empty."),
    )

    class Meta:
        icon = "title"
        label = _("Section")
        group = _("Questions")
        description = _("A heading: the questions after it keep together, also when shuffled.")
        preview_template = "assessments/admin/preview_section.html"
        preview_value = {"heading": "On patrol", "text": "What you see and hear in one shift."}


class FormBlock(ChoiceBlock):
    """The head of a form: what follows it stands in that form, until the next head."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail gives a block that is a single field no label of its own.
        self.field.widget.attrs["aria-label"] = _("Form A or B")

    class Meta:
        icon = "doc-full-inverse"
        label = _("Form A or B")
        group = _("Questions")
        description = _("For the tests before and after: the questions after it are of this form.")
        help_text = _(
            "What follows is of this form, until the next one begins. Both forms ask equally "
            "often about each objective, with different questions."
        )
        preview_template = "assessments/admin/preview_form.html"
        preview_value = Form.A


def question_blocks() -> list[tuple[str, Any]]:
    """Return what the stream of questions offers."""
    return [
        ("section", SectionBlock()),
        ("draw", DrawBlock()),
        ("form", FormBlock(choices=Form.choices, default=Form.A)),
        (
            "question",
            SnippetChooserBlock(
                "assessments.Question",
                icon="help",
                label=_("This very question"),
                group=_("Questions"),
                description=_("One question that is asked in every attempt."),
                help_text=_("Asked as it is published when the attempt begins."),
                preview_template="assessments/admin/preview_question.html",
            ),
        ),
    ]
