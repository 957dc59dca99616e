"""Seal a file: PAdES B-B; with a time-stamp service B-T, and B-LTA if it shall outlive its key.

The seal certifies the file (DocMDP) and allows no change. It is invisible: what stands on the paper
is the sheet's.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from io import BytesIO

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

from certificates.sealing.configured import SealSettings, seal_settings
from certificates.sealing.door import CannotSeal
from certificates.sealing.signers import certificate_of, forget_signers, signer_of
from certificates.sealing.trust import anchors

FIELD = "Seal"
# The last time stamp comes after all proofs, its own too, so that it covers the whole file.
_PROOFS = DSSContentSettings(
    include_vri=False,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)
_REST_OF_A_SEAL = 2048  # bytes, besides its certificates
_TIMESTAMP_SECONDS = 8  # a long-term seal asks three times, within the lease of a sheet


class _Unchanged(IncrementalPdfFileWriter):
    """Adds the seal alone: the file goes on saying when and by what it was made."""

    def _update_meta(self) -> None:
        """Leave the file's own words about itself."""


class _Sealer(PdfSigner):
    """Signs at a moment that is told, not at that of the machine."""

    def __init__(self, signer: Signer, chosen: SealSettings, at: datetime) -> None:
        timestamper = None
        if chosen.timestamp_url:
            timestamper = HTTPTimeStamper(chosen.timestamp_url, timeout=_TIMESTAMP_SECONDS)
        super().__init__(_metadata(chosen), signer=signer, timestamper=timestamper)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def sign(pdf: bytes, *, at: datetime) -> bytes:
    """Return the file with its seal. Raises CannotSeal."""
    chosen = seal_settings()
    if chosen.long_term and not chosen.timestamp_url:
        raise CannotSeal("SEAL_LONG_TERM needs a time-stamp service: set SEAL_TIMESTAMP_URL.")
    signer = signer_of(chosen)
    certificate_of(signer, at=at)
    # In a thread of its own: who seals may be in the middle of an event loop.
    try:
        return _thread().submit(_signed, pdf, signer, chosen, at).result()
    except Exception as error:  # a token, a service, an authority: each fails in its own way
        forget_signers()
        raise CannotSeal(f"The certificate could not be sealed: {error}") from error


def _signed(pdf: bytes, signer: Signer, chosen: SealSettings, at: datetime) -> bytes:
    sealed = BytesIO()
    _Sealer(signer, chosen, at).sign_pdf(
        _Unchanged(BytesIO(pdf)),
        output=sealed,
        # pyHanko would make a seal once more only to see how long it is.
        bytes_reserved=None if chosen.timestamp_url else _room_for(signer),
    )
    return sealed.getvalue()


def _metadata(chosen: SealSettings) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        name=settings.ISSUER,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=chosen.long_term,
        use_pades_lta=chosen.long_term,
        validation_context=_validation(chosen) if chosen.long_term else None,
        dss_settings=_PROOFS,
    )


def _validation(chosen: SealSettings) -> ValidationContext:
    """What is needed to collect the proofs that go into the file: it asks over the network."""
    return ValidationContext(trust_roots=anchors(chosen), allow_fetching=True)


def _room_for(signer: Signer) -> int:
    """Return how many hexadecimal digits to keep for a seal."""
    certificates = [signer.signing_cert, *signer.cert_registry]
    return 2 * (_REST_OF_A_SEAL + sum(len(one.dump()) for one in certificates if one))


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="seal")
