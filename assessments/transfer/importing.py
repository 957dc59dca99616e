"""Import a course from a folder of files."""

from datetime import datetime
from pathlib import Path

from assessments.transfer.reading import read_course
from assessments.transfer.storing import Outcome, store_course
from courses.models import CataloguePage, CoursePage


def import_course(
    *, folder: Path, parent: CataloguePage, at: datetime, draft: bool = False
) -> CoursePage:
    """Import the course in `folder` below the English catalogue `parent` and publish it.

    A course with the same key is updated; what says the same already is left alone, what the
    folder no longer has is unpublished. With `draft` only draft revisions are made.
    Raises TransferError with every problem; then nothing was changed.
    """
    return transfer_in(folder=folder, parent=parent, at=at, draft=draft).course


def transfer_in(
    *, folder: Path, parent: CataloguePage, at: datetime, draft: bool = False
) -> Outcome:
    """Import as `import_course` does; return also how much was made, changed and retired."""
    return store_course(read_course(folder), parent=parent, at=at, draft=draft)
