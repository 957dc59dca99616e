"""Views of the register: for administrators alone."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from certificates.errors import CertificateError
from certificates.models import Certificate, Reason, Sheet
from certificates.models.register import EXPIRED, RENEWED, REPLACED, REVOKED, VALID
from certificates.register_pages.life import life_of
from certificates.register_pages.listing import ENDING, found, lines_of
from certificates.revoking import correct, corrections_of, revoke
from cms.page_head import head
from people.actors import people_of
from people.models import User
from people.signed_in import signed_in

PERMISSION = "certificates.add_decision"
_PER_PAGE = 50
STATUSES = {
    VALID: gettext_lazy("valid"),
    EXPIRED: gettext_lazy("expired"),
    RENEWED: gettext_lazy("renewed"),
    REPLACED: gettext_lazy("replaced: corrected"),
    REVOKED: gettext_lazy("revoked"),
}
# What a list can be filtered by beside the states.
_FILTERS = {**STATUSES, ENDING: gettext_lazy("expires within 60 days")}
_FIELDS = {
    "name_cyrillic": gettext_lazy("Name in Cyrillic"),
    "name_latin": gettext_lazy("Name in Latin script"),
    "course_title_en": gettext_lazy("Title in English"),
    "course_title_sr": gettext_lazy("Title in Serbian"),
    "modules": gettext_lazy("Modules"),
}


class DecisionForm(forms.Form):
    """Why; anybody who verifies reads the kind of reason, nobody but administrators the words."""

    reasons: tuple[Reason, ...] = ()
    reason = forms.ChoiceField(
        label=gettext_lazy("Kind of reason"),
        help_text=gettext_lazy("Whoever verifies the certificate reads this."),
    )
    words = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only administrators read this. It is kept for good."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(one.value, one.label) for one in self.reasons]
        field = cast(forms.ChoiceField, self.fields["reason"])
        field.choices = [("", gettext_lazy("Choose …")), *chosen]


class CorrectionForm(DecisionForm):
    prefix = "correct"
    reasons = (Reason.NAME, Reason.FACT)


class RevocationForm(DecisionForm):
    """There is no way back, so one says that one knows."""

    prefix = "revoke"
    reasons = (Reason.ERROR, Reason.RESULT, Reason.OTHER)
    sure = forms.BooleanField(
        label=gettext_lazy("I know that this cannot be undone"),
        help_text=gettext_lazy("The holder gets a mail, and whoever verifies is told."),
    )


_REVOKE = (revoke, RevocationForm)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List certificates, the newest first, by what was typed and by status."""
    _administrator(request)
    words, status = request.GET.get("q", ""), request.GET.get("status", "")
    today = timezone.localdate()
    found_here = found(words, status=status, today=today)
    page = Paginator(found_here, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "lines": lines_of(list(page.object_list), today=today),
        "words": words,
        "status": status,
        "statuses": STATUSES,
        "filters": _FILTERS,
        **_head(_("Certificates")),
    }
    return TemplateResponse(request, "certificates/admin/register.html", context)


@require_GET
def certificate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one certificate, its life, and what can be done with it."""
    _administrator(request)
    return _show(request, _known(key))


@require_GET
def paper(request: HttpRequest, key: UUID) -> FileResponse:
    """Send the stored file, so that an administrator sees what the holder has."""
    _administrator(request)
    sheet = get_object_or_404(Sheet.objects.exclude(file=""), key=_known(key).key)
    return FileResponse(sheet.file.open(), filename=f"{sheet.serial}.pdf")


@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct or revoke a certificate, with a reason."""
    user, known = _administrator(request), _known(key)
    act, form_class = (correct, CorrectionForm) if "correct" in request.POST else _REVOKE
    form = form_class(request.POST)
    if not form.is_valid():
        return _show(request, known, form)
    why = {"reason": Reason(form.cleaned_data["reason"]), "words": form.cleaned_data["words"]}
    try:
        act(certificate=known, by=user, at=timezone.now(), **why)
    except CertificateError as error:
        form.add_error(None, str(error))
        return _show(request, known, form)
    messages.success(request, _begun() if act is correct else _revoked())
    return redirect("certificate_in_cms", key=key)


def _show(
    request: HttpRequest, known: Certificate, form: DecisionForm | None = None
) -> HttpResponse:
    sheet = get_object_or_404(Sheet, key=known.key)
    status = known.status(timezone.localdate())
    context = {
        "certificate": known,
        "sheet": sheet,
        "status": STATUSES[status],
        "is_standing": status in (VALID, EXPIRED),
        "being_drawn": Sheet.objects.filter(replaces=sheet.key, sha256="").first(),
        "changes": _changes(sheet),
        "life": life_of(known),
        "successor": _successor(known),
        "holder": people_of([known.actor]).get(known.actor) if known.actor else None,
        "correction": form if isinstance(form, CorrectionForm) else CorrectionForm(),
        "revocation": form if isinstance(form, RevocationForm) else RevocationForm(),
        **_head(_("Certificates"), sheet.serial),
    }
    answer = TemplateResponse(request, "certificates/admin/certificate.html", context)
    answer.status_code = 400 if form else 200
    return answer


def _changes(sheet: Sheet) -> list[tuple[Any, Any, Any]]:
    """Return (field, then, now) of what would be printed differently today."""
    try:
        found_now = corrections_of(sheet)
    except CertificateError:
        return []
    return [(_FIELDS[name], _shown(then), _shown(now)) for name, (then, now) in found_now.items()]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(module["title"]["sr"] for module in value)
    return str(value)


def _successor(known: Certificate) -> Certificate | None:
    if known.replaced_by is None:
        return None
    return Certificate.objects.known().filter(key=known.replaced_by).first()


def _known(key: UUID) -> Certificate:
    return get_object_or_404(Certificate.objects.known(), key=key)


def _administrator(request: HttpRequest) -> User:
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    return user


def _head(title: str, below: str = "") -> dict[str, Any]:
    way = [(reverse("certificate_register"), title)] if below else []
    return head(below or title, "doc-full", *way)


def _begun() -> str:
    return _("The corrected certificate is being drawn; until it is there, this one stands.")


def _revoked() -> str:
    return _("The certificate is revoked. Whoever verifies it is told so from now on.")
