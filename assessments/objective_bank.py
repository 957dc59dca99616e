"""Objectives and topics in the CMS."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.models import Objective, Question, Topic


class ObjectiveViewSet(SnippetViewSet):
    model = Objective
    icon = "crosshairs"
    menu_label = gettext_lazy("Objectives")
    menu_order = 211
    add_to_admin_menu = True
    copy_view_enabled = False  # a copy would ask for another key and the same names
    list_per_page = 50
    list_display = [
        "name",
        Column("topic", label=gettext_lazy("Topic"), sort_key="topic__order"),
        Column("article", label=gettext_lazy("Article"), sort_key="article"),
        Column("recommendation", label=gettext_lazy("Recommendation")),
        NumberColumn("asked", label=gettext_lazy("Questions"), sort_key="asked"),
    ]
    list_filter = ["topic"]
    search_fields = ["name_en", "name_sr", "article", "recommendation_en", "recommendation_sr"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Objective]:
        """Count each question once, in whichever languages it is written."""
        asked = (
            Question.objects.filter(objective=OuterRef("pk"))
            .order_by()
            .values("objective")
            .annotate(n=Count("translation_key", distinct=True))
            .values("n")
        )
        objectives = Objective.objects.select_related("topic")
        return objectives.annotate(asked=Coalesce(Subquery(asked), 0))


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "folder-open-inverse"
    copy_view_enabled = False
    list_display = ["name", "key", "order"]
