"""Places in a picture, as QTI asks for them."""

import math
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from assessments.exchange.item import Item
from assessments.exchange.qti.elements import html, qti
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.places import FORMATS, SAFE
from assessments.exchange.qti.scoring import RESPONSE, declared, earned
from assessments.exchange.qti.written import Written, asked, numbered, parts_of, reasons_of

_SMALLEST = 100  # a side of so many pixels tells whole per cents apart


def hotspot(item: Item) -> Written:
    """Places in a picture, as rectangles of its pixels."""
    (picture,), regions = parts_of(item, "picture"), parts_of(item, "region")
    name = str(picture["image"])
    data = item.pictures.get(name)
    if data is None:
        raise Unfit(_("Its picture is not there."))
    width, height, kind = _size(data)
    name = name if SAFE.fullmatch(name.rpartition(".")[0]) else f"picture.{kind}"
    keys = numbered("place", regions)
    shown = html("img", src=name, alt=picture.get("alt") or "", width=str(width))
    shown.set("height", str(height))
    choices = [
        qti(
            "hotspotChoice",
            identifier=key,
            shape="rect",
            coords=_coords(region, width, height),
            hotspotLabel=region["text"],
        )
        for key, region in zip(keys, regions, strict=True)
    ]
    interaction = qti(
        "hotspotInteraction", shown, *choices, responseIdentifier=RESPONSE, maxChoices="0"
    )
    right = [key for key, region in zip(keys, regions, strict=True) if region["correct"]]
    points = [(key, 1 if key in right else -1) for key in keys]
    return Written(
        declarations=[declared(RESPONSE, "multiple", "identifier", right, points)],
        body=asked(item.stem, interaction),
        scoring=earned([RESPONSE]),
        reasons=reasons_of(keys, regions),
        chosen=True,
        most=len(right),
        files={name: data},
    )


def _size(data: bytes) -> tuple[int, int, str]:
    """Return the width and height in which a picture is shown, and the end of its name."""
    try:
        with Image.open(BytesIO(data), formats=list(FORMATS)) as image:
            (width, height), kind = image.size, FORMATS[str(image.format)]
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Unfit(_("Its picture cannot be read.")) from error
    times = math.ceil(_SMALLEST / min(width, height))
    return width * times, height * times, kind


def _coords(region: Mapping[str, Any], width: int, height: int) -> str:
    left, top = region["left"], region["top"]
    corners = (
        (left, width),
        (top, height),
        (left + region["width"], width),
        (top + region["height"], height),
    )
    return ",".join(str(round(at * whole / 100)) for at, whole in corners)
