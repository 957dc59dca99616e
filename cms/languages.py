"""The language of the content behind the active language: both Serbian scripts have one."""

from typing import TypeVar

from django.db.models import Case, Model, QuerySet, When
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.published import kept

M = TypeVar("M", bound=Model)
SOURCE = "en"


def content_language() -> str:
    """Return the code of the Wagtail locale that the active language reads: "en" or "sr"."""
    return (get_language() or SOURCE).split("-")[0]


def code_of(locale_id: int | None) -> str:
    """Return the code of a Wagtail locale: "en" or "sr"; what has none yet is in the source."""
    if locale_id is None:
        return SOURCE
    return kept(("language", locale_id), lambda: Locale.objects.get(pk=locale_id).language_code)


def nearest_first(pages: QuerySet[M], language: str = "") -> QuerySet[M]:
    """Order pages by what a reader would rather have: the own language, the source, any other."""
    own = When(locale__language_code=language or content_language(), then=0)
    source = When(locale__language_code=SOURCE, then=1)
    return pages.order_by(Case(own, source, default=2), "locale__language_code")


def in_words(code: str) -> str:
    """Return "in English" in the active language."""
    known = {"en": _("in English"), "sr": _("in Serbian")}
    return known.get(code) or str(get_language_info(code)["name_translated"])
