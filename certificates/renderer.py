"""The door to the renderer. Without Pango certificates wait; everything else works.

Behind it is WeasyPrint, which takes a second and 50 MB to load: only who draws a sheet pays that.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from certificates.attached import Attached
from certificates.design import Design
from certificates.models import Sheet


class RendererMissing(Exception):
    """A library that lays out the sheet is not on this machine: see docs/operating.md."""


class LetterMissing(Exception):
    """A name, or another word on paper, has a letter that no font on this machine has."""


class SheetRunsOver(Exception):
    """What stands on the sheet does not fit on it, even in small type."""


def render_sheet(
    sheet: Sheet,
    attached: Sequence[Attached] = (),
    *,
    line: str = "",
    design: Design | None = None,
) -> bytes:
    """Return the PDF of a sheet, with files inside and a signed line in its QR code.

    It is drawn by its template, or by another design.
    Raises RendererMissing, LetterMissing, SheetRunsOver, for whoever reads the failed task.
    """
    rendering = _rendering()
    pdf: bytes = rendering.render_sheet(sheet, attached, line=line, design=design)
    return pdf


def fitting_size(sheet: Sheet, design: Design) -> str:
    """Return the size of type in which a sheet fits: "" or a class of certificate.css.

    Raises RendererMissing, SheetRunsOver.
    """
    size: str = _rendering().fitting(sheet, design)[0]
    return size


def print_pages(
    html: str, *, style: str, at: datetime, name: str, attached: Sequence[Attached] = ()
) -> bytes:
    """Return a page of HTML as a PDF made at a moment, in a style among the static files.

    It is PDF/A-3a and PDF/UA-1, takes as many pages as it needs, and fetches nothing but static
    files. `name` says in an error which paper it was. Raises RendererMissing, LetterMissing.
    """
    printing = _loaded("certificates.printing")
    pdf: bytes = printing.print_pages(html, style=style, at=at, name=name, attached=attached)
    return pdf


def _rendering() -> Any:
    return _loaded("certificates.rendering")


def _loaded(module: str) -> Any:
    try:
        return import_module(module)
    except OSError as error:  # WeasyPrint did not find a library of this machine
        raise RendererMissing(str(error)) from error
