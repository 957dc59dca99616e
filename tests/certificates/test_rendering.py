"""The sheet as a file: what it holds, what it says of itself, and that everything fits on it."""

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.conf import settings
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates import rendering
from certificates.attached import Attached
from certificates.design import LANDSCAPE, PORTRAIT, USUAL, Design, Hand, Words, design_for
from certificates.models import ACHIEVEMENT, ATTENDANCE, Sheet
from certificates.paper import sheet_html
from certificates.qr_picture import LARGEST, QrPicture
from certificates.renderer import LetterMissing, SheetRunsOver
from certificates.rendering import lay_out, render_sheet
from tests.factories.sheets import sheet_of

CSS = settings.BASE_DIR / "static" / "css" / "certificate.css"
CREDENTIAL = Attached(
    name="credential.jwt",
    media_type="application/vc+jwt",
    content=b"eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
    description="The certificate as data",
)
# As they stand in passports of Serbia's minorities and neighbours.
NAMES = (
    ("Ђурђица Њежић-Џомба", "Đurđica Nježić-Džomba"),
    ("Ѓорѓи Ќосев Ѕвездов", "Gjorgji Ćosev"),
    ("Катерина Ґалаґан Їжакевич", "Kateryna Galagan"),
    ("", "Gëzim Çelaj Krasniqë"),
    ("", "Szűcs Győző Ödön, Őrségi Ágnes"),
    ("", "Śukar Ćirpaćoski Żiga, Ʒanel Ǎrad Ëna"),
    ("", "Ștefan Țepeneag, Ľubica Ŕehák, İpek Yıldız Ağa"),
)


class File:
    """A drawn file, opened."""

    def __init__(self, pdf: bytes) -> None:
        self.catalog: Any = PdfFileReader(BytesIO(pdf)).root

    @property
    def tags(self) -> list[Any]:
        """Every element of the structure, in the order in which it is read aloud."""
        return list(self._below(self.catalog["/StructTreeRoot"]["/K"]))

    @property
    def fonts(self) -> list[Any]:
        fonts = self.catalog["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
        return [fonts[name]["/DescendantFonts"][0] for name in fonts]

    def _below(self, kids: Any) -> Any:
        for kid in (one.get_object() for one in kids):
            if isinstance(kid, DictionaryObject) and "/S" in kid:
                yield kid
                yield from self._below(kid.get("/K", []))


@pytest.fixture(scope="module")
def drawn() -> File:
    return File(render_sheet(sheet_of(), [CREDENTIAL]))


def test_drawn_twice_it_is_the_same_file() -> None:
    assert render_sheet(sheet_of(), [CREDENTIAL]) == render_sheet(sheet_of(), [CREDENTIAL])


def test_it_says_what_it_is(drawn: File) -> None:
    said = drawn.catalog["/Metadata"].data.decode()
    for mark in ('pdfaid:part="3"', 'pdfaid:conformance="A"', "<pdfuaid:part>1</pdfuaid:part>"):
        assert mark in said
    assert "Certificate of achievement PTK-2026-0000001: Core" in said
    assert said.count("2026-11-24T09:00:00Z") == 2
    assert said.count("</rdf:RDF>") == 1


def test_its_title_is_shown_and_its_language_known(drawn: File) -> None:
    assert drawn.catalog["/Lang"] == "en"
    assert drawn.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert drawn.catalog["/MarkInfo"]["/Marked"]


def test_a_voice_reads_it_in_order_and_in_the_right_language(drawn: File) -> None:
    read = [(tag["/S"][1:], tag.get("/Lang")) for tag in drawn.tags]
    headings = [name for name, _ in read if re.fullmatch(r"H\d", name)]
    blocks = [language for name, language in read if name in ("P", "H1", "H2")]
    assert headings == ["H1", "H2"]
    assert blocks[:6] == ["en", "en", "sr-Cyrl", "sr-Cyrl", "sr-Latn", "en"]


def test_the_code_in_the_picture_is_told_to_whoever_cannot_see_it(drawn: File) -> None:
    (figure,) = [tag for tag in drawn.tags if tag["/S"] == "/Figure"]
    assert figure["/Alt"].endswith("/verify/7Q4K-M2XD-9RTB")


def test_the_certificate_as_data_lies_inside(drawn: File) -> None:
    (inside,) = (one.get_object() for one in drawn.catalog["/AF"])
    assert (inside["/UF"], inside["/AFRelationship"]) == ("credential.jwt", "/Data")
    assert inside["/Desc"] == "The certificate as data"
    stream = inside["/EF"]["/F"]
    assert stream["/Subtype"] == "/application/vc+jwt"
    assert stream.data == CREDENTIAL.content


@pytest.mark.parametrize(("cyrillic", "latin"), NAMES)
def test_every_letter_of_a_name_is_in_a_font_that_is_in_the_file(cyrillic: str, latin: str) -> None:
    fonts = File(render_sheet(sheet_of(name_cyrillic=cyrillic, name_latin=latin))).fonts
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    # All from our own files, none from what this machine happens to have.
    assert all("Sheet-S" in font["/BaseFont"] for font in fonts)


def test_a_letter_that_no_font_has_is_said_and_not_printed_as_a_box() -> None:
    with pytest.raises(LetterMissing, match="PTK-2026-0000001: no font has \U000f0000"):
        render_sheet(sheet_of(name_latin="Jelena \U000f0000"))


@pytest.mark.parametrize("orientation", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name_cyrillic": "Ж" * 200, "name_latin": "W" * 200},
        {"course_title_en": "Wide words " * 23, "course_title_sr": "Широке речи " * 21},
        {
            "name_cyrillic": "Александра-Магдалена Љубисављевић Његошев-Ђурђевић",
            "name_latin": "Aleksandra-Magdalena Ljubisavljević Njegošev-Đurđević",
            "course_title_en": "Wide words " * 23,
            "course_title_sr": "Широке речи " * 21,
            "issuer": "Institute for the Training of Professionals " * 4,
            "valid_until": date(2029, 11, 24),
            "score_band": "90–100",
        },
    ],
    ids=["usual", "names", "titles", "everything"],
)
def test_the_longest_fits_on_one_page(fields: dict[str, Any], orientation: str) -> None:
    design = replace(USUAL[ACHIEVEMENT], orientation=orientation)
    (page,) = lay_out(sheet_of(**fields), design).pages
    assert (page.width > page.height) == (orientation == LANDSCAPE)


