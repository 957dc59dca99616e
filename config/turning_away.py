"""What is answered, without a database, to whom there is no room for now."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from lrs.http.door import refuse
from lrs.http.leftovers import read_on
from lrs.refusals import Busy
from serbian import page_to_latin

# In seconds. A full queue is worked off in less.
_COME_AGAIN = 1
_DETAIL = {"detail": "too many requests at once; nothing was changed"}


def turn_away(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer 503 with Retry-After: to a machine in its own form, to a person with a page."""
    path = environ["PATH_INFO"]
    if path.startswith(settings.LRS_MOUNT):
        busy = Busy("too many requests at once; nothing was stored", retry_after=_COME_AGAIN)
        response = refuse(WSGIRequest(environ), settings.LRS_MOUNT, busy)
        headers = list(response.items())
        body = bytes(response.content)
    elif path.startswith("/api/"):
        body = json.dumps(_DETAIL).encode()
        headers = _headers("application/json", body)
    else:
        language = get_language_from_request(WSGIRequest(environ), check_path=True)
        body = _page(language, environ["REQUEST_METHOD"] == "POST")
        headers = _headers("text/html; charset=utf-8", body)
    read_on(environ["wsgi.input"], settings.LRS_MAX_BODY)
    start_response("503 Service Unavailable", headers)
    return [body]


def _headers(content_type: str, body: bytes) -> list[tuple[str, str]]:
    return [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Retry-After", str(_COME_AGAIN)),
    ]


@cache
def _page(language: str, was_sent: bool) -> bytes:
    """Return the page for a reader; `was_sent` for whoever sent a form."""
    with override(language):
        page = render_to_string("503.html", {"was_sent": was_sent, "language": language})
    return (page_to_latin(page) if language == "sr-latn" else page).encode()
