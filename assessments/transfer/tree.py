"""The tree of pages a course stands in: find or make its pages, order them, retire what left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from assessments.transfer.document import Contents, CourseDocument
from assessments.transfer.problems import refuse
from assessments.transfer.schema import ACTIVITIES, COURSE, MODULE, Schema
from courses.models import CataloguePage, CoursePage


@dataclass(frozen=True)
class Wanted:
    """A page that the document asks for, and the key of the page above it."""

    name: str
    key: str
    schema: Schema
    contents: Contents
    above: str


def wanted(document: CourseDocument, code: str) -> Iterator[Wanted]:
    """Yield the pages of a course in one language, from above downwards, in order."""
    if code in document.contents:
        yield Wanted("course.yaml", document.key, COURSE, document.contents[code], "")
    for module in document.modules:
        if code in module.contents:
            name = f"module {module.name}"
            yield Wanted(name, module.key, MODULE, module.contents[code], document.key)
        for activity in module.activities:
            if code in activity.contents:
                schema = ACTIVITIES[activity.kind]
                name = f"{schema.folder}/{activity.name}.{code}.yaml"
                yield Wanted(name, activity.key, schema, activity.contents[code], module.key)


class CourseTree:
    """The pages of one course in one language."""

    def __init__(self, document: CourseDocument, catalogue: CataloguePage) -> None:
        self.document = document
        self.catalogue = catalogue
        self.locale: Locale = catalogue.locale
        self.wanted = list(wanted(document, self.locale.language_code))
        self.keys = {UUID(page.key) for page in self.wanted}

    def course(self) -> CoursePage:
        """Return the course's page, whatever its state."""
        return CoursePage.objects.get(translation_key=self.document.key, locale=self.locale)

    def make_room(self, *, draft: bool) -> None:
        """Find or make every page, so that each can be linked to; move what changed its place.

        A draft moves nothing. Raises TransferError if a page of another kind or course has a key.
        """
        for page in self.wanted:
            found = Page.objects.filter(translation_key=page.key, locale=self.locale).first()
            above = self._above(page)
            self._free_slug(page, above, draft=draft)
            if found is None:
                self._add(page, above)
                continue
            self._check(found.specific, page)
            if not draft and not found.is_child_of(above):
                found.move(above, pos="last-child")

    def _above(self, page: Wanted) -> Page:
        if not page.above:
            return Page.objects.get(pk=self.catalogue.pk)
        return Page.objects.get(translation_key=page.above, locale=self.locale)

    def _add(self, page: Wanted, above: Page) -> None:
        """Add a page without links, pictures and questions: they are given when all are there."""
        simple = {f.attribute: page.contents[f.attribute] for f in page.schema.fields() if f.leaf}
        made = page.schema.model(**simple, translation_key=page.key, locale=self.locale, live=False)
        above.add_child(instance=made)

    def _check(self, found: Any, page: Wanted) -> None:
        if not isinstance(found, page.schema.model):
            kind = found._meta.verbose_name
            raise refuse(
                f"the key {page.key} belongs to a page of another kind ({kind})", file=page.name
            )
        home = self.course() if page.above else self.catalogue
        if not found.is_descendant_of(home):
            raise refuse(f"the key {page.key} belongs to a page elsewhere", file=page.name)
        if found.alias_of_id:
            Page.objects.filter(pk=found.pk).update(alias_of=None)

    def _free_slug(self, page: Wanted, above: Page, *, draft: bool) -> None:
        """Let a page that is or will be retired give up the short name that is wanted again."""
        same = Page.objects.child_of(above).filter(slug=page.contents["slug"])
        for other in same.exclude(translation_key__in=self.keys):
            if not page.above:
                message = (
                    f"another course has the short name {other.slug}; "
                    f"to replace it give its key: {other.translation_key}"
                )
                raise refuse(message, file=page.name)
            if draft and other.live:
                raise refuse(f"a published page has the address {other.slug}", file=page.name)
            other.slug = f"{other.slug}-{str(other.translation_key)[:8]}"
            other.save()

    def retire(self) -> int:
        """Unpublish pages that the document no longer has; return how many. None is deleted."""
        below = Page.objects.descendant_of(self.course()).live()
        gone = list(below.exclude(translation_key__in=self.keys).specific())
        for page in gone:
            page.unpublish()
        return len(gone)

    def order(self) -> None:
        """Put the pages in the order of the document."""
        for above in dict.fromkeys(page.above for page in self.wanted if page.above):
            keys = [UUID(page.key) for page in self.wanted if page.above == above]
            parent = Page.objects.get(translation_key=above, locale=self.locale)
            children = Page.objects.child_of(parent).filter(translation_key__in=keys)
            if list(children.values_list("translation_key", flat=True)) == keys:
                continue
            for key in keys:
                page = Page.objects.get(translation_key=key, locale=self.locale)
                parent = Page.objects.get(pk=parent.pk)
                page.move(parent, pos="last-child")


def things(tree: CourseTree) -> Iterator[tuple[Wanted, Any]]:
    """Yield each wanted page with the page itself, fresh from the database."""
    for page in tree.wanted:
        yield (
            page,
            page.schema.model._default_manager.get(translation_key=page.key, locale=tree.locale),
        )
