"""Who was given the data of one person: exact for files, and for machines what they may have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from courses.models import Enrolment
from people.actors import person_key
from reports.disclosures.members import holds
from reports.models import Disclosure, Included, Kind, Purpose, Scope

_AT_A_TIME = 50


@dataclass(frozen=True)
class Received:
    """That a reader was given the person's data; of a machine, what it may have been given.

    A machine's days are put together: `last` and `days` are None for a file.
    """

    at: datetime
    reader: str
    mandate: str
    kind: str
    purpose: str
    identified: bool
    last: date | None = None
    days: int | None = None

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def purpose_words(self) -> str:
        return str(Purpose(self.purpose).label) if self.purpose else ""


def received(actor: UUID) -> list[Received]:
    """Return who was given the data of a person, the newest first."""
    found = [_of_file(one) for one in files_with(actor)] + list(_of_machines(actor))
    return sorted(found, key=lambda one: one.at, reverse=True)


def files_with(actor: UUID) -> list[Disclosure]:
    """Return what left, whole or in part, or is open to others, with rows about a person in it."""
    gone = Disclosure.Outcome
    return [
        one
        for one in disclosures_with(actor)
        if one.outcome in (gone.SENDING, gone.SENT, gone.BROKEN, gone.KEPT)
    ]


def disclosures_with(actor: UUID) -> Iterator[Disclosure]:
    """Yield every file that was made with rows about a person, also what nobody has fetched."""
    files = Disclosure.objects.filter(day=None).order_by("audience")
    audiences = list(files.values_list("audience", flat=True).distinct())
    for start in range(0, len(audiences), _AT_A_TIME):
        some = audiences[start : start + _AT_A_TIME]
        keys = {audience: person_key(actor, audience) for audience in some}
        for block in _blocks(keys):
            if holds(block, keys[block.disclosure.audience]):
                yield block.disclosure


def _blocks(keys: dict[UUID, str]) -> Iterable[Included]:
    wanted = Q(pk=None)
    for audience, key in keys.items():
        wanted |= Q(disclosure__audience=audience, first__lte=key, last__gte=key)
    return Included.objects.filter(wanted).select_related("disclosure").iterator(chunk_size=50)


def _of_file(one: Disclosure) -> Received:
    return Received(
        at=one.at,
        reader="",
        mandate=one.mandate_name,
        kind=one.kind,
        purpose=one.purpose,
        identified=one.identified,
    )


def _of_machines(actor: UUID) -> Iterator[Received]:
    """Yield what machines may have been given.

    An enrolment lay in their scope on a day on which they asked, at enrolment or at completion.
    """
    enrolments = list(Enrolment.objects.filter(actor=actor))
    pulled = Disclosure.objects.filter(day__isnull=False)
    within = Q(pk=None)
    for scope in Scope.objects.filter(pk__in=pulled.values("scope")).iterator():
        if first := _first_day(enrolments, scope):
            within |= Q(scope=scope, day__gte=first)
    sums = (
        pulled.filter(within)
        .order_by()
        .values("client_name", "mandate_name", "kind", "purpose", "identified")
        .annotate(begun=Min("at"), last=Max("day"), days=Count("day", distinct=True))
    )
    for one in sums:
        yield Received(
            at=one["begun"],
            reader=one["client_name"],
            mandate=one["mandate_name"],
            kind=one["kind"],
            purpose=one["purpose"],
            identified=one["identified"],
            last=one["last"],
            days=one["days"],
        )


def _first_day(enrolments: list[Enrolment], scope: Scope) -> date | None:
    """Return since when an enrolment may lie in a scope."""
    institutions, professions = set(scope.institutions), set(scope.professions)
    days = [
        timezone.localdate(one.enrolled_at)
        for one in enrolments
        if one.enrolled_at
        and institutions & {str(one.institution_key), str(one.completed_institution_key)}
        and professions & {one.profession_key, one.completed_profession_key}
    ]
    return min(days, default=None)
