"""What every address of the API has in common: who asks, in which language, and refusals."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from people.clients import client_of
from people.models import MachineClient, Mandate
from reports.mandated import is_valid
from reports.models import Purpose

LANGUAGES = ("en", "sr", "sr-latn")
RATE = "1200/m"


class ClientToken(HttpBearer):
    """A machine client's token."""

    def authenticate(self, request: HttpRequest, token: str) -> MachineClient | None:
        return client_of(token, at=timezone.now())


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


LANGUAGE: Any = Field(
    "en",
    description="Language of the names; `sr` is Cyrillic. Keys are the same in all.",
    json_schema_extra={"enum": list(LANGUAGES)},
)


PURPOSE: Any = Field(
    "",
    description="For what the rows are taken, if you wish to say: it is written down.",
    json_schema_extra={"enum": ["", *Purpose.values]},
)


def require_known_names(request: HttpRequest, known: type[Schema]) -> None:
    """Refuse what is not a parameter: a misspelt filter must not read as "everybody"."""
    unknown = sorted(request.GET.keys() - known.model_fields.keys())
    if unknown:
        names = ", ".join(known.model_fields)
        raise HttpError(400, f"unknown parameter: {', '.join(unknown)}; there are {names}")


def require_language(language: str) -> None:
    if language not in LANGUAGES:
        raise HttpError(400, f"language is one of {', '.join(LANGUAGES)}")


def require_purpose(purpose: str) -> None:
    if purpose and purpose not in Purpose.values:
        raise HttpError(400, f"purpose is one of {', '.join(Purpose.values)}")


def mandate_of(request: HttpRequest) -> Mandate:
    """Return the mandate of the client that asks. Raises HttpError (403) if none holds today."""
    client: MachineClient = request.auth  # type: ignore[attr-defined]
    now = timezone.now()
    for mandate in Mandate.objects.filter(client=client):
        if is_valid(mandate, now):
            return mandate
    raise HttpError(
        403,
        f"The client “{client}” has no mandate that holds today. "
        "An administrator of the site can give it one.",
    )
