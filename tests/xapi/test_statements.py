"""Each verb as it stands in the log, to the letter."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from tincan import Statement, Verb

from tests.xapi.examples import AT, GOLDEN, LESSON, QUIZ, WHO, as_json, examples
from xapi import statements, types, verbs
from xapi.iris import activity_iri, activity_key, activity_part, statement_id

EXAMPLES = examples()
WORDS = st.text(alphabet="abc-", max_size=5)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_statement_is_its_golden_file(name: str) -> None:
    assert as_json(EXAMPLES[name]) == (GOLDEN / f"{name}.json").read_text()


def test_every_golden_file_has_its_example() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(EXAMPLES)


def test_every_verb_has_an_example() -> None:
    vocabulary = {verb.id for verb in vars(verbs).values() if isinstance(verb, Verb)}
    assert {statement.verb.id for statement in EXAMPLES.values()} == vocabulary


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_actor_is_an_opaque_account(name: str) -> None:
    actor = json.loads(EXAMPLES[name].to_json())["actor"]
    assert set(actor) == {"objectType", "account"}
    assert UUID(actor["account"]["name"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_words_but_the_verb_enter_a_statement(name: str) -> None:
    body = json.loads(EXAMPLES[name].to_json())
    assert set(body["verb"].pop("display")) == {"en"}
    assert body["actor"].pop("account")
    assert not keys_in(body) & {"name", "description", "display", "mbox", "choices"}


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | set().union(*(keys_in(part) for part in value.values()))
    return set().union(*(keys_in(part) for part in value)) if isinstance(value, list) else set()


def test_neither_time_nor_language_changes_an_id() -> None:
    with override("sr-latn"):
        later = statements.initialized(
            **{**WHO, "at": AT + timedelta(days=1)}, key=LESSON, type_=types.LESSON
        )
    assert later.id == EXAMPLES["initialized"].id


def test_each_example_is_an_event_of_its_own() -> None:
    ids = [statement.id for statement in EXAMPLES.values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("change", ["registration", "quiz", "number"])
def test_another_attempt_is_another_event(change: str) -> None:
    def attempted(**changes: Any) -> Statement:
        where = {**WHO, "quiz": QUIZ, "number": 1, "facts": {}} | changes
        return statements.attempted(**where)

    other = {"registration": UUID(int=99), "quiz": UUID(int=99), "number": 2}
    assert attempted().id == attempted().id
    assert attempted().id != attempted(**{change: other[change]}).id


@given(st.uuids(), WORDS, WORDS, WORDS, WORDS)
def test_an_id_forgets_nothing(
    registration: UUID, verb: str, activity: str, first: str, second: str
) -> None:
    same = statement_id(registration, verb, activity, first) == statement_id(
        registration, verb, activity, second
    )
    assert same == (first == second)


@given(st.uuids(), WORDS)
def test_an_activity_id_gives_back_its_key_and_part(key: UUID, part: str) -> None:
    iri = activity_iri(key, part)
    assert (activity_key(iri), activity_part(iri)) == (key, part)


@pytest.mark.parametrize("iri", ["https://example.org/course/1", "urn:x", ""])
def test_a_foreign_activity_has_no_key(iri: str) -> None:
    with pytest.raises(ValueError, match="not an activity of this site"):
        activity_key(iri)


def test_a_quiz_without_points_has_a_score_of_nothing() -> None:
    verdict = statements.judged(
        **WHO, quiz=QUIZ, number=1, passed=False, raw=0, maximum=0, facts={}
    )
    assert verdict.result.score.scaled == 0.0
