"""Anyone can check a certificate; nobody can fish for one."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing import issue
from certificates.limits import CHECKS_PER_MINUTE
from certificates.models import Certificate, Sheet
from certificates.sharing import share
from certificates.verification import normal, readings, verify
from courses.models import Enrolment
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import complete, sign_in, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Sheet:
    drawn_as(monkeypatch, lambda sheet: f"%PDF {sheet.code}".encode())
    complete(enrolment, course, at)
    issued = issue(registration=enrolment.pk, at=at)
    assert issued
    return issued


def page(client: Client, code: str) -> str:
    response = client.get(reverse("verify_code", args=[code]))
    assert response.status_code == 200
    return response.content.decode()


def test_every_field_is_shown_as_issued(client: Client, sheet: Sheet) -> None:
    text = page(client, sheet.code)
    shown = [sheet.name_cyrillic, sheet.name_latin, sheet.course_title_en, sheet.course_title_sr]
    shown += [sheet.serial, sheet.code, sheet.sha256, "36 min", "24", "Nov", "2026"]
    assert [field for field in shown if field not in text] == []


def test_the_issuer_stays_who_it_was(client: Client, sheet: Sheet, settings: Any) -> None:
    settings.ISSUER = "Another Institute"
    text = page(client, sheet.code)
    assert "Putokaz</dd>" in text
    assert "Another Institute" not in text


def test_no_account_is_needed_and_the_short_address_leads_there(
    client: Client, sheet: Sheet
) -> None:
    response = client.get(f"/verify/{sheet.code}", follow=True)
    assert sheet.serial in response.content.decode()
    typed = client.get(reverse("verify"), {"code": sheet.code.lower().replace("-", " ")})
    assert typed["Location"] == reverse("verify_code", args=[sheet.code])


@pytest.mark.parametrize("code", ["7Q4K-M2XD-9RTB", "-", "жртва", "x" * 300])
def test_an_unknown_code_gets_a_clear_page(client: Client, sheet: Sheet, code: str) -> None:
    response = client.get(reverse("verify_code", args=[code]))
    text = response.content.decode()
    assert response.status_code == 404
    assert "There is no certificate with this code" in text
    assert sheet.serial not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("PTK-2026-0000001", "What you typed is a serial number."),
        ("птк-2026-0000001".replace("п", "P"), "What you typed is a serial number."),
        ("7Q4", "A code has 12 characters; you typed 3."),
        ("7Q4K-M2XD-9RTB", "Check the code letter by letter."),
    ],
)
def test_what_is_no_code_is_told_what_it_is(client: Client, typed: str, said: str) -> None:
    page = client.get(reverse("verify"), {"code": typed}, follow=True)
    assert page.status_code == 404
    assert said in page.content.decode()


def test_a_code_typed_with_cyrillic_letters_is_found(client: Client, sheet: Sheet) -> None:
    sheet.code = "ABEK-MH0P-CTYX"
    sheet.save()
    typed = client.get(reverse("verify"), {"code": "авек мнор стух"}, follow=True)
    assert sheet.serial in typed.content.decode()


def test_a_code_typed_by_its_sound_is_found(client: Client, sheet: Sheet) -> None:
    """The keys of a Serbian keyboard that carry a code's letters, in Cyrillic."""
    sheet.code = "BDFG-HJNR-SVZQ"
    sheet.save()
    typed = client.get(reverse("verify"), {"code": "бдфг хјнр свзљ"}, follow=True)
    assert sheet.serial in typed.content.decode()


def test_looks_come_before_sounds(sheet: Sheet, django_assert_num_queries: Any) -> None:
    """РСН is PCH by its look; by its sound it is RSN, which is asked for only then."""
    sheet.code = "PCH0-AAAA-AAAA"
    sheet.save()
    with django_assert_num_queries(2):
        assert verify("РСН0-AAAA-AAAA")
    sheet.code = "RSN0-AAAA-AAAA"
    sheet.save()
    with django_assert_num_queries(3):
        assert verify("РСН0-AAAA-AAAA")
    with django_assert_num_queries(1):
        assert verify("PSN0-AAAA-AAAA") is None
    assert readings("PSN0-AAAA-AAAA") == ["PSN0-AAAA-AAAA"]


@pytest.mark.parametrize(
    "pasted",
    [
        "https://putokaz.example/verify/{code}",
        "putokaz.example/sr-latn/verify/{code}/",
        " https://putokaz.example/verify/{code}#1.{line}.x ",
        "https://putokaz.example/verify/{code}?utm=1",
        "{code}.",
    ],
)
def test_an_address_that_was_pasted_is_read(client: Client, sheet: Sheet, pasted: str) -> None:
    typed = {"code": pasted.format(code=sheet.code, line="A" * 900)}
    response = client.get(reverse("verify"), typed)
    assert response["Location"] == reverse("verify_code", args=[sheet.code])
    field = client.get(reverse("verify")).content.decode()
    assert 'maxlength="3000"' in field


def test_what_stands_on_the_paper_can_be_compared(client: Client, sheet: Sheet) -> None:
    text = page(client, sheet.code)
    assert sheet.score_band
    assert f"{sheet.score_band} %" in text
    for module in sheet.modules:
        assert module["title"]["en"] in text
    said = client.get(f"/verify/{sheet.code}.json").json()["certificate"]
    assert said["scoreBand"] == sheet.score_band
    assert [one["minutes"] for one in said["modules"]] == [one["minutes"] for one in sheet.modules]
    assert set(said["modules"][0]) == {"title", "minutes"}


