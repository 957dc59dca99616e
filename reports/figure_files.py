"""The figures of a report as files: small cells are hidden, always."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from courses.spreadsheets import harmless
from reports.figure_tables import HIDDEN, FigureTable
from reports.workbook import Book, Value, workbook
from serbian import in_script

NOTE = gettext_lazy("* hidden: it would tell of fewer than five people.")


def figures_csv(*, table: FigureTable, language: str) -> str:
    """Return the figures as CSV with BOM, for the reader's spreadsheet."""
    serbian = language.startswith("sr")
    file = StringIO()
    writer = csv.writer(file, delimiter=";" if serbian else ",")
    with override(language):
        writer.writerow(in_script(one, language) for one in (table.heading, *table.headings))
        for group in table.groups:
            cells = [_plain(value, serbian=serbian) for value in table.values(group.figures)]
            writer.writerow([harmless(in_script(group.label, language)), *cells])
        if table.hides:
            writer.writerow([in_script(str(NOTE), language)])
    return "\ufeff" + file.getvalue()


def figures_xlsx(
    *, table: FigureTable, about: Sequence[tuple[str, str]], language: str, at: datetime
) -> bytes:
    """Return the figures as a workbook; a second sheet says of what they are."""
    file = BytesIO()
    with override(language):
        title, sheet = (in_script(one, language) for one in (_("Completion reports"), _("Figures")))
        with workbook(file, title=title, author=settings.ISSUER, at=at) as book:
            names = [in_script(one, language) for one in (table.heading, *table.headings)]
            figures = book.sheet(sheet, names, [40, *[14] * len(table.headings)])
            for group in table.groups:
                values = [_or_hidden(value) for value in table.values(group.figures)]
                figures.write([in_script(group.label, language), *values])
            _say_of_what(book, about, language, at)
    return file.getvalue()


def _say_of_what(book: Book, about: Sequence[tuple[str, str]], language: str, at: datetime) -> None:
    said = [in_script(one, language) for one in (_("About these figures"), _("What"), _("Which"))]
    page = book.sheet(said[0], said[1:], [32, 60])
    for label, value in about:
        page.write([label, value])
    page.write([in_script(_("Made at"), language), timezone.localtime(at)])
    page.write([in_script(str(NOTE), language)])


def _plain(value: int | float | None, *, serbian: bool) -> str:
    if value is None:
        return HIDDEN
    return str(value).replace(".", ",") if serbian else str(value)


def _or_hidden(value: int | float | None) -> Value:
    return HIDDEN if value is None else value
