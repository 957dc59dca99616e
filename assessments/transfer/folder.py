"""The folder of a course. Files are found by listing, never by a path that a file gives."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from wagtail.utils.file import hash_filelike

from assessments.transfer.nodes import Node, parse
from assessments.transfer.problems import Problem, TransferError, refuse

MAX_TEXT = 1024 * 1024
MAX_TEXTS = 2000
MAX_FILE = 200 * 1024 * 1024
MAX_FILES = 500
PLACES = ("lessons", "quizzes", "questions")
NAME = re.compile(r"[\w-]{1,100}")
FILE_NAME = re.compile(r"\w[\w.-]{0,120}")


@dataclass(frozen=True)
class MediaFile:
    """A picture or document that a course brings along; its content is what it is known by."""

    sha1: str
    name: str = field(compare=False)
    title: str = field(compare=False)
    open: Callable[[], BinaryIO] = field(compare=False, repr=False)


class Folder:
    """What is in a folder, by relative name. Raises TransferError if it is not to be trusted."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise refuse("there is no such folder", file=str(path))
        self.texts = {name: file for name, file in _listed(path, ("", *PLACES), ".yaml")}
        self.files = {name.partition("/")[2]: file for name, file in _listed(path, ("files",), "")}
        if len(self.texts) > MAX_TEXTS or len(self.files) > MAX_FILES:
            raise refuse("there are too many files", file=str(path))
        self.problems: list[Problem] = []
        self.unread = set(self.texts)

    def node(self, name: str) -> Node | None:
        """Return the root of a YAML file; what is wrong with it is noted, and None returned."""
        if name not in self.texts:
            self.problems.append(Problem(name, 0, "", "this file is missing"))
            return None
        self.unread.discard(name)
        try:
            return parse(_text(self.texts[name], name), file=name, problems=self.problems)
        except TransferError as error:
            self.problems += error.problems
            return None

    def media(self, name: str, title: str) -> MediaFile | None:
        """Return a file of the folder `files`, or None if there is none of this name."""
        path = self.files.get(name)
        if path is None or not FILE_NAME.fullmatch(name):
            return None
        if path.stat().st_size > MAX_FILE:
            self.problems.append(Problem(f"files/{name}", 0, "", "is too big"))
            return None
        with path.open("rb") as file:
            sha1 = hash_filelike(file)
        return MediaFile(sha1, name, title, lambda: path.open("rb"))


def _listed(root: Path, places: tuple[str, ...], suffix: str) -> Iterator[tuple[str, Path]]:
    for place in places:
        folder = root / place
        if folder.is_symlink():
            raise refuse("links are not followed", file=place)
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            name = f"{place}/{path.name}" if place else path.name
            if path.is_symlink():
                raise refuse("links are not followed", file=name)
            if path.is_file() and path.name.endswith(suffix):
                yield name, path


def _text(path: Path, name: str) -> str:
    if path.stat().st_size > MAX_TEXT:
        raise refuse("is too big", file=name)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("is not text in UTF-8", file=name) from error
