"""From enrolments to rows: what the keys in them stand for is looked up when a report is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assessments.models import Attempt
from certificates.claims import band_of, class_of
from certificates.models import ACHIEVEMENT, ATTENDANCE, Certificate
from courses.models import Cohort, Edition, Enrolment
from people.actors import people_of, person_key
from people.models import Function, Institution, Mandate, Profession, User
from reports.columns import may_see
from reports.filters import LANGUAGES, STATUSES
from reports.mandated import audience_of
from reports.row import COLUMNS, CompletionRow
from reports.titles import titles_of

CLASSES = {
    ACHIEVEMENT: pgettext_lazy("class of a certificate", "Achievement"),
    ATTENDANCE: pgettext_lazy("class of a certificate", "Attendance"),
}
_NO_EDITION = Edition(minutes=0, rule={}, outline={"modules": []})


@dataclass(frozen=True)
class Facts:
    """What else the log says of some enrolments: judged attempts, and the newest certificates."""

    attempts: Mapping[UUID, Sequence[Attempt]]
    certificates: Mapping[UUID, Certificate]


def rows(
    *, mandate: Mandate, enrolments: Iterable[Enrolment], facts: Facts | None = None
) -> list[CompletionRow]:
    """Return the rows of some enrolments, without what the mandate may not see.

    The facts are those of now, unless others are given.
    """
    page = list(enrolments)
    known = _Known.of(page, facts or facts_of([e.pk for e in page]))
    hidden: dict[str, Any] = {
        one.name: None for one in COLUMNS.values() if not may_see(mandate, one)
    }
    audience = audience_of(mandate)
    return [replace(_row(enrolment, audience, known), **hidden) for enrolment in page]


def status_of(enrolment: Enrolment) -> str:
    """Return the state of an enrolment: a key of `reports.filters.STATUSES`."""
    if enrolment.completed_at:
        return "completed"
    if enrolment.withdrawn_at:
        return "withdrawn"
    return "started" if enrolment.started_at else "enrolled"


def institution_of(enrolment: Enrolment) -> UUID | None:
    """Return the institution at completion, or else at enrolment."""
    return enrolment.completed_institution_key or enrolment.institution_key


def profession_of(enrolment: Enrolment) -> str:
    """Return the profession at completion, or else at enrolment."""
    return enrolment.completed_profession_key or enrolment.profession_key


def function_of(enrolment: Enrolment) -> str:
    """Return the function at completion, also that there was none, or until then at enrolment."""
    return enrolment.completed_function_key if enrolment.completed_at else enrolment.function_key


@dataclass(frozen=True)
class _Tests:
    """When the tests that count as the result were passed and failed last."""

    passed: dict[UUID, datetime]
    failed: datetime | None


@dataclass
class _Known:
    """What the keys in a page of rows stand for: a fixed number of queries for any number."""

    people: dict[UUID, User]
    professions: dict[str, str]
    functions: dict[str, str]
    institutions: dict[UUID, str]
    courses: dict[UUID, str]
    cohorts: dict[UUID, str]
    editions: dict[tuple[UUID, int], Edition]
    facts: Facts

    @classmethod
    def of(cls, page: list[Enrolment], facts: Facts) -> "_Known":
        people = people_of([e.learner for e in page])
        institutions = {institution_of(e) for e in page}
        institutions |= {p.institution.key for p in people.values() if p.institution}
        cohorts = Cohort.objects.filter(key__in={e.cohort_key for e in page})
        return cls(
            people=people,
            professions={p.key: p.name for p in Profession.objects.all()},
            functions={f.key: f.name for f in Function.objects.all()},
            institutions={i.key: i.name for i in Institution.objects.filter(key__in=institutions)},
            courses=titles_of({e.course for e in page}),
            cohorts={c.key: c.name for c in cohorts},
            editions=_editions(page),
            facts=facts,
        )

    def edition(self, enrolment: Enrolment) -> Edition:
        return self.editions.get((enrolment.course, enrolment.edition or 0), _NO_EDITION)

    def tests(self, enrolment: Enrolment, counting: list[UUID]) -> _Tests:
        """Return what became of the tests that count, whatever the order of the attempts."""
        passed: dict[UUID, datetime] = {}
        failed: datetime | None = None
        for attempt in self.facts.attempts.get(enrolment.registration, ()):
            key, ended = attempt.quiz_key, attempt.finished_at
            if ended is None or key not in counting:
                continue
            if attempt.passed:
                passed[key] = min(ended, passed.get(key, ended))
            elif attempt.passed is False and attempt.decides:
                failed = max(ended, failed or ended)
        return _Tests(passed, failed)


def _editions(page: list[Enrolment]) -> dict[tuple[UUID, int], Edition]:
    editions = Edition.objects.filter(
        course_key__in={e.course for e in page}, number__in={e.edition for e in page}
    )
    return {(edition.course_key, edition.number): edition for edition in editions}


def facts_of(registrations: Collection[UUID]) -> Facts:
    """Return the facts of some enrolments as they are now. Two queries."""
    mine = Q(registration__in=registrations)
    columns = ("registration", "quiz_key", "finished_at", "passed", "pass_mark")
    return facts_from(
        Attempt.objects.filter(mine, passed__isnull=False).only(*columns),
        Certificate.objects.known().filter(mine, replaced_by=None),
    )


def facts_from(attempts: Iterable[Attempt], certificates: Iterable[Certificate]) -> Facts:
    """Return the facts that some rows state; a certificate that was replaced is none."""
    judged: dict[UUID, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        if attempt.passed is not None:
            judged[attempt.registration].append(attempt)
    standing = [one for one in certificates if one.earned_at and not one.replaced_by]
    newest = sorted(standing, key=lambda one: (one.earned_at, one.key))
    return Facts(judged, {one.registration: one for one in newest})


def _row(enrolment: Enrolment, audience: UUID, known: _Known) -> CompletionRow:
    state, edition = status_of(enrolment), known.edition(enrolment)
    return CompletionRow(
        enrolment=enrolment.registration,
        person=person_key(enrolment.learner, audience),
        course=enrolment.course,
        course_name=known.courses.get(enrolment.course, str(enrolment.course)),
        edition=enrolment.edition or 0,
        cohort=known.cohorts.get(enrolment.cohort_key, "") if enrolment.cohort_key else "",
        cohort_key=enrolment.cohort_key,
        status=state,
        status_name=str(STATUSES[state]),
        enrolled_at=enrolment.enrolled_at,
        started_at=enrolment.started_at,
        completed_at=enrolment.completed_at,
        withdrawn_at=enrolment.withdrawn_at,
        nominal_hours=_hours(edition.minutes),
        hours=None if enrolment.minutes is None else _hours(enrolment.minutes),
        credited_by_edition=enrolment.edition if enrolment.completed_at else None,
        language=(language := enrolment.language) or None,
        language_name=str(LANGUAGES.get(language, language)),
        certificate_class=(kind := class_of(edition.rule)),
        certificate_class_name=str(CLASSES[kind]),
        score_band=band_of(enrolment.result),
        result=None if enrolment.result is None else round(enrolment.result * 100, 1),
        **_person(enrolment, known),
        **_tests(enrolment, edition, known),
        **_certificate(enrolment, known),
    )


def _person(enrolment: Enrolment, known: _Known) -> dict[str, Any]:
    person = known.people.get(enrolment.learner)
    profession, then = profession_of(enrolment), institution_of(enrolment)
    now = person.institution.key if person and person.institution else None
    return {
        "name": person.display_name if person else None,
        "email": person.email if person else None,
        "personnel_number": person.personnel_number if person else None,
        "profession": profession,
        "profession_name": known.professions.get(profession, profession),
        "institution": then,
        "institution_name": known.institutions.get(then, "") if then else "",
        "institution_now": now,
        "institution_now_name": known.institutions.get(now, "") if now else "",
        **_functions(enrolment, person, known),
    }


def _functions(enrolment: Enrolment, person: User | None, known: _Known) -> dict[str, str]:
    then = function_of(enrolment)
    now = person.function.key if person and person.function else ""
    return {
        "function": then,
        "function_name": known.functions.get(then, then),
        "function_now": now,
        "function_now_name": known.functions.get(now, now),
    }


def _tests(enrolment: Enrolment, edition: Edition, known: _Known) -> dict[str, Any]:
    counting = edition.result_keys() if edition.rule else []
    tests = known.tests(enrolment, counting)
    whole = counting and set(counting) <= set(tests.passed)
    return {
        "failed_at": tests.failed,
        "passed_at": max(tests.passed.values()) if whole else None,
    }


def _certificate(enrolment: Enrolment, known: _Known) -> dict[str, Any]:
    certificate = known.facts.certificates.get(enrolment.registration)
    return {
        "certificate": certificate.serial if certificate else "",
        "certified_at": certificate.earned_at if certificate else None,
        "certificate_valid_until": certificate.valid_until if certificate else None,
        "certificate_revoked_at": certificate.revoked_at if certificate else None,
    }


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)
