"""Export a course to a folder of files."""

import shutil
from pathlib import Path

from assessments.transfer.collecting import collect_course
from assessments.transfer.folder import PLACES
from assessments.transfer.problems import refuse
from assessments.transfer.writing import course_files
from courses.models import CoursePage


def export_course(
    *, course: CoursePage, folder: Path, draft: bool = False, replace: bool = False
) -> int:
    """Write what is published of `course`, or with `draft` the newest of it; return how many files.

    `folder` must be new or empty; with `replace` it may hold a course, whose files then go.
    Raises TransferError and writes nothing if the course cannot be exported.
    """
    texts, media = course_files(collect_course(course, draft=draft))
    _make_room(folder, replace=replace)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, file in media.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with file.open() as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    return len(texts) + len(media)


def _make_room(folder: Path, *, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise refuse("is not a folder", file=str(folder))
    is_used = folder.exists() and any(folder.iterdir())
    if is_used and not replace:
        raise refuse(
            "is not empty; --replace puts the course in place of what is there", file=str(folder)
        )
    if is_used and not (folder / "course.yaml").is_file():
        raise refuse("holds no course to put this one in place of", file=str(folder))
    for pattern in (
        "course.yaml",
        "files.yaml",
        "objectives.yaml",
        "module-*.yaml",
        "files/*",
        *(f"{place}/*.yaml" for place in PLACES),
    ):
        for path in folder.glob(pattern):
            if path.is_file() or path.is_symlink():
                path.unlink()
