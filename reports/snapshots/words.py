"""What a snapshot shows, in words of today: its filters, and the names behind keys."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages import content_language
from courses.models import CoursePage
from people.models import Institution, Profession
from reports.filters import STATUSES

_LABELS: dict[str, str | Promise] = {
    "profession": _("Profession"),
    "institution": _("Institution, with all below it"),
    "course": _("Course"),
    "status": _("Status"),
    "completed_from": _("Completed from"),
    "completed_to": _("Completed to"),
}


def described(filters: dict[str, str]) -> list[tuple[str, str]]:
    """Return the name and the value of each filter; of one without words what the address says."""
    return [(str(_LABELS.get(name, name)), _said(name, value)) for name, value in filters.items()]


def course_titles(keys: Iterable[str]) -> dict[str, str]:
    """Return the titles of courses; English where the active language has none."""
    pages = CoursePage.objects.filter(
        translation_key__in=[UUID(key) for key in keys],
        locale__language_code__in={"en", content_language()},
    ).order_by("locale__language_code")
    found = {str(page.translation_key): page.title for page in pages}
    if content_language() == "en":
        return found
    own = {str(p.translation_key): p.title for p in pages if p.locale.language_code != "en"}
    return found | own


def profession_names(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of professions."""
    return {one.key: one.name for one in Profession.objects.filter(key__in=list(keys))}


def _said(name: str, value: str) -> str:
    if name == "profession":
        return profession_names([value]).get(value, value)
    if name == "institution":
        found = Institution.objects.filter(key=value).first()
        return found.name if found else value
    if name == "course":
        return course_titles([value]).get(value, value)
    if name == "status":
        return str(STATUSES.get(value, value))
    day = parse_date(value) if name.startswith("completed_") else None
    return date_format(day) if day else value
