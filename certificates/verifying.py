"""Anybody checks a certificate: by its code, its file or a shared address, on a page or as JSON."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from certificates.compact import carried
from certificates.errors import CertificateError, NoFile
from certificates.limits import too_many_checks
from certificates.uploads import MOST, fingerprint_of
from certificates.verification import (
    LENGTH,
    Verdict,
    as_data,
    code_in,
    is_serial,
    normal,
    readings,
    shared_successor,
    typed_length,
    verify,
    verify_file,
    verify_shared,
)

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def slowed_down(view: View[Given]) -> View[Given]:
    """Answer 429 to whoever checks more often than a person can; let nobody keep an answer."""

    @wraps(view)
    def slow(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        if too_many_checks(request):
            return _too_many(request)
        answer = view(request, *args, **kwargs)
        # A name stands on it: no cache between keeps it, and no search engine either.
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return slow


def _too_many(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse
    if request.path.endswith(".json"):
        answer = JsonResponse({"detail": "Too many checks. Wait a minute."}, status=429)
    else:
        answer = render(request, "429.html", {"for_a_minute": True}, status=429)
    answer["Retry-After"] = "60"
    return answer


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; works without an account."""
    code = code_in(request.GET.get("code", ""))
    if code.strip():
        # What is not a code, or may mean two, is told as it was typed.
        plain = typed_length(code) == LENGTH and len(readings(code)) == 1
        return redirect("verify_code", code=(normal(code) if plain else _for_address(code)))
    return render(request, "certificates/verify.html", {"most": MOST})


@require_GET
@slowed_down
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show every field as issued, or say that there is no such certificate."""
    verdict = verify(code)
    about = {"serial": is_serial(code), "typed": typed_length(code), "length": LENGTH}
    # What a line of this certificate says: the browser compares, since we never see the line.
    carried_by = json.dumps(carried(verdict.sheet)) if verdict else ""
    return _answer(request, verdict, {"code": code[:40], "carried": carried_by, **about})


# What was sent is not stored and changes nothing, so nobody can be made to do harm with it.
@csrf_exempt
@require_POST
@slowed_down
def verify_upload(request: HttpRequest) -> HttpResponse:
    """Take the fingerprint of a file from a browser without scripts, and look it up."""
    try:
        sha256 = fingerprint_of(request)
        if not sha256:
            raise NoFile
    except CertificateError as error:
        context = {"file_error": str(error), "most": MOST}
        return render(request, "certificates/verify.html", context, status=400)
    return redirect("verify_fingerprint", sha256=sha256)


@require_GET
@slowed_down
def verify_fingerprint(request: HttpRequest, sha256: str) -> HttpResponse:
    """Say whether a file with this fingerprint is ours, unchanged, and how it stands."""
    return _answer(request, verify_file(sha256), {"by_file": True})


@require_GET
@slowed_down
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a certificate that its holder shares, and the way to the one in its place."""
    verdict = verify_shared(token)
    if verdict is None:
        return render(request, "certificates/not_shared.html", status=404)
    return _answer(request, verdict, {"shared": token, "following": shared_successor(verdict)})


@require_GET
@slowed_down
def shared_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the file of a certificate that its holder shares."""
    verdict = verify_shared(token)
    if verdict is None or not verdict.sheet.file:
        raise Http404
    sheet = verdict.sheet
    return FileResponse(sheet.file.open(), as_attachment=True, filename=f"{sheet.serial}.pdf")


@require_GET
@slowed_down
def verify_json(request: HttpRequest, code: str) -> HttpResponse:
    """Say to a machine what the page says to people; the certificate is `null` if there is none.

    The status is 200 then too: the question was answered. (A 404 outside the languages would lead
    to the page in the visitor's language.)
    """
    verdict = verify(code)
    return JsonResponse({"certificate": as_data(verdict) if verdict else None})


def _answer(
    request: HttpRequest, verdict: Verdict | None, about: dict[str, object]
) -> HttpResponse:
    context = {
        "verdict": verdict,
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
        "most": MOST,
        **about,
    }
    status = 200 if verdict else 404
    return render(request, "certificates/verify_result.html", context, status=status)


def _for_address(code: str) -> str:
    """Return what was typed without what would end the address."""
    return "".join(c for c in code if c.isalnum() or c in " -").strip()[:40] or "-"
