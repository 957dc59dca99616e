"""What can be wrong with a filter: said in the reader's language, naming the filter."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnreadableFilter(ValueError):
    """A filter has a value that cannot be read; `name` says which."""

    message: str | Promise

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.message = _("The filter “%(name)s” has a value that cannot be read.") % {"name": name}

    def __str__(self) -> str:
        return str(self.message)


class UnknownKey(UnreadableFilter):
    """A filter names something that this site does not have."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__(name)
        self.message = f"{name}: this site knows no {value}"


class NotYet(UnreadableFilter):
    """A report is asked for as of a moment that has not come."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.message = _(
            "The moment of “%(name)s” has not come yet. For the report of now leave it empty; "
            "a day counts from its end."
        ) % {"name": name}


class OfNowOnly(UnreadableFilter):
    """Figures by group are asked for as of a moment."""

    def __init__(self) -> None:
        super().__init__("as_of")
        self.message = _("Figures by group are those of now: leave “as it stood on” empty.")


class PeriodReversed(UnreadableFilter):
    """The period ends before it begins."""

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__("first_day")
        self.first, self.last = first, last
        self.message = _("The first day is later than the last day.")
