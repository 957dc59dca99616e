"""Which quiz is tried, its latest draft or what is live; and who may."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import QuizPage
from assessments.models.pools import SOURCE
from assessments.models.quiz_form import pools_of
from cms.languages import content_language
from people.models import User

DRAFT, LIVE = "draft", "live"
LABELS = {DRAFT: gettext_lazy("the latest draft"), LIVE: gettext_lazy("what is live")}


@dataclass(frozen=True)
class Tried:
    """A quiz in one version: `rules` are the source language's, `words` the reader's."""

    version: str
    versions: list[str]
    rules: QuizPage
    words: QuizPage
    translations: list[QuizPage] = field(default_factory=list)

    def problems(self) -> list[str]:
        """Return what keeps a learner from beginning: too few questions that are published."""
        short = [
            _("Too few: %(pool)s.") % {"pool": f"{pool.asks_for}: {pool}"}
            for pool in pools_of(self.rules.questions)
            if pool.is_short
        ]
        return short + [
            _("Not published yet: “%(question)s”") % {"question": block.value}
            for block in self.rules.questions
            if block.block_type == "question" and block.value and not block.value.live
        ]


def tried_quiz(*, key: UUID, user: User, version: str = "") -> Tried:
    """Return the quiz in a version, by itself the latest. Raises Http404 for whoever may not."""
    pages = {page.locale.language_code: page for page in _pages(key)}
    source = pages.get(SOURCE) or next(iter(pages.values()), None)
    if source is None:
        raise Http404
    shown = pages.get(content_language(), source)
    if not may_try(user, shown):
        raise Http404
    versions = _versions(source, shown)
    version = version if version in versions else versions[0]
    others = [page for code, page in pages.items() if page != source]
    if version == DRAFT:
        source, shown, others = _draft(source), _draft(shown), [_draft(page) for page in others]
    else:
        shown = shown if shown.live else source
        others = [page for page in others if page.live]
    return Tried(version, versions, source, shown, others)


def may_try(user: User, page: QuizPage) -> bool:
    """Say whether somebody may write this quiz, or review it."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() or rights.can_lock())


def _pages(key: UUID) -> Iterable[QuizPage]:
    return QuizPage.objects.filter(translation_key=key).select_related("locale").order_by("path")


def _versions(source: QuizPage, shown: QuizPage) -> list[str]:
    if not source.live:
        return [DRAFT]
    changed = source.has_unpublished_changes or shown.has_unpublished_changes
    return [DRAFT, LIVE] if changed else [LIVE]


def _draft(page: QuizPage) -> QuizPage:
    draft: QuizPage = page.get_latest_revision_as_object()
    return draft
