"""Pictures of strangers: known formats, not too large, and encoded anew."""

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images import get_image_model

from assessments.exchange.errors import NotTaken

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_MOST_BYTES = 5 * 1024 * 1024
_MOST_PIXELS = 25_000_000


def reencoded(data: bytes) -> bytes:
    """Return a picture as PNG with nothing in it but its pixels. Raises NotTaken."""
    if len(data) > _MOST_BYTES:
        raise NotTaken(_("The picture is larger than 5 MB."))
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotTaken(_("The picture has too many pixels."))
            upright = ImageOps.exif_transpose(opened)
            made = BytesIO()
            upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(made, "PNG")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotTaken(_("The picture cannot be read.")) from error
    return made.getvalue()


def keep_picture(data: bytes, *, title: str) -> Any:
    """Put a picture into the library, and return it. Raises NotTaken."""
    image = get_image_model()(title=title[:255])
    image.file = ImageFile(BytesIO(reencoded(data)), name="picture.png")
    image.save()
    return image


def picture_in(key: int) -> bytes | None:
    """Return the bytes of a picture in the library; None if it is there no more."""
    image = get_image_model().objects.filter(pk=key).first()
    if image is None:
        return None
    with image.open_file() as file:
        data: bytes = file.read()
    return data
