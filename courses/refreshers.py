"""The short refreshers of courses: what renews a certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cms.languages import content_language
from cms.published import kept
from courses.editions import current_edition
from courses.models import CoursePage, Edition
from courses.outline import course_with


@dataclass(frozen=True)
class Refresher:
    """A course that can be taken, in its newest edition; `page` is in the nearest language."""

    page: CoursePage
    edition: Edition


def refreshers() -> Mapping[UUID, Refresher]:
    """Return the refresher of each course that has one, by the key of that course.

    Of two the one whose edition was published last.
    """
    return kept(("refreshers", content_language()), _read)


def _read() -> dict[UUID, Refresher]:
    found: dict[UUID, Refresher] = {}
    for edition in sorted(_editions(), key=lambda edition: edition.published_at):
        page = course_with(key=edition.course_key)
        if page and edition.refresher_of:
            found[edition.refresher_of] = Refresher(page, edition)
    return found


def _editions() -> list[Edition]:
    """Return the newest editions that are refreshers; an older one is promised to nobody new."""
    keys = Edition.objects.exclude(refresher_of=None).values_list("course_key", flat=True)
    newest = [current_edition(key) for key in set(keys)]
    return [edition for edition in newest if edition and edition.refresher_of]
