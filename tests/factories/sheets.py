"""Sheets of certificates that nobody has earned, to be drawn and sealed."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from certificates.models import Sheet

ISSUED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def sheet_of(**fields: Any) -> Sheet:
    """Return a sheet, not stored; what is not said is as on any other."""
    usual = {
        "registration": uuid4(),
        "serial": "PTK-2026-0000001",
        "code": "7Q4K-M2XD-9RTB",
        "name_cyrillic": "Јелена Узорковић",
        "name_latin": "Jelena Uzorković",
        "course_title_en": "Core",
        "course_title_sr": "Основни курс",
        "edition": 1,
        "minutes": 95,
        "law_as_of": date(2026, 11, 1),
        "completed_on": date(2026, 11, 24),
        "issuer": "Invented Institute",
        "issued_at": ISSUED,
    }
    return Sheet(**(usual | fields))
