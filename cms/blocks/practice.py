"""Blocks to work with: checklist, case, self-check, content notice."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)

from cms.blocks.text import FEATURES


class ChecklistBlock(StructBlock):
    """Indicators or steps, one a line."""

    title = CharBlock(
        label=_("Title"), max_length=160, help_text=_("When or where the list is used.")
    )
    intro = TextBlock(
        label=_("Introduction"),
        required=False,
        help_text=_("How to use the list; what one line alone does not prove."),
    )
    items = ListBlock(
        CharBlock(max_length=400, label=_("Line"), help_text=_("One sign or step, observable.")),
        label=_("Lines"),
        min_num=1,
        help_text=_("Five to nine can be kept in mind."),
    )
    source = CharBlock(
        label=_("Where the list comes from"),
        max_length=400,
        help_text=_("The published list, or “own selection from …”."),
    )

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "cms/blocks/checklist.html"
        group = _("Practice")
        description = _("Indicators or steps, to look at on the spot.")
        preview_value = {
            "title": "At the site",
            "intro": "No line proves anything alone; three together are worth a question.",
            "items": ["Papers held by somebody else", "Pay late or deducted"],
            "source": "own selection",
        }


class VignetteBlock(StructBlock):
    """An invented case."""

    title = CharBlock(
        label=_("Title"), max_length=160, help_text=_("Short and plain, without a person's name.")
    )
    text = RichTextBlock(
        label=_("Case"),
        features=FEATURES,
        help_text=_("Invented throughout: nobody may recognise themselves or somebody else."),
    )
    question = TextBlock(
        label=_("Question"), help_text=_("To think about; nothing is sent or recorded.")
    )

    class Meta:
        icon = "group"
        label = _("Case")
        template = "cms/blocks/vignette.html"
        group = _("Practice")
        description = _("An invented case with one open question. Never a real person.")
        preview_value = {
            "title": "Fourteen beds",
            "text": "<p>An inspection finds fourteen beds behind a workshop. The workers do not "
            "know their address.</p>",
            "question": "What do you ask first?",
        }


class CheckOptionBlock(StructBlock):
    """One option of a self-check."""

    text = CharBlock(
        label=_("Option"),
        max_length=400,
        help_text=_("Plausible; about as long as the others."),
    )
    correct = BooleanBlock(
        label=_("This is right"), required=False, help_text=_("Tick exactly one of the options.")
    )
    reason = TextBlock(
        label=_("Why"), help_text=_("Shown at once: why it is right or wrong, with the article.")
    )


class SelfCheckBlock(StructBlock):
    """A question with instant feedback; never counted."""

    question = TextBlock(
        label=_("Question"), help_text=_("About what was just read; one thing at a time.")
    )
    options = ListBlock(
        CheckOptionBlock(label=_("Option")),
        label=_("Options"),
        min_num=2,
        max_num=6,
        help_text=_("Three or four, one of them right."),
    )
    source = CharBlock(
        label=_("Source"),
        max_length=255,
        help_text=_("The article or indicator the answer rests on."),
    )

    class Meta:
        icon = "help"
        label = _("Self-check")
        template = "cms/blocks/self_check.html"
        group = _("Practice")
        description = _("A question with instant feedback. It opens “Done” and never counts.")
        preview_value = {
            "question": "A minor agreed. Does it matter?",
            "options": [
                {"text": "Yes", "correct": False, "reason": "Consent is irrelevant."},
                {"text": "No", "correct": True, "reason": "Consent is irrelevant."},
            ],
            "source": "CoE Convention, art. 4",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if sum(bool(option["correct"]) for option in value["options"]) != 1:
            message = ValidationError(_("Tick exactly one option that is right."))
            raise StructBlockValidationError({"options": message})
        return value


class ContentNoticeBlock(StructBlock):
    """A depiction, announced: the full text and a shorter one of equal credit."""

    depicts = ListBlock(
        CharBlock(
            max_length=120,
            label=_("Depiction"),
            help_text=_("A word or two, such as “violence against a child”."),
        ),
        label=_("What is depicted"),
        min_num=1,
        help_text=_("Named before it is shown, so that everybody can decide."),
    )
    full = RichTextBlock(
        label=_("Full text"),
        features=FEATURES,
        help_text=_("No more detail than the lesson needs."),
    )
    shorter = RichTextBlock(
        label=_("Shorter text without the depiction"),
        features=FEATURES,
        help_text=_("Teaches the same. Which of the two is opened is recorded nowhere."),
    )

    class Meta:
        icon = "view"
        label = _("Content notice")
        template = "cms/blocks/content_notice.html"
        group = _("Practice")
        description = _("Announces what may hurt to read, and offers a shorter text.")
        preview_value = {
            "depicts": ["violence"],
            "full": "<p>The statement of the person, as it was taken down.</p>",
            "shorter": "<p>The statement names who held the papers and the money.</p>",
        }
