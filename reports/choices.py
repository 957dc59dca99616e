"""What the filters of a report can be set to, within a mandate.

Lists stay short: what is too long for a list is searched by its name, in either script.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from cms.languages import content_language
from courses.models import Cohort, CoursePage, Edition
from people.institutions import in_tree_order
from people.mandates import institution_keys, profession_keys
from people.models import Institution, Mandate, Profession
from reports.cohorts_within import cohorts_within
from reports.filter_kinds import KINDS, LANGUAGES, STATUSES
from reports.filters import Filters
from serbian import fold, sort_key

# More than so many are searched for, not listed; and so many are listed of what was found.
LISTED, FOUND = 200, 50


@dataclass(frozen=True)
class Option:
    """One value of a filter. What somebody typed is never converted to another script."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A filter as a list to choose from. `is_long`: it is searched; `typed` is what for."""

    name: str
    label: str | Promise
    options: list[Option]
    chosen: str = ""
    is_typed: bool = False
    is_long: bool = False
    typed: str = ""
    found: int | None = None

    @property
    def only(self) -> str:
        """What the search has led to: what was chosen of it, or the one thing that it found."""
        return self.chosen or (self.options[0].value if self.found == 1 else "")


@dataclass
class _Asked:
    """Who asks, and what has been chosen and typed so far."""

    mandate: Mandate
    filters: Filters
    query: Mapping[str, str] = field(default_factory=dict)

    def searched(self, name: str) -> str:
        return self.query.get(f"find_{name}", "").strip()


def fields_for(mandate: Mandate, filters: Filters, query: Mapping[str, str]) -> list[Field]:
    """Return each filter with what it can be set to; `query` holds what is searched for."""
    asked = _Asked(mandate, filters, query)
    return [_FIELDS[name](asked) for name in KINDS]


def _professions(asked: _Asked) -> Field:
    seen = Profession.objects.filter(key__in=profession_keys(asked.mandate)).order_by("order")
    return _listed("profession", asked, [Option(one.key, one.name) for one in seen])


def _institutions(asked: _Asked) -> Field:
    within = Institution.objects.filter(key__in=institution_keys(asked.mandate))
    if within.count() <= LISTED:
        options = [Option(str(one.key), one.indented) for one in in_tree_order(within)]
        return _listed("institution", asked, options)
    names = within.values_list("key", "name_sr", "name_en")
    return _searched("institution", asked, names, lambda keys: _named(within, keys))


def _courses(asked: _Asked) -> Field:
    published = Edition.objects.values("course_key")
    pages = CoursePage.objects.filter(
        locale__language_code=content_language(), translation_key__in=published
    ).values_list("translation_key", "title")
    ordered = sorted(pages, key=lambda one: sort_key(one[1], get_language()))
    return _listed("course", asked, [Option(str(key), title) for key, title in ordered])


def _cohorts(asked: _Asked) -> Field:
    """Of the course, if one is chosen; those of whom the mandate sees somebody."""
    course = asked.filters.course
    every = Cohort.objects.filter(course_key=course) if course else Cohort.objects.all()
    if every.count() <= LISTED:
        options = [_cohort(one) for one in cohorts_within(asked.mandate, every)]
        return _listed("cohort", asked, options)
    names = every.values_list("key", "name")

    def options_of(keys: list[UUID]) -> list[Option]:
        return [_cohort(one) for one in cohorts_within(asked.mandate, every.filter(key__in=keys))]

    return _searched("cohort", asked, names, options_of)


def _statuses(asked: _Asked) -> Field:
    return _listed("status", asked, [Option(key, str(label)) for key, label in STATUSES.items()])


def _languages(asked: _Asked) -> Field:
    options = [Option(key, str(label)) for key, label in LANGUAGES.items()]
    return _listed("training_language", asked, options)


_FIELDS: Mapping[str, Callable[[_Asked], Field]] = {
    "profession": _professions,
    "institution": _institutions,
    "course": _courses,
    "cohort": _cohorts,
    "status": _statuses,
    "training_language": _languages,
}


def _listed(name: str, asked: _Asked, options: list[Option]) -> Field:
    """Return a list in which what is chosen stands, also where nobody can choose it any more."""
    kind, value = KINDS[name], getattr(asked.filters, name)
    # Where another filter cannot be read, what was chosen here is still chosen.
    chosen = str(value) if value else asked.query.get(name, "")
    if value and chosen not in {one.value for one in options}:
        options = [*options, Option(chosen, kind.words(value, asked.mandate) or "–")]
    return Field(name, kind.label, options, chosen, kind.is_typed)


def _searched(
    name: str,
    asked: _Asked,
    names: Iterable[tuple[Any, ...]],
    options_of: Callable[[list[UUID]], list[Option]],
) -> Field:
    """Return a list of what is chosen and of what the search finds."""
    wanted = asked.searched(name)
    if not wanted:
        return replace(_listed(name, asked, []), is_long=True)
    folded = fold(wanted)
    keys = [key for key, *said in names if any(folded in fold(one) for one in said)]
    options = options_of(keys[: 4 * FOUND])[:FOUND]
    kind, value = KINDS[name], str(getattr(asked.filters, name) or "")
    chosen = value if value in {one.value for one in options} else ""
    return Field(name, kind.label, options, chosen, kind.is_typed, True, wanted, len(options))


def _named(within: QuerySet[Institution], keys: list[UUID]) -> list[Option]:
    """Each with the name of what it belongs to: there are many basic courts."""
    found = list(within.filter(key__in=keys))
    above = {one.path[: -Institution.steplen] for one in found if not one.is_root()}
    parents = {one.path: one.name for one in Institution.objects.filter(path__in=above)}
    labels = {
        one: " · ".join(
            part for part in (one.name, parents.get(one.path[: -Institution.steplen])) if part
        )
        for one in found
    }
    ordered = sorted(found, key=lambda one: sort_key(labels[one], get_language()))
    return [Option(str(one.key), labels[one]) for one in ordered]


def _cohort(one: Cohort) -> Option:
    return Option(str(one.key), one.name)
