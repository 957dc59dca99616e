"""Administration of people's data in the CMS. Only administrators hold these permissions."""

from typing import Any

from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.models import Institution, MachineClient, Mandate, Profession


class InstitutionForm(WagtailAdminModelForm):
    """An institution and its place in the tree."""

    parent = ModelChoiceField(
        label=_("Belongs to"), queryset=Institution.objects.order_by("path"), required=False
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


class InstitutionViewSet(SnippetViewSet):
    model = Institution
    icon = "site"
    list_display = ["indented", "kind", "municipality"]
    ordering = ["path"]
    search_fields = ["name_sr", "name_en"]
    panels = [
        FieldPanel("name_sr"),
        FieldPanel("name_en"),
        FieldPanel("kind"),
        FieldPanel("sector"),
        FieldPanel("municipality"),
        FieldPanel("parent"),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()


Institution.base_form_class = InstitutionForm


class ProfessionViewSet(SnippetViewSet):
    model = Profession
    icon = "user"
    list_display = ["name", "key", "track", "order"]


class MandateViewSet(SnippetViewSet):
    model = Mandate
    icon = "key"
    list_display = ["name", "holder", "client", "valid_from", "valid_to", "identified"]


class MachineClientViewSet(SnippetViewSet):
    model = MachineClient
    icon = "code"
    list_display = ["name", "expires_at", "revoked_at", "last_used_on"]
    panels = [FieldPanel("name"), FieldPanel("expires_at"), FieldPanel("revoked_at")]


class PeopleGroup(SnippetViewSetGroup):
    items = (InstitutionViewSet, ProfessionViewSet, MandateViewSet, MachineClientViewSet)
    menu_label = _("People")
    menu_icon = "group"


register_snippet(PeopleGroup)
