"""The courses of the demo: the core course, in its second edition, and its short refresher."""

from datetime import datetime, timedelta
from pathlib import Path

from assessments.transfer.importing import import_course
from assessments.transfer.reading import read_course
from assessments.transfer.storing import store_course
from config.demo.files import folder
from courses.models import CataloguePage, CoursePage, Edition

# So long ago the core course was opened, with the law as it was then.
OPENED = timedelta(days=1140)
_LAW_THEN = "2023-06-01"


def load_courses(*, catalogue: CataloguePage, at: datetime) -> CoursePage:
    """Import the courses; return the English page of the core course."""
    core = folder() / "courses" / "core"
    if not Edition.objects.exists():
        _open(core, catalogue, at)
    course = import_course(folder=core, parent=catalogue, at=at)
    import_course(folder=folder() / "courses" / "refresher", parent=catalogue, at=at)
    return course


def _open(core: Path, catalogue: CataloguePage, at: datetime) -> None:
    """Store the core course as of long ago: only its date differs from that of today."""
    document = read_course(core)
    for contents in document.contents.values():
        contents["law_as_of"] = _LAW_THEN
    store_course(document, parent=catalogue, at=at - OPENED, draft=False)
