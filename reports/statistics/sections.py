"""What the statistics say, in their order: sections with sentences and tables.

The page, the workbook and the paper are made of the same sections. Words are in the language that
is active when they are asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Profession
from reports.aggregates import Figures
from reports.statistics.counting import Names, Statistics
from reports.statistics.gain import Gained
from reports.statistics.mapping_tables import mapped_tables
from reports.statistics.said import gain_in_words, spot_in_words
from reports.statistics.survey_tables import survey_tables
from reports.statistics.tables import HIDDEN, Column, Kind, Link, Table, Value, shown
from reports.statistics.weak_spots import Spot

# The section that is a file of its own, too.
ARTICLES = "articles"
WIDE = 7  # columns that a sheet of paper holds upright


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    words: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether its tables take sheets of paper that lie on their side."""
        return any(len(table.columns) > WIDE for table in self.tables)


def sections_of(found: Statistics) -> list[Section]:
    """Return all sections."""
    parts = (_reach, _passing, _gain, _weak, _surveys, _mapped)
    return [part(found) for part in parts]


def _reach(found: Statistics) -> Section:
    reach, names = found.reach, found.names
    order = {key: place for place, key in enumerate(names.professions)}
    professions = sorted(reach.professions, key=lambda one: order.get(one.key, len(order)))
    tracks = dict(Profession.Track.choices)
    return Section(
        name="reach",
        title=_("Reach"),
        words=[_("Gender: not asked. The site does not ask for it, so it cannot tell.")],
        tables=[
            _figures(
                "professions",
                _("Reach by profession"),
                _("Profession"),
                [(names.profession(one.key), one) for one in professions],
            ),
            _figures(
                "tracks",
                _("Reach by track"),
                _("Track"),
                [(str(tracks.get(o.key, _("Without a track"))), o) for o in reach.tracks],
            ),
            _figures(
                "regions",
                _("Reach by region"),
                _("Region"),
                [(names.region(o.key) or _("Without a region"), o) for o in reach.regions],
            ),
            _months(reach.months),
        ],
    )


def _figures(name: str, title: str, heading: str, found: Iterable[tuple[str, Figures]]) -> Table:
    columns = [
        Column(heading),
        Column(_("Persons"), Kind.COUNT, drawn=True),
        Column(_("Participations"), Kind.COUNT),
        Column(_("Persons who completed"), Kind.COUNT),
        Column(_("Completions"), Kind.COUNT),
        Column(_("Hours"), Kind.HOURS),
    ]
    return Table(name, title, columns, [[label, *figures_in(one)] for label, one in found])


def _months(found: Iterable[Figures]) -> Table:
    """Months are those of completion: as many participate as complete."""
    columns = [
        Column(_("Month of completion")),
        Column(_("Persons who completed"), Kind.COUNT, drawn=True),
        Column(_("Completions"), Kind.COUNT),
        Column(_("Hours"), Kind.HOURS),
    ]
    rows = [[_month(one.key), *figures_in(one)[2:]] for one in found]
    return Table("months", _("Completions by month"), columns, rows)


def figures_in(one: Figures) -> list[Value]:
    """Return the figures of a group in the order of their columns."""
    told = (one.persons, one.participations, one.persons_completed, one.completions, one.hours)
    return [shown(value) for value in told]


def _month(key: str) -> str:
    day = parse_date(f"{key}-01")
    return date_format(day, "YEAR_MONTH_FORMAT") if day else key


def _passing(found: Statistics) -> Section:
    columns = [
        Column(_("Profession")),
        Column(_("Tests taken"), Kind.COUNT),
        Column(_("Passed at the first attempt, per cent"), Kind.PERCENT, drawn=True),
        Column(_("Passed in the end, per cent"), Kind.PERCENT, drawn=True),
    ]
    rows: list[list[Value]] = [
        [
            found.names.profession(str(one.key)),
            shown(one.taken),
            shown(one.first_rate),
            shown(one.end_rate),
        ]
        for one in found.passed
    ]
    words = [
        _(
            "Of the tests whose score is the result of a course; each counts once in a "
            "participation."
        )
    ]
    table = Table("passing", _("Pass rates by profession"), columns, rows)
    return Section("passing", _("Pass rates"), words, [table])


