"""In the CMS: what learners say, for those who teach and those who run the site."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assessments.item_statistics.measures import FEWEST
from assessments.models import SurveyKind
from assessments.surveys.report import csv_lines, report_on
from cms.page_head import head

PERMISSION = "assessments.view_surveyanswer"


@require_GET
def what_learners_say(request: HttpRequest) -> HttpResponse:
    """Show figures, as narrow as the address says."""
    _require(request)
    report = report_on(request.GET.dict())
    figures = report.figures
    context = {
        "report": report,
        "figures": figures,
        "kinds": SurveyKind.choices,
        "by_profession": report.groups("profession") if figures.count else [],
        "by_course": report.groups("course") if figures.count else [],
        "by_week": report.groups("week") if figures.count else [],
        "fewest": FEWEST,
        "query": request.GET.urlencode(),
        **head(_("What learners say"), "comment"),
    }
    return TemplateResponse(request, "assessments/admin/surveys.html", context)


@require_GET
def as_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Send the same figures as a file."""
    _require(request)
    report = report_on(request.GET.dict())
    # Lines are made while they are sent, when the language of the request may be over.
    response = StreamingHttpResponse(
        list(csv_lines(report)), content_type="text/csv; charset=utf-8"
    )
    name = f"{report.selection.kind}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
