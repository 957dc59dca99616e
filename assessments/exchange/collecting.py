"""Questions of the bank as items, on their way out."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from assessments.exchange.item import Item
from assessments.exchange.pictures import picture_in
from assessments.models import Question


def item_of(question: Question) -> Item:
    """Return a question as it is published, or as its draft stands if it never was."""
    pictures: dict[str, bytes] = {}
    parts = [
        (part.type, _outward(dict(part.value), pictures))
        for part in question.parts()
        if part.type != "picture" or part.value.get("image")
    ]
    return Item(
        name=question.slug,
        kind=question.kind,
        stem=_unix(question.stem),
        parts=tuple(parts),
        source=question.source,
        objective=_objective(question),
        difficulty=question.difficulty,
        tags=tuple(sorted(item.tag.name for item in question.tagged_items.all())),
        pictures=pictures,
    )


def items_of(questions: Iterable[Question]) -> list[Item]:
    """Return questions as items, in their order."""
    return [item_of(question) for question in questions]


def _objective(question: Question) -> str:
    if question.objective is None:
        return ""
    with override(question.locale.language_code):
        return question.objective.name


def _outward(value: dict[str, Any], pictures: dict[str, bytes]) -> dict[str, Any]:
    """Name the picture of a part; its bytes go along."""
    if "image" in value:
        name = f"picture-{value['image']}.png"
        data = picture_in(int(value["image"]))
        if data is not None:
            pictures[name] = data
        value["image"] = name
    return {key: _unix(one) if isinstance(one, str) else one for key, one in value.items()}


def _unix(text: str) -> str:
    """Return a text with the line breaks of files: forms send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
