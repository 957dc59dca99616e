"""A reference to another statement (Data 2.4.4.3)."""

from xapi.data.atoms import uuid
from xapi.data.shapes import exactly, shaped

REFERENCE = {"objectType": exactly("StatementRef"), "id": uuid}
REFERENCE_NEEDS = frozenset(REFERENCE)


def reference(value: object) -> object:
    """Return the reference, which says that it is one and to which statement."""
    return shaped(value, REFERENCE, REFERENCE_NEEDS)
