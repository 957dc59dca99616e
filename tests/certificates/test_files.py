"""Produced files, opened by programs that are not ours, before and after sealing."""

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image
from weasyprint import HTML

from certificates.attached import Attached
from certificates.compact import read_compact
from certificates.design import PORTRAIT, USUAL, Hand, Words
from certificates.drawing import draw_sheet
from certificates.keys import published_keys
from certificates.models import ACHIEVEMENT, template_storage
from certificates.models.template import TEMPLATE_PICTURES
from certificates.paper import verification_url
from certificates.qr_picture import QrPicture
from certificates.rendering import render_sheet
from certificates.sealing import seal
from config.bootstrap.pdf_tools import missing_groups, missing_packages
from tests.certificates.timestamps import TimestampService
from tests.certificates.verapdf import broken_rules
from tests.factories.certificate_templates import picture
from tests.factories.certificates import MODULES, sheet
from tests.factories.sheets import ISSUED, sheet_of

zxingcpp = pytest.importorskip("zxingcpp")
_MISSING = [*missing_packages(), *missing_groups()]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.pdf,
    pytest.mark.skipif(bool(_MISSING), reason=f"not on this machine: {', '.join(_MISSING)}"),
]
CREDENTIAL = Attached("credential.jwt", "application/vc+jwt", b"e30.e30.c2ln", "As data")
BADGE = Attached("badge.json", "application/ld+json", b"{}", "As an Open Badge", "Alternative")
LINE = f"1.{'Ab9-' * 60}.{'_x7Z' * 21}ab"  # as long as that of somebody with forty letters
SHEETS: dict[str, dict[str, Any]] = {
    "usual": {},
    "long": {
        "name_cyrillic": "Александра-Магдалена Љубисављевић Његошев-Ђурђевић",
        "name_latin": "Aleksandra-Magdalena Ljubisavljević Njegošev-Đurđević",
        "course_title_en": "Wide words " * 23,
        "course_title_sr": "Широке речи " * 21,
    },
    "Latin only": {"name_cyrillic": "", "name_latin": "Gëzim Çelaj, Szűcs Győző Ödön, Ʒanel"},
    "attendance": {"certificate_class": "attendance"},
    "renewed": {
        "renewed_on": date(2028, 5, 12),
        "refresher_title_en": "What has changed",
        "refresher_title_sr": "Шта је ново",
        "refresher_minutes": 40,
        "corrects": "PTK-2026-0000007",
    },
    "template": {"modules": MODULES * 14, "score_band": "80–89"},
    "template, upright": {"modules": MODULES},
}
HAND = Hand(
    Words("Mira Uzorković", "Мира Узорковић"),
    Words("Head of training", "Руководилац обуке"),
    f"{TEMPLATE_PICTURES}/signature.png",
)
# With everything that a template can say.
WRITTEN = replace(
    USUAL[ACHIEVEMENT],
    partner=Words("With the Sample Academy", "Са Узорном академијом"),
    hands=(HAND, HAND),
    seal=f"{TEMPLATE_PICTURES}/seal.png",
    transcript=True,
)
DESIGNS = {
    "template": WRITTEN,
    "template, upright": replace(WRITTEN, orientation=PORTRAIT, in_latin=True),
}
PAGES = {"template": 4, "template, upright": 2}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each sheet as drawn and as sealed; the usual one also sealed for the long term."""
    folder, service = tmp_path_factory.mktemp("files"), TimestampService()
    for name, size in (("signature", (600, 200)), ("seal", (400, 400))):
        template_storage().save(f"{TEMPLATE_PICTURES}/{name}.png", picture(size=size))
    made: dict[str, bytes] = {}
    for name, fields in SHEETS.items():
        inside, design = [CREDENTIAL, BADGE], DESIGNS.get(name)
        made[name] = render_sheet(sheet_of(**fields), inside, line=LINE, design=design)
        made[f"{name}, sealed"] = seal(made[name], at=ISSUED)
    (folder / "believed.pem").write_bytes(service.pem)
    trusted = {"SEAL_LONG_TERM": True, "SEAL_TRUSTED": folder / "believed.pem"}
    with service.serving() as url, override_settings(SEAL_TIMESTAMP_URL=url, **trusted):
        made["usual, sealed for long"] = seal(made["usual"], at=ISSUED)
    for name, pdf in made.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    return {name: folder / f"{name}.pdf" for name in made}


def said(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def each(files: dict[str, Path]) -> list[Path]:
    assert len(files) == 2 * len(SHEETS) + 1
    return list(files.values())


@pytest.mark.parametrize("profile", ["PDFA_3_A", "PDFUA_1"])
def test_verapdf_finds_nothing(files: dict[str, Path], profile: str) -> None:
    assert {file.stem: broken_rules(file, profile) for file in each(files)} == {
        file.stem: [] for file in each(files)
    }


def test_verapdf_does_find_what_is_wrong(tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    plain = tmp_path / "plain.pdf"
    HTML(string="<p>a page like any other").write_pdf(plain)
    assert broken_rules(plain, "PDFA_3_A")
    assert broken_rules(plain, "PDFUA_1")


def test_qpdf_finds_no_error(files: dict[str, Path]) -> None:
    for file in each(files):
        assert "No syntax or stream encoding errors found" in said("qpdf", "--check", file)


def test_pdfinfo_knows_what_the_file_is(files: dict[str, Path]) -> None:
    for file in each(files):
        about = said("pdfinfo", file)
        assert re.search(r"Tagged: +yes", about)
        assert re.search(r"Title: +Certificate of (achievement|attendance) PTK-2026-0000001", about)
        assert re.search(rf"Pages: +{PAGES.get(file.stem.removesuffix(', sealed'), 1)}\n", about)
        assert re.search(r"JavaScript: +no", about)
        meta = said("pdfinfo", "-meta", file)
        assert re.search(r'pdfaid:part(="|>)3', meta)
        assert re.search(r'pdfaid:conformance(="|>)A', meta)
        assert re.search(r'pdfuaid:part(="|>)1', meta)


def test_qpdf_reads_the_language_and_that_the_title_is_shown(files: dict[str, Path]) -> None:
    for file in each(files):
        objects = json.loads(said("qpdf", "--json", "--json-key=qpdf", file))["qpdf"][1]
        root = objects["obj:" + objects["trailer"]["value"]["/Root"]]["value"]
        assert root["/Lang"] == "u:en"
        assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}


def test_every_font_is_in_the_file_with_a_way_back_to_text(files: dict[str, Path]) -> None:
    for file in each(files):
        fonts = said("pdffonts", file).splitlines()[2:]
        assert fonts
        # name, type, encoding, embedded, subset, can be turned into text, object
        assert all(re.search(r" yes +yes +yes +\d+ +0$", font) for font in fonts)


def test_the_text_can_be_taken_out_in_both_scripts(files: dict[str, Path]) -> None:
    usual = said("pdftotext", files["usual, sealed"], "-")
    for words in (
        "Јелена Узорковић",
        "Jelena Uzorković",
        "Сертификат о успешно завршеном курсу",
        "положен завршни тест · 24. новембра 2026.",
        "7Q4K-M2XD-9RTB",
        "Узорак: без правне важности",
    ):
        assert words in usual
    latin = said("pdftotext", files["Latin only, sealed"], "-")
    assert "Gëzim Çelaj, Szűcs Győző Ödön, Ʒanel" in latin


def test_it_is_read_aloud_in_the_order_of_the_paper(files: dict[str, Path]) -> None:
    tags = said("pdfinfo", "-struct-text", files["usual, sealed"])
    order = ["Putokaz", "Certificate of achievement", "Јелена", "Jelena", "Core", "Issued by"]
    places = [tags.index(f'"{words}') for words in order]
    assert places == sorted(places)
    assert "H1 (block)" in tags
    assert "H2 (block)" in tags


def test_the_data_can_be_taken_out(files: dict[str, Path], tmp_path: Path) -> None:
    said("pdfdetach", "-saveall", "-o", tmp_path, files["usual, sealed for long"])
    assert (tmp_path / "credential.jwt").read_bytes() == CREDENTIAL.content
    assert (tmp_path / "badge.json").read_bytes() == BADGE.content


# What a phone sees at arm's length, and what a scanner does.
@pytest.mark.parametrize("dots_per_inch", [100, 150, 300])
@pytest.mark.parametrize(
    "name", ["usual", "usual, sealed", "long", "template", "template, upright"]
)
def test_the_qr_code_is_read_off_the_page(
    files: dict[str, Path], name: str, dots_per_inch: int, tmp_path: Path
) -> None:
    picture = tmp_path / "page"
    said("pdftoppm", "-r", str(dots_per_inch), "-png", "-singlefile", files[name], picture)
    (found,) = zxingcpp.read_barcodes(Image.open(picture.with_suffix(".png")))
    assert found.text == f"{settings.SITE_URL}/verify/7Q4K-M2XD-9RTB#{LINE}"
    corners = found.position.top_left.x, found.position.top_right.x
    across = (corners[1] - corners[0]) / dots_per_inch * 25.4
    assert across / QrPicture(*found.text.split("#")).get_intrinsic_size()[0] >= 0.33


@pytest.mark.django_db
def test_what_is_read_off_the_page_is_the_certificate(tmp_path: Path) -> None:
    drawn = sheet()
    (tmp_path / "page.pdf").write_bytes(draw_sheet(drawn, at=ISSUED).pdf)
    said("pdftoppm", "-r", "150", "-png", "-singlefile", tmp_path / "page.pdf", tmp_path / "page")
    (found,) = zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))
    address, _, line = found.text.partition("#")
    assert address == verification_url(drawn)
    read = read_compact(line, published_keys())
    assert (read.code, read.serial) == (drawn.code, drawn.serial)
    assert (read.name_cyrillic, read.name_latin) == (drawn.name_cyrillic, drawn.name_latin)


def test_poppler_finds_the_seal_valid_and_the_whole_file_under_it(files: dict[str, Path]) -> None:
    for name, file in files.items():
        if not name.endswith("sealed"):
            continue
        found = said("pdfsig", "-nocert", file)
        assert "Signature is Valid" in found
        assert "Total document signed" in found
        assert "ETSI.CAdES.detached" in found
