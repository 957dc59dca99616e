"""What figures say in plain sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.statistics.counting import Names
from reports.statistics.gain import Gains
from reports.statistics.weak_spots import Spot


def spot_in_words(spot: Spot, names: Names) -> str:
    """Say what a profession gets wrong more often than the others."""
    told = {
        "profession": names.profession(spot.profession),
        "objective": names.objective(spot.objective),
        "own": whole(spot.own),
        "others": whole(spot.others),
    }
    if article := names.article(spot.objective):
        words = _(
            "%(profession)s: “%(objective)s” (article %(article)s) was right for %(own)s %% at "
            "the first attempt, for the others %(others)s %%."
        )
        return words % {**told, "article": article}
    words = _(
        "%(profession)s: “%(objective)s” was right for %(own)s %% at the first attempt, for the "
        "others %(others)s %%."
    )
    return words % told


def gain_in_words(gains: Gains) -> str:
    """Say what was gained in all, or why nothing can be said."""
    if not gains.is_measured:
        return _(
            "Nobody has taken a test before and a test after: what was gained cannot be told. "
            "A course measures it once it has both."
        )
    if gains.whole is None:
        return _("Too few of these people have taken both tests: their figures are not shown.")
    words = ngettext(
        "On average %(before)s points of a hundred before and %(after)s after; %(n)s person took "
        "both tests.",
        "On average %(before)s points of a hundred before and %(after)s after; %(n)s people took "
        "both tests.",
        gains.whole.count,
    )
    return words % {
        "before": whole(gains.whole.before),
        "after": whole(gains.whole.after),
        "n": number_format(gains.whole.count),
    }


def whole(value: float) -> str:
    """Return a figure without decimals, halves upwards."""
    return number_format(int(round(value, 6) + 0.5))
