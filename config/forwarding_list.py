"""The list of targets: how far each has got, what waits, and why."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn

from lrs.forwarding.targets import MOST_COUNTED, Flow, state_of
from lrs.models import Forwarding

_FLOWS = {
    Flow.RUNNING: gettext_lazy("running"),
    Flow.WAITING: gettext_lazy("waits for the other store"),
    Flow.PAUSED: gettext_lazy("paused by an administrator"),
}


class FlowColumn(Column):
    """Whether statements flow, how many wait, and why."""

    cell_template_name = "lrs/admin/flow_cell.html"

    def get_value(self, instance: Forwarding) -> dict[str, Any]:
        state = state_of(instance)
        return {
            "flow": _FLOWS[state.flow],
            "waiting": state.waiting,
            "is_more": state.waiting >= MOST_COUNTED,
            "dead": state.dead,
            "reason": instance.paused_reason,
            "next_try": instance.next_try if state.flow is Flow.WAITING else None,
            "forwarding": instance,
        }


COLUMNS = [
    "name",
    FlowColumn("flow", label=gettext_lazy("State"), classname="credential-powers"),
    Column("endpoint", label=gettext_lazy("Endpoint"), classname="credential-key"),
    DateColumn("delivered_through", label=gettext_lazy("Delivered up to")),
    DateColumn("last_success", label=gettext_lazy("Last delivery")),
]
