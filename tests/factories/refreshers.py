"""A short refresher of a course: a lesson and a test of two questions."""

from datetime import date, datetime, timedelta

from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import CoursePage, Enrolment, ModulePage
from people.models import User
from tests.factories.courses import SmallCourse, lesson, question, quiz
from tests.support import complete

NEW_LAW = date(2028, 5, 1)


def refresher(of: SmallCourse, at: datetime, *, slug: str = "refresher") -> SmallCourse:
    """Return a published refresher of a course; it takes 18 minutes."""
    catalogue = CoursePage.objects.get(pk=of.course.pk).get_parent()
    course = CoursePage(
        title=slug.capitalize(),
        slug=slug,
        summary="s",
        introduction="<p>i</p>",
        law_as_of=NEW_LAW,
        refresher_of=of.course,
    )
    catalogue.add_child(instance=course)
    module = ModulePage(title="What has changed", slug="m1")
    course.add_child(instance=module)
    for number in range(2):
        question(f"{slug}-q{number}", tags=[slug])
    lessons = [lesson(module, "changes")]
    quizzes = [quiz(module, "test", tag=slug, count=2, final=True)]
    edition = publish_edition(course=course, at=at)
    return SmallCourse(course=course, edition=edition, lessons=lessons, quizzes=quizzes)


def refresh(user: User, by: SmallCourse, at: datetime) -> Enrolment:
    """Let somebody take a refresher, begun an hour and a half before `at`."""
    begun = at - timedelta(minutes=90)
    return complete(enrol(user=user, course=by.course, at=begun), by, begun)
