"""Surveys as a part of the CMS."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from assessments.models import Survey
from assessments.surveys.versions import freeze


class SurveyCreateView(CreateView):
    """What is saved is asked from now on."""

    def save_instance(self) -> Any:
        saved = super().save_instance()
        freeze(Survey.objects.get(pk=saved.pk), at=timezone.now())
        return saved


class SurveyEditView(EditView):
    """What is saved is asked from now on, as a new version if any word has changed."""

    def save_instance(self) -> Any:
        saved = super().save_instance()
        freeze(Survey.objects.get(pk=saved.pk), at=timezone.now())
        return saved


class SurveyViewSet(SnippetViewSet):
    model = Survey
    icon = "comment"
    menu_label = gettext_lazy("Surveys")
    menu_order = 218
    add_to_settings_menu = True
    url_prefix = "surveys"
    url_namespace = "surveys"
    add_view_class = SurveyCreateView
    edit_view_class = SurveyEditView
    copy_view_enabled = False
    list_display = ["__str__", BooleanColumn("is_offered", label=gettext_lazy("Offered"))]
