"""What the next edition of a course would promise that the current one does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from courses.editions import current_edition, draft_edition
from courses.missing import Missing, missing_in
from courses.models import CoursePage, Edition

Line = dict[str, Any]


@dataclass(frozen=True)
class EditionChange:
    """One difference: what it is about, what is promised now, what would be."""

    about: str
    now: str
    then: str


@dataclass(frozen=True)
class NextEdition:
    """The edition there is (if any), the number of the next, what differs, what is missing."""

    current: Edition | None
    number: int
    changes: list[EditionChange]
    missing: list[Missing]

    @property
    def forbids(self) -> list[Missing]:
        """What must be live first: without it nobody can complete the course in that language."""
        return [one for one in self.missing if one.required]

    @property
    def optional(self) -> list[Missing]:
        return [one for one in self.missing if not one.required]


def next_edition(course: CoursePage) -> NextEdition:
    """Return what publishing a new edition would change; no changes, no new edition."""
    draft = draft_edition(course)
    current = current_edition(draft.course_key)
    titles = _titles(draft, current)
    return NextEdition(
        current=current,
        number=current.number + 1 if current else 1,
        changes=list(_changes(current, draft, titles)),
        missing=missing_in([draft])[draft.course_key],
    )


def _changes(
    current: Edition | None, draft: Edition, titles: dict[str, str]
) -> Iterator[EditionChange]:
    if current is None:
        yield EditionChange(_("First edition"), "–", _activities(len(list(draft.activities()))))
        return
    if current.minutes != draft.minutes:
        yield EditionChange(_("Length"), _minutes(current.minutes), _minutes(draft.minutes))
    if current.law_as_of != draft.law_as_of:
        yield EditionChange(
            _("Law as of"),
            date_format(current.law_as_of, "SHORT_DATE_FORMAT"),
            date_format(draft.law_as_of, "SHORT_DATE_FORMAT"),
        )
    if current.refresher_of != draft.refresher_of:
        yield EditionChange(
            _("Refresher of"),
            _course(current.refresher_of, titles),
            _course(draft.refresher_of, titles),
        )
    yield from _modules(current, draft, titles)
    before, after = _lines(current), _lines(draft)
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _line_changes(titles.get(key, key), before.get(key), after.get(key))
    common = before.keys() & after.keys()
    if [k for k in before if k in common] != [k for k in after if k in common]:
        yield EditionChange(_("Order of the activities"), _("as it was"), _("changed"))


def _modules(current: Edition, draft: Edition, titles: dict[str, str]) -> Iterator[EditionChange]:
    before = [module["key"] for module in current.modules]
    after = [module["key"] for module in draft.modules]
    for key in after:
        if key not in before:
            yield EditionChange(_module(key, titles), "–", _("new module"))
    for key in before:
        if key not in after:
            yield EditionChange(_module(key, titles), _("module"), _("gone"))
    common = set(before) & set(after)
    if [k for k in before if k in common] != [k for k in after if k in common]:
        yield EditionChange(_("Order of the modules"), _("as it was"), _("changed"))


def _line_changes(title: str, now: Line | None, then: Line | None) -> Iterator[EditionChange]:
    if now is None or then is None:
        yield EditionChange(
            title,
            _describe(now) if now else "–",
            _("new: %(what)s") % {"what": _describe(then)} if then else _("gone"),
        )
        return
    if _describe(now) != _describe(then):
        yield EditionChange(title, _describe(now), _describe(then))
    if now["module"] != then["module"]:
        yield EditionChange(title, _in_module(now), _in_module(then))


def _lines(edition: Edition) -> dict[str, Line]:
    """Return the activities by key, each with the number of its module and whether it counts."""
    counted = set(edition.rule["result"])
    return {
        activity["key"]: activity | {"module": number, "counts": activity["key"] in counted}
        for number, module in enumerate(edition.modules, start=1)
        for activity in module["activities"]
    }


def _describe(line: Line) -> str:
    parts = [_minutes(line["minutes"]), _("required") if line["required"] else _("optional")]
    if line["counts"]:
        parts.append(_("its score is the result"))
    return ", ".join(parts)


def _in_module(line: Line) -> str:
    return _("in module %(number)d") % {"number": line["module"]}


def _minutes(minutes: int) -> str:
    return ngettext("%(minutes)d min", "%(minutes)d min", minutes) % {"minutes": minutes}


def _activities(count: int) -> str:
    return ngettext("%(count)d activity", "%(count)d activities", count) % {"count": count}


def _module(key: str, titles: dict[str, str]) -> str:
    return _("Module “%(title)s”") % {"title": titles.get(key, key)}


def _course(key: UUID | None, titles: dict[str, str]) -> str:
    return titles.get(str(key), str(key)) if key else "–"


def _titles(*editions: Edition | None) -> dict[str, str]:
    """Return the titles of modules, activities and courses, also of pages no longer live."""
    keys = set()
    for edition in editions:
        if edition:
            keys |= {module["key"] for module in edition.modules}
            keys |= {activity["key"] for activity in edition.activities()}
            keys |= {str(edition.refresher_of)} if edition.refresher_of else set()
    pages = Page.objects.filter(translation_key__in=keys).order_by("-locale__language_code")
    return {str(page.translation_key): page.title for page in pages}
