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

    title = CharBlock(label=_("Title"), max_length=160)
    intro = TextBlock(label=_("Introduction"), required=False)
    items = ListBlock(CharBlock(max_length=400), label=_("Lines"), min_num=1)
    source = CharBlock(label=_("Where the list comes from"), max_length=400)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "cms/blocks/checklist.html"
        group = _("Practice")
        description = _("Indicators or steps, to look at on the spot.")
        preview_value = {
            "title": "At the site",
            "intro": "",
            "items": ["Papers held by somebody else", "Pay late or deducted"],
            "source": "own selection",
        }


class VignetteBlock(StructBlock):
    """An invented case."""

    title = CharBlock(label=_("Title"), max_length=160)
    text = RichTextBlock(label=_("Case"), features=FEATURES)
    question = TextBlock(
        label=_("Question"), help_text=_("To think about; nothing is sent or recorded.")
    )

    class Meta:
        icon = "group"
        label = _("Case")
        template = "cms/blocks/vignette.html"
        group = _("Practice")
        description = _("An invented case with one open question. Never a real person.")
        preview_value = {"title": "Fourteen beds", "text": "<p>…</p>", "question": "What first?"}


class CheckOptionBlock(StructBlock):
    text = CharBlock(label=_("Option"), max_length=400)
    correct = BooleanBlock(label=_("This is right"), required=False)
    reason = TextBlock(label=_("Why"))


class SelfCheckBlock(StructBlock):
    """A question with instant feedback; never counted."""

    question = TextBlock(label=_("Question"))
    options = ListBlock(CheckOptionBlock(), label=_("Options"), min_num=2, max_num=6)
    source = CharBlock(label=_("Source"), max_length=255)

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

    depicts = ListBlock(CharBlock(max_length=120), label=_("What is depicted"), min_num=1)
    full = RichTextBlock(label=_("Full text"), features=FEATURES)
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
            "full": "<p>…</p>",
            "shorter": "<p>…</p>",
        }
