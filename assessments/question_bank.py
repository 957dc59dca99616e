"""The question bank in the CMS: found by what it tests, edited under review, never lost."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, NumberColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views import snippets

from assessments.drawing import published_in
from assessments.exchange.views import MAY_EXPORT, MAY_IMPORT
from assessments.kinds import KINDS
from assessments.models import Question
from assessments.models.parts import offered
from assessments.question_facts import with_answered
from assessments.question_filters import SEARCHED, QuestionFilters, found_by

_ROOMY = "where-there-is-room"  # a column that a phone leaves out


class QuestionIndexView(snippets.IndexView):
    """Words are found in both scripts: a Latin word also finds its Cyrillic form."""

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        return found_by(self.search_query, queryset) if self.is_searching else queryset

    @property
    def header_more_buttons(self) -> list[Button]:
        """Files of other systems, both ways."""
        ways = (
            (MAY_IMPORT, _("Import questions"), "import_questions", "upload"),
            (MAY_EXPORT, _("Export questions"), "export_questions", "download"),
        )
        buttons: list[Button] = super().header_more_buttons
        # An export is of what the list shows.
        shown = self.request.GET.urlencode()
        return buttons + [
            Button(label, f"{reverse(name)}?{shown}", icon_name=icon, priority=50)
            for right, label, name, icon in ways
            if self.request.user.has_perm(right)
        ]


class QuestionCreateView(snippets.CreateView):
    """A new question begins with its kind: the form asks for the parts of that kind."""

    kind = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.kind = request.GET.get("kind") or request.POST.get("kind", "")
        if self.kind not in KINDS:
            return self.choose_kind(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def choose_kind(self, request: HttpRequest) -> HttpResponse:
        """Show the kinds there are."""
        if not self.permission_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        context = {
            "kinds": KINDS.values(),
            "language": request.GET.get("locale", ""),
            "page_title": _("New question: which kind?"),
            "header_icon": "help",
        }
        return TemplateResponse(request, "assessments/admin/choose_kind.html", context)

    def get_add_url(self) -> str:
        url: str = super().get_add_url()
        return f"{url}{'&' if '?' in url else '?'}{urlencode({'kind': self.kind})}"

    def get_initial_form_instance(self) -> Question:
        question: Question = super().get_initial_form_instance()
        question.kind = self.kind
        question.options = offered(question.kind)
        return question


def fares_button_of(question: Question) -> Button:
    """Return the way to how a question fares."""
    address = reverse("question_fares", args=[question.key])
    return Button(_("How it fares"), address, icon_name="order", priority=25)


class QuestionEditView(snippets.EditView):
    """The form leads to how the question fares; whoever may only read is led to the question."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_change = self.user_has_permission("change")
        if may_change or not self.permission_policy.user_has_permission(request.user, "view"):
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            return response
        return redirect(Question.snippet_viewset.get_url_name("inspect"), self.object.pk)

    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, fares_button_of(self.object)]


class QuestionInspectView(snippets.InspectView):
    """A question to read, with its key and reasons as learners see them afterwards."""

    template_name = "assessments/admin/question_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"key": key_shown(self.object)}

    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, fares_button_of(self.object)]


def key_shown(question: Question) -> dict[str, Any]:
    """Return a question as its result template shows it, answered rightly."""
    kind, parts = KINDS[question.kind], question.parts()
    return {
        "template": kind.result_template,
        "reviewed": kind.reviewed(parts, kind.perfect(parts), parts),
    }


class QuestionHistoryView(snippets.HistoryView):
    any_permission_required = ["add", "change", "delete", "view"]


class QuestionCompareView(snippets.RevisionsCompareView):
    """A reviewer compares without a right to edit."""

    permission_required = "view"


class QuestionRevisionView(snippets.PreviewRevisionView):
    permission_required = "view"


class QuestionWorkflowHistoryView(snippets.WorkflowHistoryView):
    permission_required = "view"


class QuestionWorkflowDetailView(snippets.WorkflowHistoryDetailView):
    permission_required = "view"


class UntranslatedColumn(Column):
    """Says which questions would reach readers of Serbian in English."""

    def get_value(self, instance: Question) -> str:
        return _("yes") if instance.in_serbian else _("not yet")


class QuestionViewSet(snippets.SnippetViewSet):
    model = Question
    icon = "help"
    url_prefix = "questions"  # the namespace stays: the translation package knows it by heart
    menu_label = gettext_lazy("Questions")
    menu_order = 210
    add_to_admin_menu = True
    copy_view_enabled = False  # a copy would share the permanent key
    inspect_view_enabled = True
    inspect_view_class = QuestionInspectView
    list_per_page = 30
    filterset_class = QuestionFilters
    search_backend_name = None
    search_fields = SEARCHED
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    history_view_class = QuestionHistoryView
    revisions_compare_view_class = QuestionCompareView
    revisions_view_class = QuestionRevisionView
    workflow_history_view_class = QuestionWorkflowHistoryView
    workflow_history_detail_view_class = QuestionWorkflowDetailView
    list_display = [
        "__str__",
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        Column(
            "objective",
            label=gettext_lazy("Objective"),
            sort_key="objective__name_en",
            classname=_ROOMY,
        ),
        Column("tag_names", label=gettext_lazy("Tags"), classname=_ROOMY),
        Column(
            "get_difficulty_display",
            label=gettext_lazy("Difficulty"),
            sort_key="difficulty",
            classname=_ROOMY,
        ),
        NumberColumn(
            "answered", label=gettext_lazy("Answered"), sort_key="answered", classname=_ROOMY
        ),
        LocaleColumn(classname=_ROOMY),
        UntranslatedColumn("in_serbian", label=gettext_lazy("In Serbian"), classname=_ROOMY),
        LiveStatusTagColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        questions = Question.objects.select_related("locale", "objective")
        questions = questions.prefetch_related("tagged_items__tag")
        return with_answered(questions).annotate(in_serbian=published_in("sr"))
