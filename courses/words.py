"""Titles and addresses of an outline, each in the nearest language in which there is a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.languages import code_of, nearest_first
from cms.published import kept
from courses.models import CoursePage, Edition


@dataclass(frozen=True)
class Words:
    """What a line is called and where it leads; `url` is empty where no live page has the key.

    `foreign` is the code of the language, where that is not the one of the course.
    """

    title: str
    url: str = ""
    foreign: str = ""


def words_of(course: CoursePage, edition: Edition) -> dict[UUID, Words]:
    """Return the words of every module and activity of an edition, by key."""
    own = kept(("outline", course.pk, get_language()), lambda: _own(course))
    missing = frozenset(key for key in keys_of(edition) if key not in own)
    if not missing:
        return own
    kind = ("outline elsewhere", course.pk, get_language(), missing)
    return own | kept(kind, lambda: _elsewhere(missing, code_of(course.locale_id)))


def keys_of(edition: Edition) -> Iterable[UUID]:
    """Yield the keys of modules and activities, in the order of study."""
    for module in edition.modules:
        yield UUID(module["key"])
        yield from (UUID(activity["key"]) for activity in module["activities"])


def _own(course: CoursePage) -> dict[UUID, Words]:
    """Return the words of every live page below the course."""
    pages = Page.objects.descendant_of(course).live().order_by("path")
    base = course.url or ""
    return {
        page.translation_key: Words(page.title, base + page.url_path.removeprefix(course.url_path))
        for page in pages.only("translation_key", "title", "url_path", "path", "depth")
    }


def _elsewhere(keys: Iterable[UUID], language: str) -> dict[UUID, Words]:
    """Return the words of pages that the language lacks: a live one first, in any language.

    What is live nowhere keeps its name; it leads nowhere until it is published again.
    """
    found = {key: Words(_("An activity that is there no more")) for key in keys}
    pages = list(nearest_first(Page.objects.filter(translation_key__in=keys), language))
    for page in reversed(sorted(pages, key=lambda page: not page.live)):
        code = code_of(page.locale_id)
        key = page.translation_key
        url = reverse("activity", args=[key]) if page.live else ""
        found[key] = Words(page.title, url, "" if code == language else code)
    return found
