"""A file from a stranger: only its fingerprint is taken. It is never opened, parsed or kept."""

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from certificates.errors import EmptyFile, FileTooLarge

MOST = 10 * 1024 * 1024  # bytes; a certificate has a hundredth of it


class Fingerprint(FileUploadHandler):
    """Reads an upload piece by piece and keeps nothing of it but the SHA-256."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.sha256 = ""
        self.is_empty = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.is_empty = not self._size
        if self._size and not self.sha256:
            self.sha256 = self._hash.hexdigest()


def fingerprint_of(request: HttpRequest) -> str:
    """Return the SHA-256 of the file in a request whose body was not read yet; empty without one.

    Raises FileTooLarge, before anything is read, and EmptyFile.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        raise FileTooLarge
    handler = Fingerprint(request)
    request.upload_handlers = [handler]
    _ = request.FILES  # this is where the body is read
    if handler.is_empty and not handler.sha256:
        raise EmptyFile
    return handler.sha256
