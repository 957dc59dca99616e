"""The list of credentials: what each may do, to what, and whether it still may."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect

from lrs.credentials import State, in_state, state_of
from lrs.models import Credential
from xapi.mentions import agent_identifier


class CredentialFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=State.choices,
        method="filter_state",
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    launched = django_filters.BooleanFilter(
        label=gettext_lazy("For launched content"),
        field_name="registration",
        lookup_expr="isnull",
        exclude=True,
        widget=BooleanRadioSelect,
    )

    class Meta:
        model = Credential
        fields = ["state", "launched"]

    def filter_state(
        self, credentials: QuerySet[Credential], name: str, value: str
    ) -> QuerySet[Credential]:
        return credentials & in_state(State(value), at=timezone.now())


class PowersColumn(Column):
    """What a credential may do, and below it to what alone."""

    cell_template_name = "lrs/admin/powers_cell.html"

    def get_value(self, instance: Credential) -> dict[str, Any]:
        words = dict(Credential.Scope.choices)
        scopes = [str(words.get(scope, scope)) for scope in instance.scopes]
        return {"scopes": ", ".join(scopes), "bounds": _bounds(instance)}


class MomentColumn(Column):
    """A moment that may lie ahead, which Wagtail's own column would call "just now"."""

    def get_value(self, instance: Credential) -> str:
        moment = getattr(instance, self.name)
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


class StateColumn(StatusTagColumn):
    def get_value(self, instance: Credential) -> str:
        return str(state_of(instance, at=timezone.now()).label)

    def get_primary(self, instance: Credential) -> bool:
        return state_of(instance, at=timezone.now()) is State.VALID


def _bounds(credential: Credential) -> list[tuple[str, object]]:
    """Return what a credential is bound to, each with its name."""
    agent = agent_identifier(credential.agent) if credential.agent else None
    bounds = (
        (_("Only the registration"), credential.registration),
        (_("Only the agent"), agent and agent.partition(" ")[2]),
        (_("Only activities below"), credential.activity_prefix),
    )
    return [(name, bound) for name, bound in bounds if bound]


COLUMNS = [
    "name",
    StateColumn("state", label=gettext_lazy("State")),
    Column("key", label=gettext_lazy("Key"), classname="credential-key"),
    PowersColumn("powers", label=gettext_lazy("What it may do"), classname="credential-powers"),
    DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
    DateColumn("last_used_at", label=gettext_lazy("Last used"), sort_key="last_used_at"),
    MomentColumn("expires_at", label=gettext_lazy("Expires"), sort_key="expires_at"),
]
