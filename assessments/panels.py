"""What this room shows on the first page of the CMS."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from assessments.models import Question
from assessments.question_facts import ENOUGH, in_need_of_a_look, questions_by_key
from assessments.regrading.decisions import undecided_lately

_SHOWN = 8


class QuestionsPanel(Component):
    """Questions that nearly nobody or nearly everybody gets right."""

    name = "questions_in_need"
    template_name = "assessments/admin/questions_panel.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        facts = in_need_of_a_look()
        questions = questions_by_key({fact.key for fact in facts[:_SHOWN]})
        viewset = Question.snippet_viewset
        return {
            "rows": [(questions[f.key], f) for f in facts[:_SHOWN] if f.key in questions],
            "total": len(facts),
            "enough": ENOUGH,
            "list_url_name": viewset.get_url_name("list"),
            "edit_url_name": viewset.get_url_name("edit"),
        }


class ChangedKeysPanel(Component):
    """Questions whose key changed after use, while nobody has decided about the results."""

    name = "changed_keys"
    template_name = "assessments/admin/changed_keys_panel.html"
    order = 220

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"rows": undecided_lately()[:_SHOWN]}
