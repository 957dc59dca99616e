"""The completion report for machines: the same rows as JSON, with a bearer token.

Nothing here depends on who asks in what language: keys are the same for all, and names are in
English unless the address asks for another language.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from people.clients import NAMES, READ
from reports.asking import (
    LANGUAGE,
    PURPOSE,
    RATE,
    ClientToken,
    Problem,
    mandate_of,
    require_known_names,
    require_language,
    require_purpose,
    unless_known,
)
from reports.completions import report
from reports.dictionary import Entry, data_dictionary
from reports.disclosures.machines import record_pull
from reports.filters import (
    DAYS,
    LANGUAGES,
    PERIODS,
    STATUSES,
    UnreadableFilter,
    as_it_stood,
    read_filters,
    require_known,
)
from reports.models import Kind
from reports.row import CompletionRow
from reports.schema import as_json, schema_of

MAX_LIMIT = 1000
_EXAMPLE_KEY = "4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11"


CompletionOut = schema_of(CompletionRow, name="CompletionOut")


def _said(description: str) -> Any:
    return Field(..., description=description)


class CompletionsOut(Schema):
    """A page of rows with the totals of the whole report."""

    participations: int = _said("Enrolments in the whole report.")
    persons: int = _said("Distinct people in the whole report.")
    completions: int = _said("Completed enrolments in the whole report.")
    persons_completed: int = _said("Distinct people who completed.")
    as_of: datetime | None = _said("The moment as of which the report is; null for now.")
    limit: int
    offset: int
    rows: list[CompletionOut]  # type: ignore[valid-type]


class EntryOut(Schema):
    """What one column of a completion row means."""

    name: str = _said("Name of the column in this API.")
    heading: str = _said("Heading of the column on the page and in the file.")
    description: str
    type: str
    seen_by: str = _said("Which mandates have a value there; for others it is null.")
    source: str = _said("Where the value comes from.")
    values: list[str] = _said("The values that there can be, if they are few.")


def _asked(description: str, *examples: str, **more: Any) -> Any:
    return Field("", description=description, examples=list(examples), json_schema_extra=more)


class FiltersIn(Schema):
    """Filters as on the page."""

    profession: str = _asked("Key of a profession.", "judge", "police-officer")
    institution: str = _asked(
        "Key of an institution; everything below it counts.", _EXAMPLE_KEY, format="uuid"
    )
    course: str = _asked("Key of a course.", _EXAMPLE_KEY, format="uuid")
    status: str = _asked("State of the enrolment.", "completed", enum=list(STATUSES))
    training_language: str = _asked(
        "Language in which the course was completed.", "sr", enum=list(LANGUAGES)
    )
    cohort: str = _asked("Key of a cohort.", _EXAMPLE_KEY, format="uuid")
    period: str = _asked(
        "Whose day counts: that of completion unless you say otherwise; `certified` is the day of "
        "the newest certificate.",
        "completed",
        enum=list(PERIODS),
    )
    first_day: str = _asked("First day that counts, in Belgrade.", "2026-01-01", format="date")
    last_day: str = _asked("Last day that counts, in Belgrade.", "2026-12-31", format="date")
    days: str = _asked(
        "Days by name, in place of first and last day; which they are depends on today.",
        "last-quarter",
        enum=list(DAYS),
    )


class CompletionsIn(FiltersIn):
    """Which report, and which part of it."""

    as_of: str = _asked(
        "The report as it stood: a day in Belgrade (at its end; today, now), or a moment in "
        "ISO 8601.",
        "2026-06-30",
        "2026-06-30T12:00:00Z",
    )
    language: str = LANGUAGE
    purpose: str = PURPOSE
    limit: int = Field(100, ge=1, le=MAX_LIMIT, description="How many rows at most.")
    offset: int = Field(0, ge=0, description="How many rows to leave out at the beginning.")


router = Router(tags=["completions"])


@router.get(
    "/completions",
    response={200: CompletionsOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(),
    throttle=[AuthRateThrottle(RATE)],
)
@unless_known
def list_completions(request: HttpRequest, asked: Query[CompletionsIn]) -> dict[str, Any]:
    """Return completions within the client's mandate, newest first, at most 1,000 at a time.

    With `as_of` the report as it stood then; names, and what the mandate covers, are of today.
    400: a parameter is unknown or has a value that is; the answer names it. 401: there is no
    token, or it is wrong, expired or revoked. 403: the client has no mandate that holds today.
    429: more than 1,200 requests within a minute; `Retry-After` says how many seconds to wait.
    """
    with override("en"):
        require_known_names(request, CompletionsIn)
        require_language(asked.language)
        require_purpose(asked.purpose)
        mandate = mandate_of(request)
        try:
            filters = read_filters({k: str(v) for k, v in asked.dict().items()})
            require_known(filters)
            filters = as_it_stood(filters, at=timezone.now())
        except UnreadableFilter as unreadable:
            raise HttpError(400, str(unreadable)) from unreadable
    part = slice(asked.offset, asked.offset + asked.limit)
    with override(asked.language), report(mandate=mandate, filters=filters) as then:
        totals = then.totals()
        found = [as_json(row, asked.language) for row in then[part]]
    record_pull(
        mandate=mandate,
        kind=Kind.API,
        rows=len(found),
        purpose=asked.purpose,
        language=asked.language,
        at=timezone.now(),
    )
    return {
        **vars(totals),
        "as_of": filters.moment,
        "limit": asked.limit,
        "offset": asked.offset,
        "rows": found,
    }


class DictionaryIn(Schema):
    """In which language."""

    language: str = LANGUAGE


@router.get(
    "/completions/dictionary",
    response={200: list[EntryOut], 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(READ, NAMES),
    throttle=[AuthRateThrottle(RATE)],
)
@unless_known
def completions_dictionary(request: HttpRequest, asked: Query[DictionaryIn]) -> list[Entry]:
    """Return what each column of a completion row means, who may see it, whence it comes.

    Made of the definition from which page, file and this API are made, too.
    """
    with override("en"):
        require_known_names(request, DictionaryIn)
        require_language(asked.language)
    with override(asked.language):
        return data_dictionary(language=asked.language)
