"""What a resource answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

from lrs.parsing import written

JSON = "application/json"


@dataclass
class Answer:
    """Status, body and headers of an answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, *, status: int = 200, **headers: str) -> Answer:
    """Answer with a value as JSON."""
    return Answer(status=status, body=written(value).encode(), headers=headers)


def no_content() -> Answer:
    """Answer that it is done, and that there is nothing to say."""
    return Answer(status=204)


def last_modified(moment: datetime) -> dict[str, str]:
    """Return the header that tells when something was stored."""
    return {"Last-Modified": http_date(moment.timestamp())}


def http(answer: Answer, *, version: str, head: bool, common: Mapping[str, str]) -> HttpResponse:
    """Turn an answer into Django's response; a HEAD request gets the headers alone."""
    response = HttpResponse(b"" if head else answer.body, status=answer.status)
    if answer.status in (204, 304):
        del response["Content-Type"]
    else:
        response["Content-Type"] = answer.content_type
        response["Content-Length"] = str(len(answer.body))
    for name, value in (*common.items(), *answer.headers.items()):
        response[name] = value
    response["X-Experience-API-Version"] = version
    return response
