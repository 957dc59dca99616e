"""For the officer: what is otherwise in the report between two days."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from people.models import Mandate
from reports.chosen import chosen
from reports.difference.asked import Asked, read_asked
from reports.difference.comparing import CAME, CHANGED, LEFT, Differing, Page, differences_between
from reports.field_names import said_on_page
from reports.filters import UnreadableFilter
from reports.row import COLUMNS
from serbian import in_script

PAGE_SIZE = 50
KINDS = {CAME: _("Came in"), LEFT: _("Left"), CHANGED: _("Changed")}
_UNTOLD = {"enrolment", "person"}
# Keys say nothing to a reader: the words for them are looked up today.
_WORDS = {
    "status": "status_name",
    "profession": "profession_name",
    "institution": "institution_name",
    "function": "function_name",
    "course": "course_name",
    "language": "language_name",
    "cohort_key": "cohort",
    "certificate_class": "certificate_class_name",
}
# What tells rows apart, besides the person.
_ABOUT = ("course_name", "institution_name")


@login_required
@require_GET
def difference(request: HttpRequest) -> HttpResponse:
    """Show what came, left or changed between two days, if both were given."""
    mandate = chosen(request).mandate
    asked, error = None, ""
    if request.GET.get("since") or request.GET.get("until"):
        try:
            asked = read_asked(request.GET.dict(), at=timezone.now())
        except UnreadableFilter as unreadable:
            error = said_on_page(unreadable)
    context = {
        "mandate": mandate,
        "asked": asked,
        "since": request.GET.get("since", "")[:10],
        "until": request.GET.get("until", "")[:10],
        "error": error,
        "labels": _labels(),
        "query": _pages(request, asked),
        "filters": _query(request, "cursor", "since", "until"),
        **(_found(mandate, asked) if asked else {}),
    }
    return render(request, "reports/difference.html", context, status=400 if error else 200)


def _labels() -> dict[str, str]:
    """Return what stands beside a cell on a phone: nobody converts the script of an attribute."""
    words = {"kind": gettext("What happened"), "changes": gettext("Before and after")}
    language = get_language() or "en"
    return {name: in_script(word, language) for name, word in words.items()}


def _query(request: HttpRequest, *without: str) -> Any:
    """Return the parameters of the address but for some, to be written in links and forms."""
    given = request.GET.copy()
    for name in without:
        given.pop(name, None)
    return given


def _pages(request: HttpRequest, asked: Asked | None) -> Any:
    """Return the parameters of a further page: each compares the same two moments."""
    query = _query(request, "cursor")
    if asked:
        query["until"] = asked.until.isoformat()
    return query


def _found(mandate: Mandate, asked: Asked) -> dict[str, Any]:
    page: Page = differences_between(
        mandate=mandate,
        filters=asked.filters,
        since=asked.since,
        until=asked.until,
        after=asked.after,
        limit=PAGE_SIZE,
    )
    return {
        "rows": [_line(one, mandate) for one in page.differing],
        "next": page.after,
    }


def _line(one: Differing, mandate: Mandate) -> dict[str, Any]:
    """Return what is shown of a row: whose, what happened, and which columns are otherwise."""
    told = [_WORDS.get(name, name) for name in one.columns if name not in _UNTOLD]
    if one.kind != CHANGED:
        # What came or left is told by what it says.
        told = [name for name in told if getattr(one.row, name) not in (None, "")]
    return {
        "row": one.row,
        "before": one.before,
        "after": one.after,
        "who": ["name"] if mandate.identified else ["person"],
        "about": _ABOUT,
        "kind": KINDS[one.kind],
        "changes": [(name, COLUMNS[name].heading) for name in told],
    }
