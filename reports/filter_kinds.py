"""Each filter of a report, declared once: how it is read, what it asks of the database, its words.

Conditions are plain ones on the columns of an enrolment, so that they can also be asked of rows
in hand.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Cohort, Edition
from people.models import Institution, Mandate, Profession
from reports.cohorts_within import cohorts_within
from reports.mandated import as_any, at_any
from reports.titles import titles_of

# Serbian says what became of an enrolment with another word than when it did.
STATUSES = {
    "enrolled": pgettext_lazy("state of an enrolment", "Enrolled"),
    "started": pgettext_lazy("state of an enrolment", "Started"),
    "completed": pgettext_lazy("state of an enrolment", "Completed"),
    "withdrawn": pgettext_lazy("state of an enrolment", "Withdrawn"),
}
LANGUAGES = {"en": _("English"), "sr": _("Serbian")}
_STATES = {
    "completed": Q(completed_at__isnull=False),
    "withdrawn": Q(completed_at=None, withdrawn_at__isnull=False),
    "started": Q(completed_at=None, withdrawn_at=None, started_at__isnull=False),
    "enrolled": Q(completed_at=None, withdrawn_at=None, started_at=None),
}


@dataclass(frozen=True)
class Kind:
    """One filter. `parse` raises ValueError; `words` may be empty where nothing is known.

    `is_typed`: its words are somebody's own, and no script is converted.
    """

    label: str | Promise
    parse: Callable[[str], Any]
    is_known: Callable[[Any], bool]
    condition: Callable[[Any], Q]
    words: Callable[[Any, Mandate], str]
    is_typed: bool = False


def _of_institution(key: UUID) -> Q:
    """Everything below it counts."""
    return at_any(subtree(key))


def subtree(key: UUID) -> list[UUID]:
    """Return the keys of an institution and of all below it, as the tree is now."""
    root = Institution.objects.filter(key=key).first()
    if root is None:
        return []
    tree = Institution.objects.filter(path__startswith=root.path)
    return list(tree.values_list("key", flat=True))


def _one_of(values: Collection[str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in values:
            raise ValueError(value)
        return value

    return parse


def _profession_words(key: str, mandate: Mandate) -> str:
    found = Profession.objects.filter(key=key).first()
    return found.name if found else ""


def _institution_words(key: UUID, mandate: Mandate) -> str:
    found = Institution.objects.filter(key=key).first()
    return found.name if found else ""


def _course_words(key: UUID, mandate: Mandate) -> str:
    return titles_of([key]).get(key, "")


def _cohort_words(key: UUID, mandate: Mandate) -> str:
    """A cohort has a name only for whoever may see somebody of it."""
    found = cohorts_within(mandate, Cohort.objects.filter(key=key)).first()
    return found.name if found else ""


KINDS: Mapping[str, Kind] = {
    "profession": Kind(
        label=_("Profession"),
        parse=str,
        is_known=lambda key: Profession.objects.filter(key=key).exists(),
        condition=lambda key: as_any([key]),
        words=_profession_words,
    ),
    "institution": Kind(
        label=_("Institution, with all below it"),
        parse=UUID,
        is_known=lambda key: Institution.objects.filter(key=key).exists(),
        condition=_of_institution,
        words=_institution_words,
    ),
    "course": Kind(
        label=_("Course"),
        parse=UUID,
        is_known=lambda key: Edition.objects.filter(course_key=key).exists(),
        condition=lambda key: Q(course_key=key),
        words=_course_words,
    ),
    "cohort": Kind(
        label=_("Cohort"),
        parse=UUID,
        is_known=lambda key: Cohort.objects.filter(key=key).exists(),
        condition=lambda key: Q(cohort_key=key),
        words=_cohort_words,
        is_typed=True,
    ),
    "status": Kind(
        label=_("Status"),
        parse=_one_of(STATUSES),
        is_known=lambda key: key in STATUSES,
        condition=lambda key: _STATES[key],
        words=lambda key, mandate: str(STATUSES[key]),
    ),
    "training_language": Kind(
        label=_("Language of training"),
        parse=_one_of(LANGUAGES),
        is_known=lambda key: key in LANGUAGES,
        condition=lambda key: Q(language=key),
        words=lambda key, mandate: str(LANGUAGES[key]),
    ),
}
