"""A small course: two modules, a lesson each, a quiz and a final test."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

from assessments.models import Objective, Question, QuizPage
from cms.models import HomePage
from courses.editions import publish_edition
from courses.models import (
    CataloguePage,
    Cohort,
    CoursePage,
    Edition,
    LessonPage,
    ModulePage,
)

Live = TypeVar("Live", Question, LessonPage, QuizPage)
LAW = date(2026, 11, 1)


@dataclass
class SmallCourse:
    course: CoursePage
    edition: Edition
    lessons: list[LessonPage]
    quizzes: list[QuizPage]


def cohort(of: Edition, **fields: Any) -> Cohort:
    """Return a cohort that takes this edition in November 2026."""
    dates = {"starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 30)}
    about = {"name": "Niš, autumn", "course_key": of.course_key, "edition": of.number}
    return Cohort.objects.create(**(about | dates | fields))


def home() -> HomePage:
    """Return the English home page, made on first use."""
    existing = HomePage.objects.first()
    if existing:
        return existing
    root = Page.get_first_root_node()
    assert root is not None
    locale, _ = Locale.objects.get_or_create(language_code="en")
    page = HomePage(
        title="Home", slug=f"home-{uuid.uuid4().hex[:6]}", headline="h", lead="l", locale=locale
    )
    root.add_child(instance=page)
    from_default_site(page)
    return page


def from_default_site(page: HomePage) -> None:
    Site.objects.update_or_create(
        hostname="localhost", defaults={"root_page": page, "is_default_site": True}
    )
    Site.clear_site_root_paths_cache()


def published(made: Live) -> Live:
    """Give what is live already its live revision, without the ceremony of publishing."""
    revision = made.save_revision(clean=False)
    rows = type(made)._base_manager.filter(pk=made.pk)
    rows.update(live_revision=revision, latest_revision=revision, has_unpublished_changes=False)
    made.refresh_from_db()
    return made


def objective(key: str) -> Objective:
    """Return an objective; it is called what its key says."""
    name = key.replace("-", " ").capitalize()
    made, _ = Objective.objects.get_or_create(
        key=key, defaults={"name_en": name, "name_sr": f"Циљ {name}"}
    )
    return made


def question(
    slug: str, *, kind: str = "choice", tags: list[str], right: tuple[int, ...] = (0,)
) -> Question:
    """Return a published question with three options (two for true-false)."""
    count = 2 if kind == "true-false" else 3
    options = [
        {
            "type": "option",
            "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}{n}")),
            "value": {"text": f"Option {n}", "correct": n in right, "reason": f"Because {n}"},
        }
        for n in range(count)
    ]
    made = Question(
        slug=slug,
        kind=kind,
        stem=f"{slug}?",
        source="CoE Convention, art. 4",
        objective=objective("elements"),
        law_as_of=LAW,
        locale=Locale.objects.get(language_code="en"),
    )
    made.options = options
    made.tags.add(*tags)
    made.save()
    return published(made)


def lesson(module: ModulePage, slug: str, *, self_check: bool = False) -> LessonPage:
    """Return a published lesson, with a self-check if asked for."""
    body = [{"type": "text", "value": "<p>Words.</p>", "id": str(uuid.uuid4())}]
    if self_check:
        body.append(
            {
                "type": "self_check",
                "id": str(uuid.uuid4()),
                "value": {
                    "question": "Does consent matter?",
                    "options": [
                        {"type": "item", "id": "yes", "value": {"text": "Yes", "reason": "No."}},
                        {
                            "type": "item",
                            "id": "no",
                            "value": {"text": "No", "correct": True, "reason": "Art. 4(b)."},
                        },
                    ],
                    "source": "art. 4",
                },
            }
        )
    page = LessonPage(title=slug.title(), slug=slug, law_as_of=LAW, minutes=8)
    page.body = body
    module.add_child(instance=page)
    return published(page)


def quiz(module: ModulePage, slug: str, *, tag: str, count: int, final: bool = False) -> QuizPage:
    """Return a published quiz that draws `count` questions with `tag`."""
    page = QuizPage(title=slug.title(), slug=slug, minutes=10, counts_as_result=final)
    page.questions = [{"type": "draw", "value": {"tags": tag, "count": count}}]
    module.add_child(instance=page)
    return published(page)


def small_course(at: datetime, *, slug: str = "core") -> SmallCourse:
    """Return a course that can be taken: 2 lessons, a quiz of 2 and a final test of 4 questions."""
    front = home()
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        catalogue = CataloguePage(title="Courses", slug="courses")
        front.add_child(instance=catalogue)
    course = CoursePage(
        title="Core", slug=slug, summary="s", introduction="<p>i</p>", law_as_of=LAW
    )
    catalogue.add_child(instance=course)
    modules = []
    for number in (1, 2):
        module = ModulePage(title=f"Module {number}", slug=f"m{number}")
        course.add_child(instance=module)
        modules.append(module)
    for number in range(4):
        question(f"{slug}-q{number}", tags=["easy"] if number < 2 else ["hard"])
    lessons = [lesson(modules[0], "first", self_check=True), lesson(modules[1], "second")]
    quizzes = [
        quiz(modules[0], "quiz", tag="easy", count=2),
        quiz(modules[1], "final", tag="easy hard", count=4, final=True),
    ]
    edition = publish_edition(course=course, at=at)
    return SmallCourse(course=course, edition=edition, lessons=lessons, quizzes=quizzes)


def in_serbian(course: SmallCourse) -> SmallCourse:
    """Return the course in Serbian Cyrillic, published below a Serbian home page."""
    locale, _ = Locale.objects.get_or_create(language_code="sr")
    above = list(course.course.get_ancestors().exclude(depth=1).order_by("depth").specific())
    below = list(course.course.get_descendants(inclusive=True).order_by("path").specific())
    words = {"Core": "Основни курс", "First": "Прва лекција", "Second": "Друга лекција"}
    made = {}
    for page in [*above, *below]:
        copy = page.copy_for_translation(locale, copy_parents=False)
        copy.title = words.get(page.title, page.title)
        copy.save_revision().publish()
        made[page.pk] = copy.specific_class.objects.get(pk=copy.pk)
    Site.clear_site_root_paths_cache()
    return SmallCourse(
        course=made[course.course.pk],
        edition=course.edition,
        lessons=[made[lesson.pk] for lesson in course.lessons],
        quizzes=[made[quiz.pk] for quiz in course.quizzes],
    )


def question_in_serbian(made: Question, stem: str) -> Question:
    """Return a published translation of a question."""
    locale, _ = Locale.objects.get_or_create(language_code="sr")
    copy: Question = made.copy_for_translation(locale)
    copy.stem, copy.live = stem, True
    copy.options = [
        {"type": "option", "id": option.id, "value": option.value | {"text": f"Одговор {number}"}}
        for number, option in enumerate(made.options)
    ]
    copy.save()
    return published(copy)
