"""Blocks to look at, listen to and take along."""

from functools import cache
from pathlib import Path

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


class ImageBlock(StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("Text alternative"),
        max_length=255,
        help_text=_("What the picture says, for those who do not see it."),
    )
    caption = CharBlock(label=_("Caption"), max_length=255, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/image.html"
        group = _("Media")
        description = _("A photograph or picture. Never of a real person who was harmed.")


class DrawingBlock(StructBlock):
    """One of the site's own drawings, with words in the language of the page."""

    name = ChoiceBlock(label=_("Drawing"), choices=drawing_choices)
    alt = CharBlock(label=_("Text alternative"), max_length=400)
    caption = CharBlock(label=_("Caption"), max_length=255, required=False)
    labels = ListBlock(CharBlock(max_length=80), label=_("Words in the drawing"))

    class Meta:
        icon = "image"
        label = _("Drawing")
        template = "cms/blocks/drawing.html"
        group = _("Media")
        description = _("A drawing of ours that follows the colours of the page.")


class VideoBlock(StructBlock):
    """A film kept on this site, with captions and a transcript; it never starts by itself."""

    title = CharBlock(label=_("Title"), max_length=160)
    video = DocumentChooserBlock(label=_("Film (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    transcript = TextBlock(label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/video.html"
        group = _("Media")
        description = _("A film with captions and transcript; it goes on where one stopped.")


class DownloadBlock(StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(label=_("Title"), max_length=160)
    description = CharBlock(label=_("What it is"), max_length=255, required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"
        group = _("Media")
        description = _("A file to take along, such as a checklist to print.")
