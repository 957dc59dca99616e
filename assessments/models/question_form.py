"""The form of a question: it asks for the parts of its kind, and for no others."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks.base import BlockField

from assessments.kinds import KINDS
from assessments.models.drawing_tool import SCRIPT
from assessments.models.parts import parts_block


class QuestionForm(WagtailAdminModelForm):
    """The kind can be changed as long as the parts stay what they are."""

    class Media:
        js = (SCRIPT,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self._kind()
        if "kind" in self.fields:
            like = KINDS[kind].part_types
            self.fields["kind"].choices = [
                (other.name, other.label) for other in KINDS.values() if other.part_types == like
            ]
        if "options" in self.fields:
            whole = self.fields["options"]
            self.fields["options"] = BlockField(
                block=parts_block(kind), label=whole.label, help_text=KINDS[kind].help
            )

    def _kind(self) -> str:
        """Return the kind whose parts are asked for: a new question's is what its form says."""
        own = self.instance.kind if self.instance.kind in KINDS else "choice"
        sent = self.data.get("kind", "")
        is_open = sent in KINDS and (
            self.instance.pk is None or KINDS[sent].part_types == KINDS[own].part_types
        )
        return sent if is_open else own
