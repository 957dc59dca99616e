"""What the editor of the CMS sends."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from assessments.models import Question
from courses.models import LessonPage


def lesson_form(lesson: LessonPage, text: str, **more: Any) -> dict[str, Any]:
    """Return the form of a lesson with one block of text."""
    data: dict[str, Any] = nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "required": "on",
            "law_as_of": lesson.law_as_of.isoformat(),
            "objectives": streamfield([]),
            "body": streamfield([("text", rich_text(text))]),
            "sources": streamfield([]),
            "comments": inline_formset([]),
            **more,
        }
    )
    data["body-0-id"] = lesson.body[0].id
    return data


def question_form(question: Question, stem: str, **more: Any) -> dict[str, Any]:
    """Return the form of a question with its options as they are."""
    data: dict[str, Any] = nested_form_data(
        {
            "slug": question.slug,
            "kind": question.kind,
            "stem": stem,
            "options": streamfield(
                [
                    (
                        "option",
                        {
                            "text": option.value["text"],
                            "correct": "on" if option.value["correct"] else "",
                            "reason": option.value["reason"],
                        },
                    )
                    for option in question.options
                ]
            ),
            "source": question.source,
            "objective": question.objective_id,
            "difficulty": question.difficulty,
            "law_as_of": question.law_as_of.isoformat(),
            "tags": ", ".join(tag.name for tag in question.tags.all()),
            **more,
        }
    )
    for index, option in enumerate(question.options):
        data[f"options-{index}-id"] = option.id
    return data
