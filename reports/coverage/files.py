"""The list, its figures and the template, as files."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from tempfile import TemporaryFile

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.spreadsheets import harmless
from reports.coverage import figures, headings
from reports.coverage.figures import Figures
from reports.coverage.standing import Label, Standing
from reports.workbook import Value, workbook
from serbian import in_script

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTH = 22.0
Rows = Iterable[Sequence[Value]]


def people_table(found: Iterable[Standing]) -> tuple[list[str], Rows]:
    """Return headings and rows: what the institution has said, and how far each is."""
    said = [_here(str(heading)) for heading in headings.COLUMNS.values()]
    yes = _here(_("yes"))
    rows = ([*_said(one), *_far(one, yes)] for one in found)
    ours = [_("State"), _("Enrolled on"), _("Started on"), _("Completed on")]
    ours += [_("After the due day"), _("Certificate valid until")]
    return [_here(_("Line")), *said, *map(_here, ours)], rows


def figures_table(groups: Sequence[Figures]) -> tuple[list[str], Rows]:
    """Return headings and rows of figures that may leave the institution; hidden ones say so."""
    names = [_here(str(heading)) for heading in figures.COLUMNS.values()]
    rows = (
        [_text(one.label), *(_shown(value) for value in one.values), _shown(one.percent)]
        for one in groups
    )
    return [_here(_("Group")), *names, _here(_("Coverage in per cent"))], rows


def template_table() -> tuple[list[str], Rows]:
    """Return the headings of a file to fill in, with one invented line."""
    names = [_here(str(heading)) for heading in headings.COLUMNS.values()]
    return names, [["ime.prezime@example.rs", "D0001", _here(_("Invented Example")), "", "", ""]]


def as_file(table: tuple[list[str], Rows], *, form: str, name: str, at: datetime) -> HttpResponse:
    """Return a table as a download, in the form that was asked for. Raises Http404 for another."""
    if form not in TYPES:
        raise Http404
    data = content_of(table, form=form, name=name, at=at)
    response = HttpResponse(data, content_type=TYPES[form])
    file = f"{name}-{timezone.localdate(at).isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def content_of(table: tuple[list[str], Rows], *, form: str, name: str, at: datetime) -> bytes:
    """Return a table as the file of a form, one of `TYPES`."""
    return _CONTENT[form](table, name, at)


def _as_csv(table: tuple[list[str], Rows], name: str, at: datetime) -> bytes:
    serbian = (get_language() or "en").startswith("sr")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if serbian else ",")
    writer.writerow(table[0])
    writer.writerows([_plain(value) for value in row] for row in table[1])
    return ("\ufeff" + text.getvalue()).encode()


def _as_workbook(table: tuple[list[str], Rows], name: str, at: datetime) -> bytes:
    with TemporaryFile() as file:
        with workbook(file, title=name, author="Putokaz", at=at) as book:
            sheet = book.sheet(name, table[0], [_WIDTH] * len(table[0]))
            for row in table[1]:
                sheet.write(row)
        file.seek(0)
        return file.read()


_CONTENT = {"csv": _as_csv, "xlsx": _as_workbook}


def _said(one: Standing) -> list[Value]:
    person = one.person
    return [
        person.line,
        person.email,
        person.personnel_number,
        person.name,
        _text(one.institution),
        _text(one.profession),
        person.function,
    ]


def _far(one: Standing, yes: str) -> list[Value]:
    course = one.course
    return [
        _here(one.state_name),
        *(_day(moment) for moment in (course.enrolled_at, course.started_at, course.completed_at)),
        yes if one.is_late else "",
        course.valid_until,
    ]


def _day(moment: datetime | None) -> Value:
    return timezone.localdate(moment) if moment else None


def _text(label: Label) -> str:
    return label.text if label.is_typed else _here(label.text)


def _shown(value: int | None) -> Value:
    return _here(_("hidden")) if value is None else value


def _plain(value: object) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)


def _here(text: str) -> str:
    """Return words of the site in the script of the reader."""
    return in_script(text, get_language() or "en")
