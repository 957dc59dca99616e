"""Mail of the CMS, in the language and the script of whoever receives it."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from serbian import in_script

register = template.Library()


class _Letter(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, reader: FilterExpression, nodelist: NodeList) -> None:
        self.reader = reader
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        language = self.reader.resolve(context).language
        with override(language):
            return in_script(self.nodelist.render(context), language)


@register.tag
def letter(parser: template.base.Parser, token: template.base.Token) -> _Letter:
    """Render what stands between {% letter user %} and {% endletter %} as that person reads."""
    _name, reader = token.split_contents()
    nodelist = parser.parse(("endletter",))
    parser.delete_first_token()
    return _Letter(parser.compile_filter(reader), nodelist)


@register.simple_tag
def title_of(thing: Any) -> str:
    """Return what a page or a snippet is called in its latest draft."""
    if isinstance(thing, Page):
        return str(thing.get_admin_display_title())
    return str(thing.get_latest_revision_as_object())


@register.simple_tag
def address_of(thing: Any) -> str:
    """Return where a page is read; for what has no page, where it is edited."""
    parts = thing.get_url_parts() if isinstance(thing, Page) else None
    return f"{settings.SITE_URL}{parts[2]}" if parts else edit_address(thing)


@register.simple_tag
def edit_address(thing: Any) -> str:
    """Return where a page or a snippet is edited and reviewed."""
    # Whose right it is to do which is asked there, not here: reviewers may decide, not change.
    return f"{settings.SITE_URL}{AdminURLFinder().get_edit_url(thing)}"


@register.simple_tag
def site_address() -> str:
    """Return the address of the site."""
    return settings.SITE_URL
