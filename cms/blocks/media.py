"""Blocks to look at, listen to and take along."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


@cache
def drawing_names() -> list[str]:
    """Return the drawings there are: SVG templates that take their words from the block."""
    folder = Path(settings.BASE_DIR) / "templates" / "drawings"
    return sorted(path.stem for path in folder.glob("*.svg"))


def drawing_choices() -> list[tuple[str, str]]:
    """Return the drawings as choices of a form."""
    return [(name, name.replace("-", " ")) for name in drawing_names()]


def _example_drawing() -> dict[str, Any]:
    return {
        "name": drawing_names()[0],
        "alt": "Two paths that lead from one person to help and to proof",
        "caption": "The first drawing, with the words of this example",
        "labels": ["one", "two", "three", "four", "five", "six", "seven", "eight"],
    }


class ImageBlock(StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(
        label=_("Picture"),
        help_text=_("Your own or one you may use. Faces of real people only with their consent."),
    )
    alt = CharBlock(
        label=_("Text alternative"),
        max_length=255,
        help_text=_("What the picture says, for those who do not see it."),
    )
    caption = CharBlock(
        label=_("Caption"),
        max_length=255,
        required=False,
        help_text=_("Shown below the picture: what is seen, and whose picture it is."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/image.html"
        preview_template = "cms/admin/preview_image.html"
        group = _("Media")
        description = _("A photograph or picture. Never of a real person who was harmed.")
        preview_value = {"alt": "The mark of this site", "caption": "A caption below the picture"}


class DrawingBlock(StructBlock):
    """One of the site's own drawings, with words in the language of the page."""

    name = ChoiceBlock(
        label=_("Drawing"), choices=drawing_choices, help_text=_("Which of the site's drawings.")
    )
    alt = CharBlock(
        label=_("Text alternative"),
        max_length=400,
        help_text=_("What the drawing says, for those who do not see it."),
    )
    caption = CharBlock(
        label=_("Caption"),
        max_length=255,
        required=False,
        help_text=_("Shown below the drawing."),
    )
    labels = ListBlock(
        CharBlock(max_length=80, label=_("Word"), help_text=_("Two or three words fit.")),
        label=_("Words in the drawing"),
        help_text=_("In the order in which they stand in the drawing; the preview shows where."),
    )

    class Meta:
        icon = "image"
        label = _("Drawing")
        template = "cms/blocks/drawing.html"
        group = _("Media")
        description = _("A drawing of ours that follows the colours of the page.")
        preview_value = staticmethod(_example_drawing)


class VideoBlock(StructBlock):
    """A film kept on this site, with captions and a transcript; it never starts by itself."""

    title = CharBlock(
        label=_("Title"), max_length=160, help_text=_("What the film is about, in a few words.")
    )
    video = DocumentChooserBlock(
        label=_("Film (MP4 or WebM)"), help_text=_("Kept on this site: no other host is asked.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions (WebVTT)"),
        help_text=_("What is said and heard, line by line, as a .vtt file."),
    )
    transcript = TextBlock(
        label=_("Transcript"),
        help_text=_("Everything that is said and shown, for those who would rather read."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/video.html"
        preview_template = "cms/admin/preview_video.html"
        group = _("Media")
        description = _("A film with captions and transcript; it goes on where one stopped.")
        preview_value = {
            "title": "A first conversation",
            "transcript": "An inspector greets a worker and says why she is here.",
        }


class DownloadBlock(StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(
        label=_("File"), help_text=_("PDF where it is to be printed; without personal data.")
    )
    title = CharBlock(
        label=_("Title"), max_length=160, help_text=_("What the reader gets by clicking.")
    )
    description = CharBlock(
        label=_("What it is"),
        max_length=255,
        required=False,
        help_text=_("Kind and size, such as “PDF, two pages”."),
    )

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"
        preview_template = "cms/admin/preview_download.html"
        group = _("Media")
        description = _("A file to take along, such as a checklist to print.")
        preview_value = {"title": "Checklist for the site", "description": "PDF, one page"}
