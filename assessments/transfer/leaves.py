"""The single values of a page: what kind each is, and whether a translation must give it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from assessments.models import Question
from assessments.models.quiz_blocks import TermBlock


class Kind(StrEnum):
    TEXT = "text"
    TERM = "term"  # finds something: the same in every language
    MARKDOWN = "markdown"
    CHOICE = "choice"
    FLAG = "flag"
    DAY = "day"
    NUMBER = "number"
    DECIMAL = "decimal"
    IMAGE = "image"
    DOCUMENT = "document"
    QUESTION = "question"


@dataclass(frozen=True)
class Leaf:
    """A single value. In a document it is a str, bool, number or None, for a file a MediaFile."""

    kind: Kind
    required: bool
    default: Any
    check: Callable[[Any], object]  # raises ValidationError
    headed: bool = False

    @property
    def has_words(self) -> bool:
        """Whether each language says it in its own words."""
        return self.kind in (Kind.TEXT, Kind.MARKDOWN)

    def is_left_out(self, value: Any) -> bool:
        """Whether a file need not say it."""
        return bool(value == self.default and (self.kind == Kind.FLAG or value in ("", None)))

    def faults(self, value: Any) -> list[str]:
        """Return what is wrong with a value that a file gives."""
        if value in ("", None):
            return ["is missing"] if self.required else []
        try:
            self.check(value)
        except ValidationError as error:
            return [str(message) for message in error.messages]
        return []


BLOCK_KINDS: list[tuple[Any, Kind]] = [
    (ImageChooserBlock, Kind.IMAGE),
    (DocumentChooserBlock, Kind.DOCUMENT),
    (blocks.RichTextBlock, Kind.MARKDOWN),
    (blocks.BooleanBlock, Kind.FLAG),
    (blocks.DateBlock, Kind.DAY),
    (blocks.IntegerBlock, Kind.NUMBER),
    (blocks.FloatBlock, Kind.DECIMAL),
    (blocks.ChoiceBlock, Kind.CHOICE),
    (blocks.URLBlock, Kind.CHOICE),
    (TermBlock, Kind.TERM),
    ((blocks.CharBlock, blocks.TextBlock), Kind.TEXT),
]
REFERENCES = (Kind.IMAGE, Kind.DOCUMENT, Kind.QUESTION)


def leaf_of_block(block: Any) -> Leaf:
    """Return what a field block holds. Raises TypeError for one the format does not know."""
    kind = _kind_of_block(block)
    default = block.get_default()
    if kind == Kind.MARKDOWN:
        default = default.source
    elif kind == Kind.FLAG:
        default = bool(default)
    elif kind in (Kind.TEXT, Kind.TERM, Kind.CHOICE):
        default = default or ""
    elif kind in REFERENCES:
        default = None
    checked = kind not in (Kind.MARKDOWN, *REFERENCES)
    return Leaf(
        kind=kind,
        required=block.required and kind != Kind.FLAG,
        default=default,
        check=(lambda value: block.clean(block.to_python(value))) if checked else _anything,
        headed="h2" in (getattr(block, "features", None) or ()),
    )


def _kind_of_block(block: Any) -> Kind:
    if isinstance(block, SnippetChooserBlock) and block.target_model is Question:
        return Kind.QUESTION
    for classes, kind in BLOCK_KINDS:
        if isinstance(block, classes):
            return kind
    raise TypeError(f"the course format does not know {type(block).__name__}")


def leaf_of_field(field: models.Field[Any, Any]) -> Leaf:
    """Return what a model field holds. Raises TypeError for one the format does not know."""
    kind = _kind_of_field(field)
    default = field.get_default()
    return Leaf(
        kind=kind,
        required=not field.blank and kind != Kind.FLAG,
        default="" if default is None and kind in (Kind.TEXT, Kind.MARKDOWN) else default,
        check=_anything if kind == Kind.MARKDOWN else (lambda value: field.clean(value, None)),
        headed="h2" in (getattr(field, "features", None) or ()),
    )


def _kind_of_field(field: models.Field[Any, Any]) -> Kind:
    if isinstance(field, RichTextField):
        return Kind.MARKDOWN
    if isinstance(field, models.BooleanField):
        return Kind.FLAG
    if isinstance(field, models.DateField):
        return Kind.DAY
    if isinstance(field, models.IntegerField):
        return Kind.NUMBER
    if isinstance(field, models.SlugField) or field.choices:
        return Kind.CHOICE
    if isinstance(field, models.CharField | models.TextField):
        return Kind.TEXT
    raise TypeError(f"the course format does not know {type(field).__name__}")


def _anything(value: Any) -> None:
    return None
