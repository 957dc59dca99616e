"""The small course, made once in a process and put back as rows: publishing is slow.

On SQLite only; elsewhere, and where a story has pages already, the course is made anew.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from assessments.models import QuizPage
from cms.models import HomePage
from courses.models import CoursePage, Edition, LessonPage
from tests.factories.courses import SmallCourse, small_course

Tables = dict[str, list[Any]]
_remembered: Tables = {}


def remembered_course(at: datetime) -> SmallCourse:
    """Return what `small_course(at)` returns; `at` must be the same in every story."""
    if connection.vendor != "sqlite" or HomePage.objects.exists():
        return small_course(at)
    if not _remembered:
        before = _content()
        made = small_course(at)
        _remembered.update({t: rows for t, rows in _content().items() if rows != before[t]})
        return made
    _put_back()
    return SmallCourse(
        course=CoursePage.objects.get(),
        edition=Edition.objects.get(),
        lessons=list(LessonPage.objects.order_by("path")),
        quizzes=list(QuizPage.objects.order_by("path")),
    )


def _content() -> Tables:
    """Return the rows of every table but those of the search index, which keeps itself."""
    names = [n for n in connection.introspection.table_names() if "wagtailsearch" not in n]
    with connection.cursor() as cursor:
        return {
            name: list(cursor.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608
            for name in names
        }


def _put_back() -> None:
    with connection.cursor() as cursor:
        for name, rows in _remembered.items():
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608
