"""Who of the obliged has done it, and who is missing: counted within the mandate alone."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from certificates.models import Certificate
from courses.enrolment import withdraw
from courses.models import Enrolment
from courses.study import start
from people.erasure import erase
from people.models import User
from people.portability import collect_all
from reports.coverage.asking import Asked, shown
from reports.coverage.figures import Figures, figures_by, figures_of, for_outside
from reports.coverage.keeping import (
    confirm,
    current,
    difference,
    discard,
    months_after,
    read_into,
    throw_away_list,
    throw_away_upload,
)
from reports.coverage.standing import Label, Standing, standings
from reports.models import ObligedList, ObligedPerson, ObligedUpload
from tests.factories.people import UserFactory
from tests.reports.conftest import Justice
from tests.reports.obliged import by_email, csv_of, listed, moment, read, refused, taken
from tests.support import complete

pytestmark = pytest.mark.django_db


def judge(justice: Justice, email: str, **about: Any) -> User:
    """Return a judge at the court who has not enrolled."""
    said = {"institution": justice.court, "profession": justice.judge} | about
    return UserFactory(email=email, **said)


def enrolled(justice: Justice, email: str, **about: Any) -> Enrolment:
    return justice.learner(email=email, **about)


def found(upload: ObligedUpload, at: Any) -> list[Standing]:
    return standings(ObligedUpload.objects.get(key=upload.key), at=at)


def states(upload: ObligedUpload, at: Any) -> dict[str, str]:
    return {one.person.email: one.state for one in found(upload, at)}


# --- how far everybody is -------------------------------------------------------------------


def test_the_figures_say_how_far_the_obliged_are(justice: Justice) -> None:
    judge(justice, "idle@sud.example")
    enrolled(justice, "in@sud.example")
    start(
        enrolment=enrolled(justice, "begun@sud.example"),
        page=justice.course.lessons[0],
        at=justice.at,
    )
    complete(enrolled(justice, "done@sud.example"), justice.course, justice.at)
    gone = enrolled(justice, "left@sud.example")
    withdraw(user=User.objects.get(actor=gone.learner), enrolment=gone, at=justice.at)
    names = ("nobody", "idle", "in", "begun", "done", "left")
    upload = listed(justice, *(f"{name}@sud.example" for name in names))
    assert [state for state in states(upload, justice.at).values()] == [
        "not-found", "not-enrolled", "enrolled", "started", "completed", "not-enrolled",
    ]  # fmt: skip
    figures = figures_of(found(upload, justice.at))
    assert figures.values == [6, 5, 3, 2, 1, 0]
    assert figures.percent == 16


def test_an_account_made_after_the_upload_is_found(justice: Justice) -> None:
    upload = listed(justice, "New@Sud.example")
    assert states(upload, justice.at) == {"new@sud.example": "not-found"}
    judge(justice, "new@sud.example")
    assert states(upload, justice.at) == {"new@sud.example": "not-enrolled"}


def test_a_personnel_number_counts_together_with_its_institution(justice: Justice) -> None:
    judge(justice, "a@sud.example", personnel_number="7")
    file = csv_of("Personnel number;Ustanova", "7;Viši sud", "7;High Council")
    upload = read(justice, file)
    assert [one.state for one in found(upload, justice.at)] == ["not-enrolled", "not-found"]


def test_a_stranger_is_told_from_nobody_by_nothing(justice: Justice) -> None:
    """Outside the institutions, of another profession, or without an account: all the same."""
    complete(
        enrolled(justice, "far@x.example", institution=justice.ministry), justice.course, justice.at
    )
    complete(
        enrolled(justice, "clerk@x.example", profession=justice.officer), justice.course, justice.at
    )
    upload = listed(justice, "far@x.example", "clerk@x.example", "nobody@x.example")
    told = [
        (one.state, one.institution, one.profession, vars(one.course), one.is_late)
        for one in found(upload, justice.at)
    ]
    assert told[0] == told[1] == told[2]


def test_what_was_done_outside_the_mandate_is_not_seen(justice: Justice) -> None:
    """As in every report; whoever has come since is found, without what was before."""
    before = complete(
        enrolled(justice, "came@x.example", institution=justice.ministry),
        justice.course,
        justice.at,
    )
    User.objects.filter(actor=before.learner).update(institution=justice.court)
    upload = listed(justice, "came@x.example")
    assert states(upload, justice.at) == {"came@x.example": "not-enrolled"}


def test_a_completion_counts_from_a_day_and_is_late_after_another(justice: Justice) -> None:
    complete(enrolled(justice, "early@sud.example"), justice.course, justice.at)
    addresses = ["early@sud.example"]
    late = listed(justice, *addresses, due_on=date(2026, 11, 23))
    [one] = found(late, justice.at)
    assert (one.state, one.is_late) == ("completed", True)
    again = listed(justice, *addresses, counts_from=date(2026, 11, 25))
    assert states(again, justice.at) == {"early@sud.example": "expired"}
    that_day = date(2026, 11, 24)
    on_the_day = listed(justice, *addresses, counts_from=that_day, due_on=that_day)
    [one] = found(on_the_day, justice.at)
    assert (one.state, one.is_late) == ("completed", False)


def test_a_certificate_that_ended_no_longer_counts(
    justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = complete(enrolled(justice, "done@sud.example"), justice.course, justice.at)
    Certificate.objects.create(
        key=done.pk, registration=done.pk, actor=done.actor, course_key=done.course_key,
        serial="PT-1", earned_at=justice.at, valid_until=date(2026, 11, 24),
    )  # fmt: skip
    upload = listed(justice, "done@sud.example")
    [today] = found(upload, justice.at)
    assert (today.state, today.course.is_valid) == ("completed", True)
    assert figures_of([today]).valid == 1
    [tomorrow] = found(upload, moment(25))
    assert (tomorrow.state, tomorrow.is_missing) == ("expired", True)
    Certificate.objects.update(valid_until=None, revoked_at=justice.at)
    assert states(upload, justice.at) == {"done@sud.example": "expired"}


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_asks_as_much_for_one_as_for_many(justice: Justice, count: int) -> None:
    addresses = [f"judge{number}@sud.example" for number in range(count)]
    for address in addresses:
        enrolled(justice, address)
    upload = listed(justice, *addresses)
    fresh = ObligedUpload.objects.select_related("obliged__mandate").get(key=upload.key)
    with CaptureQueriesContext(connection) as asked:
        assert len(standings(fresh, at=justice.at)) == count
    assert len(asked) == 15


# --- keeping --------------------------------------------------------------------------------


def test_who_stands_twice_by_address_and_by_number_is_told(justice: Justice) -> None:
    judge(justice, "a@sud.example", personnel_number="7")
    file = csv_of("E-mail,Personnel number,Institution", "a@sud.example,,", ",7,Higher Court")
    upload = read(justice, file)
    assert (taken(upload), refused(upload)) == ({2: "a@sud.example"}, {3: "double"})


def test_a_newer_upload_takes_the_place_once_it_is_confirmed(justice: Justice) -> None:
    old = listed(justice, "stays@sud.example", "goes@sud.example")
    obliged = old.obliged
    newer = read_into(obliged, file=by_email("stays@sud.example", "new@sud.example"), at=justice.at)
    changed = difference(newer)
    assert [one.email for one in changed.added] == ["new@sud.example"]
    assert [one.email for one in changed.gone] == ["goes@sud.example"]
    assert current(obliged) == old
    confirm(newer, at=moment(25))
    kept = ObligedUpload.objects.get()
    assert (kept.key, kept.added, kept.gone) == (newer.key, 1, 1)


def test_what_was_read_can_be_forgotten(justice: Justice) -> None:
    discard(read(justice, by_email("a@sud.example")))
    assert not ObligedList.objects.exists()
    kept = listed(justice, "a@sud.example")
    discard(read_into(kept.obliged, file=by_email("b@sud.example"), at=justice.at))
    assert current(kept.obliged) == kept


def test_a_list_is_thrown_away_by_itself(justice: Justice) -> None:
    upload = listed(justice, "a@sud.example", due_on=date(2024, 1, 15))
    assert upload.obliged.ends_on == months_after(date(2026, 11, 24), 13) == date(2027, 12, 31)
    throw_away_list.call(str(upload.obliged.key))
    throw_away_upload.call(str(upload.key))
    assert ObligedList.objects.exists()
    ObligedList.objects.update(ends_on=date(2020, 1, 1))
    throw_away_list.call(str(upload.obliged.key))
    assert not ObligedPerson.objects.exists()


def test_what_nobody_confirms_goes_after_a_week(justice: Justice) -> None:
    upload = read(justice, by_email("a@sud.example"))
    throw_away_upload.call(str(upload.key))
    assert not ObligedList.objects.exists()


# --- the rights of whoever stands on it -----------------------------------------------------


def test_whoever_is_erased_leaves_an_empty_line(justice: Justice) -> None:
    enrolment = enrolled(justice, "a@sud.example", personnel_number="7")
    file = csv_of(
        "E-mail,Personnel number,Name,Institution",
        "a@sud.example,,Ana,",
        "b@sud.example,8,Bojan,Higher Court",
    )
    upload = read(justice, file)
    confirm(upload, at=justice.at)
    user = User.objects.get(actor=enrolment.learner)
    erase(user=user, own_wish=True, at=justice.at)
    one, other = upload.people.order_by("line")
    assert (one.email, one.name, one.is_erased) == ("", "", True)
    assert (other.email, other.is_erased) == ("b@sud.example", False)
    assert [one.state for one in found(upload, justice.at)] == ["not-found", "not-found"]


def test_the_line_of_a_colleague_is_not_erased_by_claiming_their_number(justice: Justice) -> None:
    judge(justice, "ana@sud.example", personnel_number="7")
    thief = judge(justice, "thief@sud.example", personnel_number="7")
    file = csv_of("E-mail,Personnel number,Name,Institution", "ana@sud.example,7,Ana,Higher Court")
    confirm(read(justice, file), at=justice.at)
    assert collect_all(thief)["obliged to take a course"] == []
    erase(user=thief, own_wish=True, at=justice.at)
    assert ObligedPerson.objects.get().name == "Ana"


def test_whoever_stands_on_a_list_finds_it_in_their_data(justice: Justice) -> None:
    user = judge(justice, "a@sud.example", personnel_number="7")
    read(justice, by_email("a@sud.example"), name="Nobody has confirmed it")
    listed(justice, "a@sud.example", "b@sud.example")
    by_number = read(justice, csv_of("Personnel number,Institution,Name", "7,Higher Court,Ana"))
    confirm(by_number, at=justice.at)
    first, second = collect_all(user)["obliged to take a course"]
    assert (first["list"], first["mandate"]) == ("Judges", "Judicial Academy")
    assert first["email"] == "a@sud.example"
    # Anybody can type a number: the line behind it says no more than that it is there.
    assert second.keys() == {"list", "mandate", "due on"}


# --- lists and figures ----------------------------------------------------------------------


def test_people_stand_in_the_order_of_the_readers_alphabet(justice: Justice) -> None:
    names = ("Žarko", "Чедомир", "Zoran", "Ćira", "Љиља", "Marko")
    lines = [f"p{number}@sud.example,{name}" for number, name in enumerate(names)]
    upload = read(justice, csv_of("E-mail,Name", *lines))

    def order(language: str, **asked: str) -> list[str]:
        with override(language):
            return [one.person.name for one in shown(found(upload, justice.at), Asked(**asked))]

    assert order("sr") == ["Žarko", "Zoran", "Љиља", "Marko", "Ćira", "Чедомир"]
    assert order("sr-latn") == ["Чедомир", "Ćira", "Љиља", "Marko", "Zoran", "Žarko"]
    assert order("en", words="zarko P0@sud") == ["Žarko"]
    assert order("en", order="line") == list(names)
    assert order("en", state="completed") == []


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_names_in_cyrillic_stand_by_azbuka_whatever_the_language(
    justice: Justice, language: str
) -> None:
    """They are shown as they were typed."""
    names = ("Огледић", "Чедомир", "Покусић", "Ћира", "Вежбић", "Цвета", "Zoran", "Жарко")
    lines = [f"p{number}@sud.example,{name}" for number, name in enumerate(names)]
    upload = read(justice, csv_of("E-mail,Name", *lines))
    with override(language):
        order = [one.person.name for one in shown(found(upload, justice.at), Asked())]
    assert order == [
        "Вежбић", "Жарко", "Zoran", "Огледић", "Покусић", "Ћира", "Цвета", "Чедомир",
    ]  # fmt: skip


def test_figures_stand_by_institution_as_the_list_or_the_account_says(justice: Justice) -> None:
    judge(justice, "silent@sud.example")
    file = csv_of(
        "E-mail,Institution",
        "a@sud.example,ВИШИ СУД",
        "silent@sud.example,",
        "c@x.example,High Council",
        "d@x.example,Elsewhere",
    )
    groups = figures_by(found(read(justice, file), justice.at), "institution")
    assert [(one.label.text, one.obliged) for one in groups] == [
        ("High Council", 1), ("Higher Court", 2),
    ]  # fmt: skip


def test_figures_for_others_tell_of_no_few() -> None:
    groups = [
        Figures(Label("a", "A"), 40, 30, 30, 20, 10, 9, 0),
        Figures(Label("b", "B"), 30, 28, 20, 20, 20, 20, 0),
        Figures(Label("c", "C"), 3, 3, 3, 3, 3, 3, 0),
        Figures(Label("d", "D"), 20, 20, 10, 10, 0, 0, 0),
    ]
    told = for_outside(groups)
    assert told[2].values == [None] * 6
    for one in told:
        known = [value for value in one.values if value is not None]
        steps = [before - after for before, after in pairwise(known)]
        assert not [value for value in known + steps if 0 < value < 5]
    assert [one.obliged for one in told].count(None) == 2
