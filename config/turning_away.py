"""What is answered, without a database, to whom there is no room for now."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from lrs.http.door import refuse
from lrs.http.leftovers import read_on
from lrs.refusals import Busy

# In seconds. A full queue is worked off in less.
_COME_AGAIN = 1
_WORDS = (
    "Too many visitors at once. Please try again in a moment.\n"
    "Превише посетилаца одједном. Молимо Вас, покушајте поново за тренутак.\n"
)


def turn_away(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer 503 with Retry-After: to a machine as the record store does, else in plain words."""
    if environ["PATH_INFO"].startswith(settings.LRS_MOUNT):
        busy = Busy("too many requests at once; nothing was stored", retry_after=_COME_AGAIN)
        response = refuse(WSGIRequest(environ), settings.LRS_MOUNT, busy)
        headers = list(response.items())
        body = bytes(response.content)
    else:
        body = _WORDS.encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Retry-After", str(_COME_AGAIN)),
        ]
    read_on(environ["wsgi.input"], settings.LRS_MAX_BODY)
    start_response("503 Service Unavailable", headers)
    return [body]
