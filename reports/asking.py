"""What every address of the API has in common: who asks, in which language, and refusals."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from ninja import Field, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from ninja.security import HttpBearer

from people.clients import READ, grant_of
from people.models import MachineClient, Mandate
from people.networks import is_within
from reports.mandated import mandate_today
from reports.models import Purpose
from reports.ranges import Range

# The ETag of an answer, and 304 for whoever has this very answer already.
unless_known = decorate_view(cache_control(private=True, no_cache=True), conditional_page)
LANGUAGES = ("en", "sr", "sr-latn")
RATE = "1200/m"


class ClientToken(HttpBearer):
    """A machine client's token, long-lived or got for its secret, that opens one of some scopes."""

    def __init__(self, *scopes: str) -> None:
        super().__init__()
        self.scopes = scopes or (READ,)

    def authenticate(self, request: HttpRequest, token: str) -> MachineClient | None:
        """Return the client. Raises HttpError (403): it comes from elsewhere, or may do less."""
        grant = grant_of(token, at=timezone.now())
        if grant is None:
            return None
        address = request.META["REMOTE_ADDR"]
        if not is_within(address, grant.client.networks):
            raise HttpError(
                403,
                f"The client “{grant.client}” may not come from {address}. "
                "An administrator of the site can add the network.",
            )
        if not grant.scopes & set(self.scopes):
            wanted = " or ".join(self.scopes)
            raise HttpError(403, f"This token was not given for this: it needs the scope {wanted}.")
        return grant.client


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


class RangeIn(Schema):
    """Of which rows: those of a course, or of days of enrolment; of all if nothing is said."""

    course: UUID | None = Field(None, description="Key of the course.")
    enrolled_from: date | None = Field(None, description="First day of enrolment, UTC.")
    enrolled_to: date | None = Field(None, description="Last day of enrolment, UTC.")
    undated: bool = Field(False, description="The rows that a digest by day puts under “”.")

    def wanted(self) -> Range:
        """Return the range. Raises HttpError (400) for days of rows that have none."""
        if self.undated and (self.enrolled_from or self.enrolled_to):
            raise HttpError(400, "undated: rows without a day lie in no range of days")
        return Range(self.course, self.enrolled_from, self.enrolled_to, self.undated)


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
    mandate = mandate_today(client=client, at=timezone.now())
    if mandate:
        return mandate
    raise HttpError(
        403,
        f"The client “{client}” has no mandate that holds today. "
        "An administrator of the site can give it one.",
    )
