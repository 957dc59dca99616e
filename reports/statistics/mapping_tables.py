"""Training by article as two tables: what it brought, and how many people it reached."""

from django.utils.translation import gettext as _

from reports.statistics.counting import Names, Statistics
from reports.statistics.mapped import ALL, Line
from reports.statistics.tables import HIDDEN, Column, Kind, Table, Value, shown


def mapped_tables(found: Statistics) -> list[Table]:
    """Return the two tables; an article without an objective stands there as a gap."""
    professions = _professions(found)
    result = Table(
        "articles",
        _("Objectives and results by article"),
        [
            Column(_("Article")),
            Column(_("Theme")),
            Column(_("Objectives")),
            Column(_("Who asked for it")),
            Column(_("Persons trained"), Kind.COUNT),
            Column(_("Hours"), Kind.HOURS),
            Column(_("Gain, points"), Kind.POINTS),
            Column(_("Passed at the first attempt, per cent"), Kind.PERCENT),
            Column(_("Passed in the end, per cent"), Kind.PERCENT),
        ],
        [_result(line, found) for line in found.lines],
    )
    people = Table(
        "articles-people",
        _("Persons trained by article and profession"),
        [
            Column(_("Article")),
            *(Column(found.names.profession(key), Kind.COUNT) for key in professions),
            Column(_("All"), Kind.COUNT),
        ],
        [_people(line, professions) for line in found.lines],
    )
    return [result, people]


def _professions(found: Statistics) -> list[str]:
    known: Names = found.names
    told = {key for line in found.lines for key in line.persons if key != ALL}
    order = {key: place for place, key in enumerate(known.professions)}
    return sorted(told, key=lambda key: order.get(key, len(order)))


def _result(line: Line, found: Statistics) -> list[Value]:
    asked = dict.fromkeys(one.recommendation for one in line.objectives if one.recommendation)
    passed, trained = line.passed, bool(line.persons)
    return [
        line.article.number,
        line.article.theme,
        "; ".join(one.name for one in line.objectives) or _("No objective yet"),
        " ".join(asked) or None,
        shown(line.persons[ALL]) if trained else None,
        shown(line.hours) if trained else None,
        _gain(line, found),
        shown(passed.first_rate) if passed else None,
        shown(passed.end_rate) if passed else None,
    ]


def _gain(line: Line, found: Statistics) -> Value:
    if line.gained:
        return line.gained.gain
    return HIDDEN if line.article.number in found.gains.articles else None


def _people(line: Line, professions: list[str]) -> list[Value]:
    if not line.persons:
        return [line.article.number, *[None for _key in professions], None]
    told = [shown(line.persons.get(key, 0)) for key in professions]
    return [line.article.number, *told, shown(line.persons[ALL])]
