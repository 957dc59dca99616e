"""Training by article of the Convention: who was trained, for how long, and with what result.

Somebody is trained on an article who has completed a course in whose tests these learners were
asked about an objective of that article.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from assessments.models import Objective
from courses.models import Enrolment
from courses.models.belonging import profession_then
from reports.small_cells import hidden_in_lines
from reports.statistics.articles import Article, articles, numbers_in, objectives_by_article
from reports.statistics.gain import Gained, Gains
from reports.statistics.passing import Passed, Sat, passed_by, sum_of
from reports.statistics.weak_spots import Answered

Courses = frozenset[UUID]
ALWAYS = "always hidden"
ALL = "*"  # in place of the key of a profession


@dataclass(frozen=True)
class Line:
    """An article. `persons` are by profession, ALL for all; None is hidden, and so is lacking."""

    article: Article
    objectives: list[Objective]
    persons: dict[str, int | None]
    hours: float | None
    gained: Gained | None
    passed: Passed | None


def lines_of(
    enrolments: QuerySet[Enrolment],
    *,
    answered: Iterable[Answered],
    sat: list[Sat],
    gains: Gains,
    untold: Collection[str],
    objectives: Mapping[str, Objective],
    about: Mapping[UUID, str],
) -> list[Line]:
    """Return a line for each article that training can serve. Two queries.

    Of professions that are `untold` it is not said elsewhere either how many completed.
    """
    taught = _taught(answered, objectives, about)
    by_article = objectives_by_article(objectives.values())
    sets = sorted({courses for courses in taught.values()}, key=sorted)
    persons, hours = _trained(enrolments, sets, untold)
    by_course = {one.key: one for one in passed_by(sat, lambda one: one.course)}
    lines = []
    for article in articles():
        courses = taught.get(article.number)
        place = sets.index(courses) if courses else None
        lines.append(
            Line(
                article=article,
                objectives=by_article.get(article.number, []),
                persons=persons[place] if place is not None else {},
                hours=hours[place] if place is not None else None,
                gained=gains.articles.get(article.number),
                passed=_passed(by_course, courses) if courses else None,
            )
        )
    return lines


def _taught(
    answered: Iterable[Answered], objectives: Mapping[str, Objective], about: Mapping[UUID, str]
) -> dict[int, Courses]:
    """Return the courses that ask about each article."""
    found: dict[int, set[UUID]] = defaultdict(set)
    for one in answered:
        objective = objectives.get(about.get(one.question, ""))
        for number in numbers_in(objective.article) if objective else []:
            found[number].add(one.course)
    return {number: frozenset(courses) for number, courses in found.items()}


def _trained(
    enrolments: QuerySet[Enrolment], sets: list[Courses], untold: Collection[str]
) -> tuple[list[dict[str, int | None]], list[float | None]]:
    """Return for each set of courses the persons who completed one, and their hours."""
    done = enrolments.order_by().filter(completed_at__isnull=False)
    counts: dict[str, Any] = {}
    for place, courses in enumerate(sets):
        within = Q(course_key__in=courses)
        counts[f"persons{place}"] = Count("actor", distinct=True, filter=within)
        counts[f"minutes{place}"] = Sum("minutes", filter=within)
    if not counts:
        return [], []
    rows = done.annotate(group=profession_then()).values("group").annotate(**counts)
    groups: dict[str, Any] = {row["group"]: row for row in rows.order_by("group")}
    groups[ALL] = done.aggregate(**counts)
    cells = {
        (place, key): row[f"persons{place}"]
        for key, row in groups.items()
        for place in range(len(sets))
    }
    hidden = _hidden(cells, sets, list(groups), untold)
    persons = [
        {key: None if (place, key) in hidden else cells[place, key] for key in groups}
        for place in range(len(sets))
    ]
    hours = [
        None if (place, ALL) in hidden else round((groups[ALL][f"minutes{place}"] or 0) / 60, 2)
        for place in range(len(sets))
    ]
    return persons, hours


def _hidden(
    cells: dict[Any, int], sets: list[Courses], groups: list[str], untold: Collection[str] = ()
) -> set[Any]:
    """Return the cells to hide: professions add up, and so do courses that are among others."""
    lines: list[list[Any]] = [[(place, key) for key in groups] for place in range(len(sets))]
    counts = dict(cells)
    for fewer, more in permutations(range(len(sets)), 2):
        if sets[fewer] < sets[more]:
            for key in groups:
                rest = (fewer, more, key)
                counts[rest] = counts[more, key] - counts[fewer, key]
                lines.append([(fewer, key), rest, (more, key)])
    # A cell that is hidden elsewhere goes along with one that is always hidden.
    counts[ALWAYS] = 1
    along = {ALWAYS: [(place, key) for place in range(len(sets)) for key in untold]}
    return hidden_in_lines(counts, lines, along)


def _passed(by_course: Mapping[Any, Passed], courses: Courses) -> Passed | None:
    """Return the sum over courses; hidden where a course is, so that it tells nothing of one."""
    found = [by_course[course] for course in courses if course in by_course]
    if not found:
        return None
    hidden = frozenset[str]().union(*(one.hidden for one in found))
    return Passed(courses, sum_of([one.sat for one in found]), hidden)
