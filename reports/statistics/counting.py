"""All figures of a mandate and its filters at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from assessments.models import Objective, Question, SurveyKind
from assessments.models.pools import SOURCE
from people.models import Mandate, Profession, Region
from reports.filters import Filters, apply_filters
from reports.mandated import enrolments_within
from reports.statistics.gain import Gains, gains_of
from reports.statistics.mapped import ALL, Line, lines_of
from reports.statistics.passing import Passed, passed_by, sat_by
from reports.statistics.reach import Reach, reach_of
from reports.statistics.survey_tables import Said, survey_of
from reports.statistics.weak_spots import Spot, first_answers, weak_spots


@dataclass(frozen=True)
class Names:
    """What keys are called: professions, objectives, and questions by their short names."""

    professions: Mapping[str, Profession]
    objectives: Mapping[str, Objective]
    questions: Mapping[UUID, str]
    regions: Mapping[str, Region]

    def profession(self, key: str) -> str:
        return self.professions[key].name if key in self.professions else key or "–"

    def region(self, key: str) -> str:
        return self.regions[key].name if key in self.regions else key

    def objective(self, key: str) -> str:
        return self.objectives[key].name if key in self.objectives else key

    def article(self, objective: str) -> str:
        """Return the articles that an objective cites, as they are written."""
        return self.objectives[objective].article if objective in self.objectives else ""


@dataclass(frozen=True)
class Statistics:
    """Figures as they may leave an institution."""

    reach: Reach
    passed: list[Passed]
    gains: Gains
    spots: list[Spot]
    lines: list[Line]
    surveys: list[Said]
    names: Names


def statistics_of(*, mandate: Mandate, filters: Filters) -> Statistics:
    """Count everything. A fixed number of queries, however many enrolments there are."""
    enrolments = apply_filters(enrolments_within(mandate), filters)
    questions, about = _questions()
    names = Names(
        professions={one.key: one for one in Profession.objects.all()},
        objectives={one.key: one for one in Objective.objects.order_by("key")},
        questions=questions,
        regions={one.key: one for one in Region.objects.all()},
    )
    reach = reach_of(enrolments)
    untold = _untold(reach)
    answered, sat, gains = first_answers(enrolments), sat_by(enrolments), gains_of(enrolments)
    lines = lines_of(
        enrolments,
        answered=answered,
        sat=sat,
        gains=gains,
        untold=untold,
        objectives=names.objectives,
        about=about,
    )
    if reach.all.hours is None or _hides_people(lines):
        reach, lines = reach.without_hours(), [replace(one, hours=None) for one in lines]
    return Statistics(
        reach=reach,
        passed=passed_by(sat, lambda one: one.profession, untold),
        gains=gains,
        spots=weak_spots(answered, about),
        lines=lines,
        surveys=[survey_of(kind, mandate=mandate, filters=filters) for kind in SurveyKind],
        names=names,
    )


def _hides_people(lines: list[Line]) -> bool:
    """Say whether it is hidden how many were trained: hours would tell (`reports.beside`)."""
    return any(count is None for line in lines for count in line.persons.values())


def _untold(reach: Reach) -> list[str]:
    """Return the professions, and ALL, of which it is hidden how many completed."""
    professions = [one.key for one in reach.professions if one.persons_completed is None]
    return [*professions, *([ALL] if reach.all.persons_completed is None else [])]


def _questions() -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Return the short name of each question, and the objective that it is on today."""
    asked = Question.objects.filter(locale__language_code=SOURCE, objective__isnull=False)
    rows: list[tuple[UUID, str, str]] = list(
        asked.order_by().values_list("translation_key", "slug", "objective_id")
    )
    return {key: slug for key, slug, _ in rows}, {key: about for key, _, about in rows}
