"""A zip that is not trusted: nothing is unpacked, each file is read by its name, within limits."""

import posixpath
import stat
import zipfile
import zlib
from io import BytesIO
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.exchange.qti.errors import Unfit

MOST_FILES = 5_000
MOST_BYTES = 300 * 1024 * 1024
MOST_OF_ONE = 20 * 1024 * 1024
MOST_RATIO = 200
_FREE_RATIO = 1024 * 1024  # what is small may be as dense as it likes
# NotImplementedError is a RuntimeError; what is damaged may also lead to a place that is none.
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)
_MADE_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """The files of a zip by name. Raises Unfit if anything in it is not to be trusted."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
            entries = self.zip.infolist()
        except _BROKEN as error:
            raise Unfit(_("The file is no zip that can be read.")) from error
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Unfit(_("The package holds too many files, or too much."))
        for entry in entries:
            _require_harmless(entry)
        self.entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        if len(self.entries) < sum(not entry.is_dir() for entry in entries):
            raise Unfit(_("Two files in the package have the same name."))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises Unfit if there is none, or it is too big or broken."""
        entry = self.entries.get(name)
        if entry is None:
            raise Unfit(_("The file “%(name)s” is not in the package.") % {"name": name[:120]})
        if entry.file_size > MOST_OF_ONE:
            raise Unfit(_("The file “%(name)s” is too big.") % {"name": name[:120]})
        try:
            with self.zip.open(entry) as file:
                data = file.read(MOST_OF_ONE + 1)
        except _BROKEN as error:
            raise Unfit(_("The file “%(name)s” is broken.") % {"name": name[:120]}) from error
        if len(data) > MOST_OF_ONE:
            raise Unfit(_("The file “%(name)s” is too big.") % {"name": name[:120]})
        return data


def beside(name: str, href: str) -> str:
    """Return the name of a file that another names. Raises Unfit if it leads out of the package."""
    path = unquote(href.partition("#")[0].partition("?")[0]).strip()
    found = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if not path or not _is_inside(found):
        raise Unfit(
            _("“%(name)s” is not a file of the package; nothing is fetched from elsewhere.")
            % {"name": href[:120]}
        )
    return found


def _require_harmless(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if not _is_inside(name.rstrip("/")) or posixpath.normpath(name) != name.rstrip("/"):
        raise Unfit(_("The name “%(name)s” leads out of the package.") % {"name": name[:120]})
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unfit(_("“%(name)s” is a link, not a file.") % {"name": name[:120]})
    if entry.flag_bits & 1 or entry.compress_type not in _MADE_BY:
        raise Unfit(_("The package is encrypted, or packed in a way that is not read here."))
    if entry.file_size > _FREE_RATIO and entry.file_size > MOST_RATIO * entry.compress_size:
        raise Unfit(_("“%(name)s” is packed too densely to be trusted.") % {"name": name[:120]})


def _is_inside(name: str) -> bool:
    return not (
        name.startswith(("/", "../"))
        or name in ("..", ".")
        or "\\" in name
        or ":" in name
        or "\0" in name
    )
