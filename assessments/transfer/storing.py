"""Store a document on the site: all of it or nothing, and nothing that is there already."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale

from assessments.models import Question
from assessments.transfer.document import Contents, CourseDocument, QuestionDocument
from assessments.transfer.headers import SOURCE, languages
from assessments.transfer.media import MediaShelf
from assessments.transfer.objectives import FILE as OBJECTIVES
from assessments.transfer.objectives import store_objectives
from assessments.transfer.problems import refuse
from assessments.transfer.schema import QUESTION, Schema
from assessments.transfer.site_contents import SiteReader, SiteWriter, Unportable
from assessments.transfer.tree import CourseTree, things
from courses.editions import publish_edition
from courses.missing import NotInEveryLanguage
from courses.models import CataloguePage, CoursePage


@dataclass
class Outcome:
    """The course as it now is, and how many pages and questions were made, changed, retired."""

    course: CoursePage
    counts: Counter[str] = field(default_factory=Counter)


def store_course(
    document: CourseDocument, *, parent: CataloguePage, at: datetime, draft: bool
) -> Outcome:
    """Store a course below the catalogue `parent` and publish it, or keep it as a draft.

    Raises TransferError if this site cannot take it; then nothing was changed.
    """
    shelf = MediaShelf()
    try:
        with transaction.atomic():
            CataloguePage.objects.select_for_update().get(pk=parent.pk)
            return _Storing(document, parent, shelf, draft).store(at)
    except BaseException:
        shelf.clear()
        raise


class _Storing:
    def __init__(
        self, document: CourseDocument, parent: CataloguePage, shelf: MediaShelf, draft: bool
    ) -> None:
        self.document = document
        self.draft = draft
        self.reader = SiteReader()
        codes = [code for code in languages() if code in document.contents]
        self.trees = [CourseTree(document, _catalogue(parent, code)) for code in codes]
        source = self.trees[0].locale
        self.writers = {t.locale: SiteWriter(t.locale, source, shelf) for t in self.trees}
        self.counts: Counter[str] = Counter()

    def store(self, at: datetime) -> Outcome:
        for tree in self.trees:
            with _explained(f"the tree in {tree.locale.language_code}"):
                tree.make_room(draft=self.draft)
        with _explained(OBJECTIVES):
            stored = store_objectives(self.document.objectives, draft=self.draft)
        if stored:
            self.counts["objectives and topics"] = stored
        for question in self.document.questions:
            for locale, writer in self.writers.items():
                self._question(question, locale, writer)
        for tree in self.trees:
            for page, thing in things(tree):
                with _explained(page.name):
                    self._settle(thing, page.schema, page.contents, self.writers[tree.locale])
        if not self.draft:
            self._retire()
        course = self.trees[0].course()
        if not self.draft:
            self._publish_edition(course, at)
        return Outcome(course, self.counts)

    def _publish_edition(self, course: CoursePage, at: datetime) -> None:
        try:
            publish_edition(course=course, at=at)
        except NotInEveryLanguage as lacking:
            raise refuse(str(lacking)) from lacking

    def _question(self, question: QuestionDocument, locale: Locale, writer: SiteWriter) -> None:
        contents = question.contents.get(locale.language_code)
        if contents is None:
            return
        thing = Question.objects.filter(translation_key=question.key, locale=locale).first()
        thing = thing or Question(translation_key=question.key, locale=locale, live=False)
        with _explained(f"question {question.name}"):
            self._settle(thing, QUESTION, contents, writer)

    def _settle(self, thing: Any, schema: Schema, contents: Contents, writer: SiteWriter) -> None:
        """Make a revision of `thing` unless it says the same already; publish it if wanted."""
        contents = writer.possible(contents)
        is_new = not thing.live and thing.latest_revision_id is None
        if not is_new and self._says(thing, schema, contents):
            self.counts["unchanged"] += 1
            return
        if thing.locked:
            raise Unportable("is locked in the CMS; unlock it first")
        if self.draft and not is_new:
            thing = thing.get_latest_revision_as_object()
        writer.fill(thing, schema, contents)
        thing.go_live_at = None
        if thing.pk is None:
            thing.full_clean()
            thing.save()
        revision = thing.save_revision()
        if not self.draft:
            revision.publish()
        self.counts["made" if is_new else "changed"] += 1

    def _says(self, thing: Any, schema: Schema, contents: Contents) -> bool:
        if not self.draft and not thing.live:
            return False
        current = thing.get_latest_revision_as_object() if self.draft else thing
        try:
            return self.reader.contents(current, schema) == contents
        except ValueError:  # it holds what no document can say
            return False

    def _retire(self) -> None:
        for tree in self.trees:
            self.counts["retired"] += tree.retire()
            tree.order()
        kept = [UUID(question.key) for question in self.document.questions]
        course = self.trees[0].course()
        own = Question.objects.filter(live=True, lesson__path__startswith=course.path)
        keys = own.exclude(translation_key__in=kept).values_list("translation_key", flat=True)
        for question in Question.objects.filter(translation_key__in=list(keys), live=True):
            question.unpublish()
            self.counts["retired"] += 1


def _catalogue(parent: CataloguePage, code: str) -> CataloguePage:
    if code == SOURCE:
        if parent.locale.language_code != SOURCE:
            raise refuse(f"the catalogue to import into must be the one in {SOURCE}")
        return parent
    locale = Locale.objects.filter(language_code=code).first()
    found = (
        locale
        and CataloguePage.objects.filter(
            translation_key=parent.translation_key, locale=locale
        ).first()
    )
    if not found:
        raise refuse(f"the catalogue has no translation in {code}: translate it first, in the CMS")
    return found


@contextmanager
def _explained(file: str) -> Iterator[None]:
    """Turn what the site says against a page into a TransferError that names its file."""
    try:
        yield
    except ValidationError as error:
        by_field = getattr(error, "message_dict", {"": error.messages})
        said = [f"{name}: {' '.join(messages)}" for name, messages in by_field.items()]
        raise refuse("; ".join(said), file=file) from error
    except Unportable as error:
        raise refuse(str(error), file=file) from error
