"""What the anonymous surveys say: figures of groups, for pages, files and other rooms.

    selection = Selection(kind=SurveyKind.SATISFACTION)        # newest version that has answers
    figures_of(selection) -> SurveyFigures                      # of all it selects
    figures_by(selection, "course") -> dict[str, SurveyFigures] # or "profession", or "week"

`Selection` narrows by `version` (number), `course` (key), `profession` (key), `first` and `last`
(days; the weeks in which they lie are meant). `SurveyFigures` has `count`, the number of people;
`recommend`, the share of them (0 to 1) that would recommend, None where that was not asked; and
`questions`, each with `parts` (key, words in the active language, count, share) and, for a scale,
`mean` (1 to 5). Keys of `figures_by` are those of courses (as text), professions ("" for those of
several, not named), or Mondays (ISO dates); a group without figures is missing. Whoever needs
several of these asks `answered(selection)` once, for `.whole()` and `.by("course")`.

Two queries, one pass over the answers, memory for sums only.

Small cells. What is counted in the end is a cell: one course, profession and week. A cell of fewer
than five is left out of everything, so any sum of cells, and whatever is left when one sum is
taken from another, is nobody or at least five people. The urn makes no smaller cells; this holds
also for answers that came some other way. Who chose nothing in a question is counted as such.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Max, QuerySet

from assessments.item_statistics.measures import FEWEST
from assessments.models import SurveyAnswer, SurveyKind, SurveyVersion
from assessments.surveys.urn import week_of
from assessments.surveys.versions import RECOMMENDS_FROM, Asked, questions_of

Dimension = Literal["course", "profession", "week"]
_AT_ONCE = 2_000


@dataclass(frozen=True)
class Selection:
    """Whose answers: of one kind of survey and one version, narrowed as wished."""

    kind: SurveyKind
    version: int | None = None
    course: UUID | None = None
    profession: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Part:
    """How many of the people chose an answer."""

    key: str
    words: str
    count: int
    share: float


@dataclass(frozen=True)
class QuestionFigures:
    """What was answered to one question. `parts` of one with several answers exceed the whole."""

    key: str
    words: str
    parts: tuple[Part, ...]
    mean: float | None
    unanswered: int


@dataclass(frozen=True)
class SurveyFigures:
    """What `count` people said; without questions where there are too few of them to tell."""

    kind: SurveyKind
    version: int
    count: int
    questions: tuple[QuestionFigures, ...] = ()
    recommend: float | None = None

    @property
    def may_be_shown(self) -> bool:
        return self.count >= FEWEST


@dataclass
class _Sum:
    """So many people, and how often each answer was chosen by them."""

    count: int = 0
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)

    def add(self, other: "_Sum") -> None:
        self.count += other.count
        self.chosen.update(other.chosen)
        self.silent.update(other.silent)

    def take(self, answers: dict[str, list[str]], questions: list[Asked]) -> None:
        self.count += 1
        for asked in questions:
            keys = answers.get(asked.key) or []
            self.chosen.update((asked.key, key) for key in keys)
            self.silent.update([] if keys else [asked.key])


@dataclass(frozen=True)
class _Cell:
    course: str
    profession: str
    week: str


@dataclass(frozen=True)
class Answered:
    """What was read in one pass: the cells that may be counted, to be summed up as wished."""

    kind: SurveyKind
    version: SurveyVersion | None
    cells: Mapping[_Cell, _Sum]

    def whole(self) -> SurveyFigures:
        """Return the figures of everybody selected."""
        return _figures(self.kind, self.version, self.cells.values())

    def by(self, dimension: Dimension) -> dict[str, SurveyFigures]:
        """Return the figures of each group of those selected, by its key."""
        groups: dict[str, list[_Sum]] = defaultdict(list)
        for cell, one in self.cells.items():
            groups[getattr(cell, dimension)].append(one)
        return {
            key: _figures(self.kind, self.version, sums) for key, sums in sorted(groups.items())
        }


def answered(selection: Selection) -> Answered:
    """Read the answers once, for figures of several kinds."""
    version = _version(selection)
    cells = _cells(selection, version) if version else {}
    return Answered(selection.kind, version, cells)


def figures_of(selection: Selection) -> SurveyFigures:
    """Return the figures of everybody selected."""
    return answered(selection).whole()


def figures_by(selection: Selection, dimension: Dimension) -> dict[str, SurveyFigures]:
    """Return the figures of each group of those selected, by its key."""
    return answered(selection).by(dimension)


def versions_answered(kind: SurveyKind) -> list[int]:
    """Return the numbers of the versions with answers, the newest first."""
    found = SurveyAnswer.objects.filter(kind=kind).order_by("-version")
    return list(found.values_list("version", flat=True).distinct())


def _version(selection: Selection) -> SurveyVersion | None:
    number = selection.version
    if number is None:
        answered = SurveyAnswer.objects.filter(kind=selection.kind)
        number = answered.aggregate(newest=Max("version"))["newest"]
    return SurveyVersion.objects.filter(kind=selection.kind, number=number).first()


def _cells(selection: Selection, version: SurveyVersion) -> dict[_Cell, _Sum]:
    """Return the cells that may be counted, each with its sum."""
    questions = questions_of(version)
    sums: dict[_Cell, _Sum] = defaultdict(_Sum)
    rows = _selected(selection, version).values_list(
        "course_key", "profession_key", "week", "answers"
    )
    for course, profession, week, answers in rows.iterator(chunk_size=_AT_ONCE):
        sums[_Cell(str(course), profession, week.isoformat())].take(answers, questions)
    return {cell: one for cell, one in sums.items() if one.count >= FEWEST}


def _selected(selection: Selection, version: SurveyVersion) -> QuerySet[SurveyAnswer]:
    found = SurveyAnswer.objects.filter(kind=selection.kind, version=version.number)
    if selection.course:
        found = found.filter(course_key=selection.course)
    if selection.profession:
        found = found.filter(profession_key=selection.profession)
    if selection.first:
        found = found.filter(week__gte=week_of(selection.first))
    if selection.last:
        found = found.filter(week__lte=selection.last)
    return found


def _figures(
    kind: SurveyKind, version: SurveyVersion | None, sums: Iterable[_Sum]
) -> SurveyFigures:
    whole = _Sum()
    for one in sums:
        whole.add(one)
    if version is None or not whole.count:
        return SurveyFigures(kind, version.number if version else 0, 0)
    asked = questions_of(version)
    recommending = next((one for one in asked if one.recommends), None)
    return SurveyFigures(
        kind=kind,
        version=version.number,
        count=whole.count,
        questions=tuple(_question(one, whole) for one in asked),
        recommend=_recommending(recommending, whole) if recommending else None,
    )


def _question(asked: Asked, whole: _Sum) -> QuestionFigures:
    counts = [(one, whole.chosen[asked.key, one.key]) for one in asked.options]
    parts = tuple(Part(one.key, one.words, n, n / whole.count) for one, n in counts)
    said = sum(part.count for part in parts)
    points = sum(int(part.key) * part.count for part in parts) if asked.is_scale else 0
    return QuestionFigures(
        key=asked.key,
        words=asked.words,
        parts=parts,
        mean=points / said if asked.is_scale and said else None,
        unanswered=whole.silent[asked.key],
    )


def _recommending(asked: Asked, whole: _Sum) -> float:
    agreeing = (one.key for one in asked.options if int(one.key) >= RECOMMENDS_FROM)
    return sum(whole.chosen[asked.key, key] for key in agreeing) / whole.count
