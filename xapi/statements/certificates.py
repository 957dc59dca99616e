"""A certificate is given, and perhaps taken back."""

from datetime import datetime
from uuid import UUID

from tincan import Statement

from xapi import types, verbs
from xapi.statements.building import Facts, activity, statement


def earned(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    certificate: UUID,
    at: datetime,
    facts: Facts,
) -> Statement:
    """A person earned a certificate.

    `facts`: serial, SHA-256 of the file, edition, minutes, class, law as of, the last day on which
    it is valid if there is one; of a correction what it replaces, why and by whom; of a renewal
    what it renews, and of what was renewed once the day and the refresher: key, edition, minutes.
    """
    return statement(
        actor=actor,
        verb=verbs.EARNED,
        object_=activity(certificate, types.CERTIFICATE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
    )


def revoked(
    *,
    actor: UUID,
    course: UUID,
    registration: UUID,
    certificate: UUID,
    at: datetime,
    facts: Facts,
) -> Statement:
    """An administrator took a certificate back, once. `facts`: the reason, and words by hash."""
    return statement(
        actor=actor,
        verb=verbs.REVOKED,
        object_=activity(certificate, types.CERTIFICATE),
        registration=registration,
        course=course,
        at=at,
        facts=facts,
    )
