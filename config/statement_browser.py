"""The log in the CMS: what was recorded, by whom, about what; for administrators alone.

It shows opaque ids, never names: who somebody is, the log does not know.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.page_head import head
from config.statement_days import picture
from config.statement_filters import StatementFilters
from lrs import browsing
from lrs.attachments import BINARY, attached, hash_of
from lrs.browsing import Row
from lrs.languages import best_of
from lrs.models import Attachment
from xapi.verbs import VOIDED

PERMISSION = "lrs.view_statement"
_DAYS = 30
_ABOUT_IT = 20


def statements(request: HttpRequest) -> HttpResponse:
    """List statements, the newest first, as the filters in the address say."""
    _require(request)
    form = StatementFilters(request.GET)
    if form.is_valid() and form.cleaned_data["statement"]:
        return HttpResponseRedirect(_address(form.cleaned_data["statement"]))
    rows, after = browsing.page(form.query()) if form.is_valid() else ([], None)
    context = {
        "form": form,
        "rows": [_described(row) for row in rows],
        "older": _with(request.GET, after) if after is not None else "",
        "first": _with(request.GET, None) if request.GET.get("after") else "",
        "picture": picture(browsing.per_day(timezone.now() - timedelta(days=_DAYS)), days=_DAYS),
        "days": _DAYS,
        **_head(_("Statements")),
    }
    return TemplateResponse(request, "lrs/admin/statements.html", context)


def statement(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one statement whole, with what surrounds it."""
    _require(request)
    row = browsing.one(id_)
    if row is None:
        raise Http404
    about = browsing.referring_to(id_, _ABOUT_IT)
    context = {
        **_described(row),
        "json": json.dumps(row.body, indent=2, ensure_ascii=False),
        "curl": _curl(id_),
        "attachments": list(_attachments(row)),
        "about": [_described(one) for one in about],
        "voided_by": [_described(one) for one in about if one.statement.verb == VOIDED.id],
        "target": _target(row),
        **_head(_("Statement"), str(id_)),
    }
    return TemplateResponse(request, "lrs/admin/statement.html", context)


def attachment(request: HttpRequest, id_: UUID, sha2: str) -> HttpResponse:
    """Hand out an attachment of a statement as a file that no browser opens by itself."""
    _require(request)
    row = browsing.one(id_)
    if row is None or sha2 not in {hash_of(one) for one in attached(row.body)}:
        raise Http404
    kept = Attachment.objects.filter(sha2=sha2).first()
    if kept is None:
        raise Http404
    response = HttpResponse(bytes(kept.content), content_type=BINARY)
    response["Content-Disposition"] = f'attachment; filename="{sha2[:16]}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def urls() -> list[URLPattern]:
    """Return the addresses below the CMS."""
    return [
        path("statements/", statements, name="lrs_statements"),
        path("statements/<uuid:id_>/", statement, name="lrs_statement"),
        path("statements/<uuid:id_>/<str:sha2>/", attachment, name="lrs_attachment"),
    ]


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _described(row: Row) -> dict[str, Any]:
    """Say in words what a row is about, in the reader's language where it is known."""
    stored, body = row.statement, row.body
    definition = row.definition or body["object"].get("definition", {})
    return {
        "row": row,
        "statement": stored,
        "url": _address(stored.id),
        "verb": _text(body["verb"].get("display")) or stored.verb.rpartition("/")[2],
        "object": _text(definition.get("name")) or _kind(body["object"]),
        "result": _result(body.get("result", {})),
        "sender": stored.credential.name if stored.credential else "",
        "registration_url": _registration(stored.registration),
    }


def _text(texts: dict[str, str] | None) -> str:
    return next(iter(best_of(texts, get_language() or "en").values()), "") if texts else ""


def _kind(target: dict[str, Any]) -> str:
    """Say what sort of thing a statement is about, where its name is not known."""
    of_type: str = target.get("definition", {}).get("type", "")
    return of_type.rstrip("/").rpartition("/")[2] or target.get("objectType") or target["id"]


def _result(result: dict[str, Any]) -> str:
    """Say in short what came of it."""
    scaled = result.get("score", {}).get("scaled")
    words = [f"{scaled:.0%}"] if scaled is not None else []
    if "success" in result:
        words.append(_("successful") if result["success"] else _("not successful"))
    if result.get("completion"):
        words.append(_("complete"))
    return ", ".join(words)


def _registration(id_: UUID | None) -> str:
    if id_ is None:
        return ""
    query = urlencode({"registration": id_, "ascending": "on"})
    return f"{reverse('lrs_statements')}?{query}"


def _target(row: Row) -> str:
    target = row.body["object"]
    is_reference = target.get("objectType") == "StatementRef"
    return _address(UUID(target["id"])) if is_reference else ""


def _attachments(row: Row) -> Iterator[dict[str, Any]]:
    said = list(attached(row.body))
    kept = set(
        Attachment.objects.filter(sha2__in=[hash_of(one) for one in said]).values_list(
            "sha2", flat=True
        )
    )
    for one in said:
        sha2 = hash_of(one)
        url = reverse("lrs_attachment", args=[row.statement.id, sha2]) if sha2 in kept else ""
        yield {
            "name": _text(one.get("display")) or sha2[:16],
            "length": one["length"],
            "type": one["contentType"],
            "url": url,
            "elsewhere": one.get("fileUrl", ""),
        }


def _curl(id_: UUID) -> str:
    return (
        f"curl -u KEY:SECRET -H 'X-Experience-API-Version: {settings.LRS_DEFAULT_VERSION}' "
        f"'{settings.SITE_URL}{settings.LRS_MOUNT}statements?statementId={id_}'"
    )


def _address(id_: UUID) -> str:
    return reverse("lrs_statement", args=[id_])


def _with(params: QueryDict, after: int | None) -> str:
    """Return the address of a page with the same filters."""
    kept = params.copy()
    kept.pop("after", None)
    if after is not None:
        kept["after"] = str(after)
    return f"?{kept.urlencode()}"


def _head(title: str, below: str = "") -> dict[str, Any]:
    way = [(reverse("lrs_statements"), _("Statements"))] if below else []
    return head(title, "list-ul", *way, below=below)
