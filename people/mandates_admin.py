"""Mandates in the CMS: who may read whose completions."""

from typing import Any

from django.forms import CheckboxSelectMultiple, SelectMultiple
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from people.models import Institution, Mandate, User
from people.roles import REPORTING_OFFICER


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
