"""The parts of questions as authors write them. The id of a block is the key of the part.

The key is the same in every language. Which parts make which kind says `assessments.kinds`.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    FloatBlock,
    IntegerBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.blocks.stream_block import StreamValue
from wagtail.images.blocks import ImageChooserBlock

from assessments.kinds import KINDS
from assessments.models.drawing_tool import tool_attributes

_WHY = _("Shown after the answer: why it is right or wrong, with the article.")


class OptionBlock(StructBlock):
    """One option. The id of the block is the key of the choice, the same in every language."""

    text = CharBlock(
        label=_("Option"), max_length=400, help_text=_("Plausible; about as long as the others.")
    )
    correct = BooleanBlock(
        label=_("This is right"), required=False, help_text=_("Tick every option that is right.")
    )
    reason = TextBlock(
        label=_("Why"),
        help_text=_("Shown after the answer: why it is right or wrong, with the article."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Option")
        group = _("Answer")
        description = _("What can be chosen, whether it is right, and why.")
        preview_template = "assessments/admin/preview_option.html"
        preview_value = {
            "text": "Tell the public prosecutor in the same shift",
            "correct": True,
            "reason": "The report may not wait for proof.",
        }


class PairBlock(StructBlock):
    """Two things that belong together."""

    text = CharBlock(label=_("This"), max_length=200, help_text=_("Stands fixed."))
    match = CharBlock(
        label=_("belongs to this"), max_length=200, help_text=_("Is chosen from a list of all.")
    )
    reason = TextBlock(label=_("Why"), help_text=_WHY)

    class Meta:
        icon = "link"
        label = _("Pair")
        group = _("Answer")
        description = _("Two things that belong together.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {
            "text": "Act",
            "match": "Recruiting somebody with a false offer",
            "reason": "CoE Convention, art. 4(a).",
        }


class DecoyBlock(StructBlock):
    """Something to choose that belongs to nothing."""

    text = CharBlock(
        label=_("Belongs to nothing"), max_length=200, help_text=_("Makes the last pair no gift.")
    )

    class Meta:
        icon = "cross"
        label = _("Decoy")
        group = _("Answer")
        description = _("Something more to choose from, which is never right.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "Nationality of the person"}


class StepBlock(StructBlock):
    """One of several things that have an order."""

    text = CharBlock(
        label=_("Step"), max_length=200, help_text=_("Write the steps in the right order.")
    )
    reason = TextBlock(label=_("Why here"), required=False, help_text=_WHY)

    class Meta:
        icon = "order"
        label = _("Step")
        group = _("Answer")
        description = _("One of several things that have an order.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "See to safety", "reason": "Nothing comes before it."}


class AcceptedBlock(StructBlock):
    """What may be written."""

    answers = TextBlock(
        label=_("Right answers"),
        help_text=_(
            "One in each line; the first is shown as the answer. Either script, capitals and "
            "diacritics do not matter."
        ),
    )
    typos = IntegerBlock(
        label=_("Slips allowed"),
        min_value=0,
        max_value=3,
        default=0,
        help_text=_("So many letters may be wrong, missing or too many."),
    )
    reason = TextBlock(label=_("Why"), help_text=_WHY)

    class Meta:
        icon = "pilcrow"
        label = _("Right answers")
        group = _("Answer")
        description = _("What may be written, in all its forms.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {
            "answers": "purpose\nthe purpose",
            "typos": 1,
            "reason": "Act, means, purpose.",
        }


class NumberBlock(StructBlock):
    """A number and how far from it is still right."""

    value = FloatBlock(label=_("Right number"), help_text=_("As 90 or 2.5."))
    tolerance = FloatBlock(
        label=_("Tolerance"), min_value=0, default=0, help_text=_("So much more or less is right.")
    )
    unit = CharBlock(
        label=_("Unit"),
        max_length=40,
        required=False,
        help_text=_("Stands behind the field, such as “days”."),
    )
    reason = TextBlock(label=_("Why"), help_text=_WHY)

    class Meta:
        icon = "decimal"
        label = _("Number")
        group = _("Answer")
        description = _("The right number, and how far from it is still right.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"value": 18, "tolerance": 0, "unit": "years", "reason": "Art. 4(d)."}


class PassageBlock(StructBlock):
    """A text with gaps."""

    text = TextBlock(
        label=_("Text with gaps"),
        help_text=_("Write [1], [2] … where something is missing; each gap follows below."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Text with gaps")
        group = _("Answer")
        description = _("A text in which words are missing.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "Trafficking has three elements: act, [1] and [2]."}


class GapBlock(StructBlock):
    """What is missing in one gap."""

    answers = TextBlock(
        label=_("Right answers"), help_text=_("One in each line; the first is shown as the answer.")
    )
    decoys = TextBlock(
        label=_("Wrong answers to choose from"),
        required=False,
        help_text=_("One in each line. With them the gap is a list; without, a field to write in."),
    )
    reason = TextBlock(label=_("Why"), required=False, help_text=_WHY)

    class Meta:
        icon = "minus"
        label = _("Gap")
        group = _("Answer")
        description = _("What is missing, in the order of the gaps.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"answers": "means", "decoys": "damage\nconsent", "reason": "Art. 4(a)."}


class PictureBlock(StructBlock):
    """The picture in which something is to be found."""

    image = ImageChooserBlock(
        label=_("Picture"), help_text=_("Nobody who was harmed; no real papers.")
    )
    alt = CharBlock(
        label=_("Text alternative"),
        max_length=400,
        help_text=_("What is seen, for those who do not see it."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Answer")
        description = _("The picture in which something is to be found.")
        form_attrs = tool_attributes()
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"alt": "A room with six beds and one window"}


def _percent(label: Any, help_text: Any) -> IntegerBlock:
    return IntegerBlock(label=label, min_value=0, max_value=100, help_text=help_text)


class RegionBlock(StructBlock):
    """A place in the picture, in per cent of its width and height."""

    text = CharBlock(
        label=_("What is there"),
        max_length=200,
        help_text=_("Read out, and shown to whoever chooses without the picture."),
    )
    left = _percent(_("Left edge"), _("In per cent of the picture's width."))
    top = _percent(_("Upper edge"), _("In per cent of the picture's height."))
    width = _percent(_("Width"), _("In per cent of the picture's width."))
    height = _percent(_("Height"), _("In per cent of the picture's height."))
    correct = BooleanBlock(
        label=_("This is right"), required=False, help_text=_("Tick every place that is right.")
    )
    reason = TextBlock(label=_("Why"), help_text=_WHY)

    class Meta:
        icon = "crosshairs"
        label = _("Place")
        group = _("Answer")
        description = _("A place in the picture that can be chosen.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "Papers of others, locked away", "reason": "A sign of control."}


class PointBlock(StructBlock):
    """One point of a scale."""

    text = CharBlock(
        label=_("Point of the scale"), max_length=80, help_text=_("From one end to the other.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Point of the scale")
        group = _("Answer")
        description = _("One point of a scale of agreement or confidence. Nothing is scored.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "I would know whom to call"}


class CriterionBlock(StructBlock):
    """What a long answer is judged by."""

    text = CharBlock(
        label=_("Criterion"), max_length=200, help_text=_("Learners see it before they write.")
    )
    points = IntegerBlock(
        label=_("Points"), min_value=1, max_value=20, default=4, help_text=_("At most.")
    )
    guidance = TextBlock(
        label=_("For whoever grades"),
        required=False,
        help_text=_("What earns all points, half of them, none. Learners see it with their mark."),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Criterion")
        group = _("Answer")
        description = _("What a long answer is judged by, and the points for it.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "Names the means used", "points": 4, "guidance": "Art. 4(a)."}


class SampleBlock(StructBlock):
    """An answer that would earn all points."""

    text = TextBlock(
        label=_("Sample answer"), help_text=_("Shown to whoever grades, and with the mark.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Sample answer")
        group = _("Answer")
        description = _("An answer that would earn all points.")
        preview_template = "assessments/admin/preview_part.html"
        preview_value = {"text": "The owner keeps the passports: control over the person."}


class PartsBlock(StreamBlock):
    """All parts there are. A form offers some to begin with: those left empty are no parts."""

    option = OptionBlock()
    pair = PairBlock()
    decoy = DecoyBlock()
    step = StepBlock()
    accepted = AcceptedBlock()
    number = NumberBlock()
    passage = PassageBlock()
    gap = GapBlock()
    picture = PictureBlock()
    region = RegionBlock()
    point = PointBlock()
    criterion = CriterionBlock()
    sample = SampleBlock()

    def clean(self, value: StreamValue, **how: Any) -> StreamValue:
        filled = [(one.block_type, one.value, one.id) for one in value if _is_filled(one)]
        cleaned: StreamValue = super().clean(StreamValue(self, filled), **how)
        return cleaned


def _is_filled(part: Any) -> bool:
    """Say whether an author wrote anything into a part that a form offered."""
    offered = part.block.get_default()
    return any(value and value != offered.get(name) for name, value in part.value.items())


@cache
def parts_block(kind: str) -> PartsBlock:
    """Return a stream that takes the parts of one kind, and nothing else."""
    of_kind, every = KINDS[kind], PartsBlock()
    block = PartsBlock(min_num=of_kind.fewest, max_num=of_kind.most)
    block.child_blocks = {name: every.child_blocks[name] for name in of_kind.part_types}
    return block


def offered(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the empty parts with which the form of a new question begins."""
    children = parts_block(kind).child_blocks
    return [(name, dict(children[name].get_default())) for name in KINDS[kind].offered]
