"""What the keys in rows are called today, in every language: looked up, and no part of the feed.

To be called otherwise is no change of a row: a new name of a ministry would be a change of each of
its hundred thousand rows. A copy keeps keys, and this table beside them.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import override

from courses.models import Cohort, CoursePage, Edition
from people.models import Function, Institution, Mandate, Profession
from reports.asking import LANGUAGES
from reports.mandated import enrolments_within
from serbian import in_script

Names = dict[str, str]


def names(mandate: Mandate) -> dict[str, list[dict[str, Any]]]:
    """Return what everything is called that rows have keys of; cohorts of the mandate alone."""
    return {
        "courses": _courses(),
        "professions": _words(Profession.objects.order_by("key")),
        "functions": _words(Function.objects.order_by("key")),
        "institutions": _institutions(),
        "cohorts": _cohorts(mandate),
    }


def _words(found: Iterable[Profession | Function]) -> list[dict[str, Any]]:
    return [{"key": one.key, "names": _in_all(one)} for one in found]


def _in_all(one: Profession | Function | Institution) -> Names:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = in_script(one.name, language)
    return found


def _courses() -> list[dict[str, Any]]:
    """Return the courses that were ever published, by their permanent keys."""
    published = Edition.objects.values("course_key")
    pages = CoursePage.objects.filter(translation_key__in=published).order_by("translation_key")
    titles: dict[UUID, Names] = {}
    for key, language, title in pages.values_list(
        "translation_key", "locale__language_code", "title"
    ):
        titles.setdefault(key, {})[language] = title
    return [{"key": str(key), "names": _of_course(said)} for key, said in titles.items()]


def _of_course(titles: Names) -> Names:
    """A course that is not there in a language is called as in the other."""
    english, serbian = titles.get("en"), titles.get("sr")
    return {
        language: in_script(
            (english if language == "en" else serbian) or english or serbian or "", language
        )
        for language in LANGUAGES
    }


def _institutions() -> list[dict[str, Any]]:
    """Return the tree: who moved has another parent."""
    found = list(Institution.objects.order_by("path"))
    by_path = {one.path: str(one.key) for one in found}
    return [
        {
            "key": str(one.key),
            "names": _in_all(one),
            "parent": by_path.get(one.path[: -Institution.steplen]),
        }
        for one in found
    ]


def _cohorts(mandate: Mandate) -> list[dict[str, Any]]:
    """Return the cohorts of which the mandate sees somebody; a tutor typed their names."""
    seen = enrolments_within(mandate).filter(cohort_key=OuterRef("key"))
    cohorts = Cohort.objects.filter(Exists(seen)).order_by("key")
    return [{"key": str(one.key), "name": one.name} for one in cohorts]
