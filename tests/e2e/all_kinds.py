"""A paper with a question of every kind, and people who have it before them."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from assessments.drawing import draw
from assessments.kinds import KINDS
from assessments.models import Question
from courses.enrolment import enrol
from courses.study import record
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.kinds import Blocks, question_of, question_of_in_serbian
from xapi import statements

FORMS = ("en", "sr", "sr-latn")
_LOOKER = "looker"  # looks the paper over before submitting it
_TAG = "every-kind"


def load_papers(
    *, course: SmallCourse, person: Callable[[str, str, str], User], at: datetime
) -> None:
    """Give each of these people a running attempt that asks a question of each kind."""
    _add_what_the_demo_lacks()
    for kind in KINDS:
        question = Question.objects.filter(kind=kind, locale__language_code="en").first()
        assert question is not None, kind
        question.tags.add(_TAG)
        question.save()
    quiz = course.quizzes[0]
    quiz.questions = [("draw", {"tags": _TAG, "count": len(KINDS)})]
    for name in (*(f"player-{form}" for form in FORMS), _LOOKER):
        user = person(name, "Играч Измишљеновић", "Igrač Izmišljenović")
        enrolment = enrol(user=user, course=course.course, at=at)
        drawn = draw(quiz, chance=Random(name), language="en")
        begun = statements.attempted(
            actor=enrolment.learner,
            course=enrolment.course,
            registration=enrolment.registration,
            quiz=quiz.key,
            number=1,
            at=at,
            facts={"questions": drawn, "pass-mark": 70, "deadline": None, "revision": 1},
        )
        record(enrolment=enrolment, statements=[begun], at=at)


def _add_what_the_demo_lacks() -> None:
    image = get_image_model().objects.create(title="Room", file=get_test_image_file())
    for kind, english, serbian in (
        ("hotspot", _room(image.pk, _ENGLISH), _room(image.pk, _SERBIAN)),
        ("likert", _scale("not at all", "quite sure"), _scale("нимало", "сасвим")),
    ):
        made = question_of(kind, english, slug=f"every-{kind}", tags=[_TAG])
        question_of_in_serbian(made, serbian)


_ENGLISH = ("A room with six beds", "papers in a safe", "a window", "a lock outside", "Seen.")
_SERBIAN = ("Соба са шест кревета", "исправе у сефу", "прозор", "катанац споља", "Виђено.")


def _room(image: int, words: tuple[str, str, str, str, str]) -> Blocks:
    alt, safe, pane, lock, reason = words
    box = {"width": 25, "height": 25, "reason": reason}
    return [
        ("picture", {"image": image, "alt": alt}),
        ("region", box | {"text": safe, "left": 5, "top": 5, "correct": True}),
        ("region", box | {"text": pane, "left": 60, "top": 5, "correct": False}),
        ("region", box | {"text": lock, "left": 5, "top": 60, "correct": True}),
    ]


def _scale(lowest: str, highest: str) -> Blocks:
    return [("point", {"text": text}) for text in (lowest, "…", highest)]
