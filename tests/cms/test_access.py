"""Who gets which address of the CMS: one table."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from assessments.models import Question
from cms.models import HomePage, Hotline
from lrs.credentials import create
from lrs.models import Forwarding
from people.models import User
from tests.cms.conftest import person, sign_in
from tests.cms.forms import lesson_form, question_form
from tests.factories.cohorts import cohort_of
from tests.factories.courses import SmallCourse

pytestmark = [pytest.mark.django_db, pytest.mark.long]
AsRole = Callable[[str], Client]
T, R, A = "trainer", "reviewer", "administrator"
EVERYONE = (T, R, "officer", A, "learner")

# Address, what it is about, and who gets it. Nobody else does.
ADDRESSES: list[tuple[str, str, set[str]]] = [
    ("wagtailadmin_home", "", {T, R, A}),
    ("wagtailadmin_account", "", {T, R, A}),
    ("wagtailadmin_explore", "catalogue", {T, R, A}),
    ("wagtailadmin_pages:edit", "lesson", {T, A}),
    ("wagtailadmin_pages:edit", "quiz", {T, A}),
    ("wagtailadmin_pages:edit", "course", {T, A}),
    ("wagtailadmin_pages:edit", "home", {A}),
    ("wagtailadmin_pages:history", "lesson", {T, A}),
    ("wagtailadmin_pages:add_subpage", "module", {T, A}),
    ("wagtailadmin_pages:delete", "lesson", {A}),
    ("wagtailadmin_pages:unpublish", "lesson", {A}),
    ("wagtailadmin_pages:move", "lesson", {A}),
    ("wagtailadmin_pages:set_privacy", "lesson", {A}),
    ("publish_edition", "course", {R, A}),
    ("wagtailsnippets_assessments_question:list", "", {T, R, A}),
    ("wagtailsnippets_assessments_question:add", "", {T, A}),
    ("wagtailsnippets_assessments_question:inspect", "question", {T, R, A}),
    ("wagtailsnippets_assessments_question:history", "question", {T, R, A}),
    ("wagtailsnippets_assessments_question:edit", "question", {T, A}),
    ("wagtailsnippets_assessments_question:unpublish", "question", {A}),
    ("wagtailsnippets_assessments_question:delete", "question", {A}),
    ("cohorts:list", "", {T, A}),
    ("cohorts:add", "", {T, A}),
    ("cohorts:members", "cohort", {A}),
    ("wagtailimages:index", "", {T, A}),
    ("wagtailimages:add", "", {T, A}),
    ("wagtailimages_chooser:choose", "", {T, R, A}),
    ("wagtaildocs:index", "", {T, A}),
    ("wagtaildocs:add", "", {T, A}),
    ("wagtailadmin_reports:workflow", "", {T, A}),
    ("wagtailadmin_workflows:index", "", {A}),
    ("wagtailadmin_workflows:task_index", "", {A}),
    ("wagtailadmin_collections:index", "", {A}),
    ("wagtailsites:index", "", {A}),
    ("wagtaillocales:index", "", {A}),
    ("wagtailredirects:index", "", {A}),
    ("wagtailusers_users:index", "", {A}),
    ("wagtailusers_users:edit", "user", {A}),
    ("wagtailusers_users:delete", "user", {A}),
    ("wagtailusers_groups:index", "", set()),
    ("wagtailsettings:edit", "settings", {A}),
    ("wagtailsnippets_cms_hotline:list", "", {A}),
    ("wagtailsnippets_cms_hotline:edit", "hotline", {A}),
    ("wagtailsnippets_people_institution:list", "", {A}),
    ("wagtailsnippets_people_profession:list", "", {A}),
    ("wagtailsnippets_people_function:list", "", {A}),
    ("wagtailsnippets_people_mandate:list", "", {A}),
    ("wagtailsnippets_people_mandate:add", "", {A}),
    ("wagtailsnippets_people_machineclient:list", "", {A}),
    ("wagtailsnippets_people_machineclient:add", "", {A}),
    ("lrs_credentials:index", "", {A}),
    ("lrs_credentials:index_results", "", {A}),
    ("lrs_credentials:add", "", {A}),
    ("lrs_credentials:rotate", "credential", {A}),
    ("lrs_credentials:revoke", "credential", {A}),
    ("lrs_forwarding:index", "", {A}),
    ("lrs_forwarding:index_results", "", {A}),
    ("lrs_forwarding:add", "", {A}),
    ("lrs_forwarding:edit", "forwarding", {A}),
    ("lrs_forwarding:delete", "forwarding", {A}),
    ("lrs_forwarding:history", "forwarding", {A}),
    ("lrs_forwarding:pause", "forwarding", {A}),
    ("lrs_forwarding:resume", "forwarding", {A}),
    ("lrs_forwarding:back_fill", "forwarding", {A}),
    ("lrs_forwarding:letters", "forwarding", {A}),
]


@pytest.fixture
def things(course: SmallCourse, at: datetime) -> dict[str, list[object]]:
    lesson = course.lessons[1]
    tutor = person(T)
    hotline = Hotline.objects.create(name_en="Line", name_sr="Линија", phone="123")
    return {
        "": [],
        "lesson": [lesson.pk],
        "quiz": [course.quizzes[0].pk],
        "module": [lesson.get_parent().pk],
        "course": [course.course.pk],
        "catalogue": [course.course.get_parent().pk],
        "home": [HomePage.objects.get().pk],
        "question": [Question.objects.first().pk],  # type: ignore[union-attr]
        "cohort": [cohort_of(course, tutor, at).pk],
        "user": [tutor.pk],
        "settings": ["cms", "sitesettings"],
        "hotline": [hotline.pk],
        "forwarding": [Forwarding.objects.create(name="Academy", endpoint="https://a.rs/").pk],
        "credential": [create(name="Simulator", scopes=["all"]).credential.pk],
    }


@pytest.mark.parametrize("role", EVERYONE)
def test_who_gets_which_address(
    role: str, things: dict[str, list[object]], as_role: AsRole
) -> None:
    client = as_role(role)
    wrong = []
    for name, about, allowed in ADDRESSES:
        address = reverse(name, args=things[about])
        answer = client.get(address)
        if answer.status_code == 302 and answer["Location"].startswith(address):
            answer = client.get(answer["Location"])  # "?site=…", "?locale=…"
        got = answer.status_code == 200
        if got != (role in allowed) or answer.status_code not in (200, 302, 403, 404):
            wrong.append(f"{address}: {answer.status_code}")
    assert wrong == []


def test_visitors_are_led_to_the_sign_in_page(
    things: dict[str, list[object]], client: Client
) -> None:
    for name, about, _ in ADDRESSES:
        answer = client.get(reverse(name, args=things[about]), follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_trainer_without_the_second_factor_reaches_nothing(
    things: dict[str, list[object]],
) -> None:
    for role in (T, R, A):
        client = sign_in(person(role), second_factor=False)
        addresses = [reverse(name, args=things[about]) for name, about, _ in ADDRESSES]
        addresses += ["/cms/api/main/pages/", reverse("wagtailadmin_block_preview")]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer["Location"] == reverse("mfa_activate_totp"), address
        assert client.get("/api/v1/completions").status_code == 403


def test_whoever_has_no_business_in_the_cms_is_told_so(
    course: SmallCourse, as_role: AsRole
) -> None:
    for role in ("learner", "officer"):
        assert as_role(role).get("/cms/", follow=True).status_code == 403


def test_no_post_of_a_trainer_publishes(course: SmallCourse, as_role: AsRole) -> None:
    trainer = as_role(T)
    lesson, question = course.lessons[1], Question.objects.get(slug="core-q0")
    publish = {"action-publish": "1"}
    form = lesson_form(lesson, "<p>Mine.</p>") | publish
    trainer.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)
    new = lesson_form(lesson, "<p>Mine.</p>", title="New", slug="new") | publish
    where = ["courses", "lessonpage", lesson.get_parent().pk]
    trainer.post(reverse("wagtailadmin_pages:add", args=where), new)
    trainer.post(
        reverse("wagtailsnippets_assessments_question:edit", args=[question.pk]),
        question_form(question, "Mine?") | publish,
    )
    add = question_form(question, "Mine too?", slug="mine") | publish
    trainer.post(reverse("wagtailsnippets_assessments_question:add"), add)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    trainer.post(f"{bulk}?id={lesson.pk}&next=/cms/")
    for name in ("delete", "unpublish"):
        trainer.post(reverse(f"wagtailadmin_pages:{name}", args=[lesson.pk]))
        trainer.post(reverse(f"wagtailsnippets_assessments_question:{name}", args=[question.pk]))
    trainer.post(reverse("publish_edition", args=[course.course.pk]))

    lesson.refresh_from_db()
    question.refresh_from_db()
    assert lesson.live
    assert "Mine" not in str(lesson.body)
    assert Page.objects.get(slug="new").live is False
    assert question.live
    assert question.stem == "core-q0?"
    assert Question.objects.get(slug="mine").live is False


def test_menus_hold_what_their_reader_can_use(course: SmallCourse, as_role: AsRole) -> None:
    shown = {role: as_role(role).get("/cms/").content.decode() for role in (T, R, A)}
    for role in (T, R):
        for word in (
            '"Settings"',
            "Hotlines",
            "Redirects",
            "Machine clients",
            "LRS credentials",
            "Forwarding",
            "Accounts",
        ):
            assert word not in shown[role], (role, word)
    assert "Hotlines" in shown[A]
    assert "Accounts" in shown[A]
    assert '"Cohorts"' in shown[T]
    assert '"Cohorts"' not in shown[R]
    for page in shown.values():
        for noise in ("new in Wagtail", "Editor Guide", "Page types usage"):
            assert noise not in page


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/cms/login/", "/en/account/login/"),
        ("/cms/password_reset/", "/en/account/password/reset/"),
        ("/cms/password_reset/done/", "/en/account/password/reset/"),
        ("/cms/password_reset/complete/", "/en/account/password/reset/"),
        ("/cms/password_reset/confirm/MQ/set-password/", "/en/account/password/reset/"),
    ],
)
def test_wagtails_doors_to_an_account_lead_to_ours(
    address: str, leads_to: str, course: SmallCourse, client: Client
) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(leads_to)
    posted = client.post(address, {"username": "x", "password": "y", "email": "a@b.rs"})
    assert posted.status_code == 302
    assert "_auth_user_id" not in client.session


def test_wagtails_account_page_touches_no_account(course: SmallCourse) -> None:
    user = person(T)
    client = sign_in(user)
    shown = client.get("/cms/account/").content.decode()
    assert "theme" in shown
    for field in ("name_email-email", "password-new_password1", "avatar-avatar"):
        assert field not in shown
    client.post(
        "/cms/account/",
        {
            "name_email-email": "other@example.org",
            "password-old_password": "x",
            "password-new_password1": "a-long-pass-phrase",
            "password-new_password2": "a-long-pass-phrase",
            "locale-preferred_language": "sr",
            "theme-theme": "dark",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        },
    )
    kept = User.objects.get(pk=user.pk)
    assert kept.email == user.email
    assert kept.password == user.password
    assert kept.wagtail_userprofile.theme == "dark"


@pytest.mark.parametrize(
    "address", ["/cms/localize/update/1/", "/cms/localize/page/1/convert_to_alias/"]
)
def test_no_way_round_the_review_by_translation(
    address: str, course: SmallCourse, as_role: AsRole
) -> None:
    assert as_role(A).post(address, follow=True).status_code == 404


def test_djangos_admin_is_not_offered(client: Client) -> None:
    assert client.get("/admin/", follow=True).status_code == 404
