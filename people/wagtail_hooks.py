"""Administration of people's data in the CMS. Only administrators hold these permissions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max, QuerySet
from django.forms import CheckboxSelectMultiple, ModelChoiceField, SelectMultiple
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from people.keys_admin import (
    KeysView,
    NewKeyView,
    RevokeKeyView,
    address,
    register_key_actions,
)
from people.models import (
    Function,
    Institution,
    MachineClient,
    Mandate,
    Profession,
    Region,
    User,
)
from people.roles import REPORTING_OFFICER

hooks.register("register_log_actions", register_key_actions)


class InstitutionForm(WagtailAdminModelForm):
    """An institution and its place in the tree."""

    parent = ModelChoiceField(
        label=gettext_lazy("Belongs to"),
        queryset=Institution.objects.order_by("path"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["parent"] = self.instance.get_parent()

    def save(self, commit: bool = True) -> Institution:
        parent = self.cleaned_data["parent"]
        institution: Institution = self.instance
        if institution.pk is None:
            return _plant(institution, parent)
        institution.save()
        if parent and parent != institution.get_parent():
            institution.move(parent, pos="last-child")
            institution.refresh_from_db()
        return institution


def _plant(institution: Institution, parent: Institution | None) -> Institution:
    if parent:
        parent.refresh_from_db()
        planted: Institution = parent.add_child(instance=institution)
        return planted
    planted = Institution.add_root(instance=institution)
    return planted


class KeyPanel(FieldPanel):
    """A key that is made when the thing is saved: not shown before."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.pk is not None and super().is_shown()


class InstitutionViewSet(SnippetViewSet):
    model = Institution
    icon = "site"
    copy_view_enabled = False
    list_display = ["indented", "kind", "municipality", "key"]
    ordering = ["path"]
    search_fields = ["name_sr", "name_en"]
    panels = [
        FieldPanel("name_sr", help_text=gettext_lazy("The official name, in Cyrillic.")),
        FieldPanel("name_en", help_text=gettext_lazy("The usual translation; may stay empty.")),
        FieldPanel(
            "kind",
            help_text=gettext_lazy(
                "Such as court, prosecution office, police directorate, centre for social work."
            ),
        ),
        FieldPanel(
            "sector",
            help_text=gettext_lazy("Such as justice, interior, social protection, labour."),
        ),
        FieldPanel("municipality", help_text=gettext_lazy("The seat.")),
        FieldPanel(
            "region",
            help_text=gettext_lazy(
                "Where its people work, for figures by region. Empty: as what it belongs to."
            ),
        ),
        FieldPanel(
            "parent",
            help_text=gettext_lazy(
                "Mandates cover whole branches: the place in the tree decides who sees its people."
            ),
        ),
        KeyPanel(
            "key",
            read_only=True,
            heading=gettext_lazy("Key"),
            help_text=gettext_lazy(
                "The permanent name of the institution in files and for machine clients."
            ),
        ),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()


Institution.base_form_class = InstitutionForm


class ProfessionViewSet(SnippetViewSet):
    model = Profession
    copy_view_enabled = False
    icon = "user"
    list_display = ["name", "key", "track", "order"]
    panels = [
        FieldPanel("name_sr", help_text=gettext_lazy("As it is said, in Cyrillic.")),
        FieldPanel("name_en", help_text=gettext_lazy("For readers of English.")),
        FieldPanel(
            "key", help_text=gettext_lazy("Stands in the log for good: never change it later.")
        ),
        FieldPanel("track", help_text=gettext_lazy("Whose course it takes; empty for none.")),
        FieldPanel("order", help_text=gettext_lazy("The smallest number stands first.")),
    ]


class FunctionViewSet(SnippetViewSet):
    model = Function
    copy_view_enabled = False
    icon = "group"
    list_display = ["name", "key", "order"]
    panels = [
        FieldPanel("name_sr", help_text=gettext_lazy("As it is said, in Cyrillic.")),
        FieldPanel("name_en", help_text=gettext_lazy("For readers of English.")),
        FieldPanel(
            "key", help_text=gettext_lazy("Stands in the log for good: never change it later.")
        ),
        FieldPanel("order", help_text=gettext_lazy("The smallest number stands first.")),
    ]


class RegionViewSet(SnippetViewSet):
    model = Region
    copy_view_enabled = False
    icon = "globe"
    list_display = ["name", "key", "order"]
    panels = [
        FieldPanel("name_sr", help_text=gettext_lazy("As it is said, in Cyrillic.")),
        FieldPanel("name_en", help_text=gettext_lazy("For readers of English.")),
        FieldPanel("key", help_text=gettext_lazy("Names the region in addresses and files.")),
        FieldPanel("order", help_text=gettext_lazy("The smallest number stands first.")),
    ]


class MandateForm(WagtailAdminModelForm):
    """A mandate of a person belongs to somebody who reads reports."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(groups__name=REPORTING_OFFICER, is_active=True)
        self.fields["holder"].queryset = officers.distinct()
        self.fields["institutions"].queryset = Institution.objects.order_by("path")
        self.fields["institutions"].label_from_instance = lambda node: node.indented


class MandateViewSet(SnippetViewSet):
    model = Mandate
    icon = "key"
    list_display = [
        "name",
        "holder",
        "client",
        "valid_from",
        "valid_to",
        "identified",
        "exact_results",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name", help_text=gettext_lazy("Whom it is for, as the list shows it.")),
            FieldRowPanel(
                [
                    FieldPanel(
                        "holder",
                        help_text=gettext_lazy("Somebody with the role of reporting officer, or …"),
                    ),
                    FieldPanel(
                        "client", help_text=gettext_lazy("… a machine client: one of the two.")
                    ),
                ]
            ),
            FieldPanel(
                "institutions",
                widget=SelectMultiple(attrs={"size": 14}),
                help_text=gettext_lazy(
                    "Each with everything below it in the tree. To choose several, hold Ctrl "
                    "(on a Mac: ⌘) while you click."
                ),
            ),
            FieldPanel(
                "professions",
                widget=CheckboxSelectMultiple,
                help_text=gettext_lazy("Only people of these professions are seen."),
            ),
            FieldRowPanel(
                [
                    FieldPanel("valid_from", help_text=gettext_lazy("The first day.")),
                    FieldPanel(
                        "valid_to",
                        help_text=gettext_lazy("The last day; empty: until further notice."),
                    ),
                ]
            ),
            FieldPanel(
                "identified",
                help_text=gettext_lazy(
                    "Tick it only if the law lets this reader know who each person is: reports "
                    "then show names, official e-mails and personnel numbers. Without it each "
                    "person is a key that means nothing elsewhere."
                ),
            ),
            FieldPanel(
                "exact_results",
                help_text=gettext_lazy(
                    "Tick it only if the law lets this reader know each result in per cent. "
                    "Without it reports show the ten per cent in which a result lies."
                ),
            ),
        ],
        base_form_class=MandateForm,
    )


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


class PeopleGroup(SnippetViewSetGroup):
    items = (
        InstitutionViewSet,
        RegionViewSet,
        ProfessionViewSet,
        FunctionViewSet,
        MandateViewSet,
        MachineClientViewSet,
    )
    menu_label = gettext_lazy("People")
    menu_icon = "user"
    menu_order = 300


register_snippet(PeopleGroup)
