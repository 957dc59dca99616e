"""What learners would not find in a language in which a course is offered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.languages import in_words
from courses.models import CoursePage, Edition


@dataclass(frozen=True)
class Missing:
    """An activity that has no live page in a language.

    `draft` is its page there, if there is one that is not live; `source` the page it is made from.
    """

    language: str
    title: str
    required: bool
    source: Page
    draft: Page | None

    @property
    def language_in_words(self) -> str:
        return in_words(self.language)


class NotInEveryLanguage(Exception):
    """Required activities are missing in a language in which the course is offered."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = list(missing)
        named = [f"{one.title} ({one.language_in_words})" for one in self.missing]
        words = _("Required activities are not live in every language of the course: %(which)s.")
        super().__init__(words % {"which": ", ".join(named)})


def missing_in(drafts: Sequence[Edition]) -> dict[UUID, list[Missing]]:
    """Return what each edition would lack, by course, in the order of study; in two queries."""
    keys = {UUID(activity["key"]) for draft in drafts for activity in draft.activities()}
    pages: dict[UUID, dict[str, Page]] = defaultdict(dict)
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale"):
        pages[page.translation_key][page.locale.language_code] = page
    languages = _languages([draft.course_key for draft in drafts])
    return {
        draft.course_key: list(_missing(draft, languages[draft.course_key], pages))
        for draft in drafts
    }


def _languages(courses: list[UUID]) -> dict[UUID, list[str]]:
    """Return in which languages each course is offered: those of its live pages."""
    offered: dict[UUID, list[str]] = defaultdict(list)
    pages = CoursePage.objects.live().filter(translation_key__in=courses).order_by("locale")
    for key, code in pages.values_list("translation_key", "locale__language_code"):
        offered[key].append(code)
    return offered


def _missing(
    draft: Edition, languages: list[str], pages: dict[UUID, dict[str, Page]]
) -> Iterator[Missing]:
    for language in languages:
        for activity in draft.activities():
            there = pages[UUID(activity["key"])]
            page = there.get(language)
            if page is None or not page.live:
                source = next(one for one in there.values() if one.live)
                yield Missing(language, source.title, activity["required"], source, page)
