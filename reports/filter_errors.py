"""What can be wrong with a filter: said in the reader's language, naming the filter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnreadableFilter(ValueError):
    """A filter has a value that cannot be read; `name` says which.

    As text the filters are called by their parameters; `called` says it with other names.
    """

    words: str | Promise = _("The filter “%(name)s” has a value that cannot be read.")

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def called(self, names: Mapping[str, str | Promise]) -> str:
        """Return what is wrong, with the filters called as they are on a page."""
        until = names.get("until", "until")
        return str(self.words) % {"name": names.get(self.name, self.name), "until": until}

    def __str__(self) -> str:
        return self.called({})


class UnknownKey(UnreadableFilter):
    """A filter names something that this site does not have."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__(name)
        self.value = value

    def called(self, names: Mapping[str, str | Promise]) -> str:
        return f"{names.get(self.name, self.name)}: this site knows no {self.value}"


class NotYet(UnreadableFilter):
    """A report is asked for as of a moment that has not come."""

    words = _("The moment of “%(name)s” has not come yet. Choose an earlier one.")


class OfNowOnly(UnreadableFilter):
    """Figures by group are asked for as of a moment."""

    words = _("Figures by group are those of now: leave “as it stood on” empty.")

    def __init__(self) -> None:
        super().__init__("as_of")


class PeriodReversed(UnreadableFilter):
    """The period ends before it begins."""

    words = _("The first day is later than the last day.")

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__("first_day")
        self.first, self.last = first, last
