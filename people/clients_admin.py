"""Machine clients in the CMS, and the way to their keys."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from people.keys_admin import KeysView, NewKeyView, RevokeKeyView, address
from people.models import MachineClient


class MachineClientIndexView(IndexView):
    """Which systems there are, and the way to their keys."""

    def get_list_more_buttons(self, instance: MachineClient) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)
        if not self.user_has_permission("change"):
            return buttons
        return [*buttons, Button(_("Keys…"), address("keys", instance.pk), icon_name="key")]


class MachineClientCreateView(CreateView):
    """A client is made first; the next page offers a key for it."""

    def get_success_url(self) -> str:
        return address("keys", self.object.pk)


class MachineClientEditView(EditView):
    """Beside what a client is: the way to its keys."""

    @property
    def header_more_buttons(self) -> list[Button]:
        keys = Button(_("Keys…"), address("keys", self.object.pk), icon_name="key", priority=5)
        return [keys, *super().header_more_buttons]


class UseColumn(Column):
    """When the last of a client's keys was used: the day is kept, not the moment."""

    def get_value(self, instance: MachineClient) -> Any:
        return instance.last_used_on  # type: ignore[attr-defined]


class MachineClientViewSet(SnippetViewSet):
    model = MachineClient
    icon = "code"
    copy_view_enabled = False
    index_view_class = MachineClientIndexView
    add_view_class = MachineClientCreateView
    edit_view_class = MachineClientEditView
    list_display = [
        "name",
        UseColumn("last_used_on", label=gettext_lazy("Last used")),
        Column("networks", label=gettext_lazy("Networks")),
        "revoked_at",
    ]
    panels = [
        FieldPanel("name", help_text=gettext_lazy("Which system of which institution.")),
        FieldPanel(
            "networks",
            help_text=gettext_lazy(
                "Whence it may come: one network a line, such as 203.0.113.0/24. Empty: from "
                "everywhere."
            ),
        ),
        FieldPanel(
            "revoked_at",
            help_text=gettext_lazy("Whatever stands here: none of its keys opens anything."),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MachineClient]:
        return MachineClient.objects.annotate(last_used_on=Max("keys__last_used_on"))

    def get_urlpatterns(self) -> list[URLPattern]:
        construct: Callable[[Any], Any] = self.construct_view
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/keys/", construct(KeysView), name="keys"),
            path("<int:pk>/keys/new/<slug:kind>/", construct(NewKeyView), name="new_key"),
            path("<int:pk>/keys/<int:key>/revoke/", construct(RevokeKeyView), name="revoke_key"),
        ]
