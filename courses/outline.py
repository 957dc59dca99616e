"""The outline as a learner sees it: frozen structure, live words, own progress."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from wagtail.models import Page

from cms.languages import content_language, nearest_first
from cms.published import kept
from courses.models import ActivityPage, ActivityProgress, CoursePage, Edition, Enrolment
from courses.scores import counted, hidden
from courses.words import Words, words_of

DONE, NOW, TODO = "done", "now", "todo"


@dataclass
class OutlineActivity:
    """One line of the outline. `url` is empty where no live page has this key.

    `foreign` is the code of the language of the page, where that is not the one of the course.
    """

    key: UUID
    kind: str
    minutes: int
    required: bool
    title: str = ""
    url: str = ""
    state: str = TODO
    best_scaled: float | None = None
    shows_score: bool = True
    foreign: str = ""


@dataclass
class OutlineModule:
    key: UUID
    number: int
    title: str = ""
    activities: list[OutlineActivity] = field(default_factory=list)
    foreign: str = ""

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

        Activities in `past` are passed over, and so is what is not required or has no page now.
        """
        open_ones = [a for a in self.required() if a.state != DONE and a.url and a.key not in past]
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
    words = words_of(course, edition)
    modules = []
    for number, module in enumerate(edition.modules, start=1):
        key = UUID(module["key"])
        lines = [_line(activity, words) for activity in module["activities"]]
        said = words[key]
        modules.append(OutlineModule(key, number, said.title, lines, said.foreign))
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


def _line(activity: dict[str, object], words: dict[UUID, Words]) -> OutlineActivity:
    key = UUID(str(activity["key"]))
    return OutlineActivity(
        key=key,
        kind=str(activity["kind"]),
        minutes=int(str(activity["minutes"])),
        required=bool(activity["required"]),
        title=words[key].title,
        url=words[key].url,
        foreign=words[key].foreign,
    )


def page_of(*, key: UUID) -> ActivityPage | None:
    """Return the live activity page with this key, as its own class.

    It is in the active language or, where that lacks it, in the nearest one that has it.
    """
    return copy(kept(("activity", key, content_language()), lambda: _read_page(key)))


def _read_page(key: UUID) -> ActivityPage | None:
    page = nearest_first(ActivityPage.objects.filter(translation_key=key, live=True)).first()
    return page.specific if page else None


def course_of(page: Page) -> CoursePage:
    """Return the course that a page stands in, in the active language if it is offered in it.

    Raises CoursePage.DoesNotExist.
    """
    return copy(kept(("course of", page.pk, content_language()), lambda: _read_course(page)))


def _read_course(page: Page) -> CoursePage:
    own = CoursePage.objects.ancestor_of(page).get()
    return course_with(key=own.translation_key, language=content_language()) or own


def course_with(*, key: UUID, language: str = "") -> CoursePage | None:
    """Return the live page of a course in a language, or in the nearest to the active one."""
    pages = CoursePage.objects.live().filter(translation_key=key)
    if language:
        return pages.filter(locale__language_code=language).first()
    return nearest_first(pages).first()
