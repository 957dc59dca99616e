"""What the statistics are about, and how their figures are to be read: for every file of them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from people.models import Mandate
from reports.filters import Filters, described
from serbian import in_script

# Nobody can hide from one pack what another tells.
ONE_PACK = gettext_lazy(
    "Two packs with overlapping filters or days can tell, by subtraction, what each of them hides: "
    "publish one."
)


@dataclass(frozen=True)
class About:
    """What stands beside figures that leave the house: pairs of a name and what it is."""

    asked: list[tuple[str, str]]
    meanings: list[tuple[str, str]]


def about(*, mandate: Mandate, filters: Filters, at: datetime) -> About:
    """Return the mandate, filters and day of figures, and their definitions.

    What was asked is in the active script already: names that somebody typed stay as they are.
    """
    day = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    everybody = [(_in_script(_("Filters")), _in_script(_("none: everybody of the mandate")))]
    chosen = described(filters, mandate) or everybody
    counted = (_in_script(_("Counted on")), _in_script(day))
    return About([(_in_script(_("Mandate")), mandate.name), *chosen, counted], definitions())


def _in_script(words: str) -> str:
    return in_script(words, get_language() or "en")


def definitions() -> list[tuple[str, str]]:
    """Return what the words mean, in the active language."""
    return [
        (_("Persons"), _("Distinct people. Somebody in two courses is one person.")),
        (
            _("Participations"),
            _("Enrolments. Somebody in two courses takes part twice."),
        ),
        (
            _("Hours"),
            _(
                "Hours that were credited on completion, as the edition of the course promised. "
                "They are hidden where any number of completions is: they would tell it."
            ),
        ),
        (
            _("Passed at the first attempt"),
            _(
                "Of the tests whose score is the result of a course, by participation: those "
                "passed at attempt 1. “In the end”: those passed at any attempt so far."
            ),
        ),
        (
            _("Gain"),
            _(
                "The mean share of the points after, less that before, of the same people: first "
                "attempts at the two tests, of different forms, in points of a hundred. “Of what "
                "could be gained” is that gain divided by what was missing before (Hake 1998)."
            ),
        ),
        (
            _("Weak spot"),
            _(
                "An objective or a question on which a profession reached at least 10 points of a "
                "hundred less than the others at the first attempt, of at least 10 answers each, "
                "and less than chance would explain (99 %)."
            ),
        ),
        (
            _("Trained on an article"),
            _(
                "Completed a course in whose tests an objective of the article was asked about. "
                "The hours of a course stand beside each of its articles: they do not add up."
            ),
        ),
        (
            "*",
            _(
                "Hidden: the figure would tell of fewer than five people, or another one could be "
                "worked out from it. A nought is shown: it is about nobody."
            ),
        ),
        (_("Publish one pack"), str(ONE_PACK)),
    ]
