"""Is a snapshot what it was? Its file is read, and all of it is made again from the log."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reports.models import Snapshot
from reports.snapshots.filling import SUMMARY
from reports.snapshots.frozen import DEFINITION, UNDERSTOOD, Frozen
from reports.snapshots.making import CSV, LINES, MANIFEST, make, sha256_of


def found_amiss(snapshot: Snapshot) -> list[str]:
    """Return in sentences what is otherwise in the kept file, and what the log says otherwise."""
    return [*_altered(snapshot), *_told_otherwise(snapshot)]


def _altered(snapshot: Snapshot) -> Iterator[str]:
    """Yield which kept files are not those that were frozen."""
    try:
        with snapshot.file.open("rb") as file, zipfile.ZipFile(file) as parcel:
            wanted = {MANIFEST: snapshot.manifest_sha256, SUMMARY: snapshot.summary_sha256}
            wanted |= _named_in(parcel)
            for name, sha256 in wanted.items():
                with parcel.open(name) as member:
                    if sha256_of(member)[0] != sha256:
                        yield f"{name} in the kept file is not what was frozen."
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        yield f"The kept file cannot be read: {error}."


def _named_in(parcel: zipfile.ZipFile) -> dict[str, str]:
    manifest: dict[str, Any] = json.loads(parcel.read(MANIFEST))
    return {name: manifest["files"][name]["sha256"] for name in (CSV, LINES)}


def _told_otherwise(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.definition not in UNDERSTOOD:
        yield (
            f"It was made by definition {snapshot.definition} of the report, this software has "
            f"{DEFINITION}: it cannot be made again."
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        made = make(Frozen.of(snapshot), Path(folder), say=lambda done, total: None)
    if made.sha256 != snapshot.manifest_sha256:
        yield (
            f"Made again from the log, the manifest has the SHA-256 {made.sha256}, "
            f"not {snapshot.manifest_sha256}."
        )
