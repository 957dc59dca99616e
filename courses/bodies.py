"""The body of a lesson, rendered once in each language; only self-checks are personal."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from cms.published import kept
from courses.models import LessonPage


@dataclass(frozen=True)
class Check:
    """A self-check: its block id, its words, its options with their ids."""

    id: str
    question: str
    source: str
    options: list[dict[str, Any]] = field(default_factory=list)

    def option(self, key: str) -> dict[str, Any] | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option["id"] == key), None)


@dataclass(frozen=True)
class Segment:
    """A run of a lesson: finished HTML, or a self-check."""

    html: str = ""
    check: Check | None = None


def segments_of(page: LessonPage) -> list[Segment]:
    """Return the body of a lesson as it is published, rendered once."""
    return kept(("lesson body", page.pk, get_language()), lambda: render_segments(page))


def render_segments(page: LessonPage, *, reviewing: bool = False) -> list[Segment]:
    """Render the body; to reviewers with the notes on what is still to be compared."""
    segments: list[Segment] = []
    for block in page.body:
        if block.block_type == "self_check":
            segments.append(Segment(check=check_of(block)))
        else:
            segments.append(Segment(html=_html(block, reviewing)))
    return segments


def check_of(block: Any) -> Check:
    """Return the self-check in a block."""
    return Check(
        id=block.id,
        question=block.value["question"],
        source=block.value["source"],
        options=[
            {
                "id": child.id,
                "text": child.value["text"],
                "correct": bool(child.value["correct"]),
                "reason": child.value["reason"],
            }
            for child in block.value["options"].bound_blocks
        ],
    )


def terms_of(page: LessonPage) -> list[str]:
    """Return the key terms of a lesson."""
    return [
        item["term"]
        for block in page.body
        if block.block_type == "key_terms"
        for item in block.value["items"]
    ]


def _html(block: Any, reviewing: bool) -> str:
    template = block.block.get_template(block.value)
    words = {"value": block.value, "id": block.id, "reviewing": reviewing}
    return str(render_to_string(template, words)) if template else ""
