"""The role of a quiz in the CMS: what the form refuses, and what its panel says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Optional

from django.core.exceptions import ValidationError
from wagtail.admin.panels import Panel
from wagtail.blocks.stream_block import StreamBlockValidationError

from assessments.kinds import KINDS
from assessments.models.objective import Objective
from assessments.models.pools import fitting, objective_of, tags_of
from assessments.models.question import Question
from assessments.models.role_checks import Asked, Fault, Tested, faults_of, said_of
from assessments.models.roles import Form, in_form
from courses.models import CoursePage

if TYPE_CHECKING:
    from assessments.models.quiz import QuizPage


def described(
    quiz: "QuizPage",
    *,
    before: Optional["QuizPage"],
    said: Mapping[str, Any] = {},
    course: str = "",
) -> Tested:
    """Return a quiz as the checks see it, compared with `before`.

    What a form has `said` goes before what is saved.
    """
    blocks = list(said.get("questions") or quiz.questions)
    forms = {form: _asked(in_form(blocks, form)) for form in _forms_in(blocks)}
    about = {key for asked in forms.values() for key in asked.objectives}
    return Tested(
        key=str(quiz.key),
        title=quiz.title,
        role=said.get("role", quiz.role),
        course=course or _course_of(quiz),
        feedback=said.get("feedback", quiz.feedback),
        forms=forms,
        is_outside=bool(forms) and blocks[0].block_type != "form",
        is_published=quiz.live,
        pre_test=described(before, before=None) if before else None,
        names={one.key: one.name for one in Objective.objects.filter(key__in=about)},
    )


def _course_of(quiz: "QuizPage") -> str:
    course = CoursePage.objects.ancestor_of(quiz).values_list("translation_key", flat=True)
    return str(course.first() or "")


def _forms_in(blocks: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(block.value for block in blocks if block.block_type == "form"))


def _asked(blocks: Iterable[Any]) -> Asked:
    asked = Asked()
    for block in blocks:
        if block.block_type == "question" and block.value:
            _add_question(asked, block.value)
        elif block.block_type == "draw":
            _add_draw(asked, block.value)
    return asked


def _add_question(asked: Asked, question: Question) -> None:
    asked.questions[str(question.key)] += 1
    asked.possible.add(str(question.key))
    if KINDS[question.kind].is_scored:
        asked.objectives[question.objective_id or ""] += 1


def _add_draw(asked: Asked, value: Any) -> None:
    count = value["count"] or 0
    asked.questions[said_by(value)] += count
    asked.objectives[objective_of(value)] += count
    asked.possible |= {str(key) for key in fitting(value).values_list("translation_key", flat=True)}


def said_by(value: Any) -> str:
    """Return what a draw asks for, so that two that ask for the same are told to be alike."""
    wanted = (" ".join(sorted(tags_of(value))), value.get("difficulty") or "", objective_of(value))
    return f"draw {wanted}"


def add_faults(form: Any, faults: Iterable[Fault]) -> None:
    """Put each fault beside the field of the form that it is about."""
    by_field: dict[str | None, list[ValidationError]] = defaultdict(list)
    for fault in faults:
        field = fault.field if fault.field in form.fields else None
        by_field[field].append(ValidationError(str(fault)))
    for field, errors in by_field.items():
        # Of the errors of a stream Wagtail shows the first, so that it must hold all.
        is_stream = field == "questions"
        form.add_error(
            field, StreamBlockValidationError(non_block_errors=errors) if is_stream else errors
        )


class FormsPanel(Panel):
    """Says what each form of a saved quiz asks, and what is still wrong with them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/admin/forms.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.instance.role)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            quiz = self.instance.in_source_language()
            test = described(quiz, before=quiz.pre_test)
            lines = [
                (Form(form).label, said_of(test.forms[form], test.names))
                for form in Form
                if form in test.forms
            ]
            return context | {"lines": lines, "faults": list(_every_fault(quiz, test))}


def _every_fault(quiz: "QuizPage", test: Tested) -> Iterator[Fault]:
    """Yield the faults of a quiz, and of the published tests that are compared with it."""
    yield from faults_of(test)
    for after in quiz.tests_after() if quiz.is_pre_test else ():
        yield from faults_of(described(after, before=quiz))
