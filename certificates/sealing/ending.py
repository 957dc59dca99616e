"""When the seal's own certificate ends: after that day nothing is sealed."""

from datetime import datetime

from certificates.sealing.configured import seal_settings
from certificates.sealing.signers import certificate_of, signer_of


def end_of_seal(*, at: datetime) -> datetime:
    """Return the last moment of the configured seal. Raises CannotSeal if it is none at `at`."""
    last: datetime = certificate_of(signer_of(seal_settings()), at=at).not_valid_after
    return last
