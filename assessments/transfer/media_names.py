"""What the pictures and documents of a course are called in its folder."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify

from assessments.transfer.document import CourseDocument
from assessments.transfer.folder import MediaFile


def media_names(document: CourseDocument) -> dict[str, MediaFile]:
    """Return every picture and document of a course by the name of its file.

    The name comes from the title, so it is the same wherever the file was once uploaded.
    """
    files = {file.sha1: file for contents in _all_contents(document) for file in _in(contents)}
    by_name: dict[str, list[MediaFile]] = {}
    for sha1 in sorted(files):
        by_name.setdefault(_name(files[sha1]), []).append(files[sha1])
    named = {}
    for name, same in by_name.items():
        for file in same:
            path = PurePath(name)
            only = name if len(same) == 1 else f"{path.stem}-{file.sha1[:8]}{path.suffix}"
            named[only] = file
    return dict(sorted(named.items()))


def _name(file: MediaFile) -> str:
    return (slugify(file.title)[:80] or "file") + PurePath(file.name).suffix.lower()


def _all_contents(document: CourseDocument) -> Iterator[Any]:
    for activity in document.activities():
        yield from activity.contents.values()
    for question in document.questions:
        yield from question.contents.values()


def _in(value: Any) -> Iterator[MediaFile]:
    if isinstance(value, MediaFile):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _in(inner)
