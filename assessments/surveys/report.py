"""The page "What learners say" as its address asks for it, and the same as a file."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.models import SurveyAnswer, SurveyKind
from assessments.surveys.results import (
    Answered,
    Dimension,
    Selection,
    SurveyFigures,
    answered,
    versions_answered,
)
from courses.models import CoursePage
from courses.spreadsheets import harmless
from people.models import Profession

_DAY = "DATE_FORMAT"


@dataclass(frozen=True)
class Report:
    """Figures with what they were selected by."""

    selection: Selection
    versions: list[int]
    read: Answered

    @cached_property
    def figures(self) -> SurveyFigures:
        return self.read.whole()

    @cached_property
    def courses(self) -> list[tuple[str, str]]:
        """Keys and titles of the courses with answers."""
        rows = SurveyAnswer.objects.filter(kind=self.selection.kind)
        keys = rows.values_list("course_key", flat=True).distinct()
        pages = CoursePage.objects.filter(translation_key__in=keys).select_related("locale")
        titles = {str(page.translation_key): page.title for page in sorted(pages, key=_nearest)}
        return sorted(titles.items(), key=lambda one: one[1])

    @cached_property
    def professions(self) -> list[tuple[str, str]]:
        """Keys and names of the professions with answers."""
        rows = SurveyAnswer.objects.filter(kind=self.selection.kind)
        keys = rows.values_list("profession_key", flat=True).distinct()
        return [(one.key, one.name) for one in Profession.objects.filter(key__in=keys)]

    def groups(self, dimension: Dimension) -> list[tuple[str, SurveyFigures]]:
        """Return the figures of each group with its name."""
        found = self.read.by(dimension)
        if dimension == "week":
            return [(date_format(date.fromisoformat(k), _DAY), one) for k, one in found.items()]
        names = dict(self.courses if dimension == "course" else self.professions)
        names[""] = _("Of several professions, not named")
        return [(names.get(key, key), one) for key, one in found.items()]


def report_on(asked: Mapping[str, str]) -> Report:
    """Return the report that an address asks for; what cannot be read narrows nothing."""
    wanted = asked.get("survey", "")
    kind = SurveyKind(wanted) if wanted in SurveyKind.values else SurveyKind.SATISFACTION
    versions = versions_answered(kind)
    selection = Selection(
        kind=kind,
        version=next((n for n in versions if str(n) == asked.get("version")), None),
        course=_key(asked.get("course", "")),
        profession=asked.get("profession", ""),
        first=_day(asked.get("from", "")),
        last=_day(asked.get("to", "")),
    )
    return Report(selection, versions, answered(selection))


def csv_lines(report: Report) -> Iterator[str]:
    """Yield the figures as a file: UTF-8 with BOM, with semicolons in Serbian."""
    serbian = (get_language() or "").startswith("sr")
    writer = csv.writer(_Echo(), delimiter=";" if serbian else ",")
    headings = [_("Question"), _("Answer"), _("People"), _("Share in per cent"), _("Mean")]
    yield "\ufeff" + writer.writerow(headings)
    for row in _rows(report.figures):
        yield writer.writerow(harmless(str(cell)) for cell in row)


def _rows(figures: SurveyFigures) -> Iterator[tuple[Any, ...]]:
    if not figures.may_be_shown:
        return
    for question in figures.questions:
        mean = "" if question.mean is None else round(question.mean, 2)
        for part in question.parts:
            yield question.words, part.words, part.count, round(part.share * 100), mean
        if question.unanswered:
            share = round(question.unanswered / figures.count * 100)
            yield question.words, _("Left open"), question.unanswered, share, mean


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _nearest(page: CoursePage) -> tuple[bool, str]:
    """Order pages so that the one in the reader's language is named last, and stays."""
    own = page.locale.language_code == (get_language() or "en").partition("-")[0]
    return own, page.locale.language_code


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
