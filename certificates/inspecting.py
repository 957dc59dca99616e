"""Are the files still those whose fingerprints stand in the log?"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from certificates.models import Certificate, Sheet

_BATCH = 500


def inspect_files() -> Iterator[str]:
    """Say of each certificate in the register what is missing or altered.

    An erased person's file is gone on purpose: its sheet has neither name nor file.
    """
    rows = Certificate.objects.known().order_by("serial").iterator(chunk_size=_BATCH)
    while batch := list(islice(rows, _BATCH)):
        sheets = Sheet.objects.in_bulk([certificate.key for certificate in batch])
        for certificate in batch:
            sheet = sheets.get(certificate.key)
            if sheet is None:
                yield f"{certificate.serial}: the sheet is missing"
            else:
                yield from _faults(certificate, sheet)


def _faults(certificate: Certificate, sheet: Sheet) -> Iterable[str]:
    if sheet.sha256 != certificate.sha256:
        yield f"{certificate.serial}: the log has another fingerprint"
    if not sheet.file:
        if sheet.name_cyrillic or sheet.name_latin:
            yield f"{certificate.serial}: the file is missing"
    elif not sheet.file.storage.exists(str(sheet.file)):
        yield f"{certificate.serial}: the file is missing"
    elif _digest(sheet) != sheet.sha256:
        yield f"{certificate.serial}: the file was altered"


def _digest(sheet: Sheet) -> str:
    with sheet.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
