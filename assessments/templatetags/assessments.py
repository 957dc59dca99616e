"""What the pages of quizzes need beyond Django's own tags."""

from typing import Any

from django import template
from wagtail.images import get_image_model

from assessments.forms.words import rounded, signed
from assessments.kinds import Part
from assessments.kinds.matching import target_text as text_of_target
from cms.published import kept

register = template.Library()
_SPEC = "width-960"


@register.simple_tag
def picture(number: int) -> dict[str, Any] | None:
    """Return address and size of a picture of the library; None if it is there no more."""
    return kept(("picture", number, _SPEC), lambda: _picture(number))


@register.filter
def target_text(part: Part) -> str:
    """Return what is chosen for a pair: the other end of one, or a decoy."""
    return text_of_target(part)


@register.filter
def percent(share: float) -> str:
    """Return a share, 0 to 1, in whole per cent."""
    return f"{round(share * 100)}\N{NO-BREAK SPACE}%"


@register.filter
def whole_percent(percent: float) -> str:
    """Return per cent, 0 to 100, without decimals."""
    return f"{rounded(percent)}\N{NO-BREAK SPACE}%"


@register.filter
def points(value: float) -> str:
    """Return points, more or less than 0, without decimals."""
    return signed(value)


def _picture(number: int) -> dict[str, Any] | None:
    image = get_image_model().objects.filter(pk=number).first()
    if image is None:
        return None
    made = image.get_rendition(_SPEC)
    return {"url": made.url, "width": made.width, "height": made.height}
