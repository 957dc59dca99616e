"""Least rights: who has which, and what each address answers."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Workflow

from config.roles import RIGHTS, sync_roles
from people.roles import ADMINISTRATOR, TRAINER
from tests.factories.courses import SmallCourse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", RIGHTS)
def test_every_right_in_the_table_exists(role: str, course: SmallCourse) -> None:
    group = Group.objects.get(name=role)
    held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
    assert set(RIGHTS[role].single) <= held
    for model in RIGHTS[role].models:
        app, name = model.split(".")
        assert f"{app}.change_{name}" in held
    files = {p.permission.codename for p in group.collection_permissions.all()}
    assert files == set(RIGHTS[role].files)


def test_a_right_added_by_hand_does_not_stay(course: SmallCourse) -> None:
    trainers = Group.objects.get(name=TRAINER)
    trainers.permissions.add(Permission.objects.get(codename="publish_question"))
    before = GroupPagePermission.objects.count()
    sync_roles()
    assert not trainers.permissions.filter(codename="publish_question").exists()
    assert GroupPagePermission.objects.count() == before


def test_only_our_review_applies(course: SmallCourse) -> None:
    assert [w.name for w in Workflow.objects.active()] == ["Legal review"]
    assert course.lessons[0].get_workflow().name == "Legal review"
    assert course.course.get_parent().get_parent().get_workflow() is None
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_roles_are_code_and_nobody_edits_groups(course: SmallCourse) -> None:
    admins = Group.objects.get(name=ADMINISTRATOR)
    assert not admins.permissions.filter(content_type__app_label="auth").exists()
