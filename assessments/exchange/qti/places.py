"""Places in a picture."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from assessments.exchange.qti.asking import MOST_CHOICES, Asked, Source, right_ones, stem_of
from assessments.exchange.qti.choices import reason_of, require_known
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.probing import prove
from assessments.exchange.qti.shapes import Shape, overlap, shape_of
from assessments.exchange.qti.text import one_line
from assessments.exchange.qti.tree import Node

FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
MOST_PIXELS = 40_000_000
SAFE = re.compile(r"\w[\w-]{0,80}")
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")


def hotspot(source: Source, node: Node) -> Asked:
    """Read a hotspotInteraction. A place without a label is known by its identifier."""
    declared, choices = source.marking.of(node), node.below("hotspotChoice")
    texts = {one.get("identifier"): _label(one) for one in choices}
    name = declared.identifier
    right = require_known(right_ones(source, declared, list(texts)), texts)
    prove(
        source.marking,
        right=[{name: [one]} for one in right],
        wrong=[(text, {name: [one]}) for one, text in texts.items() if one not in right],
    )
    shapes = [shape_of(one) for one in choices]
    words = [
        {
            "text": texts[one],
            "correct": one in right,
            "reason": reason_of(source, one, name, is_whole=declared.cardinality == "single"),
        }
        for one in texts
    ]
    return _asked(source, node, shapes, words)


def select_point(source: Source, node: Node) -> Asked:
    """Read a selectPointInteraction: its areas become places, right if they earn points."""
    declared = source.marking.of(node)
    areas = declared.areas.points if declared.areas else ()
    answers = [f"{shape.middle[0]} {shape.middle[1]}" for shape, _points in areas]
    name = declared.identifier
    right = [at for at, (_shape, points) in enumerate(areas) if points > 0]
    prove(
        source.marking,
        right=[{name: [answers[at]]} for at in right],
        wrong=[(one, {name: [one]}) for at, one in enumerate(answers) if at not in right],
    )
    words = [
        {"text": _("Place %(number)s") % {"number": at + 1}, "correct": at in right, "reason": ""}
        for at in range(len(areas))
    ]
    return _asked(source, node, [shape for shape, _points in areas], words)


def _asked(
    source: Source, node: Node, shapes: Sequence[Shape], words: Sequence[dict[str, Any]]
) -> Asked:
    if len(shapes) > MOST_CHOICES:
        raise Unfit(_("There is too much to choose from."), line=node.line)
    shown = node.first("object", "img")
    if shown is None:
        raise Unfit(_("There is no picture."), line=node.line)
    name, data, size = _picture(source, shown)
    width, height = (_pixels(shown.get(key)) or own for key, own in zip(_SIDES, size, strict=True))
    round_ones = [shape for shape in shapes if shape.name != "rect"]
    if any(overlap(one, other) for one in round_ones for other in shapes if one is not other):
        raise Unfit(_("Places that are no rectangles lie too close together to become some."))
    regions = [
        ("region", {**said, **_per_cent(shape, width, height, node.line)})
        for said, shape in zip(words, shapes, strict=True)
    ]
    alt = shown.get("alt") or one_line(shown)
    picture = ("picture", {"image": name, "alt": alt})
    return Asked("hotspot", stem_of(source, node), [picture, *regions], {name: data})


_SIDES = ("width", "height")


def _per_cent(shape: Shape, width: float, height: float, line: int) -> dict[str, int]:
    """Return the rectangle around a shape in whole per cent of the picture."""
    left, top, right, bottom = shape.box
    across, down = (
        (_within(left, width), _within(right, width)),
        (
            _within(top, height),
            _within(bottom, height),
        ),
    )
    if across[0] == across[1] or down[0] == down[1]:
        raise Unfit(_("A place lies outside the picture, or is too small to be found."), line=line)
    return {
        "left": across[0],
        "top": down[0],
        "width": across[1] - across[0],
        "height": down[1] - down[0],
    }


def _within(pixels: float, whole: float) -> int:
    return min(100, max(0, round(pixels * 100 / whole)))


def _picture(source: Source, node: Node) -> tuple[str, bytes, tuple[int, int]]:
    """Return name, bytes and size of a picture. Raises Unfit for what is not one we know."""
    href = node.get("data") or node.get("src")
    data = source.file(href)
    try:
        with Image.open(BytesIO(data), formats=list(FORMATS)) as image:
            size, kind = image.size, FORMATS[str(image.format)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unfit(
            _("“%(name)s” is no picture in PNG, JPEG, GIF or WebP.") % {"name": href[:80]},
            line=node.line,
        ) from error
    except Image.DecompressionBombError as error:
        raise Unfit(_("The picture is too large."), line=node.line) from error
    if size[0] * size[1] > MOST_PIXELS:
        raise Unfit(_("The picture is too large."), line=node.line)
    stem = href.rpartition("/")[2].rpartition(".")[0]
    return f"{stem if SAFE.fullmatch(stem) else 'picture'}.{kind}", data, size


def _pixels(said: str) -> float:
    found = _PIXELS.fullmatch(said)
    return float(found[1]) if found else 0.0


def _label(node: Node) -> str:
    return node.get("hotspotLabel") or node.get("aria-label") or node.get("identifier")
