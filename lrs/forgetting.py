"""What the record store forgets with a person; the statements stay, and lead to nobody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lrs.actors import account_of, guises_of
from lrs.credentials import revoke
from lrs.models import AgentName, Credential, Document
from xapi.mentions import AGENT, agent_identifier, key


def forget_person(*, actor: UUID, address: str, at: datetime) -> None:
    """Destroy documents and names of somebody, and end what opens the store in their name.

    `actor` is the opaque id. What other programs sent under the address goes as well: as it
    stands, as its SHA-1, and as its pseudonym.
    """
    agents = [account_of(actor), *guises_of(address)]
    keys = [_key(agent) for agent in agents]
    Document.objects.filter(agent__in=keys).delete()
    AgentName.objects.filter(agent__in=keys).delete()
    for credential in _bound_to(agents):
        revoke(credential, at=at)


def _bound_to(agents: Sequence[dict[str, Any]]) -> list[Credential]:
    """Return the valid credentials of launched content, and others that are for one person."""
    keys = {_key(agent) for agent in agents}
    bound = Credential.objects.filter(revoked_at=None, agent__isnull=False)
    return [credential for credential in bound.iterator() if _key(credential.agent) in keys]


def _key(agent: dict[str, Any] | None) -> int:
    return key(AGENT, agent_identifier(agent or {}) or "")
