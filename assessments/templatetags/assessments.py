"""What the pages of quizzes need beyond Django's own tags."""

from math import floor
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images import get_image_model

from assessments.forms.words import rounded, signed
from assessments.kinds import Part
from assessments.kinds.matching import target_text as text_of_target
from cms.published import kept
from serbian import language_of

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
def points(value: float) -> str:
    """Return points as the reader writes them, "2.5" or "2,5", rounded down: 2.999 is not 3."""
    down = floor(value * 100 + 1e-6) / 100
    return number_format(int(down) if down.is_integer() else down)


@register.filter
def as_written(text: str) -> SafeString:
    """Return what a person wrote, in its own script and marked with its language."""
    shown = linebreaksbr(text, autoescape=True)
    return format_html('<span translate="no" lang="{}">{}</span>', language_of(text), shown)


@register.filter
def percent(share: float) -> str:
    """Return a share, 0 to 1, in whole per cent."""
    return f"{round(share * 100)}\N{NO-BREAK SPACE}%"


@register.filter
def bar(share: float) -> str:
    """Return how long the bar of a share is, of 100, as SVG writes numbers in every language."""
    return f"{share * 100:.1f}"


@register.filter
def whole_percent(percent: float) -> str:
    """Return per cent, 0 to 100, without decimals."""
    return f"{rounded(percent)}\N{NO-BREAK SPACE}%"


@register.filter
def gained(value: float) -> str:
    """Return points, more or less than 0, without decimals."""
    return signed(value)


def _picture(number: int) -> dict[str, Any] | None:
    image = get_image_model().objects.filter(pk=number).first()
    if image is None:
        return None
    made = image.get_rendition(_SPEC)
    return {"url": made.url, "width": made.width, "height": made.height}