def _gain(found: Statistics) -> Section:
    gains, names = found.gains, found.names
    words = [gain_in_words(gains)]
    if gains.whole is None:
        return Section("gain", _("Knowledge gain"), words)
    themes = {line.article.number: line.article.theme for line in found.lines}
    objectives: list[list[Value]] = [[_("All together"), None, *gained_in(gains.whole)]]
    for key, one in gains.objectives.items():
        objectives.append([names.objective(key), names.article(key) or None, *gained_in(one)])
    articles: list[list[Value]] = [
        [number, themes.get(number), *gained_in(one)] for number, one in gains.articles.items()
    ]
    heads = [Column(_("Objective")), Column(_("Article"))]
    by_article = [Column(_("Article")), Column(_("Theme"))]
    return Section(
        "gain",
        _("Knowledge gain"),
        words,
        [
            Table("gain", _("Gain by objective"), [*heads, *_gain_columns()], objectives),
            Table("gain-articles", _("Gain by article"), [*by_article, *_gain_columns()], articles),
        ],
    )


def _gain_columns() -> list[Column]:
    return [
        Column(_("Pairs of tests"), Kind.COUNT),
        Column(_("Before"), Kind.PERCENT, drawn=True),
        Column(_("After"), Kind.PERCENT, drawn=True),
        Column(_("Gain, points"), Kind.POINTS),
        Column(_("Of what could be gained, per cent"), Kind.POINTS),
    ]


def gained_in(one: Gained | None) -> list[Value]:
    """Return a gain in the order of its columns."""
    if one is None:
        return [HIDDEN] * 5
    return [one.count, one.before, one.after, one.gain, one.normalised]


def _weak(found: Statistics) -> Section:
    names = found.names
    objectives = [spot for spot in found.spots if spot.question is None]
    words = [spot_in_words(spot, names) for spot in objectives]
    if not words:
        words = [_("No profession misses anything clearly more often than the others.")]
    columns = [
        Column(_("Profession")),
        Column(_("Question")),
        Column(_("Objective")),
        Column(_("Article")),
        Column(_("Answers"), Kind.COUNT),
        Column(_("Right, per cent"), Kind.PERCENT, drawn=True),
        Column(_("The others, per cent"), Kind.PERCENT, drawn=True),
    ]
    rows = [_question_row(spot, names) for spot in found.spots if spot.question]
    tables = [Table("weak", _("Questions that a profession misses"), columns, rows)] if rows else []
    return Section("weak", _("Weak spots by profession"), words, tables)


def _question_row(spot: Spot, names: Names) -> list[Value]:
    key: Any = spot.question
    return [
        names.profession(spot.profession),
        Link(names.questions[key], reverse("question_fares", args=[key])),
        names.objective(spot.objective),
        names.article(spot.objective) or None,
        spot.answers,
        spot.own,
        spot.others,
    ]


def _surveys(found: Statistics) -> Section:
    words = [
        _(
            "Answers are anonymous and know no institution, cohort or day of completion: only the "
            "filters for course and profession apply. Groups of fewer than five are left out, and "
            "answers of fewer than five are hidden (*)."
        )
    ]
    tables = []
    for one in found.surveys:
        if not one.count:
            words.append(
                _("%(survey)s: no answers that may be shown.") % {"survey": one.kind.label}
            )
            continue
        counted = ngettext("%(survey)s: %(n)s answer.", "%(survey)s: %(n)s answers.", one.count)
        words.append(counted % {"survey": one.kind.label, "n": number_format(one.count)})
        tables += survey_tables(one)
    return Section("surveys", _("Satisfaction, and use at work"), words, tables)


def _mapped(found: Statistics) -> Section:
    words = [
        _(
            "Articles of the Council of Europe Convention on Action against Trafficking in Human "
            "Beings (CETS No. 197), with the objectives of training that serve them. The hours of "
            "a course stand beside each article that it asks about: they do not add up."
        )
    ]
    return Section(
        "articles", _("Training by article of the Convention"), words, mapped_tables(found)
    )
