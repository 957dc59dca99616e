"""Placeholders in the words of a sheet: {hours}, and [what is left out when there is no value].

    {hours} · {completed}[ · valid until {valid_until}]

Brackets do not stand in one another. A brace or a bracket of its own is a mistake.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from certificates.design import Design
from certificates.models import Sheet
from cms.templatetags.putokaz import duration

KNOWN = {
    "name": gettext_lazy("the name of the learner"),
    "course": gettext_lazy("the title of the course"),
    "hours": gettext_lazy("how long the course takes"),
    "score_band": gettext_lazy("the ten per cent in which the result lies, as “80–89”"),
    "completed": gettext_lazy("the day of completion"),
    "issued": gettext_lazy("the day of issue"),
    "law_as_of": gettext_lazy("the day as of which the law is taught"),
    "valid_until": gettext_lazy("the last day of validity"),
    "edition": gettext_lazy("the number of the edition"),
    "serial": gettext_lazy("the serial number"),
    "issuer": gettext_lazy("who issues certificates"),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_DAYS = {"en": "j F Y", "sr": "j. E Y."}


def faults_in(words: str) -> list[str]:
    """Return what cannot be filled in, each as a sentence for whoever wrote it."""
    unknown = [name for name in _PLACEHOLDER.findall(words) if name not in KNOWN]
    faults = [_("There is no placeholder {%(name)s}.") % {"name": name} for name in unknown]
    rest = _PLACEHOLDER.sub("", _OPTIONAL.sub(r"\1", words))
    if left := "".join(dict.fromkeys(sign for sign in rest if sign in "{}[]")):
        faults.append(_("“%(signs)s” stands without its other half.") % {"signs": left})
    return faults


def filled(words: str, values: Mapping[str, str]) -> str:
    """Return words with their placeholders filled in; one that is unknown stays as it is."""

    def kept(found: re.Match[str]) -> str:
        inside: str = found[1]
        return inside if all(values.get(name) for name in _PLACEHOLDER.findall(inside)) else ""

    return _PLACEHOLDER.sub(
        lambda found: values.get(found[1], found[0]), _OPTIONAL.sub(kept, words)
    )


def values_of(sheet: Sheet, language: str, design: Design) -> dict[str, str]:
    """Return what each placeholder stands for, in a language ("en" or "sr")."""
    with override(language):
        values = {
            "course": sheet.course_title_sr if language == "sr" else sheet.course_title_en,
            "hours": duration(sheet.minutes),
            "score_band": sheet.score_band,
            "completed": _day(sheet.completed_on, language),
            "issued": _day(sheet.issued_on, language),
            "law_as_of": _day(sheet.law_as_of, language),
            "valid_until": _day(sheet.valid_until, language),
            "edition": str(sheet.edition),
            "serial": sheet.serial,
            "issuer": sheet.issuer,
        }
    if language == "sr":
        values = {name: design.serbian(value) for name, value in values.items()}
    in_latin = language == "en" or design.in_latin
    names = (sheet.name_latin, sheet.name_cyrillic)
    first, second = names if in_latin else reversed(names)
    return {"name": first or second, **values}


def _day(day: date | None, language: str) -> str:
    return date_format(day, _DAYS[language]) if day else ""
