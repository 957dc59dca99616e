"""Administrators give roles and erase; clients get their token once; tasks are sent again."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from people.models import Actor, User
from people.roles import TRAINER
from tests.cms.conftest import person, sign_in
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


def account_form(user: User, **more: object) -> dict[str, object]:
    return {
        "name_cyrillic": user.name_cyrillic,
        "name_latin": user.name_latin,
        "profession": user.profession_id or "",
        "institution": user.institution_id or "",
        "municipality": "",
        "is_active": "on",
        **more,
    }


def test_an_administrator_makes_somebody_a_trainer(course: SmallCourse, as_role: AsRole) -> None:
    user = UserFactory(name_latin="Ana Uzor", name_cyrillic="Ана Узор")
    admin = as_role("administrator")
    listed = admin.get(reverse("wagtailusers_users:index"), {"q": "Узор"}).content.decode()
    assert user.email in listed
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert user.email in admin.get(edit).content.decode()
    trainers = Group.objects.get(name=TRAINER)
    sent = account_form(user, groups=[trainers.pk], is_superuser="on", email="x@example.org")
    assert admin.post(edit, sent).status_code == 302
    kept = User.objects.get(pk=user.pk)
    assert list(kept.groups.all()) == [trainers]
    assert not kept.is_superuser
    assert kept.email == user.email


def test_nobody_gives_a_role_to_themselves_or_touches_a_superuser(course: SmallCourse) -> None:
    admin = person("administrator")
    client = sign_in(admin)
    own = reverse("wagtailusers_users:edit", args=[admin.pk])
    client.post(own, account_form(admin, groups=[]))
    assert admin.groups.exists()
    root = User.objects.create_superuser("root@example.org", "x")
    other = reverse("wagtailusers_users:edit", args=[root.pk])
    assert client.get(other).status_code == 302
    assert client.post(other, account_form(root, is_active="")).status_code == 302
    assert User.objects.get(pk=root.pk).is_active


def test_erasing_destroys_the_map_and_the_name(course: SmallCourse, as_role: AsRole) -> None:
    user = UserFactory(name_latin="Ana Uzor", name_cyrillic="Ана Узор")
    admin = as_role("administrator")
    admin.post(reverse("wagtailusers_users:edit", args=[user.pk]), account_form(user))
    assert admin.post(reverse("wagtailusers_users:delete", args=[user.pk])).status_code == 302
    kept = User.objects.get(pk=user.pk)
    assert not kept.is_active
    assert kept.name_latin == ""
    assert not Actor.objects.filter(user=user).exists()
    assert not ModelLogEntry.objects.filter(label__contains="Uzor").exists()
    assert not ModelLogEntry.objects.filter(label__contains=user.email).exists()


def invitation(**more: object) -> dict[str, object]:
    trainers = Group.objects.get(name=TRAINER)
    words = {"email": "Ana@Example.org", "name_cyrillic": "Ана Узор", "language": "sr-latn"}
    return {**words, "groups": [trainers.pk], **more}


def test_an_invited_trainer_chooses_the_password_by_mail(
    course: SmallCourse, as_role: AsRole
) -> None:
    add = reverse("wagtailusers_users:add")
    admin = as_role("administrator")
    assert add in admin.get(reverse("wagtailusers_users:index")).content.decode()
    assert admin.post(add, invitation()).status_code == 302
    invited = User.objects.get(email="ana@example.org")
    assert (invited.name_latin, invited.language) == ("Ana Uzor", "sr-latn")
    assert [group.name for group in invited.groups.all()] == [TRAINER]
    assert not invited.has_usable_password()
    assert not invited.emailaddress_set.get().verified
    letter = mail.outbox[-1]
    assert letter.to == ["ana@example.org"]
    assert "Vaša uloga: predavač." in letter.body
    link = next(word for word in letter.body.split() if "/sr-latn/account/password/" in word)
    own = Client()
    page = own.get(link.removeprefix(settings.SITE_URL), follow=True)
    chosen = {"password1": "correct horse battery", "password2": "correct horse battery"}
    own.post(page.request["PATH_INFO"], chosen)
    assert invited.emailaddress_set.get().verified
    who = {"login": invited.email, "password": "correct horse battery"}
    own.post(reverse("account_login"), who)
    assert own.get(reverse("my_learning"))["Location"] == reverse("mfa_activate_totp")


def test_only_an_administrator_invites_and_nobody_twice(
    course: SmallCourse, as_role: AsRole
) -> None:
    add = reverse("wagtailusers_users:add")
    for role in ("trainer", "reviewer", "learner"):
        as_role(role).post(add, invitation())
    assert not User.objects.filter(email="ana@example.org").exists()
    admin = as_role("administrator")
    for wrong in ({"email": UserFactory().email.upper()}, {"name_cyrillic": ""}, {"email": "x"}):
        assert admin.post(add, invitation(**wrong)).status_code == 200
    admin.post(add, invitation(is_superuser="on", is_staff="on"))
    assert not User.objects.get(email="ana@example.org").is_superuser


def test_whoever_gets_or_loses_a_role_is_told(course: SmallCourse, as_role: AsRole) -> None:
    user = UserFactory(language="sr")
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    admin = as_role("administrator")
    trainers = Group.objects.get(name=TRAINER)
    admin.post(edit, account_form(user, groups=[trainers.pk]))
    admin.post(edit, account_form(user, groups=[trainers.pk], municipality="Ниш"))
    admin.post(edit, account_form(user))
    got, lost = mail.outbox
    assert "предавач" in got.body
    assert "потврду у два корака" in got.body
    assert "немате" in lost.subject


def test_a_dead_letter_is_sent_again_by_an_administrator(
    course: SmallCourse, as_role: AsRole
) -> None:
    letter = DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="certificates.issuing.issue",
        backend_name="default",
        exception_class_path="builtins.OSError",
        worker_ids=["a"] * 6,
        run_after=None,
        priority=0,
    )
    again = reverse("send_again", args=[letter.pk])
    assert "builtins.OSError" in as_role("administrator").get("/cms/").content.decode()
    assert "builtins.OSError" not in as_role("trainer").get("/cms/").content.decode()
    as_role("trainer").post(again)
    letter.refresh_from_db()
    assert letter.status == TaskResultStatus.FAILED
    assert as_role("administrator").post(again).status_code == 302
    letter.refresh_from_db()
    assert letter.status == TaskResultStatus.READY
    assert "builtins.OSError" not in as_role("administrator").get("/cms/").content.decode()
