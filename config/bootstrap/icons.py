"""One file of icons for the browser, made of the few that the pages use."""

import re
from pathlib import Path

_VIEW_BOX = "0 0 24 24"


def sprite(icons: Path, names: list[str]) -> str:
    """Return an SVG with one symbol per name, read from the folder `icons`.

    Raises FileNotFoundError for a name that the icon set lacks.
    """
    symbols = "".join(_symbol(name, (icons / f"{name}.svg").read_text()) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    shapes = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    shapes = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", shapes, flags=re.DOTALL)
    return f'<symbol id="{name}" viewBox="{_VIEW_BOX}">{" ".join(shapes.split())}</symbol>'
