"""What the figures of a question mean, and what to do about it, in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_statistics.measures import ENOUGH
from assessments.item_statistics.tables import Line, Table

HARD, EASY = 0.3, 0.95
FLAT = 0.1  # a correlation below this tells hardly anybody apart
_LEADS = 0.1  # so much more of the best third is no chance


def words_on(
    *, count: int, facility: float | None, discrimination: float | None, table: Table, kind: str
) -> list[str]:
    """Return what to look at first; nothing if the question is sound."""
    if count < ENOUGH:
        words = ngettext(
            "%(count)d answer so far: too few to say anything (%(enough)d are needed).",
            "%(count)d answers so far: too few to say anything (%(enough)d are needed).",
            count,
        )
        return [words % {"count": count, "enough": ENOUGH}]
    said = [*_on_the_whole(facility, discrimination)]
    if kind in ("choice", "multiple", "true-false", "hotspot"):
        said += _on_options(table)
    return said


def _on_the_whole(facility: float | None, discrimination: float | None) -> list[str]:
    said = []
    if discrimination is not None and discrimination < 0:
        said.append(_("Those who know the rest get this wrong: check the key; can it be misread?"))
    if facility is not None and facility > EASY:
        said.append(_("Nearly everybody gets this right: it tells nobody apart."))
    elif facility is not None and facility < HARD:
        said.append(_("Few get this right: unclear words, a wrong key, or not taught well."))
    elif discrimination is not None and 0 <= discrimination < FLAT:
        said.append(_("It hardly tells those who know from those who do not."))
    return said


def _on_options(table: Table) -> list[str]:
    said = []
    for line in table.lines:
        name = {"option": line.outcome.text}
        if not line.outcome.is_right and not line.count:
            said.append(_("Nobody chose “%(option)s”: replace it.") % name)
        elif not line.outcome.is_right and _is_led(line):
            said.append(
                _("Those who know the rest like “%(option)s”: it may be right as well.") % name
            )
    return said


def _is_led(line: Line) -> bool:
    """Say whether more of the best than of the weakest third chose something wrong."""
    if line.best is None or line.weakest is None:
        return False
    return line.best - line.weakest >= _LEADS
