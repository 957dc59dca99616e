"""What somebody is at the institution: chosen in the profile, kept in the log, forgotten."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from courses.enrolment import enrol
from courses.models import Enrolment
from lrs.models import Statement
from people.erasure import erase
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.people import FunctionFactory, UserFactory
from tests.support import complete, sign_in
from xapi import types, verbs
from xapi.iris import extension

pytestmark = pytest.mark.django_db


def about(user: User, **more: object) -> dict[str, object]:
    return {
        "name_cyrillic": user.name_cyrillic,
        "name_latin": user.name_latin,
        "profession": user.profession_id,
        "institution": user.institution_id,
        "municipality": "Ниш",
        "language": "en",
        **more,
    }


def test_it_is_chosen_in_the_profile_and_may_stay_empty(client: Client, learner: User) -> None:
    leads = FunctionFactory()
    page = sign_in(client, learner).get(reverse("profile"))
    field = page.context["form"].fields["function"]
    assert (field.required, list(field.queryset)) == (False, [leads])
    assert client.post(reverse("profile"), about(learner)).status_code == 302
    assert User.objects.get(pk=learner.pk).function is None
    client.post(reverse("profile"), about(learner, function=leads.pk))
    assert User.objects.get(pk=learner.pk).function == leads
    data = client.get(reverse("my_data")).json()
    assert data["account"]["function"] == "shift-leader"


def test_a_site_without_functions_does_not_ask(client: Client, learner: User) -> None:
    page = sign_in(client, learner).get(reverse("profile"))
    assert "function" not in page.context["form"].fields


def test_signing_up_is_as_short_as_it_was(client: Client) -> None:
    FunctionFactory()
    assert "function" not in client.get(reverse("account_signup")).context["form"].fields


def test_its_name_follows_the_reader() -> None:
    leads = FunctionFactory()
    shown = {}
    for code in ("en", "sr", "sr-latn"):
        with override(code):
            shown[code] = str(leads)
    assert shown == {"en": "Shift leader", "sr": "Вођа смене", "sr-latn": "Вођа смене"}


def test_the_log_says_what_somebody_was_then(course: SmallCourse, at: datetime) -> None:
    user = UserFactory(function=FunctionFactory())
    enrolment = enrol(user=user, course=course.course, at=at)
    assert enrolment.function_key == "shift-leader"
    user.function = FunctionFactory(key="director")
    user.save()
    done = complete(enrolment, course, at)
    assert (done.function_key, done.completed_function_key) == ("shift-leader", "director")
    for verb, key in ((verbs.REGISTERED, "shift-leader"), (verbs.COMPLETED, "director")):
        row = Statement.objects.get(verb=verb.id, activity_type=types.COURSE)
        assert json.loads(row.body)["context"]["extensions"][extension("function")] == key


def test_it_is_forgotten_with_the_person(course: SmallCourse, at: datetime) -> None:
    user = UserFactory(function=FunctionFactory())
    enrol(user=user, course=course.course, at=at)
    erase(user=user, own_wish=True, at=at)
    user.refresh_from_db()
    assert user.function is None
    assert Enrolment.objects.get().function_key == "shift-leader"