def test_titles_stand_in_the_language_of_the_page_first(client: Client, sheet: Sheet) -> None:
    Sheet.objects.update(course_title_en="An English title", course_title_sr="Српски наслов")
    english, serbian = (
        client.get(f"/{code}/verify/{sheet.code}/").content.decode() for code in ("en", "sr")
    )
    assert english.index("An English title") < english.index("Српски наслов")
    assert serbian.index("Српски наслов") < serbian.index("An English title")


def test_a_sample_says_so_wherever_it_is_checked(
    client: Client, sheet: Sheet, settings: Any
) -> None:
    shared = reverse("shared_certificate", args=[share(sheet)])
    for samples in (True, False):
        settings.CERTIFICATES_ARE_SAMPLES = samples
        assert ("Sample: no legal value" in page(client, sheet.code)) is samples
        assert ("Sample: no legal value" in client.get(shared).content.decode()) is samples
        said = client.get(f"/verify/{sheet.code}.json").json()["certificate"]
        assert said.get("sample", False) is samples


def test_no_engine_finds_it_and_no_cache_keeps_it(client: Client, sheet: Sheet) -> None:
    token = share(sheet)
    for address in (
        reverse("verify_code", args=[sheet.code]),
        reverse("verify_fingerprint", args=[sheet.sha256]),
        reverse("shared_certificate", args=[token]),
        reverse("shared_file", args=[token]),
        f"/verify/{sheet.code}.json",
    ):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store", address
        assert answer["X-Robots-Tag"] == "noindex", address


def test_the_paper_is_told_from_the_file(client: Client, sheet: Sheet) -> None:
    on_paper, about_file = page(client, sheet.code).split("About the file")
    assert "Issued by" in on_paper
    assert sheet.sha256 not in on_paper
    assert sheet.sha256 in about_file
    assert "Time of issue" in about_file


def test_what_the_log_does_not_say_is_not_valid(sheet: Sheet) -> None:
    assert verify(sheet.code)
    Sheet.objects.update(sha256="0" * 64)
    assert verify(sheet.code) is None
    Sheet.objects.update(sha256=sheet.sha256)
    Certificate.objects.all().delete()
    assert verify(sheet.code) is None


@given(st.data())
def test_a_code_is_read_however_it_is_typed(data: st.DataObject) -> None:
    code = "0VA1-B23C-4D5Z"
    look = {"0": "O", "1": "IL", "V": "U"}
    letters = [data.draw(st.sampled_from([char, *look.get(char, "")])) for char in code]
    typed = "".join(data.draw(st.sampled_from([char, char.lower()])) for char in letters)
    typed = typed.replace("-", data.draw(st.sampled_from(["-", " ", "", " - ", "."])))
    assert normal(typed) == code


def test_many_guesses_are_slowed_down(client: Client) -> None:
    address = reverse("verify_code", args=["7Q4K-M2XD-9RTB"])
    statuses = [client.get(address).status_code for _ in range(CHECKS_PER_MINUTE + 1)]
    assert statuses == [404] * CHECKS_PER_MINUTE + [429]
    assert "Wait a minute" in client.get(address).content.decode()
    machine = client.get("/verify/7Q4K-M2XD-9RTB.json")
    assert (machine.status_code, machine["Content-Type"]) == (429, "application/json")
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_an_erased_person_leaves_a_certificate_without_a_name(
    client: Client, sheet: Sheet, learner: User, at: datetime
) -> None:
    erase(user=learner, own_wish=True, at=at)
    work()
    text = page(client, sheet.code)
    assert sheet.serial in text
    assert sheet.sha256 in text
    assert sheet.name_latin not in text
    assert sheet.name_cyrillic not in text


def test_ones_own_file_is_sent_with_a_name_that_tells_nothing(
    client: Client, sheet: Sheet, learner: User
) -> None:
    response = sign_in(client, learner).get(reverse("certificate_file", args=[sheet.key]))
    assert response["Content-Disposition"] == f'attachment; filename="{sheet.serial}.pdf"'
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "victim" not in sheet.file.name.lower()
    assert "core" not in sheet.file.name.lower()


def test_the_file_sent_is_the_file_stored(client: Client, sheet: Sheet, learner: User) -> None:
    sheet.file.storage.delete(sheet.file.name)
    sheet.file.storage.save(sheet.file.name, ContentFile(b"as stored"))
    response = sign_in(client, learner).get(reverse("certificate_file", args=[sheet.key]))
    assert b"".join(response.streaming_content) == b"as stored"


def test_my_certificates_are_mine(client: Client, sheet: Sheet, learner: User) -> None:
    address = reverse("my_certificates")
    mine = sign_in(client, learner).get(address).content.decode()
    assert sheet.serial in mine
    assert sheet.code in mine
    assert sheet.serial not in sign_in(Client(), UserFactory()).get(address).content.decode()


def test_a_certificate_on_its_way_is_announced(
    client: Client, course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    complete(enrolment, course, at)
    assert sign_in(client, learner).get(reverse("my_certificates")).context["waiting"]


def test_files_are_reached_by_no_address(client: Client, sheet: Sheet) -> None:
    for address in (f"/media/{sheet.file.name}", f"/private/{sheet.file.name}"):
        assert client.get(address, follow=True).status_code == 404
