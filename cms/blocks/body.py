"""Which blocks may stand where."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, URLBlock

from cms.blocks import media, practice, text

Named = list[tuple[str, Any]]


class SourceBlock(StructBlock):
    """Where the lesson has it from."""

    label = CharBlock(
        label=_("Source"),
        max_length=200,
        help_text=_("As it is cited: act or title, article or page, gazette number or year."),
    )
    url = URLBlock(
        label=_("Link"), required=False, help_text=_("To the official text, where there is one.")
    )

    class Meta:
        icon = "link"
        label = _("Source")
        group = _("Sources")
        description = _("What the lesson rests on; listed beside the text.")
        preview_value = {
            "label": "Council of Europe Convention (CETS 197), art. 4",
            "url": "https://www.coe.int/",
        }


def _text() -> RichTextBlock:
    return RichTextBlock(
        features=text.HEADED,
        label=_("Text"),
        icon="pilcrow",
        group=_("Words"),
        template="cms/blocks/text.html",
        description=_("Paragraphs, headings and lists."),
        help_text=_("Short paragraphs. A heading every few of them lets a reader find the place."),
        preview_value="<h2>Consent does not matter</h2><p>Somebody who <b>agreed</b> to the work "
        "did not agree to the exploitation.</p><ul><li>not at first</li><li>not later</li></ul>",
    )


def _objective() -> CharBlock:
    return CharBlock(
        max_length=255,
        icon="check",
        label=_("Objective"),
        group=_("Words"),
        description=_("One thing the learner can do after the lesson."),
        help_text=_("Begin with a verb: recognise, decide, write, explain."),
        preview_value="Recognise three signs of forced labour during an ordinary inspection",
    )


TEXT_BLOCKS: Named = [
    ("text", _text()),
    ("callout", text.CalloutBlock()),
    ("accordion", text.AccordionBlock()),
    ("table", text.TableBlock()),
]

BODY: Named = [
    *TEXT_BLOCKS,
    ("law", text.LawBlock()),
    ("key_terms", text.KeyTermsBlock()),
    ("quotation", text.QuotationBlock()),
    ("checklist", practice.ChecklistBlock()),
    ("vignette", practice.VignetteBlock()),
    ("self_check", practice.SelfCheckBlock()),
    ("content_notice", practice.ContentNoticeBlock()),
    ("image", media.ImageBlock()),
    ("drawing", media.DrawingBlock()),
    ("video", media.VideoBlock()),
    ("download", media.DownloadBlock()),
]

LESSON_BLOCKS: dict[str, Any] = {
    "body": BODY,
    "objective": _objective(),
    "source": SourceBlock(),
}
