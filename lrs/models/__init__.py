"""The tables of the record store."""

from lrs.models.alongside import Alongside
from lrs.models.credentials import Credential
from lrs.models.dictionary import ActivityDefinition, AgentName
from lrs.models.documents import Attachment, Document
from lrs.models.forwarding import Forwarding, Letter
from lrs.models.log import Epoch, Mention, Statement, Voided
from lrs.models.privacy import PseudonymKey, Removal
from lrs.models.projected import ProjectedRow

__all__ = [
    "ActivityDefinition",
    "AgentName",
    "Alongside",
    "Attachment",
    "Credential",
    "Document",
    "Epoch",
    "Forwarding",
    "Letter",
    "Mention",
    "ProjectedRow",
    "PseudonymKey",
    "Removal",
    "Statement",
    "Voided",
]
