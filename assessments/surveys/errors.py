"""What can stand in the way of an answer, in words that a learner understands."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from courses.errors import StudyError


class NotYours(StudyError):
    """There is no ticket: the course was not completed, or not by this person."""

    message = _("Only those who have completed the course are asked.")


class TicketSpent(StudyError):
    """It was answered or declined before; which of the two is not known."""

    message = _("You have answered this, or said no to it, before. Nothing was counted twice.")


class SurveyClosed(StudyError):
    """It is not the time for it, or it is offered no more."""

    message = _("This survey is not open now.")


class NotAllAnswered(StudyError):
    """`missing` are the keys of the questions without an answer."""

    message = _("Some questions have no answer yet. What you chose is still there.")

    def __init__(self, missing: Collection[str]) -> None:
        super().__init__()
        self.missing = frozenset(missing)
