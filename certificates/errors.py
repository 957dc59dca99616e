"""What can be refused in this room."""

from django.utils.translation import gettext_lazy as _

from courses.errors import StudyError


class CertificateError(StudyError):
    """Something about a certificate that a person can understand and act upon."""


class BeingIssued(CertificateError):
    """Another worker draws this very certificate; its task is tried again later."""

    message = _("This certificate is being drawn at this moment.")


class BeingReplaced(BeingIssued):
    """What comes in its place is drawn, or decided, at this moment; try again later."""

    message = _("This certificate is being replaced at this moment. Look again in a minute.")


class NotStanding(CertificateError):
    """Revoked or replaced: nothing more can be done with it."""

    message = _("This certificate was revoked or replaced already.")


class NothingToCorrect(CertificateError):
    """The paper says what would be printed now."""

    message = _("Everything on this certificate is as it would be printed today.")


class HolderUnknown(CertificateError):
    """The person has been erased: there is no name to put on paper."""

    message = _("The holder's data was erased; there is no name to print.")


class WordsMissing(CertificateError):
    """Whoever corrects or revokes says why."""

    message = _("Say why, in a sentence.")


class FileTooLarge(CertificateError):
    """No certificate is that large."""

    message = _("This file is too large to be a certificate of ours.")


class NoFile(CertificateError):
    """Nothing was chosen."""

    message = _("Choose the PDF of the certificate first.")
