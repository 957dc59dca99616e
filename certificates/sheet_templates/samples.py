"""Sheets that nobody has earned, to see a template by: the shortest, the longest, each script."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from certificates.models import ATTENDANCE, CertificateTemplate, Sheet
from certificates.models.template import USUAL_SAMPLE
from certificates.sheet_templates.choosing import last_day

_NOBODY = UUID(int=0)
_LONG_EN = "Trafficking in human beings: recognise, refer, protect, and what changed in the law"
_LONG_SR = "Трговина људима: препознати, упутити, заштитити, и шта се у пропису променило"
_FIELDS: dict[str, dict[str, Any]] = {
    USUAL_SAMPLE: {"name_cyrillic": "Јелена Узорковић", "name_latin": "Jelena Uzorković"},
    "short": {
        "name_cyrillic": "Ана Узор",
        "name_latin": "Ana Uzor",
        "course_title_en": "Core",
        "course_title_sr": "Основе",
        "score_band": "",
    },
    "long": {
        "name_cyrillic": "Александра-Магдалена Љубисављевић Његошев-Ђурђевић",
        "name_latin": "Aleksandra-Magdalena Ljubisavljević Njegošev-Đurđević",
        "course_title_en": f"{_LONG_EN} for inspectors",
        "course_title_sr": f"{_LONG_SR} за инспекторе",
        "score_band": "90–100",
        "edition": 12,
    },
    "latin": {"name_cyrillic": "", "name_latin": "Gëzim Szűcs-Çelaj, Ʒanel Őrségi"},
    "renewed": {
        "name_cyrillic": "Јелена Узорковић",
        "name_latin": "Jelena Uzorković",
        "refresher_title_en": "Trafficking in human beings: what has changed",
        "refresher_title_sr": "Трговина људима: шта је ново",
        "refresher_minutes": 40,
        "corrects": "PTK-2026-0000000",
    },
}


def sample_sheet(template: CertificateTemplate, name: str) -> Sheet:
    """Return an invented sheet of a template, not stored; `name` is one of SAMPLES."""
    today = timezone.localdate()
    usual = {
        "registration": _NOBODY,
        "serial": f"PTK-{today.year}-0000000",
        "code": "0000-0000-0000",
        "course_title_en": "Trafficking in human beings: recognise, refer, protect",
        "course_title_sr": "Трговина људима: препознати, упутити, заштитити",
        "certificate_class": template.certificate_class,
        "score_band": "80–89",
        "edition": 1,
        "minutes": 150,
        "law_as_of": _month_before(today),
        "completed_on": today,
        "valid_until": last_day(today, template.validity_months),
        "issuer": settings.ISSUER,
        "issued_at": timezone.now(),
        "modules": _modules(),
    }
    fields = usual | _FIELDS[name]
    if "refresher_title_en" in fields:
        fields["renewed_on"] = today
    if template.certificate_class == ATTENDANCE:
        fields["score_band"] = ""
    return Sheet(**fields)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _modules() -> list[dict[str, Any]]:
    titles = (
        ("What trafficking is, and what it is not", "Шта трговина људима јесте, а шта није"),
        (
            "Recognise: indicators and the first conversation",
            "Препознати: показатељи и први разговор",
        ),
        ("Refer and protect", "Упутити и заштитити"),
    )
    return [
        {"key": str(_NOBODY), "title": {"en": english, "sr": serbian}, "minutes": 50}
        for english, serbian in titles
    ]
