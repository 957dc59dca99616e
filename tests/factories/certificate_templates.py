"""Templates of certificates as administrators write them, and pictures for them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from certificates.models import CertificateTemplate
from courses.models import CoursePage


def template_of(*courses: CoursePage, signatories: int = 0, **fields: Any) -> CertificateTemplate:
    """Return a published template that the given courses have chosen."""
    made = CertificateTemplate(**{"name": "For the core course", **fields})
    for course in courses:
        made.courses.create(course=course)
    for number in range(signatories):
        made.signatories.create(
            name_en=f"Ana Uzorković {number}",
            name_sr=f"Ана Узорковић {number}",
            function_en="Head of training",
            function_sr="Руководилац обуке",
            signature=picture(),
        )
    made.live = False
    made.save()
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def dark_seal() -> bytes:
    """Return a seal as dark as they come: two rings and a full disc."""
    image = Image.new("RGBA", (400, 400), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((10, 10, 390, 390), outline=(20, 33, 61), width=14)
    draw.ellipse((40, 40, 360, 360), outline=(20, 33, 61), width=4)
    draw.ellipse((70, 70, 330, 330), fill=(20, 33, 61))
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 200)) -> SimpleUploadedFile:
    """Return a dark stroke on nothing (on white, as a JPEG), to be uploaded."""
    colour = "RGBA" if kind == "PNG" else "RGB"
    image = Image.new(colour, size, (255, 255, 255, 0)[: len(colour)])
    ImageDraw.Draw(image).line((20, size[1] - 20, size[0] - 20, 20), fill=(20, 33, 61), width=8)
    made = BytesIO()
    image.save(made, kind)
    return SimpleUploadedFile(f"signature.{kind.lower()}", made.getvalue())
