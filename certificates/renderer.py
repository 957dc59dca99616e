"""The door to the renderer. Without Pango certificates wait; everything else works."""

from certificates.models import Sheet

try:
    from certificates.rendering import render_sheet
except OSError as error:  # WeasyPrint did not find a library of this machine
    _reason = str(error)

    def render_sheet(sheet: Sheet) -> bytes:
        """Say why no sheet can be drawn here, to whoever reads the failed task."""
        raise RendererMissing(_reason)


__all__ = ["RendererMissing", "render_sheet"]


class RendererMissing(Exception):
    """A library that lays out the sheet is not on this machine: see docs/operating.md."""
