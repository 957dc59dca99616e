"""What a certificate says in figures: Open Badges results, each with its description.

Hours are a result and not `creditsAvailable`: that is read as credit hours of a study programme.
Source: Open Badges 3.0, Result and ResultDescription.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_noop

from certificates.models import ACHIEVEMENT, ATTENDANCE, Sheet


@dataclass(frozen=True)
class Figure:
    """One figure: the part of its address that never changes, its name, its value."""

    part: str
    name: str
    value: str
    kind: str = "Result"
    allowed: tuple[str, ...] = ()

    def description(self, achievement: str) -> dict[str, object]:
        """Return the description that belongs to the achievement."""
        described: dict[str, object] = {
            "id": f"{achievement}#{self.part}",
            "type": ["ResultDescription"],
            "name": self.name,
            "resultType": self.kind,
        }
        return described | ({"allowedValue": list(self.allowed)} if self.allowed else {})

    def result(self, achievement: str) -> dict[str, object]:
        """Return the result that belongs to the person."""
        result: dict[str, object] = {
            "type": ["Result"],
            "resultDescription": f"{achievement}#{self.part}",
            "value": self.value,
        }
        return result | ({"status": "Completed"} if self.kind == "Status" else {})


def figures_of(sheet: Sheet) -> Iterator[Figure]:
    """Give every figure on the paper, then each module."""
    minutes = in_both(gettext_noop("Duration in minutes"))
    yield Figure("minutes", minutes, str(sheet.minutes))
    kind = in_both(gettext_noop("Class of the certificate"))
    allowed = (ATTENDANCE, ACHIEVEMENT)
    yield Figure("class", kind, sheet.certificate_class, allowed=allowed)
    yield Figure("law-as-of", in_both(gettext_noop("Law as of")), sheet.law_as_of.isoformat())
    if sheet.renewed_on:
        yield from _renewal(sheet, sheet.renewed_on)
    if sheet.score_band:
        yield Figure("score-band", in_both(gettext_noop("Score band")), sheet.score_band)
    for module in sheet.modules:
        title = of_both(module["title"]["en"], module["title"]["sr"]) or module["key"]
        yield Figure(f"module-{module['key']}", title, str(module["minutes"]), kind="Status")


def _renewal(sheet: Sheet, day: date) -> Iterator[Figure]:
    yield Figure("renewed-on", in_both(gettext_noop("Renewed on")), day.isoformat())
    title = of_both(sheet.refresher_title_en, sheet.refresher_title_sr)
    yield Figure("refresher", in_both(gettext_noop("Refresher")), title)
    minutes = in_both(gettext_noop("Duration of the refresher in minutes"))
    yield Figure("refresher-minutes", minutes, str(sheet.refresher_minutes))


def in_both(words: str, **values: object) -> str:
    """Return words of ours in English and in Serbian: a badge has one text for all."""
    with translation.override("sr"):
        serbian = translation.gettext(words)
    return of_both(words % values if values else words, serbian % values if values else serbian)


def of_both(english: str, serbian: str) -> str:
    """Return a text in two languages as one; once, if they are the same or one is missing."""
    return " / ".join(dict.fromkeys(text for text in (english, serbian) if text))
