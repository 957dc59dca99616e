"""The form of a quiz: it is published only if the bank holds what it draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from assessments.models.objective import Objective
from assessments.models.pools import SOURCE, fitting, objective_of, tags_of
from assessments.models.question import Question
from assessments.models.role_checks import faults_of
from assessments.models.role_form import add_faults, described
from assessments.models.roles import papers_in
from assessments.trial_address import trial_address
from courses.models import CoursePage


@dataclass(frozen=True)
class Pool:
    """A draw with how many questions it asks for, and which fit. `place` is its block's."""

    place: int
    value: Any
    found: frozenset[int]

    @property
    def count(self) -> int:
        return int(self.value["count"])

    @property
    def is_short(self) -> bool:
        return len(self.found) < self.count

    @property
    def asks_for(self) -> str:
        """What the draw asks for, as its author wrote it."""
        level = self.value.get("difficulty")
        name = str(Question.Difficulty(int(level)).label) if level else ""
        tags = " ".join(sorted(tags_of(self.value)))
        objective = Objective.objects.filter(key=objective_of(self.value)).first()
        about = objective.name if objective else objective_of(self.value)
        return ", ".join(filter(None, (tags, name, about)))

    def __str__(self) -> str:
        """Say how many questions match, and how many of them are drawn."""
        matching = ngettext("%(n)s question matches", "%(n)s questions match", len(self.found))
        drawn = ngettext("%(n)s is drawn", "%(n)s are drawn", self.count)
        return f"{matching % {'n': len(self.found)}}, {drawn % {'n': self.count}}"


def pools_of(questions: Any) -> Iterator[Pool]:
    """Yield the draws of a quiz with what the bank holds for them. A query for each."""
    for place, block in enumerate(questions):
        if block.block_type == "draw" and block.value["count"]:
            keys = fitting(block.value).values_list("pk", flat=True)
            yield Pool(place, block.value, frozenset(keys))


class QuizForm(WagtailAdminPageForm):
    """A draft may ask for questions that are still to be written."""

    is_draft = False

    def defer_required_fields(self) -> None:
        """Wagtail says with this that only a draft is to be saved."""
        self.is_draft = True
        super().defer_required_fields()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "pre_test" in self.fields:
            course = self._course()
            pages = self.fields["pre_test"].queryset.filter(locale__language_code=SOURCE)
            pages = pages.descendant_of(course) if course else pages.none()
            self.fields["pre_test"].queryset = pages.exclude(
                translation_key=self.instance.translation_key
            )

    def _course(self) -> Page | None:
        """Return the course, in the source language, that this quiz is or will be part of."""
        parent = self.parent_page
        above = parent and CoursePage.objects.ancestor_of(parent, inclusive=True).first()
        if above is None:
            return None
        pages = CoursePage.objects.filter(translation_key=above.translation_key)
        return pages.filter(locale__language_code=SOURCE).first()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        questions = cleaned.get("questions")
        # Translations give words; what is drawn says the source language.
        if questions and not self.is_draft and self.instance.locale.language_code == SOURCE:
            self._require_questions(questions)
            if "questions" in cleaned:  # nothing is wrong with them so far
                self._require_role(cleaned)
        return cleaned

    def _require_questions(self, questions: Any) -> None:
        short = {
            pool.place: StructBlockValidationError(
                {"count": ValidationError(_("Too few: %(pool)s.") % {"pool": pool})}
            )
            for pool in pools_of(questions)
            if pool.is_short
        }
        if short:
            self.add_error("questions", StreamBlockValidationError(block_errors=short))
            return
        for paper in papers_in(questions):
            asked, held = _asked_and_held(paper)
            if held < asked:
                words = _("All together %(asked)s questions are asked, but only %(held)s fit.")
                error = ValidationError(words % {"asked": asked, "held": held})
                self.add_error("questions", StreamBlockValidationError(non_block_errors=[error]))

    def _require_role(self, cleaned: dict[str, Any]) -> None:
        course = self._course()
        test = described(
            self.instance,
            before=cleaned.get("pre_test"),
            said=cleaned,
            course=str(course.translation_key) if course else "",
        )
        add_faults(self, faults_of(test))


def _asked_and_held(paper: Any) -> tuple[int, int]:
    """Return how many questions a paper asks, and how many there are for it."""
    pools = list(pools_of(paper))
    named = {b.value.pk for b in paper if b.block_type == "question" and b.value}
    asked = sum(pool.count for pool in pools) + len(named)
    return asked, len(named.union(*(pool.found for pool in pools)))


class PoolPanel(Panel):
    """Says below the questions of a quiz what the bank holds for each draw that is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/admin/pools.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "pools": list(pools_of(self.instance.questions)),
                "trial": trial_address(self.instance) if self.instance.pk else "",
            }
