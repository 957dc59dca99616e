"""Administration of people's data in the CMS. Only administrators hold these permissions."""

from typing import Any

from django.contrib import messages
from django.forms import CheckboxSelectMultiple, ModelChoiceField, SelectMultiple
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.log_actions import log
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from people.clients import issue_token
from people.models import Institution, MachineClient, Mandate, Profession, User
from people.roles import REPORTING_OFFICER


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


class InstitutionViewSet(SnippetViewSet):
    model = Institution
    icon = "site"
    copy_view_enabled = False
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
    copy_view_enabled = False
    icon = "user"
    list_display = ["name", "key", "track", "order"]


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
    list_display = ["name", "holder", "client", "valid_from", "valid_to", "identified"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("holder"), FieldPanel("client")]),
            FieldPanel("institutions", widget=SelectMultiple(attrs={"size": 14})),
            FieldPanel("professions", widget=CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("identified"),
        ],
        base_form_class=MandateForm,
    )


class MachineClientCreateView(CreateView):
    """A client is made with its token, which is shown this once and never again."""

    def save_instance(self) -> MachineClient:
        client, token = issue_token(
            name=self.form.cleaned_data["name"], expires_at=self.form.cleaned_data["expires_at"]
        )
        log(instance=client, action="wagtail.create")
        words = _("The token of this client is %(token)s. Keep it now: it is shown only once.")
        messages.warning(self.request, words % {"token": token})
        return client


class MachineClientViewSet(SnippetViewSet):
    model = MachineClient
    icon = "code"
    copy_view_enabled = False
    add_view_class = MachineClientCreateView
    list_display = ["name", "expires_at", "revoked_at", "last_used_on"]
    panels = [
        FieldPanel("name"),
        FieldPanel("expires_at", help_text=gettext_lazy("Empty: until it is revoked.")),
        FieldPanel(
            "revoked_at", help_text=gettext_lazy("From this moment the token opens nothing.")
        ),
    ]


class PeopleGroup(SnippetViewSetGroup):
    items = (InstitutionViewSet, ProfessionViewSet, MandateViewSet, MachineClientViewSet)
    menu_label = gettext_lazy("People")
    menu_icon = "user"
    menu_order = 300


register_snippet(PeopleGroup)
