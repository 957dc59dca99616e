"""The tables of courses: pages, frozen editions, and what is folded from the log."""

from courses.models.cohort import Cohort
from courses.models.edition import Edition
from courses.models.pages import ActivityPage, CataloguePage, CoursePage, LessonPage, ModulePage
from courses.models.place import StudyPlace
from courses.models.progress import ActivityProgress, Enrolment, ModuleProgress, SelfCheckAnswer

__all__ = [
    "ActivityPage",
    "ActivityProgress",
    "CataloguePage",
    "Cohort",
    "CoursePage",
    "Edition",
    "Enrolment",
    "LessonPage",
    "ModulePage",
    "ModuleProgress",
    "SelfCheckAnswer",
    "StudyPlace",
]
