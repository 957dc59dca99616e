"""Statements on their way out: in which form, and with or without their attachments."""

import json
from collections.abc import Sequence
from typing import Any

from lrs.attachments import attachments_of
from lrs.forms import canonical, only_ids
from lrs.http.answers import Answer
from lrs.http.parcels import pack
from lrs.parsing import written


def one(text: str, form: str, languages: str, attachments: bool) -> Answer:
    """Return one statement."""
    shaped = _shaped([text], form, languages)
    return _answer(shaped[0].encode(), shaped, attachments)


def many(texts: Sequence[str], more: str, form: str, languages: str, attachments: bool) -> Answer:
    """Return a StatementResult (1.0.3 Data 2.5): the statements, and where to go on."""
    shaped = _shaped(texts, form, languages)
    body = f'{{"statements":[{",".join(shaped)}],"more":{json.dumps(more)}}}'
    return _answer(body.encode(), shaped, attachments)


def _shaped(texts: Sequence[str], form: str, languages: str) -> list[str]:
    """Return the texts as stored, or as the format asks for."""
    if form == "exact":
        return list(texts)
    statements: list[dict[str, Any]] = [json.loads(text) for text in texts]
    made = only_ids(statements) if form == "ids" else canonical(statements, languages)
    return [written(one_) for one_ in made]


def _answer(body: bytes, shaped: Sequence[str], attachments: bool) -> Answer:
    if not attachments:
        return Answer(body=body)
    statements = [json.loads(text) for text in shaped if '"attachments"' in text]
    content_type, parcel = pack(body, attachments_of(statements))
    return Answer(body=parcel, content_type=content_type)
