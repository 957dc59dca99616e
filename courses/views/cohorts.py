"""A cohort's members and where they stand; for its tutors and administrators alone."""

import csv
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from courses.cohorts import (
    COMPLETED,
    NOT_STARTED,
    STUDYING,
    WITHDRAWN,
    CohortReport,
    Member,
    cohorts_open_to,
    leads_from,
    report_on,
)
from courses.spreadsheets import harmless
from people.models import User
from people.signed_in import signed_in

STATES = {
    NOT_STARTED: gettext_lazy("not started"),
    STUDYING: gettext_lazy("studying"),
    COMPLETED: gettext_lazy("completed"),
    WITHDRAWN: gettext_lazy("withdrawn"),
}


class CohortView(WagtailAdminTemplateMixin, TemplateView):
    """Members by name, progress, where they are stuck, who needs a hand."""

    template_name = "courses/admin/cohort.html"
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = _report(self.request, self.kwargs["pk"])
        words, state = self.request.GET.get("q", ""), self.request.GET.get("state", "")
        self.page_title = report.cohort.name
        self.header_buttons = _buttons(report)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "report": report,
            "rows": [(m, STATES[m.state]) for m in report.choose(words=words, state=state)],
            "stops": report.stops,
            "in_need": [(m, t, report.title_of(t.activity_key)) for m, t in report.in_need],
            "completed": report.count(COMPLETED),
            "withdrawn": report.count(WITHDRAWN),
            "states": STATES.items(),
            "words": words,
            "state": state,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cohorts:list"), "label": _("Cohorts")},
            {"url": "", "label": self.page_title},
        ]


@require_GET
def members_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the members as a file: names and progress, no address and nothing else personal."""
    report = _report(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = slugify(report.cohort.name) or "cohort"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # so that spreadsheets read Cyrillic
    writer = csv.writer(response)
    titles = [_("Name"), _("State"), _("Done"), _("Of"), _("Last activity"), _("Attempts used up")]
    writer.writerow(titles)
    writer.writerows(_row(member) for member in report.members)
    return response


def _row(member: Member) -> list[Any]:
    last = member.enrolment.last_activity_at
    day = timezone.localtime(last).date().isoformat() if last else ""
    used_up = len(member.used_up) or ""
    return [
        harmless(member.name),
        str(STATES[member.state]),
        member.done,
        member.total,
        day,
        used_up,
    ]


def _report(request: HttpRequest, pk: int) -> CohortReport:
    user = signed_in(request)
    tutors = User.objects.filter(cohorts=OuterRef("pk"), pk=user.pk)
    cohort = get_object_or_404(cohorts_open_to(user).annotate(is_own=Exists(tutors)), pk=pk)
    return report_on(cohort=cohort, at=timezone.now())


def _buttons(report: CohortReport) -> list[HeaderButton]:
    pk = report.cohort.pk
    return [
        HeaderButton(
            _("Edit the cohort"), reverse("cohorts:edit", args=[pk]), icon_name="edit", priority=10
        ),
        HeaderButton(
            _("Download as CSV"),
            reverse("cohorts:members_csv", args=[pk]),
            icon_name="download",
            priority=20,
        ),
        *(
            HeaderButton(each.label, each.url, icon_name="order-up", priority=30 + place)
            for place, each in enumerate(leads_from(report.cohort))
        ),
    ]
