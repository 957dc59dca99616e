"""The completion report: one definition for page, file and API, so that they cannot differ.

A row is one enrolment. Its person is a key that differs from reader to reader; only a mandate
with the identified right also sees name, official e-mail and personnel number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from certificates.models import Certificate
from cms.languages import content_language
from courses.models import Cohort, CoursePage, Enrolment
from people.actors import people_of, person_key
from people.models import Institution, Mandate, Profession, User
from reports.filters import Filters, apply_filters
from reports.mandated import audience_of, enrolments_within


@dataclass(frozen=True)
class CompletionRow:
    """One enrolment as reported. Times are aware; `hours` is credited hours; `result` per cent.

    Names are in the active language; the keys, which no column shows, are the same in all.
    """

    enrolment: UUID
    person: str
    name: str | None
    email: str | None
    personnel_number: str | None
    profession: str
    institution: str
    course: str
    edition: int
    cohort: str
    status: str
    enrolled_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    withdrawn_at: datetime | None
    hours: float | None
    result: float | None
    certificate: str
    profession_key: str = ""
    institution_key: UUID | None = None
    course_key: UUID | None = None


_KEYS = {"profession_key", "institution_key", "course_key"}
IDENTIFIED = ("name", "email", "personnel_number")


@dataclass(frozen=True)
class Totals:
    """Participations are enrolments; persons are distinct people."""

    participations: int
    persons: int
    completions: int
    persons_completed: int


def columns_for(mandate: Mandate) -> list[str]:
    """Return the columns that this mandate may see, in order."""
    names = [field.name for field in fields(CompletionRow)]
    hidden = _KEYS if mandate.identified else {*_KEYS, *IDENTIFIED}
    return [name for name in names if name not in hidden]


def completions(*, mandate: Mandate, filters: Filters) -> QuerySet[Enrolment]:
    """Return the enrolments of the report, newest completion first, in a stable order."""
    enrolments = apply_filters(enrolments_within(mandate), filters)
    return enrolments.order_by(
        F("completed_at").desc(nulls_last=True),
        F("enrolled_at").desc(nulls_last=True),
        "registration",
    )


def totals_of(enrolments: QuerySet[Enrolment]) -> Totals:
    """Count persons and participations, in one query."""
    counts = enrolments.order_by().aggregate(
        participations=Count("pk"),
        persons=Count("actor", distinct=True),
        completions=Count("completed_at"),
        persons_completed=Count("actor", distinct=True, filter=Q(completed_at__isnull=False)),
    )
    return Totals(**counts)


def rows(*, mandate: Mandate, enrolments: Iterable[Enrolment]) -> list[CompletionRow]:
    """Return the rows of some enrolments; names join here, when the report is read."""
    page = list(enrolments)
    names = _Names.of(page, identified=mandate.identified)
    return [_row(enrolment, mandate, names) for enrolment in page]


def all_rows(*, mandate: Mandate, filters: Filters, size: int = 500) -> Iterator[CompletionRow]:
    """Yield every row of the report, some hundreds at a time."""
    keys = list(completions(mandate=mandate, filters=filters).values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        batch = Enrolment.objects.in_bulk(keys[start : start + size])
        chunk = [batch[key] for key in keys[start : start + size] if key in batch]
        yield from rows(mandate=mandate, enrolments=chunk)


@dataclass
class _Names:
    """What the keys in a page of rows stand for: a fixed number of queries for any number."""

    people: dict[UUID, User]
    professions: dict[str, str]
    institutions: dict[UUID, str]
    courses: dict[UUID, str]
    cohorts: dict[UUID, str]
    serials: dict[UUID, str]

    @classmethod
    def of(cls, page: list[Enrolment], *, identified: bool) -> "_Names":
        institutions = {e.completed_institution_key or e.institution_key for e in page}
        certificates = Certificate.objects.standing().filter(registration__in=[e.pk for e in page])
        return cls(
            people=people_of([e.learner for e in page]) if identified else {},
            professions={p.key: p.name for p in Profession.objects.all()},
            institutions={i.key: i.name for i in Institution.objects.filter(key__in=institutions)},
            courses=_titles({e.course for e in page}),
            cohorts={
                c.key: c.name for c in Cohort.objects.filter(key__in={e.cohort_key for e in page})
            },
            serials=dict(certificates.values_list("registration", "serial")),
        )


def _titles(keys: set[UUID]) -> dict[UUID, str]:
    active = content_language()
    # English comes first, so that the active language, if the course has it, wins.
    pages = CoursePage.objects.filter(
        translation_key__in=keys, locale__language_code__in={"en", active}
    ).order_by("locale__language_code")
    return {page.translation_key: page.title for page in pages}


def _row(enrolment: Enrolment, mandate: Mandate, names: _Names) -> CompletionRow:
    person = names.people.get(enrolment.learner)
    institution = enrolment.completed_institution_key or enrolment.institution_key
    profession = enrolment.completed_profession_key or enrolment.profession_key
    return CompletionRow(
        enrolment=enrolment.registration,
        person=person_key(enrolment.learner, audience_of(mandate)),
        name=person.display_name if person else None,
        email=person.email if person else None,
        personnel_number=person.personnel_number if person else None,
        profession=names.professions.get(profession, profession),
        institution=names.institutions.get(institution, "") if institution else "",
        course=names.courses.get(enrolment.course, str(enrolment.course)),
        edition=enrolment.edition or 0,
        cohort=names.cohorts.get(enrolment.cohort_key, "") if enrolment.cohort_key else "",
        status=status_of(enrolment),
        enrolled_at=enrolment.enrolled_at,
        started_at=enrolment.started_at,
        completed_at=enrolment.completed_at,
        withdrawn_at=enrolment.withdrawn_at,
        hours=None if enrolment.minutes is None else round(enrolment.minutes / 60, 2),
        result=None if enrolment.result is None else round(enrolment.result * 100, 1),
        certificate=names.serials.get(enrolment.registration, ""),
        profession_key=profession,
        institution_key=institution,
        course_key=enrolment.course,
    )


def status_of(enrolment: Enrolment) -> str:
    """Return the state of an enrolment: a key of `reports.filters.STATUSES`."""
    if enrolment.completed_at:
        return "completed"
    if enrolment.withdrawn_at:
        return "withdrawn"
    return "started" if enrolment.started_at else "enrolled"
