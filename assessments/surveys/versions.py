"""The questions of a survey, frozen: what was asked once is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Survey, SurveyVersion
from cms.published import kept
from people.models.institution import in_active_language

SCALE, CHOICE = "scale", "choice"
RECOMMENDS_FROM = 4  # who agrees mostly or fully
POINTS = {
    "1": _("Not at all"),
    "2": _("Rather not"),
    "3": _("Partly"),
    "4": _("Mostly"),
    "5": _("Fully"),
}


@dataclass(frozen=True)
class Option:
    """An answer to choose, with its words in the active language."""

    key: str
    words: str


@dataclass(frozen=True)
class Asked:
    """A question as it was frozen."""

    frozen: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.frozen["key"])

    @property
    def words(self) -> str:
        """The question in the active language."""
        return _in_words(self.frozen)

    @property
    def is_scale(self) -> bool:
        return bool(self.frozen["type"] == SCALE)

    @property
    def recommends(self) -> bool:
        return bool(self.frozen.get("recommends"))

    @property
    def several(self) -> bool:
        return bool(self.frozen.get("several"))

    @property
    def optional(self) -> bool:
        return bool(self.frozen.get("optional"))

    @property
    def options(self) -> list[Option]:
        """The answers in their order."""
        if self.is_scale:
            return [Option(key, str(words)) for key, words in POINTS.items()]
        return [Option(one["key"], _in_words(one)) for one in self.frozen["options"]]


def questions_of(version: SurveyVersion) -> list[Asked]:
    """Return the questions in their order."""
    return [Asked(one) for one in version.questions]


def needed_words(asked: list[Asked]) -> str:
    """Say which questions need an answer."""
    open_ones = [number for number, one in enumerate(asked, start=1) if one.optional]
    if not open_ones:
        return gettext("All of them need an answer.")
    if open_ones == [len(asked)]:
        return gettext("All but the last need an answer.")
    return gettext("All need an answer, but for those that say that you may leave them open.")


def newest_version(kind: str) -> SurveyVersion | None:
    """Return what is asked now; None while the survey is not offered."""
    return kept(("survey", kind), lambda: _newest(kind))


def version_with(*, kind: str, number: str) -> SurveyVersion | None:
    """Return a version by its number, as a form has sent it."""
    found = SurveyVersion.objects.filter(kind=kind)
    return found.filter(number=number).first() if number.isdecimal() else None


def freeze(survey: Survey, *, at: datetime) -> SurveyVersion:
    """Begin a new version, unless the questions are those of the newest one."""
    questions = [_frozen(block) for block in survey.questions]
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        newest = SurveyVersion.objects.filter(kind=survey.kind).order_by("number").last()
        if newest and newest.questions == questions:
            return newest
        return SurveyVersion.objects.create(
            kind=survey.kind,
            number=newest.number + 1 if newest else 1,
            questions=questions,
            made_at=at,
        )


def _newest(kind: str) -> SurveyVersion | None:
    if not Survey.objects.filter(kind=kind, is_offered=True).exists():
        return None
    return SurveyVersion.objects.filter(kind=kind).order_by("number").last()


def _frozen(block: Any) -> dict[str, Any]:
    value = block.value
    frozen = {"key": block.id, "type": block.block_type, "en": value["en"], "sr": value["sr"]}
    if block.block_type == SCALE:
        return frozen | {"recommends": bool(value["recommends"])}
    options = [
        {"key": one.id, "en": one.value["en"], "sr": one.value["sr"]}
        for one in value["options"].bound_blocks
    ]
    chosen = {"several": bool(value["several"]), "optional": bool(value["optional"])}
    return frozen | chosen | {"options": options}


def _in_words(frozen: Mapping[str, Any]) -> str:
    return in_active_language(en=frozen["en"], sr=frozen["sr"])
