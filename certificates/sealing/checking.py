"""Look at a sealed file. Never in a web process: a hostile PDF can keep a parser busy for long."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    SignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from certificates.sealing.configured import seal_settings
from certificates.sealing.container import is_exact
from certificates.sealing.trust import anchors

_WHOLE = SignatureCoverageLevel.ENTIRE_FILE


class NoSeal(Exception):
    """Nobody has sealed or signed the file."""


@dataclass(frozen=True)
class Examined:
    """What a file shows by itself. `signed_at` is proven only where `time_stamped` is."""

    intact: bool
    covers_whole_file: bool
    trusted: bool
    signer: str = ""
    signed_at: datetime | None = None
    time_stamped: bool = False
    reason: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it is, to the last byte, a file that somebody we believe has sealed."""
        return self.intact and self.covers_whole_file and self.trusted


def examine(pdf: bytes, *, believed: Sequence[x509.Certificate] | None = None) -> Examined:
    """Say whether a file is as it was sealed, and by whom; `believed` are this site's own seals."""
    roots = anchors(seal_settings()) if believed is None else list(believed)
    with ThreadPoolExecutor(1) as aside:  # who asks may be in the middle of an event loop
        try:
            return aside.submit(asyncio.run, _examined(pdf, roots)).result()
        except Exception as error:  # a broken file breaks its reader in any way it likes
            return Examined(False, False, False, reason=_why(error))


def _why(error: Exception) -> str:
    """Say in a sentence why a file could not be examined."""
    if isinstance(error, NoSeal):
        return "This PDF carries no seal; every certificate of this site has one."
    if isinstance(error, PdfError):
        return f"This file is no PDF that can be read: {error}."
    return f"Its seal is not made as ours are ({type(error).__name__}: {error})."


async def _examined(pdf: bytes, roots: list[x509.Certificate]) -> Examined:
    reader = PdfFileReader(BytesIO(pdf))
    if not reader.embedded_signatures:
        raise NoSeal
    seal, *after = reader.embedded_signatures
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = await async_validate_pdf_signature(seal, context)
    stamps = [await async_validate_pdf_timestamp(stamp, context) for stamp in after]
    inner = status.timestamp_validity
    every: list[SignatureStatus] = [status, *stamps, *([inner] if inner else [])]
    sound = all(one.intact and one.valid for one in every)
    return Examined(
        intact=sound and bool(status.docmdp_ok) and all(is_exact(pdf, s) for s in (seal, *after)),
        covers_whole_file=_covers(status, stamps),
        trusted=status.trusted,
        signer=_name(seal),
        signed_at=_moment(seal, status),
        time_stamped=inner is not None and inner.trusted,
    )


def _covers(status: PdfSignatureStatus, stamps: list[DocumentTimestampStatus]) -> bool:
    """Only time stamps, with the proofs they need, may follow the seal (PAdES B-LTA)."""
    if not stamps:
        return status.coverage is _WHOLE
    return (
        status.modification_level is ModificationLevel.LTA_UPDATES and stamps[-1].coverage is _WHOLE
    )


def _name(seal: EmbeddedPdfSignature) -> str:
    name: str = seal.signer_cert.subject.human_friendly
    return name


def _moment(seal: EmbeddedPdfSignature, status: PdfSignatureStatus) -> datetime | None:
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp else seal.self_reported_timestamp
