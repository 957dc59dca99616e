"""A tutor's cohort: members by name for its tutors alone, where they are stuck, a way on."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assessments.models import AttemptGrant, GrantReason
from courses.cohorts import report_on
from courses.editions import publish_edition
from courses.enrolment import enrol, withdraw
from courses.models import Cohort, CoursePage, Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.actors import people_of
from people.erasure import erase
from people.models import User
from serbian import to_latin
from tests.cms.conftest import person, sign_in
from tests.factories.cohorts import cohort_of, join, use_up
from tests.factories.courses import SmallCourse, lesson, small_course
from tests.factories.people import UserFactory
from tests.support import complete, read

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


@pytest.fixture
def now() -> datetime:
    """The views look at the clock themselves: stories they show happen today."""
    return timezone.now() - timedelta(hours=1)


def page(cohort: Cohort) -> str:
    return reverse("cohorts:members", args=[cohort.pk])


def test_where_everybody_is(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, person("trainer"), at)
    stuck = join(cohort, course, at, "Ana Uzor", "Ана Узор")
    use_up(stuck, course, at)
    done = join(cohort, course, at, "Boris Primer", "Борис Пример")
    complete(done, course, at)
    join(cohort, course, at, "Vera Novak", "Вера Новак")
    left = join(cohort, course, at, "Goran Odlazak", "Горан Одлазак")
    withdraw(user=people_of([left.learner])[left.learner], enrolment=left, at=at)
    outsider = enrol(user=UserFactory(), course=course.course, at=at)

    report = report_on(cohort=cohort, at=at + timedelta(hours=2))
    states = {member.name: member.state for member in report.members}
    assert states == {
        "Ana Uzor": "studying",
        "Boris Primer": "completed",
        "Goran Odlazak": "withdrawn",
        "Vera Novak": "not-started",
    }
    assert outsider.registration not in {m.enrolment.registration for m in report.members}
    ana = report.members[0]
    assert (ana.done, ana.total, ana.percent) == (1, 4, 25)
    assert ana.at is not None
    assert ana.at.key == course.quizzes[0].key
    reading, stop = report.stops
    assert (reading.activity.title, reading.here, reading.before) == ("First", 0, 1)
    assert (stop.here, stop.before, stop.failed, stop.used_up) == (1, 0, 3, 1)
    standing = sum(stop.here + stop.before for stop in report.stops)
    assert standing == report.count("studying") + report.count("not-started")
    [(member, trouble)] = report.in_need
    assert member.name == "Ana Uzor"
    assert trouble.activity_key == course.quizzes[0].key


def test_members_are_counted_alike_on_both_pages(
    course: SmallCourse, at: datetime, as_role: AsRole
) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, at)
    complete(join(cohort, course, at, "Boris Primer", "Борис Пример"), course, at)
    join(cohort, course, at, "Vera Novak", "Вера Новак")
    left = join(cohort, course, at, "Goran Odlazak", "Горан Одлазак")
    withdraw(user=people_of([left.learner])[left.learner], enrolment=left, at=at)
    browser = sign_in(tutor)
    shown = browser.get(page(cohort)).content.decode()
    assert "<b>2</b> members" in shown
    assert "1 has withdrawn and is not counted" in shown
    assert "1 of 2" in browser.get(reverse("wagtailadmin_home")).content.decode()


def test_after_the_waiting_time_nothing_is_used_up(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, person("trainer"), at)
    use_up(join(cohort, course, at, "Ana Uzor", "Ана Узор"), course, at)
    later = report_on(cohort=cohort, at=at + timedelta(days=3))
    assert later.in_need == []
    assert later.stops[0].failed == 3


def test_members_are_found_in_either_script(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, person("trainer"), at)
    join(cohort, course, at, "Đorđe Čačak", "Ђорђе Чачак")
    join(cohort, course, at, "Vera Novak", "Вера Новак")
    report = report_on(cohort=cohort, at=at)
    for words in ("djordje", "Чачак", "čač"):
        assert [member.name for member in report.choose(words=words)] == ["Đorđe Čačak"]
    assert report.choose(state="completed") == []


def test_the_erased_keep_their_place_without_a_name(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, person("trainer"), at)
    enrolment = join(cohort, course, at, "Ana Uzor", "Ана Узор")
    erase(user=people_of([enrolment.learner])[enrolment.learner], own_wish=True, at=at)
    [member] = report_on(cohort=cohort, at=at).members
    assert member.name == "erased account"


def test_only_its_tutors_and_administrators_see_a_cohort(
    course: SmallCourse, now: datetime, as_role: AsRole
) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    stuck = join(cohort, course, now, "Ana Uzor", "Ана Узор")
    use_up(stuck, course, now)
    grant = reverse("grant_attempt", args=[stuck.registration, course.quizzes[0].key])
    edit = reverse("cohorts:edit", args=[cohort.pk])
    addresses = [page(cohort), reverse("cohorts:members_csv", args=[cohort.pk]), grant, edit]
    addresses.append(reverse("cohorts:history", args=[cohort.pk]))
    for address in addresses:
        assert sign_in(tutor).get(address).status_code == 200, address
        assert as_role("administrator").get(address).status_code == 200, address
        assert as_role("trainer").get(address, follow=True).status_code == 404, address
        assert as_role("reviewer").get(address).status_code in (302, 404), address
        assert as_role("officer").get(address).status_code in (302, 403), address
    as_role("trainer").post(grant, {"reason": "x", "token": "t"})
    assert not AttemptGrant.objects.exists()
    mine, others = sign_in(tutor), as_role("trainer")
    assert cohort.enrolment_key in mine.get(reverse("cohorts:list")).content.decode()
    assert cohort.enrolment_key not in others.get(reverse("cohorts:list")).content.decode()
    assert cohort.name not in others.get(reverse("wagtailadmin_home")).content.decode()


def test_one_more_attempt_with_a_reason(course: SmallCourse, now: datetime) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    stuck = join(cohort, course, now, "Ana Uzor", "Ана Узор")
    use_up(stuck, course, now)
    client = sign_in(tutor)
    shown = client.get(page(cohort)).content.decode()
    grant = reverse("grant_attempt", args=[stuck.registration, course.quizzes[0].key])
    assert grant in shown
    form = client.get(grant)
    assert "Ana Uzor" in form.content.decode()
    token = form.context["form"].initial["token"]
    assert client.post(grant, {"reason": " ", "token": token}).status_code == 200
    assert not AttemptGrant.objects.exists()
    for _ in range(2):  # two clicks grant once
        sent = client.post(grant, {"reason": "Was ill.", "token": token})
        assert sent.status_code == 302
    assert AttemptGrant.objects.count() == 1
    assert GrantReason.objects.get().text == "Was ill."
    assert grant not in client.get(page(cohort)).content.decode()
    assert differences() == []


def test_the_file_holds_no_more_than_the_page_needs(course: SmallCourse, now: datetime) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    use_up(join(cohort, course, now, "Ana Uzor", "Ана Узор"), course, now)
    join(cohort, course, now, "=HYPERLINK(1)", "=HYPERLINK(1)")
    sent = sign_in(tutor).get(reverse("cohorts:members_csv", args=[cohort.pk]))
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "State", "Done", "Of", "Last activity", "Attempts used up"]
    ana = next(row for row in rows if row[0] == "Ana Uzor")
    assert ana[1:4] == ["studying", "1", "4"]
    assert ana[5] == "1"
    assert any(row[0] == "'=HYPERLINK(1)" for row in rows)
    assert "@" not in sent.content.decode()


@pytest.mark.parametrize("members", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    members: int, course: SmallCourse, now: datetime, django_assert_num_queries: Callable
) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    for number in range(members):
        enrolment = join(cohort, course, now, f"Ana {number}", f"Ана {number}")
        read(enrolment, course.lessons[0], now)
        if number % 3 == 0:
            use_up(enrolment, course, now)
    report_on(cohort=cohort, at=now)
    with django_assert_num_queries(9):
        report = report_on(cohort=cohort, at=now)
    assert len(report.members) == members
    assert report.in_need


@pytest.mark.parametrize("members", [1, 30])
def test_the_whole_answer_costs_the_same(
    members: int, course: SmallCourse, now: datetime, django_assert_num_queries: Callable
) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    for number in range(members):
        enrolment = join(cohort, course, now, f"Ana {number}", f"Ана {number}")
        if number % 3 == 0:
            use_up(enrolment, course, now)
    client = sign_in(tutor)
    client.get(page(cohort))
    with django_assert_num_queries(20):
        client.get(page(cohort))


def cohort_data(course: SmallCourse, tutors: list[int], **more: object) -> dict[str, object]:
    edition = course.edition
    return {
        "name": "Novi Sad",
        "offer": f"{edition.course_key} {edition.number}",
        "starts_on": "2026-12-01",
        "ends_on": "2027-01-31",
        "tutors": tutors,
        "enrolment_key": "abc234",
        **more,
    }


def test_a_trainer_starts_a_cohort_of_a_published_edition(course: SmallCourse) -> None:
    tutor, other = person("trainer"), person("trainer")
    learner = UserFactory()
    client = sign_in(tutor)
    add = reverse("cohorts:add")
    form = client.get(add).context["form"]
    assert set(form.fields["tutors"].queryset) == {tutor, other}
    _, label = next(iter(form.fields["offer"].choices))
    assert label.startswith("Core, edition 1 of")
    for wrong in (
        cohort_data(course, [other.pk]),  # would lose sight of it
        cohort_data(course, [tutor.pk, learner.pk]),  # learners tutor nobody
        cohort_data(course, [tutor.pk], offer=f"{course.edition.course_key} 7"),
        cohort_data(course, [tutor.pk], ends_on="2026-11-01"),
    ):
        assert client.post(add, wrong).status_code == 200
        assert not Cohort.objects.exists()
    assert client.post(add, cohort_data(course, [tutor.pk])).status_code == 302
    cohort = Cohort.objects.get()
    assert (cohort.course_key, cohort.edition) == (course.edition.course_key, 1)
    assert cohort.enrolment_key == "ABC234"
    assert client.get(reverse("cohorts:edit", args=[cohort.pk])).status_code == 200


def test_a_cohort_with_members_stays(course: SmallCourse, at: datetime, as_role: AsRole) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, at)
    join(cohort, course, at, "Ana Uzor", "Ана Узор")
    delete = reverse("cohorts:delete", args=[cohort.pk])
    as_role("administrator").post(delete)
    sign_in(tutor).post(delete)
    assert Cohort.objects.filter(pk=cohort.pk).exists()
    Enrolment.objects.all().delete()
    as_role("administrator").post(delete)
    assert not Cohort.objects.exists()


def test_looking_records_nothing(course: SmallCourse, now: datetime) -> None:
    tutor = person("trainer")
    cohort = cohort_of(course, tutor, now)
    stuck = join(cohort, course, now, "Ana Uzor", "Ана Узор")
    use_up(stuck, course, now)
    client = sign_in(tutor)
    before = Statement.objects.count()
    client.get(page(cohort))
    client.get(reverse("grant_attempt", args=[stuck.registration, course.quizzes[0].key]))
    assert Statement.objects.count() == before


def test_a_new_cohort_is_offered_the_newest_edition(course: SmallCourse) -> None:
    older = small_course(course.edition.published_at, slug="older")
    CoursePage.objects.filter(pk=older.course.pk).update(title="Ahead in the alphabet")
    lesson(course.lessons[0].get_parent(), "third")
    newest = publish_edition(course=course.course, at=timezone.now())
    client = sign_in(person("trainer"))
    form = client.get(reverse("cohorts:add")).context["form"]
    assert form["offer"].value() == f"{newest.course_key} 2"
    labels = [label.partition(" of ")[0] for _, label in form.fields["offer"].choices]
    assert labels == ["Ahead in the alphabet, edition 1", "Core, edition 2", "Core, edition 1"]
    cohort = cohort_of(course, person("trainer"), course.edition.published_at)
    cohort.tutors.add(User.objects.get(pk=client.session["_auth_user_id"]))
    kept = client.get(reverse("cohorts:edit", args=[cohort.pk])).context["form"]
    assert kept["offer"].value() == f"{newest.course_key} 1"


def test_members_stand_in_the_alphabet_of_the_reader(course: SmallCourse, at: datetime) -> None:
    cohort = cohort_of(course, person("trainer"), at)
    for cyrillic in ("Цвета", "Чедомир", "Ћира", "Џон", "Ђура", "Дуња", "Ања"):
        join(cohort, course, at, to_latin(cyrillic), cyrillic)

    def names(language: str) -> list[str]:
        with override(language):
            return [member.name for member in report_on(cohort=cohort, at=at).members]

    assert names("sr") == ["Ања", "Дуња", "Ђура", "Ћира", "Цвета", "Чедомир", "Џон"]
    assert names("sr-latn") == ["Anja", "Cveta", "Čedomir", "Ćira", "Dunja", "Džon", "Đura"]
