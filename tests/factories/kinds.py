"""Questions of every kind, as an author would write them."""

import uuid
from typing import Any

from wagtail.models import Locale

from assessments.kinds import Part
from assessments.models import Question
from tests.factories.courses import LAW, objective, published

Blocks = list[tuple[str, dict[str, Any]]]


def blocks(slug: str, parts: Blocks) -> list[dict[str, Any]]:
    """Return parts in the form of a stream, with keys that follow from the slug."""
    return [
        {
            "type": type_,
            "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}{number}")),
            "value": value,
        }
        for number, (type_, value) in enumerate(parts)
    ]


def parts_of(parts: Blocks, slug: str = "q") -> list[Part]:
    """Return parts as scoring sees them, in one language."""
    return [
        Part(block["id"], block["type"], block["value"], block["value"], (block["value"],))
        for block in blocks(slug, parts)
    ]


def question_of(kind: str, parts: Blocks, *, slug: str, tags: list[str]) -> Question:
    """Return a published question of a kind."""
    made = Question(
        slug=slug,
        kind=kind,
        stem=f"{slug}?",
        source="CoE Convention, art. 4",
        objective=objective("elements"),
        law_as_of=LAW,
        locale=Locale.objects.get(language_code="en"),
    )
    made.options = blocks(slug, parts)
    made.tags.add(*tags)
    made.full_clean(exclude=["slug"])
    made.save()
    return published(made)


def question_of_in_serbian(made: Question, parts: Blocks) -> Question:
    """Return the published Serbian form of a question, with these parts for those it has."""
    locale, _ = Locale.objects.get_or_create(language_code="sr")
    copy: Question = made.copy_for_translation(locale)
    copy.stem, copy.live = f"{made.slug} по српски?", True
    copy.options = blocks(made.slug, parts)
    copy.save()
    return published(copy)
