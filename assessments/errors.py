"""What can stand in the way of an attempt, in words that a learner understands."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from courses.errors import StudyError


class AttemptLimitReached(StudyError):
    """`opens_at` is when the next attempt opens by itself."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__()
        when = date_format(timezone.localtime(opens_at), "DATETIME_FORMAT")
        self.opens_at = opens_at
        self.message = _("You have used your attempts. The next one opens on %(when)s.") % {
            "when": when
        }


class QuizIsEmpty(StudyError):
    message = _("This quiz has too few published questions. Its author has been told.")


class AttemptNotFound(StudyError):
    message = _("There is no such attempt of yours.")


class AttemptClosed(StudyError):
    message = _("This attempt has been submitted; its answers can no longer be changed.")


class TimeIsOver(AttemptClosed):
    message = _("Your time was over: what was saved before counts.")


class UnknownChoice(StudyError):
    message = _("This is not an option of this question. Reload the page and choose again.")


class AnswerLocked(StudyError):
    message = _("This answer was checked or left behind; it stays as it is. Reload the page.")


class NotYetOpen(StudyError):
    message = _("One question comes after the other here. This is the one that is open now.")


class NothingToCheck(StudyError):
    message = _("Answer this question first; then it can be checked.")


class StaleAnswer(StudyError):
    """`choices` and `version` are what is saved."""

    message = _("This answer was changed in another window. What you see now is what is saved.")

    def __init__(self, choices: list[str], version: int) -> None:
        super().__init__()
        self.choices = choices
        self.version = version


class ReasonMissing(StudyError):
    message = _("Give the reason.")


class TooMuchTime(StudyError):
    def __init__(self, most: int) -> None:
        super().__init__()
        self.message = _("Give between 0 and %(most)s per cent more time.") % {"most": most}


class AlreadyGraded(StudyError):
    message = _("This answer has been graded in the meantime; your points were not recorded.")


class OwnAnswer(StudyError):
    message = _("Nobody grades an answer of their own.")


class NothingToPractise(StudyError):
    message = _("There is nothing to practise now.")


class RoundIsOver(StudyError):
    message = _("This round of practice is over. Here is what is left to practise.")


class NotInRound(StudyError):
    message = _("This question does not belong to your round of practice.")


class NotOpenNow(StudyError):
    message = _(
        "This question cannot be practised now: it was changed, or a quiz is asking you. "
        "Go on with the others."
    )


class AnsweredInPractice(StudyError):
    message = _("You have answered this question already; the first answer stands.")
