"""What foreign programs read to verify a certificate as data: our keys, and whether it stands."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from certificates.credential.status import revocation_list
from certificates.keys import did_document, published_keys
from certificates.limits import too_many_checks
from certificates.verification import verify

# A new key is seen by everybody after this many seconds.
KEYS_KEPT = 300
# Anybody's page may read this: it is public, and nothing travels with a cookie.
_ANYWHERE = {"Access-Control-Allow-Origin": "*"}


@require_GET
@cache_control(public=True, max_age=KEYS_KEPT)
def did(request: HttpRequest) -> HttpResponse:
    """Publish every key that ever signed a certificate (did:web)."""
    return JsonResponse(did_document(published_keys()), headers=_ANYWHERE)


@require_GET
def credential_status(request: HttpRequest, code: str) -> HttpResponse:
    """Say of one certificate whether it was revoked or replaced.

    No such certificate is 410: a 404 outside the languages would lead to a page.
    """
    headers = {**_ANYWHERE, "Cache-Control": "no-store"}
    if too_many_checks(request):
        headers["Retry-After"] = "60"
        return JsonResponse(
            {"detail": "Too many checks. Wait a minute."}, status=429, headers=headers
        )
    verdict = verify(code)
    if verdict is None:
        detail = {"detail": "There is no such certificate."}
        return JsonResponse(detail, status=410, headers=headers)
    return JsonResponse(revocation_list(verdict.sheet, verdict.status), headers=headers)
