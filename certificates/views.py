"""One's own certificates: look at them, download them, share them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates.models import Certificate, Sheet
from certificates.sharing import share, stop_sharing
from certificates.shelf import shelf_of
from courses.models import Enrolment
from people.actors import actor_id
from people.signed_in import signed_in


@login_required
@require_GET
def my_certificates(request: HttpRequest) -> HttpResponse:
    """List the learner's own certificates, with what became of each."""
    actor = actor_id(signed_in(request))
    shelf = shelf_of(actor, today=timezone.localdate())
    earned = Enrolment.objects.filter(actor=actor, completed_at__isnull=False)
    drawn = [item.certificate.registration for item in shelf]
    waiting = earned.exclude(registration__in=drawn).exists()
    context = {"shelf": shelf, "waiting": waiting, "site_url": settings.SITE_URL}
    return render(request, "certificates/my_certificates.html", context)


@login_required
@require_GET
def download(request: HttpRequest, key: UUID) -> FileResponse:
    """Send the stored file to the person who earned it, and to nobody else."""
    sheet = _own(request, key)
    return FileResponse(sheet.file.open(), as_attachment=True, filename=f"{sheet.serial}.pdf")


@login_required
@require_GET
def badge(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the certificate as data, for a wallet (Open Badges 3.0, JSON-LD)."""
    sheet = get_object_or_404(Sheet.objects.exclude(badge=""), key=_own(request, key).key)
    name = f'attachment; filename="{sheet.serial}.json"'
    headers = {"Content-Disposition": name}
    return HttpResponse(sheet.badge, content_type="application/ld+json", headers=headers)


@login_required
@require_POST
def change_sharing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin or stop sharing one's own certificate."""
    sheet = _own(request, key)
    if request.POST.get("share") == "yes":
        share(sheet)
    else:
        stop_sharing(sheet)
        messages.success(request, _("Nobody can see it by that address any more."))
    return redirect("my_certificates")


def _own(request: HttpRequest, key: UUID) -> Sheet:
    own = Certificate.objects.known().filter(actor=actor_id(signed_in(request)))
    return get_object_or_404(Sheet, key=get_object_or_404(own, key=key).key)
