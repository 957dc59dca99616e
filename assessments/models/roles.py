"""What a quiz is in a course: an ordinary one, or one of two tests that measure a gain.

The two tests have the same two forms, A and B. Whoever has one before has the other after.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Optional
from uuid import UUID

from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

if TYPE_CHECKING:
    from assessments.models.quiz import QuizPage


class Role(models.TextChoices):
    """What a quiz is for."""

    ORDINARY = "", _("an ordinary quiz")
    PRE_TEST = "pre-test", _("the test before: it decides nothing")
    POST_TEST = "post-test", _("the test after: it shows what was gained")


class Form(models.TextChoices):
    """One of two sets of questions over the same objectives."""

    A = "A", _("Form A")
    B = "B", _("Form B")

    @property
    def other(self) -> "Form":
        return Form.B if self is Form.A else Form.A


def in_form(questions: Iterable[Any], form: str) -> list[Any]:
    """Return the blocks of which a paper of this form is made; all of them without a form."""
    found, here = [], ""
    for block in questions:
        if block.block_type == "form":
            here = block.value
        elif not form or here == form:
            found.append(block)
    return found


class WithRole:
    """Mixin: what follows from the role of a quiz, and from the test before that it names."""

    role: Any
    pre_test: Any
    questions: Any

    @property
    def is_pre_test(self) -> bool:
        return self.role == Role.PRE_TEST

    @property
    def is_post_test(self) -> bool:
        return self.role == Role.POST_TEST

    @property
    def named_pre_test(self) -> Optional["QuizPage"]:
        """The test before a post-test, if it names one."""
        return self.pre_test if self.is_post_test else None

    @property
    def before_key(self) -> UUID | None:
        """The key of the test before: its own, or that of the quiz it is compared with."""
        before: Any = self if self.is_pre_test else self.named_pre_test
        return before.key if before else None

    @property
    def question_count(self) -> int:
        """How many questions an attempt holds: one form of two, or all of them."""
        blocks = in_form(self.questions, Form.A if self.role else "")
        each = {"draw": lambda value: value["count"], "question": lambda value: 1}
        return sum(each[b.block_type](b.value) for b in blocks if b.block_type in each)


def role_panel() -> MultiFieldPanel:
    """Return the panel of these fields; the choice of the test before is made by the form."""
    return MultiFieldPanel(
        [FieldPanel("role"), FieldPanel("pre_test", widget=Select)], heading=_("Before and after")
    )


def papers_in(questions: Iterable[Any]) -> list[list[Any]]:
    """Return the papers that a quiz can give: one for each form, or one."""
    blocks = list(questions)
    has_forms = any(block.block_type == "form" for block in blocks)
    return [in_form(blocks, form) for form in (Form if has_forms else ("",))]