RENEWED = {
    "renewed_on": date(2028, 5, 12),
    "refresher_title_en": "Trafficking in human beings: what has changed",
    "refresher_title_sr": "Трговина људима: шта је ново",
    "refresher_minutes": 40,
    "law_as_of": date(2028, 5, 1),
}


def test_a_renewed_sheet_says_when_and_by_what_in_both_languages() -> None:
    html = html_of(sheet_of(**RENEWED))
    assert (
        "Renewed on 12 May 2028 with the refresher “Trafficking in human beings: what has changed”,"
        " 40 min · updated to the law as of 1 May 2028" in html
    )
    assert (
        "Обновљен 12. маја 2028. курсом обнове знања „Трговина људима: шта је ново“, 40 минута"
        " · усклађен с правом на дан 1. маја 2028." in html
    )
    assert "Corrected on" not in html
    assert "Renewed" not in html_of(sheet_of())


def test_a_corrected_sheet_says_which_it_replaces() -> None:
    html = html_of(sheet_of(corrects="PTK-2026-0000007"))
    assert "Corrected on 24 November 2026, in place of PTK-2026-0000007" in html
    assert "Исправљен 24. новембра 2026, уместо PTK-2026-0000007" in html


def test_these_lines_are_in_the_script_of_the_design() -> None:
    design = replace(design_for(sheet_of()), in_latin=True)
    html = sheet_html(sheet_of(**RENEWED, corrects="PTK-2026-0000007"), design)
    assert "Obnovljen 12. maja 2028. kursom obnove znanja „Trgovina ljudima: šta je novo“" in html
    assert "Ispravljen 24. novembra 2026, umesto PTK-2026-0000007" in html


def test_a_title_of_a_refresher_is_text_and_never_markup() -> None:
    html = html_of(sheet_of(**RENEWED | {"refresher_title_sr": "<b>А</b> & Б"}))
    assert "&lt;b&gt;А&lt;/b&gt; &amp; Б" in html


def test_a_voice_reads_these_lines_in_the_right_language() -> None:
    made = File(render_sheet(sheet_of(**RENEWED, corrects="PTK-2026-0000007")))
    read = [tag.get("/Lang") for tag in made.tags if tag["/S"] in ("/P", "/Span")]
    plain = [
        tag.get("/Lang")
        for tag in File(render_sheet(sheet_of())).tags
        if tag["/S"] in ("/P", "/Span")
    ]
    assert read.count("sr-Cyrl") == plain.count("sr-Cyrl") + 2


