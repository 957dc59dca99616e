"""Pictures of signatures and seals: small, made anew when they come in, shown to nobody else.

What is kept is our own PNG of what was seen: nothing that travelled in the upload beside it.
"""

import base64
import secrets
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 40_000_000
# On paper a picture is at most 62 mm wide: this is 300 points an inch and more.
_LONGEST = 800
_FORMATS = ("PNG", "JPEG")


class PictureInput(forms.ClearableFileInput):
    """Shows the picture itself: no address leads to it."""

    template_name = "certificates/admin/picture_input.html"

    def is_initial(self, value: Any) -> bool:
        return bool(value and isinstance(value, FieldFile))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["shown"] = as_address(value) if self.is_initial(value) else ""
        return context


class PictureFormField(forms.ImageField):
    """Takes a PNG or a JPEG, and gives back a PNG of at most 800 pixels."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "widget": PictureInput})

    def to_python(self, data: Any) -> Any:
        if data and data.size > MOST_BYTES:
            raise ValidationError(_("This picture is too large: 4 MB are the most."))
        picture: Any = super().to_python(data)
        if picture is None:
            return None
        if picture.image.format not in _FORMATS:
            raise ValidationError(_("Choose a PNG or a JPEG."))
        if picture.image.width * picture.image.height > MOST_PIXELS:
            raise ValidationError(_("This picture has too many pixels: 40 million are the most."))
        picture.seek(0)
        return ContentFile(_made_anew(picture), name=f"{secrets.token_hex(8)}.png")


class PictureField(models.ImageField):
    """A picture that is kept as it is printed."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "form_class": PictureFormField})


def as_address(picture: FieldFile) -> str:
    """Return a picture as an address that holds it whole; empty if there is none."""
    if not picture:
        return ""
    try:
        with picture.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return ""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _made_anew(picture: Any) -> bytes:
    with Image.open(picture) as image:
        small = image.convert("RGBA")
    small.thumbnail((_LONGEST, _LONGEST))
    made = BytesIO()
    small.save(made, "PNG", optimize=True)
    return made.getvalue()
