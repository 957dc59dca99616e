"""Download one's own certificate; verify anybody's by its code."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from certificates.limits import too_many_checks
from certificates.models import Certificate, Sheet
from certificates.verification import LENGTH, is_serial, normal, typed_length, verify
from courses.models import Enrolment
from people.actors import actor_id
from people.signed_in import signed_in


@login_required
@require_GET
def my_certificates(request: HttpRequest) -> HttpResponse:
    """List the learner's own certificates."""
    actor = actor_id(signed_in(request))
    sheets = Sheet.objects.filter(key__in=Certificate.objects.filter(actor=actor).values("key"))
    earned = Enrolment.objects.filter(actor=actor, completed_at__isnull=False)
    waiting = earned.exclude(registration__in=sheets.values("registration")).exists()
    context = {"sheets": sheets.order_by("-issued_at"), "waiting": waiting}
    return render(request, "certificates/my_certificates.html", context)


@login_required
@require_GET
def download(request: HttpRequest, key: UUID) -> FileResponse:
    """Send the stored file to the person who earned it, and to nobody else."""
    own = Certificate.objects.filter(actor=actor_id(signed_in(request)))
    certificate = get_object_or_404(own, key=key)
    sheet = get_object_or_404(Sheet, key=certificate.key)
    return FileResponse(sheet.file.open(), as_attachment=True, filename=f"{sheet.serial}.pdf")


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; works without an account."""
    code = request.GET.get("code", "")
    if code.strip():
        # What is not a code is told as it was typed.
        readable = typed_length(code) == LENGTH
        return redirect("verify_code", code=(normal(code) if readable else _for_address(code)))
    return render(request, "certificates/verify.html")


@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show every field as issued, or say that there is no such certificate."""
    if too_many_checks(request):
        return render(request, "429.html", status=429)
    verdict = verify(code)
    context = {
        "verdict": verdict,
        "code": code[:40],
        "serial": is_serial(code),
        "typed": typed_length(code),
        "length": LENGTH,
    }
    status = 200 if verdict else 404
    return render(request, "certificates/verify_result.html", context, status=status)


def _for_address(code: str) -> str:
    """Return what was typed without what would end the address."""
    return "".join(c for c in code if c.isalnum() or c in " -").strip()[:40] or "-"
