"""The statement as a whole (Data 2.2, 2.3.2, 2.4, 2.4.4.3, 2.4.10)."""

from typing import Any

import pytest

from tests.xapi.test_data_examples import (
    ATTACHMENT,
    BOTH,
    CLERK,
    CONTEXT,
    COURT,
    EARLIER,
    JUDGE,
    LESSON,
    PANEL,
    REPORT,
    a_statement,
    refusal,
    without,
)
from xapi.data import V1, V2, Malformed, check_statement

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


@BOTH
@pytest.mark.parametrize("given", [None, [], "statement", 1, True])
def test_a_statement_is_an_object(given: object, version: str) -> None:
    with pytest.raises(Malformed, match="must be an object") as refused:
        check_statement(given, version)
    assert refused.value.path == ""


@BOTH
@pytest.mark.parametrize("name", ["actor", "verb", "object"])
def test_2_4_actor_verb_and_object_must_stand_there(name: str, version: str) -> None:
    with pytest.raises(Malformed, match=f'must have the property "{name}"'):
        check_statement(without(a_statement(), name), version)


@BOTH
@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": None}, "id"),
        ({"result": None}, "result"),
        ({"verb": {"id": LESSON["id"], "display": {"en": None}}}, 'verb.display["en"]'),
        ({"context": {"contextActivities": {"parent": [None]}}}, None),
        ({"timestamp": None}, "timestamp"),
        ({"authority": None}, "authority"),
    ],
)
def test_2_2_null_stands_nowhere_but_in_extensions(
    changes: dict[str, Any], path: str | None, version: str
) -> None:
    assert refusal(version, **changes).path == (path or "context.contextActivities.parent[0]")


@BOTH
@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"mood": "good"}, "mood"),
        ({"Verb": VOIDED}, "Verb"),
        ({"actor": {**JUDGE, "role": "judge"}}, "actor.role"),
        ({"verb": {**VOIDED, "name": "voided"}}, "verb.name"),
        ({"object": {**LESSON, "title": "x"}}, "object.title"),
        ({"object": {**EARLIER, "version": "1.0.3"}}, "object.version"),
    ],
)
def test_2_2_a_property_unknown_to_the_specification_is_refused(
    changes: dict[str, Any], path: str, version: str
) -> None:
    assert refusal(version, **changes).path == path


@BOTH
@pytest.mark.parametrize(
    "object_type", ["activity", "AGENT", "Substatement", "Statement", "", None, 7, {}, []]
)
def test_2_4_4_the_kind_of_object_is_told_to_the_letter(object_type: object, version: str) -> None:
    refused = refusal(version, object={**LESSON, "objectType": object_type})
    assert refused.path == "object.objectType"


@BOTH
def test_2_4_3_a_verb_has_an_iri(version: str) -> None:
    assert "id" in refusal(version, verb={"display": {"en": "passed"}}).reason
    assert refusal(version, verb={"id": "passed"}).path == "verb.id"


@BOTH
def test_2_3_2_what_voids_names_a_statement(version: str) -> None:
    check_statement(a_statement(verb=VOIDED, object=EARLIER), version)
    assert refusal(version, verb=VOIDED).path == "object"
    assert refusal(version, verb=VOIDED, object=CLERK).path == "object"


@BOTH
@pytest.mark.parametrize("somebody", [CLERK, {**JUDGE, "objectType": "Agent"}, PANEL, COURT])
def test_2_4_4_2_who_is_the_object_says_so(somebody: dict[str, Any], version: str) -> None:
    check_statement(a_statement(object=somebody), version)
    assert refusal(version, object=without(somebody, "objectType")).path.startswith("object")
    inner = {**REPORT, "object": without(somebody, "objectType")}
    assert refusal(version, object=inner).path.startswith("object.object")


@BOTH
@pytest.mark.parametrize("name", ["id", "objectType"])
def test_2_4_4_3_a_reference_says_what_it_is_and_to_which(name: str, version: str) -> None:
    assert refusal(version, object=without(EARLIER, name)).path.startswith("object")


@BOTH
@pytest.mark.parametrize(
    "given",
    [
        {"id": EARLIER["id"]},
        {"stored": "2026-03-18T05:32:34Z"},
        {"version": "1.0.3"},
        {"authority": JUDGE},
    ],
)
def test_2_4_4_3_an_inner_statement_has_nothing_of_the_store(
    given: dict[str, Any], version: str
) -> None:
    assert refusal(version, object={**REPORT, **given}).path == f"object.{min(given)}"


@BOTH
def test_2_4_4_3_an_inner_statement_keeps_the_rules_of_a_statement(version: str) -> None:
    assert refusal(version, object={**REPORT, "object": REPORT}).path == "object.object.objectType"
    assert "verb" in refusal(version, object=without(REPORT, "verb")).reason
    assert refusal(version, object={**REPORT, "verb": VOIDED}).path == "object.object"
    odd = {**REPORT, "object": CLERK, "context": {"platform": "Training"}}
    assert refusal(version, object=odd).path == "object.context.platform"


@BOTH
@pytest.mark.parametrize("name", ["revision", "platform"])
@pytest.mark.parametrize("about", [CLERK, PANEL, EARLIER, REPORT])
def test_2_4_6_revision_and_platform_speak_of_activities_only(
    name: str, about: dict[str, Any], version: str
) -> None:
    assert refusal(version, object=about, context={name: "3"}).path == f"context.{name}"
    check_statement(a_statement(context={name: "3"}), version)
    check_statement(a_statement(object=about, context=without(CONTEXT, "revision", "platform")), V1)


@pytest.mark.parametrize(
    ("written", "first", "second"),
    [
        ("1.0", True, True),
        ("1.0.3", True, True),
        ("1.0.19", True, True),
        ("2.0.0", False, True),
        ("2.0", False, False),
        ("2.1.0", False, False),
        ("1.1.0", False, False),
        ("0.9.9", False, False),
        ("1.0.x", False, False),
        ("1.0.3\n", False, False),
        (1.0, False, False),
    ],
)
def test_2_4_10_the_version_belongs_to_the_data_model(
    written: object, first: bool, second: bool
) -> None:
    for version, good in ((V1, first), (V2, second)):
        if good:
            check_statement(a_statement(version=written), version)
        else:
            assert refusal(version, version=written).path == "version"


@BOTH
def test_an_error_says_where_and_why_in_one_line(version: str) -> None:
    context = {"contextActivities": {"parent": [LESSON, {"id": "lesson"}]}}
    refused = refusal(version, context=context)
    assert refused.path == "context.contextActivities.parent[1].id"
    assert str(refused) == f"{refused.path}: {refused.reason}"
    assert '"lesson"' in refused.reason


@BOTH
def test_an_error_does_not_repeat_a_book(version: str) -> None:
    assert len(str(refusal(version, verb={"id": "x" * 100_000}))) < 300
    assert len(str(refusal(version, **{"y" * 100_000: 1}))) < 400


@BOTH
def test_deep_extensions_are_nobodys_business(version: str) -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"in": deep}
    statement = a_statement()
    statement["context"] = {"extensions": {"https://training.example/deep": deep}}
    check_statement(statement, version)
    statement["object"] = REPORT
    for _ in range(2_000):
        statement["object"] = {**REPORT, "object": statement["object"]}
    with pytest.raises(Malformed):
        check_statement(statement, version)
    while deep:  # taken apart by hand, level by level
        deep = deep.pop("in")


def test_attachments_stand_in_an_inner_statement_too() -> None:
    check_statement(a_statement(object={**REPORT, "attachments": [ATTACHMENT]}), V1)
