"""Permanent ids. A slug, path, language or script never enters one."""

from uuid import NAMESPACE_URL, UUID, uuid5

BASE = "https://w3id.org/putokaz"
ACTOR_HOME = f"{BASE}/actor"
ACTIVITY = f"{BASE}/activity/"
EXTENSION = f"{BASE}/extension/"
NAMESPACE = uuid5(NAMESPACE_URL, BASE)


def activity_iri(key: UUID, part: str = "") -> str:
    """Return the id of the activity `key`, or of the block, question or sheet `part` inside it."""
    return f"{ACTIVITY}{key}" + (f"/{part}" if part else "")


def activity_key(iri: str) -> UUID:
    """Return the key in an activity id of ours. Raises ValueError for any other id."""
    if not iri.startswith(ACTIVITY):
        raise ValueError(f"not an activity of this site: {iri}")
    return UUID(iri.removeprefix(ACTIVITY).split("/")[0])


def activity_part(iri: str) -> str:
    """Return what follows the key in an activity id of ours, or an empty string."""
    return iri.removeprefix(ACTIVITY).partition("/")[2]


def extension(name: str) -> str:
    """Return the id of an extension of ours."""
    return EXTENSION + name


def statement_id(registration: UUID, verb: str, activity: str, occurrence: str = "") -> UUID:
    """Return the id of a statement of ours: the same event always gets the same id.

    `occurrence` tells apart what may happen more than once: an attempt number, a form's token.
    """
    return uuid5(NAMESPACE, f"{registration} {verb} {activity} {occurrence}")
