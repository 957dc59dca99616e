"""What stands beside a cell on a phone, where the table has no headings."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from reports.coverage.figures import COLUMNS
from serbian import in_script

register = template.Library()


@register.simple_tag
def said_by(heading: str) -> SafeString:
    """Return the attribute with a heading that stands in the table as well."""
    return _attribute(gettext(heading))


@register.simple_tag
def figure_of(place: int) -> SafeString:
    """Return the attribute with the heading of a figure, by its place."""
    return _attribute(str(list(COLUMNS.values())[place]))


def _attribute(heading: str) -> SafeString:
    # Nobody converts the script of this attribute on its way out.
    return format_html('data-label="{}"', in_script(heading, get_language() or "en"))
