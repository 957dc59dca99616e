"""What this room shows on the first page of the CMS."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from courses.cohorts import cohorts_open_to
from courses.edition_news import EditionNews, news_of
from courses.missing import Missing
from courses.models import Cohort, CoursePage, Enrolment

_SHOWN = 10


@dataclass(frozen=True)
class CourseRow:
    page: CoursePage
    news: EditionNews
    drafts: int

    @property
    def missing(self) -> list[Missing]:
        """What the language of this page lacks."""
        language = self.page.locale.language_code
        return [one for one in self.news.missing if one.language == language]


@dataclass(frozen=True)
class CohortRow:
    cohort: Cohort
    members: int
    completed: int


class CoursesPanel(Component):
    """The courses, and the cohorts that the person runs."""

    name = "my_courses"
    template_name = "courses/admin/courses_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        runs = request.user.has_perm("courses.view_cohort")
        return {
            "courses": course_rows(),
            "cohorts": cohort_rows(request.user) if runs else [],
            "runs": runs,
            "may_publish": request.user.has_perm("courses.publish_edition"),
            "may_add": request.user.has_perm("courses.add_cohort"),
        }


def course_rows() -> list[CourseRow]:
    """Return the courses with their newest edition and how many of their pages have drafts."""
    pages = list(CoursePage.objects.select_related("locale").order_by("path")[:_SHOWN])
    news, drafts = news_of(pages), _drafts(pages)
    return [CourseRow(p, news[p.translation_key], drafts[p.path]) for p in pages]


def _drafts(courses: list[CoursePage]) -> Counter[str]:
    """Return the number of pages with unpublished changes, by the path of their course."""
    trees = Q(pk=None)
    for course in courses:
        trees |= Q(path__startswith=course.path)
    paths = Page.objects.filter(trees, has_unpublished_changes=True).values_list("path", flat=True)
    depth = len(courses[0].path) if courses else 0
    return Counter(path[:depth] for path in paths)


def cohort_rows(user: Any) -> list[CohortRow]:
    """Return the cohorts that the person may see, the newest first, with their numbers."""
    cohorts = list(cohorts_open_to(user)[:_SHOWN])
    counted = (
        Enrolment.objects.active()
        .filter(cohort_key__in=[cohort.key for cohort in cohorts])
        .values("cohort_key")
        .annotate(members=Count("pk"), completed=Count("completed_at"))
    )
    numbers = {row["cohort_key"]: (row["members"], row["completed"]) for row in counted}
    return [CohortRow(cohort, *numbers.get(cohort.key, (0, 0))) for cohort in cohorts]
