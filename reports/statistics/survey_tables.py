"""What the anonymous surveys say, as tables: at the end of a course, and three months later.

Answers know no institution, so these are the figures of everybody of the mandate's professions.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import SurveyKind
from assessments.surveys.results import Selection, SurveyFigures, answered
from people.mandates import profession_keys
from people.models import Mandate
from reports.filters import Filters
from reports.statistics.tables import Column, Kind, Table, Value

AGREES_FROM = 4  # of five points


@dataclass
class _Question:
    """A question with what was chosen, over professions."""

    words: str
    is_scale: bool
    counts: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What so many people of some professions said in a survey."""

    kind: SurveyKind
    count: int
    questions: list[_Question]


def survey_of(kind: SurveyKind, *, mandate: Mandate, filters: Filters) -> Said:
    """Sum up what the professions of the mandate said. Four queries.

    Each part is of five people at least (see `assessments.surveys.results`), so any sum is.
    """
    seen = profession_keys(mandate)
    if filters.profession:
        seen &= {filters.profession}
    groups = answered(Selection(kind=kind, course=filters.course)).by("profession")
    told = [figures for key, figures in groups.items() if key in seen]
    return Said(kind, sum(one.count for one in told), _summed(told))


def survey_tables(said: Said) -> list[Table]:
    """Return a table of the scales, and one of the questions with answers to choose from."""
    named = {"survey": said.kind.label}
    scales = [one for one in said.questions if one.is_scale and any(one.counts.values())]
    chosen = [one for one in said.questions if not one.is_scale]
    tables = []
    if scales:
        title = _("%(survey)s: how far they agree") % named
        rows = [_scale_row(one) for one in scales]
        tables.append(Table(f"{said.kind}-scales", title, _scale_columns(), rows))
    if chosen:
        title = _("%(survey)s: what they chose") % named
        rows = [row for one in chosen for row in _chosen_rows(one, said.count)]
        tables.append(Table(f"{said.kind}-choices", title, _chosen_columns(), rows))
    return tables


def _scale_columns() -> list[Column]:
    return [
        Column(_("Question")),
        Column(_("People"), Kind.COUNT),
        Column(_("Agree (4 or 5), per cent"), Kind.PERCENT, drawn=True),
        Column(_("Mean, 1 to 5"), Kind.HOURS),
    ]


def _scale_row(one: _Question) -> list[Value]:
    people = sum(one.counts.values())
    agree = sum(count for key, count in one.counts.items() if int(key) >= AGREES_FROM)
    points = sum(int(key) * count for key, count in one.counts.items())
    return [one.words, people, agree / people * 100, points / people]


def _chosen_columns() -> list[Column]:
    return [
        Column(_("Question")),
        Column(_("Answer")),
        Column(_("People"), Kind.COUNT),
        Column(_("Share of the people, per cent"), Kind.PERCENT, drawn=True),
    ]


def _chosen_rows(one: _Question, people: int) -> list[list[Value]]:
    return [
        [one.words, one.labels[key], count, count / people * 100]
        for key, count in one.counts.items()
    ]


def _summed(told: list[SurveyFigures]) -> list[_Question]:
    found: dict[str, Any] = {}
    for figures in told:
        for asked in figures.questions:
            own = found.setdefault(asked.key, _Question(asked.words, asked.mean is not None))
            for part in asked.parts:
                own.labels[part.key] = part.words
                own.counts[part.key] = own.counts.get(part.key, 0) + part.count
    return list(found.values())
