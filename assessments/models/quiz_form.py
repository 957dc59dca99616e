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

from assessments.models.objective import Objective
from assessments.models.pools import SOURCE, fitting, objective_of, tags_of
from assessments.models.question import Question
from assessments.trial_address import trial_address


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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        questions = cleaned.get("questions")
        # Translations give words; what is drawn says the source language.
        if questions and not self.is_draft and self.instance.locale.language_code == SOURCE:
            self._require_questions(questions)
        return cleaned

    def _require_questions(self, questions: Any) -> None:
        pools = list(pools_of(questions))
        short = {
            pool.place: StructBlockValidationError(
                {"count": ValidationError(_("Too few: %(pool)s.") % {"pool": pool})}
            )
            for pool in pools
            if pool.is_short
        }
        named = {b.value.pk for b in questions if b.block_type == "question" and b.value}
        asked = sum(pool.count for pool in pools) + len(named)
        held = len(named.union(*(pool.found for pool in pools)))
        if short:
            self.add_error("questions", StreamBlockValidationError(block_errors=short))
        elif held < asked:
            words = _("All together %(asked)s questions are asked, but only %(held)s fit.")
            error = ValidationError(words % {"asked": asked, "held": held})
            self.add_error("questions", StreamBlockValidationError(non_block_errors=[error]))


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
