"""Which score of an activity counts, where an upper floor knows better than "the best".

Progress keeps the best score. What counts instead is told through `register`: courses never hears
of attempts.
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

Scores = Mapping[UUID, float | None]
ScoreSource = Callable[[UUID, Collection[UUID]], Mapping[UUID, float]]
_sources: dict[str, ScoreSource] = {}
_hiding: dict[str, Callable[[], Mapping[UUID, bool]]] = {}


def register(name: str, source: ScoreSource) -> None:
    """Make a source of scores known; called once from `AppConfig.ready()`."""
    _sources[name] = source


def hide(name: str, source: Callable[[], Mapping[UUID, bool]]) -> None:
    """Make known which activities do not show their score: True for until they are done."""
    _hiding[name] = source


def hidden() -> dict[UUID, bool]:
    """Return the activities that do not show their score, and whether they do once done."""
    return {key: until for source in _hiding.values() for key, until in source().items()}


def counted(registration: UUID, best: Scores) -> dict[UUID, float | None]:
    """Return the scores that count in one enrolment, 0 to 1; `best` are the best by activity."""
    scores = dict(best)
    judged = {key for key, score in best.items() if score is not None}
    for source in _sources.values() if judged else ():
        scores.update(source(registration, judged))
    return scores
