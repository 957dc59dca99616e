"""From one sheet to the one in its place: what is handed on, and that there is never more than one.

A certificate is corrected, renewed or revoked once. Who is about to do so holds its sheet.
"""

from typing import Any
from uuid import UUID

from certificates.models import Certificate, Sheet

_LASTING = (
    "course_title_en",
    "course_title_sr",
    "name_cyrillic",
    "name_latin",
    "certificate_class",
    "score_band",
    "modules",
    "edition",
    "minutes",
    "law_as_of",
    "completed_on",
    "valid_until",
    "template_revision",
    "renewed_on",
    "refresher_key",
    "refresher_edition",
    "refresher_title_en",
    "refresher_title_sr",
    "refresher_minutes",
)


def handed_on(sheet: Sheet) -> dict[str, Any]:
    """Return the fields that the sheet in its place has as well, unless it says otherwise."""
    return {name: getattr(sheet, name) for name in _LASTING}


def hold(key: UUID) -> bool:
    """Let nobody else decide about a certificate in this transaction; say whether it stands."""
    list(Sheet.objects.select_for_update().filter(key=key).values_list("key"))
    return Certificate.objects.standing().filter(key=key).exists()


def is_being_replaced(key: UUID) -> bool:
    """Say whether a sheet in its place has been begun."""
    return Sheet.objects.filter(replaces=key).exists()
