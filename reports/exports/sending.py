"""Send a file that was made: it leaves only once it is written down who is in it."""

import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from django.http import StreamingHttpResponse
from django.utils import timezone

from people.models import Mandate
from reports.disclosures.giving import keep_members
from reports.exports.making import make_file
from reports.filters import Filters
from reports.models import Disclosure

# So many rows are sent at once; more are made by a task. Five thousand take some seconds.
AT_ONCE = 5_000
_IN_MEMORY = 4 * 1024 * 1024
_CHUNK = 64 * 1024


def made_at_once(disclosure: Disclosure, *, mandate: Mandate, filters: Filters) -> BinaryIO:
    """Return the file of a small report, its disclosure saved as about to be sent."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (sent, then closed)
    opened = cast(BinaryIO, file)
    members = make_file(opened, disclosure, mandate=mandate, filters=filters, far=lambda rows: None)
    disclosure.outcome = Disclosure.Outcome.SENDING
    keep_members(disclosure, members)
    return opened


def sent(
    file: IO[bytes], disclosure: Disclosure, *, name: str, media_type: str
) -> StreamingHttpResponse:
    """Return the answer that sends a file; when it ends, it is written down how."""
    response = StreamingHttpResponse(_chunks(file, disclosure), content_type=media_type)
    stem, _dot, ending = name.partition(".")
    day = timezone.localdate(disclosure.at).isoformat()
    response["Content-Disposition"] = f'attachment; filename="{stem}-{day}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _chunks(file: IO[bytes], disclosure: Disclosure) -> Iterator[bytes]:
    outcome = Disclosure.Outcome.BROKEN
    try:
        with file:
            while chunk := file.read(_CHUNK):
                yield chunk
        outcome = Disclosure.Outcome.SENT
    finally:
        _ended(disclosure, outcome)


def _ended(disclosure: Disclosure, outcome: str) -> None:
    """Write down how it ended. What was sent whole once stays so, if it breaks off later."""
    Disclosure.objects.filter(pk=disclosure.pk).exclude(outcome=Disclosure.Outcome.SENT).update(
        outcome=outcome, ended_at=timezone.now()
    )
