"""The report as it stood: what was taken on a day is what is told of that day for ever after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from courses.models import Edition, Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import Institution, Mandate, Profession
from reports.asked import asked_for
from reports.columns import Source
from reports.completions import all_rows, report
from reports.filters import Filters, read_filters
from reports.row import COLUMNS, CompletionRow
from reports.totals import Totals
from tests.factories.people import MandateFactory
from tests.reports.conftest import Justice
from tests.reports.filed import content, take
from tests.reports.happenings import (
    BEGINNING,
    COURSES,
    JUDGE,
    NAMESPACE,
    OFFICER,
    Learner,
    Maker,
    prepare,
)
from tests.support import complete, read
from xapi import statements, types

pytestmark = pytest.mark.django_db

TEST = uuid5(NAMESPACE, "final test")
FROM_THE_LOG = [one.name for one in COLUMNS.values() if one.source != Source.JOINED]


class Busier(Maker):
    """More can happen: tests that are taken, regraded and taken back, and cohorts joined."""

    def mandate_changes(self) -> None:
        """What a mandate covers is of today: here it stays."""

    def one(self) -> None:
        if self.learners and self.chance.random() < 0.3:
            self.is_tested(self.chance.choice(self.learners[-60:]))
        elif self.learners and self.chance.random() < 0.05:
            self.joins(self.chance.choice(self.learners))
        else:
            super().one()

    def is_tested(self, learner: Learner) -> None:
        """An attempt is begun and judged; some verdicts are taken back, most of them anew."""
        number, passed = self.count, self.chance.random() < 0.6
        about = {"quiz": TEST, "number": number}
        begun = {"questions": [], "pass-mark": 80}
        self.recorded(statements.attempted, learner, facts=begun, **about)
        score = {"raw": 9.0 if passed else 3.0, "maximum": 10.0, "facts": {}}
        made = statements.judged(**self.who(learner), **about, passed=passed, **score)
        self.write(made)
        if self.chance.random() < 0.4:
            self.count += 1
            self.write(statements.voided(actor=self.admin, target=made.id, at=self.now))
            if self.chance.random() < 0.7:
                # A verdict that replaces another says when the attempt was over, in any zone.
                ended = {"finished-at": "2026-11-24T10:00:00.5+02:00", "generation": 2}
                anew = {**score, "facts": ended, "generation": 2}
                anew = {**self.who(learner), **about, **anew}
                self.write(statements.judged(**anew, passed=not passed))

    def joins(self, learner: Learner) -> None:
        facts = {"cohort": str(uuid5(NAMESPACE, "cohort"))}
        self.recorded(statements.registered, learner, facts=facts, occurrence=str(uuid4()))


@dataclass(frozen=True)
class Taken:
    """A report as somebody took it."""

    moment: datetime
    mandate: Mandate
    filters: Filters
    totals: Totals
    rows: list[dict[str, Any]]


def said(rows: Iterator[CompletionRow] | list[CompletionRow]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in FROM_THE_LOG} for row in rows]


def taken(mandate: Mandate, filters: Filters, moment: datetime) -> Taken:
    with report(mandate=mandate, filters=filters) as now:
        totals = now.totals()
    return Taken(moment, mandate, filters, totals, said(all_rows(mandate=mandate, filters=filters)))


@pytest.fixture
def maker(db: None) -> Busier:
    prepare()
    for key in COURSES:
        Edition.objects.create(
            course_key=key,
            number=1,
            outline={"modules": []},
            rule={"complete": "all required", "result": [str(TEST)]},
            minutes=240,
            law_as_of=date(2026, 1, 1),
            published_at=BEGINNING,
        )
    return Busier(3)


@pytest.fixture
def readers(maker: Busier) -> list[Mandate]:
    """The whole council with every right; one court; the ministry, and who sees nobody."""
    council, court, _, ministry = Institution.objects.order_by("path")
    everybody = [Profession.objects.get(key=key) for key in (JUDGE, OFFICER)]
    rights = {"identified": True, "exact_results": True}
    return [
        MandateFactory(institutions=[council, ministry], professions=everybody, **rights),
        MandateFactory(institutions=[court], professions=everybody[:1]),
        MandateFactory(institutions=[ministry], professions=everybody[1:]),
        MandateFactory(institutions=[], professions=everybody),
    ]


def choices(day: date, institution: UUID) -> list[Filters]:
    return [
        Filters(),
        Filters(status="completed"),
        Filters(status="started"),
        Filters(status="withdrawn", profession=JUDGE),
        Filters(course=COURSES[0], institution=institution),
        Filters(first_day=day, last_day=day),
        Filters(period="certified", first_day=day, last_day=day),
        Filters(period="certified", last_day=day),
    ]


def test_a_report_as_of_a_day_is_the_report_that_was_taken_on_that_day(
    maker: Busier, readers: list[Mandate]
) -> None:
    court = Institution.objects.order_by("path")[1].key
    kept: list[Taken] = []
    for _ in range(4):
        maker.happen(60)
        moment = maker.now
        for reader in readers:
            kept += [taken(reader, one, moment) for one in choices(moment.date(), court)]
        maker.count += 3600
    maker.happen(150)
    assert differences() == []
    assert len({len(one.rows) for one in kept}) > 12
    for one in kept:
        again = all_rows(mandate=one.mandate, filters=one.filters, as_of=one.moment, size=7)
        assert said(again) == one.rows
        with report(mandate=one.mandate, filters=one.filters, as_of=one.moment) as then:
            assert (then.totals(), len(then)) == (one.totals, len(one.rows))
            assert said(then[5:12]) == one.rows[5:12]
    # What is shown has changed since in every way: the story would tell nothing otherwise.
    now = {row["enrolment"]: row for row in said(all_rows(mandate=readers[0], filters=Filters()))}
    changed = {
        name
        for one in kept
        if one.mandate == readers[0]
        for row in one.rows
        for name in FROM_THE_LOG
        if now.get(row["enrolment"], row)[name] != row[name]
    }
    assert changed >= {"status", "completed_at", "hours", "certificate", "passed_at", "failed_at"}
    assert changed >= {"institution", "certificate_revoked_at", "cohort_key", "withdrawn_at"}


def test_before_anything_happened_nobody_was_there(maker: Busier, readers: list[Mandate]) -> None:
    maker.happen(30)
    early = BEGINNING - timedelta(days=1)
    assert list(all_rows(mandate=readers[0], filters=Filters(), as_of=early)) == []
    later = maker.now + timedelta(days=1)
    assert list(all_rows(mandate=readers[0], filters=Filters(), as_of=later)) == list(
        all_rows(mandate=readers[0], filters=Filters())
    )


def test_what_was_taken_back_later_still_counted_then(justice: Justice, at: datetime) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    done = Statement.objects.filter(registration=enrolment.pk, activity_type=types.COURSE)
    [completed] = done.filter(verb__endswith="completed")
    maker = Maker(1)
    maker.count = 7 * 24 * 3600
    maker.write(statements.voided(actor=uuid4(), target=completed.id, at=maker.now))

    def status(moment: datetime | None) -> list[str]:
        found = all_rows(mandate=justice.mandate, filters=Filters(), as_of=moment)
        return [row.status for row in found]

    assert status(None) == ["started"]
    assert status(maker.now) == ["started"]
    assert status(maker.now - timedelta(microseconds=1)) == ["completed"]
    assert status(completed.stored - timedelta(microseconds=1)) == ["started"]


def test_who_was_erased_since_has_no_name_but_the_same_row(
    maker: Busier, readers: list[Mandate]
) -> None:
    maker.happen(40)
    moment = maker.now
    before = {row.enrolment: row for row in all_rows(mandate=readers[0], filters=Filters())}
    for learner in maker.learners:
        maker.is_erased(learner)
    after = list(all_rows(mandate=readers[0], filters=Filters(), as_of=moment))
    assert {row.name for row in after} == {None}
    assert said(after) == said([before[row.enrolment] for row in after])


def test_names_of_a_report_of_the_past_are_of_today(justice: Justice, at: datetime) -> None:
    Mandate.objects.update(identified=True)
    justice.mandate.refresh_from_db()
    enrolment = justice.learner()
    justice.court.name_en = "Renamed Court"
    justice.court.save()
    read(enrolment, justice.course.lessons[0], at + timedelta(days=3))
    [row] = all_rows(mandate=justice.mandate, filters=Filters(), as_of=at + timedelta(days=1))
    assert (row.status, row.institution_name) == ("enrolled", "Renamed Court")


def test_only_what_was_touched_is_read_from_the_log(
    justice: Justice, at: datetime, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        justice.learner()
    moment = at + timedelta(days=1)

    def ask() -> None:
        with report(mandate=justice.mandate, filters=Filters(), as_of=moment) as then:
            then.totals()
            assert len(then[0:50]) == 5

    # The scope (3), what is live, what was touched (2); enrolments, facts, touched; and 6 joined.
    with django_assert_num_queries(16):
        ask()
    for enrolment in Enrolment.objects.all():
        read(enrolment, justice.course.lessons[0], at + timedelta(days=3))
    with django_assert_num_queries(20):
        ask()


# --- the doors ------------------------------------------------------------------------------


@pytest.fixture
def past(justice: Justice, at: datetime) -> datetime:
    """Two had enrolled by a day in the past; later one completed, and a third came."""
    first, _second = justice.learner(), justice.learner()
    complete(first, justice.course, at + timedelta(days=2))
    later = replace(justice, at=at + timedelta(days=3))
    later.learner()
    return at + timedelta(days=1)


def test_machines_ask_for_a_day_or_for_a_moment(client: Client, token: str, past: datetime) -> None:
    headers = {"authorization": f"Bearer {token}"}

    def ask(as_of: str) -> Any:
        return client.get("/api/v1/completions", {"as_of": as_of}, headers=headers)

    for given in ("2026-11-25", "2026-11-25T10:00:00+01:00", past.isoformat()):
        said_ = ask(given).json()
        assert (said_["participations"], said_["completions"]) == (2, 0)
        assert {row["status"] for row in said_["rows"]} == {"enrolled"}
    assert ask("2026-11-25").json()["as_of"] == "2026-11-25T22:59:59.999Z"
    now = ask("").json()
    assert (now["as_of"], now["participations"], now["completions"]) == (None, 3, 1)
    for wrong in ("2026-13-01", "yesterday", "2999-01-01", "9999-12-31", "2999-01-01T00:00:00Z"):
        answer = ask(wrong)
        assert (answer.status_code, "as_of" in answer.json()["detail"]) == (400, True), wrong


def test_a_plus_sign_that_was_not_encoded_is_read(client: Client, token: str) -> None:
    answer = client.get(
        "/api/v1/completions?as_of=2026-01-25T10:00:00+01:00",
        headers={"authorization": f"Bearer {token}"},
    )
    assert answer.json()["as_of"] == "2026-01-25T09:00:00Z"


def test_the_page_and_the_file_say_that_they_are_of_the_past(
    officer: Client, past: datetime
) -> None:
    page = officer.get("/en/reports/", {"as_of": "2026-11-25"})
    assert page.context["totals"].participations == 2
    text = page.content.decode()
    assert "report of the past" in text
    assert 'value="2026-11-25"' in text
    assert "as_of=2026-11-25" in text
    lines = content(take(officer, "csv", query={"as_of": "2026-11-25"})).decode().splitlines()
    assert len(lines) == 3
    assert "report of the past" not in officer.get("/en/reports/").content.decode()


def test_a_moment_that_cannot_be_is_refused_on_the_page(officer: Client) -> None:
    for wrong, word in (("2999-01-01", "has not come yet"), ("soon", "cannot be read")):
        page = officer.get("/en/reports/", {"as_of": wrong})
        assert (page.status_code, word in page.content.decode()) == (400, True)
        file = take(officer, "csv", query={"as_of": wrong})
        assert (file.status_code, word in file.content.decode()) == (400, True)


def test_a_day_is_over_at_midnight_in_belgrade() -> None:
    filters = read_filters({"as_of": "2026-06-30"})
    assert str(filters.moment) == "2026-06-30 21:59:59.999999+00:00"
    assert filters.as_query() == "as_of=2026-06-30"
    assert read_filters({"as_of": "2026-06-30T12:00"}).moment == datetime.fromisoformat(
        "2026-06-30T12:00+02:00"
    )


def test_today_is_until_now_and_the_address_keeps_the_moment(at: datetime) -> None:
    asked = asked_for({"as_of": "2026-11-24"}, at=at)
    assert (asked.error, asked.filters.moment) == ("", at)
    later = read_filters(QueryDict(asked.filters.as_query()).dict())
    assert later.moment == at
    late = datetime.fromisoformat("2026-11-24T23:30+00:00")  # the 25th in Belgrade
    assert asked_for({"as_of": "2026-11-25"}, at=late).filters.moment == late
    over = asked_for({"as_of": "2026-11-24"}, at=late).filters
    assert over.as_query() == "as_of=2026-11-24"


@pytest.mark.parametrize("text", ["2026-11-25", "2026-11-24T23:00", "2999-01-01"])
def test_what_has_not_come_is_named_as_the_page_labels_it(at: datetime, text: str) -> None:
    with override("en"):
        asked = asked_for({"as_of": text}, at=at)
        assert "“As it stood on” has not come yet" in asked.error
    assert asked.wrong == ("as_of",)
    with override("sr"):
        told = asked_for({"as_of": text}, at=at).error
    assert "„Према стању на дан“" in told
    assert "as_of" not in told
