"""What can be refused in this room."""

from django.utils.translation import gettext as _


class CertificateError(Exception):
    """Something that a person can understand and act upon."""

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        raise NotImplementedError


class BeingIssued(CertificateError):
    """Another worker draws this very certificate; its task is tried again later."""

    @property
    def message(self) -> str:
        return _("This certificate is being drawn at this moment.")


class NotStanding(CertificateError):
    """Revoked or replaced: nothing more can be done with it."""

    @property
    def message(self) -> str:
        return _("This certificate was revoked or replaced already.")


class NothingToCorrect(CertificateError):
    """The paper says what would be printed now."""

    @property
    def message(self) -> str:
        return _("Everything on this certificate is as it would be printed today.")


class HolderUnknown(CertificateError):
    """The person has been erased: there is no name to put on paper."""

    @property
    def message(self) -> str:
        return _("The holder's data was erased; there is no name to print.")


class WordsMissing(CertificateError):
    """Whoever corrects or revokes says why."""

    @property
    def message(self) -> str:
        return _("Say why, in a sentence.")


class FileTooLarge(CertificateError):
    """No certificate is that large."""

    @property
    def message(self) -> str:
        return _("This file is too large to be a certificate of ours.")


class NoFile(CertificateError):
    """Nothing was chosen."""

    @property
    def message(self) -> str:
        return _("Choose the PDF of the certificate first.")
