"""The statement itself and the statement within it (Data 2.4 and 2.4.4.3; IEEE 9274.1.1 4.2)."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from xapi.data.activities import activity
from xapi.data.actors import actor as agent_or_group
from xapi.data.actors import agent, authority, group
from xapi.data.atoms import iri, language_map, spelled, uuid
from xapi.data.attachments import attachments
from xapi.data.contexts import first_context, second_context
from xapi.data.malformed import Malformed
from xapi.data.references import reference
from xapi.data.results import result
from xapi.data.shapes import Check, Checks, exactly, named, shaped
from xapi.data.timestamps import iso_8601, rfc_3339
from xapi.data.versions import V1, V2

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
VERB = {"id": iri, "display": language_map}
VERB_NEEDS = frozenset({"id"})
ABOUT_ACTIVITIES = frozenset({"revision", "platform"})


def verb(value: object) -> object:
    """Return the verb (Data 2.4.3). Raises `Malformed`."""
    return shaped(value, VERB, VERB_NEEDS)


def chosen(value: object, kinds: Mapping[str, Check]) -> object:
    """Return the object by the kind it says it is; saying none, it is an activity (Data 2.4.4)."""
    if type(value) is not dict or "objectType" not in value:
        return activity(value)
    check = kinds.get(named(value) or "")
    if check is None:
        raise Malformed(f"must be one of {', '.join(kinds)} to the letter", "objectType")
    return check(value)


OBJECTS: Mapping[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": reference,
}


def matching(found: dict[str, Any]) -> dict[str, Any]:
    """Return a statement whose parts go together (Data 2.3.2, 2.4.6). Raises `Malformed`."""
    kind = found["object"].get("objectType", "Activity")
    if found["verb"]["id"] == VOIDED and kind != "StatementRef":
        raise Malformed('must be a "StatementRef", since the verb voids', "object")
    if kind != "Activity":
        surplus = ABOUT_ACTIVITIES & found.get("context", {}).keys()
        if surplus:
            raise Malformed(
                "must not stand in a statement whose object is no Activity",
                f"context.{min(surplus)}",
            )
    return found


NEEDS = frozenset({"actor", "verb", "object"})
INNER_NEEDS = NEEDS | {"objectType"}


def model(*, context: Check, moment: Check, version: Check) -> Checks:
    """Return the properties of a statement, with what differs between the two data models.

    A statement within it has the same ones, but for those the store gives (Data 2.4.4.3).
    """
    common: dict[str, Check] = {
        "actor": agent_or_group,
        "verb": verb,
        "object": partial(chosen, kinds=OBJECTS),
        "result": result,
        "context": context,
        "timestamp": moment,
        "attachments": attachments,
    }
    inner: Checks = {"objectType": exactly("SubStatement"), **common}

    def inner_statement(value: object) -> object:
        return matching(shaped(value, inner, INNER_NEEDS))

    return {
        **common,
        "object": partial(chosen, kinds={**OBJECTS, "SubStatement": inner_statement}),
        "id": uuid,
        "stored": moment,
        "authority": authority,
        "version": version,
    }


STATEMENT: dict[str, Checks] = {
    V1: model(
        context=first_context,
        moment=iso_8601,
        version=spelled(re.compile(r"1\.0(?:\.[0-9]+)?"), '"1.0" or "1.0.x"'),
    ),
    # A client may repeat the version its statement was first written in.
    V2: model(
        context=second_context,
        moment=rfc_3339,
        version=spelled(re.compile(r"2\.0\.0|1\.0(?:\.[0-9]+)?"), '"2.0.0", "1.0" or "1.0.x"'),
    ),
}


def statement(value: object, version: str) -> dict[str, Any]:
    """Return the statement that keeps every rule of this version. Raises `Malformed`."""
    return matching(shaped(value, STATEMENT[version], NEEDS))
