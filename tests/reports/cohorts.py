"""A small cohort whose every answer is known, so that its figures can be worked out by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.models import Objective
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import Institution, Mandate, Profession
from tests.factories.courses import SmallCourse
from tests.factories.forms import TwoTests, pair_of_tests, sit
from tests.factories.people import InstitutionFactory, MandateFactory, UserFactory
from tests.support import read

RIGHT = (0, 1, 2, 3)


@dataclass
class Cohort:
    """A course with a test before and a test after, which is the one that counts."""

    course: SmallCourse
    tests: TwoTests
    court: Institution
    mandate: Mandate
    at: datetime

    def learners(self, count: int, profession: Profession) -> list[Enrolment]:
        """Let so many people of a profession enrol."""
        people = [UserFactory(institution=self.court, profession=profession) for _ in range(count)]
        return [enrol(user=one, course=self.course.course, at=self.at) for one in people]

    def before(self, enrolment: Enrolment, *right: int) -> None:
        """Take the test before, with these of the four questions right."""
        sit(enrolment, self.tests.before, self.at, right=right)

    def after(self, enrolment: Enrolment, *right: int, days: int = 1) -> None:
        """Take the test after; questions 0 and 1 are on elements, 2 and 3 on consent."""
        sit(enrolment, self.tests.after, self.at + timedelta(days=days), right=right)

    def complete(self, enrolment: Enrolment) -> None:
        """Read what is to be read."""
        for lesson in self.course.lessons:
            read(enrolment, lesson, self.at + timedelta(days=3))


def cohort(course: SmallCourse, professions: list[Profession], at: datetime) -> Cohort:
    """Make the cohort's course, with objectives on articles 4 and 13, and a mandate over it."""
    tests = pair_of_tests(course)
    Objective.objects.filter(key="elements").update(article="4(a)")
    Objective.objects.filter(key="consent").update(article="4(b), 13")
    court = InstitutionFactory(name_sr="Виши суд", name_en="Higher Court")
    mandate = MandateFactory(institutions=[court], professions=professions)
    return Cohort(course, tests, court, mandate, at)
