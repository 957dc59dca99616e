"""Who passed: of those who took a test that counts, at the first attempt and in the end.

What is counted is a test in a participation. It counts where an edition of the course says that
its score is the result.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from assessments.models import Attempt
from courses.models import Edition, Enrolment
from reports.small_cells import hidden_in_lines
from reports.statistics.belonging import with_whose

# In place of a part: how many completed is hidden elsewhere, and tests taken would tell it.
UNTOLD = "untold"


@dataclass(frozen=True)
class Sat:
    """A test of a course, taken by people of a profession; `people` is at least so many."""

    profession: str
    course: UUID
    people: int
    taken: int
    first: int
    end: int


@dataclass(frozen=True)
class Passed:
    """Tests taken by a group, and those passed. `hidden` are the parts that are not told."""

    key: Hashable
    sat: Sat
    hidden: frozenset[str] = frozenset()

    @property
    def taken(self) -> int | None:
        """Tests taken; with completions beside it, it would tell how many never passed."""
        return None if self.hidden & {"taken", "never", UNTOLD} else self.sat.taken

    @property
    def first_rate(self) -> float | None:
        """Those passed at the first attempt, in per cent; None is hidden."""
        return None if self.hidden & {"taken", "at once"} else self._percent(self.sat.first)

    @property
    def end_rate(self) -> float | None:
        """Those passed so far, in per cent; None is hidden."""
        return None if self.hidden & {"taken", "never"} else self._percent(self.sat.end)

    def _percent(self, part: int) -> float:
        return part / self.sat.taken * 100


def sat_by(enrolments: QuerySet[Enrolment]) -> list[Sat]:
    """Return what became of each test that counts, by profession and course. Two queries."""
    rules = Edition.objects.order_by().values_list("rule", flat=True)
    counting = {UUID(key) for rule in rules for key in rule.get("result", [])}
    judged = Attempt.objects.filter(quiz_key__in=counting, passed__isnull=False, pass_mark__gt=0)
    rows = (
        with_whose(judged, enrolments)
        .order_by()
        .values("profession", "course", "quiz_key")
        .annotate(
            people=Count("actor", distinct=True),
            taken=Count("registration", distinct=True),
            first=Count("registration", distinct=True, filter=Q(number=1, passed=True)),
            end=Count("registration", distinct=True, filter=Q(passed=True)),
        )
    )
    return [Sat(**{name: row[name] for name in Sat.__dataclass_fields__}) for row in rows]


def passed_by(
    found: Iterable[Sat], group: Callable[[Sat], Hashable], untold: Collection[str] = ()
) -> list[Passed]:
    """Return groups as they may leave. No sum of their counts is shown anywhere beside them.

    Of those that are `untold` it is not said elsewhere how many completed.
    """
    groups: dict[Hashable, list[Sat]] = {}
    for one in found:
        groups.setdefault(group(one), []).append(one)
    whole = {key: sum_of(sat) for key, sat in groups.items()}
    cells = _cells(whole)
    lines = [[(key, part) for part in _PARTS] for key in whole]
    along = {(key, "taken"): [(key, part) for part in _PARTS] for key in whole}
    hidden = hidden_in_lines(cells, lines, along)
    return [
        Passed(
            key=key,
            sat=sat,
            hidden=frozenset(part for part in _PARTS if (key, part) in hidden)
            | ({UNTOLD} if key in untold else set()),
        )
        for key, sat in sorted(whole.items(), key=str)
    ]


# A test is passed at once, later, or not at all; one figure of these tells of the others.
_PARTS = ("taken", "at once", "later", "never")


def sum_of(sat: list[Sat]) -> Sat:
    """Return the sum; of people at least as many as in the largest part."""
    return Sat(
        profession=sat[0].profession,
        course=sat[0].course,
        people=max(one.people for one in sat),
        taken=sum(one.taken for one in sat),
        first=sum(one.first for one in sat),
        end=sum(one.end for one in sat),
    )


def _cells(whole: dict[Hashable, Sat]) -> dict[tuple[Hashable, str], int]:
    cells = {}
    for key, sat in whole.items():
        cells[key, "taken"] = sat.people
        cells[key, "at once"] = sat.first
        cells[key, "later"] = sat.end - sat.first
        cells[key, "never"] = sat.taken - sat.end
    return cells
