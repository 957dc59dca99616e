"""Why a file as a whole cannot be taken; nothing of it is kept then."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnreadableList(ValueError):
    """The file is refused, in words that say what to do."""

    message: str | Promise = _("This file cannot be read. Save it as CSV or XLSX and try again.")

    def __str__(self) -> str:
        return str(self.message)


class FileTooLarge(UnreadableList):
    message = _("This file is larger than 5 MB. Divide it, or leave out what is not asked for.")


class TooManyLines(UnreadableList):
    message = _("This file has more than 20,000 lines. Divide it into several lists.")


class NoHeadings(UnreadableList):
    message = _(
        "The first line must name the columns: at least “Official e-mail”, or “Personnel number” "
        "together with “Institution”. The template shows how."
    )


class ColumnTwice(UnreadableList):
    """Two columns have headings that mean the same."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.message = _("Two columns mean the same: “%(heading)s”. Leave one of them.") % {
            "heading": heading
        }


class JmbgColumn(UnreadableList):
    message = _(
        "The file has a column for the JMBG, which is never kept here. Take it out and upload the "
        "file again; nothing of it was kept."
    )


class NobodyOnIt(UnreadableList):
    message = _("There is nobody in this file: under the headings there is no line.")
