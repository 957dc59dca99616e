"""What a stranger is told: how a certificate stands, whether a file is ours; and nothing else."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificates import uploads
from certificates.issuing import issue
from certificates.limits import CHECKS_PER_MINUTE
from certificates.models import Certificate, Reason, Sheet
from certificates.revoking import correct, revoke
from certificates.sharing import share, stop_sharing
from certificates.verification import verify
from courses.models import Enrolment
from people.erasure import erase
from people.models import User
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import complete, sign_in, work

pytestmark = pytest.mark.django_db

WORDS = "Two people of the same name were mixed up."


@pytest.fixture
def sheet(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Sheet:
    drawn_as(monkeypatch, lambda sheet: f"%PDF {sheet.code} {sheet.name_latin}".encode())
    issued = issue(registration=complete(enrolment, course, at).pk, at=at)
    assert issued
    return issued


@pytest.fixture
def certificate(sheet: Sheet) -> Certificate:
    return Certificate.objects.get()


def by_code(client: Client, sheet: Sheet) -> str:
    return client.get(reverse("verify_code", args=[sheet.code])).content.decode()


def upload(client: Client, content: bytes, **more: str) -> str:
    """Send a file as a browser without scripts does; return the page that opens."""
    file = SimpleUploadedFile("c.pdf", content)
    response = client.post(reverse("verify_upload"), {"file": file}, follow=True, **more)
    return response.content.decode()


# --- how it stands --------------------------------------------------------------------------


def test_a_revoked_certificate_says_so_with_the_day_and_the_kind_of_reason(
    client: Client, sheet: Sheet, certificate: Certificate, at: datetime
) -> None:
    revoke(certificate=certificate, by=UserFactory(), reason=Reason.ERROR, words=WORDS, at=at)
    text = by_code(client, sheet)
    assert "This certificate was revoked" in text
    assert "It was issued in error." in text
    assert "This certificate is valid" not in text
    assert WORDS not in text


def test_a_replaced_certificate_names_its_successor_and_not_the_new_name(
    client: Client, sheet: Sheet, certificate: Certificate, learner: User, at: datetime
) -> None:
    learner.name_latin = "Jelena Novaković"
    learner.save()
    how = {"by": UserFactory(), "reason": Reason.NAME, "words": WORDS, "at": at}
    new = correct(certificate=certificate, **how)
    work()
    text = by_code(client, sheet)
    assert "This certificate was replaced by another" in text
    assert new.serial in text
    assert "A name was corrected." in text
    assert "Novaković" not in text
    assert new.code not in text
    assert "This certificate is valid" in by_code(client, new)


def test_an_expired_certificate_names_its_last_day(client: Client, sheet: Sheet) -> None:
    Sheet.objects.update(valid_until=date(2026, 1, 31))
    Certificate.objects.update(valid_until=date(2026, 1, 31))
    text = by_code(client, sheet)
    assert "This certificate has expired" in text
    assert "It was valid until 31 January 2026." in text


def test_a_machine_gets_the_same_as_json(client: Client, sheet: Sheet, at: datetime) -> None:
    response = client.get(f"/verify/{sheet.code.lower()}.json")
    said = response.json()["certificate"]
    assert (said["status"], said["serial"], said["sha256"]) == ("valid", sheet.serial, sheet.sha256)
    assert said["name"] == {"cyrillic": sheet.name_cyrillic, "latin": sheet.name_latin}
    assert (said["completed"], said["minutes"]) == (sheet.completed_on.isoformat(), 36)
    assert response["Cache-Control"] == "no-store"
    unknown = client.get("/verify/7Q4K-M2XD-9RTB.json")
    assert (unknown.status_code, unknown.json()) == (200, {"certificate": None})


# --- the file -------------------------------------------------------------------------------


def test_the_very_file_is_ours_and_one_byte_makes_it_another(client: Client, sheet: Sheet) -> None:
    content = sheet.file.read()
    page = upload(client, content)
    assert "This file is ours, unchanged and valid" in page
    assert sheet.serial in page
    changed = upload(client, content[:-1] + b"!")
    assert "This file is not one that we issued" in changed
    assert sheet.serial not in changed


def test_a_fingerprint_alone_is_enough(client: Client, sheet: Sheet) -> None:
    address = reverse("verify_fingerprint", args=[sheet.sha256.upper()])
    assert "This file is ours, unchanged and valid" in client.get(address).content.decode()


def test_of_a_revoked_certificate_the_file_is_ours_and_not_valid(
    client: Client, sheet: Sheet, certificate: Certificate, at: datetime
) -> None:
    revoke(certificate=certificate, by=UserFactory(), reason=Reason.ERROR, words=WORDS, at=at)
    page = upload(client, sheet.file.read())
    assert "This certificate was revoked" in page
    assert "The file itself is ours and unchanged." in page


def test_after_erasure_the_file_still_verifies_and_names_nobody(
    client: Client, sheet: Sheet, learner: User, at: datetime
) -> None:
    content = sheet.file.read()
    erase(user=learner, own_wish=True, at=at)
    work()
    page = upload(client, content)
    assert "This file is ours, unchanged and valid" in page
    assert "The holder's data was erased" in page.replace("&#x27;", "'")
    assert sheet.name_latin not in page
    assert sheet.name_cyrillic not in page


@pytest.mark.parametrize("content", [b"<?xml version='1.0'?><!DOCTYPE x>", b"%PDF-1.7\n" * 1000])
def test_any_file_gets_a_clear_answer_and_is_not_opened(client: Client, content: bytes) -> None:
    assert "This file is not one that we issued" in upload(client, content)


def test_no_file_and_too_large_a_file_are_told_apart(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = client.post(reverse("verify_upload"))
    assert nothing.status_code == 400
    assert "Choose the PDF of the certificate first." in nothing.content.decode()
    monkeypatch.setattr(uploads, "MOST", 100)
    large = client.post(reverse("verify_upload"), {"file": SimpleUploadedFile("c", b"x" * 200)})
    assert large.status_code == 400
    assert "too large to be a certificate" in large.content.decode()


def test_an_empty_file_is_told_so(client: Client) -> None:
    empty = client.post(reverse("verify_upload"), {"file": SimpleUploadedFile("c.pdf", b"")})
    assert empty.status_code == 400
    assert (
        "This file is empty." in empty.content.decode().split('class="errors" id="file-error"')[1]
    )


def test_of_an_upload_only_the_fingerprint_is_kept(client: Client) -> None:
    digest = hashlib.sha256(b"secret").hexdigest()
    response = client.post(reverse("verify_upload"), {"file": SimpleUploadedFile("c", b"secret")})
    assert response["Location"] == reverse("verify_fingerprint", args=[digest])
    assert not Sheet.objects.exists()


# --- what a stranger may not ----------------------------------------------------------------


def test_every_way_of_checking_is_slowed_down(client: Client, sheet: Sheet) -> None:
    ways = [
        reverse("verify_code", args=["7Q4K-M2XD-9RTB"]),
        reverse("verify_fingerprint", args=["0" * 64]),
        reverse("shared_certificate", args=["no-such-token"]),
        reverse("shared_file", args=["no-such-token"]),
    ]
    for number, address in enumerate(ways):
        stranger = f"192.0.2.{number}"
        answers = [
            client.get(address, REMOTE_ADDR=stranger).status_code
            for _ in range(CHECKS_PER_MINUTE + 1)
        ]
        assert answers == [404] * CHECKS_PER_MINUTE + [429]
        assert client.get("/verify/X.json", REMOTE_ADDR=stranger).status_code == 429


def test_a_code_is_never_compared_letter_by_letter(
    sheet: Sheet, django_assert_num_queries: pytest.MonkeyPatch
) -> None:
    """It is looked up by its digest, so that the time an answer takes tells nothing of it."""
    with django_assert_num_queries(2) as asked:
        assert verify(sheet.code)
    assert not any(sheet.code in query["sql"] for query in asked.captured_queries)


def test_a_sheet_without_a_file_yet_is_found_by_no_empty_fingerprint(
    client: Client, sheet: Sheet
) -> None:
    Sheet.objects.update(sha256="", share_token="")
    Certificate.objects.update(sha256="")
    for address in ("/en/verify/file/%20/", "/en/shared/%20/"):
        assert client.get(address).status_code == 404


# --- sharing --------------------------------------------------------------------------------


def test_a_holder_shares_and_stops_sharing(client: Client, sheet: Sheet, learner: User) -> None:
    own = sign_in(Client(), learner)
    change = reverse("share_certificate", args=[sheet.key])
    own.post(change, {"share": "yes"})
    sheet.refresh_from_db()
    address = reverse("shared_certificate", args=[sheet.share_token])
    assert address in own.get(reverse("my_certificates")).content.decode()
    page = client.get(address).content.decode()
    assert sheet.name_latin in page
    assert sheet.code not in page
    assert client.get(reverse("shared_file", args=[sheet.share_token])).status_code == 200
    own.post(change, {"share": "no"})
    assert "Nobody can see it" in own.get(reverse("my_certificates")).content.decode()
    ended = client.get(address)
    assert ended.status_code == 404
    assert "no longer shared by its holder" in ended.content.decode()


def test_a_shared_address_leads_on_to_the_corrected_certificate(
    client: Client, sheet: Sheet, certificate: Certificate, learner: User, at: datetime
) -> None:
    token = share(sheet)
    new = corrected(certificate, learner, at)
    assert not new.share_token  # until the new one is there
    assert sheet.serial in client.get(reverse("shared_certificate", args=[token])).content.decode()
    work()
    shown = client.get(reverse("shared_certificate", args=[token])).content.decode()
    assert new.serial in shown
    assert "This certificate is valid" in shown
    sheet.refresh_from_db()
    assert sheet.share_token == ""


def test_what_is_not_shared_is_not_shared_by_a_correction(
    sheet: Sheet, certificate: Certificate, learner: User, at: datetime
) -> None:
    new = corrected(certificate, learner, at)
    work()
    new.refresh_from_db()
    assert new.share_token == ""


def test_an_old_certificate_that_is_still_shared_links_to_the_new_if_that_is_shared(
    client: Client, sheet: Sheet, certificate: Certificate, learner: User, at: datetime
) -> None:
    new = corrected(certificate, learner, at)
    work()
    old = reverse("shared_certificate", args=[share(sheet)])
    assert "/shared/" not in client.get(old).content.decode().split("<h1>")[1].split("</p>")[0]
    new.refresh_from_db()
    following = reverse("shared_certificate", args=[share(new)])
    assert following in client.get(old).content.decode()
    assert following not in by_code(client, sheet)  # who has the code was not given that address


def corrected(certificate: Certificate, learner: User, at: datetime) -> Sheet:
    """Begin a certificate with another name in place of one."""
    learner.name_latin = "Jelena Novaković"
    learner.save()
    by = UserFactory()
    return correct(certificate=certificate, by=by, reason=Reason.NAME, words="So.", at=at)


def test_shared_again_it_has_another_address(sheet: Sheet) -> None:
    first = share(sheet)
    assert share(sheet) == first
    stop_sharing(sheet)
    sheet.refresh_from_db()
    assert share(sheet) not in ("", first)


def test_erasing_ends_the_sharing(
    client: Client, sheet: Sheet, learner: User, at: datetime
) -> None:
    token = share(sheet)
    erase(user=learner, own_wish=True, at=at + timedelta(days=1))
    assert client.get(reverse("shared_certificate", args=[token])).status_code == 404


def test_the_shelf_says_what_became_of_each(
    client: Client, sheet: Sheet, certificate: Certificate, learner: User, at: datetime
) -> None:
    sign_in(client, learner)
    assert "Revoked" not in client.get(reverse("my_certificates")).content.decode()
    revoke(certificate=certificate, by=UserFactory(), reason=Reason.ERROR, words=WORDS, at=at)
    page = client.get(reverse("my_certificates")).content.decode()
    assert "Revoked" in page
    assert "Share by a link" not in page
