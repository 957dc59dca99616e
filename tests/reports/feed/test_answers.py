"""What an answer of the feed is: known already, packed, refused, and what it costs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from people.models import Mandate
from reports.models import CompletionChange
from tests.reports.conftest import Justice
from tests.reports.copies import CHANGES, Copy
from tests.reports.feed.told import MARKS, on_postgresql

pytestmark = MARKS


def test_an_answer_that_is_known_is_not_sent_again(justice: Justice, copy: Copy) -> None:
    justice.learner()
    copy.pull()
    answer = copy.ask()
    etag = answer["ETag"]
    known = copy.ask(headers={"if-none-match": etag})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    justice.learner()
    assert copy.ask(headers={"if-none-match": etag}).status_code == 200


def test_an_answer_is_compressed_for_whoever_can_read_it(justice: Justice, copy: Copy) -> None:
    for _ in range(3):
        justice.learner()
    answer = copy.ask(headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(copy.ask().content)


def test_a_copy_knows_up_to_when_it_is_complete(justice: Justice, copy: Copy) -> None:
    justice.learner()
    copy.page()
    assert copy.last["complete_through"] is None
    copy.pull()
    through = datetime.fromisoformat(copy.last["complete_through"])
    newest = CompletionChange.objects.order_by("-sequence")[0].made_at
    assert through.replace(microsecond=0) >= newest.replace(microsecond=0)


def test_too_many_questions_are_told_when_to_come_back(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda *_: False)
    answer = copy.ask()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_client_without_a_mandate_is_told_so(copy: Copy, mandate: Mandate) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 2))
    assert copy.ask().status_code == 403
    assert copy.client.get(CHANGES).status_code == 401


def test_a_page_costs_the_same_for_one_and_for_thirty(
    justice: Justice, copy: Copy, django_assert_num_queries: Any, at: datetime
) -> None:
    justice.learner()
    copy.pull()  # of which the sum of the day is made
    asked = {}
    for count in (1, 30):
        for _ in range(count):
            justice.learner()
        with django_assert_num_queries(28 if on_postgresql else 27) as queries:
            assert len(copy.page()) == count
        asked[count] = len(queries)
    assert asked[1] == asked[30]


def plans(queries: Any) -> list[str]:
    """Return how the database goes about the questions for what comes after a place."""
    found = []
    with connection.cursor() as cursor:
        for sql in (query["sql"] for query in queries):
            if 'FROM "reports_completionchange"' in sql and '"sequence" >' in sql:
                how = "EXPLAIN" if on_postgresql else "EXPLAIN QUERY PLAN"
                cursor.execute(f"{how} {sql}".replace("%", "%%"))
                found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return found


def test_a_page_goes_by_the_index_and_reads_no_statement_but_its_own(
    justice: Justice, copy: Copy, django_assert_max_num_queries: Any
) -> None:
    """What lies before the place is not looked at, nor is the log."""
    fill()
    justice.learner()
    copy.pull()
    justice.learner()
    with django_assert_max_num_queries(30) as queries:
        assert len(copy.page()) == 1
    sought = plans(queries.captured_queries)
    assert len(sought) == 2
    by_index = "completionchange_visible" if on_postgresql else "USING INTEGER PRIMARY KEY (rowid>"
    for plan in sought:
        assert by_index in plan, plan
    of_the_log = [q["sql"] for q in queries.captured_queries if "lrs_statement" in q["sql"]]
    assert all('"lrs_statement"."id" IN' in sql for sql in of_the_log)


def fill() -> None:
    """Write twenty thousand changes of enrolments that nobody asks about."""
    for start in range(0, 20_000, 500):
        CompletionChange.objects.bulk_create(
            CompletionChange(registration=UUID(int=start + n), change="changed") for n in range(500)
        )
    if on_postgresql:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reports_completionchange")
