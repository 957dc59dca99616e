"""What the anonymous surveys say, as tables: at the end of a course, and three months later.

Answers know no institution, so these are the figures of everybody of the mandate's professions.
What fewer than five chose, or all but fewer than five, is hidden with what it follows from.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import SurveyKind
from assessments.surveys.results import Selection, SurveyFigures, answered
from people.mandates import profession_keys
from people.models import Mandate
from reports.filters import Filters
from reports.small_cells import hidden, is_small
from reports.statistics.tables import HIDDEN, Column, Kind, Table, Value

AGREES_FROM = 4  # of five points


@dataclass
class _Question:
    """A question with what was chosen, over professions."""

    words: str
    is_scale: bool
    counts: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0


@dataclass(frozen=True)
class Said:
    """What so many people of some professions said in a survey."""

    kind: SurveyKind
    count: int
    questions: list[_Question]


def survey_of(kind: SurveyKind, *, mandate: Mandate, filters: Filters) -> Said:
    """Sum up what the professions of the mandate said. Four queries.

    Each group is of five people at least (see `assessments.surveys.results`), so any sum is; what
    they chose may be the answer of one, and is hidden in the tables.
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
    told: Value = HIDDEN if is_small(one.unanswered) else people
    if is_small(agree) or is_small(people - agree):
        return [one.words, told, HIDDEN, HIDDEN]
    return [one.words, told, agree / people * 100, points / people]


def _chosen_columns() -> list[Column]:
    return [
        Column(_("Question")),
        Column(_("Answer")),
        Column(_("People"), Kind.COUNT),
        Column(_("Share of the people, per cent"), Kind.PERCENT, drawn=True),
    ]


def _chosen_rows(one: _Question, people: int) -> list[list[Value]]:
    line = [_telling(count, people) for count in one.counts.values()]
    away = hidden([*line, one.unanswered])
    return [
        [one.words, one.labels[key], HIDDEN, HIDDEN]
        if place in away
        else [one.words, one.labels[key], count, count / people * 100]
        for place, (key, count) in enumerate(one.counts.items())
    ]


def _telling(count: int, people: int) -> int:
    """Return what tells whether an answer is of few: those who chose it, or the others."""
    return people - count if is_small(people - count) else count


def _summed(told: list[SurveyFigures]) -> list[_Question]:
    found: dict[str, Any] = {}
    for figures in told:
        for asked in figures.questions:
            own = found.setdefault(asked.key, _Question(asked.words, asked.mean is not None))
            own.unanswered += asked.unanswered
            for part in asked.parts:
                own.labels[part.key] = part.words
                own.counts[part.key] = own.counts.get(part.key, 0) + part.count
    return list(found.values())
