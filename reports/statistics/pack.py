"""The statistics as files that leave the house: a workbook, and a sealed paper.

The pack for donors holds everything; the files of articles hold training by article alone.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.forms.words import rounded
from certificates.sealing import seal
from people.models import Mandate
from reports.figure_tables import HIDDEN as STAR
from reports.filters import Filters
from reports.paper import paper
from reports.statistics.asked import About, about
from reports.statistics.lately import lately_counted
from reports.statistics.sections import ARTICLES, Section, sections_of
from reports.statistics.sheets import SHEETS
from reports.statistics.showing import as_shown
from reports.statistics.tables import HIDDEN, Column, Kind, Link, Table, Value
from reports.workbook import Book, workbook
from reports.workbook import Value as SheetValue
from serbian import in_script

PACK = "statistics"
# What a file may hold, by its name in the address.
FILES = (PACK, ARTICLES)
# The widths of columns, in characters.
_FIGURE, _NARROWEST, _WIDEST = 14.0, 8.0, 60.0


def title_of(what: str) -> str:
    """Return what a file is called, in the active language."""
    if what == ARTICLES:
        return _("Training by article of the Convention")
    return _("Statistics for the action")


def as_workbook(
    what: str, *, mandate: Mandate, filters: Filters, language: str, at: datetime
) -> bytes:
    """Return the tables as a workbook: real numbers, a sheet for each, and what they mean."""
    with override(language):
        sections, told = _contents(what, mandate, filters, at)
        file = BytesIO()
        names = {"title": in_script(title_of(what), language), "author": settings.ISSUER}
        with workbook(file, **names, at=at) as book:
            _about_sheet(book, told, sections, language)
            for table in (table for one in sections for table in one.tables):
                _sheet(book, table, language)
    return file.getvalue()


def as_paper(
    what: str, *, mandate: Mandate, filters: Filters, language: str, at: datetime
) -> bytes:
    """Return the statistics as a sealed PDF, to be kept and read aloud.

    Raises CannotSeal, RendererMissing, LetterMissing.
    """
    with override(language):
        sections, told = _contents(what, mandate, filters, at)
        context = {
            "about": told,
            "sections": [(one, [as_shown(table) for table in one.tables]) for one in sections],
        }
        title = title_of(what)
    made = paper("reports/paper/statistics.html", context, title=title, language=language, at=at)
    return seal(made, at=at)


def _contents(
    what: str, mandate: Mandate, filters: Filters, at: datetime
) -> tuple[list[Section], About]:
    counted = lately_counted(mandate=mandate, filters=filters, at=at)
    sections = sections_of(counted.statistics)
    wanted = [one for one in sections if what == PACK or one.name == what]
    return wanted, about(mandate=mandate, filters=filters, at=counted.at)


def _about_sheet(book: Book, told: About, sections: Sequence[Section], language: str) -> None:
    """Write what the figures are about."""
    heads = [in_script(word, language) for word in (_("About"), "")]
    sheet = book.sheet(heads[0], heads, (34.0, 110.0))
    for line in told.asked:
        sheet.write(line)
    lines = [*told.meanings, *((one.title, words) for one in sections for words in one.words)]
    for name, words in lines:
        sheet.write([in_script(name, language), in_script(words, language)])


def _sheet(book: Book, table: Table, language: str) -> None:
    columns = list(enumerate(table.columns))
    heads = [in_script(str(column.heading), language) for _place, column in columns]
    widths = [_width(column, [row[place] for row in table.rows]) for place, column in columns]
    sheet = book.sheet(in_script(str(SHEETS[table.name]), language), heads, widths)
    for row in table.rows:
        kinds = [column.kind for column in table.columns]
        sheet.write([_value(v, k, language) for v, k in zip(row, kinds, strict=True)])


def _width(column: Column, values: Sequence[Value]) -> float:
    """Return a width in which words can be read."""
    if column.kind is not Kind.WORDS:
        return _FIGURE
    said = [one.words if isinstance(one, Link) else str(one or "") for one in values]
    return min(max([_NARROWEST, *(len(words) + 2.0 for words in said)]), _WIDEST)


def _value(value: Value, kind: Kind, language: str) -> SheetValue:
    if value is HIDDEN:
        return STAR
    if isinstance(value, float):
        # Whole per cents: from more digits one could work out of how many they are.
        return rounded(value) if kind is Kind.PERCENT else round(value, 1)
    if isinstance(value, Link):
        return value.words
    return in_script(value, language) if isinstance(value, str) else value
