"""The sheet as a PDF, in the largest type in which it fits.

Apart from the moment of issue, which is the sheet's own, nothing in the file depends on when or
where it is drawn.
"""

from collections.abc import Sequence
from typing import Any

from weasyprint import HTML
from weasyprint.document import Document, Page

from certificates.attached import Attached
from certificates.design import Design, design_for
from certificates.models import Sheet
from certificates.paper import QR, sheet_html, verification_url
from certificates.printing import STATIC, printed, style_of
from certificates.qr_picture import QrPicture
from certificates.renderer import SheetRunsOver

_SIZES = ("", "snug", "tight")
_PICTURES: dict[str, Any] = {}  # of the site, parsed once; a sheet has none of its own in here


def render_sheet(
    sheet: Sheet,
    attached: Sequence[Attached] = (),
    *,
    line: str = "",
    design: Design | None = None,
) -> bytes:
    """Return the PDF of a sheet: PDF/A-3a and PDF/UA-1, with files inside, a line in its QR code.

    Without a design it is that of the template that the sheet was begun with. Raises SheetRunsOver
    or LetterMissing for what cannot be put on paper.
    """
    return write(lay_out(sheet, design, line=line), sheet, attached)


def lay_out(sheet: Sheet, design: Design | None = None, *, line: str = "") -> Document:
    """Return a sheet as it lies on paper, in smaller type if it must be. Raises SheetRunsOver."""
    return fitting(sheet, design or design_for(sheet), line)[1]


def fitting(sheet: Sheet, design: Design, line: str = "") -> tuple[str, Document]:
    """Return the largest size of type in which a sheet fits, and the sheet in it.

    The size is a class of certificate.css. Raises SheetRunsOver.
    """
    for size in _SIZES:
        document = _laid_out(sheet, design, size, line)
        if not _runs_over(document):
            return size, document
    raise SheetRunsOver(sheet.serial)


def write(document: Document, sheet: Sheet, attached: Sequence[Attached] = ()) -> bytes:
    """Return the bytes of a sheet that was laid out. Raises LetterMissing."""
    return printed(document, at=sheet.issued_at, name=sheet.serial, attached=attached)


def _laid_out(sheet: Sheet, design: Design, size: str, line: str) -> Document:
    css, fonts, fetcher = style_of("css/certificate.css")
    pictures = _PICTURES | {f"{STATIC}{QR}": QrPicture(verification_url(sheet), line)}
    page = HTML(string=sheet_html(sheet, design, size=size), base_url=STATIC, url_fetcher=fetcher)
    document = page.render(
        stylesheets=[css], font_config=fonts, cache=pictures, pdf_variant="pdf/a-3a"
    )
    del pictures[f"{STATIC}{QR}"]
    _PICTURES.update(pictures)
    return document


def _runs_over(document: Document) -> bool:
    """Say whether words run into what stands below them or off the page.

    A transcript may have as many pages as it needs.
    """
    first, *others = (_boxes(page) for page in document.pages)
    main, foot = _named(first, "main"), _named(first, "foot")
    below = [_named(first, name) for name in ("left", "right")]
    if main is None or foot is None or None in below:
        return True
    if any(_named(boxes, "transcript") is None for boxes in others):
        return True
    if (hands := _named(first, "hands")) is not None:
        if any(_end(hand) > foot.position_y for hand in _all_named(first, "hand")):
            return True
        below.append(hands)
    return any(_end(main) > box.position_y for box in (foot, *below))


def _boxes(page: Page) -> list[Any]:
    return list(page._page_box.descendants(placeholders=True))


def _named(boxes: list[Any], name: str) -> Any:
    return next(iter(_all_named(boxes, name)), None)


def _all_named(boxes: list[Any], name: str) -> list[Any]:
    """Return the boxes of the elements with this class, whatever other classes they have."""
    elements = ((box, box.element) for box in boxes)
    return [
        box for box, one in elements if one is not None and name in one.get("class", "").split()
    ]


def _end(box: Any) -> float:
    return float(box.position_y + box.margin_height())
