"""Administration of people's data in the CMS. Only administrators hold these permissions."""

from typing import Any

from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.clients_admin import MachineClientViewSet
from people.keys_admin import register_key_actions
from people.mandates_admin import MandateViewSet
from people.models import Function, Institution, Profession, Region

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
