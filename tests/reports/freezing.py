"""Reports frozen for a story, without paper and seal unless it asks for `real` ones."""

import zipfile
from datetime import datetime

from people.models import Mandate
from reports.filters import read_filters
from reports.models import Snapshot
from reports.snapshots.filling import Wish, begin_snapshot, fill

ASKED = {"title": "The year 2026", "language": "en", "purpose": "supervision"}
WISH = Wish(**ASKED)


def freeze(mandate: Mandate, at: datetime, **query: str) -> Snapshot:
    holder = mandate.holder
    assert holder
    snapshot = begin_snapshot(
        mandate=mandate, filters=read_filters(query), wish=WISH, by=holder, at=at
    )
    fill(snapshot, at=at)
    snapshot.refresh_from_db()
    assert snapshot.is_ready
    return snapshot


def parcel(snapshot: Snapshot) -> dict[str, bytes]:
    with snapshot.file.open("rb") as file, zipfile.ZipFile(file) as found:
        return {name: found.read(name) for name in found.namelist()}