@pytest.mark.parametrize("orientation", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("hands", [0, 3])
def test_the_longest_names_and_titles_leave_room_for_them(orientation: str, hands: int) -> None:
    hand = Hand(Words("Ana Uzorković", "Ана Узорковић"), Words("Head", "Руководилац"), "")
    usual = design_for(sheet_of())
    design = replace(usual, orientation=orientation, hands=(hand,) * hands)
    lengths = (46, 80) if hands else (255, 250)
    sheet = sheet_of(
        **RENEWED
        | {
            "name_cyrillic": "Александра-Магдалена Љубисављевић Његошев-Ђурђевић",
            "name_latin": "Aleksandra-Magdalena Ljubisavljević Njegošev-Đurđević",
            "course_title_en": ("Wide words " * 24)[: lengths[1]],
            "course_title_sr": ("Широке речи " * 22)[: lengths[1]],
            "refresher_title_en": ("Wide words " * 24)[: lengths[0]],
            "refresher_title_sr": ("Широке речи " * 22)[: lengths[0]],
            "valid_until": date(2031, 5, 12),
            "score_band": "90–100",
            "corrects": "PTK-2026-0000007",
        }
    )
    assert len(lay_out(sheet, design).pages) == 1


def test_type_is_made_smaller_only_for_what_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    draw = rendering.sheet_html

    def sheet_html_noted(sheet: Sheet, design: Design, *, size: str) -> str:
        tried.append(size)
        return draw(sheet, design, size=size)

    monkeypatch.setattr(rendering, "sheet_html", sheet_html_noted)
    lay_out(sheet_of())
    assert tried == [""]
    lay_out(sheet_of(course_title_en="Wide words " * 23, course_title_sr="Широке речи " * 21))
    assert tried[1:3] == ["", "snug"]


def test_what_cannot_fit_is_said_and_not_cut_off() -> None:
    with pytest.raises(SheetRunsOver, match="PTK-2026-0000001"):
        render_sheet(sheet_of(issuer="Institute " * 400))


def html_of(sheet: Sheet) -> str:
    return sheet_html(sheet, design_for(sheet))


def test_attendance_claims_no_test() -> None:
    html = html_of(sheet_of(certificate_class=ATTENDANCE))
    assert "Certificate of attendance" in html
    assert "Сертификат о похађању курса" in html
    assert "passed" not in html
    assert "тест" not in html


def test_the_facts_stand_in_both_languages() -> None:
    html = html_of(sheet_of(valid_until=date(2029, 11, 24), score_band="80–89"))
    assert "final test passed, 80–89 %" in html
    assert "valid until 24 November 2029" in html
    assert "положен завршни тест, 80–89 %" in html
    assert "право на дан 1. новембра 2026." in html
    assert "важи до 24. новембра 2029." in html


@pytest.mark.parametrize(
    ("line", "address"),
    [("", "A"), ("1.x.y", "A#1.x.y"), (f"1.{'x' * 480}.y", "A")],
    ids=["none", "usual", "too long"],
)
def test_the_signed_line_stands_behind_the_address_unless_no_phone_could_read_it(
    line: str, address: str
) -> None:
    site = "https://training.example.rs/verify/7Q4K-M2XD-9RTB"
    whole = segno.make_qr(address.replace("A", site, 1), error="m")
    assert QrPicture(site, line).get_intrinsic_size()[0] == len(whole.matrix)


def test_its_dots_are_large_enough_for_phones() -> None:
    (printed,) = re.findall(r"\.qr img \{ width: (\d+)mm", Path(CSS).read_text())
    assert int(printed) / LARGEST >= 0.33


def test_the_link_and_what_is_read_aloud_stay_without_the_line() -> None:
    file = File(render_sheet(sheet_of(), line="1.x.y"))
    (figure,) = [tag for tag in file.tags if tag["/S"] == "/Figure"]
    (link,) = [
        one.get_object()["/A"]["/URI"] for one in file.catalog["/Pages"]["/Kids"][0]["/Annots"]
    ]
    assert figure["/Alt"].endswith("/verify/7Q4K-M2XD-9RTB")
    assert link.endswith("/verify/7Q4K-M2XD-9RTB")


def test_the_code_is_drawn_dark_where_it_is_dark() -> None:
    drawn: set[tuple[int, int]] = set()

    class Stream:
        def stacked(self) -> Any:
            return nullcontext()

        def rectangle(self, x: int, y: int, width: int, height: int) -> None:
            drawn.update((x + step, y) for step in range(width))

        def __getattr__(self, name: str) -> Any:
            return lambda *words, **more: None

    address = "https://training.example.rs/verify/7Q4K-M2XD-9RTB"
    QrPicture(address).draw(Stream(), 100, 100, {"color": None})
    rows = enumerate(segno.make(address, error="m").matrix)
    assert drawn == {(x, y) for y, row in rows for x, dark in enumerate(row) if dark}


def test_nothing_of_a_sheet_stays_in_memory_with_the_pictures_of_the_site() -> None:
    rendering._PICTURES.clear()
    for number in range(3):
        lay_out(sheet_of(code=f"7Q4K-M2XD-9RT{number}"))
    assert [name.rpartition("/")[2] for name in rendering._PICTURES] == ["mark.svg"]


def test_a_demo_says_on_the_paper_that_it_has_no_legal_value(settings: Any) -> None:
    settings.CERTIFICATES_ARE_SAMPLES = True
    assert "Sample: no legal value" in html_of(sheet_of())
    assert "Узорак: без правне важности" in html_of(sheet_of())
    settings.CERTIFICATES_ARE_SAMPLES = False
    assert "Sample" not in html_of(sheet_of())
