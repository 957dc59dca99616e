"""A population is made at once, and is what the site itself would have written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from certificates.models import Certificate
from config.demo.files import key_of
from config.population import making
from config.population.lives import Lives, Span
from config.population.making import MadeBefore, make
from config.population.people import places
from config.population.plans import programmes
from config.population.saying import BUILDERS, moulds_of
from courses.models import Enrolment
from lrs.appending import append_past
from lrs.bulk import write_past
from lrs.log import entry_of
from lrs.models import Mention, Statement
from lrs.positions import LANES, first_position
from lrs.rebuilding import differences, found_amiss, rebuild
from people.models import Actor, Institution, Mandate, Profession, User
from reports.completions import all_rows, completions
from reports.digests import digests
from reports.feed import changes_after
from reports.filters import Filters
from reports.models import CompletionChange
from reports.totals import totals_of
from tests.factories.certificate_templates import template_of
from tests.factories.courses import SmallCourse
from tests.factories.people import InstitutionFactory, MandateFactory, ProfessionFactory
from tests.factories.refreshers import refresher

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
COUNT = 200


@pytest.fixture
def country(course: SmallCourse, at: datetime) -> Mandate:
    """A course whose certificates end, its refresher, two courts, and who may see them."""
    template_of(course.course, validity_months=24)
    refresher(course, at)
    council = InstitutionFactory(name_sr="Високи савет")
    ProfessionFactory(key="judge")
    for name in ("Виши суд", "Основни суд"):
        InstitutionFactory(parent=council, name_sr=name)
    return MandateFactory(
        institutions=Institution.objects.filter(depth=1),
        professions=Profession.objects.all(),
        identified=True,
    )


def population(count: int = COUNT, *, seed: int = 1, resume: bool = False) -> None:
    for _ in make(enrolments=count, seed=seed, until=UNTIL, years=4, resume=resume):
        pass


def lives(count: int = COUNT) -> Lives:
    return Lives(
        seed=1,
        programmes=programmes(),
        places=places(),
        span=Span(UNTIL - timedelta(days=4 * 365), UNTIL),
        enrolments=count,
    )


def log() -> list[tuple[Any, ...]]:
    columns = ("id", "stored", "timestamp", "actor", "registration", "body")
    return list(Statement.objects.order_by("position").values_list(*columns))


def test_every_statement_is_what_its_builder_makes(country: Mandate) -> None:
    kinds = set()
    for number in range(150):
        for enrolled in lives().person(number)[1]:
            moulds = moulds_of(enrolled.plan)
            for kind, said in enrolled.steps:
                made = moulds[kind].entry(said)
                built = entry_of(BUILDERS[kind](enrolled.plan, said), said.at)
                assert made.text == built.text
                assert (made.id, made.row, made.mentions) == (built.id, built.row, built.mentions)
                kinds.add(kind)
    assert kinds >= {"registered", "failed", "passed again", "completed", "earned", "left"}


def test_the_log_makes_every_row_again(country: Mandate) -> None:
    population()
    assert Enrolment.objects.count() == COUNT
    assert Certificate.objects.known().exists()
    assert differences() == []
    assert found_amiss() == []
    changes = CompletionChange.objects.count()
    rebuild()
    assert CompletionChange.objects.count() == changes


def test_every_enrolment_has_one_change(country: Mandate) -> None:
    population()
    told = list(CompletionChange.objects.values_list("registration", flat=True))
    assert sorted(told) == sorted(Enrolment.objects.values_list("pk", flat=True))


def test_report_feed_and_digest_agree(country: Mandate) -> None:
    population()
    report = {row.enrolment: row for row in all_rows(mandate=country, filters=Filters())}
    fed: dict[Any, Any] = {}
    page = changes_after(mandate=country, cursor=None, limit=70)
    while page.more:
        fed |= {entry.enrolment: entry.row for entry in page.entries}
        page = changes_after(mandate=country, cursor=page.cursor, limit=70)
    assert fed == report
    assert len(report) == COUNT
    assert sum(one.rows for one in digests(mandate=country, by="course")) == COUNT
    assert sum(one.rows for one in digests(mandate=country, by="day")) == COUNT
    found = totals_of(completions(mandate=country, filters=Filters()))
    assert found.participations == COUNT
    assert (
        found.persons
        == len({row.person for row in report.values()})
        == Actor.objects.filter(user__email__endswith="@population.example.org").count()
    )


def test_a_seed_makes_the_same_log(country: Mandate) -> None:
    population()
    first = log()
    for model in (Statement, Mention, Enrolment, Certificate, Actor):
        model._default_manager.all().delete()
    User.objects.filter(is_demo=True).delete()
    making.Sheet.objects.all().delete()
    making.Decision.objects.all().delete()
    rebuild()
    population()
    assert log() == first


def test_moments_are_in_the_past_and_in_order(country: Mandate) -> None:
    population()
    stored = list(Statement.objects.order_by("sequence").values_list("stored", "timestamp"))
    assert stored == sorted(stored)
    assert stored[-1][0] < UNTIL
    assert stored[-1][0] - stored[0][0] > timedelta(days=3 * 365)


def test_a_run_that_was_stopped_goes_on(country: Mandate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_PEOPLE_AT_ONCE", 40)
    run = make(enrolments=COUNT, seed=1, until=UNTIL, years=4)
    next(run)
    run.close()
    assert 0 < Enrolment.objects.count() < COUNT
    with pytest.raises(MadeBefore):
        population()
    population(resume=True)
    stopped = {row[0] for row in log()}
    assert Enrolment.objects.count() == COUNT
    assert differences() == []
    assert len(stopped) == Statement.objects.count()


def test_nobody_can_sign_in(country: Mandate) -> None:
    population(5)
    invented = User.objects.filter(is_demo=True)
    assert invented
    for user in invented:
        assert not user.is_active
        assert not user.has_usable_password()
        assert authenticate(username=user.email, password="!") is None


def test_two_seeds_are_other_people(country: Mandate) -> None:
    population(20)
    population(20, seed=2)
    assert Enrolment.objects.count() == 40
    assert differences() == []


def test_those_of_the_demo_work_where_the_demo_has_them(country: Mandate) -> None:
    court = InstitutionFactory(key=key_of("basic-court-a1"))
    assert {(one.profession, one.institution) for one in places()} == {("judge", court.key)}


def test_a_moment_that_is_taken_has_more_places(country: Mandate) -> None:
    population(3)
    taken = Statement.objects.order_by("position").first()
    assert taken
    enrolled = lives().person(900)[1][0]
    said = enrolled.steps[0][1]
    moved = type(said)(**{**vars(said), "at": taken.stored})
    entry = moulds_of(enrolled.plan)["registered"].entry(moved)
    append_past([entry])
    assert entry.position == first_position(taken.stored) + LANES


def test_what_is_there_is_not_written_again(country: Mandate) -> None:
    enrolled = lives().person(0)[1][0]
    moulds = moulds_of(enrolled.plan)
    entries: Callable[[], Any] = lambda: [moulds[kind].entry(said) for kind, said in enrolled.steps]  # noqa: E731
    write_past(entries())
    with pytest.raises(IntegrityError):
        write_past(entries())


# --- the command ----------------------------------------------------------------------------


def test_the_command_says_how_far_it_is_and_does_not_run_twice(country: Mandate) -> None:
    out = StringIO()
    call_command("make_population", enrolments=10, until=UNTIL, stdout=out)
    assert "10 of 10 enrolments" in out.getvalue()
    with pytest.raises(CommandError, match="of the seed 1 are there already"):
        call_command("make_population", enrolments=10, until=UNTIL)
    assert Enrolment.objects.count() == 10


def test_without_a_course_it_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="load_demo"):
        call_command("make_population", enrolments=10)


def test_without_institutions_it_says_what_to_do(course: SmallCourse) -> None:
    User.objects.all().delete()
    Institution.objects.all().delete()
    Profession.objects.all().delete()
    with pytest.raises(CommandError, match="no professions or institutions"):
        call_command("make_population", enrolments=10)


def test_it_stays_out_of_a_real_site(country: Mandate, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not the demo"):
        call_command("make_population", enrolments=10)
    assert not Enrolment.objects.exists()
    call_command("make_population", enrolments=10, yes=True, stderr=StringIO())
    assert Enrolment.objects.count() == 10
