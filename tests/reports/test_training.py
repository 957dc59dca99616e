"""What a row says of the training itself: its language, the function, the day of the paper."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason
from certificates.revoking import correct
from courses.models import Enrolment
from people.actors import people_of
from people.erasure import erase
from people.models import User
from reports.completions import page_columns_for
from reports.digests import digested_columns
from reports.joining import rows
from reports.models import CompletionChange
from reports.row import CompletionRow
from reports.schema import as_json
from tests.drawing import drawn_as
from tests.factories.people import FunctionFactory, UserFactory
from tests.factories.remembered import remembered_in_serbian
from tests.reports.conftest import Justice
from tests.reports.filed import content, take
from tests.support import complete, sign_in

pytestmark = pytest.mark.django_db


def row(justice: Justice, enrolment: Enrolment, language: str = "en") -> CompletionRow:
    enrolment.refresh_from_db()
    with override(language):
        [found] = rows(mandate=justice.mandate, enrolments=[enrolment])
    return found


def person(enrolment: Enrolment) -> User:
    return people_of([enrolment.learner])[enrolment.learner]


# --- language of training -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "name"), [("en", "Serbian"), ("sr", "Српски"), ("sr-latn", "Srpski")]
)
def test_the_language_is_that_of_the_page_and_not_of_the_reader(
    justice: Justice, reader: str, name: str
) -> None:
    enrolment = justice.learner()
    serbian = remembered_in_serbian(justice.course)
    assert (row(justice, enrolment).language, row(justice, enrolment).language_name) == (None, "")
    complete(enrolment, serbian, justice.at)
    said = as_json(row(justice, enrolment, reader), reader)
    assert (said["language"], said["language_name"]) == ("sr", name)


def test_what_an_old_log_does_not_say_stays_empty(justice: Justice) -> None:
    done = complete(justice.learner(), justice.course, justice.at)
    Enrolment.objects.update(language="")
    reported = row(justice, done)
    assert (reported.language, reported.language_name, reported.function) == (None, "", "")


# --- function -------------------------------------------------------------------------------


def test_a_function_is_that_of_then_and_that_of_now(justice: Justice) -> None:
    presides = FunctionFactory(
        key="court-president", name_en="President of a court", name_sr="Председник суда"
    )
    enrolment = justice.learner(function=presides)
    running = row(justice, enrolment)
    assert (running.function, running.function_name) == ("court-president", "President of a court")
    done = complete(enrolment, justice.course, justice.at)
    User.objects.filter(actor=done.learner).update(function=FunctionFactory())
    moved = row(justice, done)
    assert (moved.function, moved.function_now) == ("court-president", "shift-leader")
    assert moved.function_now_name == "Shift leader"
    assert as_json(row(justice, done, "sr-latn"), "sr-latn")["function_name"] == "Predsednik suda"
    erase(user=person(done), own_wish=True, at=justice.at)
    erased = row(justice, done)
    assert (erased.function, erased.function_now, erased.function_now_name) == (
        "court-president",
        "",
        "",
    )


def test_whoever_had_none_at_completion_is_not_reported_with_an_earlier_one(
    justice: Justice,
) -> None:
    enrolment = justice.learner(function=FunctionFactory())
    User.objects.filter(actor=enrolment.learner).update(function=None)
    done = complete(enrolment, justice.course, justice.at)
    assert (done.function_key, row(justice, done).function) == ("shift-leader", "")


def test_a_function_that_is_known_no_longer_is_named_by_its_key(justice: Justice) -> None:
    enrolment = justice.learner()
    Enrolment.objects.update(function_key="bailiff")
    assert row(justice, enrolment).function_name == "bailiff"


def test_another_function_is_told_to_whoever_keeps_a_copy(justice: Justice) -> None:
    user = person(justice.learner(municipality="Ниш"))
    said: dict[str, Any] = {
        "name_cyrillic": user.name_cyrillic,
        "name_latin": user.name_latin,
        "profession": user.profession_id,
        "institution": user.institution_id,
        "function": FunctionFactory().pk,
        "municipality": user.municipality,
        "language": user.language,
    }
    before = CompletionChange.objects.count()
    assert sign_in(Client(), user).post(reverse("profile"), said).status_code == 302
    assert CompletionChange.objects.count() == before + 1
    assert CompletionChange.objects.last().change == "changed"  # type: ignore[union-attr]


# --- the day of the certificate -------------------------------------------------------------


def test_the_day_is_that_of_the_newest_certificate(
    justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    done = complete(justice.learner(), justice.course, justice.at)
    assert row(justice, done).certified_at is None
    first, second = (justice.at + timedelta(days=days) for days in (2, 9))
    issue(registration=done.pk, at=first)
    assert row(justice, done).certified_at == first
    User.objects.filter(actor=done.learner).update(name_latin="Another Name")
    why: dict[str, Any] = {"by": UserFactory(), "words": "Misspelt.", "at": second}
    old = Certificate.objects.get()
    finish(correct(certificate=old, reason=Reason.NAME, **why), at=second)
    assert row(justice, done).certified_at == Certificate.objects.get(replaced_by=None).earned_at


# --- page, file and digest ------------------------------------------------------------------


def test_each_stands_where_it_is_looked_for(justice: Justice) -> None:
    shown = page_columns_for(justice.mandate)
    assert shown.index("function_name") == shown.index("profession_name") + 1
    assert shown.index("language_name") == shown.index("hours") + 1
    assert shown.index("certified_at") == shown.index("certificate") + 1
    assert shown.index("function_now_name") == shown.index("institution_now_name") + 1
    digested = set(digested_columns(justice.mandate))
    assert {"language", "function", "certified_at"} <= digested
    assert not {"language_name", "function_name", "function_now"} & digested


def test_the_file_says_it_in_words(officer: Client, justice: Justice) -> None:
    enrolment = justice.learner(function=FunctionFactory())
    complete(enrolment, justice.course, justice.at)
    text = content(take(officer, "csv", language="sr-latn")).decode("utf-8-sig")
    [line] = csv.DictReader(StringIO(text), delimiter=";")
    assert (line["Jezik obuke"], line["Funkcija"]) == ("Engleski", "Vođa smene")
    assert line["Datum izdavanja sertifikata"] == ""
    page = officer.get("/en/reports/").content.decode()
    assert "Language of training" in page
    assert "Shift leader" in page
