"""What a survey is made of: questions in both languages, with keys that stay."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ListBlock,
    StreamBlock,
    StructBlock,
)

from people.validation import write_in_cyrillic

MOST_QUESTIONS, MOST_OPTIONS = 8, 8


class WordsBlock(StructBlock):
    """The same words twice."""

    en = CharBlock(label=_("In English"), max_length=200, help_text=_("For readers of English."))
    sr = CharBlock(
        label=_("In Serbian Cyrillic"),
        max_length=200,
        validators=[write_in_cyrillic],
        help_text=_("As it is said, in Cyrillic."),
    )

    class Meta:
        icon = "edit"
        label = _("Answer to choose")
        description = _("One answer, in both languages.")
        preview_template = "assessments/admin/preview_survey_part.html"
        preview_value = {"en": "More practical examples", "sr": "Више примера из праксе"}


class ScaleBlock(WordsBlock):
    """A sentence with which somebody agrees more or less, from 1 to 5."""

    recommends = BooleanBlock(
        label=_("Asks whether they would recommend the course"),
        required=False,
        help_text=_("Those who agree mostly or fully are counted as recommending it."),
    )

    class Meta:
        icon = "order"
        label = _("Sentence to agree with")
        description = _("A sentence, and five answers from “not at all” to “fully”.")
        preview_value = {
            "en": "The course is relevant to my work.",
            "sr": "Курс је значајан за мој посао.",
        }


class ChoiceBlock(WordsBlock):
    """A question with answers to choose from."""

    options = ListBlock(
        WordsBlock(),
        label=_("Answers"),
        min_num=2,
        max_num=MOST_OPTIONS,
        help_text=_("None of them may tell who somebody is."),
    )
    several = BooleanBlock(
        label=_("Several answers"),
        required=False,
        help_text=_("As many as apply may be chosen."),
    )
    optional = BooleanBlock(
        label=_("May be left open"),
        required=False,
        help_text=_("Whoever chooses nothing is counted as not having answered it."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Question with answers")
        description = _("One answer, or several, out of two to eight.")
        preview_value = {
            "en": "Have you used an indicator from the course?",
            "sr": "Да ли сте применили неки показатељ са курса?",
            "options": [{"en": "Yes", "sr": "Да"}, {"en": "No", "sr": "Не"}],
        }


def survey_blocks() -> Any:
    """Return the questions a survey can ask. Free text is none of them: it tells who wrote it."""
    return StreamBlock(
        [("scale", ScaleBlock()), ("choice", ChoiceBlock())], min_num=1, max_num=MOST_QUESTIONS
    )
