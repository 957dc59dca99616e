"""What can stand in the way of studying, in words that a learner understands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StudyError(Exception):
    """Base of what the learner is told; `message` is shown as it is."""

    message: str | Promise = _("This cannot be done now.")

    def __str__(self) -> str:
        return str(self.message)


class CourseNotOpen(StudyError):
    message = _("This course cannot be taken yet: no edition of it has been published.")


class NotEnrolled(StudyError):
    message = _("Enrol in the course first. It is free.")


class EnrolmentEnded(StudyError):
    message = _("You have withdrawn from this course. Enrol again to go on.")


class NotInEdition(StudyError):
    message = _("This activity belongs to another edition of the course than yours.")


class SelfChecksOpen(StudyError):
    """`block` is the first self-check that has no answer yet."""

    def __init__(self, block: str) -> None:
        super().__init__()
        self.block = block

    message = _("Answer the questions in this lesson first; they do not count towards the result.")


class UnknownEnrolmentKey(StudyError):
    message = _("No cohort of this course has this enrolment key. Check it with your tutor.")


class CohortClosed(StudyError):
    message = _("This cohort is not open for enrolment today.")


class AlreadyInCohort(StudyError):
    message = _("You are in a cohort of this course already.")


class AlreadyCompleted(StudyError):
    message = _("You have completed this course; your result stays.")
