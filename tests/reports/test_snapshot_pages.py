"""Freezing on the page, downloading, and who must not."""

import io
import zipfile
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Enrolment
from people.models import Mandate
from people.roles import REPORTING_OFFICER, sync_groups
from reports.models import Scope, Snapshot
from reports.snapshots import filling
from tests.factories.people import MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.reports.freezing import ASKED, parcel
from tests.support import sign_in, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_quickly_drawn")]


def test_an_officer_freezes_a_report_and_downloads_it(
    officer: Client, justice: Justice, to_freeze: list[Enrolment]
) -> None:
    page = officer.get("/en/reports/snapshots/", {"status": "completed"})
    assert "Freeze this report" in page.content.decode()
    answer = officer.post(f"{reverse('begin_snapshot')}?status=completed", ASKED)
    snapshot = Snapshot.objects.get()
    assert answer["Location"] == reverse("snapshot", args=[snapshot.key])
    assert "Give up" in officer.get(answer["Location"]).content.decode()
    work()
    text = officer.get(answer["Location"]).content.decode()
    assert "Download all as a ZIP" in text
    assert "status=completed&amp;as_of=" in text
    snapshot.refresh_from_db()
    files = parcel(snapshot)
    for name, content in files.items():
        response = officer.get(reverse("snapshot_file", args=[snapshot.key, name]))
        assert b"".join(response.streaming_content) == content
        assert name in response["Content-Disposition"]
    whole = officer.get(reverse("snapshot_file", args=[snapshot.key, "snapshot.zip"]))
    assert zipfile.is_zipfile(io.BytesIO(b"".join(whole.streaming_content)))
    assert officer.get(reverse("snapshot_file", args=[snapshot.key, "x"])).status_code == 404
    assert "The year 2026" in officer.get(reverse("snapshots")).content.decode()


def test_names_are_joined_when_the_page_is_read(
    officer: Client, justice: Justice, to_freeze: list[Enrolment], frozen: Snapshot
) -> None:
    Mandate.objects.update(identified=True)
    page = officer.get(reverse("snapshot", args=[frozen.key]))
    there = officer.get(page.context["with_names"])
    assert [row.name for row in there.context["rows"]] == ["Jelena Uzorković"] * 6


def test_what_is_wrong_is_said_and_nothing_is_made(officer: Client, justice: Justice) -> None:
    untitled = officer.post(reverse("begin_snapshot"), {"language": "en"})
    future = officer.post(f"{reverse('begin_snapshot')}?as_of=2999-01-01", ASKED)
    assert (untitled.status_code, future.status_code) == (400, 400)
    assert Snapshot.objects.count() == 0
    assert officer.get(reverse("snapshots"), {"as_of": "soon"}).status_code == 400


def test_nobody_else_opens_a_snapshot(
    frozen: Snapshot, justice: Justice, officer: Client, at: datetime
) -> None:
    groups = sync_groups()
    other = MandateFactory(institutions=[justice.council], professions=[justice.judge])
    assert other.holder
    other.holder.groups.add(groups[REPORTING_OFFICER])
    strangers = {
        "visitor": Client(),
        "learner": sign_in(Client(), UserFactory()),
        "another officer": sign_in(Client(), other.holder, second_factor=True),
    }
    about = [
        reverse("snapshot", args=[frozen.key]),
        *(reverse("snapshot_file", args=[frozen.key, n]) for n in (*filling.FILES, "snapshot.zip")),
    ]
    for client in strangers.values():
        for address in about:
            assert client.get(address).status_code in (302, 404)
        assert client.post(reverse("give_up_snapshot", args=[frozen.key])).status_code in (302, 404)
    assert officer.get(about[0]).status_code == 200
    Mandate.objects.filter(pk=justice.mandate.pk).update(valid_to=date(2026, 1, 1))
    assert {officer.get(address).status_code for address in about} == {404}
    stolen = f"{reverse('begin_snapshot')}?mandate={justice.mandate.pk}"
    assert strangers["another officer"].post(stolen, ASKED).status_code == 403
    assert Snapshot.objects.count() == 1
    assert Scope.objects.count() == 1
