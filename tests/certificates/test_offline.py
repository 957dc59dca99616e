"""What a phone keeps to check papers without a network: enough, nothing more, and of one kind."""

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from certificates.compact import carried
from certificates.issuing import issue
from certificates.keys import key_in_use, rotate_key
from certificates.models import Certificate, Reason, Sheet, SigningKey
from certificates.offline import parts
from certificates.offline.kept_data import DIGEST_LENGTH, kept_data
from certificates.offline.parts import PARTS
from certificates.revoking import correct, revoke
from courses.enrolment import enrol
from courses.models import CoursePage, Enrolment
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory
from tests.support import complete, sign_in, work

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def sheet(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Sheet:
    drawn_as(monkeypatch, lambda sheet: f"%PDF {sheet.code}".encode())
    issued = issue(registration=complete(enrolment, course, at).pk, at=at)
    assert issued
    return issued


def another(course: SmallCourse, at: datetime) -> Sheet:
    learner = UserFactory()
    enrolment = enrol(user=learner, course=course.course, at=at)
    issued = issue(registration=complete(enrolment, course, at).pk, at=at)
    assert issued
    return issued


def revoked(sheet: Sheet, at: datetime) -> None:
    certificate = Certificate.objects.get(key=sheet.key)
    words = "Two people were mixed up."
    revoke(certificate=certificate, by=UserFactory(), reason=Reason.ERROR, words=words, at=at)


def digest(sheet: Sheet) -> str:
    return hashlib.sha256(sheet.code.encode()).hexdigest()[:DIGEST_LENGTH]


# --- the data -------------------------------------------------------------------------------


def test_a_certificate_that_stands_is_not_in_the_data(sheet: Sheet, at: datetime) -> None:
    said = kept_data(at=at)
    assert (said["revoked"], said["replaced"], said["renewed"]) == ([], [], [])
    for known in (sheet.code, sheet.serial, sheet.name_cyrillic, sheet.name_latin, digest(sheet)):
        assert known not in json.dumps(said, ensure_ascii=False)


def test_what_fell_is_named_by_a_digest_that_only_who_has_the_code_can_make(
    sheet: Sheet, course: SmallCourse, learner: User, at: datetime
) -> None:
    other = another(course, at)
    revoked(other, at)
    learner.name_latin = "Jelena Novaković"
    learner.save()
    certificate = Certificate.objects.get(key=sheet.key)
    correct(certificate=certificate, by=UserFactory(), reason=Reason.NAME, words="So.", at=at)
    assert kept_data(at=at)["replaced"] == []  # until the new one is there
    work()
    said = kept_data(at=at)
    assert said["revoked"] == [digest(other)]
    assert said["replaced"] == [digest(sheet)]
    for known in (sheet.code, sheet.serial, other.code, other.serial, "Novaković", "mixed up"):
        assert known not in json.dumps(said, ensure_ascii=False)


def test_what_was_renewed_is_told_from_what_was_corrected(sheet: Sheet, at: datetime) -> None:
    Certificate.objects.update(replaced_by=UUID(int=1), is_renewed=True)
    said = kept_data(at=at)
    assert (said["revoked"], said["replaced"], said["renewed"]) == ([], [], [digest(sheet)])


def test_what_was_replaced_and_then_revoked_is_revoked(
    sheet: Sheet, learner: User, at: datetime
) -> None:
    revoked(sheet, at)
    Certificate.objects.update(replaced_by=UUID(int=1))
    said = kept_data(at=at)
    assert (said["revoked"], said["replaced"]) == ([digest(sheet)], [])


def test_after_an_erasure_what_was_revoked_stays_so_and_nobody_is_named(
    sheet: Sheet, learner: User, at: datetime
) -> None:
    revoked(sheet, at)
    erase(user=learner, own_wish=True, at=at)
    work()
    said = kept_data(at=at)
    assert said["revoked"] == [digest(sheet)]
    assert sheet.name_latin not in json.dumps(said, ensure_ascii=False)


def test_an_erasure_alone_takes_no_certificate_back(
    sheet: Sheet, learner: User, at: datetime
) -> None:
    erase(user=learner, own_wish=True, at=at)
    work()
    assert kept_data(at=at)["revoked"] == []


def test_every_key_that_signs_lines_is_there_and_no_other(at: datetime) -> None:
    old = key_in_use(SigningKey.Purpose.CREDENTIAL)
    new = rotate_key("credential", at + timedelta(days=1))
    keys = {key["kid"]: key for key in kept_data(at=at)["keys"]}
    assert set(keys) == set(
        SigningKey.objects.filter(purpose="credential").values_list("kid", flat=True)
    )
    assert (keys[old.kid]["retired"], keys[new.kid]["retired"]) == ("2026-11-25", None)
    assert keys[new.kid]["begins"] == "2026-11-25"
    assert set(keys[new.kid]["jwk"]) == {"kty", "crv", "x", "y"}


def test_courses_that_were_published_have_their_titles_and_drafts_have_not(
    course: SmallCourse, at: datetime
) -> None:
    page = course.course
    page.copy(update_attrs={"title": "A draft", "slug": "draft"}, keep_live=False)
    withdrawn = small_course(at, slug="withdrawn").course
    withdrawn.unpublish()
    said = kept_data(at=at)["courses"]
    assert CoursePage.objects.count() > len(said)
    assert said[page.translation_key.hex[:8]]["en"] == page.title
    assert said[withdrawn.translation_key.hex[:8]]["en"] == withdrawn.title
    assert "A draft" not in json.dumps(said)


def test_the_answer_changes_only_with_what_it_says_and_with_the_hour(
    sheet: Sheet, course: SmallCourse, at: datetime
) -> None:
    first = kept_data(at=at)
    assert first["made"] == "2026-11-24T10:00:00+01:00"
    assert kept_data(at=at + timedelta(minutes=59)) == first
    assert kept_data(at=at + timedelta(minutes=60)) != first
    for _ in range(4):
        revoked(another(course, at), at)
    fell = kept_data(at=at)["revoked"]
    assert len(fell) == 4
    assert fell == sorted(fell)


def test_it_asks_the_database_three_times_however_much_there_is(
    client: Client, sheet: Sheet, course: SmallCourse, at: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        client.get("/verify/offline.json")
    for _ in range(3):
        revoked(another(course, at), at)
    with django_assert_num_queries(3):
        client.get("/verify/offline.json")


def test_who_has_it_already_is_told_so(client: Client, sheet: Sheet, at: datetime) -> None:
    response = client.get("/verify/offline.json")
    assert response["Content-Type"] == "application/json"
    assert "public" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]
    assert not response.cookies
    again = client.get("/verify/offline.json", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    revoked(sheet, at)
    newer = client.get("/verify/offline.json", headers={"If-None-Match": response["ETag"]})
    assert newer.status_code == 200
    assert newer.json()["revoked"] == [digest(sheet)]
    assert client.post("/verify/offline.json").status_code == 405


# --- the page and its worker ----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_page_is_made_of_is_kept_with_it(language: str, client: Client) -> None:
    page = client.get(f"/{language}/verify/offline/").content.decode()
    asked = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    for name in [name for name in (*asked, *PARTS) if name.endswith(".css")]:
        asked |= {
            f"vendor/{rest}" for rest in re.findall(r'url\("\.\./vendor/([^"]+)"\)', text(name))
        }
    for name in [name for name in PARTS if name.endswith(".js")]:
        asked |= {f"js/{rest}" for rest in re.findall(r'(?:from|import) "\./([^"]+)"', text(name))}
    assert asked == set(PARTS)


def text(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str)
    with open(found) as file:
        return file.read()


def test_the_worker_stands_in_the_folders_that_it_may_act_in_and_in_no_other(
    client: Client,
) -> None:
    page = client.get("/en/verify/offline/").content.decode()
    (workers,) = re.findall(r'data-workers="([^"]+)"', page)
    addresses = json.loads(workers.replace("&quot;", '"'))
    folders = {address.rpartition("/")[0] for address in addresses}
    assert folders == {"/verify", *(f"/{code}/verify" for code in LANGUAGES)}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/javascript"
        assert response["Cache-Control"] == "no-cache"
        assert "Service-Worker-Allowed" not in response
        assert not response.cookies


def test_the_worker_keeps_a_page_of_each_language_and_no_other_page(client: Client) -> None:
    script = client.get(reverse("offline_worker")).content.decode()
    (kept,) = re.findall(r"self\.KEPT = (.*);\n", script)
    said = json.loads(kept)
    assert said["pages"] == {code: f"/{code}/verify/offline/" for code in LANGUAGES}
    assert said["data"] == "/verify/offline.json"
    assert all(part.startswith("/static/") for part in said["parts"])
    for page in said["pages"].values():
        assert client.get(page)["Offline-Version"] == said["version"]


def test_another_version_of_any_part_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = parts.version()
    parts.version.cache_clear()
    monkeypatch.setattr(parts, "PARTS", PARTS[1:])
    assert parts.version() != before
    parts.version.cache_clear()


@pytest.mark.parametrize("address", ["/verify/offline", "/verify/offline/"])
def test_the_address_without_a_language_leads_to_the_page(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0] == "/en/verify/offline/"
    assert "Check without a network" in response.content.decode()


def test_the_page_asks_nothing_of_the_database_about_certificates(
    client: Client, sheet: Sheet
) -> None:
    assert sheet.serial not in client.get(reverse("verify_offline")).content.decode()


def test_a_site_of_samples_says_so_without_a_network_too(client: Client, settings: Any) -> None:
    for samples in (True, False):
        settings.CERTIFICATES_ARE_SAMPLES = samples
        page = client.get(reverse("verify_offline")).content.decode()
        assert ("Sample: no legal value" in page) is samples


# --- the page of a certificate --------------------------------------------------------------


def register_of(client: Client, sheet: Sheet) -> dict[str, str]:
    page = client.get(reverse("verify_code", args=[sheet.code])).content.decode()
    (register,) = re.findall(r'data-register="([^"]*)"', page)
    said: dict[str, str] = json.loads(register.replace("&quot;", '"'))
    return said


def test_the_page_knows_what_the_line_of_its_certificate_says(client: Client, sheet: Sheet) -> None:
    assert register_of(client, sheet) == carried(sheet)
    assert carried(sheet)["code"] == sheet.code.replace("-", "")


def test_an_erased_person_is_not_named_for_the_comparison(
    client: Client, sheet: Sheet, learner: User, at: datetime
) -> None:
    erase(user=learner, own_wish=True, at=at)
    work()
    said = register_of(client, sheet)
    assert (said["cyrillic"], said["latin"]) == ("", "")
    assert said["serial"] == sheet.serial


def test_a_file_and_a_shared_address_have_no_qr_code_to_compare(
    client: Client, sheet: Sheet, learner: User
) -> None:
    sign_in(client, learner).post(reverse("share_certificate", args=[sheet.key]), {"share": "yes"})
    sheet.refresh_from_db()
    for address in (
        reverse("verify_fingerprint", args=[sheet.sha256]),
        reverse("shared_certificate", args=[sheet.share_token]),
    ):
        assert "line-check" not in client.get(address).content.decode()
