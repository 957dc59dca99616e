"""Which blocks may stand where."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, URLBlock

from cms.blocks import media, practice, text

Named = list[tuple[str, Any]]


class SourceBlock(StructBlock):
    label = CharBlock(label=_("Source"), max_length=200)
    url = URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")


def _text() -> RichTextBlock:
    return RichTextBlock(
        features=text.HEADED,
        label=_("Text"),
        icon="pilcrow",
        group=_("Words"),
        template="cms/blocks/text.html",
        description=_("Paragraphs, headings and lists."),
        preview_value="<h2>A heading</h2><p>A paragraph with <b>weight</b>.</p>",
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
    "objective": CharBlock(max_length=255, icon="check", label=_("Objective")),
    "source": SourceBlock(),
}
