"""The outline as a learner sees it: frozen structure, live words, own progress."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from cms.languages import content_language
from cms.published import kept
from courses.models import ActivityPage, ActivityProgress, CoursePage, Edition, Enrolment
from courses.scores import counted, hidden

DONE, NOW, TODO = "done", "now", "todo"


@dataclass
class OutlineActivity:
    """One line of the outline. `url` is empty where no live page has this key."""

    key: UUID
    kind: str
    minutes: int
    required: bool
    title: str = ""
    url: str = ""
    state: str = TODO
    best_scaled: float | None = None
    shows_score: bool = True


@dataclass
class OutlineModule:
    key: UUID
    number: int
    title: str = ""
    activities: list[OutlineActivity] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(activity.minutes for activity in self.required)

    @property
    def required(self) -> list[OutlineActivity]:
        return [activity for activity in self.activities if activity.required]

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def done_count(self) -> int:
        return _done(self.required)

    @property
    def is_done(self) -> bool:
        """Say whether everything required is done; where nothing is, nothing is to be done."""
        return 0 < self.total == self.done_count

    @property
    def lesson_count(self) -> int:
        return sum(activity.kind == "lesson" for activity in self.activities)


@dataclass
class Outline:
    """A course's modules in order, and how far the learner has come (if enrolled).

    What is not required stands in its place, and counts nowhere: it may be done at any time.
    """

    edition: Edition
    modules: list[OutlineModule]

    def activities(self) -> list[OutlineActivity]:
        return [activity for module in self.modules for activity in module.activities]

    def required(self) -> list[OutlineActivity]:
        return [activity for module in self.modules for activity in module.required]

    @property
    def optional_left(self) -> int:
        """How many activities that are not required have not been done."""
        return sum(not a.required and a.state != DONE for a in self.activities())

    @property
    def total(self) -> int:
        return len(self.required())

    @property
    def done_count(self) -> int:
        return _done(self.required())

    @property
    def percent(self) -> int:
        return self.done_count * 100 // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        return sum(a.minutes for a in self.required() if a.state != DONE)

    @property
    def lesson_count(self) -> int:
        return sum(module.lesson_count for module in self.modules)

    def next_activity(self, *, past: Collection[UUID] = ()) -> OutlineActivity | None:
        """Return where to go on: the one begun last, else the first that is not done.

        Activities in `past` are passed over, and so is what is not required.
        """
        open_ones = [a for a in self.required() if a.state != DONE and a.key not in past]
        return next((a for a in open_ones if a.state == NOW), open_ones[0] if open_ones else None)

    def around(self, key: UUID) -> "Position | None":
        """Return what stands before and after an activity, or None if the outline lacks it.

        The way forward leads past what is not required.
        """
        flat = self.activities()
        index = next((i for i, activity in enumerate(flat) if activity.key == key), None)
        if index is None:
            return None
        module = next(m for m in self.modules if flat[index] in m.activities)
        return Position(
            module=module,
            activity=flat[index],
            previous=flat[index - 1] if index else None,
            next=next((activity for activity in flat[index + 1 :] if activity.required), None),
        )


@dataclass
class Position:
    """Where an activity stands in the outline."""

    module: OutlineModule
    activity: OutlineActivity
    previous: OutlineActivity | None
    next: OutlineActivity | None

    @property
    def index(self) -> int:
        return self.module.activities.index(self.activity) + 1

    @property
    def total(self) -> int:
        return len(self.module.activities)


def outline_of(
    *, course: CoursePage, edition: Edition, enrolment: Enrolment | None = None
) -> Outline:
    """Return the outline of `edition` in the language of `course`, with progress if enrolled."""
    words = _words(course)
    modules = []
    for number, module in enumerate(edition.modules, start=1):
        key = UUID(module["key"])
        title, _ = words.get(key, ("", ""))
        lines = [_line(activity, words) for activity in module["activities"]]
        modules.append(OutlineModule(key=key, number=number, title=title, activities=lines))
    outline = Outline(edition=edition, modules=modules)
    if enrolment:
        rows = ActivityProgress.objects.filter(registration=enrolment.registration)
        mark_progress(outline, rows)
        best = {activity.key: activity.best_scaled for activity in outline.activities()}
        scores, hiding = counted(enrolment.registration, best), hidden()
        for activity in outline.activities():
            activity.best_scaled = scores[activity.key]
            if activity.key in hiding:
                activity.shows_score = activity.state == DONE and hiding[activity.key]
    return outline


def mark_progress(outline: Outline, rows: Iterable[ActivityProgress]) -> None:
    """Set the state of each line: done, the one to go on with, still to do.

    What is not required has a mark of its own where it was begun: it takes the place of nothing.
    """
    progress = {row.activity_key: row for row in rows}
    for activity in outline.activities():
        row = progress.get(activity.key)
        if row and row.completed_at:
            activity.state = DONE
        if row:
            activity.best_scaled = row.best_scaled
    optional = [activity for activity in outline.activities() if not activity.required]
    for some in (outline.required(), optional):
        now = _begun_last(some, progress.values())
        if now:
            now.state = NOW


def _done(activities: Iterable[OutlineActivity]) -> int:
    return sum(activity.state == DONE for activity in activities)


def _begun_last(
    activities: Iterable[OutlineActivity], rows: Iterable[ActivityProgress]
) -> OutlineActivity | None:
    begun = {row.activity_key: row.touched_at for row in rows if not row.completed_at}
    open_ones = [activity for activity in activities if activity.key in begun]
    return max(open_ones, key=lambda a: begun[a.key] or a.key, default=None)


def _line(activity: dict[str, object], words: dict[UUID, tuple[str, str]]) -> OutlineActivity:
    key = UUID(str(activity["key"]))
    title, url = words.get(key, ("", ""))
    return OutlineActivity(
        key=key,
        kind=str(activity["kind"]),
        minutes=int(str(activity["minutes"])),
        required=bool(activity["required"]),
        title=title,
        url=url,
    )


def _words(course: CoursePage) -> dict[UUID, tuple[str, str]]:
    """Return title and address by key of every live page below the course."""
    return kept(("outline", course.pk, get_language()), lambda: _read_words(course))


def _read_words(course: CoursePage) -> dict[UUID, tuple[str, str]]:
    pages = Page.objects.descendant_of(course).live().order_by("path")
    base = course.url or ""
    return {
        page.translation_key: (page.title, base + page.url_path.removeprefix(course.url_path))
        for page in pages.only("translation_key", "title", "url_path", "path", "depth")
    }


def page_of(*, key: UUID) -> ActivityPage | None:
    """Return the live activity page with this key in the active language, as its own class."""
    language = content_language()
    return copy(kept(("activity", key, language), lambda: _read_page(key, language)))


def _read_page(key: UUID, language: str) -> ActivityPage | None:
    page = ActivityPage.objects.filter(
        translation_key=key, locale__language_code=language, live=True
    ).first()
    return page.specific if page else None


def course_of(page: Page) -> CoursePage:
    """Return the course that a page stands in. Raises CoursePage.DoesNotExist."""
    return copy(
        kept(("course of", page.pk), lambda: CoursePage.objects.ancestor_of(page).get()),
    )
