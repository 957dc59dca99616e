"""Which fields of which thing a file carries, and under which name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from wagtail.fields import StreamField

from assessments.kinds import KINDS
from assessments.models import Question, QuizPage
from assessments.models.parts import PartsBlock, parts_block
from assessments.transfer.document import Contents
from assessments.transfer.leaves import Leaf, leaf_of_field
from courses.models import CoursePage, LessonPage, ModulePage

_WORDED = ("section",)  # the blocks of shared streams that each language words for itself


@dataclass(frozen=True)
class Field:
    """A field of a file. `attribute` is the model's; `leaf` is None for a stream.

    What is not `translated` is said by the source language for all, but for a shared stream that
    holds words: see `is_said`. Which parts the answer of a question has depends on its kind, which
    a file says before.
    """

    name: str
    attribute: str
    leaf: Leaf | None
    stream: Any
    translated: bool

    def is_said(self, source: Contents) -> bool:
        """Say whether a translation of something with these contents says this field itself."""
        shared = self.stream and not self.translated
        return self.translated or bool(
            shared and any(block["type"] in _WORDED for block in source.get(self.attribute) or [])
        )

    def stream_in(self, contents: Contents) -> Any:
        """Return the stream block of this field in something with these contents."""
        if not isinstance(self.stream, PartsBlock):
            return self.stream
        kind = contents["kind"]
        return parts_block(kind if kind in KINDS else "choice")


@dataclass(frozen=True)
class Schema:
    """A kind of thing; `extra` are fields that are not simply one value of the model."""

    model: Any
    names: tuple[str, ...]
    extra: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    shared_streams: tuple[str, ...] = ()
    folder: str = ""

    def fields(self) -> Iterator[Field]:
        """Yield the fields in the order in which they are written."""
        return iter(_fields(self))


@cache
def _fields(schema: Schema) -> tuple[Field, ...]:
    renamed = dict(schema.renamed)
    return tuple(_field(schema, name, renamed.get(name, name)) for name in schema.names)


def _field(schema: Schema, name: str, attribute: str) -> Field:
    field = schema.model._meta.get_field(attribute)
    if isinstance(field, StreamField):
        return Field(name, attribute, None, field.stream_block, name not in schema.shared_streams)
    leaf = leaf_of_field(field)
    return Field(name, attribute, leaf, None, leaf.has_words or name == "slug")


PAGE = ("title", "slug", "seo_title", "search_description")
COURSE = Schema(
    CoursePage,
    names=(*PAGE, "summary", "intro", "level", "law_as_of"),
    extra=("professions", "refresher_of", "languages", "modules"),
    renamed=(("intro", "introduction"),),
)
MODULE = Schema(ModulePage, names=(*PAGE, "summary"), extra=("activities",))
ACTIVITIES = {
    "lesson": Schema(
        LessonPage,
        names=(
            *PAGE,
            *("summary", "minutes", "required", "counts_as_result", "law_as_of"),
            *("objectives", "sources", "body"),
        ),
        folder="lessons",
    ),
    "quiz": Schema(
        QuizPage,
        names=(
            *PAGE,
            *("introduction", "minutes", "required", "counts_as_result", "role"),
            *("pass_mark", "mastery"),
            *("attempts_allowed", "counting", "wait_hours", "time_limit", "second_grader"),
            *("feedback", "navigation", "asks_confidence"),
            *("marks_at_once", "answers_at_once", "reasons_at_once"),
            *("marks_in_the_end", "answers_in_the_end", "reasons_in_the_end"),
            *("shuffle_questions", "shuffle_options", "questions"),
        ),
        extra=("pre_test",),
        shared_streams=("questions",),
        folder="quizzes",
    ),
}
QUESTION = Schema(
    Question,
    names=("slug", "kind", "difficulty", "law_as_of", "stem", "options", "source"),
    extra=("tags", "professions", "objective", "lesson"),
)
