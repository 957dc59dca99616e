"""Whether a certificate as data still stands: one certificate, one list, nobody else's."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from certificates.credential import credential_of
from certificates.issuing import issue
from certificates.limits import CHECKS_PER_MINUTE
from certificates.models import Certificate, Sheet
from courses.models import Enrolment
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.support import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(
    course: SmallCourse, enrolment: Enrolment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> Sheet:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    complete(enrolment, course, at)
    sheet = issue(registration=enrolment.pk, at=at)
    assert sheet
    return sheet


def path_of(sheet: Sheet) -> str:
    return reverse("credential_status", args=[sheet.code])


def test_the_badge_leads_to_its_list_and_the_list_is_empty(client: Client, issued: Sheet) -> None:
    badge = credential_of(issued)
    address = badge["credentialStatus"]["id"]
    assert address.endswith(path_of(issued))
    response = client.get(path_of(issued))
    assert response.json() == {
        "id": address,
        "issuer": badge["issuer"]["id"],
        "revokedCredential": [],
    }
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("revoked", "revoked"),
        ("replaced", "replaced by a corrected certificate"),
        ("renewed", "renewed: another certificate stands in its place"),
    ],
)
def test_what_was_revoked_or_replaced_is_on_its_list(
    client: Client, issued: Sheet, at: datetime, change: str, reason: str
) -> None:
    replaced = {"replaced_by": issued.registration}
    changes = {"replaced": replaced, "renewed": replaced | {"is_renewed": True}}
    Certificate.objects.update(**changes.get(change, {"revoked_at": at}))
    entry = {"id": f"urn:uuid:{issued.key}", "revoked": True, "revocationReason": reason}
    assert client.get(path_of(issued)).json()["revokedCredential"] == [entry]


def test_an_unknown_code_is_no_certificate_that_stands(client: Client, issued: Sheet) -> None:
    response = client.get(reverse("credential_status", args=["0000-0000-0000"]))
    assert response.status_code == 410
    assert "revokedCredential" not in response.json()


def test_nobody_can_try_one_code_after_the_other(client: Client) -> None:
    address = reverse("credential_status", args=["0000-0000-0000"])
    answers = {client.get(address).status_code for _ in range(CHECKS_PER_MINUTE + 1)}
    assert answers == {410, 429}
