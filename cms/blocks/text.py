"""Blocks of words: text, law, callout, accordion, terms, quotation, table."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)

FEATURES = ["bold", "italic", "ol", "ul", "link"]
HEADED = ["h2", "h3", *FEATURES]


class LawBlock(StructBlock):
    """What an act says, in own words or as a quotation that a reviewer has checked."""

    act = CharBlock(label=_("Act"), max_length=160)
    article = CharBlock(label=_("Article"), max_length=80)
    as_of = DateBlock(label=_("Law as of"))
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("paraphrase", _("Paraphrase")), ("quotation", _("Quotation"))],
        default="paraphrase",
        help_text=_("A quotation needs the tick below; a paraphrase never has quotation marks."),
    )
    text = RichTextBlock(label=_("Text"), features=FEATURES)
    url = URLBlock(label=_("Official text"))
    check = BooleanBlock(
        label=_("Check against the official text"),
        required=False,
        help_text=_("Shown to reviewers until somebody has compared it."),
    )
    reviewed = BooleanBlock(label=_("A reviewer has compared the quotation"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Law")
        template = "cms/blocks/law.html"
        group = _("Sources")
        description = _("An article of a law or convention, with its date and a link.")
        preview_value = {
            "act": "Criminal Code",
            "article": "art. 388, para. 10",
            "as_of": "2026-11-01",
            "kind": "paraphrase",
            "text": "<p>Consent to exploitation does not undo the crime.</p>",
            "url": "https://www.mup.gov.rs/",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["kind"] == "quotation" and not value["reviewed"]:
            message = ValidationError(_("A reviewer must compare the quotation first."))
            raise StructBlockValidationError({"reviewed": message})
        return value


class CalloutBlock(StructBlock):
    """A box: who acts, a note, a warning."""

    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("act", _("Who acts, and how")),
            ("note", _("Note")),
            ("warning", _("Warning")),
        ],
        default="act",
    )
    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=FEATURES)

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "cms/blocks/callout.html"
        group = _("Words")
        description = _("What the reader must not miss: who does what next.")
        preview_value = {
            "kind": "act",
            "title": "Who acts",
            "text": "<p>The police tell the prosecutor and the Centre in the same shift.</p>",
        }


class AccordionItemBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=160)
    text = RichTextBlock(label=_("Text"), features=FEATURES)


class AccordionBlock(StructBlock):
    """Headings that open."""

    items = ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "cms/blocks/accordion.html"
        group = _("Words")
        description = _("Details that not every reader needs, one heading each.")
        preview_value = {"items": [{"title": "And if the person refuses?", "text": "<p>…</p>"}]}


class TermBlock(StructBlock):
    term = CharBlock(label=_("Term"), max_length=120)
    definition = TextBlock(label=_("Definition"))


class KeyTermsBlock(StructBlock):
    """The terms of the lesson."""

    items = ListBlock(TermBlock(), label=_("Terms"), min_num=1)

    class Meta:
        icon = "openquote"
        label = _("Key terms")
        template = "cms/blocks/key_terms.html"
        group = _("Words")
        description = _("The terms of the lesson with a definition of one or two sentences.")
        preview_value = {
            "items": [
                {"term": "debt bondage", "definition": "Work to pay off a debt that never ends."}
            ]
        }


class QuotationBlock(StructBlock):
    """Words of somebody else, with their source."""

    text = TextBlock(label=_("Text"))
    source = CharBlock(label=_("Source"), max_length=255)
    url = URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quotation.html"
        group = _("Sources")
        description = _("The exact words of a source.")
        preview_value = {"text": "…", "source": "Council of Europe Convention"}


class TableBlock(StructBlock):
    """A small table with a header row; the first cell of each row is its heading."""

    caption = CharBlock(label=_("Caption"), max_length=200)
    header = ListBlock(CharBlock(required=False), label=_("Header row"), min_num=2)
    rows = ListBlock(ListBlock(CharBlock(required=False)), label=_("Rows"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"
        group = _("Words")
        description = _("A comparison in rows and columns.")
        preview_value = {
            "caption": "Smuggling and trafficking",
            "header": ["", "Smuggling", "Trafficking"],
            "rows": [["Border", "crossed", "need not be crossed"]],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if any(len(row) != len(value["header"]) for row in value["rows"]):
            message = ValidationError(_("Every row needs as many cells as the header row."))
            raise StructBlockValidationError({"rows": message})
        return value
