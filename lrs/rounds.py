"""What the task worker does again and again between tasks, such as to look whether there is news.

Every worker goes its own rounds: what one does has to be safe beside another that does the same.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError
from django_tasks_db.utils import is_locked_database_exception

logger = logging.getLogger("lrs")


@dataclass(frozen=True)
class Round:
    """Call `go` with the moment, `every` so often."""

    name: str
    every: timedelta
    go: Callable[[datetime], object]


_rounds: dict[str, Round] = {}


def register(one: Round) -> None:
    """Make a round known; called once from `AppConfig.ready()`."""
    _rounds[one.name] = one


class Rounds:
    """When one worker went each of its rounds last."""

    def __init__(self) -> None:
        self._gone: dict[str, datetime] = {}

    def go(self, *, at: datetime) -> None:
        """Go the rounds that are due; one that fails keeps no other from being gone."""
        for one in _rounds.values():
            gone = self._gone.get(one.name)
            if gone is None or at - gone >= one.every:
                self._gone[one.name] = at
                _go(one, at)


def _go(one: Round, at: datetime) -> None:
    try:
        one.go(at)
    except OperationalError as error:
        if not is_locked_database_exception(error):
            raise
    except Exception:
        logger.exception("the round %s failed; it comes again", one.name)
