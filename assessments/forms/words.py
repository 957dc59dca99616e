"""What figures of a gain say, in plain words for a trainer."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.gain import Figures, Gain, Interval
from assessments.models import Form


def words_on(figures: Figures, names: Mapping[str, str]) -> list[str]:
    """Return what stands out, most important first; `names` are those of objectives."""
    if figures.whole is None:
        return [_of_nobody(figures)]
    said = [gain_in_words(figures.whole), _how_certain(figures.whole.gain)]
    return [*said, *_objectives(figures, names), *_forms(figures)]


def gain_in_words(gain: Gain) -> str:
    """Say how much was gained on average, how sure that is, and of how many."""
    points = rounded(gain.gain.mean)
    more = ngettext(
        "On average %(points)s point more, 95 %% between %(low)s and %(high)s, of %(n)s people.",
        "On average %(points)s points more, 95 %% between %(low)s and %(high)s, of %(n)s people.",
        abs(points),
    )
    less = ngettext(
        "On average %(points)s point less, 95 %% between %(low)s and %(high)s, of %(n)s people.",
        "On average %(points)s points less, 95 %% between %(low)s and %(high)s, of %(n)s people.",
        abs(points),
    )
    same = _("On average as much as before, 95 %% between %(low)s and %(high)s, of %(n)s people.")
    words = same if not points else more if points > 0 else less
    ends = {"low": signed(gain.gain.low), "high": signed(gain.gain.high)}
    return words % {"points": abs(points), "n": gain.count, **ends}


def rounded(points: float) -> int:
    """Return whole points, halves away from nothing; what is half but for the last bit is half."""
    points = round(points, 6)
    return int(points + 0.5) if points >= 0 else -int(0.5 - points)


def signed(points: float) -> str:
    """Return whole points with a minus that is one."""
    whole = rounded(points)
    return str(whole) if whole >= 0 else f"\N{MINUS SIGN}{-whole}"


def _of_nobody(figures: Figures) -> str:
    if figures.is_few:
        return _("Fewer than 5 people have taken both tests: their figures are not shown.")
    return _(
        "The figures of all would tell those of fewer than 5 people, so they are not shown. "
        "Choose a cohort."
    )


def _how_certain(gain: Interval) -> str:
    if not gain.is_certain:
        return _("It may as well be chance: the interval holds 0.")
    if gain.low > 0:
        return _("It is hardly chance: the whole interval lies above 0.")
    return _("It is hardly chance: the whole interval lies below 0. Look at the course.")


def _objectives(figures: Figures, names: Mapping[str, str]) -> Iterable[str]:
    by_gain = sorted(figures.objectives.items(), key=lambda item: item[1].gain.mean)
    if len(by_gain) < 2:
        return
    (least, low), (most, high) = by_gain[0], by_gain[-1]
    if rounded(low.gain.mean) < rounded(high.gain.mean):
        words = _("Most was gained in “%(most)s” (%(high)s), least in “%(least)s” (%(low)s).")
        yield words % {
            "most": names.get(most, most),
            "least": names.get(least, least),
            "high": signed(high.gain.mean),
            "low": signed(low.gain.mean),
        }


def _forms(figures: Figures) -> Iterable[str]:
    if not figures.orders:
        yield _("How the two forms compare is not shown: too few people began with one of them.")
        return
    harder = figures.harder
    if harder is None:
        return
    if not harder.is_certain or not rounded(harder.mean):
        yield _("The two forms seem to be equally hard.")
        return
    points = abs(rounded(harder.mean))
    words = ngettext(
        "Form %(one)s seems to be harder than form %(other)s, by about %(points)s point.",
        "Form %(one)s seems to be harder than form %(other)s, by about %(points)s points.",
        points,
    )
    hard = Form.A if harder.mean > 0 else Form.B
    yield words % {"one": hard.value, "other": hard.other.value, "points": points}
    yield _moved(figures, harder.mean)


def _moved(figures: Figures, harder: float) -> str:
    """Say what a harder form does to the mean gain: nothing where as many began with each."""
    counts = {form: figures.orders[form].count for form in Form}
    moved = harder * (counts[Form.A] - counts[Form.B]) / sum(counts.values())
    if not rounded(moved):
        return _("The mean gain is not moved by it: about as many began with each form.")
    return _("It moves the mean gain by about %(points)s.") % {"points": signed(moved)}
