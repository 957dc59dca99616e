"""The feed of completions: filled once, then kept in step; nothing is missed, nothing stays."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason
from certificates.revoking import correct, revoke
from courses.enrolment import join_cohort, withdraw
from courses.models import Enrolment
from lrs.log import record
from lrs.models import Statement
from lrs.rebuilding import differences, rebuild
from people.actors import actor_id, people_of, person_key
from people.clients import issue_token
from people.erasure import erase
from people.models import Mandate, User
from reports.cursors import read_cursor
from reports.joining import rows
from reports.models import CompletionChange, Scope
from reports.schema import as_json
from reports.scopes import covered_by, within
from tests.drawing import drawn_as
from tests.factories.certificate_templates import template_of
from tests.factories.courses import SmallCourse, cohort, small_course
from tests.factories.people import InstitutionFactory, MandateFactory, UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.reports.copies import CHANGES, Copy
from tests.support import complete, read, sign_in, take
from xapi import statements, verbs

on_postgresql = connection.vendor == "postgresql"
# There the feed hides what is not committed, so that a story is many transactions.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """The small course, in rows that are committed where a story is many transactions."""
    return small_course(at) if on_postgresql else remembered_course(at)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: sheet.serial.encode())


@pytest.fixture
def mandate(justice: Justice, token: str) -> Mandate:
    """The mandate of the machine client."""
    return Mandate.objects.get(holder=None)


@pytest.fixture
def copy(client: Client, token: str) -> Copy:
    return Copy(client, token)


def person(enrolment: Enrolment) -> User:
    return people_of([enrolment.learner])[enrolment.learner]


def on_server(mandate: Mandate) -> dict[str, Any]:
    """Return what the server says of every row in the mandate, as JSON reads it back."""
    mandate.refresh_from_db()
    found = Enrolment.objects.filter(within(covered_by(mandate)))
    return {str(r.enrolment): as_json(r, "en") for r in rows(mandate=mandate, enrolments=found)}


def same(copy: Copy, mandate: Mandate) -> bool:
    """Say whether a copy holds the enrolments of the server, each in the same state."""
    server = on_server(mandate)
    about = ("status", "certificate", "score_band", "name", "result")
    assert copy.held.keys() == server.keys()
    return all(copy.held[key][n] == server[key][n] for key in server for n in about)


# --- a copy is filled, then kept in step ----------------------------------------------------


def test_a_copy_is_filled_page_by_page_and_each_row_comes_once(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    made = {str(justice.learner().pk) for _ in range(5)}
    sizes = []
    for _ in range(4):
        sizes.append(len(copy.page(limit=2)))
    assert sizes == [2, 2, 1, 0]
    assert copy.held.keys() == made
    assert (copy.last["more"], copy.last["rows"]) == (False, [])
    assert same(copy, mandate)
    assert copy.pull() == []


def test_each_thing_that_happens_comes_as_a_row(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    copy.pull()
    enrolment = justice.learner()
    key = str(enrolment.pk)
    assert copy.told() == [(key, "new")]
    group = cohort(justice.course.edition)
    join_cohort(enrolment=enrolment, cohort=group, at=at)
    assert copy.told() == [(key, "changed")]
    assert copy.held[key]["cohort"] == group.name
    read(enrolment, justice.course.lessons[0], at)
    assert copy.told() == [(key, "started")]
    take(enrolment, justice.course.quizzes[1], at, right=False)
    assert copy.told() == [(key, "tested")]
    complete(enrolment, justice.course, at + timedelta(days=1))
    assert copy.told()[-1] == (key, "completed")
    assert copy.held[key]["status"] == "completed"
    issue(registration=enrolment.pk, at=at)
    assert copy.told() == [(key, "certified")]
    assert copy.held[key]["certificate"]
    assert same(copy, mandate)


def test_what_only_shows_that_somebody_is_there_is_no_change(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    enrolment = justice.learner()
    read(enrolment, justice.course.lessons[0], at)
    copy.pull()
    before = CompletionChange.objects.count()
    read(enrolment, justice.course.lessons[1], at + timedelta(days=1))
    assert CompletionChange.objects.count() == before
    assert copy.told() == []


def test_who_leaves_comes_as_withdrawn(justice: Justice, copy: Copy, at: datetime) -> None:
    enrolment = justice.learner()
    copy.pull()
    withdraw(user=person(enrolment), enrolment=enrolment, at=at)
    assert copy.told() == [(str(enrolment.pk), "withdrawn")]


def test_corrections_and_revocations_say_why_and_who(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    issue(registration=enrolment.pk, at=at)
    copy.pull()
    admin = UserFactory()
    author = person_key(actor_id(admin), mandate.audience_key)
    User.objects.filter(actor=enrolment.learner).update(name_latin="Another Name")
    why = {"by": admin, "words": "Misspelt.", "at": at}
    first = Certificate.objects.get()
    finish(correct(certificate=first, reason=Reason.NAME, **why), at=at)
    [corrected] = copy.pull()
    told = (corrected["change"], corrected["reason"], corrected["author"])
    assert told == ("corrected", "name", author)
    assert corrected["replaces"] == first.serial
    assert corrected["completion"]["certificate"] != first.serial
    second = Certificate.objects.get(replaced_by=None)
    revoke(certificate=second, reason=Reason.ERROR, **why)
    [revoked] = copy.pull()
    told = (revoked["change"], revoked["reason"], revoked["author"])
    assert told == ("revoked", "error", author)
    assert revoked["replaces"] == second.serial
    assert revoked["completion"]["certificate_revoked_at"]
    assert "Misspelt" not in str(copy.last)


def test_a_renewal_comes_with_the_row_whose_certificate_it_renews(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    template_of(justice.course.course, validity_months=18)
    short = refresher(justice.course, at)
    enrolment = complete(justice.learner(), justice.course, at)
    issue(registration=enrolment.pk, at=at)
    copy.pull()
    key, before = str(enrolment.pk), copy.held[str(enrolment.pk)]
    later = at + timedelta(days=500)
    refreshed = refresh(person(enrolment), short, later)
    issue(registration=refreshed.pk, at=later)
    [renewed] = [one for one in copy.pull() if one["enrolment"] == key]
    assert (renewed["change"], renewed["replaces"]) == ("renewed", before["certificate"])
    after = copy.held[key]
    assert after["certificate"] != before["certificate"]
    assert after["certificate_valid_until"] > before["certificate_valid_until"]
    assert (after["hours"], after["result"]) == (before["hours"], before["result"])


def test_what_is_taken_back_comes_as_corrected(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    copy.pull()
    done = Statement.objects.get(
        registration=enrolment.pk, verb=verbs.COMPLETED.id, activity__contains=str(enrolment.course)
    )
    by = uuid4()
    record([statements.voided(actor=by, target=done.id, at=at)], at=at)
    [entry] = copy.pull()
    assert (entry["change"], entry["author"]) == ("corrected", person_key(by, mandate.audience_key))
    told = CompletionChange.objects.get(statement=done.id)
    assert entry["replaces"] == f"{told.transaction}/{told.sequence}"
    assert entry["completion"]["status"] == "started"
    assert same(copy, mandate)


def test_who_is_erased_comes_again_without_a_name(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    Mandate.objects.update(identified=True)
    enrolment = justice.learner(personnel_number="A-17")
    done = complete(enrolment, justice.course, at)
    copy.pull()
    key, before = str(done.pk), copy.held[str(done.pk)]
    assert (before["name"], before["personnel_number"]) == ("Jelena Uzorković", "A-17")
    erase(user=person(enrolment), own_wish=True, at=at)
    assert copy.told() == [(key, "pseudonymised")]
    after = copy.held[key]
    assert (after["name"], after["email"], after["personnel_number"]) == (None, None, None)
    assert after["person"] == before["person"]
    assert after["completed_at"] == before["completed_at"]
    assert not CompletionChange.objects.exclude(statement=None).filter(change="pseudonymised")


def test_who_is_called_otherwise_comes_again(
    justice: Justice, copy: Copy, mandate: Mandate, client: Client
) -> None:
    Mandate.objects.update(identified=True)
    enrolment = justice.learner(municipality="Београд")
    copy.pull()
    user = person(enrolment)
    said = {"name_cyrillic": "Ана Друга", "name_latin": "Ana Druga", "language": "en"}
    said |= {"profession": str(justice.judge.pk), "municipality": "Београд"}
    said |= {"institution": str(justice.council.pk)}
    signed_in = sign_in(Client(), user)
    assert signed_in.post(reverse("profile"), said).status_code == 302
    assert copy.told() == [(str(enrolment.pk), "changed")]
    row = copy.held[str(enrolment.pk)]
    assert (row["name"], row["institution_now_name"]) == ("Ana Druga", "High Council")
    assert row["institution_name"] == "Higher Court"
    signed_in.post(reverse("profile"), said)
    assert copy.told() == []


# --- the mandate ----------------------------------------------------------------------------


def test_nothing_is_told_of_what_the_mandate_never_covered(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    complete(justice.learner(institution=justice.ministry), justice.course, at)
    assert copy.pull() == []
    complete(justice.learner(institution=justice.ministry), justice.course, at)
    justice.learner(profession=justice.officer)
    assert copy.pull() == []


def test_who_completes_elsewhere_leaves_a_tombstone(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    moved, stays = justice.learner(), justice.learner()
    copy.pull()
    User.objects.filter(actor=moved.learner).update(institution=justice.ministry)
    complete(moved, justice.course, at)
    came = copy.pull()
    gone = [entry for entry in came if entry["completion"] is None]
    assert {entry["enrolment"] for entry in gone} == {str(moved.pk)}
    assert {entry["change"] for entry in gone} == {"withdrawn_from_scope"}
    assert {(entry["reason"], entry["author"]) for entry in gone} == {(None, None)}
    assert copy.held.keys() == {str(stays.pk)}
    assert same(copy, mandate)


def narrowed(justice: Justice, mandate: Mandate) -> None:
    mandate.institutions.set([justice.court])


def moved_away(justice: Justice, mandate: Mandate) -> None:
    """The court comes under another ministry."""
    justice.council.refresh_from_db()
    tribunal = InstitutionFactory(parent=justice.council)
    mandate.institutions.set([justice.court, tribunal])


@pytest.mark.parametrize("change", [narrowed, moved_away])
def test_what_a_mandate_no_longer_covers_is_taken_back(
    justice: Justice,
    copy: Copy,
    mandate: Mandate,
    change: Callable[[Justice, Mandate], None],
) -> None:
    below, above = justice.learner(), justice.learner(institution=justice.council)
    copy.pull()
    change(justice, mandate)
    assert copy.told() == [(str(above.pk), "withdrawn_from_scope")]
    assert copy.held.keys() == {str(below.pk)}
    assert same(copy, mandate)
    assert copy.told() == []


def test_an_institution_that_moves_takes_its_rows_along(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    enrolment, other = justice.learner(), justice.learner(institution=justice.ministry)
    copy.pull()
    justice.court.refresh_from_db()
    justice.ministry.refresh_from_db()
    justice.court.move(justice.ministry, pos="last-child")
    assert copy.told() == [(str(enrolment.pk), "withdrawn_from_scope")]
    justice.council.refresh_from_db()
    justice.ministry.refresh_from_db()
    justice.ministry.move(justice.council, pos="last-child")
    assert dict(copy.told()) == {str(enrolment.pk): "new", str(other.pk): "new"}
    assert same(copy, mandate)


def test_professions_come_and_go_with_the_mandate(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    judge, officer = justice.learner(), justice.learner(profession=justice.officer)
    copy.pull()
    mandate.professions.set([justice.officer])
    told = {str(judge.pk): "withdrawn_from_scope", str(officer.pk): "new"}
    assert dict(copy.told()) == told
    assert same(copy, mandate)


def test_another_right_brings_every_row_again(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    copy.pull()
    key = str(enrolment.pk)
    for identified, exact in ((True, True), (False, False)):
        Mandate.objects.update(identified=identified, exact_results=exact)
        assert copy.told() == [(key, "changed")]
        assert (copy.held[key]["name"] is not None) == identified
        assert (copy.held[key]["result"] is not None) == exact
        assert same(copy, mandate)


def test_a_scope_that_changes_while_a_copy_is_brought_up_to_it(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    """What came under a scope that was left half-way does not stay either."""
    courts = [justice.learner() for _ in range(4)]
    ministry = [justice.learner(institution=justice.ministry) for _ in range(4)]
    copy.pull()
    mandate.institutions.set([justice.ministry])
    copy.page(limit=3)
    other = InstitutionFactory()
    mandate.institutions.set([other])
    copy.pull(limit=3)
    assert copy.held == {}
    mandate.institutions.set([justice.council])
    copy.pull(limit=3)
    assert copy.held.keys() == {str(enrolment.pk) for enrolment in courts}
    assert not copy.held.keys() & {str(enrolment.pk) for enrolment in ministry}
    assert same(copy, mandate)


def test_who_left_a_scope_before_it_changed_is_taken_back_as_well(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    moved = justice.learner()
    copy.pull()
    User.objects.filter(actor=moved.learner).update(institution=justice.ministry)
    complete(moved, justice.course, at)
    mandate.institutions.set([InstitutionFactory()])
    copy.pull()
    assert copy.held == {}


# --- cursors --------------------------------------------------------------------------------


@pytest.mark.parametrize("spoilt", ["nonsense", "a:b", "{cursor}x", "x{cursor}"])
def test_a_word_that_is_no_cursor_is_refused(justice: Justice, copy: Copy, spoilt: str) -> None:
    copy.pull()
    answer = copy.ask(cursor=spoilt.format(cursor=copy.cursor))
    assert (answer.status_code, "cursor" in answer.json()["detail"]) == (400, True)


def test_what_is_no_parameter_is_refused(copy: Copy) -> None:
    for wrong in ({"offset": "1"}, {"limit": "0"}, {"limit": "1001"}, {"language": "de"}):
        assert copy.ask(**wrong).status_code == 400


def test_after_a_restore_a_reader_starts_again(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    justice.learner()
    copy.pull()
    call_command("begin_epoch")
    answer = copy.ask()
    assert answer.status_code == 410
    copy.rows, copy.cursor = {}, answer.json()["next_cursor"]
    justice.learner()
    copy.pull()
    assert same(copy, mandate)


def test_a_cursor_of_another_mandate_is_worth_nothing(
    justice: Justice, copy: Copy, client: Client
) -> None:
    copy.pull()
    machine, token = issue_token(name="Ministry")
    MandateFactory(holder=None, client=machine, institutions=[justice.ministry])
    other = Copy(client, token, cursor=copy.cursor)
    assert other.ask().status_code == 410


def test_a_scope_that_was_lost_lets_a_reader_start_again(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    copy.pull()
    narrowed(justice, mandate)
    Scope.objects.all().delete()
    assert copy.ask().status_code == 410


def test_making_projections_anew_leaves_cursors_as_they_are(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    complete(justice.learner(), justice.course, at)
    copy.pull()
    before = copy.cursor
    rebuild()
    assert copy.told() == []
    assert copy.cursor == before
    assert differences() == []


def test_a_row_that_was_repaired_comes_as_corrected(justice: Justice, copy: Copy) -> None:
    enrolment = justice.learner()
    Enrolment.objects.update(withdrawn_at=justice.at)
    copy.pull()
    rebuild()
    assert copy.told() == [(str(enrolment.pk), "corrected")]


def test_one_mandate_at_a_time_keeps_one_scope(justice: Justice, copy: Copy) -> None:
    justice.learner()
    copy.pull()
    copy.pull()
    assert Scope.objects.count() == 1
    assert read_cursor(copy.cursor).held == (Scope.objects.get().digest,)


# --- what an answer is ----------------------------------------------------------------------


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
