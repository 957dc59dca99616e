"""The door to the renderer. Without Pango certificates wait; everything else works.

Behind it is WeasyPrint, which takes a second and 50 MB to load: only who draws a sheet pays that.
"""

from collections.abc import Sequence
from importlib import import_module

from certificates.attached import Attached
from certificates.models import Sheet


class RendererMissing(Exception):
    """A library that lays out the sheet is not on this machine: see docs/operating.md."""


def render_sheet(sheet: Sheet, attached: Sequence[Attached] = (), *, line: str = "") -> bytes:
    """Return the PDF of a sheet, with files inside and the signed line in its QR code.

    Raises RendererMissing, for whoever reads the failed task.
    """
    try:
        rendering = import_module("certificates.rendering")
    except OSError as error:  # WeasyPrint did not find a library of this machine
        raise RendererMissing(str(error)) from error
    pdf: bytes = rendering.render_sheet(sheet, attached, line=line)
    return pdf
