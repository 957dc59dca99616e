"""Pictures and documents: known by their content, so that none is kept twice."""

from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from assessments.transfer.folder import MediaFile
from assessments.transfer.leaves import Kind
from assessments.transfer.problems import refuse


def media_model(kind: Kind) -> Any:
    """Return the model of pictures or of documents."""
    return get_image_model() if kind == Kind.IMAGE else get_document_model()


def media_of(kind: Kind, pk: int) -> MediaFile | None:
    """Return the picture or document with this primary key, or None if it is gone."""
    kept = media_model(kind).objects.filter(pk=pk).first()
    if kept is None:
        return None
    file = kept.file
    name = file.name.rpartition("/")[2]
    return MediaFile(kept.get_file_hash(), name, kept.title, lambda: file.storage.open(file.name))


class MediaShelf:
    """Finds pictures and documents on the site, or puts them there."""

    def __init__(self) -> None:
        self.found: dict[tuple[Kind, str], int] = {}
        self.made: list[Any] = []

    def pk(self, kind: Kind, file: MediaFile) -> int:
        """Return the primary key of `file`. Raises TransferError if the site does not take it."""
        if (kind, file.sha1) not in self.found:
            kept = media_model(kind).objects.filter(file_hash=file.sha1)
            existing = kept.filter(title=file.title).first() or kept.first()
            self.found[kind, file.sha1] = (existing or self._put(kind, file)).pk
        return self.found[kind, file.sha1]

    def _put(self, kind: Kind, file: MediaFile) -> Any:
        with file.open() as opened:
            try:
                kept = _checked(kind, file, opened)
            except ValidationError as error:
                raise refuse(" ".join(error.messages), file=f"files/{file.name}") from error
            except OSError as error:
                raise refuse("cannot be read as a picture", file=f"files/{file.name}") from error
            kept.save()
        self.made.append(kept)
        kept.get_file_hash()
        return kept

    def clear(self) -> None:
        """Delete the files of what was put here: the database takes back its rows by itself."""
        for kept in self.made:
            kept.file.storage.delete(kept.file.name)


def _checked(kind: Kind, file: MediaFile, opened: BinaryIO) -> Any:
    """Return an unsaved picture or document. Raises what the site has against it."""
    wrapped = File(opened, name=file.name)
    if kind == Kind.IMAGE:
        WagtailImageField().clean(wrapped)
        wrapped = ImageFile(opened, name=file.name)
    kept = media_model(kind)(title=file.title, file=wrapped)
    kept.full_clean()
    return kept
