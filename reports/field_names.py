"""What the fields of the pages are called that an address calls by its parameters."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.filter_errors import UnreadableFilter
from reports.filter_kinds import KINDS

FIELDS: Mapping[str, str | Promise] = {
    **{name: kind.label for name, kind in KINDS.items()},
    "period": _("Counted by the day of"),
    "days": _("Days"),
    "first_day": _("First day"),
    "last_day": _("Last day"),
    "as_of": _("As it stood on"),
    "since": _("Since the end of"),
    "until": _("Until the end of"),
}


def said_on_page(wrong: UnreadableFilter) -> str:
    """Return what is wrong with a filter in the words of the page, in the active language."""
    return wrong.called(FIELDS)
