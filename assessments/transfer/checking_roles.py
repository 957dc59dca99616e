"""What must hold of the tests before and after in the files of a course."""

from typing import Any

from assessments.kinds import KINDS
from assessments.models.pools import objective_of
from assessments.models.role_checks import Asked, Tested, faults_of
from assessments.models.role_form import said_by
from assessments.models.roles import Form, in_form
from assessments.transfer.checking import blocks_of, fitting_in, source_of
from assessments.transfer.document import ActivityDocument, CourseDocument
from assessments.transfer.problems import Problem


def check_roles(course: CourseDocument, problems: list[Problem]) -> None:
    """Note what keeps a quiz from the role that its file gives it."""
    quizzes = {one.key: one for one in course.activities() if one.kind == "quiz"}
    for quiz in quizzes.values():
        named = source_of(quiz)["pre_test"]
        if named and named not in quizzes:
            problems.append(Problem(f"quizzes/{quiz.name}", 0, "pre_test", "is no quiz"))
            continue
        before = quizzes.get(named or "")
        for fault in faults_of(_tested(quiz, course, before)):
            problems.append(Problem(f"quizzes/{quiz.name}", 0, fault.field, str(fault)))


def _tested(
    quiz: ActivityDocument, course: CourseDocument, before: ActivityDocument | None
) -> Tested:
    source, blocks = source_of(quiz), blocks_of(quiz)
    forms = {block.value for block in blocks if block.block_type == "form"}
    objectives = course.objectives.objectives
    return Tested(
        key=quiz.key,
        title=source["title"],
        role=source["role"],
        course=course.key,
        feedback=source["feedback"],
        forms={form: _asked(in_form(blocks, form), course) for form in Form if form in forms},
        is_outside=bool(forms) and blocks[0].block_type != "form",
        pre_test=_tested(before, course, None) if before else None,
        names={key: fields.get("name_en", key) for key, fields in objectives.items()},
    )


def _asked(blocks: list[Any], course: CourseDocument) -> Asked:
    asked = Asked()
    known = {q.key: source_of(q) for q in course.questions}
    for block in blocks:
        if block.block_type == "question":
            question = known[block.value]
            asked.questions[block.value] += 1
            if KINDS[question["kind"]].is_scored:
                asked.objectives[question["objective"] or ""] += 1
        elif block.block_type == "draw":
            count = block.value["count"] or 0
            asked.questions[said_by(block.value)] += count
            asked.objectives[objective_of(block.value)] += count
        if block.block_type != "section":
            asked.possible |= fitting_in(course, block)
    return asked
