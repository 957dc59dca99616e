"""A learner's own gain: what they knew before, and what they know now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.pairing import Change, pair_of
from assessments.forms.words import rounded
from assessments.models import Attempt, QuizPage
from assessments.objectives import names_of
from assessments.reviewing import Review
from courses.models import Enrolment


@dataclass(frozen=True)
class OwnGain:
    """The two attempts that are compared, in all and by the names of objectives."""

    before: Attempt
    after: Attempt
    whole: Change
    objectives: list[tuple[str, Change]]

    @property
    def words(self) -> str:
        """Say how much was gained, in points of a hundred."""
        points = rounded(self.whole.gain)
        if not points:
            return _("You reached as many points as before.")
        more = ngettext("%(n)s point more than before.", "%(n)s points more than before.", points)
        less = ngettext("%(n)s point less than before.", "%(n)s points less than before.", -points)
        return (more if points > 0 else less) % {"n": abs(points)}


def own_gain(enrolment: Enrolment, quiz: QuizPage, review: Review) -> OwnGain | None:
    """Return what a learner gained until a test after, once both tests show their points.

    None for any other quiz. `quiz` is the page in the source language, `review` what it shows.
    """
    before = quiz.named_pre_test
    if before is None or not review.marks:
        return None
    if not (before.marks_at_once or before.marks_in_the_end):
        return None
    found = pair_of(enrolment, quiz.key)
    if found is None:
        return None
    pair, attempts = found
    names = names_of(list(pair.objectives))
    objectives = sorted(
        ((names[key], change) for key, change in pair.objectives.items()), key=lambda one: one[0]
    )
    return OwnGain(*attempts, pair.whole, objectives)
