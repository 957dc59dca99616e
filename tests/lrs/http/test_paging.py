"""Page after page, nothing left out and nothing twice (1.0.3 Communication 2.1.3, Data 2.5)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

import pytest
from django.conf import settings
from django.utils.timezone import now

from tests.lrs.http.tools import (
    ANA,
    LESSON,
    READ,
    REGISTRATION,
    STATEMENTS,
    VERSIONS,
    Tool,
    about,
    statement,
)

pytestmark = pytest.mark.django_db


def pages(tool: Tool, between: Callable[[], Any] = lambda: None, **params: Any) -> list[list[str]]:
    """Return the ids on each page, following `more`; `between` happens before each next page."""
    answer, found = tool.send("GET", STATEMENTS, **params), []
    while True:
        assert answer.status_code == 200
        said = answer.json()
        found.append([one["id"] for one in said["statements"]])
        if not said["more"]:
            return found
        between()
        path, _, query = said["more"].partition("?")
        answer = tool.raw("GET", path, query)


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"agent": ANA},
        {"agent": ANA, "related_agents": True},
        {"activity": LESSON, "verb": READ, "registration": REGISTRATION},
    ],
)
def test_pages_hold_everything_once_in_order(
    tool: Tool, filters: dict[str, Any], ascending: bool
) -> None:
    context = {"registration": REGISTRATION, "instructor": ANA}
    ids = tool.store(*(statement(context=context) for _ in range(7)))
    found = pages(tool, limit=3, ascending=ascending, **filters)
    assert [len(page) for page in found] == [3, 3, 1]
    assert [*chain(*found)] == (ids if ascending else ids[::-1])


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("filters", [{}, {"verb": READ}, {"agent": ANA, "related_agents": True}])
def test_what_arrives_meanwhile_moves_nothing(
    tool: Tool, filters: dict[str, Any], ascending: bool
) -> None:
    ids, late = tool.store(*(statement() for _ in range(5))), []
    found = pages(
        tool,
        lambda: late.extend(tool.store(statement())) if len(late) < 3 else None,
        limit=2,
        ascending=ascending,
        **filters,
    )
    assert [*chain(*found)] == ([*ids, *late] if ascending else ids[::-1])


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_comments_are_found_once_across_pages(tool: Tool, limit: int, ascending: bool) -> None:
    """A comment stands in the index for itself and for what it is about."""
    ids = tool.store(statement())
    for _ in range(4):
        ids += tool.store(about(ids[-1], actor=ANA, verb={"id": READ}))
    found = [*chain(*pages(tool, limit=limit, agent=ANA, verb=READ, ascending=ascending))]
    assert found == (ids if ascending else ids[::-1])


@pytest.mark.parametrize("mount", ["/xapi/", "/xapi/1.0.3/", "/xapi/2.0/"])
def test_more_stays_under_its_mount_and_keeps_the_question(db: None, mount: str) -> None:
    tool = Tool("2.0.0" if "2.0/" in mount else "1.0.3")
    tool.store(*(statement() for _ in range(3)))
    params = {"agent": ANA, "format": "ids", "limit": 1, "ascending": True}
    more = tool.send("GET", f"{mount}statements", **params).json()["more"]
    assert more.startswith(f"{mount}statements?")
    assert "format=ids" in more
    assert "ascending=true" in more


def test_more_can_be_followed_a_day_later(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    ids, tomorrow = tool.store(*(statement() for _ in range(3))), now() + timedelta(hours=25)
    later = partial(monkeypatch.setattr, "django.utils.timezone.now", lambda: tomorrow)
    assert pages(tool, later, limit=2) == [ids[:0:-1], ids[:1]]


def test_the_last_full_page_has_no_more(tool: Tool) -> None:
    tool.store(*(statement() for _ in range(4)))
    assert [len(page) for page in pages(tool, limit=2)] == [2, 2]
    assert pages(tool, verb="https://example.org/verbs/none") == [[]]


def test_limit_nothing_means_as_many_as_possible(tool: Tool, settings: Any) -> None:
    settings.LRS_PAGE, settings.LRS_LARGEST_PAGE = 2, 4
    tool.store(*(statement() for _ in range(6)))
    assert [len(page) for page in pages(tool)] == [2, 2, 2]
    for limit in ("0", "4", "5", "999999", "9" * 18):
        assert [len(page) for page in pages(tool, limit=limit)] == [4, 2]


def test_a_page_never_grows_without_bounds() -> None:
    assert 0 < settings.LRS_PAGE <= settings.LRS_LARGEST_PAGE <= 1000


def test_since_is_exclusive_and_until_inclusive(tool: Tool) -> None:
    first, second, third = (tool.store(statement())[0] for _ in range(3))
    moment = tool.read(second)["stored"]
    assert tool.find(since=moment) == [third]
    assert tool.find(until=moment) == [second, first]
    assert tool.find(since=moment, until=moment) == []
    assert tool.find(since=tool.read(first)["stored"], until=moment) == [second]
    assert tool.find(since=moment, verb=READ, ascending=True) == [third]


def test_a_batch_stored_in_one_moment_stays_together(tool: Tool) -> None:
    ids = tool.store(*(statement() for _ in range(3)))
    moment = tool.read(ids[0])["stored"]
    assert {tool.read(id_)["stored"] for id_ in ids} == {moment}
    assert tool.find(until=moment) == ids[::-1]
    assert tool.find(since=moment) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_moments_may_be_anywhere_in_the_calendar_and_in_any_zone(version: str) -> None:
    tool = Tool(version)
    (id_,) = tool.store(statement())
    for past in ("0001-01-01T00:00:00Z", "1949-01-01T00:00:00Z", "2020-01-01T00:00:00+14:00"):
        assert tool.find(since=past) == [id_]
        assert tool.find(until=past) == []
    for future in ("9999-12-31T23:59:59.999999Z", "2092-01-01T00:00:00Z"):
        assert tool.find(until=future) == [id_]
        assert tool.find(since=future) == []
        assert tool.find(since=future, verb=READ, ascending=True) == []
