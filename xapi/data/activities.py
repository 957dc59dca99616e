"""Activities, their definitions and the questions among them (Data 2.4.4.1, appendix C)."""

from typing import Any

from xapi.data.atoms import extensions, iri, language_map
from xapi.data.malformed import Malformed, quoted
from xapi.data.shapes import exactly, listed, shaped, text

# The lists of components that a kind of question may have.
COMPONENTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
LISTS = frozenset().union(*COMPONENTS.values())
OF_QUESTIONS = LISTS | {"correctResponsesPattern"}


def interaction_type(value: object) -> str:
    """Return one of the ten kinds of question, to the letter. Raises `Malformed`."""
    if type(value) is not str or value not in COMPONENTS:
        raise Malformed(f"must be one of {', '.join(COMPONENTS)}, not {quoted(value)}")
    return value


def component_id(value: object) -> str:
    """Return the id of a component, a string with something in it. Raises `Malformed`."""
    if not text(value):
        raise Malformed("must not be empty")
    return text(value)


COMPONENT = {"id": component_id, "description": language_map}
COMPONENT_NEEDS = frozenset({"id"})


def component(value: object) -> object:
    """Return a choice, step or the like. Raises `Malformed`."""
    return shaped(value, COMPONENT, COMPONENT_NEEDS)


def components(value: object) -> object:
    """Return the list of components, no two with the same id. Raises `Malformed`."""
    found = listed(value, component)
    if len({each["id"] for each in found}) != len(found):
        raise Malformed("must not have the same id twice")
    return found


def responses(value: object) -> object:
    """Return the list of correct responses, each a string. Raises `Malformed`."""
    return listed(value, text)


DEFINITION = {
    "name": language_map,
    "description": language_map,
    "type": iri,
    "moreInfo": iri,
    "extensions": extensions,
    "interactionType": interaction_type,
    "correctResponsesPattern": responses,
    **dict.fromkeys(sorted(LISTS), components),
}


def definition(value: object) -> dict[str, Any]:
    """Return the definition; what belongs to a question stands in one only. Raises `Malformed`."""
    found = shaped(value, DEFINITION)
    of_question = OF_QUESTIONS & found.keys()
    if of_question:
        _question(found, of_question)
    return found


def _question(found: dict[str, Any], properties: frozenset[str]) -> None:
    """Refuse what the question's kind does not allow, or a question without its kind."""
    question = found.get("interactionType")
    if question is None:
        raise Malformed('must have the property "interactionType" beside it', min(properties))
    surplus = (properties & LISTS) - COMPONENTS[question]
    if surplus:
        raise Malformed(f'must not stand in a question of the kind "{question}"', min(surplus))


ACTIVITY = {"objectType": exactly("Activity"), "id": iri, "definition": definition}
ACTIVITY_NEEDS = frozenset({"id"})


def activity(value: object) -> dict[str, Any]:
    """Return the activity (Data 2.4.4.1). Raises `Malformed`."""
    return shaped(value, ACTIVITY, ACTIVITY_NEEDS)
