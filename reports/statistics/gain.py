"""What people gained: how much they knew in the test before, and in the test after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from assessments.models import Objective
from courses.models import Enrolment
from reports.small_cells import hidden_in_lines
from reports.statistics.articles import numbers_in
from reports.statistics.pairs import Points, pairs_in, tests_taken


@dataclass
class Gained:
    """So many pairs of tests, and the sums of their shares of the points, 0 to 1."""

    count: int = 0
    sum_before: float = 0.0
    sum_after: float = 0.0

    def add(self, before: float, after: float) -> None:
        self.count += 1
        self.sum_before += before
        self.sum_after += after

    @property
    def before(self) -> float:
        """The mean before, in points of a hundred."""
        return self.sum_before / self.count * 100

    @property
    def after(self) -> float:
        """The mean after, in points of a hundred."""
        return self.sum_after / self.count * 100

    @property
    def gain(self) -> float:
        """The mean of what each gained: that of pairs is the difference of the means."""
        return self.after - self.before

    @property
    def normalised(self) -> float | None:
        """How much of what was not known before was gained, in per cent (Hake 1998)."""
        return self.gain / (100 - self.before) * 100 if self.before < 100 else None


@dataclass
class Gains:
    """Gains in all, by objective and by article; None is hidden.

    `is_measured` says that a pair of tests has been taken on this site, `count` by how many of
    these learners, if they are not too few to say so.
    """

    is_measured: bool
    count: int = 0
    whole: Gained | None = None
    objectives: dict[str, Gained | None] = field(default_factory=dict)
    articles: dict[int, Gained | None] = field(default_factory=dict)


def gains_of(enrolments: QuerySet[Enrolment]) -> Gains:
    """Return what was gained, as it may leave an institution. One query, or six."""
    tests = tests_taken()
    if not tests:
        return Gains(is_measured=False)
    cited = dict(Objective.objects.order_by().values_list("key", "article"))
    articles = {key: numbers_in(article) for key, article in cited.items()}
    whole, objectives, by_article = Gained(), _Groups(), _Groups()
    for pair in pairs_in(enrolments, tests):
        whole.add(pair.before.share or 0.0, pair.after.share or 0.0)
        objectives.take(pair.then, pair.now)
        by_article.take(_summed(pair.then, articles), _summed(pair.now, articles))
    return _shown(whole, objectives.found, by_article.found, articles)


class _Groups:
    """Sums by objective, or by article."""

    def __init__(self) -> None:
        self.found: dict[Any, Gained] = {}

    def take(self, then: Mapping[Any, Points], now: Mapping[Any, Points]) -> None:
        """Add what somebody reached in whatever both tests asked about."""
        for key in then.keys() & now.keys():
            (before, of), (after, out_of) = then[key], now[key]
            self.found.setdefault(key, Gained()).add(before / of, after / out_of)


def _summed(scores: Mapping[str, Points], articles: Mapping[str, list[int]]) -> dict[int, Points]:
    """Return the points of each article, over the questions on its objectives."""
    found: dict[int, Points] = {}
    for objective, (points, count) in scores.items():
        for number in articles.get(objective, []):
            had, asked = found.get(number, (0.0, 0))
            found[number] = had + points, asked + count
    return found


def _shown(
    whole: Gained,
    objectives: Mapping[str, Gained],
    by_article: Mapping[int, Gained],
    articles: Mapping[str, list[int]],
) -> Gains:
    """Hide small cells: objectives stand beside the whole, and beside those of their article."""
    cells: dict[Any, int] = {key: one.count for key, one in objectives.items()}
    cells |= {number: one.count for number, one in by_article.items()} | {"": whole.count}
    lines: list[list[Any]] = [list(objectives)]
    for number in by_article:
        lines.append([number, *(key for key in objectives if number in articles.get(key, []))])
    hidden = hidden_in_lines(cells, lines)
    is_told = whole.count > 0 and "" not in hidden
    return Gains(
        is_measured=True,
        count=whole.count if is_told else 0,
        whole=whole if is_told else None,
        objectives={key: None if key in hidden else objectives[key] for key in sorted(objectives)},
        articles={no: None if no in hidden else by_article[no] for no in sorted(by_article)},
    )
