"""What it was about: activities and questions (Data 2.4.4.1, appendix C)."""

from typing import Any

import pytest

from tests.xapi.test_data_examples import BOTH, LESSON, a_statement, refusal
from xapi.data import check_statement

KINDS = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
LISTS = ["choices", "scale", "source", "steps", "target"]
OPTIONS = [{"id": "a", "description": {"en": "One", "sr-Latn-RS": "Jedan"}}, {"id": "b"}]


def defined(**definition: Any) -> dict[str, Any]:
    """Return an activity with this definition."""
    return {**LESSON, "definition": definition}


@BOTH
@pytest.mark.parametrize(
    "definition",
    [
        {},
        {"name": {}},
        {"name": {"en": "Indicators"}, "description": {"sr-Cyrl": "Показатељи"}},
        {"type": "http://adlnet.gov/expapi/activities/lesson"},
        {"moreInfo": "https://training.example/about"},
        {"extensions": {}},
        {"extensions": {"https://training.example/hours": None}},
    ],
)
def test_a_definition_may_have_little_in_it(definition: dict[str, Any], version: str) -> None:
    check_statement(a_statement(object=defined(**definition)), version)


@BOTH
@pytest.mark.parametrize(
    ("definition", "path"),
    [
        ({"name": "Indicators"}, "name"),
        ({"name": {"english": 7}}, 'name["english"]'),
        ({"description": {"not a language": "x"}}, 'description["not a language"]'),
        ({"type": "lesson"}, "type"),
        ({"moreInfo": "training.example"}, "moreInfo"),
        ({"moreinfo": "https://training.example"}, "moreinfo"),
        ({"extensions": []}, "extensions"),
        ({"extensions": {"hours": 2}}, 'extensions["hours"]'),
        ({"interactionType": "Choice"}, "interactionType"),
        ({"interactionType": "essay"}, "interactionType"),
        ({"interactionType": None}, "interactionType"),
        ({"interactionType": ["choice"]}, "interactionType"),
    ],
)
def test_what_is_no_definition(definition: dict[str, Any], path: str, version: str) -> None:
    assert refusal(version, object=defined(**definition)).path == f"object.definition.{path}"


@BOTH
@pytest.mark.parametrize("activity", [{}, {"id": None}, {"id": 7}, {"id": "lesson"}])
def test_an_activity_has_an_iri(activity: dict[str, Any], version: str) -> None:
    assert refusal(version, object=activity).path.startswith("object")


@BOTH
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LISTS)
def test_a_question_has_the_lists_of_its_kind_only(kind: str, name: str, version: str) -> None:
    question = defined(interactionType=kind, correctResponsesPattern=["a"], **{name: OPTIONS})
    if name in KINDS[kind]:
        check_statement(a_statement(object=question), version)
    else:
        assert refusal(version, object=question).path == f"object.definition.{name}"


@BOTH
@pytest.mark.parametrize("name", [*LISTS, "correctResponsesPattern"])
def test_what_belongs_to_a_question_stands_in_a_question(name: str, version: str) -> None:
    surplus = defined(**{name: []})
    assert "interactionType" in refusal(version, object=surplus).reason


@BOTH
@pytest.mark.parametrize(
    ("choices", "path"),
    [
        ({"id": "a"}, ""),
        (["a"], "[0]"),
        ([{"id": "a"}, {"id": "a"}], ""),
        ([{"id": ""}], "[0].id"),
        ([{"id": 1}], "[0].id"),
        ([{"description": {"en": "One"}}], "[0]"),
        ([{"id": "a", "description": "One"}], "[0].description"),
        ([{"id": "a", "correct": True}], "[0].correct"),
    ],
)
def test_choices_are_known_by_their_ids(choices: object, path: str, version: str) -> None:
    question = defined(interactionType="choice", choices=choices)
    assert refusal(version, object=question).path == f"object.definition.choices{path}"


@BOTH
@pytest.mark.parametrize("pattern", ["a", [1], [None], {"a": True}])
def test_correct_responses_are_a_list_of_strings(pattern: object, version: str) -> None:
    question = defined(interactionType="choice", correctResponsesPattern=pattern)
    assert "correctResponsesPattern" in refusal(version, object=question).path
