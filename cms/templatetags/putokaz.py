"""What templates of every room need: icons, lengths of time, the same page in another language."""

import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, PasswordInput
from django.http import HttpRequest
from django.template.base import NodeList
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, override

from cms.blocks.media import drawing_names
from cms.menu import MenuEntry, menu_entries
from cms.models import SiteSettings
from cms.published import kept

register = template.Library()


class _Kept(template.Node):
    """A part of a page that is the same for everybody until something is published."""

    child_nodelists = ("nodelist",)

    def __init__(self, words: list[template.base.FilterExpression], nodelist: NodeList) -> None:
        self.words = words
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        if getattr(context.get("request"), "is_preview", False):
            return self.nodelist.render(context)
        key = ("part", get_language(), *(word.resolve(context) for word in self.words))
        return kept(key, lambda: self.nodelist.render(context))


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> _Kept:
    """Render what stands between {% keep "name" … %} and {% endkeep %} once in each language.

    Name and further words tell this part from all others; nothing between may depend on the
    person or the address. A preview is rendered anew each time.
    """
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not words:
        raise template.TemplateSyntaxError("keep needs a name")
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return _Kept(words, nodelist)


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str) -> SafeString:
    """Render a part of the page that stands in it twice: once, for {% part "…" as it %}."""
    chosen = context.template.engine.get_template(name)  # type: ignore[union-attr]
    return chosen.render(context)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return an icon of the sprite; the text beside it says what it means."""
    sprite = static("vendor/icons/sprite.svg")
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.filter
def duration(minutes: int | None) -> str:
    """Return minutes as hours and minutes: "2 h 40 min"."""
    hours, rest = divmod(int(minutes or 0), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(hours)d h", "%(hours)d h", hours) % {"hours": hours})
    if rest or not hours:
        parts.append(ngettext("%(minutes)d min", "%(minutes)d min", rest) % {"minutes": rest})
    return " ".join(parts)


@register.filter
def percent(scaled: float | None) -> int:
    """Return a score of 0 to 1 in whole per cent, rounded down: 69.9 is not 70."""
    return int((scaled or 0.0) * 100 + 1e-9)


@register.simple_tag
def form_token() -> str:
    """Return a one-time token: a form that is sent twice is recorded once."""
    return uuid.uuid4().hex


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """Return the address of the page being shown in another language or script.

    A page of the CMS that is shown `at_own_address` has one that differs by its prefix alone.
    """
    request: HttpRequest | None = context.get("request")
    page = None if context.get("at_own_address") else context.get("page")
    if page is not None and getattr(page, "pk", None) and hasattr(page, "translation_key"):
        with override(code):
            return reverse("page_in_language", args=[page.pk])
    path = request.get_full_path() if request else "/"
    first, _slash, rest = path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return f"/{code}/"


@register.simple_tag
def site_menu() -> list[MenuEntry]:
    """Return the pages that stand in the bar."""
    return menu_entries()


@register.simple_tag
def site_settings() -> SiteSettings:
    """Return what an administrator has set for the whole site."""
    return SiteSettings.current()


@register.inclusion_tag("parts/field.html")
def form_field(field: object) -> dict[str, object]:
    """Show a form field with label, help and errors tied to it."""
    return {"field": field}


@register.filter
def asks_password(form: BaseForm) -> bool:
    """Return whether a form has a password in it, which a page never shows again."""
    return any(isinstance(field.widget, PasswordInput) for field in form.fields.values())


@register.simple_tag
def drawing(value: Mapping[str, Any]) -> SafeString:
    """Draw one of the site's own pictures with the words of a drawing block."""
    if value["name"] not in drawing_names():
        return mark_safe("")
    words = {"alt": value["alt"], "labels": list(value["labels"])}
    return render_to_string(f"drawings/{value['name']}.svg", words)
