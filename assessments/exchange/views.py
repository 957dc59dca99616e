"""In the CMS: questions from a file, and questions into one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.widgets import AdminDateInput

from assessments.exchange.collecting import items_of
from assessments.exchange.formats import FORMATS, read_file
from assessments.exchange.hardened_xml import MOST_BYTES, Unreadable
from assessments.exchange.item import Reading
from assessments.exchange.storing import Outcome, store
from assessments.models import Question
from assessments.question_filters import QuestionFilters, found_by
from cms.page_head import head
from people.signed_in import signed_in

MOST_AT_ONCE = 1_000  # what a browser waits for; the command takes more
_OWN = ("format", "language", "download", "locale", "p", "ordering")
MAY_IMPORT, MAY_EXPORT = "assessments.add_question", "assessments.view_question"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "GIFT, Moodle XML, or QTI 2.1 to 3.0 as XML or zip; at most 10 MB. The format is found "
            "out."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.WAGTAIL_CONTENT_LANGUAGES,
        help_text=gettext_lazy(
            "That of the file. Quizzes draw what is published in English; other languages are its "
            "translations."
        ),
    )
    law_as_of = forms.DateField(
        label=gettext_lazy("Law as of"),
        widget=AdminDateInput,
        help_text=gettext_lazy("The day for which you know the answers to be right."),
    )


def import_questions(request: HttpRequest) -> HttpResponse:
    """Take a file; show what became a draft, and what not, with line and reason."""
    user = signed_in(request)
    if not user.has_perm(MAY_IMPORT):
        raise PermissionDenied
    today = {"law_as_of": timezone.localdate(), "language": "en"}
    form = ImportForm(request.POST or None, request.FILES or None, initial=today)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            format_, reading = _read(upload)
        except Unreadable as error:
            words = _("Line %(line)d: %(why)s")
            form.add_error("file", words % {"line": error.line, "why": error})
        else:
            outcome = store(
                reading.items,
                language=form.cleaned_data["language"],
                law_as_of=form.cleaned_data["law_as_of"],
                user=user,
            )
            context |= _told(format_, reading, outcome)
    return _page(request, "import_questions", _("Import questions"), context)


def _read(upload: UploadedFile) -> tuple[str, Reading]:
    """Return format and contents of a file. Raises Unreadable, also for too much at once."""
    format_, reading = read_file(upload.name or "", upload.read(MOST_BYTES + 1))
    if len(reading.items) > MOST_AT_ONCE:
        words = _("The file holds %(count)d questions. Send at most %(most)d at once.")
        raise Unreadable(words % {"count": len(reading.items), "most": MOST_AT_ONCE})
    return format_, reading


def _told(format_: str, reading: Reading, outcome: Outcome) -> dict[str, Any]:
    refused = sorted([*reading.refused, *outcome.refused], key=lambda one: one.line)
    return {
        "format": format_,
        "taken": outcome.taken,
        "changed": sorted([*reading.changed, *outcome.changed], key=lambda one: one.line),
        "refused": refused,
        "edit_url_name": Question.snippet_viewset.get_url_name("edit"),
    }


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[(one.name, one.label) for one in FORMATS.values()]
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.WAGTAIL_CONTENT_LANGUAGES
    )


@require_GET
def export_questions(request: HttpRequest) -> HttpResponse:
    """Ask for the format, say what the file would lack, then send it.

    The file holds what the list of questions was filtered by, as the address says.
    """
    if not signed_in(request).has_perm(MAY_EXPORT):
        raise PermissionDenied
    form = ExportForm(request.GET if "format" in request.GET else None)
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(name, value) for name, value in asked if value and name not in _OWN]
    context: dict[str, Any] = {"form": form, "kept": kept}
    if form.is_bound and form.is_valid():
        chosen = FORMATS[form.cleaned_data["format"]]
        items = items_of(_chosen(request, form.cleaned_data["language"]))
        data, refused = chosen.write(items)
        if "download" in request.GET and len(refused) < len(items):
            response = HttpResponse(data, content_type=chosen.content_type)
            name = f"questions-{timezone.localdate().isoformat()}.{chosen.ending}"
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
        context |= {"count": len(items) - len(refused), "refused": refused}
    return _page(request, "export_questions", _("Export questions"), context)


def _chosen(request: HttpRequest, language: str) -> QuerySet[Question]:
    questions = Question.objects.filter(live=True, locale__language_code=language)
    questions = QuestionFilters(request.GET, questions, request=request).qs
    if words := request.GET.get("q", "").strip():
        questions = found_by(words, questions)
    return questions.select_related("locale", "objective").prefetch_related("tagged_items__tag")


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    listing = reverse(Question.snippet_viewset.get_url_name("list"))
    common = head(title, "help", (listing, _("Questions")))
    return TemplateResponse(request, f"assessments/admin/{name}.html", common | context)
