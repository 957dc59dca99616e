"""Send the people of a list by name: written down before the first byte leaves.

Whoever was found on it reads of it in their own record. Of the others nobody knows here who they
are: they are lines.
"""

import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import get_language

from people.actors import person_key
from people.models import User
from reports.coverage.asking import Asked
from reports.coverage.files import TYPES, content_of, people_table
from reports.coverage.forms import Wish
from reports.coverage.standing import Standing
from reports.disclosures.giving import given, keep_members
from reports.disclosures.members import Members
from reports.exports.sending import sent
from reports.mandated import audience_of
from reports.models import Disclosure, Kind, ObligedList

_NAME = "coverage"


def taken(
    rows: list[Standing], *, obliged: ObligedList, asked: Asked, wish: Wish, by: User, at: datetime
) -> StreamingHttpResponse:
    """Return the answer that sends these people as a file."""
    data = content_of(people_table(rows), form=wish.file, name=_NAME, at=at)
    disclosure = given(
        by=by,
        mandate=obliged.mandate,
        at=at,
        kind=Kind.COVERAGE,
        language=get_language() or "en",
        filters=_told(obliged, asked),
        identified=True,
        exact_results=False,
        purpose=wish.purpose,
        purpose_words=wish.purpose_words,
        rows=len(rows),
        sha256=hashlib.sha256(data).hexdigest(),
        outcome=Disclosure.Outcome.SENDING,
    )
    keep_members(disclosure, _members(rows, audience_of(obliged.mandate)))
    name = f"{_NAME}.{wish.file}"
    return sent(io.BytesIO(data), disclosure, name=name, media_type=TYPES[wish.file])


def _members(rows: Iterable[Standing], audience: UUID) -> Members:
    members = Members()
    for one in rows:
        if one.actor:
            members.add(person_key(one.actor, audience))
    return members


def _told(obliged: ObligedList, asked: Asked) -> str:
    """Return which people of which list. Of a search only that there was one: it may be a name."""
    said = {
        "list": obliged.name,
        "state": asked.state,
        "institution": asked.institution,
        "profession": asked.profession,
        "searched": "yes" if asked.words else "",
    }
    return urlencode({name: value for name, value in said.items() if value})
