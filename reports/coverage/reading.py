"""Lines out of a file, one after the other: CSV in the encodings of Serbian offices, or XLSX."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from reports.coverage.errors import FileTooLarge, TooManyLines, UnreadableList

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
# What a workbook may hold once unpacked: one that swells further was made to do harm.
_UNPACKED = 100 * 1024 * 1024
_CELLS = 40  # columns that are looked at
_SCANNED = 10 * MOST_LINES  # rows of a sheet, empty ones too
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")

Line = tuple[int, list[str]]


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """Yield number and cells of every line that is not empty, the headings first.

    Raises UnreadableList, FileTooLarge, TooManyLines.
    """
    if (file.seek(0, io.SEEK_END)) > MOST_BYTES:
        raise FileTooLarge
    file.seek(0)
    begins = file.read(4)
    file.seek(0)
    lines = _of_workbook(file) if begins == b"PK\x03\x04" else _of_csv(file.read())
    for count, (number, cells) in enumerate(lines):
        if count > MOST_LINES:
            raise TooManyLines
        yield number, cells


def encoding_of(data: bytes) -> str:
    """Return the encoding of a text: UTF-8, or else the Windows one that its words speak for.

    A word in Latin letters mixes those with an accent among others; in Windows-1251 a Cyrillic
    word has none of ASCII's.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        words = [word for word in _WORD.findall(data) if not word.isascii()]
        cyrillic = sum(all(byte > 127 for byte in word) for word in words)
        return "cp1251" if cyrillic * 2 > len(words) else "cp1250"
    return "utf-8-sig"


def _of_csv(data: bytes) -> Iterator[Line]:
    if b"\x00" in data:
        raise UnreadableList
    text = data.decode(encoding_of(data), errors="replace")
    head = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    last = 0
    try:
        for cells in table:
            number, last = last + 1, table.line_num
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells[:_CELLS]]
    except csv.Error as error:
        raise UnreadableList from error


def _of_workbook(file: BinaryIO) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(file) as parcel:
            if sum(part.file_size for part in parcel.infolist()) > _UNPACKED:
                raise FileTooLarge
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # What a sheet says about its own size may be wrong.
        sheet.reset_dimensions()
        yield from _of_rows(sheet.iter_rows(values_only=True))
        book.close()
    except UnreadableList:
        raise
    # Whatever a broken or hostile file makes the library raise, the file cannot be read.
    except (InvalidFileException, zipfile.BadZipFile, LookupError, ValueError, TypeError) as error:
        raise UnreadableList from error
    except (AttributeError, SyntaxError, OSError, EOFError) as error:
        raise UnreadableList from error


def _of_rows(rows: Iterator[Sequence[object]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        if number > _SCANNED:
            raise TooManyLines
        cells = [_text(value) for value in row[:_CELLS]]
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    """Return what a cell says; a number that has lost the zeros before it gets them back."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    # A JMBG of somebody born on the first nine days of a month, typed as a number.
    return text.zfill(13) if isinstance(value, int) and len(text) == 12 else text
