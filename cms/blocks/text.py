"""Blocks of words: text, law, callout, accordion, terms, quotation, table."""

from datetime import date
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

    act = CharBlock(
        label=_("Act"), max_length=160, help_text=_("Its short name, as practitioners cite it.")
    )
    article = CharBlock(label=_("Article"), max_length=80, help_text=_("With paragraph and item."))
    as_of = DateBlock(
        label=_("Law as of"), help_text=_("The day on which the text was last compared.")
    )
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("paraphrase", _("Paraphrase")), ("quotation", _("Quotation"))],
        default="paraphrase",
        help_text=_("A quotation needs the tick below; a paraphrase never has quotation marks."),
    )
    text = RichTextBlock(
        label=_("Text"), features=FEATURES, help_text=_("What it says, for the case at hand.")
    )
    url = URLBlock(label=_("Official text"), help_text=_("A page that will still be there."))
    check = BooleanBlock(
        label=_("Check against the official text"),
        required=False,
        help_text=_("Shown to reviewers until somebody has compared it."),
    )
    reviewed = BooleanBlock(
        label=_("A reviewer has compared the quotation"),
        required=False,
        help_text=_("Ticked by the reviewer; without it a quotation cannot be saved."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Law")
        template = "cms/blocks/law.html"
        group = _("Sources")
        description = _("An article of a law or convention, with its date and a link.")
        preview_value = {
            "act": "Criminal Code",
            "article": "art. 388, para. 10",
            "as_of": date(2026, 11, 1),
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
        help_text=_("Decides the icon and the colour."),
    )
    title = CharBlock(
        label=_("Title"), max_length=120, help_text=_("What it is about, in a few words.")
    )
    text = RichTextBlock(
        label=_("Text"), features=FEATURES, help_text=_("One to three sentences: who does what.")
    )

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
    """One heading that opens."""

    title = CharBlock(
        label=_("Title"), max_length=160, help_text=_("The question that the text answers.")
    )
    text = RichTextBlock(
        label=_("Text"), features=FEATURES, help_text=_("Shown once the heading is opened.")
    )


class AccordionBlock(StructBlock):
    """Headings that open."""

    items = ListBlock(
        AccordionItemBlock(label=_("Item")),
        label=_("Items"),
        min_num=1,
        help_text=_("Nothing that everybody must read: closed text is often skipped."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "cms/blocks/accordion.html"
        group = _("Words")
        description = _("Details that not every reader needs, one heading each.")
        preview_value = {
            "items": [
                {
                    "title": "And if the person refuses?",
                    "text": "<p>Nobody is helped against their will; the offer stays open.</p>",
                }
            ]
        }


class TermBlock(StructBlock):
    """One term."""

    term = CharBlock(label=_("Term"), max_length=120, help_text=_("As it is used in the text."))
    definition = TextBlock(
        label=_("Definition"), help_text=_("One or two sentences in plain words.")
    )


class KeyTermsBlock(StructBlock):
    """The terms of the lesson."""

    items = ListBlock(
        TermBlock(label=_("Term")),
        label=_("Terms"),
        min_num=1,
        help_text=_("Three to six; they also stand beside the lesson."),
    )

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

    text = TextBlock(label=_("Text"), help_text=_("Word for word, without quotation marks."))
    source = CharBlock(
        label=_("Source"), max_length=255, help_text=_("Who said it, where and when.")
    )
    url = URLBlock(
        label=_("Link"), required=False, help_text=_("Where the quotation can be checked.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quotation.html"
        group = _("Sources")
        description = _("The exact words of a source.")
        preview_value = {
            "text": "The consent of a victim shall be irrelevant.",
            "source": "Council of Europe Convention, art. 4 (b), abridged for this example",
        }


class TableBlock(StructBlock):
    """A small table with a header row; the first cell of each row is its heading."""

    caption = CharBlock(
        label=_("Caption"), max_length=200, help_text=_("What is compared; read out before it.")
    )
    header = ListBlock(
        CharBlock(required=False, label=_("Cell"), help_text=_("The heading of a column.")),
        label=_("Header row"),
        min_num=2,
        help_text=_("The first cell may stay empty."),
    )
    rows = ListBlock(
        ListBlock(
            CharBlock(required=False, label=_("Cell"), help_text=_("A few words.")),
            label=_("Row"),
            help_text=_("As many cells as the header row; the first is the heading of the row."),
        ),
        label=_("Rows"),
        min_num=1,
        help_text=_("Up to about ten; a longer table belongs into a download."),
    )

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
