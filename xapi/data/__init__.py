"""The data model of xAPI, to the letter: what a Learning Record Store must refuse, and why.

Two versions stand side by side: 1.0.3 (the sections in these modules named "Data") and 2.0, which
is IEEE 9274.1.1-2023. Each check takes parsed JSON, leaves it as it is, and raises `Malformed`.
"""

from datetime import datetime

from xapi.data.actors import identified
from xapi.data.atoms import iri, language_map, uuid
from xapi.data.malformed import Malformed
from xapi.data.shapes import within
from xapi.data.statements import statement as whole_statement
from xapi.data.timestamps import iso_8601, rfc_3339
from xapi.data.versions import V1, V2

__all__ = [
    "V1",
    "V2",
    "Malformed",
    "check_actor",
    "check_iri",
    "check_language_map",
    "check_statement",
    "check_timestamp",
    "check_uuid",
]


def check_statement(statement: object, version: str) -> None:
    """Refuse a statement that breaks a rule of this version's data model (Data 2).

    Raises `Malformed`, and `KeyError` for a version that is neither `V1` nor `V2`.
    """
    whole_statement(statement, version)


def check_actor(agent: object, version: str, path: str = "agent") -> None:
    """Refuse what is no agent or identified group (Data 2.4.2). Raises `Malformed`.

    Both versions agree on actors, so that `version` only says which one is meant.
    """
    within(path, identified, agent)


def check_iri(value: object, path: str) -> str:
    """Return the IRI as it is. Raises `Malformed` where it has no scheme or is not one."""
    found: str = within(path, iri, value)
    return found


def check_uuid(value: object, path: str) -> str:
    """Return the UUID as it is spelled, in either case (RFC 4122). Raises `Malformed`."""
    found: str = within(path, uuid, value)
    return found


def check_timestamp(value: object, path: str, version: str = V1) -> datetime:
    """Return the moment in UTC (Data 4.5). Raises `Malformed`.

    Without an offset it is read as UTC in 1.0.3, and refused in 2.0, which wants RFC 3339.
    """
    moment: datetime = within(path, rfc_3339 if version == V2 else iso_8601, value)
    return moment


def check_language_map(value: object, path: str) -> None:
    """Refuse what is no map from language tags to strings (Data 4.2). Raises `Malformed`."""
    within(path, language_map, value)
