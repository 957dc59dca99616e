"""Tell the holder by mail that a certificate was corrected, renewed or revoked."""

from uuid import UUID

from django_tasks import task

from certificates.models import Certificate, Decision, Reason, Sheet
from lrs.events import Event
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from people.letters import send_letter
from xapi import types, verbs


@task()
def tell_of_successor(statement_id: str) -> None:
    """Write to the holder when a certificate was earned in place of another."""
    event = Event.of(Statement.objects.get(id=statement_id))
    if "renews" in event.facts:
        _tell(event.key, "renewed")
    elif "replaces" in event.facts:
        _tell(event.key, "corrected")


@task()
def tell_of_revocation(statement_id: str) -> None:
    """Write to the holder of a certificate that was revoked."""
    event = Event.of(Statement.objects.get(id=statement_id))
    _tell(event.key, "revoked")


SUCCESSOR = Reaction(
    name="tell of a certificate in place of another",
    verb=verbs.EARNED.id,
    activity_type=types.CERTIFICATE,
    task=tell_of_successor,
)
REVOCATION = Reaction(
    name="tell of a revoked certificate",
    verb=verbs.REVOKED.id,
    activity_type=types.CERTIFICATE,
    task=tell_of_revocation,
)


def _tell(key: UUID, what: str) -> None:
    certificate = Certificate.objects.known().filter(key=key).first()
    sheet = Sheet.objects.filter(key=key).first()
    if certificate is None or certificate.actor is None or sheet is None:
        return
    holder = people_of([certificate.actor]).get(certificate.actor)
    if holder is None:
        return
    decision = Decision.objects.filter(certificate=key).first()
    # In the language of the letter, not in that of the worker.
    reason = Reason(decision.reason).label if decision else ""
    context = {"sheet": sheet, "reason": reason}
    send_letter(to=holder, template=f"certificates/mail/{what}", context=context)
