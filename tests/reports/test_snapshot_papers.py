"""The summary of a snapshot as a file: to be kept, to be read aloud, sealed to the last byte."""

from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from certificates.sealing.checking import examine
from config.bootstrap.pdf_tools import missing_groups, missing_packages
from reports.filters import read_filters
from reports.snapshots.filling import Wish, begin_snapshot, fill
from tests.certificates.verapdf import broken_rules
from tests.reports.conftest import Justice
from tests.support import complete

_MISSING = [*missing_packages(), *missing_groups()]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.pdf,
    pytest.mark.skipif(bool(_MISSING), reason=f"not on this machine: {', '.join(_MISSING)}"),
]


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_verapdf_finds_nothing_and_the_seal_is_whole(
    justice: Justice, at: datetime, tmp_path: Path, language: str
) -> None:
    for _ in range(6):
        complete(justice.learner(), justice.course, at)
    holder = justice.mandate.holder
    assert holder
    snapshot = begin_snapshot(
        mandate=justice.mandate,
        filters=read_filters({"status": "completed", "first_day": "2026-01-01"}),
        wish=Wish("Година 2026", language, "supervision"),
        by=holder,
        at=at + timedelta(days=1),
    )
    fill(snapshot, at=at + timedelta(days=1))
    snapshot.refresh_from_db()
    with snapshot.file.open("rb") as file, ZipFile(file) as parcel:
        paper = parcel.read("summary.pdf")
    file_ = tmp_path / "summary.pdf"
    file_.write_bytes(paper)
    assert {one: broken_rules(file_, one) for one in ("PDFA_3_A", "PDFUA_1")} == {
        "PDFA_3_A": [],
        "PDFUA_1": [],
    }
    assert examine(paper).is_ours
