"""The page for a check without a network, the worker that keeps it, and the data for both."""

import hashlib
import json
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from certificates.offline.kept_data import kept_data
from certificates.offline.parts import addresses_of_workers, version, worker_script

# A revocation is known to whoever asks after this many seconds.
DATA_KEPT = 300
_MONTHS = [date(2000, number, 1) for number in range(1, 13)]


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Show whether this browser is ready, and check what it is given; works without an account."""
    about = {
        "workers": json.dumps(addresses_of_workers()),
        "months": _MONTHS,
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
    }
    response = render(request, "certificates/offline.html", about)
    response["Offline-Version"] = version()  # the worker keeps no page that needs other parts
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Send the worker; browsers look for a newer one by themselves."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(worker_script(), content_type="text/javascript", headers=headers)


@require_GET
@cache_control(public=True, max_age=DATA_KEPT)
def data(request: HttpRequest) -> HttpResponseBase:
    """Send keys, fallen certificates and titles: 304 to whoever has them as they are."""
    body = json.dumps(kept_data(at=timezone.now()), ensure_ascii=False, separators=(",", ":"))
    tag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    response = HttpResponse(body, content_type="application/json", headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=response) or response
