"""A QR code that draws itself, as rectangles: as an SVG to be parsed it took a fifth of the time.

It is what WeasyPrint 70 takes for a picture: something with a size that can draw.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import segno

Run = tuple[int, int, int]
# Dots to a side: 0.34 mm each on the 29 mm of certificate.css. A name of a hundred Cyrillic letters
# still fits.
LARGEST = 85
# A signature is as good as random, so no mask makes a better picture of it than another; to compare
# all eight, as for a short address, took a quarter of the layout.
_MASK = 3


class QrPicture:
    """The code of an address, in the colour of the text around it; `line` stands behind its `#`."""

    def __init__(self, address: str, line: str = "") -> None:
        code = _readable(address, line)
        self._size = len(code.matrix)
        self._runs = [run for y, row in enumerate(code.matrix) for run in _dark(y, row)]

    def get_intrinsic_size(self, *about: Any) -> tuple[float, float, float]:
        """Return width, height and their ratio."""
        return self._size, self._size, 1

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the code as one shape, so that no seam shows between its rows."""
        with stream.stacked():
            stream.transform(a=width / self._size, d=height / self._size)
            stream.set_color(style["color"])
            for x, y, length in self._runs:
                stream.rectangle(x, y, length, 1)
            stream.fill()


def _readable(address: str, line: str) -> Any:
    """Return the code with the line, unless a phone could not read it well: then without."""
    if not line:
        return segno.make_qr(address, error="m")
    code = segno.make_qr(f"{address}#{line}", error="m", mask=_MASK)
    return code if len(code.matrix) <= LARGEST else segno.make_qr(address, error="m")


def _dark(y: int, row: bytearray) -> Iterator[Run]:
    x = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield x, y, length
        x += length
