"""What must hold across the files of a course."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

from assessments.models.pools import fits
from assessments.models.roles import papers_in
from assessments.transfer.document import (
    ActivityDocument,
    Contents,
    CourseDocument,
    QuestionDocument,
)
from assessments.transfer.nodes import Node
from assessments.transfer.problems import Problem


def check_keys(course: CourseDocument, root: Node) -> None:
    """Note keys that stand for two things."""
    things: list[Any] = [course, *course.modules, *course.activities(), *course.questions]
    counted = Counter(thing.key for thing in things if thing.key)
    for key, count in counted.items():
        if count > 1:
            root.problem(f"the key {key} is given to {count} things")


def check_draws(course: CourseDocument, problems: list[Problem]) -> None:
    """Note quizzes that ask for more questions than there are."""
    for activity in course.activities():
        if activity.kind == "quiz":
            problems += _short(activity, course)


def untranslated(course: CourseDocument) -> list[str]:
    """Return a note for each language of the course that some of its questions lack.

    No error: a quiz in that language draws them only if there are not enough others.
    """
    notes = []
    for language in course.contents:
        lacking = [q.name for q in course.questions if language not in q.contents]
        if lacking:
            notes.append(f"note: not in {language} yet: {', '.join(lacking)}")
    return notes


def _short(quiz: ActivityDocument, course: CourseDocument) -> list[Problem]:
    """Return the draws of a quiz that the bank cannot meet: one by one, then all together."""
    found = []
    for paper in papers_in(blocks_of(quiz)):
        found += _short_of(paper, course)
    file = f"quizzes/{quiz.name}"
    return [Problem(file, 0, "questions", message) for message in found]


def _short_of(paper: list[Any], course: CourseDocument) -> list[str]:
    found, asked = [], 0
    pool: set[str] = set()
    for block in paper:
        if block.block_type == "section":
            continue
        fitting = fitting_in(course, block)
        pool |= fitting
        count = block.value["count"] if block.block_type == "draw" else 1
        asked += count or 0
        if len(fitting) < (count or 0):
            found.append(f"draws {count} of the {len(fitting)} questions {_said(block.value)}")
    if not found and len(pool) < asked:
        found.append(f"asks for {asked} questions, but only {len(pool)} fit")
    return found


def blocks_of(quiz: ActivityDocument) -> list[Any]:
    """Return what a quiz asks, in the form in which the site has it."""
    return [
        SimpleNamespace(block_type=block["type"], value=block["value"])
        for block in source_of(quiz)["questions"]
    ]


def source_of(thing: ActivityDocument | QuestionDocument) -> Contents:
    """Return what a thing says in the source language."""
    return next(iter(thing.contents.values()))


def fitting_in(course: CourseDocument, block: Any) -> set[str]:
    """Return the keys of the questions that may come of a block."""
    if block.block_type != "draw":
        return {block.value}
    sources = ((question.key, source_of(question)) for question in course.questions)
    return {
        key
        for key, contents in sources
        if fits(
            block.value,
            tags=contents["tags"],
            difficulty=contents["difficulty"],
            objective=contents["objective"],
        )
    }


def _said(draw: dict[str, Any]) -> str:
    criteria = {"tagged": "tags", "of difficulty": "difficulty", "with the objective": "objective"}
    return ", ".join(f"{said} {draw[name]}" for said, name in criteria.items() if draw[name])
