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


def survey_table(said: Said) -> Table:
    """Return questions with their answers, how many chose each, and the share of the people."""
    columns = [
        Column(_("Question")),
        Column(_("Answer")),
        Column(_("People"), Kind.COUNT),
        Column(_("Share of the people, per cent"), Kind.PERCENT, drawn=True),
    ]
    rows: list[list[Value]] = [
        [question.words, question.labels[key], count, count / said.count * 100]
        for question in said.questions
        for key, count in question.counts.items()
    ]
    return Table(f"survey-{said.kind}", str(said.kind.label), columns, rows)


def means_tables(said: Said) -> list[Table]:
    """Return a table with the mean of each scale, if the survey has any."""
    columns = [Column(_("Question")), Column(_("Mean, 1 to 5"), Kind.HOURS)]
    rows: list[list[Value]] = [
        [question.words, _mean(question)]
        for question in said.questions
        if question.is_scale and any(question.counts.values())
    ]
    title = _("%(survey)s: means") % {"survey": said.kind.label}
    return [Table(f"survey-{said.kind}-means", title, columns, rows)] if rows else []


def _mean(question: _Question) -> float:
    points = sum(int(key) * count for key, count in question.counts.items())
    return points / sum(question.counts.values())


def _summed(told: list[SurveyFigures]) -> list[_Question]:
    found: dict[str, Any] = {}
    for figures in told:
        for asked in figures.questions:
            own = found.setdefault(asked.key, _Question(asked.words, asked.mean is not None))
            for part in asked.parts:
                own.labels[part.key] = part.words
                own.counts[part.key] = own.counts.get(part.key, 0) + part.count
    return list(found.values())
