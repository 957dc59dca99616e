"""People, what they are, where they work, and what they may see."""

from people.models.client import AccessToken, ClientKey, MachineClient
from people.models.institution import Institution, Profession
from people.models.mandate import Mandate
from people.models.user import Actor, Erasure, User

__all__ = [
    "AccessToken",
    "Actor",
    "ClientKey",
    "Erasure",
    "Institution",
    "MachineClient",
    "Mandate",
    "Profession",
    "User",
]
