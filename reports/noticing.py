"""When a completion row becomes another: written in the transaction that makes it so."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from assessments.models import Attempt
from certificates.models import Certificate
from courses.models import Enrolment
from lrs.watching import Cause, Changed, Watch
from people.models import User
from reports.models import Change, CompletionChange

_BATCH = 1000
_WEIGHT = {change: number for number, change in enumerate(Change)}
# What the row is made of; when somebody was last active does not stand in it.
_ENROLMENT = frozenset(
    field.attname for field in Enrolment._meta.concrete_fields if field.name != "last_activity_at"
)
_CERTIFICATE = frozenset({"serial", "earned_at", "valid_until", "replaced_by", "revoked_at"})
_ATTEMPT = frozenset({"passed"})


def tell(changes: Sequence[Changed], cause: Cause) -> None:
    """Write one change for each enrolment whose row is otherwise than before."""
    by_registration: dict[UUID, list[Changed]] = {}
    for changed in changes:
        if _counts(changed):
            by_registration.setdefault(changed.registration, []).append(changed)
    CompletionChange.objects.bulk_create(
        [_change(key, found, cause) for key, found in sorted(by_registration.items())],
        batch_size=_BATCH,
    )


def tell_erased(user: User, actor: UUID) -> None:
    """Write that the rows of somebody come without a name from now on."""
    _tell_all(actor, Change.PSEUDONYMISED)


def tell_corrected(actor: UUID) -> None:
    """Write that the rows of somebody come with another name, address or place of work of now."""
    _tell_all(actor, Change.CHANGED)


def _tell_all(actor: UUID, change: Change) -> None:
    mine = Enrolment.objects.filter(actor=actor).order_by("registration")
    CompletionChange.objects.bulk_create(
        [
            CompletionChange(registration=key, change=change)
            for key in mine.values_list("registration", flat=True)
        ],
        batch_size=_BATCH,
    )


WATCH = Watch(
    name="completions",
    columns={Enrolment: _ENROLMENT, Certificate: _CERTIFICATE, Attempt: _ATTEMPT},
    tell=tell,
)


def _counts(changed: Changed) -> bool:
    """An attempt stands in the row once there is a verdict on it."""
    row = changed.row
    if not isinstance(row, Attempt) or not changed.is_new:
        return True
    return row.passed is not None


def _change(registration: UUID, found: Iterable[Changed], cause: Cause) -> CompletionChange:
    event = cause.events.get(registration)
    kinds = [Change.CORRECTED if cause.is_correction else _kind(one) for one in found]
    return CompletionChange(
        registration=registration,
        change=min(kinds, key=_WEIGHT.__getitem__),
        statement=event.id if event else None,
        **_was(found),
    )


def _kind(changed: Changed) -> Change:
    row, before = changed.row, changed.before
    if isinstance(row, Enrolment):
        return _kind_of_enrolment(row, before, is_new=changed.is_new)
    if isinstance(row, Certificate):
        if row.revoked_at and (changed.is_new or "revoked_at" in before):
            return Change.REVOKED
        if "replaced_by" in before:
            return Change.RENEWED if row.is_renewed else Change.CORRECTED
        return Change.CERTIFIED
    return Change.TESTED if before.get("passed") is None else Change.CORRECTED


def _kind_of_enrolment(row: Enrolment, before: dict[str, Any], *, is_new: bool) -> Change:
    if is_new or "enrolled_at" in before:
        return Change.NEW
    for column, kind in (
        ("completed_at", Change.COMPLETED),
        ("withdrawn_at", Change.WITHDRAWN),
        ("started_at", Change.STARTED),
    ):
        if column in before:
            return kind
    return Change.CHANGED


def _was(found: Iterable[Changed]) -> dict[str, Any]:
    """Return where the enrolment belonged before, if that is elsewhere."""
    for changed in found:
        row = changed.row
        if isinstance(row, Enrolment) and not changed.is_new:
            was = _place({**vars(row), **changed.before})
            now = (None, "") if changed.is_gone else _place(vars(row))
            if was != now:
                return {"was_institution": was[0], "was_profession": was[1]}
    return {}


def _place(values: dict[str, Any]) -> tuple[UUID | None, str]:
    return (
        values["completed_institution_key"] or values["institution_key"],
        values["completed_profession_key"] or values["profession_key"],
    )
