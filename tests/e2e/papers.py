"""Pictures of certificates as they are printed, beside those of pages: long names, each script."""

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from certificates.design import PORTRAIT, USUAL, Hand, Words
from certificates.models import ACHIEVEMENT, ATTENDANCE, template_storage
from certificates.models.template import TEMPLATE_PICTURES
from certificates.rendering import render_sheet
from config.demo.files import folder
from tests.factories.certificate_templates import dark_seal
from tests.factories.sheets import sheet_of

_DPI = "60"
_MODULES = [
    {"key": str(number), "title": {"en": english, "sr": serbian}, "minutes": 45 + 5 * number}
    for number, (english, serbian) in enumerate(
        (
            ("What trafficking is, and what it is not", "Шта трговина људима јесте, а шта није"),
            ("Recognise what one sees", "Препознати оно што се види"),
            ("Refer and protect", "Упутити и заштитити"),
            ("Work together", "Радити заједно"),
        )
    )
]
_TITLES = {
    "course_title_en": "Trafficking in human beings: recognise, refer, protect",
    "course_title_sr": "Трговина људима: препознати, упутити, заштитити",
}
_LONG = {
    "name_cyrillic": "Александра-Магдалена Љубисављевић Његошев-Ђурђевић",
    "name_latin": "Aleksandra-Magdalena Ljubisavljević Njegošev-Đurđević",
    "course_title_en": f"{_TITLES['course_title_en']}, and what changed in the law for inspectors",
    "course_title_sr": f"{_TITLES['course_title_sr']}, и шта се у пропису променило за инспекторе",
    "score_band": "90–100",
    "valid_until": date(2029, 11, 24),
}
_RENEWED = {
    "renewed_on": date(2029, 10, 2),
    "refresher_title_en": "What changed in the law",
    "refresher_title_sr": "Шта се у пропису променило",
    "refresher_minutes": 40,
    "law_as_of": date(2029, 9, 1),
    "valid_until": date(2032, 10, 2),
}
_HAND = Hand(
    Words("Mira Uzorković", "Мира Узорковић"),
    Words("Head of training (sample)", "Руководилац обуке (узорак)"),
    f"{TEMPLATE_PICTURES}/signature.png",
)
_WRITTEN = replace(
    USUAL[ACHIEVEMENT],
    partner=Words("With the Sample Academy", "Са Узорном академијом"),
    hands=(_HAND, _HAND),
    seal=f"{TEMPLATE_PICTURES}/seal.png",
    transcript=True,
)
PAPERS: dict[str, tuple[dict[str, Any], Any]] = {
    "usual": ({}, None),
    "attendance": ({"certificate_class": ATTENDANCE}, None),
    "long": (_LONG, None),
    "latin": ({"name_cyrillic": "", "name_latin": "Gëzim Szűcs-Çelaj, Ʒanel Őrségi"}, None),
    "template": ({"score_band": "80–89", "valid_until": date(2029, 11, 24)}, _WRITTEN),
    "template-long": (_LONG, _WRITTEN),
    "renewed": (_RENEWED, replace(_WRITTEN, transcript=False)),
    "corrected": ({"corrects": "PTK-2026-0000001", "serial": "PTK-2026-0000002"}, None),
    "template-upright-latin": (
        {"score_band": "80–89"},
        replace(_WRITTEN, orientation=PORTRAIT, in_latin=True),
    ),
}


def take_papers(target: Path) -> Iterator[str]:
    """Draw each certificate and take a picture of every page; yield each file's name."""
    signature = folder() / "drawings" / "signature.png"
    for name, content in (("signature", signature.read_bytes()), ("seal", dark_seal())):
        template_storage().delete(f"{TEMPLATE_PICTURES}/{name}.png")
        template_storage().save(f"{TEMPLATE_PICTURES}/{name}.png", ContentFile(content))
    with tempfile.TemporaryDirectory() as made:
        for name, (fields, design) in PAPERS.items():
            sheet = sheet_of(**({"modules": _MODULES} | _TITLES | fields))
            pdf = Path(made) / f"sheet-{name}.pdf"
            pdf.write_bytes(render_sheet(sheet, design=design))
            command = ("pdftoppm", "-r", _DPI, "-png", pdf, target / pdf.stem)
            subprocess.run(command, check=True)
            yield pdf.stem
