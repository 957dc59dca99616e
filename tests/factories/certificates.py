"""Certificates as issued, without anybody who earned them: for what is made of their fields."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from certificates.models import ACHIEVEMENT, Sheet

COURSE = UUID("3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a001")
MODULES = [
    {
        "key": "3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a002",
        "title": {"en": "Recognise", "sr": "Препознајте"},
        "minutes": 90,
    },
    {
        "key": "3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a003",
        "title": {"en": "Refer", "sr": "Упутите"},
        "minutes": 60,
    },
]


def sheet(**fields: Any) -> Sheet:
    """Return a sheet that is not stored, with every field filled in."""
    usual = {
        "key": UUID("3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a004"),
        "registration": UUID("3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a005"),
        "serial": "PTK-2026-0000042",
        "code": "ABCD-EFGH-JKMN",
        "name_cyrillic": "Јелена Узорковић",
        "name_latin": "Jelena Uzorković",
        "course_title_en": "Core course",
        "course_title_sr": "Основни курс",
        "course_key": COURSE,
        "certificate_class": ACHIEVEMENT,
        "score_band": "80–89",
        "modules": MODULES,
        "edition": 3,
        "minutes": 390,
        "law_as_of": date(2026, 9, 1),
        "completed_on": date(2026, 11, 24),
        "valid_until": date(2029, 11, 24),
        "issuer": "Putokaz",
        "issued_at": datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC),
    }
    return Sheet(**(usual | fields))
