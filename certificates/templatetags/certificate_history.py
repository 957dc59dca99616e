"""What the lines of a sheet about its renewal and its correction need."""

from django import template

from certificates.design import Design

register = template.Library()


@register.filter
def serbian(words: str, design: Design) -> str:
    """Return Serbian words in the script of a design."""
    return design.serbian(words)
