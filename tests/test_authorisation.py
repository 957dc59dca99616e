"""Who may open what: one table for every address of ours, and the same for every draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments import urls as assessment_urls
from assessments.attempts import start_attempt
from assessments.models import PracticeRound, Question
from assessments.practice.rounds import begin_round
from assessments.surveys.tickets import give_tickets
from certificates import urls as certificate_urls
from certificates.issuing import issue
from certificates.models import Sheet
from certificates.sharing import share
from config.roles import sync_roles
from courses import urls as course_urls
from courses.enrolment import enrol
from courses.models import CoursePage, LessonPage
from people import urls as people_urls
from people.clients import issue_token
from people.models import Mandate, User
from people.roles import REPORTING_OFFICER, TRAINER, sync_groups
from reports import urls as report_urls
from reports.exports.filling import make
from reports.filters import Filters
from reports.models import Disclosure, Export, ObligedList, Snapshot
from reports.saved.keeping import keep
from reports.snapshots.frozen import frozen_now
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse, cohort, lesson, small_course
from tests.factories.people import InstitutionFactory, MandateFactory, UserFactory
from tests.factories.surveys import satisfaction
from tests.reports.filed import export_of
from tests.support import complete, sign_in, take

pytestmark = pytest.mark.django_db

YES, LOGIN, NO, NOT_FOUND, FACTOR = "yes", "sign in first", "forbidden", "not found", "factor first"
OBLIGED = UUID(int=7)
ACTORS = ("visitor", "stranger", "owner", "officer", "outsider", "trainer", "one factor")


@dataclass
class Site:
    """A course, somebody who has completed it, and people of every kind."""

    course: SmallCourse
    owner: User
    people: dict[str, User]
    certificate: str
    view: UUID

    def client(self, actor: str) -> Client:
        """Return a browser of the actor, signed in as such people are."""
        if actor == "visitor":
            return Client()
        factor = actor in ("officer", "outsider", "trainer")
        return sign_in(Client(), self.people[actor], second_factor=factor)


@pytest.fixture
def site(course: SmallCourse, learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Site:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    enrolment = enrol(user=learner, course=course.course, at=at)
    take(enrolment, course.quizzes[1], at, right=False)
    begin_round(enrolment=enrolment, at=at)
    complete(enrolment, course, at)
    start_attempt(enrolment=enrolment, quiz=course.quizzes[0], at=at)
    sheet = issue(registration=enrolment.pk, at=at)
    assert sheet
    satisfaction(at)
    give_tickets([enrolment.pk])
    sync_roles()
    Sheet.objects.update(badge="{}")
    groups = sync_groups()
    people = {name: UserFactory() for name in ACTORS[1:]} | {"owner": learner}
    for name in ("officer", "outsider"):
        people[name].groups.add(groups[REPORTING_OFFICER])
    for name in ("trainer", "one factor"):
        people[name].groups.add(groups[TRAINER])
    enrol(user=people["stranger"], course=course.course, at=at)
    own = mandate(people["officer"], learner.institution)
    own.identified = True
    own.save()
    list_of(own, at)
    frozen(own, at)
    view = keep(user=people["officer"], mandate=own, name="Mine", query="", at=at)
    mandate(people["outsider"], InstitutionFactory())
    make(export_of(own, people["officer"], at), at=at)
    Disclosure.objects.update(outcome=Disclosure.Outcome.SENT)
    return Site(
        course=course, owner=learner, people=people, certificate=str(sheet.key), view=view.pk
    )


def list_of(mandate: Mandate, at: datetime) -> None:
    """Let the mandate have a list of the obliged with somebody on it."""
    about = {"name": "All", "courses": [], "due_on": at.date(), "ends_on": date(2100, 1, 1)}
    obliged = ObligedList.objects.create(key=OBLIGED, mandate=mandate, made_at=at, **about)
    upload = obliged.uploads.create(read_at=at, confirmed_at=at)
    upload.people.create(line=2, email="somebody@example.org")


def mandate(holder: User, institution: Any) -> Mandate:
    professions = [holder.profession]
    return MandateFactory(holder=holder, institutions=[institution], professions=professions)


def frozen(mandate: Mandate, at: datetime) -> None:
    """Freeze a report of a mandate, as if it had been made."""
    about = frozen_now(mandate=mandate, filters=Filters(), as_of=at)
    snapshot = Snapshot(title="The year", language="en", begun_at=at, finished_at=at, **about)
    snapshot.state = Snapshot.State.READY
    parcel = BytesIO()
    with ZipFile(parcel, "w") as files:
        files.writestr("manifest.json", "{}")
    snapshot.file.save("year.zip", ContentFile(parcel.getvalue()))


def everybody(**answers: str) -> dict[str, str]:
    """Return the answer for each actor; most get the same."""
    usual = answers.pop("others")
    base = dict.fromkeys(ACTORS, usual) | {"visitor": LOGIN, "one factor": FACTOR}
    return base | {name.replace("_", " "): answer for name, answer in answers.items()}


OPEN = everybody(others=YES, visitor=YES, one_factor=YES)
OWN = everybody(others=YES)  # each sees only what is their own: the page is the same
ENROLLED = everybody(others=NOT_FOUND, owner=YES, stranger=YES)
AUTHORS = everybody(others=NOT_FOUND, trainer=YES)
OWNER = everybody(others=NOT_FOUND, owner=YES)
MANDATED = everybody(others=NO, officer=YES, outsider=YES)
# Whose mandate sees names; and the holder of the mandate that a list belongs to.
NAMING = everybody(others=NO, officer=YES)
HOLDER = everybody(others=NO, officer=YES, outsider=NOT_FOUND)
OFFICERS = everybody(others=NOT_FOUND, officer=YES)

# Address, what it is about, method, and who gets what. What makes somebody a learner comes last.
TABLE: list[tuple[str, str, str, dict[str, str]]] = [
    ("my_learning", "", "get", OWN),
    ("withdraw", "course", "get", OWN),
    (
        "activity",
        "lesson",
        "get",
        everybody(others=YES, visitor=YES),
    ),  # what the language has is at its own address
    ("start_activity", "lesson", "post", everybody(others=YES)),
    ("finish_lesson", "lesson", "post", everybody(others=YES)),
    ("save_place", "lesson", "post", everybody(others=NOT_FOUND, owner=YES, stranger=YES)),
    ("self_check", "check", "post", OWN),
    ("attempt", "attempt", "get", OWNER),
    ("save_choice", "attempt", "post", OWNER),
    ("mark_question", "attempt", "post", OWNER),
    ("submit_attempt", "attempt", "post", OWNER),
    ("unanswered", "attempt", "get", OWNER),
    ("result", "finished", "get", OWNER),
    ("my_certificates", "", "get", OWN),
    ("certificate_file", "certificate", "get", OWNER),
    ("certificate_badge", "certificate", "get", OWNER),
    ("share_certificate", "certificate", "post", OWNER),
    ("shared_certificate", "token", "get", OPEN),
    ("shared_file", "token", "get", OPEN),
    ("verify", "", "get", OPEN),
    ("verify_upload", "", "post", OPEN),
    ("verify_offline", "", "get", OPEN),
    ("offline_worker", "", "get", OPEN),
    ("profile", "", "get", OWN),
    ("my_data", "", "get", OWN),
    ("erase_me", "", "get", OWN),
    ("reports", "", "get", MANDATED),
    ("dictionary_csv", "", "get", MANDATED),
    ("coverage", "", "get", NAMING),
    ("coverage_new", "", "post", NAMING),
    ("coverage_template", "template", "get", NAMING),
    ("coverage_list", "obliged", "get", HOLDER),
    ("coverage_check", "obliged", "get", HOLDER),
    ("coverage_refused", "obliged", "get", HOLDER),
    ("coverage_replace", "obliged", "post", HOLDER),
    ("coverage_people", "obliged", "get", HOLDER),
    ("coverage_people", "obliged", "post", HOLDER),
    ("coverage_figures", "obliged figures", "get", HOLDER),
    ("coverage_delete", "obliged", "get", HOLDER),
    ("files", "", "get", MANDATED),
    ("new_file", "", "get", MANDATED),
    ("file", "export", "post", everybody(others=NO, officer=YES, outsider=NOT_FOUND)),
    ("give_up_file", "export", "post", everybody(others=NO, officer=YES, outsider=NOT_FOUND)),
    ("who_received", "", "get", OWN),
    ("survey", "survey", "get", OWNER),
    ("survey", "survey", "post", OWNER),
    ("survey_done", "survey", "get", OWNER),
    ("report_difference", "", "get", MANDATED),
    ("snapshots", "", "get", MANDATED),
    ("begin_snapshot", "", "post", MANDATED),
    ("snapshot", "snapshot", "get", OFFICERS),
    ("snapshot_file", "snapshot file", "get", OFFICERS),
    ("give_up_snapshot", "snapshot", "post", OFFICERS),
    ("statistics", "", "get", MANDATED),
    ("statistics_xlsx", "what", "get", MANDATED),
    ("statistics_pdf", "what", "get", MANDATED),
    ("figures_csv", "", "get", MANDATED),
    ("figures_xlsx", "", "get", MANDATED),
    ("report_views", "", "get", MANDATED),
    ("save_report", "", "post", MANDATED),
    ("open_report", "view", "get", everybody(others=NO, officer=YES, outsider=NOT_FOUND)),
    ("change_report", "view", "get", everybody(others=NO, officer=YES, outsider=NOT_FOUND)),
    # The officer's own goes by this; nobody asks for it afterwards.
    ("delete_report", "view", "post", everybody(others=NO, officer=YES, outsider=NOT_FOUND)),
    ("begin_attempt", "quiz", "post", ENROLLED),
    ("trial", "quiz", "get", AUTHORS),
    ("trial_paper", "trial", "get", AUTHORS),
    ("trial_save", "trial", "post", AUTHORS),
    ("trial_mark", "trial", "post", AUTHORS),
    ("trial_submit", "trial", "post", AUTHORS),
    ("trial_unanswered", "trial", "get", AUTHORS),
    ("trial_again", "trial", "post", AUTHORS),
    ("trial_result", "trial", "get", AUTHORS),
    ("practice", "course", "get", OWN),
    ("begin_practice", "course", "post", OWN),
    ("practice_round", "round", "get", OWN),
    ("check_practice", "round", "post", OWN),
    ("enrol", "course", "post", OWN),
    ("join_cohort", "course", "post", OWN),
]


def arguments(site: Site, about: str) -> list[object]:
    page = site.course.lessons[0]
    snapshot = Snapshot.objects.get(title="The year")
    return {
        "": [],
        "what": ["articles"],
        "course": [site.course.course.translation_key],
        "lesson": [page.key],
        "check": [page.key, page.self_checks()[0]],
        "survey": [site.course.course.translation_key, "satisfaction"],
        "quiz": [site.course.quizzes[0].key],
        "attempt": [site.course.quizzes[0].key, 2],
        "trial": [site.course.quizzes[0].key, UUID(int=1)],
        "finished": [site.course.quizzes[0].key, 1],
        "round": [site.course.course.translation_key, PracticeRound.objects.get().key],
        "certificate": [site.certificate],
        "template": ["csv"],
        "obliged": [OBLIGED],
        "obliged figures": [OBLIGED, "institution", "xlsx"],
        "export": [Export.objects.get().pk],
        "snapshot": [snapshot.key],
        "snapshot file": [snapshot.key, "manifest.json"],
        "token": [share(Sheet.objects.get())],
        "view": [site.view],
    }[about]


def answer(response: Any) -> str:
    """Return which of the answers a response is."""
    if response.status_code == 302:
        where = response["Location"]
        if "/account/login/" in where:
            return LOGIN
        return FACTOR if "/account/2fa/" in where else YES
    return {403: NO, 404: NOT_FOUND}.get(response.status_code, YES)


def test_everybody_gets_what_the_table_says(site: Site) -> None:
    got, wanted = {}, {}
    for actor in ACTORS:
        client = site.client(actor)
        for name, about, method, answers in TABLE:
            address = reverse(name, args=arguments(site, about))
            got[actor, name] = answer(getattr(client, method)(address))
            wanted[actor, name] = answers[actor]
            client = client if got[actor, name] != FACTOR else site.client(actor)
    assert got == wanted


def test_no_address_is_missing_from_the_table() -> None:
    rooms = (course_urls, assessment_urls, certificate_urls, people_urls, report_urls)
    names = {pattern.name for room in rooms for pattern in room.urlpatterns}
    assert names - {"verify_code", "verify_fingerprint"} == {name for name, *_ in TABLE}


def test_nothing_is_changed_for_somebody_else(site: Site) -> None:
    before = traces(site.owner)
    for actor in ("visitor", "stranger", "trainer", "officer", "outsider", "one factor"):
        client = site.client(actor)
        for name, about, _method, _answers in TABLE:
            client.post(reverse(name, args=arguments(site, about)), {"anyway": "1"})
    assert traces(site.owner) == before


def traces(person: User) -> list[Any]:
    """Return what the site shows and gives to a person."""
    client = sign_in(Client(), person)
    data = client.get(reverse("my_data")).json()
    return [data, client.get(reverse("my_certificates")).context["waiting"]]


def test_a_report_shows_nobody_outside_the_mandate(site: Site) -> None:
    inside = site.client("officer").get(reverse("reports")).context["totals"]
    outside = site.client("outsider").get(reverse("reports")).context["totals"]
    assert (inside.persons, inside.completions) == (1, 1)
    assert (outside.persons, outside.completions) == (0, 0)
    officers = Mandate.objects.get(holder=site.people["officer"])
    stolen = site.client("outsider").get(reverse("reports"), {"mandate": officers.pk})
    assert stolen.status_code == 403


def test_a_mandate_that_is_over_opens_nothing(site: Site) -> None:
    Mandate.objects.update(valid_to=date(2026, 1, 1))
    assert answer(site.client("officer").get(reverse("reports"))) == NO


def test_a_token_sees_its_own_mandate_only(site: Site, client: Client) -> None:
    machine, token = issue_token(name="Ministry")
    MandateFactory(holder=None, client=machine, institutions=[InstitutionFactory()])
    headers = {"authorization": f"Bearer {token}"}
    assert client.get("/api/v1/completions", headers=headers).json()["participations"] == 0


# --- the second factor ----------------------------------------------------------------------


def test_with_one_factor_a_trainer_reaches_no_page_of_the_cms_and_no_api(site: Site) -> None:
    client = site.client("one factor")
    addresses = list(admin_addresses())
    assert len(addresses) > 200
    open_ = [address for address in addresses if answer(client.get(address)) != FACTOR]
    assert open_ == []
    for address in ("/api/v1/completions", "/api/v1/openapi.json", "/api/v1/docs"):
        assert client.get(address).status_code == 403


def test_with_one_factor_a_trainer_sees_what_a_visitor_sees(site: Site, at: datetime) -> None:
    trainer = site.people["one factor"]
    enrol(user=trainer, course=site.course.course, at=at)
    course = site.course.course
    front, catalogue = course.get_parent().get_parent(), course.get_parent()
    here = reverse("page_in_language", args=[course.pk])
    for address in (front.url, catalogue.url, course.url, here, "/en/verify/", "/verify/ABCD"):
        shown = site.client("one factor").get(address, follow=True)
        seen = site.client("visitor").get(address, follow=True)
        assert shown.status_code == seen.status_code
        assert main_of(shown) == main_of(seen)
        assert trainer.short_name in shown.content.decode()
        assert not shown.context["user"].is_authenticated
    for activity in (site.course.lessons[0], site.course.quizzes[0]):
        # Enrolled, and an author: neither opens the page.
        assert site.client("one factor").get(activity.url)["Location"] == f"{course.url}?enrol=1"


def main_of(response: Any) -> str:
    """Return the page between bar and foot, without what is new each time."""
    text = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def admin_addresses() -> Iterator[str]:
    """Yield an address for every pattern of the CMS, but the doors that lead to signing in."""
    for route in routes(get_resolver().url_patterns):
        if route.startswith("cms/") and not re.match(r"cms/(login|password_reset)", route):
            yield "/" + re.sub(r"<[^>]*>|\([^()]*\)|\[[^]]*\][+*]?|[\^$?\\*+]", "1", route)


def routes(patterns: Any, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


# --- what is not published ------------------------------------------------------------------


@pytest.fixture
def hidden(site: Site, at: datetime) -> dict[str, str]:
    """Addresses of what is not published: pages never live, taken off, or of a course so."""
    course = small_course(at, slug="secret")
    draft = lesson(course.lessons[1].get_parent(), "draft")
    pages = {"a lesson": draft, "a quiz": course.quizzes[0], "a course": course.course}
    addresses = {name: page.url for name, page in pages.items()}
    inside = {"a lesson in the course": course.lessons[0].url}
    for page in pages.values():
        page.refresh_from_db()
        page.unpublish()
    course.lessons[0].unpublish()
    site.course.course.refresh_from_db()
    return addresses | inside


def test_what_is_not_published_reaches_nobody(site: Site, hidden: dict[str, str]) -> None:
    for actor in ("visitor", "stranger", "owner", "officer", "outsider", "one factor"):
        nothing_hidden_is_seen(site.client(actor), hidden)


def nothing_hidden_is_seen(client: Client, hidden: dict[str, str]) -> None:
    assert {client.get(address).status_code for address in hidden.values()} == {404}
    course = CoursePage.objects.get(slug="secret")
    assert client.get(reverse("page_in_language", args=[course.pk])).status_code == 404
    secret = LessonPage.objects.get(slug="draft")
    for name in ("start_activity", "finish_lesson", "save_place"):
        assert answer(client.post(reverse(name, args=[secret.key]))) in (NOT_FOUND, LOGIN, FACTOR)
    catalogue = client.get(course.get_parent().url).content.decode()
    assert "secret" not in catalogue
    home = client.get(course.get_parent().get_parent().url, follow=True).content.decode()
    assert "secret" not in home


def test_the_words_of_a_draft_reach_nobody(site: Site) -> None:
    page, question_page = site.course.lessons[0], site.course.course
    page.title = question_page.title = "Words that nobody has approved"
    page.save_revision()
    question_page.save_revision()
    for actor in ("visitor", "owner", "officer", "one factor"):
        for address in (page.url, question_page.url, question_page.get_parent().url):
            text = site.client(actor).get(address, follow=True).content.decode()
            assert "nobody has approved" not in text


def test_a_question_that_is_being_changed_is_asked_as_it_was(site: Site, at: datetime) -> None:
    for question in Question.objects.all():
        question.stem = "A stem that nobody has approved"
        question.save_revision()
    enrolment = enrol(user=UserFactory(), course=site.course.course, at=at)
    attempt = take(enrolment, site.course.quizzes[1], at)
    client = sign_in(Client(), User.objects.get(actor=enrolment.learner))
    address = reverse("result", args=[site.course.quizzes[1].key, attempt.number])
    assert "nobody has approved" not in client.get(address).content.decode()


def test_a_cohort_of_another_course_lets_nobody_in(site: Site, client: Client) -> None:
    group = cohort(site.course.edition, course_key=site.course.lessons[0].key)
    newcomer = UserFactory()
    address = reverse("enrol", args=[site.course.course.translation_key])
    sign_in(client, newcomer).post(address, {"enrolment_key": group.enrolment_key})
    assert client.get(reverse("my_learning")).context["cards"] == []
