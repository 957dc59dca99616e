"""What a page or question of the site says, in the form of a document, and back."""

import json
import re
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from assessments.models import Objective, Question, QuizPage
from assessments.transfer.document import Contents
from assessments.transfer.folder import MediaFile
from assessments.transfer.html_text import Attributes, href_of, read_html
from assessments.transfer.leaves import REFERENCES, Kind, Leaf
from assessments.transfer.media import MediaShelf, media_of
from assessments.transfer.nodes import tidy_text
from assessments.transfer.rich_text import to_html
from assessments.transfer.schema import Schema
from assessments.transfer.streams import changed
from courses.models import CoursePage, LessonPage
from people.models import Profession

PAGE_LINK = re.compile(r'<a href="page:([0-9a-f-]{36})">')


class Unportable(ValueError):
    """The content refers to something that is no longer there."""


class SiteReader:
    """Says what things of the site contain. Remembers what it has looked up."""

    def __init__(self) -> None:
        self.pages: dict[int, str] = {}
        self.media: dict[tuple[Kind, int], MediaFile | None] = {}

    def contents(self, thing: Any, schema: Schema) -> Contents:
        """Return the contents of a page or question, as it stands in memory.

        Raises ValueError for what a document cannot hold.
        """
        key = str(thing.translation_key)
        contents: Contents = {}
        for field in schema.fields():
            value = getattr(thing, field.attribute)
            if field.leaf:
                contents[field.attribute] = self._portable(field.leaf, value)
            else:
                contents[field.attribute] = changed(
                    field.stream_in(contents),
                    list(value.raw_data),
                    self._portable,
                    base=key,
                    path=field.attribute,
                )
        return contents | _beside(thing)

    def _portable(self, leaf: Leaf, value: Any) -> Any:
        if leaf.kind == Kind.MARKDOWN:
            return to_html(read_html(value or "", link=self._address))
        if leaf.kind in (Kind.TEXT, Kind.TERM):
            return tidy_text(value or "")
        if leaf.kind == Kind.DAY:
            return None if value is None else str(value)
        if leaf.kind in REFERENCES and value is not None:
            return self._reference(leaf.kind, value)
        return "" if value is None and leaf.kind == Kind.CHOICE else value

    def _address(self, attributes: Attributes) -> str:
        if attributes.get("linktype") != "page":
            return href_of(attributes)
        pk = int(attributes.get("id") or 0)
        if pk not in self.pages:
            page = Page.objects.filter(pk=pk).only("translation_key").first()
            if page is None:
                raise Unportable("a link leads to a page that is gone")
            self.pages[pk] = str(page.translation_key)
        return f"page:{self.pages[pk]}"

    def _reference(self, kind: Kind, pk: int) -> Any:
        if kind == Kind.QUESTION:
            question = Question.objects.filter(pk=pk).first()
            if question is None:
                raise Unportable("a question is gone")
            return str(question.key)
        if (kind, pk) not in self.media:
            self.media[kind, pk] = media_of(kind, pk)
        found = self.media[kind, pk]
        if found is None:
            raise Unportable(f"this {kind} is gone")
        return found


def _beside(thing: Any) -> Contents:
    """Return what is not one value or stream of the model itself."""
    if isinstance(thing, CoursePage):
        refreshed = thing.refresher_of and str(thing.refresher_of.translation_key)
        professions = sorted(profession.key for profession in thing.professions.all())
        return {"professions": professions, "refresher_of": refreshed}
    if isinstance(thing, QuizPage):
        return {"pre_test": thing.pre_test and str(thing.pre_test.key)}
    if isinstance(thing, Question):
        lesson = thing.lesson and str(thing.lesson.translation_key)
        return {
            "tags": sorted(tag.name for tag in thing.tags.all()),
            "professions": sorted(profession.key for profession in thing.professions.all()),
            "objective": thing.objective_id,
            "lesson": lesson,
        }
    return {}


class SiteWriter:
    """Gives things of the site their contents, in one language."""

    def __init__(self, locale: Locale, source: Locale, shelf: MediaShelf) -> None:
        self.locale, self.source, self.shelf = locale, source, shelf

    def possible(self, contents: Contents) -> Contents:
        """Return the contents as this site can hold them: without a lesson it does not have."""
        if contents.get("lesson") and not self._lesson(contents["lesson"]):
            return contents | {"lesson": None}
        return contents

    def fill(self, thing: Any, schema: Schema, contents: Contents) -> None:
        """Set the contents on a page or question in memory.

        Raises Unportable if a link or question leads to what this site does not have.
        """
        for field in schema.fields():
            value = contents[field.attribute]
            if field.leaf:
                setattr(thing, field.attribute, self._stored(field.leaf, value))
            else:
                raw = changed(field.stream_in(contents), value, self._stored, base="", path="")
                setattr(thing, field.attribute, json.dumps(raw))
        if isinstance(thing, CoursePage | Question):
            thing.professions.set(_professions(contents["professions"]))
        if isinstance(thing, CoursePage):
            thing.refresher_of = self._refreshed(contents["refresher_of"])
        if isinstance(thing, QuizPage):
            thing.pre_test = self._pre_test(contents["pre_test"])
        if isinstance(thing, Question):
            thing.tags.set(contents["tags"])
            thing.objective = _objective(contents["objective"])
            thing.lesson = self._lesson(contents["lesson"])

    def _stored(self, leaf: Leaf, value: Any) -> Any:
        if leaf.kind == Kind.MARKDOWN:
            return PAGE_LINK.sub(self._link, value)
        if leaf.kind == Kind.QUESTION and value is not None:
            return self._question(value)
        if isinstance(value, MediaFile):
            return self.shelf.pk(leaf.kind, value)
        return value

    def _link(self, match: re.Match[str]) -> str:
        pages = Page.objects.filter(translation_key=UUID(match[1]))
        page = pages.filter(locale=self.locale).first() or pages.first()
        if page is None:
            raise Unportable(f"a link leads to page:{match[1]}, which this site does not have")
        return f'<a linktype="page" id="{page.pk}">'

    def _question(self, key: str) -> int:
        question = Question.objects.filter(translation_key=UUID(key), locale=self.source).first()
        if question is None:
            raise Unportable(f"there is no question {key}")
        return int(question.pk)

    def _refreshed(self, key: str | None) -> CoursePage | None:
        """Return the course with this key in the source language."""
        if key is None:
            return None
        pages = CoursePage.objects.filter(translation_key=UUID(key), locale=self.source)
        page = pages.first()
        if page is None:
            raise Unportable(f"there is no course {key} to be a refresher of; bring it first")
        return page

    def _pre_test(self, key: str | None) -> QuizPage | None:
        """Return the quiz with this key in the source language, whose rules count."""
        if key is None:
            return None
        return QuizPage.objects.filter(translation_key=UUID(key), locale=self.source).first()

    def _lesson(self, key: str | None) -> LessonPage | None:
        lessons = LessonPage.objects.filter(translation_key=key and UUID(key))
        return lessons.filter(locale=self.locale).first() or lessons.first()


def _objective(key: str) -> Objective:
    objective = Objective.objects.filter(key=key).first()
    if objective is None:
        raise Unportable(f"there is no objective {key} in objectives.yaml or on this site")
    return objective


def _professions(keys: list[str]) -> list[Profession]:
    found = list(Profession.objects.filter(key__in=keys))
    unknown = set(keys) - {profession.key for profession in found}
    if unknown:
        raise Unportable(f"this site has no profession {', '.join(sorted(unknown))}")
    return found
