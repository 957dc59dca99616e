"""What scoring a question anew would change, before anything happens."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Attempt, Question, Response
from assessments.regrading.rescoring import (
    Rescored,
    Verdict,
    rescored,
    scored_by_another_key,
    verdict_with,
)

Place = tuple[UUID, UUID, int]
# What an upper floor issued for enrolments: the number on each paper, by registration.
Papers = Callable[[Collection[UUID]], dict[UUID, str]]
_papers: dict[str, Papers] = {}


def register(name: str, papers: Papers) -> None:
    """Make papers known that a changed result may touch; called once from `AppConfig.ready()`."""
    _papers[name] = papers


@dataclass(frozen=True)
class Consequences:
    """`answers` were scored by another key. `verdicts` are those that would be other ones."""

    answers: list[Rescored]
    verdicts: list[Verdict]
    papers: list[str]

    @property
    def higher(self) -> int:
        return sum(_worth(a.scored.scaled) > _worth(a.response.scaled) for a in self.answers)

    @property
    def lower(self) -> int:
        return sum(_worth(a.scored.scaled) < _worth(a.response.scaled) for a in self.answers)

    @property
    def passed_now(self) -> int:
        return sum(one.passed and not one.attempt.passed for one in self.verdicts)

    @property
    def kept(self) -> int:
        return sum(one.is_kept for one in self.verdicts)


def consequences_of(question: Question) -> Consequences:
    """Return what would change if the published key scored every answer to a question.

    A fixed number of queries, however many answers there are.
    """
    answers = rescored(question, scored_by_another_key(question))
    new = {_place(one.response): one.scored.scaled for one in answers if one.differs}
    registrations = {place[0] for place in new}
    attempts = Attempt.objects.filter(
        registration__in=registrations, quiz_key__in={p[1] for p in new}
    )
    by_attempt: dict[Place, list[Response]] = defaultdict(list)
    for response in Response.objects.filter(registration__in=registrations):
        by_attempt[_place(response)].append(response)
    verdicts = [
        verdict_with(attempt, by_attempt[place], {question.key: new[place]})
        for attempt in attempts
        if (place := (attempt.registration, attempt.quiz_key, attempt.number)) in new
    ]
    differing = [one for one in verdicts if one is not None and one.differs]
    touched = {one.attempt.registration for one in differing}
    papers = sorted(n for source in _papers.values() for n in source(touched).values())
    return Consequences(answers, differing, papers)


def _place(response: Response) -> Place:
    return response.registration, response.quiz_key, response.number


def _worth(scaled: float | None) -> float:
    return scaled or 0.0
