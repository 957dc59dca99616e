"""The parts of an item, as the bank would have them."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.item import Item
from assessments.exchange.phrases import in_language
from assessments.kinds import KINDS, Part
from assessments.models.parts import parts_block

# What an author has to add before anybody is asked: files of other systems seldom know it.
_LEFT_TO_AUTHORS = {"reason"}


def parts_of(item: Item, *, language: str) -> list[Part]:
    """Return the parts of an item in a language, checked as the form of the bank checks them.

    Raises NotTaken for what the bank would not take.
    """
    block, kind = parts_block(item.kind), KINDS[item.kind]
    if not kind.fewest <= len(item.parts) <= kind.most:
        words = _("It has %(count)d parts; a question of this kind has %(fewest)d to %(most)d.")
        count = {"count": len(item.parts), "fewest": kind.fewest, "most": kind.most}
        raise NotTaken(words % count)
    parts = []
    for type_, value in item.parts:
        child = block.child_blocks.get(type_)
        if child is None:
            raise NotTaken(_("It has a part that questions of this kind have not."))
        whole = {
            name: _checked(name, inner, value, language)
            for name, inner in child.child_blocks.items()
        }
        parts.append(Part(str(uuid4()), type_, whole, whole, (whole,)))
    try:
        kind.check(parts)
    except ValidationError as error:
        raise NotTaken(" ".join(error.messages)) from error
    return parts


def _checked(name: str, inner: Any, value: Mapping[str, Any], language: str) -> Any:
    """Return the value of a field of a part. A picture is looked at when it is kept."""
    given = value.get(name)
    if name == "image" or (name in _LEFT_TO_AUTHORS and not given):
        return given or ""
    if given is None:
        given = inner.get_default()
    if isinstance(given, str):
        given = in_language(given, language=language)
    try:
        return inner.get_prep_value(inner.clean(inner.to_python(given)))
    except ValidationError as error:
        words = _("“%(text)s”: %(why)s")
        raise NotTaken(
            words % {"text": str(given)[:40], "why": " ".join(error.messages)}
        ) from error
