"""What is said about a statement is found by what finds that one (1.0.3 Communication 2.1.3)."""

from itertools import permutations
from typing import Any

import pytest

from tests.lrs.http.tools import (
    ANA,
    ESSAY,
    EVA,
    LESSON,
    READ,
    REGISTRATION,
    WROTE,
    Tool,
    about,
    new_id,
    reference,
    statement,
    substatement,
)

pytestmark = pytest.mark.django_db

FINDS_THE_LESSON: list[dict[str, Any]] = [
    {"agent": ANA},
    {"verb": READ},
    {"activity": LESSON},
    {"registration": REGISTRATION},
    {"agent": ANA, "verb": READ, "activity": LESSON, "registration": REGISTRATION},
    {"activity": ESSAY, "related_activities": True},
    {"activity": ESSAY, "related_activities": True, "agent": ANA},
]


def the_lesson(id_: str) -> dict[str, Any]:
    parent = {"contextActivities": {"parent": [{"id": ESSAY}]}}
    return statement(id=id_, context={"registration": REGISTRATION, **parent})


@pytest.mark.parametrize("comes_first", ["statement", "comment"])
@pytest.mark.parametrize("filters", FINDS_THE_LESSON)
def test_a_comment_is_found_by_what_finds_the_statement(
    tool: Tool, filters: dict[str, Any], comes_first: str
) -> None:
    read, comment, both = new_id(), new_id(), [the_lesson, about]
    batches = [the_lesson(read), about(read, id=comment)]
    for said in batches if comes_first == "statement" else reversed(batches):
        tool.store(said)
    assert len(both) == len(tool.find(**filters)) == 2
    assert set(tool.find(**filters)) == {read, comment}
    assert tool.find(agent=EVA) == [comment]


def test_both_may_come_in_one_batch_in_either_order(tool: Tool) -> None:
    for ahead in (True, False):
        read, comment = new_id(), new_id()
        batch = [the_lesson(read), about(read, id=comment)]
        ids = tool.store(*(batch if ahead else reversed(batch)))
        assert set(tool.find(verb=READ, limit=2)) == set(ids)


def test_nobody_is_found_by_half_of_one_and_half_of_another(tool: Tool) -> None:
    """Eva wrote about what Ana read: neither did Eva read, nor did Ana write."""
    read, comment = new_id(), new_id()
    tool.store(the_lesson(read), about(read, id=comment))
    assert tool.find(agent=EVA, verb=READ) == []
    assert tool.find(agent=ANA, verb=WROTE) == []
    assert tool.find(agent=EVA, activity=LESSON, related_agents=True) == []
    assert tool.find(agent=EVA, registration=REGISTRATION) == []
    assert tool.find(agent=EVA, verb=WROTE) == [comment]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_chain_is_followed_in_any_order_of_arrival(tool: Tool, order: tuple[int, ...]) -> None:
    read, comment, answer = new_id(), new_id(), new_id()
    chain = [the_lesson(read), about(read, id=comment), about(comment, id=answer)]
    for place in order:
        tool.store(chain[place])
    for filters in FINDS_THE_LESSON:
        assert set(tool.find(**filters)) == {read, comment, answer}
    assert set(tool.find(verb=WROTE)) == {comment, answer}
    assert tool.find(verb=WROTE, activity=LESSON) == []


def test_a_comment_is_found_once_though_both_fit(tool: Tool) -> None:
    """Eva wrote about what Eva read."""
    (read,) = tool.store(statement(actor=EVA))
    (comment,) = tool.store(about(read))
    for ascending in (True, False):
        assert sorted(tool.find(agent=EVA, ascending=ascending)) == sorted([read, comment])
        assert len(tool.find(agent=EVA, related_agents=True, ascending=ascending)) == 2


def test_statements_about_each_other_or_themselves_end_nothing(tool: Tool) -> None:
    one, other, itself = new_id(), new_id(), new_id()
    tool.store(about(other, id=one), about(one, id=other), about(itself, id=itself))
    assert set(tool.find(agent=EVA)) == {one, other, itself}


def test_a_reference_within_a_plan_or_a_context_finds_nothing_more(tool: Tool) -> None:
    (read,) = tool.store(the_lesson(new_id()))
    tool.store(
        statement(actor=EVA, object=substatement(actor=EVA, object=reference(read))),
        statement(actor=EVA, object={"id": ESSAY}, context={"statement": reference(read)}),
    )
    assert tool.find(agent=ANA) == [read]


def test_a_comment_on_a_voided_statement_is_still_found_by_it(tool: Tool) -> None:
    (read,) = tool.store(the_lesson(new_id()))
    (comment,) = tool.store(about(read))
    (void,) = tool.void(read).json()
    assert tool.find(verb=READ) == [void, comment]


@pytest.mark.parametrize("comes_first", ["statement", "comment"])
def test_since_and_until_look_at_the_comment_itself(tool: Tool, comes_first: str) -> None:
    read, comment = new_id(), new_id()
    both = [the_lesson(read), about(read, id=comment)]
    for said in both if comes_first == "statement" else reversed(both):
        tool.store(said)
    later = comment if comes_first == "statement" else read
    earlier = read if later == comment else comment
    moment = tool.read(earlier)["stored"]
    assert tool.find(verb=READ, since=moment) == [later]
    assert tool.find(verb=READ, until=moment) == [earlier]
