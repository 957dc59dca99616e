"""People, what they are, where they work, and what they may see."""

from people.models.institution import Institution, Profession, Region
from people.models.mandate import MachineClient, Mandate
from people.models.user import Actor, Erasure, User

__all__ = [
    "Actor",
    "Erasure",
    "Institution",
    "MachineClient",
    "Mandate",
    "Profession",
    "Region",
    "User",
]
