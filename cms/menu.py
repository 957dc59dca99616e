"""The pages that stand in the bar of every page."""

from dataclasses import dataclass

from django.utils.translation import get_language
from wagtail.models import Page

from cms.languages import content_language
from cms.published import kept

_HOME_DEPTH = 2


@dataclass(frozen=True)
class MenuEntry:
    title: str
    url: str
    slug: str


def menu_entries() -> list[MenuEntry]:
    """Return the children of the home page that are marked "show in menus"."""
    language = get_language() or "en"
    return kept(("menu", language), lambda: _read(language))


def _read(language: str) -> list[MenuEntry]:
    pages = (
        Page.objects.live()
        .in_menu()
        .filter(depth=_HOME_DEPTH + 1, locale__language_code=content_language())
        .order_by("path")
    )
    return [
        MenuEntry(title=title, url=f"/{language}/{slug}/", slug=slug)
        for title, slug in pages.values_list("title", "slug")
    ]
