"""People, what they are, where they work, and what they may see."""

from people.models.client import AccessToken, ClientKey, MachineClient
from people.models.institution import Function, Institution, Profession, Region
from people.models.mandate import Mandate
from people.models.user import Actor, Erasure, User

__all__ = [
    "AccessToken",
    "Actor",
    "ClientKey",
    "Erasure",
    "Function",
    "Institution",
    "MachineClient",
    "Mandate",
    "Profession",
    "Region",
    "User",
]
